package store

import (
	"context"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// followPage is how many entries a follower looks up ahead of those it tells.
const followPage = 100

// Following says which entries of the log are wanted.
type Following struct {
	Types   []models.RecordType // of records of these types; nil for all
	Records []models.ID         // of these records; nil for all
	After   *Cursor             // what comes after this entry; nil for what is new
}

// Follower tells the entries of the log one by one: first those after the position it began with, then new ones as any
// server commits them, none missed and none twice. What waits for a slow reader waits in the log and takes no memory. A
// Follower is used by one goroutine.
type Follower struct {
	s       *Store
	tail    *tail
	actor   models.Actor
	wanted  Following
	at      int64    // every entry up to here was looked at
	waiting []logKey // those of them that are still to be told
}

// Follow begins to follow the log for an actor. A position that is not of this log is of kind models.ErrBadInput: after a
// backup was restored, say, going on from it would miss what was written since. Close ends it.
func (s *Store) Follow(ctx context.Context, actor models.Actor, wanted Following) (*Follower, error) {
	at, err := s.position(ctx, wanted.After)
	if err != nil {
		return nil, err
	}
	t, err := s.join(ctx)
	if err != nil {
		return nil, err
	}
	return &Follower{s: s, tail: t, actor: actor, wanted: wanted, at: at}, nil
}

// position is the number of the entry that a cursor names, or of the newest one.
func (s *Store) position(ctx context.Context, after *Cursor) (int64, error) {
	if after == nil {
		return s.logHead(ctx)
	}
	number, ok := after.Values[0].(int64)
	if !ok {
		return 0, models.BadInput("this is no position of the log")
	}
	keys, err := s.logKeys(ctx, "sequence = ?", []any{number}, 1)
	if err != nil {
		return 0, err
	}
	if len(keys) == 0 || keys[0].id != after.ID {
		return 0, models.BadInput("this position is not in the log, as after an older backup was restored: read the records anew and follow without it")
	}
	return number, nil
}

// Close ends the following.
func (f *Follower) Close() {
	if f.tail != nil {
		f.s.leave(f.tail)
		f.tail = nil
	}
}

// Next waits for the next entry and returns it as the database shows it to the actor at that moment: one that is not to
// be seen any more is passed over. While the database cannot be reached it waits. Errors: that of ctx, and of a store that
// was closed; after any other the same entry is tried again by the next call.
func (f *Follower) Next(ctx context.Context) (*models.Change, error) {
	for {
		for len(f.waiting) > 0 {
			change, err := f.read(ctx, f.waiting[0].id)
			if err != nil {
				return nil, err
			}
			f.waiting = f.waiting[1:]
			if change != nil {
				return change, nil
			}
		}
		if err := f.tail.wait(ctx, f.at); err != nil {
			return nil, err
		}
		if err := patient(ctx, func() error { return f.look(ctx) }); err != nil {
			return nil, err
		}
	}
}

// read reads an entry, nil where the actor may not see it.
func (f *Follower) read(ctx context.Context, id models.ID) (change *models.Change, err error) {
	q := &Query{Entity: Schema.Changes, Columns: Schema.Changes.all(), Rows: true}
	err = patient(ctx, func() error {
		found, err := f.s.loader(ctx, f.actor).records(q, []models.ID{id})
		change, _ = found[id].(*models.Change)
		return err
	})
	return change, err
}

// look finds the next entries that are wanted, in memory or in the log.
func (f *Follower) look(ctx context.Context) error {
	keys, head, known := f.tail.after(f.at)
	if known {
		if len(keys) > followPage {
			keys = keys[:followPage]
			head = keys[followPage-1].sequence
		}
		f.waiting = slices.DeleteFunc(slices.Clone(keys), func(k logKey) bool { return !f.wants(k) })
		f.at = max(f.at, head)
		return nil
	}
	where, args := f.where(head)
	keys, err := f.s.logKeys(ctx, where, args, followPage)
	if err != nil {
		return err
	}
	f.waiting = keys
	if len(keys) == followPage {
		head = keys[followPage-1].sequence
	}
	f.at = head
	return nil
}

func (f *Follower) wants(key logKey) bool {
	return (f.wanted.Types == nil || slices.Contains(f.wanted.Types, key.recordType)) &&
		(f.wanted.Records == nil || slices.Contains(f.wanted.Records, key.record))
}

// where is wants as SQL, for entries up to a number. What a guest may not see is left out here to save looking at it
// one by one; whether the rest may be seen is decided when it is told.
func (f *Follower) where(last int64) (string, []any) {
	where, args := []string{"sequence > ?", "sequence <= ?"}, []any{f.at, last}
	in := func(column string, n int) {
		if n == 0 {
			where = append(where, "1 = 0")
			return
		}
		where = append(where, column+" IN (?"+strings.Repeat(", ?", n-1)+")")
	}
	if f.wanted.Types != nil {
		in("record_type", len(f.wanted.Types))
		for _, t := range f.wanted.Types {
			args = append(args, string(t))
		}
	}
	if f.wanted.Records != nil {
		in("record_id", len(f.wanted.Records))
		for _, id := range f.wanted.Records {
			args = append(args, id)
		}
	}
	if !f.actor.SeesInternal() {
		where = append(where, "public = 1")
	}
	return strings.Join(where, " AND "), args
}
