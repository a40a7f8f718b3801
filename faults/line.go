package faults

import (
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// fate is what becomes of a statement on its way to the database.
type fate int

const (
	pass      fate = iota
	cutBefore      // the line breaks, and the database never hears of it
	cutAfter       // the database gets it, and the line breaks before the answer
)

// line stands between the server and its database and can be cut, slowed and frozen. It reads the frames of MySQL's
// protocol, so that it knows where a statement begins.
type line struct {
	listener net.Listener
	database string
	delay    atomic.Int64                              // of every frame and every answer
	judge    atomic.Pointer[func(command []byte) fate] // nil: all pass

	mu     sync.Mutex
	frozen bool
	pairs  map[*pair]bool
	group  sync.WaitGroup
}

// pair is a connection of the server with its counterpart at the database.
type pair struct {
	client, database net.Conn
	frozen           atomic.Bool // for ever: who wants an answer has to connect anew
}

// newLine returns the setting of a database by way of a line.
func newLine(setting string) (string, *line, error) {
	address, err := url.Parse(setting)
	if err != nil {
		return "", nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	l := &line{listener: listener, database: address.Host, pairs: map[*pair]bool{}}
	address.Host = listener.Addr().String()
	l.group.Go(l.accept)
	return address.String(), l, nil
}

func (l *line) accept() {
	for {
		client, err := l.listener.Accept()
		if err != nil {
			return
		}
		l.group.Go(func() { l.serve(client) })
	}
}

func (l *line) serve(client net.Conn) {
	defer func() { _ = client.Close() }()
	database, err := net.Dial("tcp", l.database)
	if err != nil {
		return // as a database that is not there refuses
	}
	defer func() { _ = database.Close() }()
	p := &pair{client: client, database: database}
	l.mu.Lock()
	l.pairs[p] = true
	p.frozen.Store(l.frozen)
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		delete(l.pairs, p)
		l.mu.Unlock()
	}()
	var both sync.WaitGroup
	both.Go(func() { l.answers(p); p.hangUp() })
	l.requests(p)
	p.hangUp()
	both.Wait()
}

func (p *pair) hangUp() { _, _ = p.client.Close(), p.database.Close() }

// requests passes on what the server sends, frame by frame: three bytes of length, one of sequence, 0 for a command.
func (l *line) requests(p *pair) {
	for {
		header := make([]byte, 4)
		if _, err := io.ReadFull(p.client, header); err != nil {
			return
		}
		length := int(binary.LittleEndian.Uint32(append(header[:3:3], 0)))
		frame := slices.Concat(header, make([]byte, length))
		if _, err := io.ReadFull(p.client, frame[4:]); err != nil {
			return
		}
		time.Sleep(time.Duration(l.delay.Load()))
		decided := pass
		if judge := l.judge.Load(); judge != nil && header[3] == 0 {
			decided = (*judge)(frame[4:])
		}
		if decided == cutBefore {
			return
		}
		if p.frozen.Load() {
			continue
		}
		if decided == cutAfter {
			_ = p.client.Close() // first, so that the answer goes nowhere
		}
		if _, err := p.database.Write(frame); err != nil {
			return
		}
		if decided == cutAfter {
			time.Sleep(100 * time.Millisecond) // for the database to do it
			return
		}
	}
}

func (l *line) answers(p *pair) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := p.database.Read(buffer)
		if n > 0 && !p.frozen.Load() {
			time.Sleep(time.Duration(l.delay.Load()))
			if _, err := p.client.Write(buffer[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// each decides about every statement from now on; nil lets all pass.
func (l *line) each(judge func(command []byte) fate) {
	if judge == nil {
		l.judge.Store(nil)
		return
	}
	l.judge.Store(&judge)
}

// freeze lets nothing through any more and keeps the connections open, as a firewall does that has forgotten them.
func (l *line) freeze() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.frozen = true
	for p := range l.pairs {
		p.frozen.Store(true)
	}
}

// thaw lets new connections through. Those that were frozen stay so.
func (l *line) thaw() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.frozen = false
}

func (l *line) close() {
	_ = l.listener.Close()
	l.mu.Lock()
	for p := range l.pairs {
		p.hangUp()
	}
	l.mu.Unlock()
	l.group.Wait()
}
