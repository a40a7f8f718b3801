package resolvers

import (
	"context"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/minutebook/minutebook/auth"
)

// stream is what a running subscription and the way out have in common. An event is read from the database when the way
// out has room for it, not before: what waits in memory for a slow reader may be seen no more when it is sent.
type stream struct {
	room chan struct{} // holds a value while the way out waits for an event

	mu     sync.Mutex
	failed error // why the subscription ended, nil where it just did
}

type streamKey struct{}

func withStream(ctx context.Context) (context.Context, *stream) {
	s := &stream{room: make(chan struct{}, 1)}
	return context.WithValue(ctx, streamKey{}, s), s
}

// streamFrom returns the stream of a subscription; without a way out that says when it has room there is always some.
func streamFrom(ctx context.Context) *stream {
	if s, ok := ctx.Value(streamKey{}).(*stream); ok {
		return s
	}
	room := make(chan struct{})
	close(room)
	return &stream{room: room}
}

// ask says that there is room for one event.
func (s *stream) ask() {
	select {
	case s.room <- struct{}{}:
	default: // it has been said
	}
}

// wait waits for room, and reports false when nobody listens any more.
func (s *stream) wait(ctx context.Context) bool {
	select {
	case <-s.room:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}

func (s *stream) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed = err
}

func (s *stream) failure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed
}

// startEvents begins a subscription and returns a function that hands out its results, nil after the last one. A reader
// gets as many as the cost of its minute allows and the others later: none is left out.
func (h *Handler) startEvents(ctx context.Context, op *operation) func() *graphql.Response {
	ctx, s := withStream(ctx)
	results, failed := h.execute(ctx)
	if failed != nil {
		return once(failed)
	}
	x := exchangeFrom(ctx)
	over, owed := false, false
	end := func(result *graphql.Response) *graphql.Response {
		over = true
		return result
	}
	return func() *graphql.Response {
		if over || ctx.Err() != nil || owed && !h.rates.pace(ctx, x) {
			return end(nil)
		}
		s.ask()
		result := h.result(ctx, results)
		switch {
		case result == nil:
			return end(h.failure(ctx, s.failure()))
		case h.options.Verifier.Revoked(auth.ActorFrom(ctx)): // since the subscription began
			return end(&graphql.Response{Errors: refuse(codeUnauthenticated, "the token was revoked").errors})
		}
		owed = true
		return h.bounded(result, op)
	}
}

// failure is the last result of a subscription that failed, nil where it just ended.
func (h *Handler) failure(ctx context.Context, err error) *graphql.Response {
	if err == nil || ctx.Err() != nil {
		return nil
	}
	return &graphql.Response{Errors: gqlerror.List{h.present.present(ctx, err)}}
}

// pace counts the cost of an event and waits until the caller's minute allows it. It reports false when ctx ends before.
func (r *rates) pace(ctx context.Context, x *exchange) bool {
	who, limit := callerOf(x), r.limits.Cost
	if who.user {
		limit = r.limits.UserCost
	}
	for {
		wait := r.events.take(who, x.cost, limit)
		if wait == 0 {
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(wait):
		}
	}
}
