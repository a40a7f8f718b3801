package resolvers

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// asker makes questions at random that the schema allows: lists at the root and all that can be asked below them, with
// aliases, fragments, filters, orders, pages, totals and groups.
type asker struct {
	schema *ast.Schema
	rng    *rand.Rand
	out    strings.Builder
	names  int
	spread []string // named fragments

	without []string            // fields that are not asked for, nor ordered by
	ids     map[string][]string // of records by type, to compare with
	// cursor returns a position in the list of all records of a type in an order, "" where there is none.
	cursor func(typeName, orderBy string) string
}

// rootLists are the fields of Query that are lists.
var rootLists = []string{"meetings", "agendaItems", "decisions", "directives", "documents", "organizations", "people", "attendances", "memberships"}

func (a *asker) query() string {
	a.out.Reset()
	a.names, a.spread = 0, nil
	a.out.WriteString("{")
	for range 1 + a.rng.IntN(2) {
		a.field(a.schema.Query.Fields.ForName(rootLists[a.rng.IntN(len(rootLists))]), 0)
	}
	a.out.WriteString("}")
	return a.out.String() + strings.Join(a.spread, "")
}

func (a *asker) oneIn(n int) bool { return a.rng.IntN(n) == 0 }

// field writes a field under a name of its own; those that are cursors have names that begin with c.
func (a *asker) field(f *ast.FieldDefinition, depth int) {
	a.names++
	alias := "f"
	if f.Name == "cursor" || f.Name == "startCursor" || f.Name == "endCursor" {
		alias = "c"
	}
	fmt.Fprintf(&a.out, " %s%d: %s", alias, a.names, f.Name)
	a.arguments(f)
	if a.oneIn(12) {
		a.out.WriteString([]string{" @skip(if: true)", " @include(if: true)"}[a.rng.IntN(2)])
	}
	t := a.schema.Types[f.Type.Name()]
	if t.IsCompositeType() {
		a.selection(t, depth+1)
	}
}

func (a *asker) selection(t *ast.Definition, depth int) {
	a.out.WriteString(" {")
	if a.oneIn(4) {
		a.out.WriteString(" __typename")
	}
	wrote := false
	for _, f := range t.Fields {
		if strings.HasPrefix(f.Name, "__") || f.Name == "history" || slices.Contains(a.without, f.Name) {
			continue
		}
		composite := a.schema.Types[f.Type.Name()].IsCompositeType()
		chance := 3
		if composite && t.Name != "GroupKey" && !strings.HasSuffix(t.Name, "Connection") && !strings.HasSuffix(t.Name, "Edge") {
			chance = 3 + 3*depth
		}
		if depth > 7 && composite || !a.oneIn(chance) {
			continue
		}
		a.inFragment(t, func() { a.field(f, depth) })
		wrote = true
	}
	if !wrote {
		a.out.WriteString(" __typename")
	}
	if t.Kind == ast.Interface {
		a.out.WriteString(" ... on Organization { name kind }")
	}
	a.out.WriteString("}")
}

// inFragment writes what a function writes, sometimes in a fragment.
func (a *asker) inFragment(t *ast.Definition, write func()) {
	switch a.rng.IntN(10) {
	case 0:
		a.out.WriteString(" ... on " + t.Name + " {")
		write()
		a.out.WriteString("}")
	case 1:
		outer := a.out.String()
		a.out.Reset()
		write()
		name := fmt.Sprintf("F%d", len(a.spread))
		a.spread = append(a.spread, fmt.Sprintf(" fragment %s on %s {%s}", name, t.Name, a.out.String()))
		a.out.Reset()
		a.out.WriteString(outer + " ..." + name)
	default:
		write()
	}
}

func (a *asker) arguments(f *ast.FieldDefinition) {
	var args []string
	switch {
	case f.Name == "groups":
		args = a.groups(f)
	case f.Arguments.ForName("after") != nil && f.Arguments.ForName("last") != nil:
		args = a.page(f)
	case f.Name == "distribution" && a.oneIn(2):
		args = append(args, "kind: TO")
	case f.Name == "sources" && len(f.Arguments) > 0 && a.oneIn(2):
		args = append(args, `field: "title"`)
	}
	if len(args) > 0 {
		a.out.WriteString("(" + strings.Join(args, ", ") + ")")
	}
}

func (a *asker) groups(f *ast.FieldDefinition) []string {
	values := a.schema.Types[f.Arguments.ForName("by").Type.Name()].EnumValues
	by := []string{values[a.rng.IntN(len(values))].Name}
	if second := values[a.rng.IntN(len(values))].Name; second != by[0] && a.oneIn(2) {
		by = append(by, second)
	}
	args := []string{"by: [" + strings.Join(by, ", ") + "]"}
	if a.oneIn(3) {
		args = append(args, []string{"having: {gte: 2}", "having: {ne: 1, lt: 9}", "having: {in: [1, 2]}"}[a.rng.IntN(3)])
	}
	if a.oneIn(3) {
		args = append(args, "orderBy: "+[]string{"KEY_ASC", "KEY_DESC", "COUNT_ASC", "COUNT_DESC"}[a.rng.IntN(4)])
	}
	if a.oneIn(3) {
		args = append(args, "first: 2")
	}
	return args
}

func (a *asker) page(f *ast.FieldDefinition) []string {
	var args []string
	if a.oneIn(2) {
		args = append(args, fmt.Sprintf("%s: %d", []string{"first", "last"}[a.rng.IntN(2)], a.rng.IntN(6)))
	}
	if f.Arguments.ForName("asOf") != nil && a.oneIn(3) {
		args = append(args, `asOf: "2020-06-01"`)
	}
	if a.oneIn(3) {
		args = append(args, "filter: "+a.filter(a.schema.Types[f.Arguments.ForName("filter").Type.Name()], nil, 0))
	}
	orderBy := a.orderBy(a.schema.Types[f.Arguments.ForName("orderBy").Type.Name()])
	if orderBy == "" {
		return args
	}
	args = append(args, "orderBy: ["+orderBy+"]")
	typeName := strings.TrimSuffix(strings.TrimSuffix(f.Type.Name(), "Connection"), "AgendaItemDocument")
	if typeName == "" {
		typeName = "Document"
	}
	if a.cursor == nil || typeName == "Presentation" {
		return args
	}
	for _, name := range []string{"after", "before"} {
		if a.oneIn(3) {
			if cursor := a.cursor(typeName, orderBy); cursor != "" {
				args = append(args, name+`: "`+cursor+`"`)
			}
		}
	}
	return args
}

// orderBy writes up to three keys of an order, or none.
func (a *asker) orderBy(t *ast.Definition) string {
	values := a.schema.Types[t.Fields.ForName("field").Type.Name()].EnumValues
	var keys, names []string
	for a.oneIn(2) && len(keys) < 3 {
		name := values[a.rng.IntN(len(values))].Name
		if slices.Contains(names, name) || strings.HasSuffix(name, "_AT") && slices.Contains(a.without, "createdAt") {
			continue
		}
		names = append(names, name)
		keys = append(keys, fmt.Sprintf("{field: %s, direction: %s}", name, []string{"ASC", "DESC"}[a.rng.IntN(2)]))
	}
	return strings.Join(keys, ", ")
}

// filter writes a filter that fits the type; of is the field of a record that leads to what is filtered, nil where it is not
// one record.
func (a *asker) filter(t *ast.Definition, of *ast.FieldDefinition, depth int) string {
	var tests []string
	record := a.schema.Types[strings.TrimSuffix(t.Name, "Filter")]
	for _, f := range t.Fields {
		if !a.oneIn(6 + 3*depth) {
			continue
		}
		inner := a.schema.Types[f.Type.Name()]
		switch {
		case f.Name == "and" || f.Name == "or":
			if depth < 2 {
				tests = append(tests, f.Name+": ["+a.filter(t, nil, depth+1)+", "+a.filter(t, nil, depth+1)+"]")
			}
		case f.Name == "isNull":
			if of != nil && !of.Type.NonNull {
				tests = append(tests, fmt.Sprintf("isNull: %v", a.oneIn(2)))
			}
		case f.Name == "not":
			if depth < 3 {
				tests = append(tests, "not: "+a.filter(t, nil, depth+1))
			}
		case strings.HasSuffix(inner.Name, "ListFilter"):
			if depth < 3 {
				tests = append(tests, f.Name+": "+a.listFilter(inner, depth+1))
			}
		case inner.Fields.ForName("eq") != nil || inner.Name == "DateTimeFilter":
			tests = append(tests, f.Name+": {"+a.comparison(record, f, inner)+"}")
		default:
			if depth < 3 {
				tests = append(tests, f.Name+": "+a.filter(inner, record.Fields.ForName(f.Name), depth+1))
			}
		}
	}
	return "{" + strings.Join(tests, ", ") + "}"
}

func (a *asker) listFilter(t *ast.Definition, depth int) string {
	var tests []string
	for _, name := range []string{"some", "none", "every"} {
		if a.oneIn(2) {
			tests = append(tests, name+": "+a.filter(a.schema.Types[t.Fields.ForName(name).Type.Name()], nil, depth))
		}
	}
	if a.oneIn(2) {
		tests = append(tests, []string{"count: {gte: 2}", "count: {eq: 0}", "count: {ne: 1, lt: 4}", "count: {in: []}", "count: {notIn: [0, 2]}"}[a.rng.IntN(5)])
	}
	return "{" + strings.Join(tests, ", ") + "}"
}

// words are texts that stand in the world, and some that do not.
var words = []string{"会议1", "会议", "机构2", "人3", "计划", "审议《计划0》", "会议原则同意。", "局长", "常务会议", "ren 1", "1", "", "第0号", "_%'\\\""}

// comparison writes one or two comparisons of a column.
func (a *asker) comparison(record *ast.Definition, f *ast.FieldDefinition, t *ast.Definition) string {
	value := func() string {
		switch kind := a.schema.Types[t.Fields[0].Type.Name()]; {
		case kind.Kind == ast.Enum:
			return kind.EnumValues[a.rng.IntN(len(kind.EnumValues))].Name
		case kind.Name == "Int":
			return strconv.Itoa(a.rng.IntN(5))
		case kind.Name == "Date":
			return []string{`"2021-02-10"`, `"2020-01-01"`, `"2022-03-10"`, `"2021-01-01"`}[a.rng.IntN(4)]
		case kind.Name == "DateTime":
			return []string{`"2020-01-01T00:00:00Z"`, `"2999-01-01T00:00:00.5Z"`}[a.rng.IntN(2)]
		case kind.Name == "ID":
			ids := a.ids[record.Name]
			if len(ids) == 0 {
				return `"` + strings.ToLower(record.Name[:1]) + `"`
			}
			return `"` + ids[a.rng.IntN(len(ids))] + `"`
		}
		return fmt.Sprintf("%q", words[a.rng.IntN(len(words))])
	}
	var tests []string
	for _, op := range t.Fields {
		if !a.oneIn(len(t.Fields)) && (len(tests) > 0 || op != t.Fields[len(t.Fields)-1]) || t.Name == "IDFilter" && a.ids == nil {
			continue
		}
		switch op.Name {
		case "in", "notIn":
			list := []string{}
			for range a.rng.IntN(4) {
				list = append(list, value())
			}
			tests = append(tests, op.Name+": ["+strings.Join(list, ", ")+"]")
		case "isNull":
			tests = append(tests, fmt.Sprintf("isNull: %v", a.oneIn(2)))
		case "matches":
			if f.Name == "title" && record.Name != "Attendance" || f.Name == "name" {
				tests = append(tests, "matches: "+[]string{`"计划"`, `"会"`, `"人 3"`, `"機構"`}[a.rng.IntN(4)])
			}
		default:
			tests = append(tests, op.Name+": "+value())
		}
	}
	return strings.Join(tests, ", ")
}
