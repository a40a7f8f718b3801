package resolvers

import (
	"strings"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

// TestLinks adds and removes each kind of link, checks that the others stay, that the version grows by one with one entry in
// the log, and that undo puts the list back.
func TestLinks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		d := deskOn(t, database)
		ids := d.linked()
		fill := strings.NewReplacer("$item2", ids["item2"], "$item", ids["item"], "$org2", ids["org2"], "$org", ids["org"], "$person", ids["person"],
			"$paper2", ids["paper2"], "$paper", ids["paper"], "$decision", ids["decision"], "$directive", ids["directive"], "$seat", ids["seat"])
		for _, c := range []struct{ record, list, add, remove, before, after string }{
			{"$item", "... on AgendaItem { l: presenters { nodes { role } } }", `addPresenter(agendaItem: "$item", presenter: {organization: "$org2", role: "b"}, position: 1`,
				`removePresenter(agendaItem: "$item", position: 1`, `{"nodes":[{"role":"a"}]}`, `{"nodes":[{"role":"b"},{"role":"a"}]}`},
			{"$item", "... on AgendaItem { l: documents { edges { role node { title } } } }", `addAgendaItemDocument(agendaItem: "$item", document: {document: "$paper2", role: REPORT}`,
				`removeAgendaItemDocument(agendaItem: "$item", document: "$paper2"`, `{"edges":[{"node":{"title":"P1"},"role":"UNDER_REVIEW"}]}`,
				`{"edges":[{"node":{"title":"P1"},"role":"UNDER_REVIEW"},{"node":{"title":"P2"},"role":"REPORT"}]}`},
			{"$decision", "... on Decision { l: documents { nodes { title } } }", `addDecisionDocument(decision: "$decision", document: "$paper2"`,
				`removeDecisionDocument(decision: "$decision", document: "$paper2"`, `{"nodes":[{"title":"P1"}]}`, `{"nodes":[{"title":"P1"},{"title":"P2"}]}`},
			{"$decision", "... on Decision { l: steps { order kind status actors { name } } }", `addDecisionStep(decision: "$decision", step: {kind: SUBMIT, actors: ["$org2"]}`,
				`removeDecisionStep(decision: "$decision", position: 2`, `[{"actors":[{"name":"A"}],"kind":"REVISE","order":1,"status":"DONE"}]`,
				`[{"actors":[{"name":"A"}],"kind":"REVISE","order":1,"status":"DONE"},{"actors":[{"name":"B"}],"kind":"SUBMIT","order":2,"status":"OPEN"}]`},
			{"$directive", "... on Directive { l: addressees { nodes { name } } }", `addAddressee(directive: "$directive", organization: "$org2"`,
				`removeAddressee(directive: "$directive", organization: "$org2"`, `{"nodes":[{"name":"A"}]}`, `{"nodes":[{"name":"A"},{"name":"B"}]}`},
			{"$paper", "... on Document { l: distribution { label kind } }", `addDistribution(document: "$paper", distribution: {kind: CC, label: "y"}`,
				`removeDistribution(document: "$paper", position: 2`, `[{"kind":"TO","label":"x"}]`, `[{"kind":"TO","label":"x"},{"kind":"CC","label":"y"}]`},
			{"$seat", "... on Attendance { l: agendaItems { title } }", `addAttendanceItem(attendance: "$seat", agendaItem: "$item2"`,
				`removeAttendanceItem(attendance: "$seat", agendaItem: "$item2"`, `[{"title":"I1"}]`, `[{"title":"I1"},{"title":"I2"}]`},
			{"$person", "... on Person { l: names { text kind } }", `addName(id: "$person", name: {text: "W", kind: FORMER}`, `removeName(id: "$person", text: "W"`,
				`[{"kind":"OFFICIAL","text":"V"}]`, `[{"kind":"OFFICIAL","text":"V"},{"kind":"FORMER","text":"W"}]`},
			{"$person", "l: identifiers { scheme value }", `addIdentifier(id: "$person", identifier: {scheme: "wikidata", value: "Q1"}`,
				`removeIdentifier(id: "$person", identifier: {scheme: "wikidata", value: "Q1"}`, `[]`, `[{"scheme":"wikidata","value":"Q1"}]`},
		} {
			d.link(t, fill.Replace(c.record), c.list, fill.Replace(c.add), fill.Replace(c.remove), c.before, c.after)
		}
	})
}

// linked makes records whose lists have one entry each.
func (d desk) linked() map[string]string {
	d.Helper()
	ids := map[string]string{}
	ids["org"], ids["org2"] = d.create("Organization", map[string]any{"name": "A"}), d.create("Organization", map[string]any{"name": "B"})
	ids["person"] = d.create("Person", map[string]any{"name": "V"})
	ids["meeting"] = d.create("Meeting", map[string]any{"title": "M", "heldOn": "2022-06-01", "body": ids["org"]})
	ids["paper"] = d.create("Document", map[string]any{"title": "P1", "kind": "PLAN", "distribution": []any{map[string]any{"kind": "TO", "label": "x"}}})
	ids["paper2"] = d.create("Document", map[string]any{"title": "P2", "kind": "PLAN"})
	ids["item"] = d.create("AgendaItem", map[string]any{"meeting": ids["meeting"], "position": 1, "kind": "OTHER", "title": "I1",
		"documents": []any{map[string]any{"document": ids["paper"]}}, "presenters": []any{map[string]any{"organization": ids["org"], "role": "a"}}})
	ids["item2"] = d.create("AgendaItem", map[string]any{"meeting": ids["meeting"], "position": 2, "kind": "OTHER", "title": "I2"})
	ids["decision"] = d.create("Decision", map[string]any{"agendaItem": ids["item"], "text": "D", "documents": []any{ids["paper"]},
		"steps": []any{map[string]any{"kind": "REVISE", "actors": []any{ids["org"]}}}})
	d.do(`mutation($id: ID!) { completeStep(decision: $id, order: 1, doneOn: "2022-07-01") { userErrors { code } } }`, map[string]any{"id": ids["decision"]})
	ids["directive"] = d.create("Directive", map[string]any{"agendaItem": ids["item"], "position": 1, "text": "T", "addressees": []any{ids["org"]}})
	ids["seat"] = d.create("Attendance", map[string]any{"meeting": ids["meeting"], "person": ids["person"], "label": "V", "capacity": "ATTENDING", "position": 1, "agendaItems": []any{ids["item"]}})
	return ids
}

func (d desk) link(t *testing.T, id, list, add, remove, before, after string) {
	t.Helper()
	state := func() (string, string) {
		a := d.do(`query($id: ID!) { node(id: $id) { ... on Record { version `+list+` } } }`, map[string]any{"id": id})
		return a.at("node.l"), a.at("node.version")
	}
	edit := func(call string) facts {
		t.Helper()
		return d.do(`mutation { r: `+call+`) { record { version } userErrors { code path } } }`, nil)
	}
	last := func() string {
		a := d.do(`query($id: ID!) { node(id: $id) { ... on Record { history(first: 100) { nodes { id operation } } } } }`, map[string]any{"id": id})
		nodes := a["node"].(map[string]any)["history"].(map[string]any)["nodes"].([]any)
		return nodes[len(nodes)-1].(map[string]any)["id"].(string)
	}
	undo := func() facts {
		return d.do(`mutation($id: ID!) { undo(change: $id) { kept userErrors { code message } } }`, map[string]any{"id": last()})
	}
	_, version := state()
	next := func(what, want string) {
		t.Helper()
		got, now := state()
		if got != want || now == version {
			t.Errorf("%s: %s in version %s (before: %s), want %s", what, got, now, version, want)
		}
		version = now
	}
	if a := edit(add + ", expectedVersion: 99"); a.at("r.userErrors.0.code") != "CONFLICT" {
		t.Errorf("%s of another version: %v", add, a)
	}
	key := ", idempotencyKey: " + `"` + strings.Split(add, "(")[0] + `"`
	first := edit(add + key)
	next(add, after)
	if a := edit(add + key); a.at("r.userErrors") != "[]" || a.at("r.record.version") != first.at("r.record.version") {
		t.Errorf("%s sent again: %v", add, a)
	}
	if a := undo(); a.at("undo.kept") != "[]" || a.at("undo.userErrors") != "[]" {
		t.Errorf("undo of %s: %v", add, a)
	}
	next("undo of "+add, before)
	edit(add)
	next(add, after)
	if a := edit(remove); a.at("r.userErrors") != "[]" {
		t.Errorf("%s: %v", remove, a)
	}
	next(remove, before)
	undo()
	next("undo of "+remove, after)
	edit(remove)
	next(remove, before)
}

// TestLinkFailures holds what is wrong with links, and where.
func TestLinkFailures(t *testing.T) {
	d := deskOn(t, storetest.SQLite(t))
	ids := d.linked()
	missing := models.EncodeID(models.TypeOrganization, models.NewID())
	for call, want := range map[string]string{
		`addAddressee(directive: "` + ids["directive"] + `", organization: "` + ids["org"] + `")`:                               `[]`, // it is there
		`addAddressee(directive: "` + ids["directive"] + `", organization: "` + missing + `")`:                                  `[{"code":"NOT_FOUND","path":["organization"]}]`,
		`addAddressee(directive: "` + ids["item"] + `", organization: "` + ids["org2"] + `")`:                                   `[{"code":"NOT_FOUND","path":["directive"]}]`,
		`addAddressee(directive: "` + ids["directive"] + `", organization: "` + ids["org2"] + `", position: 3)`:                 `[{"code":"INVALID","path":["position"]}]`,
		`removeAddressee(directive: "` + ids["directive"] + `", organization: "` + ids["org2"] + `")`:                           `[{"code":"NOT_FOUND","path":["organization"]}]`,
		`removeAddressee(directive: "` + ids["directive"] + `", organization: "` + ids["person"] + `")`:                         `[{"code":"INVALID","path":["organization"]}]`,
		`removePresenter(agendaItem: "` + ids["item"] + `", position: 9)`:                                                       `[{"code":"NOT_FOUND","path":["position"]}]`,
		`addPresenter(agendaItem: "` + ids["item"] + `", presenter: {role: "x"})`:                                               `[{"code":"INVALID","path":["presenter"]}]`,
		`addAgendaItemDocument(agendaItem: "` + ids["item"] + `", document: {document: "` + ids["paper"] + `", role: STUDIED})`: `[{"code":"DUPLICATE","path":["document"]}]`,
		`removeName(id: "` + ids["person"] + `", text: "V")`:                                                                    `[{"code":"IN_USE","path":["text"]}]`,
		`addName(id: "` + ids["meeting"] + `", name: {text: "V"})`:                                                              `[{"code":"INVALID","path":["id"]}]`,
		`addIdentifier(id: "` + ids["meeting"] + `", identifier: {scheme: " ", value: "1"})`:                                    `[{"code":"INVALID","path":["identifier","scheme"]}]`,
	} {
		if got := d.do("mutation { r: "+call+" { userErrors { code path } } }", nil).at("r.userErrors"); got != want {
			t.Errorf("%s: %s, want %s", call, got, want)
		}
	}
}
