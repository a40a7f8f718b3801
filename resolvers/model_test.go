package resolvers

import (
	"encoding/json"
	"flag"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// TestModel plays random histories by four roles on both databases and on a model in memory, and compares every answer.
// More of it is played by go test ./resolvers -run TestModel -rapid.checks=200 -rapid.steps=60.
func TestModel(t *testing.T) {
	given := map[string]bool{}
	flag.Visit(func(f *flag.Flag) { given[f.Name] = true })
	for name, few := range map[string]string{"rapid.checks": "4", "rapid.steps": "30"} {
		if was := flag.Lookup(name).Value.String(); !given[name] {
			_ = flag.Set(name, few)
			t.Cleanup(func() { _ = flag.Set(name, was) })
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		h := newHistory(t, r)
		defer h.close()
		r.Repeat(map[string]func(*rapid.T){
			"create person": h.createPerson, "create meeting": h.createMeeting, "link": h.link, "edit": h.edit,
			"open or close": h.setVisibility, "delete": h.remove, "merge": h.merge, "undo": h.undo, "import": h.importText,
			"search": h.search, "": h.compare,
		})
		h.verify()
	})
}

// backend is one of the two servers. Ids differ between them; handles of the model do not.
type backend struct {
	*bench
	store  *store.Store
	ids    []string // by handle
	body   string
	cursor any // in the log, before the last act
	kept   *kept
}

// history is one run.
type history struct {
	r        *rapid.T
	model    *model
	before   *model // as it was before the last act, where that can be taken back
	undoable int    // handle of the record whose last change does that
	backends []*backend
	tokens   map[models.Role]string
	closers  []func() error
}

const guest models.Role = ""

var (
	modelRoles = []models.Role{guest, models.RoleViewer, models.RoleEditor, models.RoleAdmin}
	modelNames = []string{"赵一峰", "钱二林", "孙三山", "李四海"}
	modelWords = []string{"zhao yi", "qian er", "sun san"}
)

func newHistory(t *testing.T, r *rapid.T) *history {
	h := &history{r: r, model: &model{imported: map[int]bool{}}, tokens: map[models.Role]string{}}
	for _, database := range []string{storetest.SQLite(t), storetest.MySQL(t)} {
		s, err := store.Open(t.Context(), database, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		h.closers = append(h.closers, s.Close)
		if err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		b := newBench(t, func(o *Options) {
			o.Schema, o.Transact, o.Limits.QueryTime, o.Limits.MutationTime = NewSchema(s), s.Transact, 10*time.Second, 20*time.Second
		})
		h.backends = append(h.backends, &backend{bench: b, store: s, kept: keeping(b)})
	}
	for _, role := range modelRoles[1:] {
		h.tokens[role] = h.backends[0].token(role, time.Hour)
	}
	for i, answer := range h.each(models.RoleAdmin, `mutation { createOrganization(input: {name: "模型市人民政府", kind: GOVERNMENT, visibility: PUBLIC}) {
		organization { id } userErrors { message } } }`, func(*backend) any { return nil }) {
		h.backends[i].body = answer.payload.Record.ID
	}
	return h
}

func (h *history) close() {
	for _, b := range h.backends {
		b.server.Close()
		b.api.Close()
	}
	for _, c := range h.closers {
		_ = c()
	}
}

// told is an answer to a mutation: an error's code, or a payload with a record.
type told struct {
	code    string
	payload struct {
		Record     struct{ ID string }
		UserErrors []struct {
			Code, Message  string
			CurrentVersion int
		}
	}
	text string
}

// problem is the code of the first thing that was wrong.
func (a told) problem() string {
	if a.code == "" && len(a.payload.UserErrors) > 0 {
		return a.payload.UserErrors[0].Code
	}
	return a.code
}

// each sends a mutation to both servers; variables may need the ids of one.
func (h *history) each(role models.Role, document string, variables func(*backend) any) []told {
	var out []told
	for _, b := range h.backends {
		text, err := json.Marshal(variables(b))
		if err != nil {
			h.r.Fatal(err)
		}
		reply := b.ask(document, string(text), h.as(role)...)
		a := told{code: reply.code(), text: reply.text}
		for _, field := range reply.body.Data {
			payload, _ := json.Marshal(field)
			text := string(payload)
			for _, name := range []string{"person", "meeting", "attendance", "organization"} {
				text = strings.Replace(text, `"`+name+`":`, `"record":`, 1)
			}
			if err := json.Unmarshal([]byte(text), &a.payload); err != nil {
				h.r.Fatalf("%s: %v", text, err)
			}
		}
		out = append(out, a)
	}
	return out
}

func (h *history) as(role models.Role) []string {
	if role == guest {
		return nil
	}
	return []string{"Authorization", bearer(h.tokens[role])}
}

// act sends a mutation and wants the same outcome of both: "" for success, or the code of what is wrong. Roles below the
// least are refused. Change is what success does to the model.
func (h *history) act(least models.Role, document string, variables func(*backend) any, want string, change func()) []told {
	role := rapid.SampledFrom(modelRoles).Draw(h.r, "role")
	if h.r.Failed() {
		return nil
	}
	if rapid.IntRange(0, 3).Draw(h.r, "boldness") > 0 && slices.Index(modelRoles, role) < slices.Index(modelRoles, least) {
		role = least // most of what is tried is allowed
	}
	switch {
	case role == guest:
		want = codeUnauthenticated
	case slices.Index(modelRoles, role) < slices.Index(modelRoles, least):
		want = codeForbidden
	}
	cursors := map[*backend]any{}
	for _, b := range h.backends {
		cursors[b] = h.lastCursor(b)
	}
	answers := h.each(role, document, variables)
	for i, a := range answers {
		if a.problem() != want {
			h.r.Fatalf("server %d, as %q: %s\nanswered %s\nwant %q", i, role, document, a.text, want)
		}
	}
	if want == "" {
		for _, b := range h.backends { // what was refused is no last act
			b.cursor = cursors[b]
		}
		h.before, h.undoable = h.model.copied(), 0
		change()
	}
	return answers
}

func (h *history) pick(kind string) int {
	handles := h.model.handles(kind)
	if len(handles) == 0 {
		h.r.Skip("nothing to choose from")
	}
	return rapid.SampledFrom(handles).Draw(h.r, kind)
}

// lost is NOT_FOUND for what is gone for good.
func (h *history) lost(handle int) string {
	if h.model.at(handle).gone {
		return string(models.CodeNotFound)
	}
	return ""
}

func visibilityOf(public bool) models.Visibility {
	if public {
		return models.VisibilityPublic
	}
	return models.VisibilityInternal
}

func (h *history) made(answers []told, t thing) {
	if len(answers) == 0 || answers[0].problem() != "" {
		return
	}
	for i, b := range h.backends {
		b.ids = append(b.ids, answers[i].payload.Record.ID)
	}
	h.undoable = h.model.add(t)
}

func (b *backend) id(handle int) string { return b.ids[handle-1] }
