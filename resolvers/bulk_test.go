package resolvers

import (
	"fmt"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

const upsertDocument = `mutation($r: [RecordUpsert!]!, $k: String) { r: upsertRecords(records: $r, idempotencyKey: $k) {
	results { id outcome record { version visibility } } userErrors { code path currentVersion } } }`

func (d desk) upsert(key any, records ...any) facts {
	d.Helper()
	return d.do(upsertDocument, map[string]any{"r": records, "k": key})
}

func entry(typeName string, values map[string]any, beside ...any) map[string]any {
	out := map[string]any{"fields": map[string]any{typeName: values}}
	for i := 0; i < len(beside); i += 2 {
		out[beside[i].(string)] = beside[i+1]
	}
	return out
}

// TestUpsertRecords adds a meeting with all that belongs to it in one request, then changes some of it.
func TestUpsertRecords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		d := deskOn(t, database)
		oparl := map[string]any{"scheme": "oparl", "value": "https://example.org/org/1"}
		batch := []any{
			entry("organization", map[string]any{"name": "市政府"}, "ref", "gov", "identifier", oparl, "visibility", "PUBLIC"),
			entry("person", map[string]any{"name": "王芳"}, "ref", "p"),
			entry("meeting", map[string]any{"title": "M", "heldOn": "2022-06-01", "body": "#gov", "chair": "#p"}, "ref", "m"),
			entry("agendaItem", map[string]any{"meeting": "#m", "position": 1, "kind": "OTHER", "title": "I", "presenters": []any{map[string]any{"organization": "#gov", "person": "#p"}}}, "ref", "i"),
			entry("decision", map[string]any{"agendaItem": "#i", "text": "D", "steps": []any{map[string]any{"kind": "REVISE", "actors": []any{"#gov"}}}}),
			entry("directive", map[string]any{"agendaItem": "#i", "position": 1, "text": "T", "addressees": []any{"#gov"}}),
			entry("document", map[string]any{"title": "P", "kind": "PLAN"}),
			entry("membership", map[string]any{"person": "#p", "organization": "#gov"}),
			entry("attendance", map[string]any{"meeting": "#m", "person": "#p", "label": "王芳", "capacity": "ATTENDING", "position": 1, "agendaItems": []any{"#i"}}),
		}
		first := d.upsert("k", batch...)
		for i := range batch {
			if got := first.at(fmt.Sprintf("r.results.%d.outcome", i)); got != "CREATED" {
				t.Fatalf("record %d: %s: %v", i, got, first)
			}
		}
		if first.at("r.results.0.record.visibility") != "PUBLIC" || first.at("r.results.1.record.visibility") != "INTERNAL" {
			t.Errorf("visibility: %v", first)
		}
		if again := d.upsert("k", batch...); fmt.Sprint(again) != fmt.Sprint(first) {
			t.Errorf("sent again: %v, first %v", again, first)
		}
		if other := d.upsert("k", batch[:2]...); other.at("r.userErrors.0.path") != `["idempotencyKey"]` {
			t.Errorf("another request under the key: %v", other)
		}
		gov, meeting := first.at("r.results.0.id"), first.at("r.results.2.id")
		second := d.upsert(nil,
			entry("organization", map[string]any{"name": "太仓市政府"}, "identifier", oparl),
			entry("organization", map[string]any{}, "identifier", oparl),
			entry("meeting", map[string]any{"place": "三楼"}, "id", meeting, "expectedVersion", 1, "visibility", "PUBLIC"),
		)
		for i, want := range []string{"UPDATED", "UNCHANGED", "UPDATED"} {
			if got := second.at(fmt.Sprintf("r.results.%d.outcome", i)); got != want {
				t.Errorf("changed: record %d is %s, want %s: %v", i, got, want, second)
			}
		}
		item, other := first.at("r.results.3.id"), d.create("Meeting", map[string]any{"title": "N", "heldOn": "2022-06-02", "body": gov})
		if a := d.upsert(nil, entry("agendaItem", map[string]any{"meeting": meeting, "title": "J"}, "id", item)); a.at("r.results.0.outcome") != "UPDATED" {
			t.Errorf("an item in its meeting: %v", a)
		}
		if a := d.upsert(nil, entry("agendaItem", map[string]any{"meeting": other}, "id", item)); a.at("r.userErrors.0.path") != `["records","0","fields","agendaItem","meeting"]` {
			t.Errorf("an item that moves: %v", a)
		}
		if second.at("r.results.0.id") != gov || second.at("r.results.2.record.version") != "3" {
			t.Errorf("changed: %v", second)
		}
	})
}

// TestUpsertIsAllOrNothing tells all that is wrong with a request, each in its place, and writes nothing of it.
func TestUpsertIsAllOrNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		d := deskOn(t, database)
		org := d.create("Organization", map[string]any{"name": "A"})
		count := func() string { return d.do("{ changes(first: 1) { totalCount } }", nil).at("changes.totalCount") }
		before := count()
		a := d.upsert("k2",
			entry("organization", map[string]any{"name": "new"}, "ref", "x"),
			entry("organization", map[string]any{"name": "A"}),
			entry("meeting", map[string]any{"title": "M", "heldOn": "2022-02-01"}),
			entry("organization", map[string]any{"name": "B"}, "id", org, "expectedVersion", 7),
			entry("organization", map[string]any{"name": "B"}, "id", models.EncodeID(models.TypeOrganization, models.NewID())),
			entry("organization", map[string]any{"name": "C", "parent": "#later"}),
			entry("person", map[string]any{"name": "P"}, "ref", "x"),
			entry("organization", map[string]any{"name": "C", "parent": "#x"}),
		)
		want := `[{"code":"DUPLICATE","currentVersion":null,"path":["records","1","fields","organization","name"]},` +
			`{"code":"INVALID","currentVersion":null,"path":["records","2","fields","meeting","body"]},` +
			`{"code":"CONFLICT","currentVersion":1,"path":["records","3","expectedVersion"]},` +
			`{"code":"NOT_FOUND","currentVersion":null,"path":["records","4","id"]},` +
			`{"code":"INVALID","currentVersion":null,"path":["records","5","fields","organization","parent"]},` +
			`{"code":"INVALID","currentVersion":null,"path":["records","6","ref"]}]`
		if got := a.at("r.userErrors"); got != want || a.at("r.results") != "[]" {
			t.Errorf("%v\nwant %s", a, want)
		}
		if after := count(); after != before {
			t.Errorf("%s changes before, %s after", before, after)
		}
		if a := d.upsert("k2", entry("organization", map[string]any{"name": "new"})); a.at("r.results.0.outcome") != "CREATED" {
			t.Errorf("a key that nothing was made under: %v", a)
		}
		if a := d.do(`mutation { r: upsertRecords(records: []) { userErrors { code path } } }`, nil); a.at("r.userErrors") != `[{"code":"INVALID","path":["records"]}]` {
			t.Errorf("nothing: %v", a)
		}
	})
}

// TestUpsertOfFiveHundred adds as many as one request may have.
func TestUpsertOfFiveHundred(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		d := deskOn(t, database)
		var batch []any
		for i := range 500 {
			batch = append(batch, entry("person", map[string]any{"name": fmt.Sprintf("人%d", i)}))
		}
		if a := d.upsert(nil, batch...); a.at("r.userErrors") != "[]" {
			t.Errorf("500: %v", a)
		}
		if a := d.upsert(nil, append(batch, batch[0])...); a.at("r.userErrors.0.code") != "INVALID" {
			t.Errorf("501: %v", a)
		}
	})
}
