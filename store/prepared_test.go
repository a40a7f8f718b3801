package store

import (
	"context"
	"database/sql"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/minutebook/minutebook/store/storetest"
)

func TestStatementsThatEndByThemselvesAreNotWatched(t *testing.T) {
	var limited atomic.Bool
	p := newPrepared(nil, &limited)
	long, stop := context.WithTimeout(context.Background(), statementSeconds*time.Second+time.Minute)
	defer stop()
	short, stop := context.WithTimeout(context.Background(), statementSeconds*time.Second/2)
	defer stop()
	watched := func(ctx context.Context) bool {
		ctx, finish := p.watched(ctx)
		defer finish()
		return ctx.Done() != nil
	}
	if !watched(long) {
		t.Error("nobody watches a statement that the database does not end")
	}
	limited.Store(true)
	if watched(long) {
		t.Error("a statement is watched that ends before its context")
	}
	if !watched(short) {
		t.Error("nobody watches a statement that may outlast its context")
	}
	for range maxConnections / 2 {
		_, finish := p.watched(long)
		defer finish()
	}
	if !watched(long) {
		t.Error("nobody watches a statement that may have to wait for a connection")
	}
}

// TestEndedContextRunsNothing asks with contexts that have ended, or end while a statement runs.
func TestEndedContextRunsNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := opened(t, database)
		ask := func(ctx context.Context, text string) error {
			ld := &loader{ctx: ctx, db: s.prepared}
			return ld.each(text, nil, func(*sql.Rows) error { return nil })
		}
		ended, stop := context.WithTimeout(context.Background(), time.Minute)
		stop()
		if err := ask(ended, "SELECT 1"); !errors.Is(err, context.Canceled) {
			t.Errorf("after its end: %v", err)
		}
		if s.dialect != MySQL {
			return
		}
		soon, stop := context.WithTimeout(context.Background(), 200*time.Millisecond)
		defer stop()
		if err := ask(soon, "SELECT SLEEP(5)"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("with an end before the statement's: %v", err)
		}
	})
}
