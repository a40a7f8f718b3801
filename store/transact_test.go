package store

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

// named creates a person within whatever transaction the context carries.
func (w writer) named(ctx context.Context, name, key string) (models.ID, error) {
	return w.s.WriteOnce(ctx, admin, Once{Key: key, Body: name}, func(tx *Tx) (models.ID, error) {
		record, err := tx.Create(Schema.People, map[string]any{"name": name, "visibility": "PUBLIC"})
		if err != nil {
			return models.ID{}, err
		}
		return record.Meta().ID, nil
	})
}

// people reads the names of all people as a guest.
func (w writer) people(ctx context.Context) string {
	w.Helper()
	name := Schema.People.Field("name")
	page, err := w.s.Page(ctx, models.Actor{}, &Query{
		Entity: Schema.People, Columns: []*Column{name}, Sort: []Sort{{Column: name}}, Rows: true, Page: &Page{Size: 10},
	})
	if err != nil {
		w.Fatal(err)
	}
	var names []string
	for _, person := range page.(*models.Connection[models.Person]).Nodes {
		names = append(names, person.Name)
	}
	return strings.Join(names, " ")
}

// TestTransactIsSeenWhole looks at a transaction from within, where several read at once, and from outside.
func TestTransactIsSeenWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		err := w.s.Transact(t.Context(), func(ctx context.Context) error {
			for _, name := range []string{"A", "B"} {
				if _, err := w.named(ctx, name, ""); err != nil {
					return err
				}
			}
			var readers sync.WaitGroup
			for range 8 {
				readers.Go(func() {
					if got := w.people(ctx); got != "A B" {
						t.Errorf("within: %q", got)
					}
				})
			}
			readers.Wait()
			if got := w.people(t.Context()); got != "" {
				t.Errorf("outside, before the commit: %q", got)
			}
			return nil
		})
		if got := w.people(t.Context()); err != nil || got != "A B" {
			t.Errorf("afterwards: %q, %v", got, err)
		}
		w.verify()
	})
}

// TestTransactUndoesAll lets transactions fail half-way, in each way there is: nothing stays, no key either.
func TestTransactUndoesAll(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		failed := errors.New("failed")
		for name, end := range map[string]func(ctx context.Context) error{
			"an error": func(context.Context) error { return failed },
			"a panic":  func(context.Context) error { panic(failed) },
			"a write":  func(ctx context.Context) error { return w.s.Write(ctx, admin, func(*Tx) error { return failed }) },
			"overlooked": func(ctx context.Context) error {
				_ = w.s.Write(ctx, admin, func(*Tx) error { return failed })
				return nil
			},
		} {
			tries := 0
			func() {
				defer func() { _ = recover() }()
				err := w.s.Transact(t.Context(), func(ctx context.Context) error {
					tries++
					if _, err := w.named(ctx, "A", "k"); err != nil {
						return err
					}
					return end(ctx)
				})
				if !errors.Is(err, failed) {
					t.Errorf("%s: %v", name, err)
				}
			}()
			if tries != 1 {
				t.Errorf("%s: %d tries", name, tries)
			}
		}
		report, err := w.s.Verify(t.Context())
		if err != nil || report.Records != 0 || report.Changes != 0 || len(report.Problems) > 0 {
			t.Errorf("%+v %v", report, err)
		}
		if _, err := w.named(t.Context(), "B", "k"); err != nil {
			t.Errorf("the key of what was rolled back is kept: %v", err)
		}
	})
}

// TestTransactEnds holds that nothing is written after a failure or after the end, as it would stand alone.
func TestTransactEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		var kept context.Context
		err := w.s.Transact(t.Context(), func(ctx context.Context) error {
			kept = ctx
			if err := w.s.Write(ctx, admin, func(tx *Tx) error { return tx.exec("INSERT INTO nowhere VALUES (1)") }); err == nil {
				t.Error("a statement without a table went through")
			}
			_, err := w.named(ctx, "A", "")
			if !errors.Is(err, errEnded) {
				t.Errorf("after a failure: %v", err)
			}
			return nil
		})
		if err == nil || !strings.Contains(err.Error(), "nowhere") {
			t.Errorf("the first failure is not what is said: %v", err)
		}
		if _, err := w.named(kept, "B", ""); !errors.Is(err, errEnded) {
			t.Errorf("after the end: %v", err)
		}
		if got := w.people(t.Context()); got != "" {
			t.Errorf("there is %q", got)
		}
	})
}

// TestTransactRunsAgain breaks the connection in the second of three steps: all three run again.
func TestTransactRunsAgain(t *testing.T) {
	w := writer{t, opened(t, storetest.MySQL(t))}
	var ran []string
	err := w.s.Transact(t.Context(), func(ctx context.Context) error {
		for _, name := range []string{"A", "B", "C"} {
			ran = append(ran, name)
			if _, err := w.named(ctx, name, name); err != nil {
				return err
			}
			if name == "B" && len(ran) == 2 {
				return w.s.Write(ctx, admin, func(tx *Tx) error { return tx.exec("KILL CONNECTION_ID()") })
			}
		}
		return nil
	})
	if got := strings.Join(ran, " "); err != nil || got != "A B A B C" || w.people(t.Context()) != "A B C" {
		t.Errorf("ran %q: %v, there is %q", got, err, w.people(t.Context()))
	}
	w.verify()
}

// TestTransactDeadlock lets two transactions take two records in opposite orders: both are done in the end, each once.
func TestTransactDeadlock(t *testing.T) {
	w := writer{t, opened(t, storetest.MySQL(t))}
	a, b := w.create(Schema.People, map[string]any{"name": "A"}), w.create(Schema.People, map[string]any{"name": "B"})
	var tries [2]int
	var first sync.WaitGroup // both hold their first record
	first.Add(2)
	touch := func(ctx context.Context, record models.Record, reading string) error {
		return w.s.Write(ctx, admin, func(tx *Tx) error {
			d, err := tx.draft(Schema.People, record.Meta().ID, nil)
			if err != nil {
				return err
			}
			in, _ := Schema.People.input("pinyin")
			d.set(in, *d.record.(*models.Person).Pinyin+reading)
			if err := d.save(); err != nil {
				return err
			}
			return tx.Flush()
		})
	}
	for _, record := range []models.Record{a, b} {
		w.update(Schema.People, record, map[string]any{"pinyin": "p"})
	}
	var all sync.WaitGroup
	for i, order := range [][2]models.Record{{a, b}, {b, a}} {
		all.Go(func() {
			err := w.s.Transact(t.Context(), func(ctx context.Context) error {
				tries[i]++
				j := w.s.joint(ctx)
				hold := "SELECT 1 FROM people WHERE id = ? FOR UPDATE"
				if err := newTx(ctx, w.s, j.root.orm, admin, j.root.now).exec(hold, order[0].Meta().ID); err != nil {
					return err
				}
				if tries[i] == 1 {
					first.Done()
					first.Wait()
				}
				for _, record := range order {
					if err := touch(ctx, record, "x"); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Errorf("transaction %d: %v", i, err)
			}
		})
	}
	all.Wait()
	if tries[0]+tries[1] < 3 {
		t.Errorf("%v tries: they never met", tries)
	}
	for _, record := range []models.Record{a, b} {
		if got := *w.row(Schema.People, record.Meta().ID).(*models.Person).Pinyin; got != "pxx" {
			t.Errorf("%s has %q", record.Meta().ID, got)
		}
	}
	w.verify()
}

// TestTransactLostCommit loses the answer to a commit. Where everything has a key, it is found out that all was done; where
// one step has none, the outcome is unknown and said to be.
func TestTransactLostCommit(t *testing.T) {
	database, line := cuttable(t, storetest.MySQL(t))
	w := writer{t, opened(t, database)}
	write := func(keys ...string) error {
		line.armed.Store(true)
		return w.s.Transact(t.Context(), func(ctx context.Context) error {
			for i, key := range keys {
				if _, err := w.named(ctx, "P"+key+string(rune('a'+i)), key); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := write("1", ""); !errors.Is(err, models.ErrUnavailable) || !strings.Contains(err.Error(), "may have been made") {
		t.Errorf("one of two with a key: %v", err)
	}
	if err := write("2", "3"); err != nil {
		t.Errorf("both with a key: %v", err)
	}
	if line.armed.Load() {
		t.Error("the line was never cut")
	}
	if got := w.people(t.Context()); got != "P1a P2a P3b Pb" {
		t.Errorf("there is %q", got)
	}
	w.verify()
}
