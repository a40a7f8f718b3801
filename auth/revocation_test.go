package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
)

func revokedRow(id, subject string, at time.Time) Revocation {
	return Revocation{TokenID: id, Subject: subject, At: at, Expires: at.Add(24 * time.Hour)}
}

func TestRevocations(t *testing.T) {
	clock := &stepClock{now: testNow}
	rows := []Revocation{revokedRow("t1", "", testNow), revokedRow("", "wang", testNow), revokedRow("", "wang", testNow.Add(-time.Hour))}
	r := NewRevocations(func(context.Context) ([]Revocation, error) { return rows, nil }, 0, clock.Now)
	before, after := testNow.Add(-time.Minute), testNow.Add(time.Second)
	if r.Revoked("t1", "x", before) {
		t.Error("revoked before anything was loaded")
	}
	if err := r.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	check := func(id, subject string, issued time.Time, want bool) {
		t.Helper()
		if got := r.Revoked(id, subject, issued); got != want {
			t.Errorf("token %q of %q issued %s: revoked %t, want %t", id, subject, issued, got, want)
		}
	}
	check("t1", "x", before, true)
	check("t1", "x", after, true)
	check("t2", "x", before, false)
	check("", "", before, false)
	check("t2", "wang", before, true)
	check("t2", "wang", testNow, true)
	check("t2", "wang", after, false)
	check("t2", "wang", time.Time{}, true)
	r.Add(revokedRow("t3", "", testNow))
	check("t3", "x", after, true)
	check("t1", "x", after, true)
	check("t2", "wang", before, true)
	clock.pass(25 * time.Hour)
	r.Add()
	check("t1", "x", after, false)
	if set := r.current.Load(); len(set.tokens)+len(set.subjects) != 0 {
		t.Errorf("%d tokens and %d subjects are kept after they expired", len(set.tokens), len(set.subjects))
	}
	var none *Revocations
	if none.Revoked("t1", "wang", before) {
		t.Error("a nil set has revoked something")
	}
}

func TestVerifierAsksForRevocations(t *testing.T) {
	r := NewRevocations(nil, 0, testClock)
	v := testVerifier(t, func(c *Config) { c.Revocations = r })
	good := recipe{}.mint(t)
	if _, err := v.Verify(good); err != nil {
		t.Fatal(err)
	}
	r.Add(revokedRow("0f8b7d1e", "", testNow))
	refused(t, v, good)
	later := recipe{claims: fields{"jti": "another", "iat": in(20 * time.Second)}}.mint(t)
	if _, err := v.Verify(later); err != nil {
		t.Fatal(err)
	}
	r.Add(revokedRow("", "attack-suite", testNow.Add(10*time.Second)))
	refused(t, v, recipe{claims: fields{"jti": "a third"}}.mint(t))
	refused(t, v, recipe{claims: fields{"jti": absent{}, "iat": absent{}}}.mint(t))
	if _, err := v.Verify(later); err != nil {
		t.Errorf("a token issued after the revocation: %v", err)
	}
}

func TestRevocationsAreBoundedAndLetNothingPass(t *testing.T) {
	var rows []Revocation
	for i := range 11 {
		rows = append(rows, revokedRow(fmt.Sprint("t", i), "", testNow.Add(time.Duration(i)*time.Second)))
	}
	r := NewRevocations(func(context.Context) ([]Revocation, error) { return rows, nil }, 10, testClock)
	for range 2 {
		if err := r.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		if set := r.current.Load(); len(set.tokens)+len(set.subjects) > 10 {
			t.Fatalf("%d tokens are held, want at most 10", len(set.tokens))
		}
		if !r.Revoked("t3", "x", testNow) || !r.Revoked("unheard of", "x", testNow) {
			t.Error("a token from before the newest revocation passes")
		}
		if r.Revoked("new", "x", testNow.Add(11*time.Second)) {
			t.Error("a token from after the newest revocation is refused")
		}
	}
	r.Add(revokedRow("t99", "", testNow))
	if !r.Revoked("t3", "x", testNow) {
		t.Error("one more revocation lets the others pass")
	}
	rows = rows[:2]
	if err := r.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r.Revoked("unheard of", "x", testNow) || !r.Revoked("t1", "x", testNow) {
		t.Error("with few rows again it is not back to normal")
	}
}

func TestRevocationsKeepWhatTheyHaveOnErrors(t *testing.T) {
	fail := false
	var mu sync.Mutex
	r := NewRevocations(func(context.Context) ([]Revocation, error) {
		mu.Lock()
		defer mu.Unlock()
		if fail {
			return nil, errors.New("no database")
		}
		return []Revocation{revokedRow("t1", "", testNow)}, nil
	}, 0, testClock)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.Run(ctx, time.Millisecond, slog.New(slog.DiscardHandler))
	}()
	eventually(t, "a load by the clock", func() bool { return r.Revoked("t1", "x", testNow) })
	mu.Lock()
	fail = true
	mu.Unlock()
	if err := r.Load(ctx); err == nil || !r.Revoked("t1", "x", testNow) {
		t.Errorf("after a failed load (%v) the revoked token passes", err)
	}
	cancel()
	<-done
}

func TestVerifierKnowsWhatWasRevokedSince(t *testing.T) {
	r := NewRevocations(func(context.Context) ([]Revocation, error) { return nil, nil }, 0, testClock)
	v := testVerifier(t, func(c *Config) { c.Revocations = r })
	actor, err := v.VerifyAs(recipe{}.mint(t), models.RoleViewer)
	if err != nil || v.Revoked(actor) {
		t.Fatalf("a good token: %v, revoked %t", err, v.Revoked(actor))
	}
	r.Add(revokedRow("", actor.Subject, testNow))
	if !v.Revoked(actor) {
		t.Error("all tokens of the subject were taken back, but this one")
	}
	actor.Issued = testNow.Add(time.Second)
	if v.Revoked(actor) || v.Revoked(models.Actor{}) {
		t.Error("a later token, or a guest, counts as taken back")
	}
	r.Add(revokedRow(actor.TokenID, "", testNow))
	if !v.Revoked(actor) {
		t.Error("the token itself was taken back and stays good")
	}
}
