package resolvers

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// resent is a mutation as a client sends it, and another body that must not be sent under the same key.
type resent struct {
	field, selection string
	body, other      string
	within           string // the argument that holds the key, "" where it is an argument itself
}

func (a resent) document(body, key string) string {
	tags := `idempotencyKey: "` + key + `", clientMutationId: "m"`
	tagged := body + ", " + tags
	if a.within != "" {
		tagged = strings.TrimSuffix(body, "}") + ", " + tags + "}"
	}
	return "mutation { r: " + a.field + "(" + tagged + ") { " + a.selection + " userErrors { code path message } clientMutationId } }"
}

// recordMutations are the mutations of the schema that write records. importMinutes needs no key: the same text again changes
// nothing and says so.
func recordMutations(schema *ast.Schema) []*ast.FieldDefinition {
	var found []*ast.FieldDefinition
	for _, field := range schema.Mutation.Fields {
		if recordAnswers[field.Name] != nil && field.Name != "importMinutes" {
			found = append(found, field)
		}
	}
	return found
}

// TestEveryMutationCanBeRepeated walks the schema for a mutation of records without a key or an id that comes back.
func TestEveryMutationCanBeRepeated(t *testing.T) {
	schema := NewSchema(written(t, storetest.SQLite(t), nil, store.Options{})).Schema()
	for _, field := range recordMutations(schema) {
		for _, name := range []string{"idempotencyKey", "clientMutationId"} {
			there := field.Arguments.ForName(name) != nil
			for _, argument := range field.Arguments {
				if input := schema.Types[argument.Type.Name()]; input.Kind == ast.InputObject && input.Fields.ForName(name) != nil {
					there = true
				}
			}
			if !there {
				t.Errorf("%s takes no %s", field.Name, name)
			}
		}
		if schema.Types[field.Type.Name()].Fields.ForName("clientMutationId") == nil {
			t.Errorf("%s has no clientMutationId", field.Type.Name())
		}
	}
}

// repeater has the records that mutations of all kinds need.
type repeater struct {
	desk
	inputs *cells
	n      int
}

// fresh makes a record of a type.
func (r *repeater) fresh(typeName string) string {
	r.n++
	return r.create(typeName, r.inputs.input(typeName, r.n))
}

// inputText writes values as an input of a document. What is all capitals is a value of an enumeration.
func inputText(values map[string]any) string {
	var fields []string
	for name, value := range values {
		text := fmt.Sprintf("%#v", value)
		if word, ok := value.(string); ok && word == strings.ToUpper(word) && !strings.ContainsAny(word, "-0123456789") {
			text = word
		}
		fields = append(fields, name+": "+text)
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

// requests lists one request of each mutation that writes records.
func (r *repeater) requests() []resent {
	types := []string{"Meeting", "AgendaItem", "Decision", "Directive", "Document", "Organization", "Person", "Membership", "Attendance"}
	var all []resent
	for _, typeName := range types {
		field := strings.ToLower(typeName[:1]) + typeName[1:]
		r.n += 2
		all = append(all,
			resent{"create" + typeName, field + " { id version }", "input: " + inputText(r.inputs.input(typeName, r.n)), "input: " + inputText(r.inputs.input(typeName, r.n+1)), "input"},
			resent{"update" + typeName, field + " { id version }", `id: "` + r.fresh(typeName) + `", patch: {identifiers: [{scheme: "s", value: "1"}]}`, `id: "` + r.fresh(typeName) + `", patch: {identifiers: []}`, "patch"},
			resent{"delete" + typeName, "deletedId", `id: "` + r.fresh(typeName) + `", reason: ERROR`, `id: "` + r.fresh(typeName) + `", reason: OTHER`, ""},
		)
	}
	item, decision, directive, document := r.fresh("AgendaItem"), r.fresh("Decision"), r.fresh("Directive"), r.fresh("Document")
	seat, person, organization := r.fresh("Attendance"), r.fresh("Person"), r.fresh("Organization")
	paper := r.fresh("Document")
	r.do(`mutation($id: ID!, $org: ID!) { updateDecision(id: $id, patch: {steps: [{kind: REVISE, actors: [$org]}]}) { userErrors { code } } }`, map[string]any{"id": decision, "org": organization})
	change := r.do(`mutation($id: ID!) { updateDocument(id: $id, patch: {number: "7"}) { document { history { nodes { id } } } } }`, map[string]any{"id": r.fresh("Document")}).at("updateDocument.document.history.nodes.1.id")
	link := func(field, selection, body, other string) {
		all = append(all, resent{field: field, selection: selection, body: body, other: other})
	}
	record := "record { id version }"
	link("setVisibility", record, `id: "`+person+`", visibility: PUBLIC`, `id: "`+person+`", visibility: INTERNAL`)
	link("completeStep", "decision { id version }", `decision: "`+decision+`", order: 1, doneOn: "2022-06-20"`, `decision: "`+decision+`", order: 1, doneOn: "2022-06-21"`)
	link("mergePeople", record, `keep: "`+r.fresh("Person")+`", merge: ["`+r.fresh("Person")+`"]`, `keep: "`+r.fresh("Person")+`", merge: ["`+r.fresh("Person")+`"]`)
	link("mergeOrganizations", record, `keep: "`+r.fresh("Organization")+`", merge: ["`+r.fresh("Organization")+`"], reason: "one"`, `keep: "`+r.fresh("Organization")+`", merge: ["`+r.fresh("Organization")+`"]`)
	link("undo", record+" kept", `change: "`+change+`"`, `change: "AAAAAAAAAAAAAAAAAAAAAA"`)
	link("upsertRecords", "results { id outcome record { version } }", `records: [{fields: {person: {name: "one of many"}}}]`, `records: [{fields: {person: {name: "another of many"}}}]`)
	pair := func(noun, owner, id, added, removed string) {
		link("add"+noun, record, owner+`: "`+id+`", `+added, owner+`: "`+id+`", `+added+`, expectedVersion: 99`)
		link("remove"+noun, record, owner+`: "`+id+`", `+removed, owner+`: "`+id+`", `+removed+`, expectedVersion: 99`)
	}
	pair("Presenter", "agendaItem", item, `presenter: {organization: "`+organization+`"}`, "position: 1")
	pair("AgendaItemDocument", "agendaItem", item, `document: {document: "`+document+`"}`, `document: "`+document+`"`)
	pair("DecisionDocument", "decision", decision, `document: "`+document+`"`, `document: "`+document+`"`)
	pair("DecisionStep", "decision", decision, `step: {kind: ISSUE}`, "position: 2")
	pair("Addressee", "directive", directive, `organization: "`+organization+`"`, `organization: "`+organization+`"`)
	pair("Distribution", "document", paper, `distribution: {kind: TO, organization: "`+organization+`", label: "to"}`, "position: 1")
	pair("AttendanceItem", "attendance", seat, `agendaItem: "`+item+`"`, `agendaItem: "`+item+`"`)
	pair("Identifier", "id", paper, `identifier: {scheme: "s", value: "v"}`, `identifier: {scheme: "s", value: "v"}`)
	all = append(all,
		resent{field: "addName", selection: record, body: `id: "` + person + `", name: {text: "alias"}`, other: `id: "` + person + `", name: {text: "other"}`},
		resent{field: "removeName", selection: record, body: `id: "` + person + `", text: "alias"`, other: `id: "` + person + `", text: "other"`})
	return all
}

// TestRepeated sends one request of each mutation of records twice: the second changes nothing and answers as the first did.
// Another body under its key is refused.
func TestRepeated(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		r := &repeater{desk: desk{t, NewSchema(written(t, database, nil, store.Options{}))}, inputs: &cells{parents: map[string]string{}}}
		for name, typeName := range map[string]string{"org": "Organization", "person": "Person"} {
			r.inputs.parents[name] = r.fresh(typeName)
		}
		r.inputs.parents["meeting"] = r.fresh("Meeting")
		r.inputs.parents["item"] = r.fresh("AgendaItem")
		wanted := map[string]bool{}
		for _, field := range recordMutations(r.schema.Schema()) {
			wanted[field.Name] = true
		}
		changes := func() string { return r.do("{ changes { totalCount } }", nil).at("changes.totalCount") }
		for i, request := range r.requests() {
			delete(wanted, request.field)
			key := fmt.Sprint("k", i)
			before := changes()
			first := r.do(request.document(request.body, key), nil)
			between := changes()
			if first.at("r.userErrors") != "[]" || first.at("r.clientMutationId") != "m" || before == between {
				t.Errorf("%s: %v, changes %s, then %s", request.field, first, before, between)
				continue
			}
			if again := r.do(request.document(request.body, key), nil); again.at("r") != first.at("r") || changes() != between {
				t.Errorf("%s sent again: %v, then %v, changes %s, then %s", request.field, first, again, between, changes())
			}
			other := r.do(request.document(request.other, key), nil)
			if other.at("r.userErrors.0.code") != "INVALID" || !strings.HasSuffix(other.at("r.userErrors.0.path"), `"idempotencyKey"]`) || changes() != between {
				t.Errorf("%s, another body: %v", request.field, other)
			}
		}
		for name := range wanted {
			t.Errorf("%s was not tried", name)
		}
	})
}

// TestRepeatedWhenGone sends a request again whose record has gone since: it was done, so it does not fail.
func TestRepeatedWhenGone(t *testing.T) {
	d := desk{t, NewSchema(written(t, storetest.SQLite(t), nil, store.Options{}))}
	create := `mutation { r: createPerson(input: {name: "A", idempotencyKey: "k"}) { person { id } userErrors { code } } }`
	id := d.do(create, nil).at("r.person.id")
	d.do(`mutation($id: ID!) { deletePerson(id: $id, reason: ERROR) { deletedId } }`, map[string]any{"id": id})
	if again := d.do(create, nil); again.at("r") != `{"person":null,"userErrors":[]}` {
		t.Errorf("sent again: %v", again)
	}
}
