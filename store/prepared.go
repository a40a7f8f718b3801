package store

import (
	"context"
	"database/sql"
	"sync/atomic"
	"time"

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

	limited *atomic.Bool // whether the database ends statements by itself after statementSeconds
	running atomic.Int32
}

func newPrepared(db *sql.DB, limited *atomic.Bool) *prepared {
	known, err := lru.NewWithEvict(maxPrepared, func(_ string, statement *sql.Stmt) {
		if statement != nil {
			_ = statement.Close() // closes when those who use it are done
		}
	})
	if err != nil {
		panic(err) // the size is positive
	}
	return &prepared{db: db, known: known, limited: limited}
}

// watched returns the context in which to run a statement and read its rows; finish tells that both are done. To watch a
// context takes package sql and the driver two goroutines for each statement, a sixth of the time that a small one costs.
// Nobody needs to where the database ends the statement before the context has to end, and a connection is free; a caller who
// goes away ends no statement anyway, for the driver only hangs up. Between statements the context is asked all the same.
func (p *prepared) watched(ctx context.Context) (_ context.Context, finish func()) {
	running := p.running.Add(1)
	if running <= maxConnections/2 && p.limited.Load() {
		if end, ok := ctx.Deadline(); ok && time.Until(end) > statementSeconds*time.Second {
			return unwatched{ctx}, p.finish
		}
	}
	return ctx, p.finish
}

func (p *prepared) finish() { p.running.Add(-1) }

// unwatched is a context that nobody can wait for. It has ended all the same when the one within has.
type unwatched struct{ context.Context }

// Done implements context.Context.
func (unwatched) Done() <-chan struct{} { return nil }

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
			_ = made.Close() //nolint:sqlclosecheck // somebody else was faster
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
