package faults

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// twinRows are two servers, each a process of its own, on one database.
func twinRows() []Row {
	return []Row{{"two-servers", MariaDB, "two servers, changes told on both; kill -9 of one, its readers go on at the other", true, twoServers}}
}

// listener is told changes by a server, and goes on with its last cursor at the next one when that is gone.
type listener struct {
	*scene
	name    string
	stream  bool // server-sent events instead of a WebSocket
	servers []*process
	cursor  any
	order   []string // ids of changes
	moved   int      // how often it went on elsewhere
}

const changedDocument = "subscription($after: String) { changed(after: $after) { id cursor recordId } }"

// listen takes changes until the one of the last record has come.
func (l *listener) listen(ctx context.Context, last func() string) {
	for i, p := range l.servers {
		if i > 0 {
			l.moved++
		}
		events := l.socket
		if l.stream {
			events = l.events
		}
		err := events(ctx, p, func(payload []byte) error { return l.take(payload, last) })
		if errors.Is(err, errHeard) {
			return
		}
		if i == len(l.servers)-1 {
			l.breaksf("%s was cut off at its last server after %d changes: %v", l.name, len(l.order), err)
		}
	}
}

// errHeard ends a listener that has heard everything.
var errHeard = errors.New("everything was heard")

func (l *listener) take(payload []byte, last func() string) error {
	var message struct {
		Data struct {
			Changed struct{ ID, Cursor, RecordID string }
		}
	}
	if err := json.Unmarshal(payload, &message); err != nil || message.Data.Changed.ID == "" {
		return fmt.Errorf("%s was told %s", l.name, payload)
	}
	change := message.Data.Changed
	l.order, l.cursor = append(l.order, change.ID), change.Cursor
	if change.RecordID == last() {
		return errHeard
	}
	return nil
}

func (l *listener) request() map[string]any {
	return map[string]any{"query": changedDocument, "variables": map[string]any{"after": l.cursor}}
}

// socket listens on a WebSocket until it breaks.
func (l *listener) socket(ctx context.Context, p *process, take func([]byte) error) error {
	conn, err := l.connect(ctx, p, l.request())
	if err != nil {
		return err
	}
	defer func() { _ = conn.CloseNow() }()
	return listen(ctx, conn, take)
}

// listen hands over what a subscription tells on a socket, until that breaks or the subscription ends.
func listen(ctx context.Context, conn *websocket.Conn, take func([]byte) error) error {
	for {
		var message struct {
			Type    string
			Payload json.RawMessage
		}
		if err := wsjson.Read(ctx, conn, &message); err != nil {
			return err
		}
		var err error
		switch message.Type {
		case "ping":
			err = wsjson.Write(ctx, conn, map[string]any{"type": "pong"})
		case "next":
			err = take(message.Payload)
		default: // error or complete
			err = fmt.Errorf("the subscription ended with %s %s", message.Type, message.Payload)
		}
		if err != nil {
			return err
		}
	}
}

// events listens to server-sent events until they break off.
func (l *listener) events(ctx context.Context, p *process, take func([]byte) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	body, err := json.Marshal(l.request())
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.base+"/graphql", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	request.Header.Set("Authorization", "Bearer "+l.clients.tokens["VIEWER"])
	response, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if data, found := strings.CutPrefix(lines.Text(), "data: "); found && data != "" {
			if err := take([]byte(data)); err != nil {
				return err
			}
		}
	}
	return errors.Join(lines.Err(), errors.New("the events ended"))
}

// create sends a person with a key to one server after the other until it is answered, and notes it in the ledger.
func (s *scene) create(ctx context.Context, name string, servers ...*process) (id string) {
	e := entry{Name: name, Pinyin: "v twin", Visibility: "PUBLIC", Outcome: unknown}
	input := map[string]any{"name": e.Name, "pinyin": e.Pinyin, "visibility": e.Visibility, "idempotencyKey": e.Name}
	_ = s.ledger.note(e)
	for try := range 200 {
		for _, p := range servers {
			a, err := s.clientAt(p, "EDITOR").do(ctx, createDocument, map[string]any{"input": input})
			if err != nil || len(a.codes) > 0 {
				continue
			}
			made, problems, err := written(a.data)
			if err != nil || made == nil {
				s.breaksf("%s: %v %+v", name, err, problems)
				return ""
			}
			e.ID, e.Version, e.Outcome = made.ID, made.Version, acknowledged
			s.ledger.count(acknowledged)
			_ = s.ledger.note(e)
			return made.ID
		}
		if try == 0 {
			s.ledger.count(unknown)
		}
		s.rest(ctx, 50*time.Millisecond)
	}
	s.breaksf("%s was never answered", name)
	return ""
}

// twoServers writes through two servers while listeners hang at both, kills the first, and compares what each was told with the
// log.
func twoServers(ctx context.Context, s *scene) error {
	all, _, err := s.servers(ctx) // the second stays for the checks at the end, and ends with the scene
	if err != nil {
		return err
	}
	defer func() { all[0].kill() }()
	for round := range s.suite.times(1, 5) {
		if round > 0 { // the one that was left takes the first place, and a new one comes beside it
			fresh, err := s.program.serve()
			if err != nil {
				return err
			}
			all[0] = fresh
			if err := all[0].ready(ctx, startTime); err != nil {
				return err
			}
		}
		if err := s.oneOfTwo(ctx, round, all[0], all[1]); err != nil {
			return err
		}
	}
	return nil
}

func (s *scene) oneOfTwo(ctx context.Context, round int, first, second *process) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	s.server.Store(second)
	s.create(ctx, fmt.Sprintf("起%d", round), second)
	begin, err := s.changes(ctx)
	if err != nil {
		return err
	}
	cursor, err := s.lastCursor(ctx)
	if err != nil {
		return err
	}
	var listeners []*listener
	for _, stream := range []bool{false, true} {
		kind := map[bool]string{false: "a WebSocket", true: "an event stream"}[stream]
		listeners = append(listeners,
			&listener{scene: s, name: kind + " at the one that is killed", stream: stream, servers: []*process{first, second}, cursor: cursor},
			&listener{scene: s, name: kind + " at the other", stream: stream, servers: []*process{second}, cursor: cursor})
	}
	var mu sync.Mutex
	lastID := "none yet"
	last := func() string { mu.Lock(); defer mu.Unlock(); return lastID }
	var listening, writing sync.WaitGroup
	for _, l := range listeners {
		listening.Go(func() { l.listen(ctx, last) })
	}
	const each = 40
	for i := range 6 {
		order := [][]*process{{first, second}, {second}}[i%2]
		writing.Go(func() {
			for n := range each {
				s.create(ctx, fmt.Sprintf("双%d写%d第%d", round, i, n), order...)
				if i == 0 && n == each/2 {
					first.kill()
				}
			}
		})
	}
	writing.Wait()
	// Whoever was told the last one before it is known here is told one more.
	mu.Lock()
	lastID = s.create(ctx, fmt.Sprintf("终%d", round), second)
	mu.Unlock()
	listening.Wait()
	log, err := s.changes(ctx)
	if err != nil {
		return err
	}
	want := log[len(begin):]
	for _, l := range listeners {
		if !slices.Equal(l.order, want) {
			s.breaksf("%s was told %d changes of %d, or in another order", l.name, len(l.order), len(want))
		}
		if l.moved != len(l.servers)-1 {
			s.breaksf("%s was never cut off", l.name)
		}
	}
	s.notef("%d changes told to each of %d", len(want), len(listeners))
	return nil
}

// lastCursor is where the log ends.
func (s *scene) lastCursor(ctx context.Context) (cursor string, err error) {
	const document = `query($after: String) { changes(first: 100, after: $after) { pageInfo { endCursor hasNextPage } } }`
	var after any
	for {
		var page struct {
			Changes struct {
				PageInfo struct {
					EndCursor   string
					HasNextPage bool
				}
			}
		}
		if err := s.admin().must(ctx, document, map[string]any{"after": after}, &page); err != nil {
			return "", err
		}
		cursor, after = page.Changes.PageInfo.EndCursor, page.Changes.PageInfo.EndCursor
		if !page.Changes.PageInfo.HasNextPage {
			return cursor, nil
		}
	}
}
