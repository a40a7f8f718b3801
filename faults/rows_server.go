package faults

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// serverRows are faults of the server itself, on both databases.
func serverRows() []Row {
	var rows []Row
	for _, database := range []string{MariaDB, SQLite} {
		rows = append(rows,
			Row{"kill-server", database, "kill -9 of the server under 8 writers, three times", database == SQLite, killServer},
			Row{"sigterm", database, "SIGTERM with 50 writers and 10 sockets", database == SQLite, sigterm},
		)
	}
	return rows
}

func killServer(ctx context.Context, s *scene) error {
	return underLoad(ctx, s, func() error {
		for range s.suite.times(1, 3) {
			s.rest(ctx, time.Second)
			s.server.Load().kill()
			began := time.Now()
			if err := s.start(ctx); err != nil {
				return err
			}
			if took := time.Since(began); took > healTime {
				s.breaksf("I9: the server was ready %s after its start", took)
			}
			s.settle(ctx)
		}
		return s.baseline(ctx)
	})
}

// sigterm ends the server in the middle of its work, as a new version of it being rolled out does.
func sigterm(ctx context.Context, s *scene) error {
	if err := s.start(ctx); err != nil {
		return err
	}
	for range s.suite.times(1, 3) {
		s.ending.Store(false)
		stopWriters := s.write(ctx, 50)
		closes := make(chan websocket.StatusCode, 10)
		var sockets sync.WaitGroup
		p := s.server.Load()
		for range cap(closes) {
			conn, err := s.subscribe(ctx, p)
			if err != nil {
				stopWriters()
				return err
			}
			sockets.Go(func() { closes <- drained(ctx, conn) })
		}
		s.rest(ctx, 2*time.Second)
		unready := make(chan bool, 1)
		go func() { unready <- s.unreadyBeforeItEnds(ctx, p) }()
		took, err := p.terminate(20 * time.Second)
		if err != nil {
			s.breaksf("SIGTERM: %v\n%s", err, p.logEnd())
		}
		if !<-unready {
			s.breaksf("SIGTERM: /readyz never said no")
		}
		sockets.Wait()
		close(closes)
		for code := range closes {
			if code != websocket.StatusServiceRestart && code != websocket.StatusGoingAway {
				s.breaksf("SIGTERM: a socket was closed with %d", code)
			}
		}
		s.notef("ended after %.1f s", took.Seconds())
		if err := s.start(ctx); err != nil {
			return err
		}
		stopWriters()
		s.settle(ctx)
	}
	return nil
}

// unreadyBeforeItEnds says whether /readyz answers 503 before nobody answers any more.
func (s *scene) unreadyBeforeItEnds(ctx context.Context, p *process) bool {
	for {
		switch p.status(ctx, "/readyz") {
		case http.StatusServiceUnavailable:
			return true
		case 0:
			return false
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// subscribe opens a WebSocket that is told what changes.
func (s *scene) subscribe(ctx context.Context, p *process) (*websocket.Conn, error) {
	return s.connect(ctx, p, map[string]any{"query": "subscription { changed { cursor operation recordId } }"})
}

// connect opens a WebSocket and subscribes.
func (s *scene) connect(ctx context.Context, p *process, request map[string]any) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	conn, response, err := websocket.Dial(ctx, strings.Replace(p.base, "http", "ws", 1)+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		return nil, err
	}
	if response.Body != nil {
		_ = response.Body.Close()
	}
	conn.SetReadLimit(1 << 20)
	token := s.clients.tokens["VIEWER"]
	hello := map[string]any{"type": "connection_init", "payload": map[string]any{"Authorization": "Bearer " + token}}
	if err := wsjson.Write(ctx, conn, hello); err != nil {
		return nil, err
	}
	var ack struct{ Type string }
	if err := wsjson.Read(ctx, conn, &ack); err != nil || ack.Type != "connection_ack" {
		return nil, fmt.Errorf("connection_init was answered by %q: %w", ack.Type, err)
	}
	return conn, wsjson.Write(ctx, conn, map[string]any{"type": "subscribe", "id": "1", "payload": request})
}

// drained reads a socket until it is closed, and returns the code.
func drained(ctx context.Context, conn *websocket.Conn) websocket.StatusCode {
	for {
		if _, _, err := conn.Read(ctx); err != nil {
			return websocket.CloseStatus(err)
		}
	}
}
