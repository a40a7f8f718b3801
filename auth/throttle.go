package auth

import (
	"crypto/sha256"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// ThrottleConfig says how attempts to sign in are slowed down. The zero value of a field stands for its default.
type ThrottleConfig struct {
	AccountFree int              // attempts at one account before the first wait (5)
	AddressFree int              // attempts from one address before the first wait (20)
	FirstWait   time.Duration    // the first wait; each further attempt doubles it (1 s)
	AccountWait time.Duration    // the longest wait for an account (1 min)
	AddressWait time.Duration    // the longest wait for an address (15 min)
	Forget      time.Duration    // attempts are forgotten when so long there was none (1 h)
	MaxEntries  int              // accounts, addresses and familiar pairs remembered, of each (16,384)
	Clock       func() time.Time // time.Now
}

// Throttle slows down the guessing of passwords, per account and per address (for IPv6 the /64, which one customer
// has whole). It lives in the memory of one server and is bounded; what was used least recently is forgotten first.
//
// An account waits a minute at most, so that a stranger cannot lock its owner out for long; and an address from which
// the account has signed in before counts apart, so that there the owner does not wait for the stranger at all.
// Accounts are counted by the name that was given, known or not: a wait says nothing about whether the account
// exists.
type Throttle struct {
	config ThrottleConfig

	mu        sync.Mutex
	accounts  *simplelru.LRU[throttleKey, *tally]
	addresses *simplelru.LRU[throttleKey, *tally]
	familiar  *simplelru.LRU[throttleKey, *tally]
}

// throttleKey is a digest: names have any length, keys do not.
type throttleKey [16]byte

type tally struct {
	attempts int
	last     time.Time
	until    time.Time // no attempt before
}

// NewThrottle returns a throttle that has seen nothing yet.
func NewThrottle(config ThrottleConfig) *Throttle {
	c := &config
	c.AccountFree = max(1, orDefault(c.AccountFree, 5))
	c.AddressFree = max(1, orDefault(c.AddressFree, 20))
	c.FirstWait = orDefault(c.FirstWait, time.Second)
	c.AccountWait = orDefault(c.AccountWait, time.Minute)
	c.AddressWait = orDefault(c.AddressWait, 15*time.Minute)
	c.Forget = max(orDefault(c.Forget, time.Hour), c.AddressWait, c.AccountWait)
	c.MaxEntries = max(1, orDefault(c.MaxEntries, 16_384))
	if c.Clock == nil {
		c.Clock = time.Now
	}
	return &Throttle{config: config, accounts: remember(c.MaxEntries), addresses: remember(c.MaxEntries), familiar: remember(c.MaxEntries)}
}

func remember(entries int) *simplelru.LRU[throttleKey, *tally] {
	lru, _ := simplelru.NewLRU[throttleKey, *tally](entries, nil) // errs for a size below 1 only
	return lru
}

// Attempt counts an attempt to sign in to the account from the address, or returns a [*ThrottledError] where it has
// to wait. It counts before the outcome is known, so that guesses sent all at once are not all taken; a refused
// attempt is not counted, so that waiting always ends.
func (t *Throttle) Attempt(account string, address netip.Addr) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.config.Clock()
	from := t.tally(t.addresses, addressKey(address), now)
	if now.Before(from.until) {
		return &ThrottledError{RetryAfter: from.until.Sub(now)}
	}
	at := t.account(account, address, now)
	if now.Before(at.until) {
		return &ThrottledError{RetryAfter: at.until.Sub(now)}
	}
	t.count(at, now, t.config.AccountFree, t.config.AccountWait)
	t.count(from, now, t.config.AddressFree, t.config.AddressWait)
	return nil
}

// Succeeded takes back the attempt that signed in: the account starts afresh, and the address is familiar from now
// on. Of the address only that one attempt is taken back, since else anybody with an account could go on guessing at
// others by signing in to it in between.
func (t *Throttle) Succeeded(account string, address netip.Addr) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.accounts.Remove(accountKey(account))
	t.familiar.Add(pairKey(account, address), &tally{last: t.config.Clock()})
	if from, there := t.addresses.Get(addressKey(address)); there {
		from.attempts = max(0, from.attempts-1)
		from.until = time.Time{} // it had passed before this attempt, which set it anew
	}
}

// account returns the count for an account: the one of its own with a familiar address, else the common one.
func (t *Throttle) account(account string, address netip.Addr, now time.Time) *tally {
	pair := pairKey(account, address)
	if t.familiar.Contains(pair) {
		return t.tally(t.familiar, pair, now)
	}
	return t.tally(t.accounts, accountKey(account), now)
}

// tally returns the count for a key, a fresh one where there is none or the old is to be forgotten.
func (t *Throttle) tally(in *simplelru.LRU[throttleKey, *tally], key throttleKey, now time.Time) *tally {
	if known, there := in.Get(key); there && now.Sub(known.last) < t.config.Forget {
		return known
	}
	fresh := &tally{last: now}
	in.Add(key, fresh)
	return fresh
}

func (t *Throttle) count(c *tally, now time.Time, free int, longest time.Duration) {
	c.attempts++
	c.last = now
	if over := c.attempts - free; over >= 0 {
		wait := longest
		if over < 30 {
			wait = min(longest, t.config.FirstWait<<over)
		}
		c.until = now.Add(wait)
	}
}

func accountKey(account string) throttleKey { return digest("account", strings.ToLower(account)) }

func addressKey(address netip.Addr) throttleKey { return digest("address", network(address)) }

func pairKey(account string, address netip.Addr) throttleKey {
	return digest("pair", strings.ToLower(account), network(address))
}

func digest(kind string, parts ...string) throttleKey {
	sum := sha256.Sum256([]byte(kind + "\x00" + strings.Join(parts, "\x00")))
	return throttleKey(sum[:16])
}

// network returns the part of an address that one customer has: the address itself for IPv4, also where it is
// written as IPv6, and the /64 for IPv6. An address that is not known is a network of its own.
func network(address netip.Addr) string {
	address = address.Unmap()
	if !address.Is6() {
		return address.String()
	}
	prefix, err := address.WithZone("").Prefix(64)
	if err != nil {
		return address.String()
	}
	return prefix.String()
}
