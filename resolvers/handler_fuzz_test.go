package resolvers

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/minutebook/minutebook/graph"
)

// FuzzReadJSON compares the strict reader with encoding/json: what it takes, encoding/json takes and reads the same, and
// what it refuses, encoding/json refuses too, but for what it is strict about.
func FuzzReadJSON(f *testing.F) {
	for _, seed := range []string{
		`{"query":"{ __typename }","variables":{"a":[1,2.5,-0,1e9,null,true,"x\u00e9\\\""]}}`, `[]`, `""`, `null`, `{"a":1,"a":2}`, `[1 2]`,
		`{"a":}`, `[1,]`, `{,}`, `{"a":1}{"a":1}`, "\xff", "\ufeff{}", strings.Repeat("[", 100), `"\ud800"`, `01`, `{"a" 1}`, `[[[]]]`, `{"a":{"a":{}}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := readJSON(text)
		if err != nil {
			if (errors.Is(err, errJSONText) || errors.Is(err, errJSONMore)) && utf8.Valid(text) && json.Valid(text) {
				t.Fatalf("%q is refused: %v", text, err)
			}
			return
		}
		if !utf8.Valid(text) || !json.Valid(text) {
			t.Fatalf("%q is taken", text)
		}
		decoder := json.NewDecoder(strings.NewReader(string(text)))
		decoder.UseNumber()
		var want any
		if err := decoder.Decode(&want); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q is read as %v, want %v (%v)", text, got, want, err)
		}
	})
}

// FuzzGuard sends any text as a document: the guard never panics, is never slow, and every refusal has a code of the
// catalogue and a short message.
func FuzzGuard(f *testing.F) {
	schema := graph.NewExecutableSchema(graph.Config{}).Schema()
	limits := testLimits()
	limits.CachedDocuments = 0
	g := newGuard(schema, limits, false, false)
	for _, seed := range []string{
		"{ meetings(first: 2) { nodes { title body { name } } } }", doubling(5),
		"query($n: Int = 3, $f: MeetingFilter) { meetings(first: $n, filter: $f) { totalCount } }",
		"{ node(id: 1) { ... on Meeting { id } ...f } } fragment f on Record { version }",
		"mutation { deleteMeeting(id: 1, reason: ERROR) { deletedId } }", `{ meetings(filter: {title: {eq: """x"""}, or: []}) { edges { node { id @skip(if: true) } } } }`,
		"{ a: meetings a: organizations { totalCount } }", "subscription { x }", "{ __schema { types { name } } }", "fragment a on Query { ...a }",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		started := time.Now()
		r := admitText(g, text)
		if took := time.Since(started); took > 2*time.Second { // fuzzing runs beside others; the benchmark measures
			t.Fatalf("%q took %s", text, took)
		}
		if r == nil {
			return
		}
		for _, err := range r.errors {
			if len([]rune(err.Message)) > 4*maxMessage && codeOf(err) == "" {
				t.Fatalf("%q is refused with %v", text, err)
			}
			if codeOf(err) == "" {
				t.Fatalf("%q is refused without a code: %v", text, err)
			}
		}
	})
}

// admitText does with a document what every request goes through before it runs.
func admitText(g *guard, text string) *refusal {
	document, r := g.read(text)
	if r != nil {
		return r
	}
	operation, r := document.choose("")
	if r != nil {
		return r
	}
	vars, r := g.variables(operation.OperationDefinition, nil)
	if r != nil {
		return r
	}
	if r := g.checkArguments(operation, vars); r != nil {
		return r
	}
	_, _, r = g.cost(operation, vars, g.limits.CostUser)
	return r
}
