package resolvers

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/ingest"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

const jobFields = `id state step stepsDone stepsTotal ahead actor fileName bytes meeting { title } counts { type created }
	questions { key } warnings { code } error { code message path }`

// importOffice is a server with import jobs; working says whether it does them.
func importOffice(t *testing.T, s *store.Store, working bool) *bench {
	t.Helper()
	jobs := ingest.NewJobs(s, ingest.JobOptions{
		Limits: store.JobLimits{Total: 3, PerActor: 2}, Time: time.Minute, Keep: time.Hour, Log: slog.New(slog.DiscardHandler),
	})
	if working {
		ctx, stop := context.WithCancel(t.Context())
		var done sync.WaitGroup
		done.Go(func() { jobs.Run(ctx) })
		t.Cleanup(func() { stop(); done.Wait() })
	}
	b := newBench(t, func(o *Options) {
		o.Schema = (&Resolver{Store: s, Imports: jobs}).Schema()
		o.Limits.QueryTime, o.Limits.MutationTime, o.Limits.Document = 10*time.Second, 10*time.Second, 32<<10
	})
	t.Cleanup(b.server.Client().CloseIdleConnections)
	return b
}

func (b *bench) tokenOf(subject string, role models.Role) string {
	b.t.Helper()
	issuer, err := auth.NewIssuer(testAuth())
	if err != nil {
		b.t.Fatal(err)
	}
	issued, err := issuer.Issue(subject, role, time.Minute)
	if err != nil {
		b.t.Fatal(err)
	}
	return issued.Token
}

// startJob starts an import and returns the id of its job.
func (b *bench) startJob(token, text string) string {
	b.t.Helper()
	variables, err := json.Marshal(map[string]any{"input": map[string]any{"text": text, "filename": "纪要.txt", "clientMutationId": "c"}})
	if err != nil {
		b.t.Fatal(err)
	}
	r := b.ask("mutation($input: ImportInput!) { startImport(input: $input) { job { "+jobFields+" } clientMutationId userErrors { message } } }",
		string(variables), "Authorization", bearer(token))
	payload, _ := r.body.Data["startImport"].(map[string]any)
	job, _ := payload["job"].(map[string]any)
	id, _ := job["id"].(string)
	if id == "" || payload["clientMutationId"] != "c" || job["state"] != "QUEUED" || job["fileName"] != "纪要.txt" {
		b.t.Fatalf("startImport: %s", r.text)
	}
	return id
}

// progress follows a job over a WebSocket until it has ended.
func (b *bench) progress(token, id string) []map[string]any {
	b.t.Helper()
	p, _ := b.dial(nil)
	p.init(fmt.Sprintf(`{"token":%q}`, token))
	p.send(subscribe("1", fmt.Sprintf("subscription { importProgress(job: %q) { %s } }", id, strings.ReplaceAll(jobFields, "\n", " "))))
	var told []map[string]any
	for {
		m, _ := p.read()
		if m["type"] != "next" {
			if m["type"] != "complete" {
				b.t.Errorf("the stream ended with %v", m)
			}
			return told
		}
		data := m["payload"].(map[string]any)["data"].(map[string]any)
		told = append(told, data["importProgress"].(map[string]any))
	}
}

// TestImportProgress starts an import at one server, which another one does, and follows it at both.
func TestImportProgress(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		before := goleak.IgnoreCurrent()
		t.Cleanup(func() { goleak.VerifyNone(t, before) })
		s := populated(t, database, 0, store.Options{})
		idle := importOffice(t, s, false)
		token := idle.tokenOf("wang", models.RoleEditor)
		id := idle.startJob(token, seedText(t))
		busy := importOffice(t, s, true)
		for name, b := range map[string]*bench{"the server that took it in": idle, "the server that does it": busy} {
			told := b.progress(token, id)
			last := told[len(told)-1]
			if last["state"] != "SUCCEEDED" || last["stepsDone"] != 4.0 || last["stepsTotal"] != 4.0 || last["meeting"] == nil || last["error"] != nil {
				t.Errorf("%s: %v", name, last)
			}
			done := 0.0
			for _, one := range told {
				if one["actor"] != "wang" || one["stepsDone"].(float64) < done {
					t.Errorf("%s: %v", name, told)
				}
				done = one["stepsDone"].(float64)
			}
		}
		query := "query($id: ID!) { importJob(id: $id) { " + jobFields + " } importJobs { id } }"
		for who, want := range map[string]string{
			token: id, idle.tokenOf("chief", models.RoleAdmin): id, idle.tokenOf("li", models.RoleEditor): "", idle.tokenOf("zhao", models.RoleViewer): "",
		} {
			r := idle.ask(query, fmt.Sprintf(`{"id":%q}`, id), "Authorization", bearer(who))
			if got := strings.Count(r.text, id); r.code() != "" || (want == "") != (got == 0) {
				t.Errorf("%s", r.text)
			}
		}
		if r := idle.ask(query, fmt.Sprintf(`{"id":%q}`, id)); r.code() != codeUnauthenticated {
			t.Errorf("a guest: %s", r.text)
		}
		p, _ := idle.dial(nil)
		p.init(fmt.Sprintf(`{"token":%q}`, idle.tokenOf("li", models.RoleEditor)))
		p.send(subscribe("1", fmt.Sprintf("subscription { importProgress(job: %q) { state } }", id)))
		if m := p.expect("error"); !strings.Contains(fmt.Sprint(m["payload"]), codeBadInput) {
			t.Errorf("a stranger follows it: %v", m)
		}
	})
}

// TestImportJobErrors sends what cannot be done.
func TestImportJobErrors(t *testing.T) {
	b := importOffice(t, populated(t, storetest.SQLite(t), 0, store.Options{}), false)
	token := bearer(b.tokenOf("wang", models.RoleEditor))
	for document, want := range map[string]string{
		`{ importJob(id: "import_x") { id } }`:                                                            codeBadInput,
		`{ importJob(id: "meeting_AAAAAAAAAAAAAAAAAAAAAA") { id } }`:                                      codeBadInput,
		`{ importJob(id: "import_AAAAAAAAAAAAAAAAAAAAAA") { id } }`:                                       `"importJob":null`,
		`{ importJobs(first: 101) { id } }`:                                                               codeBadInput,
		`mutation { cancelImport(job: "import_AAAAAAAAAAAAAAAAAAAAAA") { userErrors { code } } }`:         "NOT_FOUND",
		`mutation { startImport(input: {}) { job { id } userErrors { code path } } }`:                     `"code":"INVALID"`,
		`mutation { startImport(input: {text: ""}) { job { id } userErrors { code path } } }`:             `"code":"INVALID"`,
		`mutation { startImport(input: {text: "a", heldOn: "2022-13-01"}) { userErrors { code path } } }`: codeValidation,
	} {
		if r := b.ask(document, "", "Authorization", token); !strings.Contains(r.text, want) {
			t.Errorf("%s: %s", document, r.text)
		}
	}
	first := b.startJob(token[len("Bearer "):], "a")
	b.startJob(token[len("Bearer "):], "a")
	if r := b.ask(`mutation { startImport(input: {text: "b"}) { job { id } } }`, "", "Authorization", token); r.code() != codeRate {
		t.Errorf("a third one: %s", r.text)
	}
	cancel := fmt.Sprintf(`mutation { cancelImport(job: %q) { job { state } userErrors { code } } }`, first)
	if r := b.ask(cancel, "", "Authorization", token); !strings.Contains(r.text, `"state":"CANCELLED"`) {
		t.Errorf("cancel: %s", r.text)
	}
	if r := b.ask(cancel, "", "Authorization", token); !strings.Contains(r.text, "CONFLICT") {
		t.Errorf("cancel again: %s", r.text)
	}
	if r := b.ask(cancel, "", "Authorization", bearer(b.tokenOf("zhao", models.RoleViewer))); r.code() != codeForbidden {
		t.Errorf("a viewer cancels: %s", r.text)
	}
}
