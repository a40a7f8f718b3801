package resolvers

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// desk asks mutations as an ADMIN and reads the answers.
type desk struct {
	testing.TB
	schema graphql.ExecutableSchema
}

func deskOn(t testing.TB, database string) desk {
	t.Helper()
	return desk{t, NewSchema(populated(t, database, 0, store.Options{}))}
}

// facts is a part of an answer, found by its path.
type facts map[string]any

func (d desk) ask(actor models.Actor, query string, variables map[string]any) facts {
	d.Helper()
	response := ask(d, d.schema, actor, query, variables)
	if len(response.Errors) > 0 {
		d.Fatalf("%v\n%s", response.Errors, query)
	}
	var out facts
	if err := json.Unmarshal(response.Data, &out); err != nil {
		d.Fatal(err)
	}
	return out
}

func (d desk) do(query string, variables map[string]any) facts {
	d.Helper()
	return d.ask(models.Actor{Subject: "ada", Role: models.RoleAdmin}, query, variables)
}

// at returns what stands at a path of names and indexes, as JSON.
func (a facts) at(path string) string {
	var value any = map[string]any(a)
	for step := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[step]
		case []any:
			i := int(step[0] - '0')
			if i >= len(v) {
				return "missing"
			}
			value = v[i]
		}
	}
	text, _ := json.Marshal(value) //nolint:errchkjson // it was JSON before
	return strings.Trim(string(text), `"`)
}

// create makes a record with a type's create mutation and returns its id.
func (d desk) create(typeName string, input map[string]any) string {
	d.Helper()
	field := strings.ToLower(typeName[:1]) + typeName[1:]
	query := "mutation($input: Create" + typeName + "Input!) { create" + typeName + "(input: $input) { " + field + " { id } userErrors { code message path } } }"
	a := d.do(query, map[string]any{"input": input})
	id := a.at("create" + typeName + "." + field + ".id")
	if id == "" || id == "null" {
		d.Fatalf("create%s: %v", typeName, a)
	}
	return id
}

// TestMutations goes through the life of a meeting as the admin desk does.
func TestMutations(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		d := deskOn(t, database)
		council := d.create("Organization", map[string]any{"name": "太仓市人民政府", "kind": "GOVERNMENT", "visibility": "PUBLIC"})
		bureau := d.create("Organization", map[string]any{"name": "市科技局", "parent": council, "names": []any{map[string]any{"text": "科技局"}}})
		person := d.create("Person", map[string]any{"name": "万芬奇"})
		meeting := d.create("Meeting", map[string]any{"title": "第7次常务会议", "heldOn": "2022-06-01", "body": council, "startsAt": "2022-06-01T01:00:00Z", "visibility": "PUBLIC"})
		paper := d.create("Document", map[string]any{"title": "行动计划", "kind": "PLAN", "issuedOn": "2022-05-01",
			"distribution": []any{map[string]any{"kind": "TO", "label": "各镇人民政府", "collective": true}}})
		item := d.create("AgendaItem", map[string]any{"meeting": meeting, "position": 1, "kind": "DELIBERATE", "title": "审议",
			"documents": []any{map[string]any{"document": paper}}, "presenters": []any{map[string]any{"organization": bureau, "person": person}}})
		decision := d.create("Decision", map[string]any{"agendaItem": item, "text": "原则同意", "outcome": "APPROVED_IN_PRINCIPLE", "documents": []any{paper},
			"steps": []any{map[string]any{"kind": "REVISE", "actors": []any{bureau}, "dueOn": "2022-07-01"}}})
		d.create("Directive", map[string]any{"agendaItem": item, "position": 1, "text": "抓好落实", "addressees": []any{bureau}})
		d.create("Membership", map[string]any{"person": person, "organization": bureau, "role": "局长", "start": "2020-01-01"})
		seat := d.create("Attendance", map[string]any{"meeting": meeting, "person": person, "label": "万芬奇", "capacity": "ATTENDING", "position": 1})

		a := d.do(`mutation($id: ID!) { updateMeeting(id: $id, patch: {place: "三楼", clientMutationId: "m1"}, expectedVersion: 1) {
			clientMutationId userErrors { code }
			meeting { version place startsAt body { name } agendaItems { totalCount nodes { title presenters { nodes { person { name } } }
				decisions { nodes { text steps { kind status actors { name } } } } } } history { nodes { operation fields { field after } } } } } }`, map[string]any{"id": meeting})
		for path, want := range map[string]string{
			"updateMeeting.clientMutationId":                                                    "m1",
			"updateMeeting.userErrors":                                                          "[]",
			"updateMeeting.meeting.version":                                                     "2",
			"updateMeeting.meeting.place":                                                       "三楼",
			"updateMeeting.meeting.startsAt":                                                    "2022-06-01T01:00:00.000000Z",
			"updateMeeting.meeting.body.name":                                                   "太仓市人民政府",
			"updateMeeting.meeting.agendaItems.totalCount":                                      "1",
			"updateMeeting.meeting.agendaItems.nodes.0.presenters.nodes.0.person.name":          "万芬奇",
			"updateMeeting.meeting.agendaItems.nodes.0.decisions.nodes.0.steps.0.actors.0.name": "市科技局",
			"updateMeeting.meeting.history.nodes.1.operation":                                   "UPDATE",
			"updateMeeting.meeting.history.nodes.1.fields.0.field":                              "place",
		} {
			if got := a.at(path); got != want {
				t.Errorf("%s: %s, want %s", path, got, want)
			}
		}
		a = d.do(`mutation($id: ID!) { updateMeeting(id: $id, patch: {place: null}, expectedVersion: 1) { userErrors { code path currentVersion } meeting { id } } }`, map[string]any{"id": meeting})
		if a.at("updateMeeting.userErrors.0.code") != "CONFLICT" || a.at("updateMeeting.userErrors.0.currentVersion") != "2" || a.at("updateMeeting.meeting") != "null" {
			t.Errorf("a lost update: %v", a)
		}
		a = d.do(`mutation($id: ID!) { completeStep(decision: $id, order: 1, doneOn: "2022-06-20") { userErrors { code } decision { version steps { status doneOn } } } }`, map[string]any{"id": decision})
		if a.at("completeStep.decision.steps.0.status") != "DONE" || a.at("completeStep.decision.version") != "2" {
			t.Errorf("completeStep: %v", a)
		}
		guest := d.ask(models.Actor{}, `query($id: ID!) { attendance(id: $id) { label } }`, map[string]any{"id": seat})
		if guest.at("attendance") != "null" {
			t.Errorf("a guest sees what is internal: %v", guest)
		}
		a = d.do(`mutation($id: ID!) { deleteMeeting(id: $id, reason: ERROR, clientMutationId: "d") { deletedId clientMutationId userErrors { code } } }`, map[string]any{"id": meeting})
		if a.at("deleteMeeting.deletedId") != meeting || a.at("deleteMeeting.clientMutationId") != "d" {
			t.Errorf("deleteMeeting: %v", a)
		}
		a = d.do(`{ changes(first: 100, types: [MEETING]) { nodes { id operation recordId } } }`, nil)
		a = d.do(`mutation($id: ID!) { undo(change: $id) { kept userErrors { code message } record { id version ... on Meeting { title decisions { totalCount } } } } }`,
			map[string]any{"id": a.at("changes.nodes.2.id")})
		if a.at("undo.record.id") != meeting || a.at("undo.record.decisions.totalCount") != "1" || a.at("undo.record.version") != "4" {
			t.Errorf("undo: %v", a)
		}
	})
}

// TestMutationFailures holds what expected failures look like: a code, and the place in the arguments.
func TestMutationFailures(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		d := deskOn(t, database)
		org := d.create("Organization", map[string]any{"name": "A"})
		person, twin := d.create("Person", map[string]any{"name": "甲"}), d.create("Person", map[string]any{"name": "乙"})
		missing := models.EncodeID(models.TypeOrganization, models.NewID())
		for query, want := range map[string]string{
			`mutation { r: createOrganization(input: {name: "A"}) { userErrors { code path existing } } }`:                                   `[{"code":"DUPLICATE","existing":"` + org + `","path":["input","name"]}]`,
			`mutation { r: createMeeting(input: {title: " ", heldOn: "2022-06-01", body: "` + missing + `"}) { userErrors { code path } } }`: `[{"code":"INVALID","path":["input","title"]}]`,
			`mutation { r: createMeeting(input: {title: "M", heldOn: "2022-06-01", body: "` + missing + `"}) { userErrors { code path } } }`: `[{"code":"NOT_FOUND","path":["input","body"]}]`,
			`mutation { r: updateOrganization(id: "` + missing + `", patch: {name: "B"}) { userErrors { code path } } }`:                     `[{"code":"NOT_FOUND","path":["id"]}]`,
			`mutation { r: updateOrganization(id: "` + person + `", patch: {name: "B"}) { userErrors { code path } } }`:                      `[{"code":"NOT_FOUND","path":["id"]}]`,
			`mutation { r: updateOrganization(id: "` + org + `", patch: {parent: "` + org + `"}) { userErrors { code path } } }`:             `[{"code":"INVALID","path":["patch","parent"]}]`,
			`mutation { r: deleteOrganization(id: "` + missing + `", reason: ERROR) { userErrors { code path } } }`:                          `[{"code":"NOT_FOUND","path":["id"]}]`,
			`mutation { r: setVisibility(id: "` + missing + `", visibility: PUBLIC) { userErrors { code path } } }`:                          `[{"code":"NOT_FOUND","path":["id"]}]`,
			`mutation { r: mergePeople(keep: "` + person + `", merge: ["` + person + `"]) { userErrors { code path } } }`:                    `[{"code":"INVALID","path":["merge","0"]}]`,
			`mutation { r: mergePeople(keep: "` + person + `", merge: ["` + twin + `"]) { userErrors { code path } } }`:                      `[]`,
			`mutation { r: mergeOrganizations(keep: "` + org + `", merge: ["` + missing + `"]) { userErrors { code path } } }`:               `[{"code":"NOT_FOUND","path":["merge","0"]}]`,
			`mutation { r: undo(change: "AAAAAAAAAAAAAAAAAAAAAA") { userErrors { code path } } }`:                                            `[{"code":"NOT_FOUND","path":["change"]}]`,
		} {
			if got := d.do(query, nil).at("r.userErrors"); got != want {
				t.Errorf("%s: %s, want %s", query, got, want)
			}
		}
		for _, query := range []string{
			`mutation { updateOrganization(id: "1 OR 1=1", patch: {name: "B"}) { userErrors { code } } }`,
			`mutation { undo(change: "1") { userErrors { code } } }`,
		} {
			if response := ask(t, d.schema, models.Actor{Subject: "ada", Role: models.RoleAdmin}, query, nil); len(response.Errors) != 1 {
				t.Errorf("%s: %s", query, response.Data)
			}
		}
	})
}

// TestIdempotencyKey sends a request twice, and another one under its key.
func TestIdempotencyKey(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		d := deskOn(t, database)
		create := `mutation($name: String!) { createPerson(input: {name: $name, idempotencyKey: "k"}) { person { id name } userErrors { code path } } }`
		first := d.do(create, map[string]any{"name": "甲"})
		again := d.do(create, map[string]any{"name": "甲"})
		if first.at("createPerson.person.id") != again.at("createPerson.person.id") || again.at("createPerson.person.name") != "甲" {
			t.Errorf("sent twice: %v, then %v", first, again)
		}
		other := d.do(create, map[string]any{"name": "乙"})
		if got := other.at("createPerson.userErrors"); got != `[{"code":"INVALID","path":["input","idempotencyKey"]}]` {
			t.Errorf("another request under the key: %s", got)
		}
	})
}

// TestEveryMutationIsGated walks the schema for a mutation that anybody may call.
func TestEveryMutationIsGated(t *testing.T) {
	schema := NewSchema(populated(t, storetest.SQLite(t), 0, store.Options{})).Schema()
	for _, field := range schema.Mutation.Fields {
		if _, gated := requiredRole(schema, field); !gated && field.Name != "signIn" {
			t.Errorf("%s has no @auth", field.Name)
		}
	}
}
