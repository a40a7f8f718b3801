// Package storetest gives tests real, empty databases: SQLite files, and databases on a MariaDB server that it
// starts by itself.
//
// It knows no table and applies no migration; the test opens what it gets. It imports nothing else of this module, so
// that the store's own tests can use it.
//
// Settings, all optional:
//
//	MINUTEBOOK_TEST_MYSQL        mysql://user:password@host:port/ of a server to use instead, where the user may create
//	                             databases; or off, which skips what needs one
//	MINUTEBOOK_TEST_MYSQL_FLUSH  innodb_flush_log_at_trx_commit of the servers started here (0, the fastest; 1 to survive a
//	                             crash of the server)
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
)

// SQLite returns the setting of an SQLite database that does not exist yet, as sqlite:PATH, in a folder of the test.
func SQLite(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "minutebook.db")
}

// MySQL returns the setting of a fresh, empty database on a real server, as mysql://user:password@host:port/name. The
// database is dropped when the test ends. Without a server and without a way to start one the test fails; with
// MINUTEBOOK_TEST_MYSQL=off it is skipped.
func MySQL(t testing.TB) string {
	t.Helper()
	server := os.Getenv("MINUTEBOOK_TEST_MYSQL")
	if server == "off" {
		t.Skip("not run on MySQL: MINUTEBOOK_TEST_MYSQL is off")
	}
	admin, err := connected(server)
	if err != nil {
		t.Fatalf("a MariaDB for the tests: %v", err)
	}
	return admin.database(t)
}

// Each runs the test twice, on a fresh SQLite database and on a fresh MySQL database.
func Each(t *testing.T, test func(t *testing.T, database string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("mysql", func(t *testing.T) { test(t, MySQL(t)) })
}

// session is the connection of this process to a server, on which databases are made and dropped.
type session struct {
	db     *sql.DB
	server *url.URL
}

// connections holds one session for each server this process uses. They stay open until the process ends: an open
// connection is what keeps the shared server from stopping.
var connections struct {
	lock sync.Mutex
	open map[string]*session
}

// connected returns the session to the server at the address, or to the shared one when the address is empty.
func connected(address string) (*session, error) {
	connections.lock.Lock()
	defer connections.lock.Unlock()
	if open := connections.open[address]; open != nil {
		return open, nil
	}
	open, err := dial(address)
	if err != nil {
		return nil, err
	}
	if connections.open == nil {
		connections.open = map[string]*session{}
	}
	connections.open[address] = open
	return open, nil
}

// dial connects to the server at the address, or to the shared one. That one may be stopped by somebody else between the
// moment it was found and the moment it is used; then it is started again.
func dial(address string) (*session, error) {
	if address != "" {
		return open(address)
	}
	server, err := Shared()
	if err != nil {
		return nil, err
	}
	if found, err := open(server.URL("")); err == nil {
		return found, nil
	}
	if server, err = Shared(); err != nil {
		return nil, err
	}
	return open(server.URL(""))
}

// open connects to the server of a mysql:// address and keeps one connection.
func open(address string) (*session, error) {
	server, err := url.Parse(address)
	if err != nil || server.Scheme != "mysql" || server.Host == "" {
		return nil, errors.New("MINUTEBOOK_TEST_MYSQL must be mysql://user:password@host:port/ or off")
	}
	config := mysql.NewConfig()
	config.User = server.User.Username()
	config.Passwd, _ = server.User.Password()
	config.Net, config.Addr = "tcp", server.Host
	config.Timeout = 5 * time.Second
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, fmt.Errorf("server %s: %w", server.Host, err)
	}
	db := sql.OpenDB(connector)
	db.SetMaxIdleConns(1)
	if err := db.PingContext(context.Background()); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("server %s: %w", server.Host, err)
	}
	return &session{db: db, server: server}, nil
}

// database makes an empty database for the test.
func (s *session) database(t testing.TB) string {
	t.Helper()
	name := "minutebook_test_" + word(8)
	if _, err := s.db.Exec("CREATE DATABASE " + name + " CHARACTER SET utf8mb4"); err != nil {
		t.Fatalf("a database for the test: %v", err)
	}
	t.Cleanup(func() {
		if _, err := s.db.Exec("DROP DATABASE IF EXISTS " + name); err != nil {
			t.Logf("the test's database %s stays: %v", name, err)
		}
	})
	address := *s.server
	address.Path, address.RawQuery = "/"+name, ""
	return address.String()
}

// word returns so many random bytes as letters and digits.
func word(bytes int) string {
	random := make([]byte, bytes)
	_, _ = rand.Read(random) // never fails: it ends the program instead
	return hex.EncodeToString(random)
}
