package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"modernc.org/sqlite"
)

// errLocked is returned by lockFile when another process holds the file.
var errLocked = errors.New("locked by another process")

// openSQLite opens the file with one connection that writes and several that read: SQLite knows one writer at a time,
// and readers of a write-ahead log wait for nobody.
func (s *Store) openSQLite(ctx context.Context, path string, watch watcher) error {
	if path == "" || strings.HasPrefix(path, ":memory:") {
		return errors.New("sqlite: needs the path of a file, as in sqlite:minutebook.db")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("sqlite: %w", err)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fmt.Errorf("sqlite:%s: the folder %s is not there; make it first", path, filepath.Dir(path))
	}
	unlock, err := lockFile(path + ".lock")
	if errors.Is(err, errLocked) {
		return fmt.Errorf("sqlite:%s is in use by another minutebook process: stop that one, or work through its API", path)
	} else if err != nil {
		return fmt.Errorf("sqlite:%s: cannot lock it: %w", path, err)
	}
	holdMemory()
	s.dialect, s.close = SQLite, unlock
	s.write = openConnector(sqliteConnector(path, watch, "_txlock=immediate"))
	s.write.SetMaxOpenConns(1)
	s.read = openConnector(sqliteConnector(path, watch, "_pragma=query_only(1)"))
	readers := max(4, 2*runtime.GOMAXPROCS(0))
	s.read.SetMaxOpenConns(readers)
	s.read.SetMaxIdleConns(readers)
	s.migrate = func() (*sql.DB, error) {
		db := openConnector(sqliteConnector(path, watch, "_txlock=exclusive"))
		db.SetMaxOpenConns(1)
		return db, nil
	}
	// The writer comes first: it makes the file and turns on the write-ahead log.
	if err := errors.Join(s.write.PingContext(ctx), s.read.PingContext(ctx)); err != nil {
		return errors.Join(fmt.Errorf("sqlite:%s cannot be opened: %w", path, err), s.Close())
	}
	return nil
}

// sqliteConnector makes connections to the file. They wait 5 s for a lock, keep foreign keys, and wait at each commit
// until the log is on the disk (synchronous=FULL): with NORMAL a power cut could take back what was acknowledged.
func sqliteConnector(path string, watch watcher, settings ...string) *observed {
	settings = append(settings, "_pragma=busy_timeout(5000)", "_pragma=journal_mode(WAL)", "_pragma=foreign_keys(1)",
		"_pragma=synchronous(FULL)", "_pragma=temp_store(MEMORY)", "_pragma=cache_size(-32000)", "_pragma=wal_autocheckpoint(4000)")
	name := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?" + strings.Join(settings, "&")
	connector, err := sqlite.NewConnector(name)
	if err != nil {
		panic(err) // the settings above are ours and parse
	}
	return &observed{Connector: connector, watch: watch}
}

func openConnector(connector *observed) *sql.DB { return sql.OpenDB(connector) }
