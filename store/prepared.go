package store

import (
	"context"
	"database/sql"

	lru "github.com/hashicorp/golang-lru/v2"
)

// Bounds of the statements that are kept prepared. A server keeps one for each of its connections, too.
const (
	maxPrepared     = 200
	maxPreparedText = 16 << 10
)

// prepared keeps the statements that reads use again and again prepared: the database parses them once for each
// connection. A text is prepared when it comes for the second time, so that questions nobody repeats cost nothing.
type prepared struct {
	db    *sql.DB
	known *lru.Cache[string, *sql.Stmt] // nil: seen once
}

func newPrepared(db *sql.DB) *prepared {
	known, err := lru.NewWithEvict(maxPrepared, func(_ string, statement *sql.Stmt) {
		if statement != nil {
			_ = statement.Close() // closes when those who use it are done
		}
	})
	if err != nil {
		panic(err) // the size is positive
	}
	return &prepared{db, known}
}

// query runs a statement that reads.
func (p *prepared) query(ctx context.Context, text string, args []any) (*sql.Rows, error) {
	if len(text) > maxPreparedText {
		return p.db.QueryContext(ctx, text, args...)
	}
	statement, seen := p.known.Get(text)
	switch {
	case !seen:
		p.known.Add(text, nil)
		return p.db.QueryContext(ctx, text, args...)
	case statement == nil:
		made, err := p.db.PrepareContext(ctx, text)
		if err != nil {
			return nil, err
		}
		if before, found, _ := p.known.PeekOrAdd(text, made); found && before == nil {
			p.known.Add(text, made)
		} else if found {
			_ = made.Close() // somebody else was faster
			made = before
		}
		statement = made
	}
	rows, err := statement.QueryContext(ctx, args...)
	if err != nil && err.Error() == "sql: statement is closed" { // pushed out meanwhile; package sql exports no value for it
		return p.db.QueryContext(ctx, text, args...)
	}
	return rows, err
}

// close gives the statements back.
func (p *prepared) close() { p.known.Purge() }
