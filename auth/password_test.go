package auth

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"
)

const goodPassword = "velvet-otter-38-marble"

// cheap hashes in a fraction of a millisecond.
var cheap = PasswordCost{MemoryKiB: 64, Passes: 1, Threads: 1}

func testPasswords(t testing.TB, cost PasswordCost) *Passwords {
	t.Helper()
	p, err := NewPasswords(cost, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPasswords(t *testing.T) {
	p := testPasswords(t, PasswordCost{})
	hash, err := p.Hash(t.Context(), goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash = %s, want argon2id of 19 MiB, 2 passes, 1 thread", hash)
	}
	again, err := p.Hash(t.Context(), goodPassword)
	if err != nil || again == hash {
		t.Errorf("two hashes of one password are equal: no salt (error %v)", err)
	}
	for password, want := range map[string]bool{
		goodPassword: true, "": false, goodPassword + " ": false, strings.ToUpper(goodPassword): false,
		goodPassword + "\x00": false, goodPassword + strings.Repeat("x", MaxPasswordBytes): false, goodPassword + "\xff": false,
	} {
		match, stale, err := p.Verify(t.Context(), password, hash)
		if match != want || stale || err != nil {
			t.Errorf("%.40q: match %t, stale %t, error %v; want match %t", password, match, stale, err, want)
		}
	}
	if match, _, err := p.Verify(t.Context(), goodPassword, ""); match || err != nil {
		t.Errorf("an account without a hash: match %t, error %v", match, err)
	}
}

// TestHashIsArgon2id checks against the function of the standard, so that a hash is readable elsewhere.
func TestHashIsArgon2id(t *testing.T) {
	p := testPasswords(t, cheap)
	text, err := p.Hash(t.Context(), goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	h, err := parseHash(text)
	if err != nil {
		t.Fatal(err)
	}
	if want := argon2.IDKey([]byte(goodPassword), h.salt, 1, 64, 1, 32); string(h.sum) != string(want) {
		t.Error("the hash is not argon2id of the password and the salt")
	}
}

func TestPasswordForms(t *testing.T) {
	p := testPasswords(t, cheap)
	hash, err := p.Hash(t.Context(), "caf\u00e9 velvet 38") // é as one character
	if err != nil {
		t.Fatal(err)
	}
	if match, _, _ := p.Verify(t.Context(), "cafe\u0301 velvet 38", hash); !match { // as two
		t.Error("the same password typed on another system does not match")
	}
}

func TestStaleHash(t *testing.T) {
	hash, err := testPasswords(t, cheap).Hash(t.Context(), goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	dearer := testPasswords(t, PasswordCost{MemoryKiB: 128, Passes: 1, Threads: 1})
	if match, stale, err := dearer.Verify(t.Context(), goodPassword, hash); !match || !stale || err != nil {
		t.Errorf("match %t, stale %t, error %v; want a match that is stale", match, stale, err)
	}
	if match, stale, _ := dearer.Verify(t.Context(), "another password", hash); match || stale {
		t.Errorf("a wrong password: match %t, stale %t", match, stale)
	}
}

func TestCheckPassword(t *testing.T) {
	for _, good := range []string{goodPassword, "密码由十二个汉字组成才行啊", strings.Repeat("abcd", 256)} {
		if err := CheckPassword(good); err != nil {
			t.Errorf("%.40q: %v", good, err)
		}
	}
	for _, bad := range []string{"", "short", "eleven char", strings.Repeat("a", 40), "abababababababab", strings.Repeat("abcd", 256) + "e", goodPassword + "\x00", goodPassword + "\xff"} {
		err := CheckPassword(bad)
		if err == nil || len(bad) > 4 && strings.Contains(err.Error(), bad) {
			t.Errorf("%.40q: error %v", bad, err)
		}
		if _, err := testPasswords(t, cheap).Hash(t.Context(), bad); err == nil {
			t.Errorf("%.40q is hashed", bad)
		}
	}
}

func TestUnreadableHashes(t *testing.T) {
	p := testPasswords(t, cheap)
	good, err := p.Hash(t.Context(), goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	for name, hash := range map[string]string{
		"plain text": goodPassword, "bcrypt": "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
		"argon2i":     strings.Replace(good, "argon2id", "argon2i", 1),
		"version 16":  strings.Replace(good, "v=19", "v=16", 1),
		"64 GiB":      strings.Replace(good, "m=64", "m=67108864", 1),
		"no memory":   strings.Replace(good, "m=64", "m=0", 1),
		"no passes":   strings.Replace(good, "t=1", "t=0", 1),
		"many passes": strings.Replace(good, "t=1", "t=4294967295", 1),
		"no threads":  strings.Replace(good, "p=1", "p=0", 1),
		"cut off":     good[:len(good)-30], "one part more": good + "$", "a zero in front": strings.Replace(good, "m=64", "m=064", 1),
		"padding": good + "=", "no salt": good[:strings.LastIndex(good, "$")] + "$$", "dollars": "$$$$$",
	} {
		if match, _, err := p.Verify(t.Context(), goodPassword, hash); match || err == nil || strings.Contains(err.Error(), hash) {
			t.Errorf("%s: match %t, error %v", name, match, err)
		}
	}
}

// TestUnknownAccountsTakeAsLong compares medians, which a busy machine hardly moves.
func TestUnknownAccountsTakeAsLong(t *testing.T) {
	p := testPasswords(t, PasswordCost{})
	hash, err := p.Hash(t.Context(), goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	var known, unknown []time.Duration
	for range 9 {
		known = append(known, timed(func() { _, _, _ = p.Verify(t.Context(), "wrong password 1", hash) }))
		unknown = append(unknown, timed(func() { _, _, _ = p.Verify(t.Context(), "wrong password 1", "") }))
	}
	a, b := median(known), median(unknown)
	t.Logf("known %s, unknown %s", a, b)
	if a > 2*b || b > 2*a {
		t.Errorf("a known account takes %s and an unknown one %s", a, b)
	}
}

func TestHashingIsBounded(t *testing.T) {
	p, err := NewPasswords(PasswordCost{MemoryKiB: 4096, Passes: 4, Threads: 1}, 2, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	var workers sync.WaitGroup
	for range 32 {
		workers.Go(func() { _, _, _ = p.Verify(context.Background(), "wrong password 1", "") })
	}
	workers.Wait()
	if !p.slots.TryAcquire(2) {
		t.Error("a slot was not given back")
	}
	if p.slots.TryAcquire(1) {
		t.Error("there are more than 2 slots")
	}
	p.maxWait = 10 * time.Millisecond
	if _, _, err := p.Verify(t.Context(), "wrong password 1", ""); !errors.Is(err, ErrUnavailable) {
		t.Errorf("without a free slot: %v, want kind ErrUnavailable", err)
	}
}

func TestPasswordCostBounds(t *testing.T) {
	for _, cost := range []PasswordCost{{MemoryKiB: 1 << 30}, {Passes: 100}, {MemoryKiB: 8, Threads: 4}} {
		if _, err := NewPasswords(cost, 0, 0); err == nil {
			t.Errorf("%+v is taken", cost)
		}
	}
}

func timed(f func()) time.Duration {
	began := time.Now()
	f()
	return time.Since(began)
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}
