package migrations

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// lockSeconds is how long a server waits for another one that migrates the same database.
const lockSeconds = 600

// Run applies what is pending. Several processes may do so at once: one works, the others wait and find nothing left.
// The connections of db should have no limit on the time of a statement; one of them is used.
func Run(ctx context.Context, db *sql.DB, dialect string) error {
	all, err := All(dialect)
	if err != nil {
		return err
	}
	return (&runner{dialect: dialect, all: all}).run(ctx, db)
}

// runner is one run. Cut, where a test sets it, is asked before and after each statement and ends the run with its error.
type runner struct {
	dialect string
	all     []Migration
	cut     func(version, statement int, done bool) error
}

func (r *runner) run(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	defer func() { _ = conn.Close() }()
	if r.dialect == "sqlite" {
		err = r.inTransaction(ctx, conn)
	} else {
		err = r.underLock(ctx, conn)
	}
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// inTransaction applies everything in one transaction, which begins exclusively.
func (r *runner) inTransaction(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		return err
	}
	if err := r.apply(ctx, conn); err != nil {
		_, undo := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return errors.Join(err, undo)
	}
	_, err := conn.ExecContext(ctx, "COMMIT")
	return err
}

// underLock applies everything while this connection holds a lock of the server that is named after the database. The
// lock goes when the connection does.
func (r *runner) underLock(ctx context.Context, conn *sql.Conn) error {
	var got sql.NullInt64
	const name = "CONCAT('minutebook.', LEFT(SHA2(DATABASE(), 256), 40))"
	if err := conn.QueryRowContext(ctx, "SELECT GET_LOCK("+name+", ?)", lockSeconds).Scan(&got); err != nil {
		return err
	}
	if got.Int64 != 1 {
		return fmt.Errorf("another server has been migrating the database for %d s", lockSeconds)
	}
	err := r.apply(ctx, conn)
	_, unlock := conn.ExecContext(context.WithoutCancel(ctx), "DO RELEASE_LOCK("+name+")")
	return errors.Join(err, unlock)
}

func (r *runner) apply(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS schema_migrations (version INT NOT NULL, statement INT NOT NULL,
		checksum CHAR(64) NOT NULL, applied_at VARCHAR(32) NOT NULL, PRIMARY KEY (version, statement))`)
	if err != nil {
		return err
	}
	done, err := readRecord(ctx, conn)
	if err != nil {
		return err
	}
	if err := done.check(r.all); err != nil {
		return err
	}
	for _, m := range r.all {
		for i, s := range m.statements {
			if _, ok := done[m.Version][i+1]; ok {
				continue
			}
			if err := r.step(ctx, conn, m, i+1, s); err != nil {
				return fmt.Errorf("%04d_%s, statement %d: %w", m.Version, m.Name, i+1, err)
			}
		}
	}
	return nil
}

// step runs one statement unless it has been done, and records it.
func (r *runner) step(ctx context.Context, conn *sql.Conn, m Migration, number int, s statement) error {
	needed := true
	if s.unless != "" {
		var found any
		err := conn.QueryRowContext(ctx, s.unless).Scan(&found)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		needed = errors.Is(err, sql.ErrNoRows)
	}
	if err := r.interrupted(m.Version, number, false); err != nil {
		return err
	}
	if needed {
		if _, err := conn.ExecContext(ctx, s.text); err != nil {
			return err
		}
	}
	if err := r.interrupted(m.Version, number, true); err != nil {
		return err
	}
	_, err := conn.ExecContext(ctx, "INSERT INTO schema_migrations (version, statement, checksum, applied_at) VALUES (?, ?, ?, ?)",
		m.Version, number, s.checksum(), time.Now().UTC().Format(timeLayout))
	return err
}

func (r *runner) interrupted(version, statement int, done bool) error {
	if r.cut == nil {
		return nil
	}
	return r.cut(version, statement, done)
}
