package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Store is an open database. It is safe for use by several goroutines.
type Store struct {
	read     *sql.DB  // for statements that change nothing
	write    *sql.DB  // where every change goes: on SQLite one connection, on MySQL the same pool as read
	orm      *gorm.DB // gorm over write
	dialect  Dialect
	log      *slog.Logger
	prepared *prepared   // statements of read
	samples  samples     // of the search index
	tails    tails       // of the log
	limited  atomic.Bool // whether the database itself ends statements after statementSeconds
	close    func() error
	// migrate opens one connection for migrations, without the limits on the time of a statement.
	migrate func() (*sql.DB, error)
}

// Options are what Open can be told. The zero Options are good.
type Options struct {
	Logger *slog.Logger // nil: slog.Default()
	// Slow is how long a statement may take before it is logged, without its values; 0: 500 ms.
	Slow time.Duration
	// Observe is called after every statement, with its text, which holds no values. Tests count statements with it.
	Observe func(statement string, took time.Duration, err error)
}

// Open opens a database named by a setting: sqlite:PATH for the embedded database, or
// mysql://user:password@host:port/name for MySQL or MariaDB. It changes nothing in it; see Migrate. Errors say what is
// wrong with the setting or the database and never repeat the password.
func Open(ctx context.Context, database string, options Options) (*Store, error) {
	if options.Logger == nil {
		options.Logger = slog.Default()
	}
	if options.Slow == 0 {
		options.Slow = 500 * time.Millisecond
	}
	s := &Store{log: options.Logger}
	watch := options.watch()
	scheme, rest, _ := strings.Cut(database, ":")
	var err error
	switch scheme {
	case "sqlite":
		err = s.openSQLite(ctx, rest, watch)
	case "mysql":
		err = s.openMySQL(ctx, database, watch)
	default:
		err = errors.New("the database must be named sqlite:PATH or mysql://user:password@host:port/name")
	}
	if err != nil {
		return nil, err
	}
	s.prepared = newPrepared(s.read, &s.limited)
	s.orm, err = gorm.Open(s.dialect.gorm(s.write), &gorm.Config{
		SkipDefaultTransaction: true,
		Logger:                 logger.Discard, // slow statements are logged below gorm, without their values
		DisableAutomaticPing:   true,
		NowFunc:                func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) },
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the database: %w", unavailable(err)), s.Close())
	}
	return s, nil
}

// Close ends all connections; a second time it does nothing. Nothing that was acknowledged is lost by it.
func (s *Store) Close() error {
	s.closeTail()
	if s.prepared != nil {
		s.prepared.close()
	}
	err := s.write.Close()
	if s.read != s.write {
		err = errors.Join(s.read.Close(), err)
	}
	if s.close != nil {
		err = errors.Join(err, s.close())
		s.close = nil
	}
	return err
}

// watch returns what is done with every statement.
func (o Options) watch() watcher {
	return func(ctx context.Context, statement string, took time.Duration, err error) {
		if took >= o.Slow {
			o.Logger.LogAttrs(ctx, slog.LevelWarn, "slow statement", slog.Duration("took", took), slog.String("sql", shorten(statement)))
		}
		if o.Observe != nil {
			o.Observe(statement, took, err)
		}
	}
}

// shorten keeps a logged statement readable: one with a thousand rows of marks says no more than its beginning.
func shorten(statement string) string {
	const most = 1000
	if len(statement) > most {
		return statement[:most] + "…"
	}
	return statement
}
