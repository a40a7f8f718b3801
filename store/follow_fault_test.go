package store

import (
	"errors"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

// bridge stands between a store and a server and can be drawn up: then every connection breaks and new ones do.
type bridge struct {
	server string

	mu   sync.Mutex
	up   bool
	open []net.Conn
}

// bridged returns the address of the database by way of a bridge.
func bridged(t *testing.T, database string) (string, *bridge) {
	t.Helper()
	address, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &bridge{server: address.Host, up: true}
	t.Cleanup(func() { b.set(false); _ = listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			b.join(client)
		}
	}()
	address.Host = listener.Addr().String()
	return address.String(), b
}

func (b *bridge) join(client net.Conn) {
	b.mu.Lock()
	defer b.mu.Unlock()
	server, err := net.Dial("tcp", b.server)
	if err != nil || !b.up {
		_ = client.Close()
		return
	}
	b.open = append(b.open, client, server)
	for _, way := range [][2]net.Conn{{client, server}, {server, client}} {
		go func() {
			_, _ = io.Copy(way[0], way[1])
			_ = errors.Join(way[0].Close(), way[1].Close())
		}()
	}
}

func (b *bridge) set(up bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.up = up
	if !up {
		for _, conn := range b.open {
			_ = conn.Close()
		}
		b.open = nil
	}
}

// TestFollowThroughAnOutage takes the database away from a reader while others write.
func TestFollowThroughAnOutage(t *testing.T) {
	database := storetest.MySQL(t)
	address, bridge := bridged(t, database)
	away, w := writer{t, opened(t, address)}, writer{t, opened(t, database)}
	r := away.follow(admin, Following{})
	name := func(text string) models.Record { return w.create(Schema.People, map[string]any{"name": text}) }
	before := name("前")
	r.expect(models.OperationCreate, before)
	held := name("间") // looked up, perhaps, but not yet told
	bridge.set(false)
	during := name("中")
	told := make(chan *models.Change, 2)
	go func() {
		for range 2 {
			change, err := r.Next(t.Context())
			if err != nil {
				t.Error(err)
			}
			told <- change
		}
	}()
	select {
	case change := <-told:
		t.Errorf("without a database: %+v", change)
	case <-time.After(4 * tailPoll):
	}
	bridge.set(true)
	for _, want := range []models.Record{held, during} {
		select {
		case change := <-told:
			if change.Record != want.Meta().ID {
				t.Errorf("%+v, want the entry of %s", change, want.Meta().ID)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("nothing comes after the outage")
		}
	}
	after := name("后")
	r.expect(models.OperationCreate, after)
	r.quiet()
}
