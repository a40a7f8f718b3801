package resolvers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// TestEveryMutationHasARule holds that the directive of each mutation says what the table of rules says.
func TestEveryMutationHasARule(t *testing.T) {
	schema := NewSchema(populated(t, storetest.SQLite(t), 0, store.Options{})).Schema()
	for _, field := range schema.Mutation.Fields {
		if strings.HasPrefix(field.Name, "__") {
			continue
		}
		role, _ := requiredRole(schema, field)
		if least := leastRole(field.Name); actOf(field.Name) == "" || least != role {
			t.Errorf("%s: @auth says %q, the table %q (%q)", field.Name, role, least, actOf(field.Name))
		}
	}
}

// cells tries the table of rules over HTTP.
type cells struct {
	*bench
	desk
	files   *bench // the same server below /export/
	parents map[string]string
	tried   int
}

// input returns the values of a new record of a type, below parents that everybody sees.
func (c *cells) input(typeName string, n int) map[string]any {
	p := c.parents
	name := fmt.Sprintf("%s %d", typeName, n)
	switch typeName {
	case "Meeting":
		return map[string]any{"title": name, "heldOn": "2022-06-01", "body": p["org"]}
	case "AgendaItem":
		return map[string]any{"title": name, "meeting": p["meeting"], "position": 1, "kind": "OTHER"}
	case "Decision":
		return map[string]any{"text": name, "agendaItem": p["item"]}
	case "Directive":
		return map[string]any{"text": name, "agendaItem": p["item"], "position": 1}
	case "Document":
		return map[string]any{"title": name, "kind": "PLAN"}
	case "Membership":
		return map[string]any{"role": name, "person": p["person"], "organization": p["org"]}
	case "Attendance":
		return map[string]any{"label": name, "meeting": p["meeting"], "capacity": "ATTENDING", "position": 1}
	}
	return map[string]any{"name": name}
}

// ask sends a document as a role and reports whether it was let through; what stands in the way must be the right refusal.
func (c *cells) allowed(role models.Role, document, variables string) (bool, reply) {
	var headers []string
	if role != auth.Guest {
		headers = []string{"Authorization", bearer(c.token(role, time.Minute))}
	}
	c.tried++
	r := c.bench.ask(document, variables, headers...)
	switch code := r.code(); {
	case code == "":
		return true, r
	case role == auth.Guest && code != codeUnauthenticated, role != auth.Guest && code != codeForbidden:
		c.Errorf("%q, %s: refused with %s", role, document, r.text)
	}
	return false, r
}

// TestEveryCellOfTheRules reads the table of rules and tries each cell over HTTP: each type of record, role, act and
// visibility.
func TestEveryCellOfTheRules(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := populated(t, database, 0, store.Options{})
		b := office(t, s)
		files := httptest.NewServer(Around(b.api.Export(s), b.api.options.Log, nil, func(*http.Request, int, time.Duration) {}))
		t.Cleanup(files.Close)
		c := &cells{bench: b, desk: desk{t, NewSchema(s)}, files: &bench{t: t, api: b.api, server: files}, parents: map[string]string{}}
		c.parents["org"] = c.create("Organization", map[string]any{"name": "parent", "visibility": "PUBLIC"})
		c.parents["person"] = c.create("Person", map[string]any{"name": "parent", "visibility": "PUBLIC"})
		c.parents["meeting"] = c.create("Meeting", map[string]any{"title": "parent", "heldOn": "2022-06-01", "body": c.parents["org"], "visibility": "PUBLIC"})
		c.parents["item"] = c.create("AgendaItem", map[string]any{"meeting": c.parents["meeting"], "position": 1, "kind": "OTHER", "title": "parent", "visibility": "PUBLIC"})
		for n, typeName := range []string{"Meeting", "AgendaItem", "Decision", "Directive", "Document", "Organization", "Person", "Membership", "Attendance"} {
			for _, visibility := range []models.Visibility{models.VisibilityPublic, models.VisibilityInternal} {
				for i, role := range []models.Role{auth.Guest, models.RoleViewer, models.RoleEditor, models.RoleAdmin} {
					input := c.input(typeName, 100*n+10*i+len(visibility))
					input["visibility"] = string(visibility)
					c.record(typeName, c.create(typeName, input), role, visibility, 100*n+10*i+len(visibility)+5)
				}
			}
		}
		t.Logf("%d requests", c.tried)
	})
}

// record tries all acts on one record as one role.
func (c *cells) record(typeName, id string, role models.Role, visibility models.Visibility, n int) {
	field := strings.ToLower(typeName[:1]) + typeName[1:]
	expect := func(act models.Act, got bool, what string, r reply) {
		c.Helper()
		if want := models.Allows(role, act, visibility); got != want {
			c.Errorf("%q, %s of a %s %s (%s): %t, the table says %t: %s", role, act, visibility, typeName, what, got, want, r.text)
		}
	}
	variables := fmt.Sprintf(`{"id":%q}`, id)
	_, r := c.allowed(role, `query($id: ID!) { r: `+field+`(id: $id) { id } }`, variables)
	expect(models.ActRead, strings.Contains(r.text, id), "by id", r)
	_, r = c.allowed(role, `query($id: ID!) { r: `+plural[typeName]+`(filter: {id: {eq: $id}}) { totalCount nodes { id } } }`, variables)
	expect(models.ActRead, strings.Contains(r.text, id) && strings.Contains(r.text, `"totalCount":1`), "in a list", r)
	_, r = c.allowed(role, `query($id: ID!) { r: node(id: $id) { ... on Record { history(first: 1) { nodes { recordId } } } } }`, variables)
	expect(models.ActRead, strings.Contains(r.text, id), "in its history", r)

	c.takenAway(typeName, id, role, expect)

	values, _ := jsonText(c.input(typeName, n))
	got, r := c.allowed(role, `mutation($in: Create`+typeName+`Input!) { r: create`+typeName+`(input: $in) { userErrors { code } } }`, `{"in":`+values+`}`)
	expect(models.ActCreate, got, "alone", r)
	got, r = c.allowed(role, `mutation($id: ID!) { r: update`+typeName+`(id: $id, patch: {}) { userErrors { code } } }`, variables)
	expect(models.ActUpdate, got && strings.Contains(r.text, `"userErrors":[]`), "alone", r)
	got, r = c.allowed(role, `mutation($id: ID!) { r: upsertRecords(records: [{id: $id, fields: {`+field+`: {}}}]) { userErrors { code } } }`, variables)
	expect(models.ActUpdate, got && strings.Contains(r.text, `"userErrors":[]`), "in bulk", r)
	got, r = c.allowed(role, `mutation($id: ID!) { r: addIdentifier(id: $id, identifier: {scheme: "s", value: "`+id+`"}) { record { id } userErrors { code } } }`, variables)
	expect(models.ActUpdate, got && strings.Contains(r.text, id), "a link", r)
	got, r = c.allowed(role, `mutation($id: ID!) { r: setVisibility(id: $id, visibility: `+string(visibility)+`) { record { id } } }`, variables)
	expect(models.ActPublish, got && strings.Contains(r.text, id), "alone", r)
	if merge := map[string]string{"Person": "mergePeople", "Organization": "mergeOrganizations"}[typeName]; merge != "" {
		input := c.input(typeName, n+1000)
		input["visibility"] = string(visibility)
		twin := c.create(typeName, input)
		got, r = c.allowed(role, `mutation($keep: ID!, $merge: ID!) { r: `+merge+`(keep: $keep, merge: [$merge]) { record { id } userErrors { code } } }`,
			fmt.Sprintf(`{"keep":%q,"merge":%q}`, id, twin))
		expect(models.ActMerge, got && strings.Contains(r.text, id), "with another", r)
	}
	got, r = c.allowed(role, `mutation($id: ID!) { r: delete`+typeName+`(id: $id, reason: OTHER) { deletedId userErrors { code message } } }`, variables)
	expect(models.ActDelete, got && strings.Contains(r.text, id), "alone", r)
	change := c.desk.do(`{ changes(first: 1) { nodes { id } } }`, nil).at("changes.nodes.0.id")
	got, r = c.allowed(role, `mutation($id: ID!) { r: undo(change: $id) { userErrors { code } } }`, fmt.Sprintf(`{"id":%q}`, change))
	expect(models.ActUndo, got, "of another change", r)
}

// takenAway tries whether a record is found by its words and stands in the files of exports.
func (c *cells) takenAway(typeName, id string, role models.Role, expect func(models.Act, bool, string, reply)) {
	c.Helper()
	word := c.desk.do(`query($id: ID!) { node(id: $id) { ... on Meeting { w: title } ... on AgendaItem { w: title } ... on Decision { w: text }
		... on Directive { w: text } ... on Document { w: title } ... on Organization { w: name } ... on Person { w: name } } }`, map[string]any{"id": id}).at("node.w")
	if word != "" && word != "null" {
		_, r := c.allowed(role, `query($w: String!) { search(query: $w, first: 100) { totalCount nodes { record { id } } } }`, fmt.Sprintf(`{"w":%q}`, word))
		expect(models.ActSearch, strings.Contains(r.text, id), "by its words", r)
	}
	var headers []string
	if role != auth.Guest {
		headers = []string{"Authorization", bearer(c.token(role, time.Minute))}
	}
	for _, form := range []string{".csv", ".jsonl"} {
		c.tried++
		r, _ := c.files.fetch("/export/"+exportNames[typeName]+form, headers...)
		if r.status != http.StatusOK {
			c.Errorf("%q, export of %s: %d %s", role, typeName, r.status, r.text)
		}
		expect(models.ActExport, strings.Contains(r.text, id), form, r)
	}
}

// exportNames are the lists of exports by type.
var exportNames = func() map[string]string {
	names := map[string]string{}
	for name, e := range exported {
		names[e.Name] = name
	}
	return names
}()

var plural = map[string]string{
	"Meeting": "meetings", "AgendaItem": "agendaItems", "Decision": "decisions", "Directive": "directives", "Document": "documents",
	"Organization": "organizations", "Person": "people", "Membership": "memberships", "Attendance": "attendances",
}

func jsonText(values map[string]any) (string, error) {
	text, err := json.Marshal(values)
	return string(text), err
}
