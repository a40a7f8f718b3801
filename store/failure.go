package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/go-sql-driver/mysql"
	"modernc.org/sqlite"

	"github.com/minutebook/minutebook/models"
)

// Numbers of errors of MySQL and MariaDB.
const (
	mysqlDuplicate   = 1062
	mysqlFull        = 1021
	mysqlTooMany     = 1040
	mysqlShutdown    = 1053
	mysqlLockWait    = 1205
	mysqlNoParent    = 1452
	mysqlDeadlock    = 1213
	mysqlSnapshot    = 1020 // record has changed since last read (snapshot isolation)
	mysqlReadOnly    = 1290
	mysqlTableFull   = 1114
	mysqlReadOnlyTx  = 1792
	mysqlReadOnlyAll = 1836
	mysqlKilled      = 1927
	mysqlPrepared    = 1047 // Galera: this node is not ready
)

// Primary codes of errors of SQLite.
const (
	sqliteBusy       = 5
	sqliteLocked     = 6
	sqliteReadOnly   = 8
	sqliteIO         = 10
	sqliteFull       = 13
	sqliteCannotOpen = 14
	sqliteConstraint = 19
)

// unavailable wraps an error that says the database cannot be reached or cannot take anything, so that callers can tell
// it from a mistake. Other errors are returned as they are.
func unavailable(err error) error {
	if err == nil || errors.Is(err, models.ErrUnavailable) || !lostOrShut(err) {
		return err
	}
	return fmt.Errorf("%w: %w", models.ErrUnavailable, err)
}

func lostOrShut(err error) bool {
	if lost(err) {
		return true
	}
	switch mysqlNumber(err) {
	case mysqlFull, mysqlTooMany, mysqlShutdown, mysqlReadOnly, mysqlTableFull, mysqlReadOnlyTx, mysqlReadOnlyAll, mysqlKilled, mysqlPrepared:
		return true
	}
	switch sqliteCode(err) {
	case sqliteReadOnly, sqliteIO, sqliteFull, sqliteCannotOpen:
		return true
	}
	return transient(err)
}

// lost reports whether the connection broke. What was sent before may or may not have been done.
func lost(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var network net.Error
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, mysql.ErrInvalidConn) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &network) || mysqlNumber(err) == mysqlKilled
}

// transient reports whether the same transaction may well succeed when it is run again from its beginning.
func transient(err error) bool {
	switch mysqlNumber(err) {
	case mysqlDeadlock, mysqlLockWait, mysqlSnapshot:
		return true
	}
	code := sqliteCode(err)
	return code == sqliteBusy || code == sqliteLocked
}

// duplicate returns the name of the unique key that an insert or update ran against, or "".
func duplicate(err error) string {
	if mysqlNumber(err) == mysqlDuplicate {
		message := err.Error()
		return message[strings.LastIndex(message, " for key ")+1:]
	}
	if sqliteCode(err) == sqliteConstraint && strings.Contains(err.Error(), "UNIQUE") {
		return err.Error()
	}
	return ""
}

// foreignKey reports whether a row names one that is not there.
func foreignKey(err error) bool {
	return mysqlNumber(err) == mysqlNoParent || sqliteCode(err) == sqliteConstraint && strings.Contains(err.Error(), "FOREIGN KEY")
}

func mysqlNumber(err error) uint16 {
	if failure, ok := errors.AsType[*mysql.MySQLError](err); ok {
		return failure.Number
	}
	return 0
}

func sqliteCode(err error) int {
	if failure, ok := errors.AsType[*sqlite.Error](err); ok {
		return failure.Code() & 0xff
	}
	return 0
}
