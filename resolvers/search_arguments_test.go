package resolvers

import (
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// TestSearchArguments holds what the arguments of a search mean.
func TestSearchArguments(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		_, schema := schemas(sampled(t, database, store.Options{}))
		ask := func(variables map[string]any) answered {
			t.Helper()
			got, err := find(t, schema, readers[1], variables)
			if err != nil {
				t.Fatalf("%v: %v", variables, err)
			}
			return got
		}
		all := ask(map[string]any{"text": "会议", "first": 100})
		var pages []string
		for cursor := (*string)(nil); ; {
			variables := map[string]any{"text": "会议", "first": 3}
			if cursor != nil {
				variables["after"] = *cursor
			}
			page := ask(variables)
			for _, h := range page.Search.Nodes {
				pages = append(pages, h.Record.ID)
			}
			if cursor = page.Search.PageInfo.EndCursor; !page.Search.PageInfo.HasNextPage {
				break
			}
		}
		for i, h := range all.Search.Nodes {
			if i < len(pages) && pages[i] != h.Record.ID {
				t.Fatalf("page by page another record stands in place %d", i+1)
			}
		}
		if len(pages) != all.Search.TotalCount {
			t.Errorf("%d records page by page, %d in all", len(pages), all.Search.TotalCount)
		}
		for _, group := range all.Search.Groups {
			if got := ask(map[string]any{"text": "会议", "types": []any{*group.Keys[0].Value}}); got.Search.TotalCount != group.Count {
				t.Errorf("%s: %d, and %d in the group", *group.Keys[0].Value, got.Search.TotalCount, group.Count)
			}
		}
		bodies, years := 0, 0
		for _, group := range all.Search.Bodies {
			if group.Keys[0].Value == nil {
				continue
			}
			bodies++
			if got := ask(map[string]any{"text": "会议", "body": *group.Keys[0].Value}); got.Search.TotalCount != group.Count || group.Keys[0].Node == nil {
				t.Errorf("%s: %d, and %d in the group", *group.Keys[0].Value, got.Search.TotalCount, group.Count)
			}
		}
		for _, group := range all.Search.Years {
			if group.Keys[0].Value == nil {
				continue
			}
			years++
			year := *group.Keys[0].Value
			if got := ask(map[string]any{"text": "会议", "from": year + "-01-01", "to": year + "-12-31"}); got.Search.TotalCount != group.Count {
				t.Errorf("%s: %d, and %d in the group", year, got.Search.TotalCount, group.Count)
			}
		}
		if bodies < 2 || years < 2 {
			t.Errorf("%d bodies and %d years show little", bodies, years)
		}
		if got := ask(map[string]any{"text": "会议", "types": []any{}}); got.Search.TotalCount != 0 {
			t.Errorf("%d of no type", got.Search.TotalCount)
		}
		for name, variables := range map[string]map[string]any{
			"a long text":             {"text": strings.Repeat("市", 201)},
			"many words":              {"text": "a b c d e f g h i j k l m n o p q"},
			"a body that is none":     {"text": "会议", "body": "x"},
			"a body that is a person": {"text": "会议", "body": models.EncodeID(models.TypePerson, models.NewID())},
			"a foreign cursor":        {"text": "会", "after": *all.Search.PageInfo.EndCursor},
			"a large page":            {"text": "会议", "first": 101},
			"a cursor that is none":   {"text": "会议", "after": "x"},
		} {
			if _, err := find(t, schema, readers[1], variables); err == nil {
				t.Errorf("%s was taken", name)
			}
		}
	})
}

// TestSearchStatements counts the statements of a search that asks for everything: one for the hits, one for the total and
// for each grouping and its records, for each type found one for the records with those they lead to, one for snippets, and
// one more for names.
func TestSearchStatements(t *testing.T) {
	var counted int
	var counting bool
	observe := func(statement string, _ time.Duration, _ error) {
		if counting && strings.HasPrefix(statement, "SELECT") {
			counted++
		}
	}
	_, schema := schemas(sampled(t, storetest.SQLite(t), store.Options{Observe: observe}))
	counting = true
	got, err := find(t, schema, readers[1], map[string]any{"text": "会议", "first": 100})
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]bool{}
	for _, h := range got.Search.Nodes {
		types[h.Record.Typename] = true
	}
	if most := 5 + 1 + 2*len(types) + 2; counted > most || len(got.Search.Nodes) < 50 {
		t.Errorf("%d statements for %d hits of %d types, at most %d are needed", counted, len(got.Search.Nodes), len(types), most)
	}
}

// TestMatches holds the comparison of filters that looks for words.
func TestMatches(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		generic, compiled := schemas(sampled(t, database, store.Options{}))
		for query, want := range map[string]string{
			`{ people(filter: {name: {matches: "gmc"}}) { nodes { name } } }`:                                      `{"people":{"nodes":[{"name":"顾明川"}]}}`,
			`{ meetings(filter: {title: {matches: "第7次 太倉"}}) { totalCount } }`:                                    `{"meetings":{"totalCount":1}}`,
			`{ meetings(filter: {not: {title: {matches: "第7次"}}}) { nodes { ordinal } } }`:                         "",
			`{ agendaItems(filter: {meeting: {title: {matches: "第7次"}}, title: {matches: "照明"}}) { totalCount } }`: `{"agendaItems":{"totalCount":1}}`,
			`{ documents(filter: {title: {matches: "***"}}) { totalCount } }`:                                      `{"documents":{"totalCount":0}}`,
		} {
			for _, schema := range []graphql.ExecutableSchema{generic, compiled} {
				response := ask(t, schema, readers[1], query, nil)
				if len(response.Errors) > 0 || want != "" && string(response.Data) != want || want == "" && strings.Contains(string(response.Data), `"ordinal":7}`) {
					t.Errorf("%s: %s %v", query, response.Data, response.Errors)
				}
			}
		}
		for _, query := range []string{
			`{ decisions(filter: {text: {matches: "同意"}}) { totalCount } }`,
			`{ meetings(filter: {series: {matches: "会议"}}) { totalCount } }`,
			`{ meetings(filter: {title: {matches: null}}) { totalCount } }`,
		} {
			if response := ask(t, compiled, readers[1], query, nil); len(response.Errors) == 0 {
				t.Errorf("%s was taken", query)
			}
		}
	})
}
