package resolvers

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// branchOffice is one of several servers over one database, each with a store of its own.
func branchOffice(t *testing.T, database string) (*bench, *store.Store) {
	t.Helper()
	s, err := store.Open(t.Context(), database, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	b := newBench(t, func(o *Options) {
		o.Schema = NewSchema(s)
		o.Limits.QueryTime, o.Limits.MutationTime, o.Sockets.WriteTimeout = 30*time.Second, 30*time.Second, 30*time.Second
		o.Concurrent, o.Queue, o.QueueWait = 8, 100, 30*time.Second
	})
	t.Cleanup(b.server.Client().CloseIdleConnections)
	return b, s
}

// subscriber listens to changed on a server, and goes on with its last cursor on another when that one is gone.
type subscriber struct {
	name    string
	servers []*bench // in the order in which they are tried
	stream  bool     // an event stream instead of a WebSocket
	token   string
	after   string
	told    []string // ids of records
	done    bool     // the last one has come
}

func (s *subscriber) listen(t *testing.T) {
	for _, server := range s.servers {
		if s.done {
			return
		}
		if s.stream {
			s.listenStream(t, server)
		} else {
			s.listenSocket(t, server)
		}
	}
}

func (s *subscriber) take(e event) {
	s.told, s.after = append(s.told, e.RecordID), e.Cursor
	s.done = e.Record != nil && e.Record.Name == lastName
}

func (s *subscriber) listenSocket(t *testing.T, server *bench) {
	p, status := server.dial(nil)
	if status != 101 {
		return
	}
	p.init(fmt.Sprintf(`{"token":%q}`, s.token))
	body, err := json.Marshal(map[string]any{"id": "1", "type": "subscribe", "payload": map[string]any{"query": changedDocument, "variables": map[string]any{"after": s.after}}})
	if err != nil {
		t.Error(err)
		return
	}
	p.send(string(body))
	for !s.done {
		_, text, err := p.conn.Read(t.Context())
		var m map[string]any
		if err != nil || json.Unmarshal(text, &m) != nil || m["type"] != "next" {
			return // the server is gone
		}
		s.take(eventOf(t, m["payload"]))
	}
}

func (s *subscriber) listenStream(t *testing.T, server *bench) {
	f := server.feed(map[string]any{"after": s.after}, s.token)
	for !s.done && f.lines.Scan() {
		if data, ok := strings.CutPrefix(f.lines.Text(), "data: "); ok && data != "" {
			s.take(eventOf(t, json.RawMessage(data)))
		}
	}
}

// lastName is that of the person after whom nothing more comes.
const lastName = "终"

// TestTwoServersOneLog lets clients write through two servers on one database while others listen, one server stops in the
// middle, and its listeners go on at the other: everybody is told everything that was acknowledged, once, in one order.
func TestTwoServersOneLog(t *testing.T) {
	database := storetest.MySQL(t)
	_ = populated(t, database, 0, store.Options{})
	first, firstStore := branchOffice(t, database)
	second, secondStore := branchOffice(t, database)
	editor, viewer := bearer(first.tokenOf("wang", models.RoleEditor)), first.tokenOf("li", models.RoleViewer)
	create := func(b *bench, name string) (id string) {
		r := b.ask(`mutation($n: String!) { createPerson(input: {name: $n}) { person { id } userErrors { message } } }`, fmt.Sprintf(`{"n":%q}`, name), "Authorization", editor)
		payload, _ := r.body.Data["createPerson"].(map[string]any)
		person, _ := payload["person"].(map[string]any)
		id, _ = person["id"].(string)
		return id
	}
	if create(first, "开") == "" {
		t.Fatal("nothing can be written")
	}
	begin := logOf(t, secondStore)
	const each = 20
	var mu sync.Mutex
	acknowledged := map[string]bool{}
	write := func(b *bench, name string, written func(int)) {
		for i := range each {
			id := create(b, fmt.Sprint(name, i))
			if id == "" {
				return // the server is gone
			}
			mu.Lock()
			acknowledged[id] = true
			mu.Unlock()
			written(i)
		}
	}
	subscribers := []*subscriber{
		{name: "a socket at the first", servers: []*bench{first, second}},
		{name: "a stream at the first", servers: []*bench{first, second}, stream: true},
		{name: "a socket at the second", servers: []*bench{second}},
		{name: "a stream at the second", servers: []*bench{second}, stream: true},
	}
	var listening, writing sync.WaitGroup
	for _, s := range subscribers {
		s.token, s.after = viewer, begin[len(begin)-1].cursor
		listening.Go(func() { s.listen(t) })
	}
	half := make(chan struct{})
	writing.Go(func() {
		write(first, "甲", func(i int) {
			if i == each/2 {
				close(half)
			}
		})
	})
	for _, name := range []string{"乙", "丙"} {
		writing.Go(func() { write(second, name, func(int) {}) })
	}
	<-half
	first.api.Close()
	if err := firstStore.Close(); err != nil {
		t.Error(err)
	}
	writing.Wait()
	if create(second, lastName) == "" {
		t.Fatal("the second server takes no more")
	}
	listening.Wait()
	var want []string
	for _, entry := range logOf(t, secondStore)[len(begin):] {
		want = append(want, entry.record)
		delete(acknowledged, entry.record)
	}
	if len(acknowledged) > 0 || len(want) < 2*each+each/2 {
		t.Errorf("%d entries in the log, and %d that were acknowledged are not there", len(want), len(acknowledged))
	}
	for _, s := range subscribers {
		if !slices.Equal(s.told, want) {
			t.Errorf("%s was told %d of %d, or in another order", s.name, len(s.told), len(want))
		}
	}
}

// logged is an entry of the log.
type logged struct{ record, cursor string }

// logOf reads the log from its beginning.
func logOf(t *testing.T, s *store.Store) (all []logged) {
	t.Helper()
	q := &store.Query{Entity: store.Schema.Changes, Columns: []*store.Column{}, Rows: true, Cursors: true, Sort: store.Schema.Changes.Sort, Page: &store.Page{Size: 1000}}
	for i := range store.Schema.Changes.Columns {
		q.Columns = append(q.Columns, &store.Schema.Changes.Columns[i])
	}
	page, err := s.Page(t.Context(), models.Actor{Subject: "x", Role: models.RoleAdmin}, q)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range page.(*models.ChangeConnection).Nodes {
		all = append(all, logged{models.EncodeID(c.Type, c.Record), store.ChangeCursor(c)})
	}
	return all
}
