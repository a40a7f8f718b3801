package resolvers

import (
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// revocationCheck is how soon a connection notices that its token was taken back while nothing is said on it.
const revocationCheck = time.Second

// Sockets bounds WebSockets and event streams.
type Sockets struct {
	Total, PerIP  int // connections at once
	Subscriptions int // operations at once on one WebSocket
	InitTimeout   time.Duration
	Ping          time.Duration
	MaxAge        time.Duration
	MessageBytes  int
	WriteTimeout  time.Duration // of one message
}

// sockets counts the long connections and can end them all.
type sockets struct {
	limits  Sockets
	closing chan struct{}

	mu     sync.Mutex
	closed bool
	total  int
	perIP  map[netip.Addr]int
	open   sync.WaitGroup
}

func newSockets(limits Sockets) *sockets {
	return &sockets{limits: limits, closing: make(chan struct{}), perIP: map[netip.Addr]int{}}
}

// take counts a connection; release gives its place back.
func (s *sockets) take(client netip.Addr) (release func(), r *refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		r = refuseEarly(http.StatusServiceUnavailable, codeUnavailable, "the server is about to stop: connect again in a moment")
	case s.total >= s.limits.Total:
		r = refuseEarly(http.StatusServiceUnavailable, codeUnavailable, "the server has no more connections to give: try again later")
	case s.perIP[client] >= s.limits.PerIP:
		r = refuse(codeRate, "more than %d connections from one address", s.limits.PerIP)
	}
	if r != nil {
		r.retryAfter = 5 * time.Second
		return nil, r
	}
	s.total++
	s.perIP[client]++
	s.open.Add(1)
	return sync.OnceFunc(func() { s.release(client) }), nil
}

func (s *sockets) release(client netip.Addr) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.total--
	if s.perIP[client]--; s.perIP[client] == 0 {
		delete(s.perIP, client)
	}
	s.open.Done()
}

// close refuses new connections, ends those that are open, and waits for them.
func (s *sockets) close() {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.closing)
	}
	s.mu.Unlock()
	s.open.Wait()
}

// count returns how many connections are open.
func (s *sockets) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.total
}

// lifetime returns how long a connection may last: its greatest age, or until its token ends.
func (s *sockets) lifetime(x *exchange) (age time.Duration, token bool) {
	age = s.limits.MaxAge
	if expires := x.actor.Expires; !expires.IsZero() && time.Until(expires) < age {
		return max(0, time.Until(expires)), true
	}
	return age, false
}
