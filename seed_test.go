package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// wholeMeeting asks for everything that minutes state, with the sentence behind each fact.
const wholeMeeting = `{
  meetings(filter: { body: { name: { eq: "太仓市人民政府" } } }) {
    totalCount
    nodes {
      series ordinal heldOn timeOfDay body { ...unit } chair { name } sources { field start end quote }
      minutes {
        number issuedOn compiledOn publication text issuedBy { ...unit } compiledBy { ...unit }
        distribution { kind label collective organization { ...unit } sources { start end quote } }
      }
      agendaItems(first: 100) {
        nodes {
          position kind title sources { field start end quote }
          presenters(first: 100) { nodes { role organization { ...unit } person { name } sources { start end quote } } }
          documents(first: 100) { nodes { title } }
          decisions(first: 100) {
            nodes {
              outcome text sources { start end quote } documents(first: 100) { nodes { title } }
              steps {
                kind condition actors { ...unit } target { ...unit } inNameOf { ...unit } document { title }
                sources { start end quote }
              }
            }
          }
          directives(first: 100) { nodes { label text sources { start end quote } addressees(first: 100) { nodes { ...unit } } } }
        }
      }
      attendances(first: 100) {
        totalCount
        nodes { capacity status title label person { name } organization { ...unit } sources { start end quote } }
      }
    }
  }
}
fragment unit on Organization { name names { text } }`

// TestSeed asks GraphQL, without a token, for the whole of the minutes of Taicang, and compares the facts and the places they
// stand at with what a person has read in the text.
func TestSeed(t *testing.T) {
	var gold goldRecord
	readGold(t, &gold)
	db := emptyStore(t)
	importSample(t, db, "samples/taicang-2022-08.txt")
	var answer seedAnswer
	data := askGuest(t, db, wholeMeeting)
	if err := json.Unmarshal(data, &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Meetings.Nodes) != 1 {
		t.Fatalf("%d meetings, want 1", len(answer.Meetings.Nodes))
	}
	known := answer.names()
	got, want := answer.Meetings.Nodes[0].facts(known), gold.facts(known)
	for fact, at := range want {
		if found, ok := got[fact]; !ok {
			t.Errorf("missing: %s", fact)
		} else if !found.near(at) {
			t.Errorf("%s: at %d to %d, want %d to %d", fact, found.Start, found.End, at.Start, at.End)
		}
	}
	for fact := range got {
		if _, ok := want[fact]; !ok {
			t.Errorf("not in the gold: %s", fact)
		}
	}
	if len(want) < 150 {
		t.Errorf("the gold has only %d facts", len(want))
	}
	checkQuotes(t, data, []rune(answer.Meetings.Nodes[0].Minutes.Text))
}

// readGold reads the answer that a person has written for the seed, or, where the corpus is not at hand, the one that is
// kept for the tests of the grammar and was compared with it.
func readGold(t *testing.T, into *goldRecord) {
	t.Helper()
	data, err := os.ReadFile("../shared/corpus/gold/taicang-2022-08.json")
	if err != nil {
		data, err = os.ReadFile("minutes/testdata/00-taicang-2022-08.json")
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

// checkQuotes holds every span of an answer to the text it counts in.
func checkQuotes(t *testing.T, data []byte, text []rune) {
	t.Helper()
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	quotes := 0
	var walk func(any)
	walk = func(node any) {
		switch v := node.(type) {
		case []any:
			for _, element := range v {
				walk(element)
			}
		case map[string]any:
			if quote, ok := v["quote"].(string); ok {
				start, end := int(v["start"].(float64)), int(v["end"].(float64))
				quotes++
				if start < 0 || end > len(text) || start >= end || string(text[start:end]) != quote {
					t.Errorf("%q does not stand at %d to %d", quote, start, end)
				}
			}
			for _, value := range v {
				walk(value)
			}
		}
	}
	walk(tree)
	if quotes < 150 {
		t.Errorf("only %d sentences are given", quotes)
	}
}

// names maps every name of an organization in the answer to the one it is kept under.
func (a seedAnswer) names() map[string]string {
	known := map[string]string{}
	note := func(units ...unit) {
		for _, u := range units {
			for _, name := range u.Names {
				known[name.Text] = u.Name
			}
		}
	}
	for _, m := range a.Meetings.Nodes {
		note(m.Body, m.Minutes.IssuedBy, m.Minutes.CompiledBy)
		for _, item := range m.AgendaItems.Nodes {
			for _, p := range item.Presenters.Nodes {
				if p.Organization != nil {
					note(*p.Organization)
				}
			}
			for _, d := range item.Decisions.Nodes {
				for _, s := range d.Steps {
					note(append(slices.Clone(s.Actors), s.InNameOf...)...)
					if s.Target != nil {
						note(*s.Target)
					}
				}
			}
			for _, d := range item.Directives.Nodes {
				note(d.Addressees.Nodes...)
			}
		}
		for _, at := range m.Attendances.Nodes {
			if at.Organization != nil {
				note(*at.Organization)
			}
		}
	}
	return known
}

// facts are lines that can be compared, with the code points they stand at.
type facts map[string]place

func (f facts) sayf(spans []place, format string, args ...any) {
	var at place
	for _, s := range spans {
		if s.Field == "" || s.Field == "title" {
			at = s
			break
		}
	}
	f[fmt.Sprintf(format, args...)] = at
}

func list(words []string) string {
	words = slices.Clone(words)
	slices.Sort(words)
	return strings.Join(words, "、")
}

func (m seedMeeting) facts(_ map[string]string) facts {
	f := facts{}
	name := func(u *unit) string {
		if u == nil {
			return ""
		}
		return u.Name
	}
	all := func(units []unit) (list []string) {
		for _, u := range units {
			list = append(list, u.Name)
		}
		return list
	}
	f.sayf(nil, "meeting %s %s %d %s %s %s", m.Body.Name, m.Series, m.Ordinal, m.HeldOn, m.TimeOfDay, m.Chair.Name)
	f.sayf(nil, "minutes %s %s %s %s %s %s", m.Minutes.Number, m.Minutes.IssuedBy.Name, m.Minutes.IssuedOn, m.Minutes.CompiledBy.Name,
		m.Minutes.CompiledOn, m.Minutes.Publication)
	for _, item := range m.AgendaItems.Nodes {
		f.sayf(item.Sources, "item %d %s %s documents %s", item.Position, item.Kind, item.Title, list(item.Documents.list()))
		for _, p := range item.Presenters.Nodes {
			person := ""
			if p.Person != nil {
				person = p.Person.Name
			}
			f.sayf(p.Sources, "item %d presented by %s %s %s", item.Position, name(p.Organization), person, p.Role)
		}
		for i, d := range item.Decisions.Nodes {
			f.sayf(d.Sources, "item %d decision %d %s %s documents %s", item.Position, i, d.Outcome, d.Text, list(d.Documents.list()))
			for j, s := range d.Steps {
				document := ""
				if s.Document != nil {
					document = s.Document.Title
				}
				f.sayf(s.Sources, "item %d decision %d step %d %s by %s to %s in the name of %s about %s if %s", item.Position, i, j, s.Kind,
					list(all(s.Actors)), name(s.Target), list(all(s.InNameOf)), document, s.Condition)
			}
		}
		for i, d := range item.Directives.Nodes {
			f.sayf(d.Sources, "item %d directive %d %s %s to %s", item.Position, i, d.Label, d.Text, list(all(d.Addressees.Nodes)))
		}
	}
	for _, a := range m.Attendances.Nodes {
		person := ""
		if a.Person != nil {
			person = a.Person.Name
		}
		f.sayf(a.Sources, "attendance %s %s %s %s %s", a.Capacity, a.Status, person, name(a.Organization), a.Title)
	}
	for _, d := range m.Minutes.Distribution {
		f.sayf(d.Sources, "sent %s %s %v", d.Kind, d.Label, d.Collective)
	}
	return f
}

func (g goldRecord) facts(known map[string]string) facts {
	f := facts{}
	name := func(text string) string {
		if kept := known[text]; kept != "" {
			return kept
		}
		return text
	}
	all := func(texts []string) (list []string) {
		for _, text := range texts {
			list = append(list, name(text))
		}
		return list
	}
	m := g.Meeting
	f.sayf(nil, "meeting %s %s %d %s %s %s", m.Body, m.Series, m.Ordinal, m.HeldOn, m.TimeOfDay, m.Chair.Name)
	f.sayf(nil, "minutes 第%d号 %s %s %s %s %s", g.Minutes.IssueNumber, g.Minutes.IssuedBy, g.Minutes.IssuedOn, g.Minutes.CompiledBy,
		g.Minutes.CompiledOn, g.Minutes.Publication)
	for _, item := range g.AgendaItems {
		f.sayf([]place{item.Span}, "item %d %s %s documents %s", item.Position, item.Kind, item.Title, list(item.Documents))
		for _, p := range item.Presenters {
			f.sayf([]place{p.Span}, "item %d presented by %s %s %s", item.Position, name(p.Organization), p.Person, p.Role)
		}
		for i, d := range item.Decisions {
			f.sayf([]place{d.Span}, "item %d decision %d %s %s documents %s", item.Position, i, d.Outcome, d.Text, list(d.Documents))
			for j, s := range d.Steps {
				f.sayf([]place{s.Span}, "item %d decision %d step %d %s by %s to %s in the name of %s about %s if %s", item.Position, i, j, s.Kind,
					list(all(s.Actors)), name(s.Target), list(all(s.InNameOf)), s.Document, s.Condition)
			}
		}
		for i, d := range item.Directives {
			f.sayf([]place{d.Span}, "item %d directive %d %s %s to %s", item.Position, i, d.Label, d.Text, list(all(d.Addressees)))
		}
	}
	for _, a := range g.Attendance {
		f.sayf([]place{a.Span}, "attendance %s %s %s %s %s", a.Capacity, a.Status, a.Name, name(a.Organization), a.Title)
	}
	for _, d := range g.Distribution {
		f.sayf([]place{d.Span}, "sent %s %s %v", d.Kind, d.Name, d.Collective)
	}
	return f
}
