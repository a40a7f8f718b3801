package faults

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/minutebook/minutebook/store"
)

// tally is what the checker found.
type tally struct {
	acknowledged, lost, doubled, invented int
	unknown, unknownThere                 int
}

// check compares what is there with the ledger: the records, the export, the search, what a guest sees.
func (s *scene) check(ctx context.Context) (t tally, err error) {
	there, err := s.everybody(ctx, s.admin())
	if err != nil {
		return t, fmt.Errorf("read all people: %w", err)
	}
	entries := s.ledger.copied()
	for name, e := range entries {
		found := there[name]
		if e.Outcome == acknowledged {
			t.acknowledged++
		} else {
			t.unknown++
		}
		switch {
		case len(found) > 1:
			t.doubled++
			s.breaksf("I1: %s is there %d times", name, len(found))
		case e.Outcome == acknowledged && len(found) == 0:
			t.lost++
			s.breaksf("I1: %s was acknowledged and is not there", name)
		case e.Outcome == acknowledged && !e.is(found[0]):
			t.lost++
			s.breaksf("I1, I5: acknowledged was %+v, there is %+v", e, found[0])
		case e.Outcome == refused && len(found) > 0:
			s.breaksf("I3: %s was refused and is there", name)
		case e.Outcome == unknown && len(found) == 1:
			t.unknownThere++
		}
	}
	for name := range there {
		if _, sent := entries[name]; !sent && !s.others[name] {
			t.invented++
			s.breaksf("I3: %s is there, nobody sent it", name)
		}
	}
	s.checkGuest(ctx, there)
	s.checkExport(ctx, there)
	s.checkSearch(ctx, entries)
	return t, nil
}

// is says whether a record is as the entry says, or as an update without a certain answer would have made it.
func (e entry) is(p person) bool {
	if p.ID != e.ID || p.Visibility != e.Visibility {
		return false
	}
	return p.Pinyin == e.Pinyin && p.Version == e.Version || e.Perhaps != "" && p.Pinyin == e.Perhaps && p.Version == e.Version+1
}

// everybody reads all people page by page, by their names.
func (s *scene) everybody(ctx context.Context, c *client) (map[string][]person, error) {
	const document = `query($after: String) { people(first: 100, after: $after) {
		totalCount nodes { id version name pinyin visibility } pageInfo { endCursor hasNextPage } } }`
	out := map[string][]person{}
	var after any
	read := 0
	for {
		var page struct {
			People struct {
				TotalCount int
				Nodes      []person
				PageInfo   struct {
					EndCursor   string
					HasNextPage bool
				}
			}
		}
		if err := c.must(ctx, document, map[string]any{"after": after}, &page); err != nil {
			return nil, err
		}
		for _, p := range page.People.Nodes {
			out[p.Name] = append(out[p.Name], p)
			read++
		}
		if after = page.People.PageInfo.EndCursor; !page.People.PageInfo.HasNextPage {
			if read != page.People.TotalCount {
				return nil, fmt.Errorf("%d people were read, the count says %d", read, page.People.TotalCount)
			}
			return out, nil
		}
	}
}

func (s *scene) checkGuest(ctx context.Context, there map[string][]person) {
	public := 0
	for _, found := range there {
		for _, p := range found {
			if p.Visibility == "PUBLIC" {
				public++
			}
		}
	}
	seen, err := s.everybody(ctx, s.client(""))
	if err != nil {
		s.breaksf("I7: a guest cannot read: %v", err)
		return
	}
	if len(seen) != public {
		s.breaksf("I7: a guest sees %d people, %d are public", len(seen), public)
	}
	for name, found := range seen {
		if found[0].Visibility != "PUBLIC" {
			s.breaksf("I7: a guest sees %s", name)
		}
	}
}

func (s *scene) checkExport(ctx context.Context, there map[string][]person) {
	lines, err := s.admin().fetch(ctx, "/export/people.jsonl")
	if err != nil {
		s.breaksf("I1: the export: %v", err)
		return
	}
	rows := 0
	for _, line := range lines {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var p person
		if err := json.Unmarshal(line, &p); err != nil {
			s.breaksf("I1: a line of the export: %v: %.100s", err, line)
			return
		}
		rows++
		if found := there[p.Name]; len(found) == 0 || found[0].ID != p.ID {
			s.breaksf("I1: the export has %s %s, the API does not", p.ID, p.Name)
		}
	}
	if rows != len(there) {
		s.breaksf("I1: the export has %d people, the API %d", rows, len(there))
	}
}

// checkSearch searches for some of those who were acknowledged.
func (s *scene) checkSearch(ctx context.Context, entries map[string]entry) {
	const document = `query($q: String!) { search(query: $q, types: [PERSON], first: 5) { nodes { record { id } } } }`
	most := 40
	for name, e := range entries {
		if e.Outcome != acknowledged {
			continue
		}
		if most--; most < 0 {
			return
		}
		var answer struct {
			Search struct {
				Nodes []struct{ Record struct{ ID string } }
			}
		}
		if err := s.admin().must(ctx, document, map[string]any{"q": name}, &answer); err != nil {
			s.breaksf("I1: the search for %s: %v", name, err)
			return
		}
		if nodes := answer.Search.Nodes; len(nodes) == 0 || nodes[0].Record.ID != e.ID {
			s.breaksf("I1: the search for %s finds %v", name, nodes)
		}
	}
}

// verify checks the chain of the log and the rules of the graph (I5, I6). On SQLite no server may run.
func (s *scene) verify(ctx context.Context, database string) (*store.Report, error) {
	db, err := store.Open(ctx, database, store.Options{Logger: slog.New(slog.DiscardHandler), Slow: time.Hour})
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	report, err := db.Verify(ctx)
	if err != nil {
		return nil, err
	}
	for _, problem := range report.Problems {
		s.breaksf("I6: %s", problem)
	}
	return report, nil
}

// conclude checks everything at the end of a row: the ledger, what the server holds, that it ends well, the chain.
func (s *scene) conclude(ctx context.Context) (tally, error) {
	s.halt()
	if s.server.Load() == nil {
		return tally{}, nil
	}
	if s.final != nil {
		return *s.final, nil
	}
	t, err := s.check(ctx)
	if err != nil {
		return t, err
	}
	if s.base != (measures{}) {
		s.clients.Lock()
		for _, c := range s.clients.made {
			c.http.CloseIdleConnections()
		}
		s.clients.Unlock()
		s.backToBaseline(ctx)
	}
	if _, err := s.server.Load().terminate(20 * time.Second); err != nil {
		s.breaksf("I10: the end of the server: %v\n%s", err, s.server.Load().logEnd())
	}
	s.leftOver()
	_, err = s.verify(ctx, s.database)
	return t, err
}
