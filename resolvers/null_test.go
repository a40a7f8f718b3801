package resolvers

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// nullCalls writes a field once for each argument that may be null, with null for it and good values for those that must be
// given.
func nullCalls(schema *ast.Schema, field *ast.FieldDefinition, id string) []string {
	var needed, calls []string
	for _, argument := range field.Arguments {
		if !argument.Type.NonNull || argument.DefaultValue != nil {
			continue
		}
		value := `"市"`
		switch t := schema.Types[argument.Type.Name()]; {
		case t.Kind == ast.Enum:
			value = t.EnumValues[0].Name
		case t.Name == "ID":
			value = `"` + id + `"`
		}
		if argument.Type.Elem != nil {
			value = "[" + value + "]"
		}
		needed = append(needed, argument.Name+": "+value)
	}
	body := ""
	if !schema.Types[field.Type.Name()].IsLeafType() {
		body = " { __typename }"
	}
	for _, argument := range field.Arguments {
		if !argument.Type.NonNull {
			calls = append(calls, field.Name+"("+strings.Join(append(needed, argument.Name+": null"), ", ")+")"+body)
		}
	}
	return calls
}

// TestNullArguments gives null to each argument of a question that may be null: it means what leaving it out means. One that
// has a default may be null, as the specification has it for all that is optional.
func TestNullArguments(t *testing.T) {
	s := populated(t, storetest.SQLite(t), 3, store.Options{})
	schema := NewSchema(s)
	all := schema.Schema()
	d := desk{t, schema}
	person := d.do(`{ people(first: 1) { nodes { id } } }`, nil).at("people.nodes.0.id")
	var questions []string
	for _, field := range all.Query.Fields {
		for _, argument := range field.Arguments {
			if argument.Type.NonNull && argument.DefaultValue != nil {
				t.Errorf("%s(%s) has a default and may not be null", field.Name, argument.Name)
			}
		}
		if strings.HasPrefix(field.Name, "__") || field.Name == "importJobs" { // jobs need a server that runs them
			continue
		}
		for _, call := range nullCalls(all, field, person) {
			questions = append(questions, "{ "+call+" }")
		}
	}
	for _, list := range rootLists {
		connection := all.Types[all.Query.Fields.ForName(list).Type.Name()]
		for _, call := range nullCalls(all, connection.Fields.ForName("groups"), person) {
			questions = append(questions, "{ "+list+" { "+call+" } }")
		}
		for _, field := range all.Types[connection.Fields.ForName("nodes").Type.Name()].Fields {
			for _, call := range nullCalls(all, field, person) {
				questions = append(questions, "{ "+list+"(first: 2) { nodes { "+call+" } } }")
			}
		}
	}
	if len(questions) < 200 {
		t.Errorf("only %d questions", len(questions))
	}
	for _, question := range questions {
		if answer := ask(t, schema, models.Actor{Subject: "ada", Role: models.RoleAdmin}, question, nil); len(answer.Errors) > 0 {
			t.Errorf("%s: %v", question, answer.Errors)
		}
	}
	for question, want := range map[string]string{
		`neighbors(id: "` + person + `", depth: %, first: %) { nodes { id } edges { kind } }`: "null",
		`network(kind: CO_ATTENDANCE, minWeight: %, first: %) { meetings }`:                   "null",
		`path(from: "` + person + `", to: "` + person + `", maxLength: %) { length }`:         "null",
	} {
		left := question
		for _, name := range []string{"depth", "first", "minWeight", "maxLength"} {
			left = strings.ReplaceAll(strings.ReplaceAll(left, ", "+name+": %", ""), name+": %", "")
		}
		a, b := d.do("{ r: "+left+" }", nil), d.do("{ r: "+strings.ReplaceAll(question, "%", want)+" }", nil)
		if a.at("r") != b.at("r") || a.at("r") == "null" {
			t.Errorf("%s: %v with null, %v without", question, b, a)
		}
	}
}

// TestNullCosts gives null for the size that a price is multiplied by: it costs what the default costs.
func TestNullCosts(t *testing.T) {
	g := newGuard(NewSchema(populated(t, storetest.SQLite(t), 0, store.Options{})).Schema(), testLimits(), false, false)
	price := func(document string, variables map[string]any) int {
		document = "query($n: Int) { " + document + " }"
		known, r := g.read(document)
		if r != nil {
			t.Fatal(r.errors)
		}
		cost, _, r := g.cost(known.operations[0], variables, 50_000)
		if r != nil {
			t.Fatal(r.errors)
		}
		return cost
	}
	with := `network(kind: OWES, first: $n) { nodes { record { id } } }`
	want := price(with, map[string]any{"n": int64(100)})
	for _, variables := range []map[string]any{{"n": nil}, {}} {
		if got := price(with, variables); got != want {
			t.Errorf("%v costs %d, 100 costs %d", variables, got, want)
		}
	}
}
