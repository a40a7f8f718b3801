package resolvers

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// counter is a server whose mutations can ask for one transaction.
type counter struct {
	newsroom
	admin string
}

func newCounter(t *testing.T, database string, change ...func(*Options)) *counter {
	t.Helper()
	options := append([]func(*Options){func(o *Options) {
		o.Limits.MutationTime, o.Limits.Mutations, o.Limits.RootFields, o.Limits.Aliases = 20*time.Second, 60, 60, 60
	}}, change...)
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })
	c := &counter{newsroom: newsroomOver(t, written(t, database, nil, store.Options{}), options...)}
	c.admin = bearer(c.token(models.RoleAdmin, time.Hour))
	return c
}

// send sends a document as an admin.
func (c *counter) send(document string, variables map[string]any) reply {
	c.t.Helper()
	text, err := json.Marshal(variables)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.ask(document, string(text), "Authorization", c.admin)
}

// says sends a document and returns the data of an answer without errors.
func (c *counter) says(document string, variables map[string]any) facts {
	c.t.Helper()
	r := c.send(document, variables)
	if len(r.body.Errors) > 0 || r.body.Data == nil {
		c.t.Fatalf("%s\n%s", document, r.text)
	}
	return facts(r.body.Data)
}

// holds compares parts of an answer with what they should be, as JSON.
func (c *counter) holds(a facts, want map[string]string) {
	c.t.Helper()
	for path, value := range want {
		if got := a.at(path); got != value {
			c.t.Errorf("%s: %s, want %s", path, got, value)
		}
	}
}

// kept names the people that are there, and holds that the log and the graph agree.
func (c *counter) kept() string {
	c.t.Helper()
	report, err := c.s.Verify(c.t.Context())
	if err != nil || len(report.Problems) > 0 {
		c.t.Errorf("%v %v", report.Problems, err)
	}
	return c.says(`{ people(first: 100, orderBy: [{field: NAME, direction: ASC}]) { nodes { name } } }`, nil).at("people.nodes")
}

const noPeople = "[]"

// TestTransactionIsWhole writes several things in one transaction, each built on those before it, and reads in the payloads.
func TestTransactionIsWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		c := newCounter(t, database)
		id := c.says(`mutation { createPerson(input: {name: "A"}) { person { id } } }`, nil).at("createPerson.person.id")
		a := c.says(`mutation Both($id: ID!) @transaction {
			first: updatePerson(id: $id, patch: {name: "B", clientMutationId: "one"}) { clientMutationId userErrors { code } person { name names { text } history { nodes { operation } } } }
			createPerson(input: {name: "C", identifiers: [{scheme: "s", value: "c"}]}) { person { name } userErrors { code } }
			upsertRecords(records: [{identifier: {scheme: "s", value: "c"}, fields: {person: {name: "D"}}}, {fields: {person: {name: "E"}}}]) {
				results { outcome record { ... on Person { name history { totalCount } } } } userErrors { code } }
			addName(id: $id, name: {text: "F"}) { record { ... on Person { names { text } version } } userErrors { code } }
			setVisibility(id: $id, visibility: PUBLIC) { record { visibility version } userErrors { code } }
		}`, map[string]any{"id": id})
		c.holds(a, map[string]string{
			"first.clientMutationId":   "one",
			"first.userErrors":         "[]",
			"first.person":             `{"history":{"nodes":[{"operation":"CREATE"},{"operation":"UPDATE"}]},"name":"B","names":[{"text":"B"},{"text":"A"}]}`,
			"createPerson.userErrors":  "[]",
			"upsertRecords.results.0":  `{"outcome":"UPDATED","record":{"history":{"totalCount":2},"name":"D"}}`,
			"upsertRecords.results.1":  `{"outcome":"CREATED","record":{"history":{"totalCount":1},"name":"E"}}`,
			"addName.record":           `{"names":[{"text":"B"},{"text":"A"},{"text":"F"}],"version":3}`,
			"setVisibility.record":     `{"version":4,"visibility":"PUBLIC"}`,
			"setVisibility.userErrors": "[]",
			"addName.userErrors":       "[]",
			"upsertRecords.userErrors": "[]",
		})
		if got := c.kept(); got != `[{"name":"B"},{"name":"D"},{"name":"E"}]` {
			t.Errorf("there is %s", got)
		}
	})
}

// TestTransactionIsUndone lets a field fail, at each place of three: nothing is written, the field says why, the others name it.
func TestTransactionIsUndone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		c := newCounter(t, database)
		good := `createPerson(input: {name: "%[1]s", idempotencyKey: "k%[1]s", clientMutationId: "m%[1]s"}) { clientMutationId person { id } userErrors { code path message } }`
		bad := `createOrganization(input: {name: " ", clientMutationId: "m%s"}) { clientMutationId organization { id } userErrors { code path message } }`
		rolled := `"code":"ROLLED_BACK"`
		for place := range 3 {
			var fields []string
			names := []string{"a", "b", "c"}
			for i, name := range names {
				form := good
				if i == place {
					form = bad
				}
				fields = append(fields, name+": "+fmt.Sprintf(form, strings.ToUpper(name)))
			}
			a := c.says("mutation @transaction { "+strings.Join(fields, " ")+" }", nil)
			for i, name := range names {
				want := map[string]string{name + ".clientMutationId": "m" + strings.ToUpper(name), name + ".person": "null"}
				said := a.at(name + ".userErrors.0")
				path := a.at(name + ".userErrors.0.path")
				switch {
				case i == place:
					if !strings.Contains(said, `"code":"INVALID"`) || path != `["input","name"]` {
						t.Errorf("the field that failed says %s", said)
					}
				case !strings.Contains(said, rolled) || path != `["`+names[place]+`","input","name"]` || strings.Contains(said, "was not run") != (i > place):
					t.Errorf("field %d of %d: %s", i, place, said)
				}
				c.holds(a, want)
			}
			if got := c.kept(); got != noPeople {
				t.Fatalf("there is %s", got)
			}
		}
		// What was rolled back is not remembered under the keys; what was committed is.
		whole := "mutation @transaction { " + "a: " + fmt.Sprintf(good, "A") + " b: " + fmt.Sprintf(good, "B") + " }"
		first, again := c.says(whole, nil), c.says(whole, nil)
		if first.at("a.person.id") == "null" || first.at("a") != again.at("a") || first.at("b") != again.at("b") {
			t.Errorf("%v, then %v", first, again)
		}
		changed := c.says("mutation @transaction { x: "+fmt.Sprintf(good, "X")+` b: createPerson(input: {name: "Y", idempotencyKey: "kB"}) { userErrors { code path } } }`, nil)
		c.holds(changed, map[string]string{"b.userErrors": `[{"code":"INVALID","path":["input","idempotencyKey"]}]`, "x.person": "null"})
		if got := c.kept(); got != `[{"name":"A"},{"name":"B"}]` {
			t.Errorf("there is %s", got)
		}
	})
}

// TestTransactionFails lets a field fail with an error of the answer, when it is run and when its payload is read.
func TestTransactionFails(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		c := newCounter(t, database, func(o *Options) { o.Limits.Reply = 20_000 })
		ok := `a: createPerson(input: {name: "A"}) { person { id } } `
		for name, rest := range map[string]string{
			"b": `b: updatePerson(id: "1 OR 1=1", patch: {name: "B"}) { userErrors { code } }`,
			"c": `c: createPerson(input: {name: "C"}) { person { history(after: "nowhere") { totalCount } } }`,
			"d": `d: undo(change: "1") { userErrors { code } }`,
			"":  `e: createDocument(input: {title: "E", kind: PLAN, text: "` + strings.Repeat("字", 8000) + `"}) { document { text } }`,
		} {
			r := c.send("mutation @transaction { "+ok+rest+" z: createPerson(input: {name: \"Z\"}) { person { id } } }", nil)
			if len(r.body.Errors) != 1 || r.body.Data != nil || !strings.Contains(r.text, `"data":null`) {
				t.Errorf("%s: %s", name, r.text)
			}
			if name != "" && !strings.Contains(r.text, `"path":["`+name+`"`) {
				t.Errorf("%s is not named: %s", name, r.text)
			}
			if got := c.kept(); got != noPeople {
				t.Fatalf("%s: there is %s", name, got)
			}
		}
		if text := c.log.String(); strings.Contains(text, "internal") {
			t.Errorf("the log has %s", text)
		}
	})
}

// TestTransactionOfAdmins has acts in one transaction that depend on each other, and takes back what it does: merge, delete,
// undo.
func TestTransactionOfAdmins(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		c := newCounter(t, database)
		var ids []string
		for _, name := range []string{"A", "B", "C"} {
			ids = append(ids, c.says(`mutation($n: String!) { createPerson(input: {name: $n}) { person { id } } }`, map[string]any{"n": name}).at("createPerson.person.id"))
		}
		update := c.says(`mutation($id: ID!) { updatePerson(id: $id, patch: {name: "AA"}) { person { history { nodes { id } } } } }`, map[string]any{"id": ids[0]})
		variables := map[string]any{"a": ids[0], "b": ids[1], "c": ids[2], "change": update.at("updatePerson.person.history.nodes.1.id")}
		acts := `undo(change: $change) { kept userErrors { code } record { ... on Person { name } } }
			mergePeople(keep: $a, merge: [$b]) { userErrors { code } record { ... on Person { names { text } } } }
			deletePerson(id: $c, reason: OTHER) { deletedId userErrors { code } }
			again: updatePerson(id: $b, patch: {pinyin: "b"}) { person { id pinyin } userErrors { code } }`
		head := "mutation($a: ID!, $b: ID!, $c: ID!, $change: ID!) @transaction { "
		a := c.says(head+acts+` deleteMeeting(id: $a, reason: OTHER) { deletedId userErrors { code path } } }`, variables)
		c.holds(a, map[string]string{
			"undo":                     `{"kept":[],"record":null,"userErrors":[{"code":"ROLLED_BACK"}]}`,
			"mergePeople":              `{"record":null,"userErrors":[{"code":"ROLLED_BACK"}]}`,
			"deletePerson":             `{"deletedId":null,"userErrors":[{"code":"ROLLED_BACK"}]}`,
			"again":                    `{"person":null,"userErrors":[{"code":"ROLLED_BACK"}]}`,
			"deleteMeeting.userErrors": `[{"code":"NOT_FOUND","path":["id"]}]`,
		})
		if got := c.kept(); got != `[{"name":"AA"},{"name":"B"},{"name":"C"}]` {
			t.Errorf("there is %s", got)
		}
		a = c.says(head+acts+" }", variables)
		c.holds(a, map[string]string{
			"undo.record":            `{"name":"A"}`,
			"mergePeople.record":     `{"names":[{"text":"A"},{"text":"B"}]}`,
			"deletePerson.deletedId": ids[2],
			"again.person":           `{"id":"` + ids[0] + `","pinyin":"b"}`,
		})
		if got := c.kept(); got != `[{"name":"A"}]` {
			t.Errorf("there is %s", got)
		}
		// Each field is an act of its own: the merge is undone without the rest.
		log := c.says(`{ changes(first: 100) { nodes { id operation } } }`, nil)
		merge := ""
		for i := range 10 {
			if log.at(fmt.Sprintf("changes.nodes.%d.operation", i)) == "MERGE" {
				merge = log.at(fmt.Sprintf("changes.nodes.%d.id", i))
			}
		}
		c.says(`mutation($id: ID!) { undo(change: $id) { userErrors { code } } }`, map[string]any{"id": merge})
		if got := c.kept(); got != `[{"name":"A"},{"name":"B"}]` {
			t.Errorf("after the undo of the merge there is %s", got)
		}
	})
}

// TestTransactionImports imports minutes in a transaction that fails, and in one that does not.
func TestTransactionImports(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		c := newCounter(t, database)
		variables := map[string]any{"text": seedText(t)}
		document := `mutation($text: String!) @transaction { importMinutes(input: {text: $text, filename: "m.txt"}) { meeting { title agendaItems { totalCount } } userErrors { code } }
			createPerson(input: {name: "%s"}) { userErrors { code } } }`
		failed := c.says(fmt.Sprintf(document, " "), variables)
		c.holds(failed, map[string]string{"importMinutes.meeting": "null", "importMinutes.userErrors.0.code": "ROLLED_BACK"})
		if got := c.says(`{ meetings { totalCount } documents { totalCount } changes { totalCount } }`, nil); got.at("meetings.totalCount") != "0" || got.at("changes.totalCount") != "0" {
			t.Errorf("there is %v", got)
		}
		done := c.says(fmt.Sprintf(document, "A"), variables)
		if done.at("importMinutes.userErrors") != "[]" || done.at("importMinutes.meeting.agendaItems.totalCount") == "0" {
			t.Errorf("%v", done)
		}
	})
}

// TestTransactionRefuses holds which mutations cannot take part.
func TestTransactionRefuses(t *testing.T) {
	c := newCounter(t, storetest.SQLite(t))
	person := ` createPerson(input: {name: "A"}) { person { id } }`
	for field, call := range map[string]string{
		"signIn":        `signIn(username: "a", password: "b") { token }`,
		"signOut":       `signOut { signedOut }`,
		"createWebhook": `createWebhook(input: {url: "https://example.org/"}) { secret }`,
		"startImport":   `startImport(input: {text: "x"}) { userErrors { code } }`,
		"previewImport": `previewImport(input: {text: "x"}) { userErrors { code } }`,
		"revokeTokens":  `revokeTokens(subject: "a") { subject }`,
	} {
		r := c.send("mutation @transaction {"+person+" x: "+call+" }", nil)
		if r.code() != codeBadInput || strings.Contains(r.text, `"data"`) || !strings.Contains(r.text, field+" cannot be part of a transaction") || !strings.Contains(r.text, `"path":["x"]`) {
			t.Errorf("%s: %s", field, r.text)
		}
	}
	if got := c.kept(); got != noPeople {
		t.Errorf("there is %s", got)
	}
	own := 0
	for _, field := range c.api.Schema().Mutation.Fields {
		act := actOf(field.Name)
		writes := act != models.ActSignIn && act != models.ActSignOut && act != models.ActManage && act != models.ActPreview &&
			field.Name != "startImport" && field.Name != "cancelImport" && !strings.HasPrefix(field.Name, "__")
		if (recordAnswers[field.Name] != nil) != writes {
			t.Errorf("%s takes part in transactions: %t", field.Name, !writes)
		}
		if writes {
			own++
		}
	}
	if own < 40 {
		t.Errorf("only %d mutations take part", own)
	}
}

// TestTransactionByDefault has the setting on: a mutation says no, or has a field that cannot take part.
func TestTransactionByDefault(t *testing.T) {
	c := newCounter(t, storetest.SQLite(t), func(o *Options) { o.Transactions = true })
	fields := ` { a: createPerson(input: {name: "%s"}) { person { name } userErrors { code } } b: createPerson(input: {name: " "}) { userErrors { code } } }`
	c.holds(c.says("mutation"+fmt.Sprintf(fields, "A"), nil), map[string]string{"a.userErrors.0.code": "ROLLED_BACK"})
	c.holds(c.says("mutation @transaction(if: false)"+fmt.Sprintf(fields, "B"), nil), map[string]string{"a.person.name": "B"})
	apart := "mutation($whole: Boolean!) @transaction(if: $whole)"
	c.holds(c.says(apart+fmt.Sprintf(fields, "C"), map[string]any{"whole": false}), map[string]string{"a.person.name": "C"})
	c.holds(c.says(apart+fmt.Sprintf(fields, "D"), map[string]any{"whole": true}), map[string]string{"a.userErrors.0.code": "ROLLED_BACK"})
	if got := c.kept(); got != `[{"name":"B"},{"name":"C"}]` {
		t.Errorf("there is %s", got)
	}
	alone := c.send(`mutation { previewImport(input: {text: "x"}) { userErrors { code } } }`, nil)
	if strings.Contains(alone.text, "transaction") {
		t.Errorf("alone: %s", alone.text)
	}
	mixed := c.send(`mutation { previewImport(input: {text: "x"}) { userErrors { code } } createPerson(input: {name: "E"}) { userErrors { code } } }`, nil)
	if mixed.code() != codeBadInput || !strings.Contains(mixed.text, "@transaction(if: false)") {
		t.Errorf("mixed: %s", mixed.text)
	}
}

// TestTransactionIsTold subscribes to changes: a transaction that is rolled back tells nothing, one that is committed all.
func TestTransactionIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		c := newCounter(t, database)
		f := c.feed(map[string]any{"types": []string{"PERSON"}}, c.token(models.RoleViewer, time.Minute))
		for c.watched() < 1 {
			time.Sleep(time.Millisecond)
		}
		document := `mutation @transaction { a: createPerson(input: {name: "%s1"}) { userErrors { code } } b: createPerson(input: {name: "%s2"}) { userErrors { code } }
			c: createOrganization(input: {name: "%s"}) { userErrors { code } } }`
		c.says(fmt.Sprintf(document, "A", "A", " "), nil)
		c.says(fmt.Sprintf(document, "B", "B", "B"), nil)
		for _, name := range []string{"B1", "B2"} {
			if e := f.next(); e.Record == nil || e.Record.Name != name {
				t.Errorf("told %+v, want %s", e, name)
			}
		}
	})
}

// TestTransactionPayloads reads the same selection in a payload, before the commit, and afterwards on both paths.
func TestTransactionPayloads(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		c := newCounter(t, database)
		council := c.says(`mutation { createOrganization(input: {name: "市政府", kind: GOVERNMENT}) { organization { id } } }`, nil).at("createOrganization.organization.id")
		selection := `{ id version title heldOn body { name meetings { totalCount groups(by: [SERIES]) { count } } } identifiers { scheme value }
			agendaItems(first: 2, orderBy: [{field: POSITION, direction: ASC}]) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { title presenters { nodes { organization { name } } }
			decisions { nodes { text steps { kind actors { name } } } } } } } }`
		a := c.says(`mutation($body: ID!) @transaction {
			upsertRecords(records: [
				{ref: "m", fields: {meeting: {title: "第7次常务会议", series: "常务会议", heldOn: "2022-06-01", body: $body, identifiers: [{scheme: "s", value: "7"}]}}},
				{ref: "i", fields: {agendaItem: {meeting: "#m", position: 1, kind: DELIBERATE, title: "一", presenters: [{organization: $body}]}}},
				{fields: {agendaItem: {meeting: "#m", position: 2, kind: DELIBERATE, title: "二"}}},
				{fields: {agendaItem: {meeting: "#m", position: 3, kind: DELIBERATE, title: "三"}}},
				{fields: {decision: {agendaItem: "#i", text: "同意", steps: [{kind: REVISE, actors: [$body]}]}}}
			]) { results { record { ... on Meeting `+selection+` } } userErrors { code message path } }
		}`, map[string]any{"body": council})
		within := a.at("upsertRecords.results.0.record")
		var meeting struct{ ID string }
		if err := json.Unmarshal([]byte(within), &meeting); err != nil || !strings.Contains(within, `"hasNextPage":true`) {
			t.Fatalf("%v", a)
		}
		generic, compiled := schemas(c.s)
		for _, schema := range []desk{{t, generic}, {t, compiled}} {
			after := schema.do(`query($id: ID!) { meeting(id: $id) `+selection+` }`, map[string]any{"id": meeting.ID})
			if got := after.at("meeting"); got != within {
				t.Errorf("%T afterwards:\n%s\nin the payload:\n%s", schema.schema, got, within)
			}
		}
		if compiled.Written.Load() != 1 {
			t.Error("the compiled path left the question to gqlgen")
		}
	})
}

// TestTransactionMeetsItsDeadline has 50 fields wait for a record that somebody holds: the time of a mutation counts for all
// of them together, and what they hold themselves is let go.
func TestTransactionMeetsItsDeadline(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		c := newCounter(t, database, func(o *Options) { o.Limits.MutationTime = 700 * time.Millisecond })
		held := c.person("held", models.VisibilityPublic)
		var fields []string
		for i := range 49 {
			fields = append(fields, fmt.Sprintf(`f%d: createPerson(input: {name: "P%d"}) { userErrors { code } }`, i, i))
		}
		fields = append(fields, `last: updatePerson(id: "`+held.NodeID()+`", patch: {name: "other"}) { userErrors { code } }`)
		sent := false
		err := c.s.Write(t.Context(), models.Actor{Subject: "slow", Role: models.RoleAdmin}, func(tx *store.Tx) error {
			if _, err := tx.Update(store.Schema.People, held.ID, map[string]any{"name": "held on"}, nil); err != nil {
				return err
			}
			if sent {
				return nil
			}
			began := time.Now()
			sent = true // MySQL notices late that nobody waits any more, and may run this one again first
			r := c.send("mutation @transaction { "+strings.Join(fields, " ")+" }", nil)
			if r.code() != codeTimeout || r.body.Data != nil || time.Since(began) > 10*time.Second {
				t.Errorf("after %s: %s", time.Since(began), r.text)
			}
			return nil
		})
		if err != nil {
			t.Errorf("the one who held the record: %v", err)
		}
		if got := c.kept(); got != `[{"name":"held on"}]` {
			t.Errorf("there is %s", got)
		}
	})
}
