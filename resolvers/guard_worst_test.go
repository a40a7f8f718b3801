//go:build unix

package resolvers

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/minutebook/minutebook/graph"
)

// worstDocuments are the dearest documents to look at that we know of, each just within the limits or refused as late as
// possible. Every limit has one that leans on it.
func worstDocuments() map[string]string {
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(format, "#", strconv.Itoa(i)) + " ")
		}
		return b.String()
	}
	node := func(inner string) string { return "{ meetings(first: 1) { nodes { " + inner + "} } }" }
	return map[string]string{
		"one field, 490 times":            node(many(490, "id")),
		"one object, 240 times":           node(many(240, "body { name }")),
		"one chain, 95 times":             node(many(95, "body { parent { parent { parent { name } } } }")),
		"one list, 160 times":             node(many(160, "agendaItems { nodes { id } }")),
		"one list with arguments":         node(many(110, `agendaItems(filter: {title: {eq: "x"}}) { totalCount }`)),
		"conflicts of arguments":          node(many(150, "agendaItems(first: #) { totalCount }")),
		"conflicts below":                 node(many(60, "agendaItems { nodes { sources(field: \"#\") { start } } }")),
		"inline fragments side by side":   node(many(320, "... { id }")),
		"inline fragments in each other":  node(strings.Repeat("... { id ", 460) + strings.Repeat("} ", 460)),
		"inline fragments on types":       "{ nodes(ids: [1]) { " + many(240, "... on Meeting { id }") + "} }",
		"fragments side by side":          node(many(200, "...f#")) + many(200, "fragment f# on Meeting { id }"),
		"fragments with objects":          node(many(110, "...f#")) + many(110, "fragment f# on Meeting { body { name } }"),
		"a chain of fragments":            node("...f0 ") + many(200, "fragment f# on Meeting { id ...g# }") + chain(200),
		"fragments in each other":         node("...f0 ") + nest(220),
		"fragments apart":                 "{ __typename } " + many(200, "fragment f# on Meeting { id body { name } }"),
		"operations":                      many(200, "query q# { __typename }"),
		"operations that share":           many(130, "query q# { ...f }") + "fragment f on Query { " + many(3, "__typename") + "}",
		"variables":                       "query(" + many(280, "$v#: String!") + ") { meetings(filter: {title: {in: [" + many(280, "$v#") + "]}}) { totalCount } }",
		"variables in filters":            "query(" + many(200, "$v#: String!") + ") { meetings(filter: {or: [" + many(95, "{title: {eq: $v#}}") + many(105, "$v#") + "]}) { totalCount } }",
		"a list of numbers":               "{ nodes(ids: [" + many(1900, "#") + "]) { id } }",
		"a filter":                        "{ meetings(filter: {or: [" + many(99, `{title: {eq: "x"}}`) + "]}) { totalCount } }",
		"a deep filter":                   "{ meetings(filter: " + strings.Repeat("{not: ", 640) + "{}" + strings.Repeat("}", 640) + ") { totalCount } }",
		"unknown fields":                  node(many(490, "field#")),
		"near misses":                     node(many(490, "agendaItem")),
		"unknown arguments":               node(many(200, "agendaItems(firs: 1)")),
		"unknown directives":              node(many(19, "id @unknown#")),
		"unknown fragments":               node(many(900, "...f#")),
		"unknown values":                  "{ meetings(filter: {state: {in: [" + many(900, "HELDD") + "]}}) { totalCount } }",
		"aliases":                         node(many(30, "a#: agendaItems { nodes { id title } }")),
		"a long string":                   `{ meetings(filter: {title: {eq: "` + strings.Repeat("x", 30_000) + `"}}) { totalCount } }`,
		"a block string":                  `{ meetings(filter: {title: {eq: """` + strings.Repeat(" \n", 15_000) + `"""}}) { totalCount } }`,
		"escapes":                         `{ meetings(filter: {title: {eq: "` + strings.Repeat(`\u4e00`, 5_000) + `"}}) { totalCount } }`,
		"commas":                          "{ __typename " + strings.Repeat(",", 32_000) + "}",
		"comments":                        "{ __typename " + strings.Repeat("#\n", 16_000) + "}",
		"the dearest in fields and pages": node(many(9, "agendaItems(first: 2) { nodes { "+many(8, "presenters { nodes { id } }")+"} }")),
	}
}

// chain completes a chain of fragments, where every f spreads a g and every g the next f.
func chain(n int) string {
	var b strings.Builder
	for i := range n {
		next := fmt.Sprintf("...f%d", i+1)
		if i == n-1 {
			next = "id"
		}
		fmt.Fprintf(&b, "fragment g%d on Meeting { %s } ", i, next)
	}
	return b.String()
}

// nest is a chain of fragments with an object each.
func nest(n int) string {
	var b strings.Builder
	for i := range n - 1 {
		fmt.Fprintf(&b, "fragment f%d on Meeting { id ...f%d } ", i, i+1)
	}
	fmt.Fprintf(&b, "fragment f%d on Meeting { id } ", n-1)
	return b.String()
}

func worstGuard(suggestions bool) *guard {
	limits := testLimits()
	limits.CachedDocuments = 0 // every look is the first
	return newGuard(graph.NewExecutableSchema(graph.Config{}).Schema(), limits, false, suggestions)
}

// TestWorstDocument holds the promise: the dearest document costs less than 0.1 s of CPU before SQL, accepted or not.
func TestWorstDocument(t *testing.T) {
	type row struct {
		name string
		took time.Duration
		code string
	}
	var rows []row
	for _, suggestions := range []bool{false, true} {
		g := worstGuard(suggestions)
		for name, text := range worstDocuments() {
			best := row{name: name, took: time.Hour}
			for range 3 { // the least of three: the collector may run beside
				before := processorTime(t)
				r := admitText(g, text)
				best.took = min(best.took, processorTime(t)-before)
				if best.code = "accepted"; r != nil {
					best.code = r.code()
				}
			}
			if suggestions {
				best.name += ", with suggestions"
			}
			if best.took > 100*time.Millisecond {
				t.Errorf("%s (%s) costs %s", best.name, best.code, best.took)
			}
			rows = append(rows, best)
		}
	}
	sort.Slice(rows, func(i, j int) bool { return rows[i].took > rows[j].took })
	for _, r := range rows[:16] {
		t.Logf("%8s  %-28s %s", r.took.Round(10*time.Microsecond), r.code, r.name)
	}
}

// processorTime is what the process has used so far; unlike a clock it does not count what other programs do meanwhile.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkGuard measures the way from text to decision, for the usual query with and without the cache, and for the
// dearest one of each kind.
func BenchmarkGuard(b *testing.B) {
	const usual = "{ meetings(first: 20) { nodes { title agendaItems { nodes { title presenters { nodes { organization { name } } } } } } } }"
	cached := newGuard(graph.NewExecutableSchema(graph.Config{}).Schema(), testLimits(), false, false)
	b.Run("usual, known", func(b *testing.B) {
		for b.Loop() {
			admitText(cached, usual)
		}
	})
	g := worstGuard(false)
	documents := worstDocuments()
	documents["usual, new"] = usual
	names := make([]string, 0, len(documents))
	for name := range documents {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				admitText(g, documents[name])
			}
		})
	}
}
