package faults

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/go-sql-driver/mysql"
)

// The account of the server under test: it has the rights that docs/operations.md asks for and no others, so that a
// read-only server is one for it, too.
const (
	appUser     = "app"
	appPassword = "apppassword"
	appRights   = "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER"
)

// openSQL opens a database of MariaDB by its setting, for statements of the suite's own.
func openSQL(setting string) (*sql.DB, error) {
	address, err := url.Parse(setting)
	if err != nil {
		return nil, err
	}
	config := mysql.NewConfig()
	config.User = address.User.Username()
	config.Passwd, _ = address.User.Password()
	config.Net, config.Addr, config.DBName = "tcp", address.Host, strings.TrimPrefix(address.Path, "/")
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector), nil
}

// statements runs statements as the administrator of MariaDB.
func (s *scene) statements(ctx context.Context, texts ...string) error {
	db, err := openSQL(s.maria.URL(""))
	if err != nil {
		return err
	}
	for _, text := range texts {
		if _, err = db.ExecContext(ctx, text); err != nil {
			err = fmt.Errorf("%s: %w", text, err)
			break
		}
	}
	return errors.Join(err, db.Close())
}

// appointUser gives the account of the server its rights on a database, and returns the setting it is to use.
func (s *scene) appointUser(ctx context.Context, database string) (string, error) {
	err := s.statements(ctx,
		fmt.Sprintf("CREATE USER IF NOT EXISTS '%s'@'%%' IDENTIFIED BY '%s'", appUser, appPassword),
		fmt.Sprintf("GRANT %s ON %s.* TO '%s'@'%%'", appRights, database, appUser))
	address, parseErr := url.Parse(s.maria.URL(database))
	if err := errors.Join(err, parseErr); err != nil {
		return "", err
	}
	address.User = url.UserPassword(appUser, appPassword)
	return address.String(), nil
}

// hold takes locks in a transaction of its own until let go.
func (s *scene) hold(ctx context.Context, statement string, args ...any) (tx *sql.Tx, letGo func(), err error) {
	address, err := url.Parse(s.database)
	if err != nil {
		return nil, nil, err
	}
	db, err := openSQL(s.maria.URL(strings.TrimPrefix(address.Path, "/")))
	if err != nil {
		return nil, nil, err
	}
	letGo = func() { _ = db.Close() }
	if tx, err = db.BeginTx(ctx, nil); err == nil {
		_, err = tx.ExecContext(ctx, statement, args...)
	}
	if err != nil {
		letGo()
		return nil, nil, err
	}
	return tx, func() { _, _ = tx.Rollback(), db.Close() }, nil
}

// signal sends a signal to MariaDB's process.
func (s *scene) signal(what os.Signal) error {
	process, err := os.FindProcess(s.maria.PID())
	if err != nil {
		return err
	}
	return process.Signal(what)
}
