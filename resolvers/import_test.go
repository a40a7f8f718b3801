package resolvers

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// importer is a desk on an empty database.
func importerOn(t testing.TB, database string) desk {
	t.Helper()
	return desk{t, NewSchema(written(t, database, nil, store.Options{}))}
}

func seedText(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("../samples/taicang-2022-08.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

const importQuery = `mutation($input: ImportInput!, $resolutions: [MatchResolution!]) {
  importMinutes(input: $input, resolutions: $resolutions) {
    meeting { id title agendaItems(first: 20) { totalCount } }
    document { number text }
    counts { type created updated unchanged withdrawn }
    questions { key candidates { score why record { id } } }
    kept { field record { id } }
    warnings { code line }
    userErrors { code message path }
    clientMutationId
  }
}`

// wholeQuery asks for everything that the seed states, with its sources.
const wholeQuery = `query($id: ID!) { meeting(id: $id) {
  heldOn ordinal series timeOfDay body { name sources { quote } } chair { name } sources(field: "heldOn") { quote }
  minutes { number issuedOn compiledOn issuedBy { name } compiledBy { name } publication distribution { kind label collective sources { quote } } }
  agendaItems(first: 20) { nodes { position kind title sources { quote }
    presenters(first: 10) { nodes { organization { name } sources { quote } } }
    documents(first: 10) { edges { role shortTitle node { title } } }
    decisions(first: 10) { nodes { outcome text sources { quote } documents(first: 10) { nodes { title } }
      steps { order kind actorLabels target { name } inNameOf { name names { text } } document { title } condition sources { quote } } } }
    directives(first: 20) { nodes { label text sources { quote } addressees(first: 10) { nodes { name names { text } } } } } } }
  attendances(first: 100) { totalCount nodes { label capacity status title person { name } organization { name names { text } } sources { quote } } }
} }`

// whole is the answer to wholeQuery.
type whole struct{ Meeting wholeMeeting }

type wholeMeeting struct {
	HeldOn, Series, TimeOfDay string
	Ordinal                   int
	Body                      struct{ Name string }
	Chair                     struct{ Name string }
	Sources                   []quoted
	Minutes                   struct {
		Number, IssuedOn, CompiledOn, Publication string
		IssuedBy, CompiledBy                      struct{ Name string }
		Distribution                              []struct {
			Kind, Label string
			Collective  bool
			Sources     []quoted
		}
	}
	AgendaItems struct {
		Nodes []struct {
			Kind, Title string
			Sources     []quoted
			Presenters  struct {
				Nodes []struct {
					Organization struct{ Name string }
					Sources      []quoted
				}
			}
			Documents struct {
				Edges []struct{ Node struct{ Title string } }
			}
			Decisions struct {
				Nodes []struct {
					Outcome, Text string
					Sources       []quoted
					Documents     struct{ Nodes []struct{ Title string } }
					Steps         []struct {
						Kind        string
						ActorLabels []string
						Target      *struct{ Name string }
						InNameOf    []calledBy
						Condition   *string
						Document    *struct{ Title string }
						Sources     []quoted
					}
				}
			}
			Directives struct {
				Nodes []struct {
					Label      *string
					Text       string
					Sources    []quoted
					Addressees struct{ Nodes []calledBy }
				}
			}
		}
	}
	Attendances struct {
		TotalCount int
		Nodes      []struct {
			Label, Capacity, Status string
			Title                   *string
			Person                  *struct{ Name string }
			Organization            *calledBy
			Sources                 []quoted
		}
	}
}

type quoted struct{ Quote string }

// calledBy is an organization with all its names.
type calledBy struct {
	Name  string
	Names []struct{ Text string }
}

func (c calledBy) is(name string) bool {
	return slices.ContainsFunc(c.Names, func(n struct{ Text string }) bool { return n.Text == name })
}

func importSeed(d desk) string {
	d.Helper()
	answer := d.do(importQuery, map[string]any{"input": map[string]any{"text": seedText(d), "clientMutationId": "7"}})
	if answer.at("importMinutes.userErrors") != "[]" || answer.at("importMinutes.clientMutationId") != "7" {
		d.Fatalf("importMinutes: %v", answer)
	}
	return answer.at("importMinutes.meeting.id")
}

func TestImportMinutes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		d := importerOn(t, database)
		id := importSeed(d)
		data, err := json.Marshal(map[string]any(d.ask(models.Actor{}, wholeQuery, map[string]any{"id": id}))) // a guest: the text is marked
		if err != nil {
			t.Fatal(err)
		}
		var got whole
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		checkWhole(t, &got)
		again := d.do(importQuery, map[string]any{"input": map[string]any{"text": seedText(d)}})
		if again.at("importMinutes.meeting.id") != id {
			t.Error("the same text is another meeting")
		}
		for i := range 8 {
			at := "importMinutes.counts." + string(rune('0'+i))
			if again.at(at+".created") != "0" || again.at(at+".updated") != "0" || again.at(at+".withdrawn") != "0" {
				t.Errorf("a second time: %s", again.at(at))
			}
		}
	})
}

// checkWhole compares the seed in the graph with what a person has counted in it.
func checkWhole(t *testing.T, got *whole) {
	t.Helper()
	m := &got.Meeting
	if m.HeldOn != "2022-06-01" || m.Ordinal != 7 || m.Series != "常务会议" || m.TimeOfDay != "上午" || m.Body.Name != "太仓市人民政府" || m.Chair.Name != "胡卫江" || len(m.Sources) == 0 {
		t.Errorf("the meeting: %+v", m)
	}
	paper := m.Minutes
	if paper.Number != "第8号" || paper.IssuedOn != "2022-06-09" || paper.CompiledOn != "2022-06-02" || paper.Publication != "PUBLIC" || paper.IssuedBy.Name != "太仓市人民政府办公室" || paper.CompiledBy.Name != paper.IssuedBy.Name {
		t.Errorf("the paper: %+v", paper)
	}
	sent, groups := map[string]int{}, map[string]int{}
	for _, to := range paper.Distribution {
		sent[to.Kind]++
		if to.Collective {
			groups[to.Kind]++
		}
		stated(t, to.Label, to.Sources)
	}
	if sent["TO"] != 10 || sent["CC"] != 8 || groups["TO"] != 3 || groups["CC"] != 2 {
		t.Errorf("recipients: %v, of which groups %v", sent, groups)
	}
	checkItems(t, m)
	capacities, unnamed := map[string]int{}, 0
	for _, a := range m.Attendances.Nodes {
		capacities[a.Capacity]++
		if a.Person == nil {
			unnamed++
		}
		stated(t, a.Label, a.Sources)
	}
	if m.Attendances.TotalCount != 72 || unnamed != 2 || capacities["PRESIDING"] != 1 || capacities["ATTENDING"] != 6 || capacities["OBSERVING"] != 63 || capacities["REPRESENTATIVE"] != 2 {
		t.Errorf("attendance: %d, %v, %d unnamed", m.Attendances.TotalCount, capacities, unnamed)
	}
}

func checkItems(t *testing.T, m *wholeMeeting) {
	t.Helper()
	kinds, decisions, directives, labelled, titles := map[string]int{}, 0, 0, 0, map[string]bool{}
	var chains []string
	for _, item := range m.AgendaItems.Nodes {
		kinds[item.Kind]++
		stated(t, item.Title, item.Sources)
		for _, p := range item.Presenters.Nodes {
			stated(t, p.Organization.Name, p.Sources)
		}
		for _, e := range item.Documents.Edges {
			titles[e.Node.Title] = true
		}
		for _, decision := range item.Decisions.Nodes {
			decisions++
			stated(t, decision.Text, decision.Sources)
			chain := []string{decision.Outcome}
			for _, step := range decision.Steps {
				chain = append(chain, step.Kind)
				stated(t, step.Kind, step.Sources)
				for _, office := range step.InNameOf {
					chain = append(chain, office.Name)
				}
			}
			chains = append(chains, strings.Join(chain, " "))
		}
		for _, directive := range item.Directives.Nodes {
			directives++
			if directive.Label != nil {
				labelled++
			}
			stated(t, directive.Text, directive.Sources)
		}
	}
	if kinds["DELIBERATE"] != 6 || kinds["HEAR_REPORT"] != 2 || kinds["STUDY"] != 1 || decisions != 6 || directives != 25 || labelled != 24 || len(titles) != 8 {
		t.Errorf("items %v, %d decisions, %d directives of which %d labelled, %d documents", kinds, decisions, directives, labelled, len(titles))
	}
	const approved, office = "APPROVED_IN_PRINCIPLE REVISE", " 太仓市人民政府办公室"
	want := []string{
		approved + " ISSUE" + office, approved + " SUBMIT ISSUE 市委办" + office, approved + " SUBMIT", approved + " SUBMIT",
		approved + " ISSUE" + office + " ISSUE 太仓市人民政府", approved + " ISSUE" + office,
	}
	if !slices.Equal(chains, want) {
		t.Errorf("chains %q,\nwant %q", chains, want)
	}
	first := m.AgendaItems.Nodes[0].Directives.Nodes
	if len(first) != 3 || len(first[2].Addressees.Nodes) != 3 || !first[2].Addressees.Nodes[1].is("高新区") {
		t.Errorf("the third directive of the first item: %+v", first)
	}
}

func stated(t *testing.T, what string, sources []quoted) {
	t.Helper()
	if len(sources) == 0 || sources[0].Quote == "" {
		t.Errorf("%s has no source", what)
	}
}

func TestPreviewImport(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		d := importerOn(t, database)
		const query = `mutation($input: ImportInput!) { previewImport(input: $input) {
			text format counts { type created } matches { key name type status record { id } start end } facts { type record effect field value start end }
			warnings { code } userErrors { code path } } }`
		answer := d.do(query, map[string]any{"input": map[string]any{"text": seedText(d)}})
		if answer.at("previewImport.counts.0.created") != "1" || answer.at("previewImport.format") != "TEXT" || answer.at("previewImport.matches.0.record") != "null" {
			t.Errorf("the preview of a new text: %v", answer.at("previewImport.counts"))
		}
		if answer.at("previewImport.facts.0.effect") != "CREATED" {
			t.Errorf("a fact of a new text: %v", answer.at("previewImport.facts.0"))
		}
		if facts := answer.at("previewImport.facts"); strings.Count(facts, `"ATTENDANCE"`) < 72 {
			t.Error("the preview does not show who took part")
		}
		if left := d.do(`{ meetings { totalCount } people { totalCount } changes { totalCount } }`, nil); left.at("meetings.totalCount") != "0" || left.at("people.totalCount") != "0" {
			t.Errorf("a preview wrote something: %v", left)
		}
		importSeed(d)
		answer = d.do(query, map[string]any{"input": map[string]any{"text": seedText(d)}})
		if answer.at("previewImport.matches.0.status") != "KNOWN" || answer.at("previewImport.facts.0.effect") != "UNCHANGED" || !strings.HasPrefix(answer.at("previewImport.matches.0.record.id"), "org_") {
			t.Errorf("the preview of a known text: %s", answer.at("previewImport.matches.0"))
		}
	})
}

func TestImportMinutesRefuses(t *testing.T) {
	d := importerOn(t, storetest.SQLite(t))
	undated := strings.ReplaceAll(seedText(t), "2022", "某")
	for _, test := range []struct {
		name  string
		input map[string]any
		want  string // path of a user error, or words of an error
	}{
		{"neither", map[string]any{}, "input text"},
		{"undated", map[string]any{"text": undated}, "input heldOn"},
		{"no minutes", map[string]any{"text": "今天天气很好。", "filename": "weather.txt"}, "weather.txt: this is no text of minutes"},
		{"empty", map[string]any{"text": " "}, "empty"},
		{"no place", map[string]any{"text": seedText(t), "corrections": []any{map[string]any{"path": "nothing", "value": "x"}}}, "input corrections 0 path"},
	} {
		response := ask(t, d.schema, models.Actor{Subject: "e", Role: models.RoleEditor}, importQuery, map[string]any{"input": test.input})
		var out facts
		if err := json.Unmarshal(response.Data, &out); err != nil {
			t.Fatal(err)
		}
		told := response.Errors.Error() + strings.NewReplacer(`","`, " ", `["`, "", `"]`, "").Replace(out.at("importMinutes.userErrors.0.path"))
		if !strings.Contains(told, test.want) {
			t.Errorf("%s: %q, want %q", test.name, told, test.want)
		}
	}
	answer := d.do(importQuery, map[string]any{"input": map[string]any{"text": undated, "heldOn": "2022-06-01", "visibility": "PUBLIC"}})
	if answer.at("importMinutes.userErrors") != "[]" || answer.at("importMinutes.meeting.id") == "null" {
		t.Errorf("with the day: %v", answer.at("importMinutes.userErrors"))
	}
}

func TestImportWithCorrections(t *testing.T) {
	d := importerOn(t, storetest.SQLite(t))
	corrections := []any{
		map[string]any{"path": "meeting.place", "value": "市行政中心", "start": 0, "end": 3},
		map[string]any{"path": "attendance[0]"},
	}
	input := map[string]any{"text": seedText(t), "corrections": corrections}
	answer := d.do(`mutation($input: ImportInput!) { previewImport(input: $input) { values { path value start end method removed } userErrors { path } } }`,
		map[string]any{"input": input})
	for _, want := range []string{`"path":"meeting.place"`, `"value":"市行政中心"`, `"removed":true`, `"method":"HUMAN"`} {
		if !strings.Contains(answer.at("previewImport.values"), want) {
			t.Errorf("%s is not in the preview", want)
		}
	}
	answer = d.do(`mutation($input: ImportInput!) { importMinutes(input: $input) { meeting { place attendances { totalCount } sources(field: "place") { quote method } } } }`,
		map[string]any{"input": input})
	if answer.at("importMinutes.meeting.place") != "市行政中心" || answer.at("importMinutes.meeting.sources.0.method") != "HUMAN" {
		t.Errorf("the correction did not reach the meeting: %v", answer)
	}
}
