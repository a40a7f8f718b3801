package store

import (
	"database/sql"

	"github.com/libtnb/sqlite"
	"gorm.io/driver/mysql"
	"gorm.io/gorm"
)

// Dialect is a kind of database. What differs between the two stands in methods of this type, or beside each other in
// one file.
type Dialect string

// Dialects.
const (
	SQLite Dialect = "sqlite"
	MySQL  Dialect = "mysql" // and MariaDB
)

// gorm returns gorm's own name for the dialect, over connections that are open.
func (d Dialect) gorm(db *sql.DB) gorm.Dialector {
	if d == SQLite {
		return sqlite.New(sqlite.Config{Conn: db})
	}
	// The version would only tell gorm how to migrate, which it is not asked to do, and to use RETURNING, which we
	// have no use for: the program makes the keys.
	return mysql.New(mysql.Config{Conn: db, SkipInitializeWithVersion: true})
}

// shared ends a SELECT whose rows nobody may change before the transaction ends. SQLite has one writer at a time.
func (d Dialect) shared() string {
	if d == SQLite {
		return ""
	}
	return " LOCK IN SHARE MODE" // MariaDB does not know FOR SHARE
}

// exclusive ends a SELECT whose rows this transaction is about to change.
func (d Dialect) exclusive() string {
	if d == SQLite {
		return ""
	}
	return " FOR UPDATE"
}

// transaction returns how a transaction that writes begins. On MySQL every statement of it sees what others have
// committed meanwhile: it would otherwise decide by rows that are no longer so, and MariaDB's snapshot isolation would
// turn the lock of the change log's head into an error for every second writer.
func (d Dialect) transaction() *sql.TxOptions {
	if d == SQLite {
		return &sql.TxOptions{}
	}
	return &sql.TxOptions{Isolation: sql.LevelReadCommitted}
}

// maxMarks is how many values one statement may bind.
func (d Dialect) maxMarks() int {
	if d == SQLite {
		return 32_000
	}
	return 60_000
}
