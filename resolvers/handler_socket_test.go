package resolvers

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/minutebook/minutebook/models"
)

// peer is the client's end of a WebSocket.
type peer struct {
	t    *testing.T
	conn *websocket.Conn
}

func (b *bench) dial(headers http.Header, protocols ...string) (*peer, int) {
	b.t.Helper()
	if protocols == nil {
		protocols = []string{subprotocol}
	}
	conn, response, err := websocket.Dial(b.t.Context(), b.server.URL+"/graphql", &websocket.DialOptions{
		HTTPHeader: headers, Subprotocols: protocols,
	})
	if err != nil {
		if response == nil {
			b.t.Fatal(err)
		}
		return nil, response.StatusCode
	}
	b.t.Cleanup(func() { _ = conn.CloseNow() })
	return &peer{t: b.t, conn: conn}, response.StatusCode
}

func (p *peer) send(text string) {
	p.t.Helper()
	if err := p.conn.Write(p.t.Context(), websocket.MessageText, []byte(text)); err != nil {
		p.t.Fatal(err)
	}
}

// read returns the next message, or the code with which the socket was closed.
func (p *peer) read() (map[string]any, websocket.StatusCode) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 5*time.Second)
	defer cancel()
	_, text, err := p.conn.Read(ctx)
	if err != nil {
		if errors.Is(err, context.DeadlineExceeded) {
			p.t.Fatal("nothing came within 5 s")
		}
		return nil, websocket.CloseStatus(err)
	}
	var m map[string]any
	if err := json.Unmarshal(text, &m); err != nil {
		p.t.Fatalf("%s: %v", text, err)
	}
	return m, 0
}

func (p *peer) expect(kind string) map[string]any {
	p.t.Helper()
	m, code := p.read()
	if m["type"] != kind {
		p.t.Fatalf("%v (closed with %d), want %s", m, code, kind)
	}
	return m
}

func (p *peer) init(payload string) {
	p.t.Helper()
	p.send(`{"type":"connection_init","payload":` + payload + `}`)
	p.expect("connection_ack")
}

func subscribe(id, query string) string {
	return fmt.Sprintf(`{"id":%q,"type":"subscribe","payload":{"query":%q}}`, id, query)
}

func TestWebSocket(t *testing.T) {
	b := newBench(t)
	p, _ := b.dial(nil)
	p.init(`{"authorization":"` + bearer(b.token(models.RoleViewer, time.Minute)) + `"}`)
	p.send(`{"type":"ping"}`)
	p.expect("pong")
	p.send(`{"type":"pong"}`)
	p.send(subscribe("1", "{ __typename }"))
	if m := p.expect("next"); m["id"] != "1" || fmt.Sprint(m["payload"].(map[string]any)["data"]) != "map[__typename:Query]" {
		t.Errorf("the answer to a query: %v", m)
	}
	p.expect("complete")
	p.send(subscribe("1", "subscription { ticks(to: 3) }")) // the id is free again
	for n := 1; n <= 3; n++ {
		if m := p.expect("next"); fmt.Sprint(m["payload"].(map[string]any)["data"]) != fmt.Sprintf("map[ticks:%d]", n) {
			t.Errorf("event %d: %v", n, m)
		}
	}
	p.expect("complete")
	p.send(subscribe("2", "mutation { destroy }"))
	if m := p.expect("error"); !strings.Contains(fmt.Sprint(m["payload"]), codeForbidden) {
		t.Errorf("a mutation of a VIEWER: %v", m)
	}
	p.send(subscribe("3", doubling(50)))
	if m := p.expect("error"); !strings.Contains(fmt.Sprint(m["payload"]), "LIMIT_") {
		t.Errorf("fragments that double: %v", m)
	}
	p.send(subscribe("4", "{ slow }"))
	if m := p.expect("next"); !strings.Contains(fmt.Sprint(m["payload"]), codeTimeout) {
		t.Errorf("a query that takes too long: %v", m)
	}
}

// An id may be used again as soon as its operation is over; what is left of the old one must not end the new one.
func TestWebSocketReusesIDs(t *testing.T) {
	b := newBench(t)
	p, _ := b.dial(nil)
	p.init("{}")
	for range 500 {
		p.send(subscribe("1", "{ __typename }"))
		p.expect("next")
		p.expect("complete")
	}
}

func TestWebSocketStops(t *testing.T) {
	b := newBench(t)
	p, _ := b.dial(nil)
	p.init("{}")
	for i := range 3 {
		p.send(subscribe(strconv.Itoa(i), "subscription { silence }"))
	}
	p.send(subscribe("full", "subscription { silence }"))
	if m := p.expect("error"); m["id"] != "full" || !strings.Contains(fmt.Sprint(m["payload"]), codeRate) {
		t.Errorf("one operation too many: %v", m)
	}
	p.send(`{"id":"1","type":"complete"}`)
	p.send(`{"id":"unknown","type":"complete"}`)
	p.send(subscribe("more", "{ __typename }"))
	p.expect("next")
}

func TestWebSocketCloseCodes(t *testing.T) {
	const ack = `{"type":"connection_init"}`
	for name, c := range map[string]struct {
		code     websocket.StatusCode
		messages []string
	}{
		"no json":               {4400, []string{"nope"}},
		"no object":             {4400, []string{"[]"}},
		"no type":               {4400, []string{"{}"}},
		"unknown type":          {4400, []string{ack, `{"type":"start"}`}},
		"duplicate key":         {4400, []string{`{"type":"ping","type":"connection_init"}`}},
		"payload no object":     {4400, []string{`{"type":"connection_init","payload":1}`}},
		"no id":                 {4400, []string{ack, `{"type":"subscribe","payload":{"query":"{ __typename }"}}`}},
		"no query":              {4400, []string{ack, `{"id":"1","type":"subscribe","payload":{}}`}},
		"variables no object":   {4400, []string{ack, `{"id":"1","type":"subscribe","payload":{"query":"{ __typename }","variables":[]}}`}},
		"too early":             {4401, []string{subscribe("1", "{ __typename }")}},
		"bad token":             {4403, []string{`{"type":"connection_init","payload":{"Authorization":"Bearer x.y.z"}}`}},
		"bad token, other name": {4403, []string{`{"type":"connection_init","payload":{"token":"x.y.z"}}`}},
		"token of no text":      {4403, []string{`{"type":"connection_init","payload":{"authorization":1}}`}},
		"same id":               {4409, []string{ack, subscribe("1", "subscription { silence }"), subscribe("1", "{ __typename }")}},
		"second init":           {4429, []string{ack, ack}},
		"silence":               {4408, nil},
		"too long":              {1009, []string{ack, strings.Repeat("x", 10<<10)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, func(o *Options) { o.Sockets.InitTimeout = 200 * time.Millisecond })
			p, _ := b.dial(nil)
			for _, m := range c.messages {
				p.send(m)
			}
			for {
				m, code := p.read()
				if m != nil {
					continue
				}
				if code != c.code {
					t.Errorf("closed with %d, want %d", code, c.code)
				}
				return
			}
		})
	}
}

func TestWebSocketBinary(t *testing.T) {
	b := newBench(t)
	p, _ := b.dial(nil)
	if err := p.conn.Write(t.Context(), websocket.MessageBinary, []byte{0, 1}); err != nil {
		t.Fatal(err)
	}
	if _, code := p.read(); code != 4400 {
		t.Errorf("closed with %d, want 4400", code)
	}
}

func TestWebSocketProtocol(t *testing.T) {
	p, _ := newBench(t).dial(nil, "graphql-ws")
	if _, code := p.read(); code != closeSubprotocol {
		t.Errorf("another protocol is closed with %d, want 4406", code)
	}
}

func TestWebSocketHandshake(t *testing.T) {
	b := newBench(t, func(o *Options) { o.Origins = []string{"https://friend.example"}; o.Sockets.PerIP = 3 })
	for origin, want := range map[string]int{
		"https://evil.example": 403, "null": 403, "https://friend.example": 101, b.server.URL: 101, "https://friend.example.evil.example": 403,
	} {
		if _, status := b.dial(http.Header{"Origin": {origin}}); status != want {
			t.Errorf("origin %s: %d, want %d", origin, status, want)
		}
	}
	if _, status := b.dial(http.Header{"Authorization": {"Bearer x.y.z"}}); status != 401 {
		t.Errorf("a bad token: %d, want 401", status)
	}
	b.dial(nil)
	if _, status := b.dial(nil); status != 429 {
		t.Errorf("one socket too many: %d, want 429", status)
	}
}

func TestWebSocketEnds(t *testing.T) {
	b := newBench(t, func(o *Options) { o.Sockets.MaxAge = 1500 * time.Millisecond })
	short, _ := b.dial(nil)
	short.init(`{"token":"` + b.token(models.RoleViewer, time.Second) + `"}`)
	old, _ := b.dial(nil)
	old.init("null")
	if _, code := short.read(); code != closeForbidden {
		t.Errorf("the end of the token closes with %d, want 4403", code)
	}
	if _, code := old.read(); code != websocket.StatusGoingAway {
		t.Errorf("old age closes with %d, want 1001", code)
	}
	if open := b.api.OpenSockets(); open > 2 {
		t.Errorf("%d sockets are open", open)
	}
}

func TestWebSocketShutdown(t *testing.T) {
	b := newBench(t)
	p, _ := b.dial(nil)
	p.init("{}")
	p.send(subscribe("1", "subscription { silence }"))
	closed := make(chan struct{})
	go func() { b.api.Close(); close(closed) }()
	if _, code := p.read(); code != websocket.StatusServiceRestart {
		t.Errorf("closed with %d, want 1012", code)
	}
	select {
	case <-closed:
	case <-time.After(5 * time.Second):
		t.Fatal("the handler does not close")
	}
	if _, status := b.dial(nil); status != 503 {
		t.Errorf("a socket while stopping: %d, want 503", status)
	}
	if b.api.OpenSockets() != 0 {
		t.Errorf("%d sockets are left", b.api.OpenSockets())
	}
}

func TestEvents(t *testing.T) {
	b := newBench(t)
	token := bearer(b.token(models.RoleViewer, time.Minute))
	for _, c := range []struct{ document, want string }{
		{"subscription { ticks(to: 2) }", `next {"data":{"ticks":1}` + " next " + `{"data":{"ticks":2}` + " complete"},
		{"{ __typename }", `next {"data":{"__typename":"Query"}` + " complete"},
		{"{ nothing }", `next {"errors":[{"message":` + " complete"},
		{"mutation { destroy }", `next {"errors":[{"message":` + " complete"},
	} {
		r := b.ask(c.document, "", "Accept", typeEvents, "Authorization", token)
		if r.status != 200 || !strings.HasPrefix(r.header.Get("Content-Type"), typeEvents) {
			t.Errorf("%s: %d %v", c.document, r.status, r.header)
		}
		if got := events(r.text); !matches(got, strings.Split(c.want, " ")) {
			t.Errorf("%s: %q, want %q", c.document, got, c.want)
		}
		if !strings.HasSuffix(r.text, "event: complete\ndata:\n\n") {
			t.Errorf("%s: EventSource needs data with complete: %q", c.document, r.text)
		}
	}
	if r := b.do("GET", "/graphql?query=subscription{ticks(to:1)}", "", "Accept", typeEvents, "Authorization", token); r.status != 405 {
		t.Errorf("a subscription by GET: %d, want 405", r.status)
	}
	if r := b.ask("subscription { ticks(to: 1) }", "", "Accept", typeEvents, "Authorization", "Bearer x.y.z"); r.status != 401 {
		t.Errorf("a bad token: %d, want 401", r.status)
	}
	mixed := b.ask("subscription { ticks(to: 1) }", "", "Accept", "application/json, text/event-stream", "Authorization", token)
	if !strings.HasPrefix(mixed.header.Get("Content-Type"), typeEvents) {
		t.Errorf("a subscription of a client that takes both: %s", mixed.text)
	}
}

// events returns the names and data of an event stream.
func events(text string) []string {
	var found []string
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			found = append(found, name)
		}
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			found = append(found, data)
		}
	}
	return found
}

// matches compares the beginnings.
func matches(got, want []string) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		if !strings.HasPrefix(got[i], want[i]) {
			return false
		}
	}
	return true
}

func TestEventsEnd(t *testing.T) {
	b := newBench(t, func(o *Options) { o.Sockets.MaxAge = 300 * time.Millisecond; o.Sockets.Ping = 50 * time.Millisecond })
	r := b.ask("subscription { silence }", "", "Accept", typeEvents)
	if strings.Contains(r.text, "complete") || strings.Count(r.text, ":\n\n") < 3 {
		t.Errorf("a stream that grew too old: %q", r.text)
	}
	if b.api.OpenSockets() != 0 {
		t.Errorf("%d streams are left", b.api.OpenSockets())
	}
}
