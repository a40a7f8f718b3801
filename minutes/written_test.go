package minutes

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestWrittenFirst reads texts of testdata/first, whose answers were written by hand before the grammar was tried on
// them, and counts the facts that are found, missed and made up. A few may be missed; hardly any may be made up.
func TestWrittenFirst(t *testing.T) {
	files, err := filepath.Glob("testdata/first/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts in testdata/first:", err)
	}
	wanted, found, right := 0, 0, 0
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := os.ReadFile(strings.TrimSuffix(f, ".txt") + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var want Record
		if err := json.Unmarshal(answer, &want); err != nil {
			t.Fatal(f, err)
		}
		rec := Parse(string(text))
		checkSpans(t, string(text), rec, false)
		a, b := facts(want), facts(rec)
		for _, fact := range slices.Sorted(maps.Keys(a)) {
			if b[fact] {
				right++
			} else {
				t.Logf("%s: missed %s", filepath.Base(f), fact)
			}
		}
		for _, fact := range slices.Sorted(maps.Keys(b)) {
			if !a[fact] {
				t.Logf("%s: made up %s", filepath.Base(f), fact)
			}
		}
		wanted, found = wanted+len(a), found+len(b)
	}
	if right*100 < wanted*97 || right*100 < found*97 {
		t.Errorf("%d facts wanted, %d found, %d of them right; 97 in 100 are wanted both ways", wanted, found, right)
	}
}

// UnmarshalJSON reads the title, as MarshalJSON writes it.
func (d *DocumentRef) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, &d.Title) }

// facts lists what a record states, without spans.
func facts(r Record) map[string]bool {
	all := map[string]bool{}
	add := func(format string, args ...any) { all[squeeze(fmt.Sprintf(format, args...))] = true }
	if r.Meeting.HeldOn != nil {
		add("held %s", *r.Meeting.HeldOn)
	}
	if c := r.Meeting.Chair; c != nil {
		add("chair %s %s", c.Name, text0(c.Title))
	}
	if r.Meeting.Ordinal != nil {
		add("ordinal %d", *r.Meeting.Ordinal)
	}
	for _, it := range r.AgendaItems {
		title := it.Title
		add("item %s %s", it.Kind, title)
		for _, p := range it.Presenters {
			add("%s: presenter %s %s", title, text0(p.Organization), text0(p.Person))
		}
		for _, d := range it.Documents {
			add("%s: document %s", title, d.Title)
		}
		for _, d := range it.Decisions {
			add("%s: %s %s", title, d.Outcome, d.Text)
			for _, s := range d.Steps {
				add("%s: step %s %v %s %v", title, s.Kind, s.Actors, text0(s.Target), s.InNameOf)
			}
		}
		for _, d := range it.Directives {
			add("%s: told %s %s %v", title, text0(d.Label), d.Text, d.Addressees)
		}
	}
	for _, a := range r.Attendance {
		add("%s %s %s %s", a.Capacity, a.Status, text0(a.Organization), text0(a.Name))
	}
	for _, d := range r.Distribution {
		add("%s %s", d.Kind, d.Name)
	}
	return all
}
