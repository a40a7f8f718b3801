package resolvers

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"
)

// load lets a number of operations run at once and a number wait for their turn. The rest is refused, so that a
// server with too much to do stays one that answers.
type load struct {
	slots   chan struct{}
	waiting atomic.Int64
	queue   int64
	wait    time.Duration
}

func newLoad(concurrent, queue int, wait time.Duration) *load {
	return &load{slots: make(chan struct{}, concurrent), queue: int64(queue), wait: wait}
}

// enter waits for a turn. The caller calls leave once it is done.
func (l *load) enter(ctx context.Context) *refusal {
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

func (l *load) leave() { <-l.slots }

func overloaded() *refusal {
	r := refuseEarly(http.StatusServiceUnavailable, codeUnavailable, "the server has too much to do: try again in a moment")
	r.retryAfter = 2 * time.Second
	return r
}
