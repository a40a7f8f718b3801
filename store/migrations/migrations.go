// Package migrations brings a database to the shape the program needs: numbered SQL files for each dialect, applied in
// order, statement by statement. It knows SQL files and a record of what was applied; what the tables mean is the
// store's business.
//
// A run may be cut at any point. On SQLite everything pending is one transaction. On MySQL, where a change of a table
// commits by itself, each statement is recorded after it was run, the next run goes on after the last one recorded, and
// statements are written so that running one twice does no harm: IF NOT EXISTS where the server knows it, and for the
// rest a comment line
//
//	-- unless: SELECT …
//
// before the statement, which is left out when the query finds a row.
package migrations

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed sqlite/*.sql mysql/*.sql
var files embed.FS

// Errors of a database whose shape does not fit the program.
var (
	ErrNewer   = errors.New("the database was made by a newer version of minutebook: use that version")
	ErrPending = errors.New("the database has not been migrated: run minutebook migrate")
	ErrChanged = errors.New("a migration that was applied has been changed since: restore the file")
)

// Migration is one numbered file.
type Migration struct {
	Version    int
	Name       string
	statements []statement
}

type statement struct {
	text   string
	unless string // a query: where it finds a row, the statement has been done
}

func (s statement) checksum() string {
	sum := sha256.Sum256([]byte(s.text))
	return hex.EncodeToString(sum[:])
}

// All returns the migrations of a dialect, which is the name of a folder, in order.
func All(dialect string) ([]Migration, error) {
	names, err := fs.Glob(files, dialect+"/*.sql")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var all []Migration
	for i, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		base := strings.TrimSuffix(path.Base(name), ".sql")
		number, title, _ := strings.Cut(base, "_")
		version, err := strconv.Atoi(number)
		if err != nil || version != i+1 {
			return nil, fmt.Errorf("migration %s: the files must be numbered 0001, 0002 and so on", name)
		}
		all = append(all, Migration{Version: version, Name: title, statements: split(string(text))})
	}
	return all, nil
}

// split cuts a file into statements, which end in a semicolon at the end of a line.
func split(text string) []statement {
	var out []statement
	var current statement
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if condition, ok := strings.CutPrefix(line, "-- unless: "); ok {
			current.unless = condition
			continue
		}
		if strings.HasPrefix(line, "--") || len(lines) == 0 && strings.TrimSpace(line) == "" {
			continue
		}
		lines = append(lines, line)
		if strings.HasSuffix(line, ";") {
			current.text = strings.TrimSuffix(strings.Join(lines, "\n"), ";")
			out = append(out, current)
			current, lines = statement{}, nil
		}
	}
	return out
}

// Step says how far a migration has come.
type Step struct {
	Version    int
	Name       string
	Statements int
	Applied    int       // statements applied; the migration is complete when it equals Statements
	At         time.Time // when the last of them was
}

// Status compares the record of a database with the files. It changes nothing. The error is ErrNewer or ErrChanged where
// the database is not one this program can work with, and ErrPending where it has to be migrated first.
func Status(ctx context.Context, db *sql.DB, dialect string) ([]Step, error) {
	all, err := All(dialect)
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	done := record{}
	known, err := hasRecord(ctx, conn, dialect)
	if err != nil {
		return nil, err
	}
	if known {
		if done, err = readRecord(ctx, conn); err != nil {
			return nil, err
		}
	}
	steps := make([]Step, len(all))
	for i, m := range all {
		steps[i] = Step{Version: m.Version, Name: m.Name, Statements: len(m.statements), Applied: len(done[m.Version])}
		for _, entry := range done[m.Version] {
			if entry.at.After(steps[i].At) {
				steps[i].At = entry.at
			}
		}
	}
	if err := done.check(all); err != nil {
		return steps, err
	}
	for _, step := range steps {
		if step.Applied < step.Statements {
			return steps, ErrPending
		}
	}
	return steps, nil
}

// entry is the record of a statement that was applied.
type entry struct {
	checksum string
	at       time.Time
}

// record is what was applied: by version and by number of the statement, from 1.
type record map[int]map[int]entry

// check compares a record with the files.
func (r record) check(all []Migration) error {
	for version, statements := range r {
		if version > len(all) {
			return fmt.Errorf("migration %d: %w", version, ErrNewer)
		}
		for number, entry := range statements {
			m := all[version-1]
			if number > len(m.statements) {
				return fmt.Errorf("migration %d, statement %d: %w", version, number, ErrNewer)
			}
			if entry.checksum != m.statements[number-1].checksum() {
				return fmt.Errorf("migration %d, statement %d: %w", version, number, ErrChanged)
			}
		}
	}
	return nil
}

func hasRecord(ctx context.Context, conn *sql.Conn, dialect string) (bool, error) {
	query := "SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'schema_migrations'"
	if dialect == "sqlite" {
		query = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'"
	}
	var count int
	err := conn.QueryRowContext(ctx, query).Scan(&count)
	return count > 0, err
}

func readRecord(ctx context.Context, conn *sql.Conn) (record, error) {
	rows, err := conn.QueryContext(ctx, "SELECT version, statement, checksum, applied_at FROM schema_migrations")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	done := record{}
	for rows.Next() {
		var version, number int
		var checksum, at string
		if err := rows.Scan(&version, &number, &checksum, &at); err != nil {
			return nil, err
		}
		if done[version] == nil {
			done[version] = map[int]entry{}
		}
		moment, err := time.Parse(timeLayout, at)
		if err != nil {
			return nil, fmt.Errorf("migration %d: %w", version, err)
		}
		done[version][number] = entry{checksum, moment}
	}
	return done, rows.Err()
}

const timeLayout = "2006-01-02 15:04:05"
