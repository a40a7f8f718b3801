package resolvers

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/minutebook/minutebook/ingest"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// sampled returns a store that holds the samples that are plain texts. They are not public.
func sampled(t testing.TB, database string, options store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), database, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("../samples/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal("no samples", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		reading, err := ingest.Read(ingest.Input{Name: filepath.Base(name), Text: string(text)})
		if err != nil {
			t.Fatal(name, err)
		}
		if _, err := ingest.Import(context.Background(), s, models.Actor{Subject: "ed", Role: models.RoleEditor}, reading); err != nil {
			t.Fatal(name, err)
		}
	}
	return s
}

const findQuery = `query ($text: String!, $types: [SearchType!], $body: ID, $from: Date, $to: Date, $first: Int, $after: String) {
	search(query: $text, types: $types, body: $body, from: $from, to: $to, first: $first, after: $after) {
		totalCount
		pageInfo { hasNextPage endCursor }
		groups(by: [TYPE]) { keys { value } count }
		years: groups(by: [YEAR]) { keys { value } count }
		bodies: groups(by: [BODY]) { keys { value node { id ... on Organization { name } } } count }
		nodes {
			score
			snippets { field text ranges { start end } }
			record {
				__typename id
				... on Meeting { title body { name } }
				... on AgendaItem { title meeting { title } }
				... on Decision { text meeting { title } }
				... on Directive { text }
				... on Document { title }
				... on Organization { name }
				... on Person { name }
			}
		}
	}
}`

// answered is what the query answers.
type answered struct {
	Search struct {
		TotalCount int
		PageInfo   struct {
			HasNextPage bool
			EndCursor   *string
		}
		Groups, Years, Bodies []struct {
			Keys []struct {
				Value *string
				Node  *struct{ ID, Name string }
			}
			Count int
		}
		Nodes []hit
	}
}

type hit struct {
	Score    float64
	Snippets []struct {
		Field, Text string
		Ranges      []struct{ Start, End int }
	}
	Record struct {
		Typename string `json:"__typename"`
		ID       string
		Title    string
		Text     string
		Name     string
	}
}

// label is how a hit is called in the file of expectations.
func (h hit) label() string {
	return h.Record.Typename + " " + strings.ReplaceAll(h.Record.Title+h.Record.Text+h.Record.Name, "\n", "")
}

func find(t testing.TB, schema graphql.ExecutableSchema, actor models.Actor, variables map[string]any) (answered, error) {
	t.Helper()
	response := ask(t, schema, actor, findQuery, variables)
	if len(response.Errors) > 0 {
		return answered{}, response.Errors
	}
	var out answered
	if err := json.Unmarshal(response.Data, &out); err != nil {
		t.Fatal(err)
	}
	return out, nil
}

// expectation is one line of the file of expectations.
type expectation struct {
	line   string
	sign   byte
	prefix string
	number int // rank for +, total for =; 0: any
}

// expectations reads the file: what is typed, and what must come of it.
func expectations(t *testing.T) (typed []string, wanted map[string][]expectation) {
	t.Helper()
	text, err := os.ReadFile("../search/testdata/quality.txt")
	if err != nil {
		t.Fatal(err)
	}
	wanted = map[string][]expectation{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		sign, rest, ok := strings.Cut(line, " ")
		switch {
		case line == "" || line[0] == '#':
		case !ok || len(sign) != 1 || sign != "?" && len(typed) == 0:
			t.Fatalf("quality.txt: %q", line)
		case sign == "?":
			typed = append(typed, rest)
		default:
			e := expectation{line: line, sign: sign[0], prefix: rest}
			if rank, prefix, ok := strings.Cut(rest, " "); ok && rank[0] == '@' {
				e.prefix = prefix
				e.number, err = strconv.Atoi(rank[1:])
			} else if e.sign == '=' {
				e.number, err = strconv.Atoi(rest)
			}
			if err != nil {
				t.Fatalf("quality.txt: %q: %v", line, err)
			}
			last := typed[len(typed)-1]
			wanted[last] = append(wanted[last], e)
		}
	}
	return typed, wanted
}

// TestSearchQuality holds what is written in search/testdata/quality.txt, on both databases.
func TestSearchQuality(t *testing.T) {
	typed, wanted := expectations(t)
	storetest.Each(t, func(t *testing.T, database string) {
		_, schema := schemas(sampled(t, database, store.Options{}))
		for _, text := range typed {
			got, err := find(t, schema, readers[1], map[string]any{"text": text, "first": 100})
			if err != nil {
				t.Errorf("%q: %v", text, err)
				continue
			}
			for _, e := range wanted[text] {
				if problem := e.check(got); problem != "" {
					t.Errorf("%q: %s: %s", text, e.line, problem)
				}
			}
			for _, h := range got.Search.Nodes {
				if problem := h.check(); problem != "" {
					t.Errorf("%q: %s: %s", text, h.label(), problem)
				}
			}
		}
	})
}

// TestGuestsFindWhatTheySee closes meetings and people and holds that a guest finds, in the same order and with the same scores, what
// others find of the records that the guest may see, and counts no more.
func TestGuestsFindWhatTheySee(t *testing.T) {
	typed, _ := expectations(t)
	storetest.Each(t, func(t *testing.T, database string) {
		s := sampled(t, database, store.Options{})
		_, schema := schemas(s)
		closed := 0
		for _, text := range []string{"第7次", "顾明川", "市数据局"} {
			got, err := find(t, schema, readers[1], map[string]any{"text": text, "first": 1})
			if err != nil || len(got.Search.Nodes) == 0 {
				t.Fatalf("%q: %v", text, err)
			}
			recordType, id, err := models.DecodeID(got.Search.Nodes[0].Record.ID)
			if err != nil {
				t.Fatal(err)
			}
			err = s.Write(t.Context(), models.Actor{Subject: "ed", Role: models.RoleEditor}, func(tx *store.Tx) error {
				_, err := tx.SetVisibility(store.Schema.Records(recordType), id, models.VisibilityInternal, nil)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, text := range append(typed, "会议") {
			all, err := find(t, schema, readers[1], map[string]any{"text": text, "first": 100})
			if err != nil {
				t.Fatal(err)
			}
			guest, err := find(t, schema, readers[0], map[string]any{"text": text, "first": 100})
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, h := range all.Search.Nodes {
				if seen(t, schema, h.Record.ID) {
					want = append(want, fmt.Sprint(h.Record.ID, h.Score))
				}
			}
			closed += len(all.Search.Nodes) - len(want)
			var got []string
			for _, h := range guest.Search.Nodes {
				got = append(got, fmt.Sprint(h.Record.ID, h.Score))
			}
			if !slices.Equal(got, want) || guest.Search.TotalCount != len(want) {
				t.Errorf("%q: a guest finds %d of %d, want %d", text, guest.Search.TotalCount, all.Search.TotalCount, len(want))
			}
			sum := 0
			for _, group := range guest.Search.Groups {
				sum += group.Count
			}
			if sum != len(want) {
				t.Errorf("%q: a guest counts %d, want %d", text, sum, len(want))
			}
		}
		if closed < 20 {
			t.Errorf("only %d hits are closed: the test shows little", closed)
		}
	})
}

// seen reports whether a guest sees a record.
func seen(t testing.TB, schema graphql.ExecutableSchema, id string) bool {
	t.Helper()
	response := ask(t, schema, readers[0], `query ($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": id})
	return len(response.Errors) == 0 && !strings.Contains(string(response.Data), "null")
}

// check returns what is wrong with an answer.
func (e expectation) check(got answered) string {
	if e.sign == '=' {
		if got.Search.TotalCount != e.number {
			return fmt.Sprintf("found %d", got.Search.TotalCount)
		}
		return ""
	}
	rank := slices.IndexFunc(got.Search.Nodes, func(h hit) bool { return strings.HasPrefix(h.label()+" ", e.prefix) }) + 1
	switch {
	case e.sign == '+' && rank == 0:
		return fmt.Sprintf("is not among the %d found", got.Search.TotalCount)
	case e.sign == '+' && e.number > 0 && rank > e.number:
		return fmt.Sprintf("stands in place %d", rank)
	case e.sign == '-' && rank > 0:
		return fmt.Sprintf("stands in place %d: %s", rank, got.Search.Nodes[rank-1].label())
	}
	return ""
}

// check returns what is wrong with the snippets of a hit.
func (h hit) check() string {
	if len(h.Snippets) == 0 {
		return "has no snippet"
	}
	for _, s := range h.Snippets {
		at := 0
		for _, r := range s.Ranges {
			if r.Start < at || r.End <= r.Start || r.End > len([]rune(s.Text)) {
				return fmt.Sprintf("ranges %v of %q", s.Ranges, s.Text)
			}
			at = r.End
		}
		if at == 0 {
			return "a snippet without a range"
		}
	}
	return ""
}
