package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/minutebook/minutebook/models"
)

const (
	// tailPoll is how often the log is looked at for what other servers have written. A commit of this process is
	// noticed at once.
	tailPoll = 250 * time.Millisecond
	// tailKeep is how many of the newest entries are known in memory, so that a follower that is up to date asks the
	// database only for what it waits for.
	tailKeep = 1024
	// tailGap is how long a number of the log may be missing before the tail goes on without it.
	tailGap = 10 * time.Second
)

// logKey is what decides whether somebody waits for an entry of the log.
type logKey struct {
	sequence   int64
	id         models.ID
	recordType models.RecordType
	record     models.ID
}

// tail watches the log for all followers of a process: one goroutine that runs while there is somebody to tell. It knows
// of entries no more than a logKey, for what they say and who may see it is read when it is told.
type tail struct {
	s     *Store
	stop  context.CancelFunc
	done  chan struct{}
	nudge chan struct{}

	followers int // guarded by the mutex of tails

	mu     sync.Mutex
	head   int64         // every entry up to here has been committed
	recent []logKey      // the newest of them, without gaps
	news   chan struct{} // closed when head grows
	gap    time.Time     // since when an entry is missing
}

// tails holds the tail of a store, nil while nobody follows the log.
type tails struct {
	mu      sync.Mutex
	current *tail
	closed  bool
}

var errTailClosed = fmt.Errorf("%w: the store is closed", models.ErrUnavailable)

// join returns the tail, and starts it for the first follower.
func (s *Store) join(ctx context.Context) (*tail, error) {
	s.tails.mu.Lock()
	defer s.tails.mu.Unlock()
	if s.tails.closed {
		return nil, errTailClosed
	}
	if s.tails.current == nil {
		head, err := s.logHead(ctx)
		if err != nil {
			return nil, err
		}
		running, stop := context.WithCancel(context.WithoutCancel(ctx))
		t := &tail{s: s, stop: stop, done: make(chan struct{}), nudge: make(chan struct{}, 1), head: head, news: make(chan struct{})}
		s.tails.current = t
		go t.run(running)
	}
	s.tails.current.followers++
	return s.tails.current, nil
}

// leave ends the tail with its last follower.
func (s *Store) leave(t *tail) {
	s.tails.mu.Lock()
	defer s.tails.mu.Unlock()
	if t.followers--; t.followers == 0 {
		t.stop()
		if s.tails.current == t {
			s.tails.current = nil
		}
	}
}

// nudge tells the tail that this process has written to the log.
func (s *Store) nudge() {
	s.tails.mu.Lock()
	defer s.tails.mu.Unlock()
	if t := s.tails.current; t != nil {
		select {
		case t.nudge <- struct{}{}:
		default: // it is about to look
		}
	}
}

// closeTail ends the tail and whoever follows it.
func (s *Store) closeTail() {
	s.tails.mu.Lock()
	t := s.tails.current
	s.tails.current, s.tails.closed = nil, true
	s.tails.mu.Unlock()
	if t != nil {
		t.stop()
		<-t.done
	}
}

// logHead returns the number of the newest entry.
func (s *Store) logHead(ctx context.Context) (head int64, err error) {
	err = s.prepared.each(ctx, "SELECT sequence FROM change_head WHERE one = 1", nil, func(rows *sql.Rows) error { return rows.Scan(&head) })
	return head, unavailable(err)
}

// Version names the state that records are in: it changes with every commit that changes one, on whatever server, and with
// the day, for a step is overdue from one day to the next. What is read after it is that state or a later one.
func (s *Store) Version(ctx context.Context) (version string, err error) {
	ld := &loader{ctx: ctx, db: s.prepared}
	err = ld.each("SELECT sequence, CURRENT_DATE FROM change_head WHERE one = 1", nil, func(rows *sql.Rows) error {
		var head, day sql.RawBytes
		err := rows.Scan(&head, &day)
		version = string(head) + "/" + string(day)
		return err
	})
	if err == nil && version == "" {
		err = errors.New("the log has no head")
	}
	return version, err
}

// run looks at the log until the last follower has left. When the database cannot be reached it goes on trying: nothing
// is missed, for the log is read from where the tail stopped.
func (t *tail) run(ctx context.Context) {
	defer close(t.done)
	ticker := time.NewTicker(tailPoll)
	defer ticker.Stop()
	failing := false
	for {
		err := t.advance(ctx)
		if ctx.Err() != nil {
			return
		}
		if failed := err != nil; failed != failing {
			failing = failed
			if failed {
				t.s.log.Warn("the log cannot be followed: trying again", "cause", err.Error())
			} else {
				t.s.log.Info("the log is followed again")
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-t.nudge:
		}
	}
}

// advance reads what is new. Numbers grow in the order of commits, so an entry is never seen before those ahead of it;
// should a replica show them otherwise all the same, the tail waits for the missing one.
func (t *tail) advance(ctx context.Context) error {
	for {
		keys, err := t.s.logKeys(ctx, "sequence > ?", []any{t.head}, tailKeep)
		if err != nil {
			return err
		}
		whole := t.contiguous(keys)
		if len(whole) > 0 {
			t.publish(whole)
		}
		if len(whole) < tailKeep {
			return nil
		}
	}
}

// contiguous returns the keys up to the first gap. Only the goroutine of the tail changes head, so it may read it.
func (t *tail) contiguous(keys []logKey) []logKey {
	next := t.head + 1
	for i, key := range keys {
		if key.sequence == next {
			next++
			continue
		}
		if i > 0 {
			return keys[:i]
		}
		if t.gap.IsZero() {
			t.gap = time.Now()
		}
		if time.Since(t.gap) < tailGap {
			return nil
		}
		t.s.log.Error("the log has a gap: minutebook verify says more", "before", key.sequence)
		t.mu.Lock()
		t.recent = nil
		t.mu.Unlock()
		t.gap, next = time.Time{}, key.sequence+1
	}
	t.gap = time.Time{}
	return keys
}

// publish makes keys known to the followers and wakes them.
func (t *tail) publish(keys []logKey) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.head = keys[len(keys)-1].sequence
	t.recent = append(t.recent, keys...)
	if over := len(t.recent) - tailKeep; over > 0 {
		t.recent = append([]logKey(nil), t.recent[over:]...)
	}
	close(t.news)
	t.news = make(chan struct{})
}

// logKeys reads the keys of entries in order.
func (s *Store) logKeys(ctx context.Context, where string, args []any, most int) ([]logKey, error) {
	var keys []logKey
	text := fmt.Sprintf("SELECT sequence, id, record_type, record_id FROM changes WHERE %s ORDER BY sequence LIMIT %d", where, most)
	err := s.prepared.each(ctx, text, args, func(rows *sql.Rows) error {
		var key logKey
		err := rows.Scan(&key.sequence, &key.id, &key.recordType, &key.record)
		keys = append(keys, key)
		return err
	})
	return keys, unavailable(err)
}

// each runs a statement that reads and calls fn for every row.
func (p *prepared) each(ctx context.Context, text string, args []any, fn func(*sql.Rows) error) error {
	return (&loader{ctx: ctx, db: p}).each(text, args, fn)
}

// wait returns once there is an entry behind a position.
func (t *tail) wait(ctx context.Context, position int64) error {
	for {
		t.mu.Lock()
		head, news := t.head, t.news
		t.mu.Unlock()
		if head > position {
			return nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return ctx.Err()
		case <-t.done:
			return errTailClosed
		}
	}
}

// after returns the keys behind a position that are known in memory, and false where some are not.
func (t *tail) after(position int64) (keys []logKey, head int64, known bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	missing := t.head - position
	if missing > int64(len(t.recent)) {
		return nil, t.head, false
	}
	return t.recent[int64(len(t.recent))-max(0, missing):], t.head, true
}

// patient runs a reading step, again and again while the database cannot be reached.
func patient(ctx context.Context, step func() error) error {
	for {
		err := unavailable(step())
		if err == nil || !errors.Is(err, models.ErrUnavailable) || errors.Is(err, errTailClosed) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(2 * tailPoll):
		}
	}
}

// Followers returns how many follow the log.
func (s *Store) Followers() int {
	s.tails.mu.Lock()
	defer s.tails.mu.Unlock()
	if s.tails.current == nil {
		return 0
	}
	return s.tails.current.followers
}
