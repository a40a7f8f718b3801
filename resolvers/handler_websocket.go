package resolvers

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/minutebook/minutebook/auth"
)

// subprotocol is the only one that is spoken.
const subprotocol = "graphql-transport-ws"

// Close codes of graphql-transport-ws.
const (
	closeInvalid      websocket.StatusCode = 4400
	closeUnauthorized websocket.StatusCode = 4401
	closeForbidden    websocket.StatusCode = 4403
	closeSubprotocol  websocket.StatusCode = 4406
	closeInitTimeout  websocket.StatusCode = 4408
	closeSameID       websocket.StatusCode = 4409
	closeSecondInit   websocket.StatusCode = 4429
)

func wantsWebSocket(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// serveWebSocket shakes hands and talks until the socket ends.
func (h *Handler) serveWebSocket(w http.ResponseWriter, r *http.Request) {
	if !h.sameOrigin(r) {
		h.refuse(w, r, typeJSON, refuseEarly(http.StatusForbidden, codeForbidden, "pages of this origin may not connect"))
		return
	}
	x := exchangeFrom(r.Context())
	release, refusal := h.sockets.take(x.client)
	if refusal != nil {
		h.refuse(w, r, typeJSON, refusal)
		return
	}
	defer release()
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		Subprotocols: []string{subprotocol}, InsecureSkipVerify: true, // the origin was checked above, exactly
	})
	if err != nil {
		return // Accept has answered
	}
	// The context of the request ends in its own way once the connection is taken over; only its values count.
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cancel()
	s := &socket{handler: h, conn: conn, cancel: cancel, limits: h.options.Sockets, x: x, running: map[string]*running{}}
	s.serve(ctx)
}

// sameOrigin lets pages of this host and of the listed origins in, and clients that are no browsers. Without it a page of
// another site could talk through a browser inside of the network.
func (h *Handler) sameOrigin(r *http.Request) bool {
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		return true
	}
	origin, err := url.Parse(origins[0])
	if err != nil || len(origins) > 1 || origin.Host == "" {
		return false
	}
	return strings.EqualFold(origin.Host, r.Host) || h.listed(origins[0])
}

// socket is one WebSocket.
type socket struct {
	handler *Handler
	conn    *websocket.Conn
	cancel  context.CancelFunc // of the context of the whole socket
	limits  Sockets
	x       *exchange
	ready   bool // connection_init was answered; read and written by the reading goroutine only

	mu      sync.Mutex
	running map[string]*running
	work    sync.WaitGroup
	endings []*time.Timer
}

func (s *socket) serve(ctx context.Context) {
	defer s.work.Wait()
	defer s.cancel()
	defer func() { _ = s.conn.CloseNow() }()
	if s.conn.Subprotocol() != subprotocol {
		s.end(closeSubprotocol, "Subprotocol not acceptable")
		return
	}
	s.conn.SetReadLimit(int64(s.limits.MessageBytes))
	silent := s.endAfter(s.limits.InitTimeout, closeInitTimeout, "Connection initialisation timeout")
	s.endAfter(s.limits.MaxAge, websocket.StatusGoingAway, "Connection too old: connect again")
	defer s.stopTimers()
	s.work.Add(1)
	go s.watch(ctx)
	for {
		kind, text, err := s.conn.Read(ctx)
		if err != nil {
			return
		}
		if kind != websocket.MessageText {
			s.end(closeInvalid, "Invalid message received")
			return
		}
		if !s.take(ctx, text, silent) {
			return
		}
	}
}

// watch pings, so that a connection whose other end is gone is noticed, and ends the socket when the server stops.
func (s *socket) watch(ctx context.Context) {
	defer s.work.Done()
	ping := time.NewTicker(s.limits.Ping)
	defer ping.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.handler.sockets.closing:
			s.end(websocket.StatusServiceRestart, "Service restart")
			return
		case <-ping.C:
			answer, cancel := context.WithTimeout(ctx, s.limits.Ping)
			err := s.conn.Ping(answer)
			cancel()
			if err != nil {
				s.cancel()
				return
			}
		}
	}
}

// endAfter ends the socket after a time.
func (s *socket) endAfter(wait time.Duration, code websocket.StatusCode, reason string) *time.Timer {
	timer := time.AfterFunc(wait, func() { s.end(code, reason) })
	s.endings = append(s.endings, timer)
	return timer
}

func (s *socket) stopTimers() {
	for _, timer := range s.endings {
		timer.Stop()
	}
}

// end closes the socket with a code. It waits a little for the other side to agree.
func (s *socket) end(code websocket.StatusCode, reason string) {
	_ = s.conn.Close(code, reason) // an error means that it is closed already
	s.cancel()
}

// message is one of graphql-transport-ws.
type message struct {
	Type    string `json:"type"`
	ID      string `json:"id,omitempty"`
	Payload any    `json:"payload,omitempty"`
}

// take handles one message and reports whether the socket goes on.
func (s *socket) take(ctx context.Context, text []byte, silent *time.Timer) bool {
	m, ok := readMessage(text)
	if !ok {
		s.end(closeInvalid, "Invalid message received")
		return false
	}
	switch m.Type {
	case "connection_init":
		return s.init(ctx, m, silent)
	case "ping":
		return s.send(ctx, message{Type: "pong"}) == nil
	case "pong":
		return true
	case "subscribe":
		return s.subscribe(ctx, m)
	case "complete":
		s.stop(m.ID)
		return true
	}
	s.end(closeInvalid, "Invalid message received")
	return false
}

// readMessage reads a message and checks its form, as far as it does not depend on the state of the socket.
func readMessage(text []byte) (message, bool) {
	value, err := readJSON(text)
	object, ok := value.(map[string]any)
	if err != nil || !ok {
		return message{}, false
	}
	m := message{Payload: object["payload"]}
	m.Type, _ = object["type"].(string)
	m.ID, _ = object["id"].(string)
	if _, isObject := objectOrNothing(m.Payload); !isObject {
		return message{}, false
	}
	if m.ID == "" && (m.Type == "subscribe" || m.Type == "complete") {
		return message{}, false
	}
	return m, true
}

// subscribe begins an operation.
func (s *socket) subscribe(ctx context.Context, m message) bool {
	if !s.ready {
		s.end(closeUnauthorized, "Unauthorized")
		return false
	}
	req, err := requestFromValue(m.Payload)
	if err != nil {
		s.end(closeInvalid, "Invalid message received")
		return false
	}
	op, err := s.reserve(ctx, m.ID)
	switch {
	case errors.Is(err, errSameID):
		s.end(closeSameID, "Subscriber for "+clipID(m.ID)+" already exists")
		return false
	case err != nil:
		return s.sendErrors(ctx, m.ID, refuse(codeRate, "more than %d operations on one socket", s.limits.Subscriptions).errors) == nil
	}
	s.work.Add(1)
	go s.run(ctx, op, req)
	return true
}

var (
	errSameID = errors.New("there is an operation of that id")
	errFull   = errors.New("there are too many operations")
)

// running is an operation that has its id to itself.
type running struct {
	id     string
	ctx    context.Context //nolint:containedctx // of this operation, which is a value of its own
	cancel context.CancelFunc
}

// reserve takes the id for an operation.
func (s *socket) reserve(ctx context.Context, id string) (*running, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, same := s.running[id]; same {
		return nil, errSameID
	}
	if len(s.running) >= s.limits.Subscriptions {
		return nil, errFull
	}
	op := &running{id: id}
	op.ctx, op.cancel = context.WithCancel(ctx)
	s.running[id] = op
	return op, nil
}

// clipID keeps a close reason within the 123 bytes it may have.
func clipID(id string) string {
	if len(id) > 60 {
		return "this id"
	}
	return id
}

// stop ends the operation of an id, where there is one.
func (s *socket) stop(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if op := s.running[id]; op != nil {
		op.cancel()
		delete(s.running, id)
	}
}

// finish frees the id of an operation and reports whether the client still waits for it. The client may use the id
// again as soon as it hears of the end, so it is freed before, and only where it is still this operation's.
func (s *socket) finish(op *running) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running[op.id] != op {
		return false
	}
	delete(s.running, op.id)
	return true
}

// run answers one operation. ctx is that of the socket, for a write that is broken off closes the connection.
func (s *socket) run(ctx context.Context, op *running, req *request) {
	defer s.work.Done()
	defer op.cancel()
	defer s.finish(op)
	x := &exchange{id: s.x.id, client: s.x.client, actor: s.x.actor}
	inner := auth.WithActor(withExchange(op.ctx, x), x.actor)
	results, end, refusal := s.begin(inner, x, req) //nolint:contextcheck // of the operation
	if refusal != nil {
		if s.finish(op) {
			_ = s.sendErrors(ctx, op.id, s.handler.present.presentAll(inner, refusal.errors)) //nolint:contextcheck // of the operation
		}
		return
	}
	defer end()
	for result := results(); result != nil; result = results() {
		if op.ctx.Err() != nil {
			return
		}
		if len(result.Data) == 0 && len(result.Errors) > 0 {
			if s.finish(op) {
				_ = s.sendErrors(ctx, op.id, result.Errors)
			}
			return
		}
		if s.send(ctx, message{Type: "next", ID: op.id, Payload: json.RawMessage(encode(result))}) != nil {
			return
		}
	}
	if s.finish(op) {
		_ = s.send(ctx, message{Type: "complete", ID: op.id})
	}
}

func (s *socket) begin(ctx context.Context, x *exchange, req *request) (results func() *graphql.Response, end func(), r *refusal) {
	if r := s.handler.rates.request(x); r != nil {
		return nil, nil, r
	}
	if s.handler.options.Verifier.Revoked(x.actor) {
		return nil, nil, refuse(codeUnauthenticated, "the token was revoked")
	}
	turn, r := s.handler.load.enter(ctx)
	if r != nil {
		return nil, nil, r
	}
	defer turn.leave()
	return s.handler.open(ctx, req, turn)
}

func (s *socket) sendErrors(ctx context.Context, id string, errs gqlerror.List) error {
	return s.send(ctx, message{Type: "error", ID: id, Payload: json.RawMessage(encodeErrors(errs))})
}

// send writes one message. A reader that is too slow loses the socket: what waits for it would fill the memory.
func (s *socket) send(ctx context.Context, m message) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	patience, cancel := context.WithTimeout(ctx, s.limits.WriteTimeout)
	defer cancel()
	if err := s.conn.Write(patience, websocket.MessageText, text); err != nil {
		s.handler.lost(ctx, patience.Err())
		s.cancel()
		return err
	}
	return nil
}
