package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

// listener follows a log for a test.
type listener struct {
	testing.TB
	*Follower
}

func (w writer) follow(actor models.Actor, wanted Following) listener {
	w.Helper()
	f, err := w.s.Follow(w.Context(), actor, wanted)
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(f.Close)
	return listener{w.TB, f}
}

// next returns the next entry; it fails the test when none comes in time.
func (r listener) next() *models.Change {
	r.Helper()
	ctx, cancel := context.WithTimeout(r.Context(), 20*time.Second)
	defer cancel()
	change, err := r.Next(ctx)
	if err != nil {
		r.Fatal(err)
	}
	return change
}

// quiet fails the test when an entry comes.
func (r listener) quiet() {
	r.Helper()
	ctx, cancel := context.WithTimeout(r.Context(), 2*tailPoll)
	defer cancel()
	if change, err := r.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
		r.Errorf("%+v %v, want nothing", change, err)
	}
}

func (r listener) expect(operation models.ChangeOperation, record models.Record) *models.Change {
	r.Helper()
	change := r.next()
	if change.Operation != operation || change.Record != record.Meta().ID {
		r.Fatalf("%s of %s, want %s of %s", change.Operation, change.Record, operation, record.Meta().ID)
	}
	return change
}

// cursorOf is the position of an entry, as a client gives it back.
func cursorOf(t testing.TB, change *models.Change) *Cursor {
	t.Helper()
	cursor, err := ParseCursor(ChangeCursor(change), Schema.Changes, Schema.Changes.Sort)
	if err != nil {
		t.Fatal(err)
	}
	return cursor
}

// nothingLeft checks, when the test is over and its stores are closed, that no goroutine is left.
func nothingLeft(t *testing.T) {
	t.Helper()
	now := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, now) })
}

func TestFollow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		nothingLeft(t)
		w := writer{t, opened(t, database)}
		w.create(Schema.People, map[string]any{"name": "前"})
		all := w.follow(admin, Following{})
		people := w.follow(admin, Following{Types: []models.RecordType{models.TypePerson}})
		none := w.follow(admin, Following{Types: []models.RecordType{}})
		person := w.create(Schema.People, map[string]any{"name": "甲"})
		paper := w.create(Schema.Documents, map[string]any{"title": "计划", "kind": "PLAN"})
		this := w.follow(admin, Following{Records: []models.ID{person.Meta().ID}})
		w.update(Schema.Documents, paper, map[string]any{"title": "行动计划"})
		w.update(Schema.People, person, map[string]any{"name": "乙"})
		first := all.expect(models.OperationCreate, person)
		all.expect(models.OperationCreate, paper)
		all.expect(models.OperationUpdate, paper)
		last := all.expect(models.OperationUpdate, person)
		people.expect(models.OperationCreate, person)
		people.expect(models.OperationUpdate, person)
		this.expect(models.OperationUpdate, person)
		for _, r := range []listener{all, people, none, this} {
			r.quiet()
		}
		again := w.follow(admin, Following{After: cursorOf(t, first), Records: []models.ID{paper.Meta().ID}})
		again.expect(models.OperationCreate, paper)
		again.expect(models.OperationUpdate, paper)
		again.quiet()
		end := w.follow(admin, Following{After: cursorOf(t, last)})
		w.delete(Schema.Documents, paper)
		end.expect(models.OperationDelete, paper)
		again.expect(models.OperationDelete, paper)
		all.expect(models.OperationDelete, paper)
	})
}

func TestFollowRefusesPositionsOfOtherLogs(t *testing.T) {
	s := opened(t, storetest.SQLite(t))
	w := writer{t, s}
	person := w.create(Schema.People, map[string]any{"name": "甲"})
	entry := w.log(person.Meta().ID)[0]
	for name, change := range map[string]func(*models.Change){
		"beyond the end": func(c *models.Change) { c.Sequence += 1000 },
		"another entry":  func(c *models.Change) { c.ID = models.NewID() },
	} {
		other := *entry
		change(&other)
		if _, err := s.Follow(t.Context(), admin, Following{After: cursorOf(t, &other)}); !errors.Is(err, models.ErrBadInput) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s.tails.current != nil {
		t.Error("the log is watched for nobody")
	}
}

// TestFollowAsGuest opens and closes records while entries wait to be told.
func TestFollowAsGuest(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		guest := w.follow(models.Actor{}, Following{})
		viewer := w.follow(models.Actor{Subject: "v", Role: models.RoleViewer}, Following{})
		hidden := w.create(Schema.People, map[string]any{"name": "内"})
		person := w.create(Schema.People, map[string]any{"name": "甲", "visibility": "PUBLIC"})
		w.update(Schema.People, hidden, map[string]any{"name": "部"})
		w.update(Schema.People, person, map[string]any{"name": "乙"})
		first := guest.expect(models.OperationCreate, person) // the others have been looked up by now
		w.show(Schema.People, person, models.VisibilityInternal)
		guest.quiet()
		late := w.follow(models.Actor{}, Following{After: cursorOf(t, first)})
		late.quiet()
		w.show(Schema.People, person, models.VisibilityPublic)
		guest.expect(models.OperationPublish, person)
		late.expect(models.OperationPublish, person)
		w.delete(Schema.People, hidden)
		w.delete(Schema.People, person)
		guest.expect(models.OperationDelete, person)
		late.expect(models.OperationDelete, person)
		guest.quiet()
		for _, want := range []models.ChangeOperation{"CREATE", "CREATE", "UPDATE", "UPDATE", "UNPUBLISH", "PUBLISH", "DELETE", "DELETE"} {
			if got := viewer.next().Operation; got != want {
				t.Errorf("the viewer is told %s, want %s", got, want)
			}
		}
	})
}

// TestFollowSlowly lets a reader sleep while more is written than is known in memory.
func TestFollowSlowly(t *testing.T) {
	w := writer{t, opened(t, storetest.SQLite(t))}
	slow, other := w.follow(admin, Following{}), w.follow(admin, Following{})
	const all, batch = 2 * tailKeep, 512
	for n := 0; n < all; n += batch {
		w.do("add people", func(tx *Tx) error {
			for i := range batch {
				if err := tx.Add(&models.Person{Name: fmt.Sprint("甲", n+i)}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for _, r := range []listener{slow, other} {
		for n := range int64(all) {
			if change := r.next(); change.Sequence != n+1 {
				t.Fatalf("entry %d comes in the place of %d", change.Sequence, n+1)
			}
		}
		r.quiet()
	}
	if known := len(slow.tail.recent); known > tailKeep {
		t.Errorf("%d entries are kept in memory, want at most %d", known, tailKeep)
	}
}

// TestFollowOnEveryServer lets writers on two servers write into one database while readers on both follow the log, some
// of them going away again and again and resuming from their cursor on the other server.
func TestFollowOnEveryServer(t *testing.T) {
	database := storetest.MySQL(t)
	nothingLeft(t)
	servers := []writer{{t, opened(t, database)}, {t, opened(t, database)}}
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	start := servers[0].create(Schema.People, map[string]any{"name": "始"})
	first := servers[0].log(start.Meta().ID)[0]
	const writers, rounds = 4, 12
	var writing, reading sync.WaitGroup
	told := make([][]int64, 4)
	for r := range told {
		wanted := Following{}
		if r >= 2 {
			wanted.After = cursorOf(t, first)
		}
		f, err := servers[r%2].s.Follow(ctx, admin, wanted)
		if err != nil {
			t.Fatal(err)
		}
		reading.Go(func() {
			defer func() { f.Close() }()
			for {
				change, err := f.Next(ctx)
				if err != nil {
					t.Error(err)
					return
				}
				told[r] = append(told[r], change.Sequence)
				if change.ActorName == "end" {
					return
				}
				if n := len(told[r]); r >= 2 && n%(5+r) == 0 {
					again, err := servers[n%2].s.Follow(ctx, admin, Following{After: cursorOf(t, change)})
					if err != nil {
						t.Error(err)
						return
					}
					f.Close()
					f = again
				}
			}
		})
	}
	for worker := range writers {
		writing.Go(func() {
			for round := range rounds {
				err := servers[worker%2].s.Write(ctx, admin, func(tx *Tx) error {
					for i := range 1 + round%3 {
						if err := tx.Add(&models.Person{Name: fmt.Sprint("人", worker, round, i)}); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil && !errors.Is(err, models.ErrUnavailable) {
					t.Error(err)
				}
			}
		})
	}
	writing.Wait()
	if err := servers[1].s.Write(ctx, models.Actor{Subject: "end", Role: models.RoleAdmin}, func(tx *Tx) error { return tx.Add(&models.Person{Name: "终"}) }); err != nil {
		t.Fatal(err)
	}
	reading.Wait()
	head, err := servers[0].s.logHead(ctx)
	if err != nil {
		t.Fatal(err)
	}
	want := make([]int64, 0, head)
	for n := first.Sequence + 1; n <= head; n++ {
		want = append(want, n)
	}
	for r, got := range told {
		if !slices.Equal(got, want) {
			t.Errorf("reader %d was told %v, want %v", r, got, want)
		}
	}
	t.Logf("%d entries, told to %d readers", len(want), len(told))
	for _, w := range servers {
		if w.s.tails.current != nil {
			t.Error("the log is watched for nobody")
		}
	}
}

func TestFollowEndsWithTheStore(t *testing.T) {
	s := opened(t, storetest.SQLite(t))
	w := writer{t, s}
	r := w.follow(admin, Following{})
	failed := make(chan error, 1)
	go func() { _, err := r.Next(t.Context()); failed <- err }()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-failed; !errors.Is(err, models.ErrUnavailable) {
		t.Errorf("a reader of a closed store: %v", err)
	}
	if _, err := s.Follow(t.Context(), admin, Following{}); err == nil {
		t.Error("a closed store is followed")
	}
}

func TestTailWaitsForGaps(t *testing.T) {
	s := opened(t, storetest.SQLite(t))
	tail := &tail{s: s, head: 4, news: make(chan struct{})}
	keys := func(numbers ...int64) (out []logKey) {
		for _, n := range numbers {
			out = append(out, logKey{sequence: n})
		}
		return out
	}
	if got := tail.contiguous(keys(5, 6, 8)); len(got) != 2 {
		t.Errorf("before the gap: %v", got)
	}
	if got := tail.contiguous(keys(6, 7)); got != nil || tail.gap.IsZero() {
		t.Errorf("at a gap: %v", got)
	}
	if got := tail.contiguous(keys(5, 6, 7)); len(got) != 3 || !tail.gap.IsZero() {
		t.Errorf("after the gap was filled: %v", got)
	}
	tail.gap = time.Now().Add(-2 * tailGap)
	if got := tail.contiguous(keys(6, 7)); len(got) != 2 {
		t.Errorf("a gap that stays: %v", got)
	}
}
