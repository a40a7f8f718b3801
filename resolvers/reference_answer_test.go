package resolvers

import (
	"reflect"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/models"
)

var typeOfName = reflect.TypeFor[*models.Name]()

// answer answers an operation of lists at the root.
func (r *reference) answer(operation *ast.OperationDefinition) map[string]any {
	out := map[string]any{}
	for _, f := range collected([]ast.SelectionSet{operation.SelectionSet}, "Query") {
		if f.name == "__typename" {
			out[f.alias] = "Query"
			continue
		}
		out[f.alias] = r.connection(nil, all[f.name], f)
	}
	return out
}

// wanted is a field that is asked for, with all that is selected below it.
type wanted struct {
	alias, name string
	field       *ast.Field
	below       []ast.SelectionSet
}

// collected merges the fields of selections by their aliases, with fragments that apply to a type.
func collected(sets []ast.SelectionSet, typeName string) []*wanted {
	var out []*wanted
	var walk func(set ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch s := selection.(type) {
			case *ast.Field:
				if left(s.Directives) {
					continue
				}
				i := slices.IndexFunc(out, func(f *wanted) bool { return f.alias == s.Alias })
				if i < 0 {
					out = append(out, &wanted{s.Alias, s.Name, s, []ast.SelectionSet{s.SelectionSet}})
				} else {
					out[i].below = append(out[i].below, s.SelectionSet)
				}
			case *ast.InlineFragment:
				if s.TypeCondition == typeName || slices.Contains([]string{"Node", "Record", ""}, s.TypeCondition) {
					walk(s.SelectionSet)
				}
			case *ast.FragmentSpread:
				if s.Definition.TypeCondition == typeName || slices.Contains([]string{"Node", "Record"}, s.Definition.TypeCondition) {
					walk(s.Definition.SelectionSet)
				}
			}
		}
	}
	for _, set := range sets {
		walk(set)
	}
	return out
}

// left reports whether a field is left out.
func left(directives ast.DirectiveList) bool {
	for _, d := range directives {
		yes := d.Arguments.ForName("if").Value.Raw == "true"
		if d.Name == "skip" && yes || d.Name == "include" && !yes {
			return true
		}
	}
	return false
}

// object answers what is selected of a row.
func (r *reference) object(row any, sets []ast.SelectionSet) map[string]any {
	out := map[string]any{}
	for _, f := range collected(sets, typeName(row)) {
		out[f.alias] = r.fieldOf(row, f)
	}
	return out
}

func (r *reference) fieldOf(row any, f *wanted) any {
	if f.name == "__typename" {
		return typeName(row)
	}
	if edge, ok := tieOf(row, f.name); ok {
		if strings.HasSuffix(f.field.Definition.Type.Name(), "Connection") {
			return r.connection(row, edge, f)
		}
		return r.list(row, edge, f)
	}
	if f.below[0] == nil {
		return asJSON(valueOf(row, f.name))
	}
	to := r.one(row, f.field.Definition)
	if to == nil {
		return nil
	}
	return r.object(to, f.below)
}

// asJSON is a value as JSON has it.
func asJSON(v any) any {
	switch v := v.(type) {
	case models.DateTime:
		return v.UTC().Format("2006-01-02T15:04:05.000000Z")
	case int64:
		return float64(v)
	case []string:
		list := make([]any, len(v))
		for i, text := range v {
			list[i] = text
		}
		return list
	}
	return v
}

// list answers a list without pages.
func (r *reference) list(row any, edge tie, f *wanted) any {
	given := f.field.ArgumentMap(nil)
	rows := r.along(row, edge)
	sortBy(rows, r.keys(edge, nil))
	out := []any{}
	for _, at := range rows {
		if kind, ok := given["kind"].(string); ok && valueOf(at.row, "kind") != kind {
			continue
		}
		if field, ok := given["field"].(string); ok && valueOf(at.row, "field") != field {
			continue
		}
		out = append(out, r.object(at.row, f.below))
	}
	return out
}

// connection answers a page with what is said of the whole set.
func (r *reference) connection(row any, edge tie, f *wanted) any {
	given := f.field.ArgumentMap(nil)
	filter, _ := given["filter"].(map[string]any)
	var rows []reached
	for _, at := range r.along(row, edge) {
		if day, ok := given["asOf"].(string); ok && !during(at.row, day) {
			continue
		}
		if r.fits(at.row, filter) {
			rows = append(rows, at)
		}
	}
	orderBy, _ := given["orderBy"].([]any)
	keys := r.keys(edge, orderBy)
	sortBy(rows, keys)
	p := r.page(rows, keys, given)
	out := map[string]any{}
	name := f.field.Definition.Type.Name()
	for _, part := range collected(f.below, name) {
		switch part.name {
		case "__typename":
			out[part.alias] = name
		case "totalCount":
			out[part.alias] = float64(len(rows))
		case "pageInfo":
			out[part.alias] = p.info(part)
		case "nodes":
			list := []any{}
			for _, at := range p.rows {
				list = append(list, r.object(at.row, part.below))
			}
			out[part.alias] = list
		case "edges":
			list := []any{}
			for _, at := range p.rows {
				list = append(list, r.edge(at, part, strings.TrimSuffix(name, "Connection")+"Edge"))
			}
			out[part.alias] = list
		case "groups":
			out[part.alias] = r.groupList(rows, part)
		}
	}
	return out
}

func during(row any, day string) bool {
	start, end := plain(member(row, "Start")), plain(member(row, "End"))
	return (start == nil || start.(string) <= day) && (end == nil || end.(string) >= day)
}

// paged is a page of rows.
type paged struct {
	rows       []reached
	next, back bool
}

func (r *reference) page(rows []reached, keys []key, given map[string]any) paged {
	after, hasAfter := given["after"].(string)
	before, hasBefore := given["before"].(string)
	var left []reached
	for _, at := range rows {
		if hasAfter && compareBy(at, reached{row: r.bounds[after].row}, keys) <= 0 || hasBefore && compareBy(at, reached{row: r.bounds[before].row}, keys) >= 0 {
			continue
		}
		left = append(left, at)
	}
	if last, ok := given["last"].(int64); ok {
		n := max(0, len(left)-int(last))
		return paged{left[n:], hasBefore, n > 0}
	}
	size := 20
	if first, ok := given["first"].(int64); ok {
		size = int(first)
	}
	n := min(size, len(left))
	return paged{left[:n], n < len(left), hasAfter}
}

func (p paged) info(f *wanted) any {
	out := map[string]any{}
	for _, part := range collected(f.below, "PageInfo") {
		switch part.name {
		case "__typename":
			out[part.alias] = "PageInfo"
		case "hasNextPage":
			out[part.alias] = p.next
		case "hasPreviousPage":
			out[part.alias] = p.back
		default:
			out[part.alias] = nil
			if len(p.rows) > 0 {
				out[part.alias] = "cursor"
			}
		}
	}
	return out
}

func (r *reference) edge(at reached, f *wanted, name string) any {
	out := map[string]any{}
	for _, part := range collected(f.below, name) {
		switch part.name {
		case "__typename":
			out[part.alias] = name
		case "cursor":
			out[part.alias] = "cursor"
		case "node":
			out[part.alias] = r.object(at.row, part.below)
		default: // of the link
			out[part.alias] = asJSON(valueOf(at.link, part.name))
		}
	}
	return out
}

func (r *reference) groupList(rows []reached, f *wanted) any {
	given := f.field.ArgumentMap(nil)
	name := f.field.Definition.Type.Name()
	list := []any{}
	for _, g := range r.groups(rows, given) {
		out := map[string]any{}
		for _, part := range collected(f.below, name) {
			switch part.name {
			case "__typename":
				out[part.alias] = name
			case "count":
				out[part.alias] = float64(len(g.rows))
			case "keys":
				keys := []any{}
				for i, v := range g.values {
					keys = append(keys, r.groupKey(v, given["by"].([]any)[i], part))
				}
				out[part.alias] = keys
			}
		}
		list = append(list, out)
	}
	return list
}

func (r *reference) groupKey(v, dimension any, f *wanted) any {
	out := map[string]any{}
	_, isNode := v.(models.Node)
	for _, part := range collected(f.below, "GroupKey") {
		switch part.name {
		case "__typename":
			out[part.alias] = "GroupKey"
		case "dimension":
			out[part.alias] = dimension
		case "value":
			out[part.alias] = shownKeys([]any{v})[0]
		case "node":
			out[part.alias] = nil
			if isNode {
				out[part.alias] = r.object(v, part.below)
			}
		}
	}
	return out
}
