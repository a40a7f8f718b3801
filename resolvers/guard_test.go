package resolvers

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/minutebook/minutebook/graph"
	"github.com/minutebook/minutebook/models"
)

// doubling is a chain of fragments, each spreading the next twice.
func doubling(n int) string {
	var b strings.Builder
	b.WriteString("{ ...f0 } ")
	for i := range n {
		fmt.Fprintf(&b, "fragment f%d on Query { ...f%d ...f%d } ", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "fragment f%d on Query { __typename }", n)
	return b.String()
}

func TestGuardLimits(t *testing.T) {
	b := newBench(t)
	deep := "{ things(first: 1) { nodes { " + strings.Repeat("parent { ", 11) + "id" + strings.Repeat(" }", 11) + " } } }"
	fits := "{ things(first: 1) { nodes { " + strings.Repeat("parent { ", 9) + "id" + strings.Repeat(" }", 9) + " } } }"
	var aliases, roots, directives strings.Builder
	for i := range 31 {
		fmt.Fprintf(&aliases, "a%d: id ", i)
		directives.WriteString("id @include(if: true) ")
	}
	for i := range 21 {
		fmt.Fprintf(&roots, "a%d: dear ", i)
	}
	for _, c := range []struct{ name, document, code string }{
		{"fits", fits, ""},
		{"bytes", "{ __typename } #" + strings.Repeat("x", 33<<10), codeTokens},
		{"tokens", "{ " + strings.Repeat("__typename ", 2000) + "}", codeTokens},
		{"commas", "{ __typename " + strings.Repeat(",", 40<<10) + "}", codeTokens},
		{"depth", deep, codeDepth},
		{"aliases", "{ things(first: 1) { nodes { " + aliases.String() + "} } }", codeAliases},
		{"roots", "{ " + roots.String() + "}", codeRootFields},
		{"mutations", "mutation { " + strings.Repeat("open ", 6) + "}", codeRootFields},
		{"directives", "{ things(first: 1) { nodes { " + directives.String() + "} } }", codeTokens},
		{"repeated", "{ things(first: 1) { nodes { " + strings.Repeat("id ", 600) + "} } }", codeCost},
		{"doubling", doubling(60), codeRootFields},
		{"doubling below", "{ things(first: 1) { nodes { ...g } } } fragment g on Thing { " + "...h ...h } fragment h on Thing { id }" + doubling(2)[len("{ ...f0 }"):], codeValidation},
		{"circle", "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", codeValidation},
		{"own circle", "{ ...a } fragment a on Query { ...a }", codeValidation},
		{"circle apart", "{ __typename } fragment a on Query { ...a }", codeValidation},
		{"cost", "{ things(first: 100) { nodes { things(first: 100) { nodes { things(first: 100) { nodes { id } } } } } } }", codeCost},
		{"default pages", "{ things { nodes { things { nodes { things { nodes { things { nodes { id } } } } } } } } }", codeCost},
		{"edges", "{ things(first: 100) { edges { node { things(first: 100) { edges { node { id } } } } } } }", codeCost},
		{"page", "{ things(first: 101) { totalCount } }", codeBadInput},
		{"negative", "{ things(last: -1) { totalCount } }", codeBadInput},
		{"both", "{ things(first: 1, last: 1) { totalCount } }", codeBadInput},
		{"nested page", "{ nodes(ids: [1]) { things(first: 1000000) { totalCount } } }", codeBadInput},
		{"skipped", "{ things(first: 100) @skip(if: true) { nodes { things(first: 100) { nodes { things(first: 100) { nodes { id } } } } } } __typename }", ""},
		{"no operation", "fragment f on Query { __typename }", codeValidation},
		{"empty", "", codeParse},
		{"two operations", "query a { __typename } query b { __typename }", codeBadInput},
	} {
		started := time.Now()
		if r := b.ask(c.document, ""); r.code() != c.code {
			t.Errorf("%s: %q, want %q: %.200s", c.name, r.code(), c.code, r.text)
		}
		if took := time.Since(started); took > time.Second {
			t.Errorf("%s took %s", c.name, took)
		}
	}
}

// A limit that only holds for one operation of a document would be passed by writing it as many.
func TestGuardManyOperations(t *testing.T) {
	var b strings.Builder
	for i := range 20 {
		fmt.Fprintf(&b, "query q%d { things(first: 1) { nodes { %s } } } ", i, strings.Repeat("id ", 60))
	}
	r := newBench(t).post(`{"query":` + fmt.Sprintf("%q", b.String()) + `,"operationName":"q0"}`)
	if r.code() != codeCost {
		t.Errorf("1,200 fields in 20 operations: %.300s", r.text)
	}
}

func TestCost(t *testing.T) {
	g := newGuard(tinySchema, testLimits(), false, false)
	for _, c := range []struct {
		document string
		vars     map[string]any
		want     int
	}{
		{"{ __typename }", nil, 2},
		{"{ things(first: 10) { nodes { id } } }", nil, 13},                  // 1 + 1 + 10 + 10 values
		{"{ things(first: 10) { edges { node { id } } } }", nil, 13},         // the same, the wrapper node is a value more
		{"{ things(first: 10) { nodes { id } edges { cursor } } }", nil, 13}, // one page, asked for twice
		{"{ things { totalCount } }", nil, 3},                                // no record is handed out
		{"{ things(first: 0) { nodes { id } } }", nil, 2},                    //
		{"{ things { nodes { id } } }", nil, 23},                             // the default page
		{"query($n: Int) { things(first: $n) { nodes { id } } }", map[string]any{"n": int64(50)}, 53},
		{"query($n: Int) { things(first: $n) { nodes { id } } }", nil, 23},
		{"{ things(first: 2) { nodes { things(first: 3) { nodes { id } } } } }", nil, 13}, // 1 + 1 + 2 + 2 × (1 + 3 + 3 values)
		{"{ things(first: 10) { nodes { id } } ...f } fragment f on Query { things(first: 10) { nodes { id } } }", nil, 13},
		{"{ things(first: 10) { nodes { id } } ...f } fragment f on Query { things(first: 10) { nodes { name } } }", nil, 13},
		{"{ dear }", nil, 501},
		{"{ scaled(n: 4) { text } }", nil, 4}, // 1 + 2 + 4 values
		{"{ nodes(ids: [1, 2, 3]) { id } }", nil, 2},
	} {
		document, r := g.read(c.document)
		if r != nil {
			t.Fatalf("%s: %v", c.document, r.errors)
		}
		got, _, r := g.cost(document.operations[0], c.vars, 10_000)
		if r != nil || got != c.want {
			t.Errorf("%s with %v costs %d, want %d (%v)", c.document, c.vars, got, c.want, r)
		}
	}
}

// The first question of the documentation must not be too dear for a guest.
func TestCostOfTheUsual(t *testing.T) {
	g := newGuard(graph.NewExecutableSchema(graph.Config{}).Schema(), testLimits(), false, false)
	for _, text := range []string{
		"{ meetings(first: 20) { nodes { title agendaItems { nodes { title presenters { nodes { organization { name } } } } } } } }",
		"{ meetings(first: 20) { totalCount pageInfo { hasNextPage endCursor } nodes { id title heldOn body { id name } chair { id name } } } }",
		"{ meetings(first: 50) { nodes { id title agendaItems(first: 10) { nodes { id title } } attendances(first: 10) { nodes { label person { name } } } } } }",
	} {
		document, r := g.read(text)
		if r != nil {
			t.Fatalf("%s: %v", text, r.errors)
		}
		if cost, _, r := g.cost(document.operations[0], nil, testLimits().costLimit(models.Actor{})); r != nil {
			t.Errorf("%s is refused: %v", text, r.errors)
		} else {
			t.Logf("%5d  %s", cost, text)
		}
	}
}

func TestSaturation(t *testing.T) {
	if got := plus(saturated, math.MaxInt/2); got != saturated {
		t.Errorf("plus gives %d", got)
	}
	if got := times(saturated, saturated); got != saturated {
		t.Errorf("times gives %d", got)
	}
	if got := times(0, saturated); got != 0 {
		t.Errorf("nothing times much is %d", got)
	}
}

// The rules of graphql-js 16 for variables.
func TestVariables(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		typ, value string
		good       bool
	}{
		{"Int", "1", true}, {"Int", "1.0", true}, {"Int", "1e2", true}, {"Int", "null", true}, {"Int", `"1"`, false}, {"Int", "1.5", false},
		{"Int", "2147483648", false}, {"Int", "-2147483648", true}, {"Int", "true", false}, {"Int", "[1]", false}, {"Int!", "null", false},
		{"Float", "1", true}, {"Float", "1.5", true}, {"Float", `"1.5"`, false}, {"Float", "1e999", false},
		{"String", `"x"`, true}, {"String", "1", false}, {"String", "true", false}, {"String", "{}", false},
		{"Boolean", "true", true}, {"Boolean", `"true"`, false}, {"Boolean", "1", false},
		{"ID", `"x"`, true}, {"ID", "1", true}, {"ID", "1.5", false}, {"ID", "true", false}, {"ID", `{"$gt":""}`, false},
		{"Role", `"EDITOR"`, true}, {"Role", `"editor"`, false}, {"Role", "0", false}, {"Role", `"NOBODY"`, false},
		{"Date", `"2022-06-01"`, true}, {"Date", `"2022-02-30"`, false}, {"Date", "20220601", false}, {"Date", `"<script>"`, false},
		{"[Int!]", "[1,2]", true}, {"[Int!]", "1", true}, {"[Int!]", "[null]", false}, {"[Int!]", `["1"]`, false},
		{"Which", `{"id":"1"}`, true}, {"Which", "{}", false}, {"Which", `{"id":"1","name":"x"}`, false}, {"Which", `{"id":null}`, false},
		{"Which", `{"other":1}`, false}, {"Which", `"x"`, false},
	} {
		argument := strings.ToLower(strings.Trim(c.typ, "[]!"))
		if strings.HasPrefix(c.typ, "[") {
			argument = "list"
		}
		r := b.ask(fmt.Sprintf("query($v: %s) { take(%s: $v) }", c.typ, argument), `{"v":`+c.value+`}`)
		if c.good != (r.code() == "") || !c.good && r.code() != codeBadInput {
			t.Errorf("%s for %s: %s", c.value, c.typ, r.text)
		}
		if strings.Contains(r.text, "script") {
			t.Errorf("the value is repeated: %s", r.text)
		}
	}
	if r := b.ask("query($v: Int!) { take(int: $v) }", ""); r.code() != codeBadInput {
		t.Errorf("a required variable that is missing: %s", r.text)
	}
	if r := b.ask("query($v: Int = 7) { take(int: $v) }", "{}"); r.code() != "" {
		t.Errorf("a variable with a default: %s", r.text)
	}
}

func TestLiterals(t *testing.T) {
	b := newBench(t)
	for literal, good := range map[string]bool{
		"int: 1": true, "int: 2147483648": false, "int: 99999999999999999999": false, `int: "1"`: false, "int: 1.0": false,
		"string: 1": false, "id: 1": true, "id: 1.5": false, `date: "2022-06-01"`: true, `date: "<script>"`: false, "date: 20220601": false,
		"which: {}": false, "which: {id: 1}": true, `which: {id: 1, name: ""}`: false, "which: {id: null}": false, "role: EDITOR": true, "role: NOBODY": false,
	} {
		r := b.ask("{ take("+literal+") }", "")
		if good != (r.code() == "") || !good && r.code() != codeValidation {
			t.Errorf("%s: %s", literal, r.text)
		}
	}
}

func TestFilters(t *testing.T) {
	b := newBench(t)
	many := strings.Repeat(`{name: {eq: "x"}} `, 101)
	for _, c := range []struct {
		filter, variables string
		good              bool
	}{
		{`{name: {eq: "x"}}`, "", true},
		{`{name: {eq: null}}`, "", false},
		{`{name: null}`, "", false},
		{`{not: null}`, "", false},
		{`{or: []}`, "", false},
		{`{and: []}`, "", true},
		{`{name: {in: []}}`, "", true},
		{`{or: [{name: {eq: "x"}}, {name: {eq: null}}]}`, "", false},
		{"{or: [" + many + "]}", "", false},
		{strings.Repeat("{not: ", 8) + "{}" + strings.Repeat("}", 8), "", false},
		{strings.Repeat("{not: ", 7) + "{}" + strings.Repeat("}", 7), "", true},
		{`{name: {eq: $s}}`, `{"s":"x"}`, true},
		{`{name: {eq: $s}}`, `{"s":null}`, false},
		{`{name: {eq: $s}}`, `{}`, true}, // an absent variable is an absent field
		{"$f", `{"f":null}`, true},
		{"$f", `{"f":{"not":null}}`, false},
		{"$f", `{"f":{"or":[]}}`, false},
		{"$f", `{"f":{"name":{"in":[` + strings.Repeat(`"x",`, 500) + `"x"]}}}`, false},
		{"$f", `{"f":{"nom":{}}}`, false},
	} {
		document := "query($f: ThingFilter, $s: String) { things(filter: " + c.filter + ", first: 1) { totalCount } used: take(string: $s) also: things(filter: $f) { totalCount } }"
		r := b.ask(document, c.variables)
		if c.good != (r.code() == "") || !c.good && r.code() != codeBadInput {
			t.Errorf("%.100s with %.100s: %.300s", c.filter, c.variables, r.text)
		}
	}
}

func TestDocumentCache(t *testing.T) {
	g := newGuard(tinySchema, testLimits(), false, false)
	first, _ := g.read("{ __typename }")
	again, _ := g.read("{ __typename }")
	if first == nil || first != again {
		t.Error("a document is parsed twice")
	}
	for i := range 2000 {
		if _, r := g.read(fmt.Sprintf("{ __typename } # %d %s", i, strings.Repeat("x", 3000))); r != nil {
			t.Fatal(r.errors)
		}
	}
	if g.cache.used > g.limits.CacheAll || g.cache.list.Len() > g.limits.CachedDocuments {
		t.Errorf("%d documents of %d bytes are kept", g.cache.list.Len(), g.cache.used)
	}
	weight := 0
	for _, text := range g.cache.list.Keys() {
		weight += weigh(text)
	}
	if weight != g.cache.used {
		t.Errorf("the cache counts %d bytes and holds %d", g.cache.used, weight)
	}
}

// TestMutationsAreGated walks the schema: whoever adds a mutation has to say who may call it.
func TestMutationsAreGated(t *testing.T) {
	schema := graph.NewExecutableSchema(graph.Config{}).Schema()
	open := map[string]bool{"signIn": true}
	own := map[string]bool{"signOut": true} // changes nothing but the token that asks
	for _, field := range schema.Mutation.Fields {
		role, gated := requiredRole(schema, field)
		switch {
		case open[field.Name]:
		case !gated:
			t.Errorf("Mutation.%s has no @auth", field.Name)
		case !role.AtLeast(models.RoleEditor) && !own[field.Name]:
			t.Errorf("Mutation.%s is open to %q", field.Name, role)
		case strings.HasPrefix(field.Name, "delete") && role != models.RoleAdmin:
			t.Errorf("Mutation.%s is open to %q", field.Name, role)
		}
	}
	if len(schema.Mutation.Fields) < 10 {
		t.Errorf("only %d mutations were looked at", len(schema.Mutation.Fields))
	}
}

func TestPrintedSchema(t *testing.T) {
	text := PrintSchema(graph.NewExecutableSchema(graph.Config{}).Schema())
	for _, want := range []string{"type Meeting implements Record & Node", "directive @auth(", "createMeeting(input: CreateMeetingInput!): CreateMeetingPayload! @auth(requires: EDITOR)"} {
		if !strings.Contains(text, want) {
			t.Errorf("the printed schema lacks %s", want)
		}
	}
	for _, inside := range []string{"goField", "goModel", "goTag", "type __", "directive @skip", "directive @defer"} {
		if strings.Contains(text, inside) {
			t.Errorf("the printed schema shows %s", inside)
		}
	}
}

func TestRequiredRole(t *testing.T) {
	got := map[string]models.Role{}
	for _, field := range tinySchema.Mutation.Fields {
		if role, gated := requiredRole(tinySchema, field); gated {
			got[field.Name] = role
		}
	}
	want := map[string]models.Role{"change": models.RoleEditor, "destroy": models.RoleAdmin, "upload": models.RoleEditor}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("roles %v, want %v", got, want)
	}
}
