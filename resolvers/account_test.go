package resolvers

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

const testPassword = "Pa55-of-wang-fang"

// office is a server over a real store with an account, wang.
func office(t *testing.T, s *store.Store) *bench {
	t.Helper()
	revocations := auth.NewRevocations(nil, 0, nil)
	config := testAuth()
	config.Revocations = revocations
	verifier, err := auth.NewVerifier(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	issuer, err := auth.NewIssuer(config)
	if err != nil {
		t.Fatal(err)
	}
	passwords, err := auth.NewPasswords(auth.PasswordCost{MemoryKiB: 64, Passes: 1, Threads: 1}, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	hash, err := passwords.Hash(t.Context(), testPassword)
	if err != nil {
		t.Fatal(err)
	}
	accounts := &Accounts{
		SignIn: &auth.SignIn{
			Accounts: func(ctx context.Context, username string) (auth.Account, error) {
				if username == "wang" {
					return auth.Account{Subject: "wang", Role: models.RoleEditor, PasswordHash: hash}, nil
				}
				account, err := s.OpenAccount(ctx, username)
				if errors.Is(err, models.ErrNotFound) {
					return auth.Account{}, nil
				}
				if err != nil {
					return auth.Account{}, err
				}
				return auth.Account{Subject: account.Name, Role: account.Role, PasswordHash: account.PasswordHash}, nil
			},
			Passwords: passwords, Throttle: auth.NewThrottle(auth.ThrottleConfig{}), Issuer: issuer,
		},
		Revoke: func(ctx context.Context, tokenID, subject string, expires time.Time) error {
			row, err := s.Revoke(ctx, tokenID, subject, expires)
			if err == nil {
				revocations.Add(auth.Revocation{TokenID: row.TokenID, Subject: row.Subject, At: row.At.Time, Expires: row.ExpiresAt.Time})
			}
			return err
		},
		Changes: auth.NewThrottle(auth.ThrottleConfig{AccountFree: 8}),
	}
	return newBench(t, func(o *Options) {
		o.Schema, o.Verifier = (&Resolver{Store: s, Accounts: accounts}).Schema(), verifier
		o.Limits.QueryTime, o.Limits.MutationTime = 10*time.Second, 10*time.Second
	})
}

const signInDocument = `mutation($u: String!, $p: String!) { signIn(username: $u, password: $p) {
	token expiresAt viewer { subject role } userErrors { code message path } } }`

func (b *bench) signIn(username, password string) reply {
	b.t.Helper()
	return b.ask(signInDocument, fmt.Sprintf(`{"u":%q,"p":%q}`, username, password))
}

func tokenOf(r reply) string {
	payload, _ := r.body.Data["signIn"].(map[string]any)
	token, _ := payload["token"].(string)
	return token
}

func TestSignIn(t *testing.T) {
	b := office(t, populated(t, storetest.SQLite(t), 0, store.Options{}))
	good := b.signIn("wang", testPassword)
	token := tokenOf(good)
	if good.status != 200 || token == "" || !strings.Contains(good.text, `"viewer":{"subject":"wang","role":"EDITOR"}`) {
		t.Fatalf("%d %s", good.status, good.text)
	}
	viewer := func() reply { return b.ask("{ viewer { subject role } }", "", "Authorization", bearer(token)) }
	if r := viewer(); r.status != 200 || !strings.Contains(r.text, `"wang"`) {
		t.Errorf("with the token: %d %s", r.status, r.text)
	}
	name, password := b.signIn("nobody-9f31", "wrong-password-1"), b.signIn("wang", "wrong-password-1")
	if name.text != password.text || !strings.Contains(name.text, `"token":null`) || !strings.Contains(name.text, "INVALID") {
		t.Errorf("a wrong name and a wrong password are told apart:\n%s\n%s", name.text, password.text)
	}
	if r := b.ask("mutation { signOut { signedOut userErrors { code } } }", "", "Authorization", bearer(token)); !strings.Contains(r.text, `"signedOut":true`) {
		t.Errorf("signing out: %s", r.text)
	}
	if r := viewer(); r.status != 401 || r.code() != codeUnauthenticated {
		t.Errorf("with the token after signing out: %d %s", r.status, r.text)
	}
	if r := b.ask("mutation { signOut { signedOut } }", ""); r.code() != codeUnauthenticated {
		t.Errorf("a guest signs out: %s", r.text)
	}
	for _, secret := range []string{testPassword, "wrong-password-1", token} {
		if strings.Contains(b.log.String(), secret) {
			t.Errorf("the log holds %s", secret)
		}
	}
}

func TestSignInIsSlowedDown(t *testing.T) {
	b := office(t, populated(t, storetest.SQLite(t), 0, store.Options{}))
	var last reply
	for range 6 {
		last = b.signIn("wang", "guess")
	}
	if last.status != 429 || last.code() != codeRate || last.header.Get("Retry-After") != fmt.Sprint(last.body.Errors[0].Extensions[retryAfter]) {
		t.Errorf("the sixth guess: %d %v %s", last.status, last.header, last.text)
	}
	p, _ := b.dial(nil)
	p.init("null")
	p.send(subscribe("1", `mutation { signIn(username: "wang", password: "guess") { token } }`))
	if m := p.expect("next"); !strings.Contains(fmt.Sprint(m["payload"]), codeRate) || !strings.Contains(fmt.Sprint(m["payload"]), retryAfter) {
		t.Errorf("a guess over a WebSocket: %v", m)
	}
}

func TestSignInWithoutAccounts(t *testing.T) {
	b := newBench(t, func(o *Options) { o.Schema = NewSchema(populated(t, storetest.SQLite(t), 0, store.Options{})) })
	if r := b.signIn("wang", testPassword); r.code() != codeBadInput || tokenOf(r) != "" {
		t.Errorf("a server that makes no tokens: %s", r.text)
	}
	if r := b.ask("mutation { signOut { signedOut } }", "", "Authorization", bearer(b.token(models.RoleViewer, time.Minute))); r.code() != codeBadInput {
		t.Errorf("signing out there: %s", r.text)
	}
}

func TestRevokeTokens(t *testing.T) {
	b := office(t, populated(t, storetest.SQLite(t), 0, store.Options{}))
	token := tokenOf(b.signIn("wang", testPassword))
	const document = `mutation($s: String!) { revokeTokens(subject: $s) { subject userErrors { code path } } }`
	if r := b.ask(document, `{"s":"wang"}`, "Authorization", bearer(token)); r.code() != codeForbidden {
		t.Errorf("an EDITOR revokes: %s", r.text)
	}
	admin := bearer(b.token(models.RoleAdmin, time.Minute))
	for _, subject := range []string{"", " wang", strings.Repeat("王", 100)} {
		if r := b.ask(document, fmt.Sprintf(`{"s":%q}`, subject), "Authorization", admin); !strings.Contains(r.text, `"code":"INVALID","path":["subject"]`) {
			t.Errorf("the subject %q: %s", subject, r.text)
		}
	}
	if r := b.ask(document, `{"s":"wang"}`, "Authorization", admin); !strings.Contains(r.text, `"subject":"wang"`) {
		t.Errorf("an ADMIN revokes: %s", r.text)
	}
	if r := b.ask("{ __typename }", "", "Authorization", bearer(token)); r.status != 401 {
		t.Errorf("with a revoked token: %d %s", r.status, r.text)
	}
}

// TestConnectionsEndWithTheirToken revokes the token of open connections: nothing more is said to them, and they are closed.
func TestConnectionsEndWithTheirToken(t *testing.T) {
	revocations := auth.NewRevocations(nil, 0, nil)
	config := testAuth()
	config.Revocations = revocations
	verifier, err := auth.NewVerifier(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, func(o *Options) { o.Verifier = verifier })
	token := b.token(models.RoleViewer, time.Minute)
	p, _ := b.dial(nil)
	p.init(`{"authorization":"` + bearer(token) + `"}`)
	p.send(subscribe("1", "subscription { silence }"))
	guest, _ := b.dial(nil)
	guest.init("null")
	stream := make(chan reply, 1)
	go func() {
		stream <- b.ask("subscription { silence }", "", "Accept", typeEvents, "Authorization", bearer(token))
	}()
	for b.api.OpenSockets() < 3 {
		time.Sleep(time.Millisecond)
	}
	actor, err := verifier.Verify(token)
	if err != nil {
		t.Fatal(err)
	}
	revocations.Add(auth.Revocation{TokenID: actor.TokenID, At: time.Now(), Expires: actor.Expires})
	p.send(subscribe("2", "subscription { ticks(to: 3) }"))
	m, code := p.read()
	for ; code == 0; m, code = p.read() { // also of the first operation, when it was about to begin
		if m["type"] != "error" || !strings.Contains(fmt.Sprint(m["payload"]), codeUnauthenticated) {
			t.Errorf("with a token that was taken back: %v", m)
		}
	}
	if code != closeForbidden {
		t.Errorf("the WebSocket was closed with %d, want 4403", code)
	}
	if r := <-stream; strings.Contains(r.text, "complete") {
		t.Errorf("the stream: %s", r.text)
	}
	guest.send(`{"type":"ping"}`)
	guest.expect("pong")
}
