package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"github.com/minutebook/minutebook/models"
)

// Transact runs fn with a context in which all calls of Write, WriteOnce and Upsert, and all that is read of records, belong
// to one transaction. What fn reads is what it has written so far; others see nothing of it before it is committed. It is
// committed when fn returns nil and nothing failed within; otherwise all of it is rolled back, the keys of requests among
// it, and the first failure is returned. As with Write, fn is run again from its beginning after a deadlock, a lock that
// did not come in time or a lost connection, and after a commit whose answer was lost where everything in it had a key.
//
// Calls of Write must come one after the other; reads may come from several goroutines, and wait for each other. Accounts,
// webhooks and import jobs have statements of their own, outside of this transaction.
func (s *Store) Transact(ctx context.Context, fn func(ctx context.Context) error) error {
	if s.joint(ctx) != nil {
		return errors.New("a transaction was begun within another")
	}
	err := s.run(ctx, models.Actor{}, func(root *Tx) error {
		j := &joint{s: s, root: root}
		defer j.end()
		err := fn(context.WithValue(ctx, jointKey{}, j))
		if first := j.failure(); first != nil {
			return first
		}
		return err
	})
	if err != nil && ctx.Err() != nil { // the transaction was rolled back under the hands of whoever used it
		return ctx.Err()
	}
	return err
}

// errEnded is what a transaction says that has failed or ended. It is no failure of its own: the first one counts.
var errEnded = fmt.Errorf("the transaction has ended: %w", context.Canceled)

type jointKey struct{}

// joint is an open transaction that a context carries.
type joint struct {
	s    *Store
	root *Tx

	statement sync.Mutex // held while a read is under way: a connection gives one answer at a time

	mu     sync.Mutex
	failed error
	ended  bool
}

// joint returns the transaction of this store that a context carries, nil where it carries none.
func (s *Store) joint(ctx context.Context) *joint {
	if j, ok := ctx.Value(jointKey{}).(*joint); ok && j.s == s {
		return j
	}
	return nil
}

// write runs one step within the transaction, with its own act and its own entries in the log. After a failure nothing
// more is run, for MySQL ends a transaction by itself after a deadlock, and what came then would stand alone.
func (j *joint) write(ctx context.Context, actor models.Actor, fn func(tx *Tx) error) error {
	if err := j.open(); err != nil {
		return err
	}
	tx := newTx(ctx, j.s, j.root.orm, actor, j.root.now)
	err := fn(tx)
	if err == nil {
		err = tx.finish()
	}
	j.root.keyless = j.root.keyless || tx.keyless
	j.root.joined += len(tx.entries)
	if err != nil {
		j.fail(err)
	}
	return unavailable(err)
}

// read runs a statement that reads, and hands over its rows.
func (j *joint) read(ctx context.Context, text string, args []any, read func(*sql.Rows) error) error {
	j.statement.Lock()
	defer j.statement.Unlock()
	if err := j.open(); err != nil {
		return err
	}
	rows, err := j.root.orm.Statement.ConnPool.QueryContext(ctx, text, args...)
	if err != nil {
		j.fail(err)
		return fmt.Errorf("reading: %w", unavailable(err))
	}
	if err = readRows(rows, read); err != nil {
		j.fail(err)
	}
	return err
}

func (j *joint) open() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.failed != nil || j.ended {
		return errEnded
	}
	return nil
}

// fail keeps the first failure.
func (j *joint) fail(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.failed == nil {
		j.failed = err
	}
}

func (j *joint) failure() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.failed
}

// end keeps whoever still has the context from writing outside of any transaction.
func (j *joint) end() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ended = true
}
