package resolvers

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/auth"
)

// serveEvents answers with an event stream, in the distinct connections mode of graphql-sse: one operation, its
// results as events of the name next, then one of the name complete. What is wrong with the operation itself is said in
// the stream, for a browser shows no other answer to its page.
func (h *Handler) serveEvents(w http.ResponseWriter, r *http.Request, req *request) {
	release, refusal := h.sockets.take(exchangeFrom(r.Context()).client)
	if refusal != nil {
		h.refuse(w, r, typeJSON, refusal)
		return
	}
	defer release()
	ctx := r.Context()
	turn, refusal := h.load.enter(ctx)
	if refusal != nil {
		h.refuse(w, r, typeJSON, refusal)
		return
	}
	stream := &eventStream{w: w, control: http.NewResponseController(w), limits: h.options.Sockets}
	results, end, refusal := h.open(ctx, req, turn)
	if refusal == nil {
		defer end()
	}
	turn.leave()
	switch {
	case refusal == nil:
	case refusal.early || refusal.retryAfter > 0:
		h.refuse(w, r, typeJSON, refusal)
		return
	default:
		errs := h.present.presentAll(ctx, refusal.errors)
		exchangeFrom(ctx).code = codeOf(errs[0])
		results = once(&graphql.Response{Errors: errs})
	}
	h.pump(ctx, stream, results)
}

// open admits an operation and begins it. The result of a query is there when it returns.
func (h *Handler) open(ctx context.Context, req *request, turn *turn) (results func() *graphql.Response, end func(), r *refusal) {
	op, r := h.admit(ctx, req)
	if r != nil {
		return nil, nil, r
	}
	if op.kind == ast.Mutation && !op.dry {
		if r := turn.write(ctx); r != nil {
			return nil, nil, r
		}
	}
	running, cancel := h.deadline(ctx, op.kind)
	results = h.start(running, op)
	if op.kind != ast.Subscription {
		results = once(results())
	}
	return results, cancel, nil
}

// pump writes results until there are none, the connection has grown too old, or its reader is gone.
func (h *Handler) pump(ctx context.Context, stream *eventStream, results func() *graphql.Response) {
	stream.begin()
	coming, ask := make(chan *graphql.Response, 1), make(chan struct{}, 1) // there is one event at a time
	defer close(ask)
	go func() {
		defer close(coming)
		for range ask {
			result := results()
			if result == nil {
				return
			}
			coming <- result
		}
	}()
	ask <- struct{}{}
	age, _ := h.sockets.lifetime(exchangeFrom(ctx))
	old := time.NewTimer(age)
	defer old.Stop()
	ping := time.NewTicker(stream.limits.Ping)
	defer ping.Stop()
	check := time.NewTicker(revocationCheck)
	defer check.Stop()
	for {
		select {
		case result, more := <-coming:
			if !more {
				_ = stream.send("event: complete\ndata:\n\n") // the reader may be gone already
				return
			}
			if err := stream.next(encode(result)); err != nil {
				h.lost(ctx, err)
				return
			}
			ask <- struct{}{}
		case <-check.C:
			if h.options.Verifier.Revoked(auth.ActorFrom(ctx)) {
				return // the client that connects again gets its 401
			}
		case <-ping.C:
			if stream.send(":\n\n") != nil {
				return
			}
		case <-old.C:
			return // without complete, so that the client connects again
		case <-h.sockets.closing:
			return
		case <-ctx.Done():
			return
		}
	}
}

// eventStream writes events, each within a time of its own.
type eventStream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	limits  Sockets
}

func (s *eventStream) begin() {
	header := s.w.Header()
	header.Set("Content-Type", typeEvents+"; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Accel-Buffering", "no") // or nginx keeps events back
	_ = s.control.SetReadDeadline(time.Time{})
	s.w.WriteHeader(http.StatusOK)
	_ = s.send(":\n\n")
}

func (s *eventStream) next(body []byte) error {
	var b bytes.Buffer
	b.Grow(len(body) + 32)
	b.WriteString("event: next\ndata: ")
	b.Write(bytes.ReplaceAll(body, []byte("\n"), nil)) // JSON has line feeds between tokens only
	b.WriteString("\n\n")
	return s.send(b.String())
}

func (s *eventStream) send(text string) error {
	_ = s.control.SetWriteDeadline(time.Now().Add(s.limits.WriteTimeout))
	if _, err := s.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.control.Flush()
}

// lost notes a reader that took nothing for so long that its connection was cut: it cannot be told.
func (h *Handler) lost(ctx context.Context, err error) {
	if errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded) {
		x := exchangeFrom(ctx)
		h.options.Log.InfoContext(ctx, "a reader took nothing and was disconnected", "request", x.id, "client", x.client.String())
	}
}
