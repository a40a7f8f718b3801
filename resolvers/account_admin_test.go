package resolvers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// TestAccountsOverTheAPI takes an account through its life, as the page of an admin does.
func TestAccountsOverTheAPI(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		b := office(t, populated(t, database, 0, store.Options{}))
		admin := bearer(b.token(models.RoleAdmin, time.Minute))
		do := func(mutation string) string {
			t.Helper()
			r := b.ask("mutation { r: "+mutation+" { account { name role disabledAt } userErrors { code path } } }", "", "Authorization", admin)
			return strings.TrimSuffix(strings.TrimPrefix(r.text, `{"data":{"r":`), r.text[strings.LastIndex(r.text, `},"extensions"`):])
		}
		const second = "an-0ther-password"
		for _, step := range []struct{ mutation, want string }{
			{`createAccount(name: "Li", role: VIEWER, password: "` + testPassword + `")`, `{"account":{"name":"li","role":"VIEWER","disabledAt":null},"userErrors":[]}`},
			{`createAccount(name: "LI", role: ADMIN, password: "` + testPassword + `")`, `{"account":null,"userErrors":[{"code":"DUPLICATE","path":["name"]}]}`},
			{`createAccount(name: " x", role: ADMIN, password: "` + testPassword + `")`, `{"account":null,"userErrors":[{"code":"INVALID","path":["name"]}]}`},
			{`createAccount(name: "` + strings.Repeat("x", 201) + `", role: ADMIN, password: "` + testPassword + `")`, `{"account":null,"userErrors":[{"code":"INVALID","path":["name"]}]}`},
			{`createAccount(name: "x", role: ADMIN, password: "short")`, `{"account":null,"userErrors":[{"code":"INVALID","path":["password"]}]}`},
			{`setAccountRole(name: "nobody", role: ADMIN)`, `{"account":null,"userErrors":[{"code":"NOT_FOUND","path":["name"]}]}`},
			{`setAccountRole(name: "somebody", role: VIEWER)`, `{"account":null,"userErrors":[{"code":"INVALID","path":["name"]}]}`},
			{`disableAccount(name: "SOMEBODY")`, `{"account":null,"userErrors":[{"code":"INVALID","path":["name"]}]}`},
		} {
			if got := do(step.mutation); got != step.want {
				t.Errorf("%s: %s, want %s", step.mutation, got, step.want)
			}
		}
		token := func() string { return bearer(tokenOf(b.signIn("li", testPassword))) }
		whoIs := func(token string) reply {
			return b.ask("{ viewer { subject role roles } }", "", "Authorization", token)
		}
		old := token()
		if r := whoIs(old); !strings.Contains(r.text, `{"subject":"li","role":"VIEWER","roles":["VIEWER"]}`) {
			t.Errorf("the new account: %s", r.text)
		}
		if got := do(`setAccountRole(name: "li", role: EDITOR)`); got != `{"account":{"name":"li","role":"EDITOR","disabledAt":null},"userErrors":[]}` {
			t.Errorf("another role: %s", got)
		}
		if r := whoIs(old); r.status != 401 {
			t.Errorf("a token with the old role is still good: %s", r.text)
		}
		sleepPastRevocation()
		if r := whoIs(token()); !strings.Contains(r.text, `"role":"EDITOR","roles":["VIEWER","EDITOR"]`) {
			t.Errorf("the new role: %s", r.text)
		}
		do(`resetPassword(name: "li", password: "` + second + `")`)
		if r := b.signIn("li", testPassword); tokenOf(r) != "" {
			t.Errorf("the old password signs in: %s", r.text)
		}
		sleepPastRevocation()
		if r := b.signIn("li", second); tokenOf(r) == "" {
			t.Errorf("the new password does not sign in: %s", r.text)
		}
		do(`disableAccount(name: "li")`)
		if r := b.signIn("li", second); tokenOf(r) != "" {
			t.Errorf("a disabled account signs in: %s", r.text)
		}
		r := b.ask("{ accounts { name role createdAt disabledAt } }", "", "Authorization", admin)
		if !strings.Contains(r.text, `"name":"li","role":"EDITOR"`) || strings.Contains(r.text, `"disabledAt":null`) {
			t.Errorf("the list: %s", r.text)
		}
		for _, secret := range []string{testPassword, second, "argon2"} {
			if strings.Contains(b.log.String()+r.text, secret) {
				t.Errorf("%s is to be read", secret)
			}
		}
	})
}

// sleepPastRevocation waits for the next second: a token says the second in which it was issued, and all of that in which
// tokens were taken back are taken back.
func sleepPastRevocation() { time.Sleep(time.Until(time.Now().Truncate(time.Second).Add(time.Second))) }

// TestAccountsAreForAdmins asks everything about accounts as everybody else.
func TestAccountsAreForAdmins(t *testing.T) {
	b := office(t, populated(t, storetest.SQLite(t), 0, store.Options{}))
	for _, document := range []string{
		"{ accounts { name } }",
		`mutation { createAccount(name: "x", role: ADMIN, password: "` + testPassword + `") { userErrors { code } } }`,
		`mutation { setAccountRole(name: "x", role: ADMIN) { userErrors { code } } }`,
		`mutation { resetPassword(name: "x", password: "` + testPassword + `") { userErrors { code } } }`,
		`mutation { disableAccount(name: "x") { userErrors { code } } }`,
		`mutation { issueToken(subject: "x", role: ADMIN) { token userErrors { code } } }`,
		`mutation { revokeToken(id: "x") { userErrors { code } } }`,
	} {
		if r := b.ask(document, ""); r.code() != codeUnauthenticated {
			t.Errorf("a guest, %s: %s", document, r.text)
		}
		for _, role := range []models.Role{models.RoleViewer, models.RoleEditor} {
			if r := b.ask(document, "", "Authorization", bearer(b.token(role, time.Minute))); r.code() != codeForbidden {
				t.Errorf("%s, %s: %s", role, document, r.text)
			}
		}
	}
}

// TestNewPasswordsAreSlowedDown sets passwords until the server asks to wait.
func TestNewPasswordsAreSlowedDown(t *testing.T) {
	b := office(t, populated(t, storetest.SQLite(t), 0, store.Options{}))
	admin := bearer(b.token(models.RoleAdmin, time.Minute))
	var last reply
	for i := range 9 {
		last = b.ask(fmt.Sprintf(`mutation { createAccount(name: "x%d", role: VIEWER, password: %q) { userErrors { code } } }`, i, testPassword), "", "Authorization", admin)
	}
	if last.code() != codeRate || last.status != 429 {
		t.Errorf("the ninth: %d %s", last.status, last.text)
	}
}
