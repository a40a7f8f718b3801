package auth

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
)

var somewhere = netip.MustParseAddr("192.0.2.1")

// office is a SignIn with one EDITOR, wang, and the names it was asked for.
func office(t *testing.T) (*SignIn, *[]string) {
	t.Helper()
	passwords := testPasswords(t, cheap)
	hash, err := passwords.Hash(t.Context(), goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	issuer, err := NewIssuer(testConfig())
	if err != nil {
		t.Fatal(err)
	}
	asked := &[]string{}
	accounts := func(_ context.Context, username string) (Account, error) {
		*asked = append(*asked, username)
		switch username {
		case "wang":
			return Account{Subject: "wang", Role: models.RoleEditor, PasswordHash: hash}, nil
		case "broken":
			return Account{Subject: "broken", Role: models.RoleAdmin, PasswordHash: "ZZHASH"}, nil
		case "down":
			return Account{}, errors.New("no database")
		}
		return Account{}, nil
	}
	return &SignIn{Accounts: accounts, Passwords: passwords, Throttle: NewThrottle(ThrottleConfig{Clock: testClock}), Issuer: issuer}, asked
}

func TestSignIn(t *testing.T) {
	s, _ := office(t)
	issued, actor, err := s.Do(t.Context(), "wang", goodPassword, somewhere)
	if err != nil {
		t.Fatal(err)
	}
	got, err := testVerifier(t, nil).Verify(issued.Token)
	if err != nil || got.Subject != "wang" || got.Role != models.RoleEditor || got.TokenID != actor.TokenID {
		t.Errorf("the token gives %+v and error %v", got, err)
	}
	if !issued.Expires.Equal(testNow.Add(time.Hour)) || !actor.Expires.Equal(issued.Expires) {
		t.Errorf("the token ends at %s, want in an hour", issued.Expires)
	}
}

func TestSignInRefusals(t *testing.T) {
	s, _ := office(t)
	tries := [][2]string{
		{"wang", "wrong-password-1"}, {"wang", ""}, {"nobody-9f31", "wrong-password-1"}, {"nobody-9f31", goodPassword},
		{"", goodPassword}, {"' OR '1'='1", "x"}, {"wang\x00", goodPassword}, {"wang", goodPassword + "\x00"}, {"broken", goodPassword},
	}
	var log bytes.Buffer
	s.Logger = slog.New(slog.NewTextHandler(&log, nil))
	for i, try := range tries {
		address := netip.AddrFrom4([4]byte{10, 0, 0, byte(i)})
		issued, actor, err := s.Do(t.Context(), try[0], try[1], address)
		if issued.Token != "" || actor != (models.Actor{}) || !errors.Is(err, ErrUnauthenticated) || err.Error() != ErrWrongCredentials.Error() {
			t.Errorf("%q: %+v, error %v; want the one refusal", try, issued, err)
		}
	}
	if text := log.String(); !strings.Contains(text, "set the password of the account anew") || strings.Contains(text, "ZZHASH") || strings.Contains(text, goodPassword) {
		t.Errorf("the log says %q", text)
	}
	if _, _, err := s.Do(t.Context(), "down", "x", somewhere); err == nil || errors.Is(err, ErrUnauthenticated) {
		t.Errorf("without a database: %v, want the error of the database", err)
	}
}

func TestSignInAsksForGoodNamesOnly(t *testing.T) {
	s, asked := office(t)
	for _, name := range []string{"admin\x00", strings.Repeat("a", 10_000), "a\nb", " wang", "\xff"} {
		_, _, _ = s.Do(t.Context(), name, "x", somewhere)
	}
	if len(*asked) != 0 {
		t.Errorf("the store was asked for %q", *asked)
	}
}

func TestSignInIsSlowedDown(t *testing.T) {
	s, asked := office(t)
	var throttled int
	for range 300 {
		if _, _, err := s.Do(t.Context(), "wang", "guess", somewhere); errors.Is(err, ErrThrottled) {
			throttled++
		}
	}
	if throttled != 295 || len(*asked) != 5 {
		t.Errorf("of 300 guesses %d were throttled and %d looked at, want 295 and 5", throttled, len(*asked))
	}
	if _, _, err := s.Do(t.Context(), "wang", goodPassword, somewhere); !errors.Is(err, ErrThrottled) {
		t.Errorf("the right password while throttled: %v", err)
	}
}

func TestSignInRenewsHashes(t *testing.T) {
	s, _ := office(t)
	s.Passwords = testPasswords(t, PasswordCost{MemoryKiB: 128, Passes: 1, Threads: 1})
	var stored string
	s.Rehash = func(_ context.Context, subject, hash string) error {
		stored = subject + " " + hash
		return errors.New("no database")
	}
	s.Logger = slog.New(slog.DiscardHandler)
	if _, _, err := s.Do(t.Context(), "wang", goodPassword, somewhere); err != nil {
		t.Errorf("a failed renewal keeps its owner out: %v", err)
	}
	if !strings.HasPrefix(stored, "wang $argon2id$v=19$m=128,") {
		t.Errorf("stored %q, want a hash of today's cost", stored)
	}
}

func TestSignInWhenTooManyDo(t *testing.T) {
	s, _ := office(t)
	s.Passwords.maxWait = time.Millisecond
	slots := int64(0)
	for s.Passwords.slots.TryAcquire(1) {
		slots++
	}
	_, _, err := s.Do(t.Context(), "wang", goodPassword, somewhere)
	if wait, ok := errors.AsType[*ThrottledError](err); !ok || wait.Seconds() < 1 {
		t.Errorf("while other passwords are being checked: %v, want to be told to wait", err)
	}
	s.Passwords.slots.Release(slots)
	if _, _, err := s.Do(t.Context(), "wang", goodPassword, somewhere); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
