package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
)

const (
	maxConnections   = 25
	statementSeconds = 8 // longest a statement may run
	lockSeconds      = 4 // longest a statement waits for the lock of another transaction
)

// openMySQL connects to the server that a mysql:// address names.
func (s *Store) openMySQL(ctx context.Context, address string, watch watcher) error {
	config, err := mysqlConfig(address)
	if err != nil {
		return err
	}
	connector, err := mysqlConnector(config, watch, s.limitStatements)
	if err != nil {
		return err
	}
	s.dialect = MySQL
	s.read = openConnector(connector)
	s.read.SetMaxOpenConns(maxConnections)
	s.read.SetMaxIdleConns(maxConnections)
	s.read.SetConnMaxLifetime(3 * time.Minute)
	s.write = s.read
	s.migrate = func() (*sql.DB, error) { return migrationConnection(config, watch) }
	if err := s.read.PingContext(ctx); err != nil {
		return errors.Join(fmt.Errorf("the database %s on %s: %w", config.DBName, config.Addr, unavailable(err)), s.Close())
	}
	return nil
}

// mysqlConfig reads the address. Its errors do not repeat it, as it holds the password.
func mysqlConfig(address string) (*mysql.Config, error) {
	const form = "the database must be named mysql://user:password@host:port/name; write special characters of the password as %XX"
	parsed, err := url.Parse(address)
	if err != nil || parsed.Hostname() == "" || parsed.User == nil || parsed.User.Username() == "" {
		return nil, errors.New(form)
	}
	name := strings.TrimPrefix(parsed.Path, "/")
	if name == "" || strings.Contains(name, "/") {
		return nil, errors.New(form)
	}
	config := mysql.NewConfig()
	config.User = parsed.User.Username()
	config.Passwd, _ = parsed.User.Password()
	config.Net, config.Addr, config.DBName = "tcp", parsed.Host, name
	if parsed.Port() == "" {
		config.Addr = net.JoinHostPort(parsed.Hostname(), "3306")
	}
	for key, values := range parsed.Query() {
		if key != "tls" {
			return nil, fmt.Errorf("the database's address has a setting %q; only tls (true, preferred or skip-verify) can be set there", key)
		}
		config.TLSConfig = values[0]
	}
	config.Collation = "utf8mb4_bin"
	if err := config.Apply(mysql.Charset("utf8mb4", config.Collation)); err != nil {
		return nil, errors.New(form)
	}
	config.InterpolateParams = true // saves the round trip of a prepared statement
	config.RejectReadOnly = true    // a primary that became a replica is left at once
	config.Timeout, config.ReadTimeout, config.WriteTimeout = 2*time.Second, 10*time.Second, 10*time.Second
	config.Logger = log.New(io.Discard, "", 0) // the driver's errors come back to us all the same
	config.Params = map[string]string{
		"sql_mode": "'TRADITIONAL'", "time_zone": "'+00:00'", "innodb_lock_wait_timeout": strconv.Itoa(lockSeconds),
	}
	return config, nil
}

func mysqlConnector(config *mysql.Config, watch watcher, prepare func(context.Context, driver.Conn) error) (*observed, error) {
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, errors.New("the database's address: tls must be true, preferred or skip-verify")
	}
	return &observed{Connector: connector, watch: watch, prepare: prepare}, nil
}

// migrationConnection opens the one connection that migrates: it may take its time.
func migrationConnection(config *mysql.Config, watch watcher) (*sql.DB, error) {
	patient := config.Clone()
	patient.ReadTimeout, patient.WriteTimeout = 0, 0
	connector, err := mysqlConnector(patient, watch, nil)
	if err != nil {
		return nil, err
	}
	db := openConnector(connector)
	db.SetMaxOpenConns(1)
	return db, nil
}

// limitStatements keeps statements of a new connection from running for ever: by max_statement_time on MariaDB, by
// max_execution_time, which holds for SELECT only, on MySQL. Servers that know neither are trusted with their own limit.
func (s *Store) limitStatements(ctx context.Context, conn driver.Conn) error {
	execer := conn.(driver.ExecerContext)
	const unknownVariable = 1193
	for _, statement := range []string{
		fmt.Sprintf("SET SESSION max_statement_time = %d", statementSeconds),
		fmt.Sprintf("SET SESSION max_execution_time = %d", statementSeconds*1000),
	} {
		_, err := execer.ExecContext(ctx, statement, nil)
		var refused *mysql.MySQLError
		if errors.As(err, &refused) && refused.Number == unknownVariable {
			continue
		}
		s.limited.Store(err == nil)
		return err
	}
	return nil
}
