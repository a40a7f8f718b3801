package auth

import (
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// stepClock is a clock that a test moves.
type stepClock struct{ now time.Time }

func (c *stepClock) Now() time.Time { return c.now }

func (c *stepClock) pass(d time.Duration) { c.now = c.now.Add(d) }

func testThrottle(change func(*ThrottleConfig)) (*Throttle, *stepClock) {
	clock := &stepClock{now: testNow}
	config := ThrottleConfig{Clock: clock.Now}
	if change != nil {
		change(&config)
	}
	return NewThrottle(config), clock
}

// wait returns how long an attempt has to wait; 0 means that it was let through and counted.
func wait(t *testing.T, th *Throttle, account, address string) time.Duration {
	t.Helper()
	err := th.Attempt(account, netip.MustParseAddr(address))
	var throttled *ThrottledError
	if err != nil && (!errors.As(err, &throttled) || !errors.Is(err, ErrThrottled) || throttled.RetryAfter <= 0) {
		t.Fatalf("err = %v, want a *ThrottledError with a wait", err)
	}
	if err == nil {
		return 0
	}
	return throttled.RetryAfter
}

func TestThrottleAccount(t *testing.T) {
	th, clock := testThrottle(nil)
	for i := range 5 {
		if d := wait(t, th, "admin", fmt.Sprintf("10.0.0.%d", i)); d != 0 {
			t.Fatalf("attempt %d waits %s", i+1, d)
		}
	}
	var waits []time.Duration
	for i := range 9 {
		d := wait(t, th, "admin", fmt.Sprintf("10.0.1.%d", i))
		waits = append(waits, d)
		clock.pass(d)
		if again := wait(t, th, "Admin", fmt.Sprintf("10.0.2.%d", i)); again != 0 {
			t.Fatalf("after %s it still waits %s", d, again)
		}
	}
	want := "[1s 2s 4s 8s 16s 32s 1m0s 1m0s 1m0s]"
	if got := fmt.Sprint(waits); got != want {
		t.Errorf("the waits are %s, want %s", got, want)
	}
	if d := wait(t, th, "somebody else", "10.0.0.1"); d != 0 {
		t.Errorf("another account waits %s", d)
	}
	clock.pass(61 * time.Minute)
	for i := range 5 {
		if d := wait(t, th, "admin", "10.0.0.9"); d != 0 {
			t.Errorf("attempt %d after an hour waits %s", i+1, d)
		}
	}
}

func TestThrottleAddress(t *testing.T) {
	th, clock := testThrottle(nil)
	for i := range 20 {
		if d := wait(t, th, fmt.Sprint("account ", i), "192.0.2.1"); d != 0 {
			t.Fatalf("attempt %d waits %s", i+1, d)
		}
	}
	total := time.Duration(0)
	for i := range 15 {
		d := wait(t, th, fmt.Sprint("other ", i), "192.0.2.1")
		total += d
		clock.pass(d)
		if wait(t, th, fmt.Sprint("another ", i), "192.0.2.1") != 0 {
			t.Fatal("it waits after its wait")
		}
	}
	if d := wait(t, th, "x", "192.0.2.1"); d != 15*time.Minute {
		t.Errorf("the longest wait is %s, want 15 min", d)
	}
	if d := wait(t, th, "x", "192.0.2.2"); d != 0 {
		t.Errorf("another address waits %s", d)
	}
	t.Logf("15 further guesses took %s", total)
}

func TestThrottleNetworks(t *testing.T) {
	tests := []struct {
		a, b string
		same bool
	}{
		{"2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true},
		{"2001:db8:1:2::1", "2001:db8:1:3::1", false},
		{"192.0.2.1", "::ffff:192.0.2.1", true},
		{"192.0.2.1", "192.0.2.2", false},
		{"fe80::1%eth0", "fe80::2%eth1", true},
	}
	for _, test := range tests {
		a, b := addressKey(netip.MustParseAddr(test.a)), addressKey(netip.MustParseAddr(test.b))
		if (a == b) != test.same {
			t.Errorf("%s and %s count together: %t, want %t", test.a, test.b, a == b, test.same)
		}
	}
	if addressKey(netip.Addr{}) == addressKey(netip.MustParseAddr("0.0.0.0")) {
		t.Error("an unknown address counts as 0.0.0.0")
	}
}

func TestThrottleOwnerIsNotLockedOut(t *testing.T) {
	th, clock := testThrottle(nil)
	home := netip.MustParseAddr("198.51.100.7")
	if err := th.Attempt("wang", home); err != nil {
		t.Fatal(err)
	}
	th.Succeeded("wang", home)
	for i := range 300 {
		wait(t, th, "wang", fmt.Sprintf("10.1.%d.%d", i/200, i%200))
	}
	if wait(t, th, "wang", "10.9.9.9") == 0 {
		t.Fatal("300 guesses do not slow down a stranger")
	}
	for range 5 {
		if err := th.Attempt("wang", home); err != nil {
			t.Errorf("the owner, at home: %v", err)
		}
	}
	if err := th.Attempt("wang", home); !errors.Is(err, ErrThrottled) {
		t.Error("guesses from a familiar address are not slowed down")
	}
	clock.pass(2 * time.Hour)
	for range 5 {
		if err := th.Attempt("wang", home); err != nil {
			t.Errorf("two hours later: %v", err)
		}
	}
}

func TestThrottleSuccessDoesNotResetTheAddress(t *testing.T) {
	th, clock := testThrottle(nil)
	attacker := netip.MustParseAddr("203.0.113.5")
	guesses := 0
	for i := range 500 {
		if th.Attempt(fmt.Sprint("victim ", i), attacker) == nil {
			guesses++
		}
		if th.Attempt("mallory", attacker) == nil {
			th.Succeeded("mallory", attacker)
		}
		clock.pass(100 * time.Millisecond)
	}
	if guesses > 20+6 {
		t.Errorf("%d guesses in 50 s from an address that signs in to an account of its own in between", guesses)
	}
}

func TestThrottleManySignInsOfOneOffice(t *testing.T) {
	th, _ := testThrottle(nil)
	office := netip.MustParseAddr("203.0.113.9")
	for i := range 19 { // one more that failed and everybody would wait
		if err := th.Attempt(fmt.Sprint("typo ", i), office); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 200 {
		account := fmt.Sprint("clerk ", i)
		if err := th.Attempt(account, office); err != nil {
			t.Fatalf("sign-in %d from one address: %v", i+1, err)
		}
		th.Succeeded(account, office)
	}
}

func TestThrottleBurst(t *testing.T) {
	th := NewThrottle(ThrottleConfig{})
	address := netip.MustParseAddr("192.0.2.77")
	var let atomic.Int64
	var workers sync.WaitGroup
	for range 8 {
		workers.Go(func() {
			for range 40 {
				if th.Attempt("admin", address) == nil {
					let.Add(1)
				}
			}
		})
	}
	workers.Wait()
	if n := let.Load(); n < 5 || n > 6 {
		t.Errorf("%d of 320 guesses at once were let through, want 5", n)
	}
}

func TestThrottleIsBounded(t *testing.T) {
	th, _ := testThrottle(func(c *ThrottleConfig) { c.MaxEntries = 100 })
	for i := range 5000 {
		address := netip.AddrFrom4([4]byte{10, 0, byte(i / 250), byte(i % 250)})
		account := fmt.Sprint("account ", i)
		if th.Attempt(account, address) == nil {
			th.Succeeded(account, address)
		}
		_ = th.Attempt(account+"x", address)
	}
	if a, b, c := th.accounts.Len(), th.addresses.Len(), th.familiar.Len(); a > 100 || b > 100 || c > 100 {
		t.Errorf("it remembers %d accounts, %d addresses and %d pairs, want at most 100 of each", a, b, c)
	}
}

func TestThrottledErrorSeconds(t *testing.T) {
	for wait, want := range map[time.Duration]int{1: 1, time.Second: 1, time.Second + 1: 2, time.Minute: 60} {
		if got := (&ThrottledError{RetryAfter: wait}).Seconds(); got != want {
			t.Errorf("%s: %d s, want %d", wait, got, want)
		}
	}
}
