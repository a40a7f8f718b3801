package migrations

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"
	_ "modernc.org/sqlite" // the driver of the embedded database

	"github.com/minutebook/minutebook/store/storetest"
)

// connected opens a database for one dialect.
func connected(t *testing.T, database string) (*sql.DB, string) {
	t.Helper()
	var db *sql.DB
	var err error
	dialect := "sqlite"
	if path, ok := strings.CutPrefix(database, "sqlite:"); ok {
		db, err = sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(20000)&_pragma=foreign_keys(1)")
	} else {
		dialect = "mysql"
		db, err = sql.Open("mysql", dsn(t, database))
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, dialect
}

func dsn(t *testing.T, database string) string {
	t.Helper()
	address, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	config := mysql.NewConfig()
	config.User = address.User.Username()
	config.Passwd, _ = address.User.Password()
	config.Net, config.Addr, config.DBName = "tcp", net.JoinHostPort(address.Hostname(), address.Port()), strings.TrimPrefix(address.Path, "/")
	return config.FormatDSN()
}

// TestCut cuts a run before and after every statement and looks whether the next run completes.
func TestCut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db, dialect := connected(t, database)
		all, err := All(dialect)
		if err != nil {
			t.Fatal(err)
		}
		cut := errors.New("cut")
		runs := 0
		for version := range all {
			for number := range all[version].statements {
				for _, done := range []bool{false, true} {
					runs++
					r := &runner{dialect: dialect, all: all, cut: func(v, n int, after bool) error {
						if v == version+1 && n == number+1 && after == done {
							return cut
						}
						return nil
					}}
					// SQLite forgets the whole run, so that every cut begins anew: one in ten is enough there.
					if dialect == "sqlite" && runs%10 != 0 {
						continue
					}
					if err := r.run(t.Context(), db); !errors.Is(err, cut) {
						t.Fatalf("%d.%d %v: %v", version+1, number+1, done, err)
					}
				}
			}
		}
		if steps, err := Status(t.Context(), db, dialect); !errors.Is(err, ErrPending) {
			t.Errorf("status of a database that is half migrated: %v %v", steps, err)
		}
		if err := Run(t.Context(), db, dialect); err != nil {
			t.Fatal(err)
		}
		steps, err := Status(t.Context(), db, dialect)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range steps {
			if step.Applied != step.Statements || step.At.IsZero() {
				t.Errorf("%+v", step)
			}
		}
	})
}

// TestAtOnce lets four servers start at once.
func TestAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		failures := make(chan error, 4)
		for range 4 {
			db, dialect := connected(t, database)
			go func() { failures <- Run(context.Background(), db, dialect) }()
		}
		for range 4 {
			if err := <-failures; err != nil {
				t.Error(err)
			}
		}
		db, dialect := connected(t, database)
		if _, err := Status(t.Context(), db, dialect); err != nil {
			t.Error(err)
		}
	})
}

// TestForeign refuses databases that are not this program's.
func TestForeign(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		for statement, want := range map[string]error{
			"INSERT INTO schema_migrations VALUES (99, 1, 'x', '2026-01-01 00:00:00')":        ErrNewer,
			"INSERT INTO schema_migrations VALUES (1, 999, 'x', '2026-01-01 00:00:00')":       ErrNewer,
			"UPDATE schema_migrations SET checksum = 'x' WHERE version = 1 AND statement = 1": ErrChanged,
		} {
			db, dialect := connected(t, database)
			if err := Run(t.Context(), db, dialect); err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec(statement); err != nil {
				t.Fatal(err)
			}
			if err := Run(t.Context(), db, dialect); !errors.Is(err, want) {
				t.Errorf("run after %s: %v", statement, err)
			}
			if _, err := Status(t.Context(), db, dialect); !errors.Is(err, want) {
				t.Errorf("status after %s: %v", statement, err)
			}
			if _, err := db.Exec("DELETE FROM schema_migrations WHERE version = 99 OR statement = 999 OR checksum = 'x'"); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// TestSameTables compares the tables and columns that the two dialects make.
func TestSameTables(t *testing.T) {
	shapes := map[string][]string{}
	storetest.Each(t, func(t *testing.T, database string) {
		db, dialect := connected(t, database)
		if err := Run(t.Context(), db, dialect); err != nil {
			t.Fatal(err)
		}
		query := "SELECT table_name, column_name, is_nullable FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position"
		if dialect == "sqlite" {
			query = `SELECT m.name, c.name, CASE c."notnull" WHEN 1 THEN 'NO' ELSE 'YES' END FROM sqlite_schema m, pragma_table_info(m.name) c
				WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'search%' ORDER BY m.name, c.cid`
		}
		rows, err := db.Query(query)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var table, column, null string
			if err := rows.Scan(&table, &column, &null); err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(table, "search") { // full text is what the two do differently
				shapes[dialect] = append(shapes[dialect], fmt.Sprint(table, ".", column, " null: ", null))
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	})
	if len(shapes) < 2 {
		return
	}
	for dialect, other := range map[string]string{"sqlite": "mysql", "mysql": "sqlite"} {
		for _, column := range shapes[dialect] {
			if !slices.Contains(shapes[other], column) {
				t.Errorf("only on %s: %s", dialect, column)
			}
		}
	}
}
