package resolvers

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"
)

// load lets a number of operations run at once and a number wait for their turn. The rest is refused, so that a
// server with too much to do stays one that answers. Mutations have places of their own: those that wait for a lock of the
// database do not hold up reading.
type load struct {
	slots   chan struct{}
	waiting atomic.Int64
	queue   int64
	wait    time.Duration
	writes  *load // nil in the load of mutations
}

// turn is a place that an operation has.
type turn struct{ load, held *load }

func newLoad(concurrent, queue int, wait time.Duration) *load {
	places := func(n int) *load { return &load{slots: make(chan struct{}, n), queue: int64(queue), wait: wait} }
	l := places(concurrent)
	l.writes = places((concurrent + 1) / 2)
	return l
}

// enter waits for a turn. The caller calls leave of the turn once it is done.
func (l *load) enter(ctx context.Context) (*turn, *refusal) {
	if r := l.take(ctx); r != nil {
		return nil, r
	}
	return &turn{load: l, held: l}, nil
}

// write changes the place for one of a mutation, for which it may have to wait. Refused, the turn has no place any more.
func (t *turn) write(ctx context.Context) *refusal {
	t.leave()
	if r := t.load.writes.take(ctx); r != nil {
		return r
	}
	t.held = t.load.writes
	return nil
}

// leave gives the place back; a second time it does nothing.
func (t *turn) leave() {
	if t.held != nil {
		<-t.held.slots
		t.held = nil
	}
}

func (l *load) take(ctx context.Context) *refusal {
	select {
	case l.slots <- struct{}{}:
		return nil
	default:
	}
	if l.waiting.Add(1) > l.queue {
		l.waiting.Add(-1)
		return overloaded()
	}
	defer l.waiting.Add(-1)
	timer := time.NewTimer(l.wait)
	defer timer.Stop()
	select {
	case l.slots <- struct{}{}:
		return nil
	case <-timer.C:
		return overloaded()
	case <-ctx.Done():
		return refuse(codeTimeout, "the operation was broken off")
	}
}

func overloaded() *refusal {
	r := refuseEarly(http.StatusServiceUnavailable, codeUnavailable, "the server has too much to do: try again in a moment")
	r.retryAfter = 2 * time.Second
	return r
}
