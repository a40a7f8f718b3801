package resolvers

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// issued is what issueToken answers.
type issued struct {
	Token, ID  *string
	ExpiresAt  *time.Time
	UserErrors []struct{ Code, Message string }
}

// issue asks for a token as somebody.
func (b *bench) issue(as, arguments string) issued {
	b.t.Helper()
	r := b.ask("mutation { r: issueToken("+arguments+") { token id expiresAt userErrors { code message } } }", "", "Authorization", as)
	var body struct{ Data struct{ R issued } }
	if err := json.Unmarshal([]byte(r.text), &body); err != nil || len(r.body.Errors) > 0 {
		b.t.Fatalf("issueToken(%s): %v %s", arguments, err, r.text)
	}
	return body.Data.R
}

// TestIssuedTokensAreTakenBackOneByOne makes two tokens of one subject and takes one of them back.
func TestIssuedTokensAreTakenBackOneByOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		b := office(t, populated(t, database, 0, store.Options{}))
		admin := bearer(b.token(models.RoleAdmin, time.Minute))
		first, second := b.issue(admin, `subject: "import of the archive", role: EDITOR`), b.issue(admin, `subject: "import of the archive", role: EDITOR, hours: 2`)
		for _, one := range []issued{first, second} {
			if r := b.ask("{ viewer { subject role } }", "", "Authorization", bearer(*one.Token)); !strings.Contains(r.text, `{"subject":"import of the archive","role":"EDITOR"}`) {
				t.Errorf("with the token: %s", r.text)
			}
		}
		if r := b.ask(fmt.Sprintf("mutation { revokeToken(id: %q) { id userErrors { code } } }", *first.ID), "", "Authorization", admin); !strings.Contains(r.text, *first.ID) {
			t.Errorf("taking it back: %s", r.text)
		}
		if r := b.ask("{ __typename }", "", "Authorization", bearer(*first.Token)); r.status != 401 {
			t.Errorf("with the token that was taken back: %d %s", r.status, r.text)
		}
		if r := b.ask("{ __typename }", "", "Authorization", bearer(*second.Token)); r.status != 200 {
			t.Errorf("with the other one: %d %s", r.status, r.text)
		}
	})
}

// TestIssueTokenKeepsToItsBounds asks for tokens that must not be.
func TestIssueTokenKeepsToItsBounds(t *testing.T) {
	b := office(t, populated(t, storetest.SQLite(t), 0, store.Options{}))
	admin := bearer(b.token(models.RoleAdmin, time.Minute))
	if r := b.ask(`mutation { createAccount(name: "li", role: VIEWER, password: "`+testPassword+`") { userErrors { code } } }`, "", "Authorization", admin); r.code() != "" {
		t.Fatal(r.text)
	}
	for arguments, want := range map[string]string{
		`subject: "LI", role: ADMIN`:           "is the name of an account",
		`subject: "", role: ADMIN`:             "a name must be",
		`subject: "x\u202ey", role: ADMIN`:     "a name must be",
		`subject: "x", role: ADMIN, hours: 0`:  "at least one",
		`subject: "x", role: ADMIN, hours: -1`: "at least one",
	} {
		if got := b.issue(admin, arguments); got.Token != nil || len(got.UserErrors) != 1 || !strings.Contains(got.UserErrors[0].Message, want) {
			t.Errorf("%s: %+v", arguments, got)
		}
	}
	if got := b.issue(admin, `subject: "x", role: VIEWER, hours: 2147483647`); got.Token == nil || time.Until(*got.ExpiresAt) > 25*time.Hour {
		t.Errorf("a very long life: %+v", got)
	}
	for _, id := range []string{"", " x", strings.Repeat("x", 256)} {
		r := b.ask(fmt.Sprintf("mutation { revokeToken(id: %q) { id userErrors { code path } } }", id), "", "Authorization", admin)
		if !strings.Contains(r.text, `{"id":null,"userErrors":[{"code":"INVALID","path":["id"]}]}`) {
			t.Errorf("the id %q: %s", id, r.text)
		}
	}
}
