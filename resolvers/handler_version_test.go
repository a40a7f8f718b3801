package resolvers

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// kept is a caller that keeps answers to GET and asks again with their tags.
type kept struct {
	*bench
	tags, texts map[string]string // by path and role
	unchanged   int
}

// versioned reports whether all tags say from which state an answer was made.
func (k *kept) versioned() bool {
	for _, tag := range k.tags {
		if !strings.Contains(tag, ".") {
			return false
		}
	}
	return len(k.tags) > 0
}

// get asks for a document and returns the answer, from memory where the server says that it is the same.
func (k *kept) get(document, variables string, headers ...string) string {
	k.t.Helper()
	path := "/graphql?query=" + url.QueryEscape(document)
	if variables != "" {
		path += "&variables=" + url.QueryEscape(variables)
	}
	key := path + strings.Join(headers, " ")
	if tag := k.tags[key]; tag != "" {
		headers = append(slices.Clone(headers), "If-None-Match", tag)
	}
	r := k.do(http.MethodGet, path, "", headers...)
	switch r.status {
	case http.StatusNotModified:
		k.unchanged++
		if tag := r.header.Get("ETag"); tag != "" {
			k.tags[key] = tag
		}
	case http.StatusOK:
		k.tags[key], k.texts[key] = r.header.Get("ETag"), r.text
	default:
		k.t.Fatalf("%s: %d %s", document, r.status, r.text)
	}
	return k.texts[key]
}

func keeping(b *bench) *kept {
	return &kept{bench: b, tags: map[string]string{}, texts: map[string]string{}}
}

// TestUnchangedAnswersTouchNoTable asks again for what another server may have changed meanwhile.
func TestUnchangedAnswersTouchNoTable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		var count statementCounter
		s := populated(t, database, 5, store.Options{Observe: count.observe})
		here := newBench(t, func(o *Options) { o.Schema, o.Limits.QueryTime = NewSchema(s), 30*time.Second })
		elsewhere := newBench(t, func(o *Options) { o.Schema = NewSchema(s) }) // SQLite has one process
		if !strings.HasPrefix(database, "sqlite:") {
			elsewhere, _ = branchOffice(t, database)
		}
		editor := bearer(here.token(models.RoleAdmin, time.Hour))
		caller := keeping(here)
		made := elsewhere.ask(`mutation { create: createPerson(input: {name: "甲", visibility: PUBLIC}) { person { id } } }`, "", "Authorization", editor)
		id, _ := made.body.Data["create"].(map[string]any)["person"].(map[string]any)["id"].(string)
		document, variables := `query($id: ID!) { person(id: $id) { name attendances { nodes { label } } } }`, `{"id":"`+id+`"}`
		first := caller.get(document, variables)
		count.take()
		if again := caller.get(document, variables); again != first || caller.unchanged != 1 {
			t.Errorf("asked again: %d times unchanged, %s", caller.unchanged, again)
		}
		for _, statement := range count.take() {
			if !strings.Contains(statement, "FROM change_head") {
				t.Errorf("an unchanged answer asked %s", statement)
			}
		}
		elsewhere.ask(`mutation($id: ID!) { updatePerson(id: $id, patch: {name: "乙"}) { userErrors { message } } }`, variables, "Authorization", editor)
		if changed := caller.get(document, variables); !strings.Contains(changed, "乙") || caller.unchanged != 1 {
			t.Errorf("after a change on another server: %s", changed)
		}
		elsewhere.ask(`mutation { createPerson(input: {name: "丙"}) { userErrors { message } } }`, "", "Authorization", editor)
		if same := caller.get(document, variables); !strings.Contains(same, "乙") || caller.unchanged != 2 {
			t.Errorf("after a change elsewhere in the graph the same bytes came again: %s", same)
		}
		if count.take(); caller.get(document, variables) == "" || caller.unchanged != 3 || len(count.take()) != 1 {
			t.Error("the tag of bytes that stayed the same is not that of the new state")
		}
		elsewhere.ask(`mutation($id: ID!) { setVisibility(id: $id, visibility: INTERNAL) { userErrors { message } } }`, variables, "Authorization", editor)
		if hidden := caller.get(document, variables); strings.Contains(hidden, "乙") {
			t.Errorf("what was closed is shown: %s", hidden)
		}
	})
}

// TestTagsAreOfOneCaller sends the tag of an answer with other questions and as somebody else.
func TestTagsAreOfOneCaller(t *testing.T) {
	s := populated(t, storetest.SQLite(t), 5, store.Options{})
	b := newBench(t, func(o *Options) { o.Schema = NewSchema(s) })
	ask := func(document, variables, role, tag string) reply {
		headers := []string{"If-None-Match", tag}
		if role != "" {
			headers = append(headers, "Authorization", bearer(b.token(models.Role(role), time.Hour)))
		}
		return b.do(http.MethodGet, "/graphql?query="+url.QueryEscape(document)+"&variables="+url.QueryEscape(variables), "", headers...)
	}
	document := `query($n: Int) { meetings(first: $n) { totalCount nodes { id title } } }`
	viewer := ask(document, `{"n":3}`, string(models.RoleViewer), `"none"`)
	tag := viewer.header.Get("ETag")
	if !strings.Contains(tag, ".") {
		t.Fatalf("the tag %s says no version", tag)
	}
	if again := ask(document, `{"n":3}`, string(models.RoleViewer), tag); again.status != http.StatusNotModified || again.header.Get("ETag") != tag {
		t.Fatalf("again: %d %s", again.status, again.header.Get("ETag"))
	}
	for _, other := range [][3]string{
		{document, `{"n":3}`, string(auth.Guest)}, {document, `{"n":2}`, string(models.RoleViewer)},
		{`query($n: Int) { meetings(first: $n) { nodes { id title } } }`, `{"n":3}`, string(models.RoleViewer)},
	} {
		if r := ask(other[0], other[1], other[2], tag); r.status != http.StatusOK {
			t.Errorf("%v with the tag of something else: %d", other, r.status)
		}
	}
	version, hash, _ := strings.Cut(tag, ".")
	for _, forged := range []string{`"AAAAAAAAAAAAAAAAAAAAAAAAAAAA.` + hash[:len(hash)-2] + `x"`, version + "x." + hash + "x", `".", "..", ".`, strings.Repeat(`"a.b",`, 1000)} {
		if r := ask(document, `{"n":3}`, string(models.RoleViewer), forged); r.status != http.StatusOK {
			t.Errorf("the tag %.60s is taken: %d", forged, r.status)
		}
	}
	if twice := ask(document, `{"n":3}`, string(models.RoleViewer), `"none"`); twice.header.Get("ETag") == tag || !strings.HasSuffix(twice.header.Get("ETag"), hash) {
		t.Errorf("the version shows that nothing has happened: %s, %s", tag, twice.header.Get("ETag"))
	}
	for _, more := range []string{`{ changes(first: 1) { nodes { id } } }`, `{ search(query: "会议", first: 1) { totalCount } }`, `{ viewer { subject } }`} {
		if r := ask(more, "null", string(models.RoleViewer), `"none"`); r.status == http.StatusOK && strings.Contains(r.header.Get("ETag"), ".") {
			t.Errorf("%s: a version of what is not of records only: %s", more, r.header.Get("ETag"))
		}
	}
}
