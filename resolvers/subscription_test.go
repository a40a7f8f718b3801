package resolvers

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"go.uber.org/goleak"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

const changedDocument = `subscription($after: String, $types: [RecordType!], $ids: [ID!]) { changed(after: $after, types: $types, ids: $ids) {
	cursor operation recordId actor record { __typename visibility ... on Person { name } } } }`

// newsroom is a server over a store, with writers.
type newsroom struct {
	*bench
	s *store.Store
}

func newNewsroom(t *testing.T, database string, change ...func(*Options)) newsroom {
	t.Helper()
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })
	return newsroomOver(t, populated(t, database, 0, store.Options{}), change...)
}

func newsroomOver(t *testing.T, s *store.Store, change ...func(*Options)) newsroom {
	t.Helper()
	options := append([]func(*Options){func(o *Options) { o.Schema, o.Transact, o.Limits.QueryTime = NewSchema(s), s.Transact, 10*time.Second }}, change...)
	n := newsroom{newBench(t, options...), s}
	t.Cleanup(n.server.Client().CloseIdleConnections)
	return n
}

func (n newsroom) write(fn func(tx *store.Tx) error) {
	n.t.Helper()
	if err := n.s.Write(n.t.Context(), models.Actor{Subject: "ada", Role: models.RoleAdmin}, fn); err != nil {
		n.t.Fatal(err)
	}
}

func (n newsroom) person(name string, visibility models.Visibility) *models.Person {
	n.t.Helper()
	person := &models.Person{Name: name}
	person.Visibility = visibility
	n.write(func(tx *store.Tx) error { return tx.Add(person) })
	return person
}

// event is what a subscriber is told.
type event struct {
	Cursor, Operation, RecordID, Actor string
	Record                             *struct{ Name, Visibility string }
}

func eventOf(t *testing.T, payload any) event {
	t.Helper()
	text, err := json.Marshal(payload)
	if err != nil {
		t.Fatal(err)
	}
	var answer struct{ Data struct{ Changed event } }
	if err := json.Unmarshal(text, &answer); err != nil || answer.Data.Changed.Cursor == "" {
		t.Fatalf("no event: %s %v", text, err)
	}
	return answer.Data.Changed
}

// feed is an event stream being read.
type feed struct {
	t     *testing.T
	lines *bufio.Scanner
	stop  context.CancelFunc
}

func (b *bench) feed(variables map[string]any, token string) *feed {
	b.t.Helper()
	body, err := json.Marshal(map[string]any{"query": changedDocument, "variables": variables})
	if err != nil {
		b.t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(b.t.Context(), 30*time.Second)
	b.t.Cleanup(stop)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, b.server.URL+"/graphql", strings.NewReader(string(body)))
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", typeEvents)
	if token != "" {
		request.Header.Set("Authorization", bearer(token))
	}
	response, err := b.server.Client().Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = response.Body.Close() })
	return &feed{b.t, bufio.NewScanner(response.Body), stop}
}

// next returns the next event of the stream.
func (f *feed) next() event {
	f.t.Helper()
	for f.lines.Scan() {
		if data, ok := strings.CutPrefix(f.lines.Text(), "data: "); ok {
			return eventOf(f.t, json.RawMessage(data))
		}
	}
	f.t.Fatalf("the stream ended: %v", f.lines.Err())
	return event{}
}

func (p *peer) next(t *testing.T) event {
	t.Helper()
	return eventOf(t, p.expect("next")["payload"])
}

// TestChanged listens over a WebSocket as a guest and to an event stream as a VIEWER, and resumes where the stream broke off.
func TestChanged(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		n := newNewsroom(t, database)
		token := n.token(models.RoleViewer, time.Minute)
		p, _ := n.dial(nil)
		p.init("null")
		p.send(subscribe("1", strings.ReplaceAll(changedDocument, "\n", " ")))
		stream := n.feed(map[string]any{"types": []string{"PERSON"}}, token)
		for n.watched() < 2 {
			time.Sleep(time.Millisecond)
		}
		hidden, open := n.person("内", models.VisibilityInternal), n.person("甲", models.VisibilityPublic)
		n.write(func(tx *store.Tx) error {
			_, err := tx.SetVisibility(store.Schema.People, hidden.ID, models.VisibilityPublic, nil)
			return err
		})

		for _, want := range []event{
			{Operation: "CREATE", RecordID: open.NodeID(), Actor: "ADMIN"}, {Operation: "PUBLISH", RecordID: hidden.NodeID(), Actor: "ADMIN"},
		} {
			got := p.next(t)
			if got.Operation != want.Operation || got.RecordID != want.RecordID || got.Actor != want.Actor || got.Record == nil || got.Record.Visibility != "PUBLIC" {
				t.Errorf("the guest is told %+v, want %+v", got, want)
			}
		}
		first := stream.next()
		if first.Operation != "CREATE" || first.RecordID != hidden.NodeID() || first.Actor != "ada" {
			t.Errorf("the VIEWER is told %+v", first)
		}
		stream.stop()
		resumed := n.feed(map[string]any{"after": first.Cursor}, token)
		for _, want := range []string{"CREATE " + open.NodeID(), "PUBLISH " + hidden.NodeID()} {
			if got := resumed.next(); got.Operation+" "+got.RecordID != want {
				t.Errorf("resumed, the VIEWER is told %+v, want %s", got, want)
			}
		}
		n.write(func(tx *store.Tx) error { return tx.Delete(store.Schema.People, open.ID, models.DeletedError, nil) })
		if got := resumed.next(); got.Operation != "DELETE" || got.Record != nil {
			t.Errorf("of a deletion the VIEWER is told %+v", got)
		}
		if got := p.next(t); got.Operation != "DELETE" || got.Record != nil {
			t.Errorf("of a deletion the guest is told %+v", got)
		}
	})
}

// watched is how many follow the log by now: a subscription without after tells what is written from then on.
func (n newsroom) watched() int {
	return n.s.Followers()
}

func TestChangedRefuses(t *testing.T) {
	n := newNewsroom(t, storetest.SQLite(t))
	p, _ := n.dial(nil)
	p.init("null")
	for _, argument := range []string{`after: ""`, `after: "nonsense"`, `ids: ["nonsense"]`, `ids: [""]`} {
		p.send(subscribe("1", "subscription { changed("+argument+") { id } }"))
		if m := p.expect("error"); !strings.Contains(fmt.Sprint(m["payload"]), codeBadInput) || !strings.Contains(fmt.Sprint(m["payload"]), argument[:3]) {
			t.Errorf("%s: %v", argument, m)
		}
	}
	if r := n.ask("subscription { changed { id } }", ""); r.code() != codeBadInput {
		t.Errorf("a plain POST: %d %s", r.status, r.text)
	}
	for i := range 4 {
		p.send(subscribe(fmt.Sprint("s", i), "subscription { changed { id } }"))
	}
	if m := p.expect("error"); m["id"] != "s3" || !strings.Contains(fmt.Sprint(m["payload"]), codeRate) {
		t.Errorf("more subscriptions than a socket may have: %v", m)
	}
}

// TestChangedIsPaced gives a reader as much as its minute allows, and the rest later.
func TestChangedIsPaced(t *testing.T) {
	n := newNewsroom(t, storetest.SQLite(t), func(o *Options) { o.Rates.UserCost = 240 })
	stream := n.feed(nil, n.token(models.RoleViewer, time.Minute))
	for n.watched() < 1 {
		time.Sleep(time.Millisecond)
	}
	const all = 130
	n.write(func(tx *store.Tx) error {
		for i := range all {
			if err := tx.Add(&models.Person{Name: fmt.Sprint("甲", i)}); err != nil {
				return err
			}
		}
		return nil
	})
	begun := time.Now()
	for range all {
		stream.next()
	}
	if took := time.Since(begun); took < 2*time.Second {
		t.Errorf("%d events were told in %s, in spite of the rate", all, took)
	}
}

// TestSlowReader subscribes and takes nothing: its connection is cut, and others go on.
func TestSlowReader(t *testing.T) {
	n := newNewsroom(t, storetest.SQLite(t), func(o *Options) { o.Sockets.WriteTimeout, o.Sockets.Ping = 500*time.Millisecond, time.Minute })
	dialer := &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err == nil {
			err = conn.(*net.TCPConn).SetReadBuffer(4 << 10)
		}
		return conn, err
	}}
	t.Cleanup(dialer.CloseIdleConnections)
	conn, _, err := websocket.Dial(t.Context(), n.server.URL+"/graphql", &websocket.DialOptions{
		Subprotocols: []string{subprotocol}, HTTPClient: &http.Client{Transport: dialer},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	slow := &peer{t: t, conn: conn}
	slow.init("null")
	var many strings.Builder
	for i := range 30 {
		fmt.Fprintf(&many, "f%d: fields { before after } ", i)
	}
	slow.send(subscribe("1", "subscription { changed { "+many.String()+" } }"))
	quick, _ := n.dial(nil)
	quick.init("null")
	quick.send(subscribe("1", strings.ReplaceAll(changedDocument, "\n", " ")))
	for n.watched() < 2 {
		time.Sleep(time.Millisecond)
	}
	const all = 12
	for i := range all {
		document := &models.Document{Title: "长", Kind: models.DocumentKindPlan}
		document.Visibility = models.VisibilityPublic
		text := strings.Repeat(fmt.Sprint(i, " 字"), 6000)
		document.Text = &text
		n.write(func(tx *store.Tx) error { return tx.Add(document) })
	}
	for range all {
		quick.next(t)
	}
	begun := time.Now()
	for n.api.OpenSockets() > 1 {
		if time.Since(begun) > 20*time.Second {
			t.Fatal("the connection of a reader that takes nothing stays")
		}
		time.Sleep(10 * time.Millisecond)
	}
	if !strings.Contains(n.log.String(), "took nothing") {
		t.Errorf("the log does not say why: %s", n.log)
	}
}
