package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/minutebook/minutebook/models"
)

// maxRetries is how often a transaction is run again after a deadlock, a lock that did not come, or a lost connection.
const maxRetries = 3

// errAgain is wrapped by failures of a transaction that another one caused and that a second run will not meet.
var errAgain = errors.New("another writer came first")

// Tx is a transaction that writes. It is good only inside the function given to Write and only for one goroutine.
type Tx struct {
	// Method says how what is written came to be known: models.MethodHuman, unless the caller changes it before the
	// first change. Fields that a person has written are kept from later imports.
	Method models.Method

	ctx     context.Context //nolint:containedctx // a Tx lives as long as one call of Write, which has the context
	s       *Store
	orm     *gorm.DB
	actor   models.Actor
	now     models.DateTime
	act     models.ID // names what is done in one go; see act
	entries []*entry
	queue   queue
	named   map[string]Ref     // records of an upsert by the names that the request gives them
	publics map[models.ID]bool // what became of the visibility of records in this transaction
	keyless bool               // something was written without a key, so that the transaction does not recognise itself
	joined  int                // entries of calls of Write that joined this transaction
}

// Write runs fn in one transaction and commits it. The change log is written with it: all entries or none. An error of fn
// undoes everything and is returned. After a deadlock, a lock that did not come in time, or a connection lost before the
// commit, fn is run again from its beginning, so it must not change anything but through tx.
//
// When the connection breaks during the commit nobody knows whether it happened; Write then returns an error of kind
// models.ErrUnavailable. WriteOnce finds out by asking again.
//
// Inside Transact the transaction is the one that is open there: it ends with that one, and what other readers see of it,
// and what is run again, is up to that one.
func (s *Store) Write(ctx context.Context, actor models.Actor, fn func(tx *Tx) error) error {
	return s.run(ctx, actor, func(tx *Tx) error {
		tx.keyless = true
		return fn(tx)
	})
}

// run runs a transaction as often as is good, or joins the one that the context carries.
func (s *Store) run(ctx context.Context, actor models.Actor, fn func(tx *Tx) error) error {
	if j := s.joint(ctx); j != nil {
		return j.write(ctx, actor, fn)
	}
	for try := 0; ; try++ {
		again, err := s.attempt(ctx, actor, fn)
		if err == nil {
			return nil
		}
		if !again || try == maxRetries || ctx.Err() != nil {
			return unavailable(err)
		}
		pause := time.Duration(1<<try) * (5*time.Millisecond + rand.N(20*time.Millisecond)) //nolint:gosec // a pause need not be a secret
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// attempt runs a transaction once, and says whether to try again after its failure.
func (s *Store) attempt(ctx context.Context, actor models.Actor, fn func(tx *Tx) error) (again bool, err error) {
	orm := s.orm.WithContext(ctx).Begin(s.dialect.transaction())
	if err := orm.Error; err != nil {
		return lost(err) || transient(err), fmt.Errorf("begin a transaction: %w", err)
	}
	ended := false
	defer func() {
		if !ended { // also when fn panics
			orm.Rollback()
		}
	}()
	tx := newTx(ctx, s, orm, actor, models.Now())
	if err = fn(tx); err == nil {
		err = tx.finish()
	}
	if err != nil {
		return lost(err) || transient(err) || errors.Is(err, errAgain), err
	}
	ended = true
	if err = orm.Commit().Error; err == nil || ctx.Err() != nil {
		if len(tx.entries)+tx.joined > 0 {
			s.nudge()
		}
		return false, err
	}
	if transient(err) { // the server says that it did not commit
		return true, err
	}
	return !tx.keyless, fmt.Errorf("%w: the answer to the commit was lost, the change may have been made: %w", models.ErrUnavailable, err)
}

func newTx(ctx context.Context, s *Store, orm *gorm.DB, actor models.Actor, now models.DateTime) *Tx {
	tx := &Tx{ctx: ctx, s: s, orm: orm, actor: actor, Method: models.MethodHuman, now: now, publics: map[models.ID]bool{}}
	tx.begin()
	return tx
}

// begin starts a new act: what follows belongs together and is undone together.
func (tx *Tx) begin() { tx.act = models.NewID() }

// finish writes what is queued and the log.
func (tx *Tx) finish() error {
	if err := tx.Flush(); err != nil {
		return err
	}
	if err := tx.indexTexts(); err != nil {
		return err
	}
	return tx.writeLog()
}

// exec runs a statement that changes rows.
func (tx *Tx) exec(statement string, args ...any) error {
	if _, err := tx.orm.Statement.ConnPool.ExecContext(tx.ctx, statement, args...); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// each runs a query and calls fn for every row.
func (tx *Tx) each(statement string, args []any, fn func(scan func(...any) error) error) error {
	rows, err := tx.orm.Statement.ConnPool.QueryContext(tx.ctx, statement, args...)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := fn(rows.Scan); err != nil {
			return fmt.Errorf("read: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read: %w", err)
	}
	return nil
}

// ids reads the ids that a statement selects, in its order.
func (tx *Tx) ids(statement string, args ...any) ([]models.ID, error) {
	var found []models.ID
	err := tx.each(statement, args, func(scan func(...any) error) error {
		var id models.ID
		err := scan(&id)
		found = append(found, id)
		return err
	})
	return found, err
}

// exclusively is how rows are read that are about to change.
var exclusively = clause.Locking{Strength: "UPDATE"}

// find reads rows of a table as pointers to their models.
func (tx *Tx) find(t *typing, locking *clause.Locking, order, where string, args ...any) ([]any, error) {
	rows := reflect.New(reflect.SliceOf(reflect.TypeOf(t.fresh())))
	query := tx.orm.Where(where, args...)
	if order != "" {
		query = query.Order(order)
	}
	if locking != nil {
		query = query.Clauses(*locking)
	}
	if err := query.Find(rows.Interface()).Error; err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	out := make([]any, rows.Elem().Len())
	for i := range out {
		out[i] = rows.Elem().Index(i).Interface()
	}
	return out, nil
}

// record reads a record that is about to change. A record that is not there, or not to be seen by the actor, is
// models.ErrNotFound; the id of a merged record leads to the one that was kept.
func (tx *Tx) record(e *Entity, id models.ID) (models.Record, error) {
	rows, err := tx.find(&e.typing, &exclusively, "", "id = ?", id)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		kept, err := tx.resolve(id)
		if err != nil {
			return nil, err
		}
		if kept != id {
			return tx.record(e, kept)
		}
	}
	if len(rows) == 0 || !tx.sees(rows[0].(models.Record)) {
		return nil, fmt.Errorf("%s %s: %w", e.Name, id, models.ErrNotFound)
	}
	return rows[0].(models.Record), nil
}

func (tx *Tx) sees(record models.Record) bool {
	return record.Meta().Public || tx.actor.SeesInternal()
}

// resolve follows the redirects of merged records.
func (tx *Tx) resolve(id models.ID) (models.ID, error) {
	err := tx.each("SELECT to_id FROM redirects WHERE from_id = ?", []any{id}, func(scan func(...any) error) error { return scan(&id) })
	return id, err
}
