package attacks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// slowCases are clients that hold on to what they have. They disturb, so they are for a server started here only.
func slowCases() []Case {
	return []Case{
		{ID: "x-headers", Group: "slow", About: "100 clients that never end their header", local: true, play: func(ctx context.Context, t *Target) error {
			return held(ctx, t, 100, "POST /graphql HTTP/1.1\r\nHost: x\r\nX-A: ", 15*time.Second)
		}},
		{ID: "x-bodies", Group: "slow", About: "100 clients that never send their body", local: true, play: func(ctx context.Context, t *Target) error {
			return held(ctx, t, 100, "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{", 40*time.Second)
		}},
		{ID: "x-silent", Group: "slow", About: "100 sockets that never say who they are", local: true, play: silentSockets},
		{ID: "x-burst", Group: "slow", About: "300 costly questions at once are answered or refused, and others are served", local: true, play: burst},
		{ID: "x-smuggled", Group: "slow", About: "requests whose length is said twice", play: smuggled},
	}
}

func dial(ctx context.Context, t *Target) (net.Conn, error) {
	address, err := url.Parse(t.URL)
	if err != nil {
		return nil, err
	}
	if address.Scheme != "http" {
		return nil, fmt.Errorf("%w: needs a target without TLS", errSkipped)
	}
	var dialer net.Dialer
	return dialer.DialContext(ctx, "tcp", address.Host)
}

// held opens connections that say something and then nothing, looks whether others are served, and waits until all are cut.
func held(ctx context.Context, t *Target, clients int, text string, within time.Duration) error {
	var all []net.Conn
	defer func() {
		for _, conn := range all {
			_ = conn.Close()
		}
	}()
	for range clients {
		conn, err := dial(ctx, t)
		if err != nil {
			return err
		}
		all = append(all, conn)
		if _, err := io.WriteString(conn, text); err != nil {
			return err
		}
	}
	if err := t.well(ctx); err != nil {
		return fmt.Errorf("while %d clients hold on: %w", clients, err)
	}
	deadline := time.Now().Add(t.within(within))
	for i, conn := range all {
		_ = conn.SetReadDeadline(deadline)
		if _, err := io.Copy(io.Discard, conn); err != nil {
			if timeout := net.Error(nil); errors.As(err, &timeout) && timeout.Timeout() {
				return fmt.Errorf("client %d was not cut within %s", i+1, within)
			}
		}
	}
	return nil
}

func silentSockets(ctx context.Context, t *Target) error {
	var all []*websocket.Conn
	defer func() {
		for _, conn := range all {
			_ = conn.CloseNow()
		}
	}()
	for range 100 {
		conn, response, err := websocket.Dial(ctx, strings.Replace(t.URL, "http", "ws", 1)+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
		if response != nil && response.Body != nil {
			_ = response.Body.Close()
		}
		if err == nil {
			all = append(all, conn)
		}
	}
	if err := t.well(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, t.within(15*time.Second))
	defer cancel()
	for i, conn := range all {
		if _, _, err := conn.Read(ctx); websocket.CloseStatus(err) != 4408 {
			return fmt.Errorf("socket %d of %d ended with %w, not with 4408", i+1, len(all), err)
		}
	}
	return nil
}

func burst(ctx context.Context, t *Target) error {
	body := document(`{ meetings(first: 20) { totalCount nodes { agendaItems(first: 20) { totalCount nodes { title decisions(first: 3) { totalCount } } } } } search(query: "市") { totalCount } }`, nil)
	problems := make(chan error, 300)
	var group sync.WaitGroup
	for range cap(problems) {
		group.Go(func() {
			problems <- try{body: body, want: want{status: []int{200, 429, 503}, within: 30 * time.Second}}.run(ctx, t)
		})
	}
	time.Sleep(20 * time.Millisecond)
	alive := t.well(ctx)
	group.Wait()
	close(problems)
	for err := range problems {
		if err != nil {
			return err
		}
	}
	return alive
}

func smuggled(ctx context.Context, t *Target) error {
	for _, text := range []string{
		"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
		"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}{}{}",
		"POST /graphql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
		"GET /graphql HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
		"GET /graphql\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
	} {
		conn, err := dial(ctx, t)
		if err != nil {
			return err
		}
		_ = conn.SetDeadline(time.Now().Add(t.within(10 * time.Second)))
		_, err = io.WriteString(conn, text)
		answer, _ := io.ReadAll(conn) // an answer cut off is one
		_ = conn.Close()
		if err != nil {
			return err
		}
		if n := strings.Count(string(answer), "HTTP/1.1 "); n > 1 || strings.Contains(string(answer), " 200 ") {
			return fmt.Errorf("%.60q got %d answers: %.200s", text, n, answer)
		}
	}
	return nil
}
