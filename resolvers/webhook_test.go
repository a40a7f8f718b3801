package resolvers

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
	"github.com/minutebook/minutebook/webhooks"
)

const hookFields = `id url types visibility enabled disabledReason failingSince behind createdBy
	deliveries(first: 1) { totalCount nodes { id kind state attempts responseStatus error changes } pageInfo { hasNextPage endCursor } }`

// TestWebhooks makes, changes, tests and removes a webhook through the API, and tries all of that without being ADMIN.
func TestWebhooks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := populated(t, database, 0, store.Options{})
		hooks := webhooks.New(s, webhooks.Options{
			Networks: webhooks.Networks{netip.MustParsePrefix("127.0.0.0/8")}, Patience: time.Second, GiveUp: time.Hour, Log: slog.New(slog.DiscardHandler),
		})
		b := newBench(t, func(o *Options) {
			o.Schema = (&Resolver{Store: s, Hooks: hooks}).Schema()
			o.Limits.QueryTime, o.Limits.MutationTime = 10*time.Second, 10*time.Second
		})
		receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) }))
		t.Cleanup(receiver.Close)
		admin := bearer(b.tokenOf("chief", models.RoleAdmin))
		do := func(document string, wanted ...string) string {
			t.Helper()
			r := b.ask(strings.ReplaceAll(document, "HOOK", hookFields), "", "Authorization", admin)
			for _, want := range wanted {
				if !strings.Contains(r.text, want) {
					t.Errorf("%s: %s lacks %s", document, r.text, want)
				}
			}
			return r.text
		}
		made := do(fmt.Sprintf(`mutation { createWebhook(input: {url: %q, types: [PERSON, MEETING]}) { webhook { HOOK } secret userErrors { message } } }`, receiver.URL),
			`"secret":"whsec_`, `"types":["PERSON","MEETING"]`, `"visibility":"PUBLIC"`, `"enabled":true`, `"behind":0`, `"createdBy":"chief"`, `"totalCount":0`)
		id := cutOut(t, made, `"id":"`)
		if secret := cutOut(t, made, `"secret":"`); strings.Contains(do("{ webhooks { HOOK } }", id), secret) {
			t.Error("the secret is shown again")
		}
		do(fmt.Sprintf(`mutation { updateWebhook(id: %q, patch: {types: null, visibility: INTERNAL, enabled: false}) { webhook { HOOK } userErrors { message } } }`, id),
			`"types":null`, `"visibility":"INTERNAL"`, `"enabled":false`, receiver.URL)
		do(fmt.Sprintf(`mutation { updateWebhook(id: %q, patch: {enabled: true}) { webhook { HOOK } userErrors { message } } }`, id), `"enabled":true`, `"visibility":"INTERNAL"`)
		for range 2 {
			do(fmt.Sprintf(`mutation { testWebhook(id: %q) { delivery { state kind responseStatus } userErrors { code } } }`, id), `"state":"SUCCEEDED"`, `"kind":"TEST"`, "202")
		}
		listed := do(fmt.Sprintf(`{ webhook(id: %q) { HOOK } }`, id), `"totalCount":2`, `"hasNextPage":true`)
		do(fmt.Sprintf(`{ webhook(id: %q) { deliveries(first: 1, after: %q) { nodes { id } pageInfo { hasNextPage } } } }`, id, cutOut(t, listed, `"endCursor":"`)), `"hasNextPage":false`)
		do(fmt.Sprintf(`mutation { redeliverWebhook(delivery: %q) { delivery { state kind } userErrors { code } } }`, cutOut(t, listed, `"nodes":[{"id":"`)), `"kind":"REDELIVERY"`)
		for problem, want := range map[string]string{
			`mutation { createWebhook(input: {url: "https://192.168.0.1/"}) { webhook { id } userErrors { code path } } }`:                        `"path":["input","url"]`,
			`mutation { createWebhook(input: {url: "https://example.org", secret: "s"}) { webhook { id } userErrors { code path } } }`:            `"path":["input","secret"]`,
			`mutation { createWebhook(input: {url: "https://example.org", after: "s"}) { webhook { id } userErrors { code path } } }`:             codeBadInput,
			`mutation { updateWebhook(id: "webhook_AAAAAAAAAAAAAAAAAAAAAA", patch: {enabled: true}) { userErrors { code } } }`:                    "NOT_FOUND",
			fmt.Sprintf(`mutation { updateWebhook(id: %q, patch: {url: "http://169.254.169.254/"}) { webhook { id } userErrors { path } } }`, id): `"path":["patch","url"]`,
			fmt.Sprintf(`mutation { updateWebhook(id: %q, patch: {url: null}) { webhook { id } userErrors { path } } }`, id):                      `"path":["patch","url"]`,
			`mutation { deleteWebhook(id: "person_AAAAAAAAAAAAAAAAAAAAAA") { userErrors { code } } }`:                                             codeBadInput,
			`mutation { testWebhook(id: "webhook_AAAAAAAAAAAAAAAAAAAAAA") { userErrors { code } } }`:                                              "NOT_FOUND",
			`mutation { redeliverWebhook(delivery: "delivery_AAAAAAAAAAAAAAAAAAAAAA") { userErrors { code } } }`:                                  "NOT_FOUND",
			`{ webhook(id: "webhook_AAAAAAAAAAAAAAAAAAAAAA") { id } }`:                                                                            `"webhook":null`,
			fmt.Sprintf(`{ webhook(id: %q) { deliveries(first: 101) { totalCount } } }`, id):                                                      codeBadInput,
		} {
			do(problem, want)
		}
		for _, role := range []models.Role{"", models.RoleViewer, models.RoleEditor} {
			var headers []string
			if role != "" {
				headers = []string{"Authorization", bearer(b.tokenOf("li", role))}
			}
			for _, document := range []string{
				`{ webhooks { id } }`, fmt.Sprintf(`{ webhook(id: %q) { id } }`, id), fmt.Sprintf(`mutation { testWebhook(id: %q) { userErrors { code } } }`, id),
				`mutation { createWebhook(input: {url: "https://example.org"}) { secret } }`, fmt.Sprintf(`mutation { deleteWebhook(id: %q) { id } }`, id),
			} {
				if r := b.ask(document, "", headers...); r.code() != codeForbidden && r.code() != codeUnauthenticated {
					t.Errorf("%s as %q: %s", document, role, r.text)
				}
			}
		}
		do(fmt.Sprintf(`mutation { deleteWebhook(id: %q) { id userErrors { code } } }`, id), id)
		do(`{ webhooks { id } }`, `"webhooks":[]`)
	})
}

// cutOut returns what stands between a beginning and the next quote.
func cutOut(t *testing.T, text, beginning string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, beginning)
	value, _, _ := strings.Cut(rest, `"`)
	if !found || value == "" {
		t.Fatalf("%s lacks %s", text, beginning)
	}
	return value
}
