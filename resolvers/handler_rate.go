package resolvers

import (
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// Rates is what one caller may do in a minute.
type Rates struct {
	Requests, Cost         int // without a token, for each address
	UserRequests, UserCost int // with a token, for each subject
}

// rateWindow is the time over which a rate may be used up at once.
const rateWindow = time.Minute

// maxCallers bounds the memory of a meter: 100,000 callers take about 10 MB.
const maxCallers = 100_000

// meter limits what each caller does, as the generic cell rate algorithm has it: of each caller it knows only until
// when the allowance is used up. Unlike the buckets of x/time/rate it lets a caller with any allowance left do one thing
// that is larger than the whole allowance, and makes the caller wait for it afterwards: the cost of one operation may
// be more than that of a minute.
type meter struct {
	mu    sync.Mutex
	until map[caller]time.Time
	now   func() time.Time
}

func newMeter() *meter { return &meter{until: map[caller]time.Time{}, now: time.Now} }

// take notes n of perMinute for a caller. It returns how long to wait where nothing is left, 0 where there was.
func (m *meter) take(who caller, n, perMinute int) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	until := m.until[who]
	if until.Before(now) {
		until = now
	}
	one := rateWindow / time.Duration(perMinute)
	if wait := until.Sub(now) + one - rateWindow; wait > 0 {
		return wait
	}
	if len(m.until) >= maxCallers {
		m.sweep(now)
	}
	m.until[who] = until.Add(time.Duration(n) * one)
	return 0
}

// sweep forgets callers whose allowance is whole again, and one at random where there are none.
func (m *meter) sweep(now time.Time) {
	for who, until := range m.until {
		if until.Before(now) {
			delete(m.until, who)
		}
	}
	for who := range m.until {
		if len(m.until) < maxCallers {
			return
		}
		delete(m.until, who)
	}
}

// rates are the meters: of requests, of the cost of operations, and of the cost of what subscriptions tell, which is
// counted apart so that a busy day does not keep its readers from asking.
type rates struct {
	limits         Rates
	requests, cost *meter
	events         *meter
}

func newRates(limits Rates) *rates {
	return &rates{limits: limits, requests: newMeter(), cost: newMeter(), events: newMeter()}
}

// caller is whose allowance a request uses: that of the subject with a token, else that of the address.
type caller struct {
	user    bool
	subject string
	client  netip.Addr
}

func callerOf(x *exchange) caller {
	if x.actor.Role.Valid() {
		return caller{user: true, subject: x.actor.Subject}
	}
	return caller{client: x.client}
}

// request counts one request.
func (r *rates) request(x *exchange) *refusal {
	who, limit := callerOf(x), r.limits.Requests
	if who.user {
		limit = r.limits.UserRequests
	}
	return slowDown(r.requests.take(who, 1, limit), "too many requests")
}

// charge counts the cost of an operation.
func (r *rates) charge(x *exchange, cost int) *refusal {
	who, limit := callerOf(x), r.limits.Cost
	if who.user {
		limit = r.limits.UserCost
	}
	return slowDown(r.cost.take(who, cost, limit), "too much asked for in a short time")
}

func slowDown(wait time.Duration, what string) *refusal {
	if wait == 0 {
		return nil
	}
	seconds := int((wait + time.Second - 1) / time.Second)
	r := refuse(codeRate, "%s: wait %d s", what, seconds)
	r.retryAfter = time.Duration(seconds) * time.Second
	return r
}

// clientAddress returns the address whose rate counts: that of the connection, or, where the connection comes from a
// trusted proxy, the last one in X-Forwarded-For that is not a trusted proxy itself. Of IPv6 only the network of 64
// bits counts, for one customer has all of it.
func clientAddress(r *http.Request, trusted []netip.Prefix) netip.Addr {
	remote, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	addr := remote.Addr().Unmap()
	if len(trusted) > 0 {
		addr = behindProxies(r, addr, trusted)
	}
	if addr.Is6() {
		if network, err := addr.WithZone("").Prefix(64); err == nil {
			return network.Masked().Addr()
		}
	}
	return addr
}

func behindProxies(r *http.Request, addr netip.Addr, trusted []netip.Prefix) netip.Addr {
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && isTrusted(addr, trusted); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = hop.Unmap()
	}
	return addr
}

func isTrusted(addr netip.Addr, trusted []netip.Prefix) bool {
	for _, prefix := range trusted {
		if prefix.Contains(addr) {
			return true
		}
	}
	return false
}
