package resolvers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// fits reports whether a row meets a filter.
func (r *reference) fits(row any, filter map[string]any) bool {
	for name, test := range filter {
		if !r.fitsOne(row, name, test) {
			return false
		}
	}
	return true
}

func (r *reference) fitsOne(row any, name string, test any) bool {
	switch name {
	case "and":
		return !slices.ContainsFunc(test.([]any), func(part any) bool { return !r.fits(row, part.(map[string]any)) })
	case "or":
		return slices.ContainsFunc(test.([]any), func(part any) bool { return r.fits(row, part.(map[string]any)) })
	case "not":
		return !r.fits(row, test.(map[string]any))
	}
	tests := test.(map[string]any)
	if edge, ok := tieOf(row, name); ok {
		return r.fitsMany(r.along(row, edge), tests)
	}
	if to := optional[typeName(row)+"."+name]; to != "" {
		return r.fitsRelated(r.oneOf(row, name, to), tests)
	}
	for op, operand := range tests {
		if op == "matches" {
			if !r.matches(row, name, operand.(string)) {
				return false
			}
		} else if !compares(valueOf(row, name), op, operand) {
			return false
		}
	}
	return true
}

// optional are the edges to one that filters know, with the types there.
var optional = map[string]string{
	"Meeting.body": "Organization", "Meeting.chair": "Person", "AgendaItem.meeting": "Meeting", "Decision.agendaItem": "AgendaItem", "Decision.meeting": "Meeting",
	"Directive.agendaItem": "AgendaItem", "Document.issuedBy": "Organization", "Organization.parent": "Organization", "Membership.person": "Person",
	"Membership.organization": "Organization", "Attendance.meeting": "Meeting", "Attendance.person": "Person", "Attendance.organization": "Organization",
	"Presentation.agendaItem": "AgendaItem", "Presentation.organization": "Organization", "Presentation.person": "Person", "DecisionStep.target": "Organization",
}

// fitsRelated tests what is behind an edge to one: isNull asks whether there is anything, all else speaks of what there is.
func (r *reference) fitsRelated(row any, tests map[string]any) bool {
	rest := map[string]any{}
	for name, test := range tests {
		if name == "isNull" && test == true {
			if row != nil {
				return false
			}
		} else if name != "isNull" {
			rest[name] = test
		}
	}
	if tests["isNull"] == true && len(rest) == 0 {
		return true
	}
	return row != nil && r.fits(row, rest)
}

func (r *reference) fitsMany(rows []reached, tests map[string]any) bool {
	for name, test := range tests {
		inner := test.(map[string]any)
		if name == "count" {
			for op, operand := range inner {
				if !compares(int64(distinct(rows)), op, operand) {
					return false
				}
			}
			continue
		}
		fitting := 0
		for _, at := range rows {
			if r.fits(at.row, inner) {
				fitting++
			}
		}
		if name == "some" && fitting == 0 || name == "none" && fitting > 0 || name == "every" && fitting < len(rows) {
			return false
		}
	}
	return true
}

func distinct(rows []reached) int {
	seen := map[any]bool{}
	for _, at := range rows {
		seen[at.row] = true
	}
	return len(seen)
}

// compares tests one value.
func compares(v any, op string, operand any) bool {
	operand = typedLike(v, operand)
	switch op {
	case "isNull":
		return (v == nil) == operand.(bool)
	case "ne":
		return v == nil || compared(v, operand) != 0
	case "in", "notIn":
		found := slices.ContainsFunc(operand.([]any), func(one any) bool { return v != nil && compared(v, typedLike(v, one)) == 0 })
		return found == (op == "in")
	}
	if v == nil {
		return false
	}
	switch op {
	case "eq":
		return compared(v, operand) == 0
	case "lt":
		return compared(v, operand) < 0
	case "lte":
		return compared(v, operand) <= 0
	case "gt":
		return compared(v, operand) > 0
	case "gte":
		return compared(v, operand) >= 0
	case "contains":
		return strings.Contains(v.(string), operand.(string))
	case "startsWith":
		return strings.HasPrefix(v.(string), operand.(string))
	}
	panic(op)
}

// typedLike makes of an operand what the value is.
func typedLike(v, operand any) any {
	if text, ok := operand.(string); ok {
		if _, moment := v.(models.DateTime); moment {
			operand, _ = models.ParseDateTime(text)
		}
	}
	return operand
}

// matches knows what the words are that the asker looks for.
func (r *reference) matches(row any, field, text string) bool {
	titles := []string{valueOf(row, field).(string)}
	for _, name := range r.rows[typeOfName] {
		if name.(*models.Name).OwnerID == idOf(row) {
			titles = append(titles, name.(*models.Name).Text)
		}
	}
	whole := strings.Join(titles, "\n")
	if document, ok := row.(*models.Document); ok && document.Number != nil {
		whole += "\n" + *document.Number
	}
	for word := range strings.FieldsSeq(strings.ReplaceAll(text, "機構", "机构")) {
		if !strings.Contains(whole, word) {
			return false
		}
	}
	return true
}

// dimensions say what rows are counted by: the values of a row, nil among them where there is none.
type dimension func(r *reference, row any) []any

// along leads from rows along edges; where there is nothing, to nil.
func (r *reference) follow(rows []any, edge string) []any {
	var out []any
	for _, row := range rows {
		if row == nil {
			out = append(out, nil)
			continue
		}
		if t, ok := tieOf(row, edge); ok {
			found := r.along(row, t)
			if len(found) == 0 {
				out = append(out, nil)
			}
			for _, at := range found {
				out = append(out, at.row)
			}
			continue
		}
		out = append(out, r.oneOf(row, edge, optional[typeName(row)+"."+edge]))
	}
	return out
}

func by(path ...string) dimension {
	return func(r *reference, row any) []any {
		rows := []any{row}
		for _, edge := range path {
			rows = r.follow(rows, edge)
		}
		return rows
	}
}

// column counts by a field, or its first characters, of what a path leads to.
func column(field string, length int, path ...string) dimension {
	return func(r *reference, row any) []any {
		var out []any
		for _, at := range by(path...)(r, row) {
			var v any
			if at != nil {
				v = plain(member(at, field))
			}
			if moment, ok := v.(models.DateTime); ok {
				v = moment.Format("2006")
			}
			if text, ok := v.(string); ok && length > 0 {
				v = text[:length]
			}
			out = append(out, v)
		}
		return out
	}
}

var dimensions = map[string]map[string]dimension{
	"Meeting": {"BODY": by("body"), "SERIES": column("Series", 0), "YEAR": column("HeldOn", 4), "MONTH": column("HeldOn", 7), "CHAIR": by("chair")},
	"AgendaItem": {"KIND": column("Kind", 0), "BODY": by("meeting", "body"), "YEAR": column("HeldOn", 4), "MONTH": column("HeldOn", 7),
		"PRESENTER": by("presenters", "organization"), "OUTCOME": column("Outcome", 0, "decisions"), "DOCUMENT_KIND": column("Kind", 0, "documents")},
	"Decision":     {"OUTCOME": column("Outcome", 0), "BODY": by("meeting", "body"), "YEAR": column("HeldOn", 4), "MONTH": column("HeldOn", 7)},
	"Directive":    {"ADDRESSEE": by("addressees"), "BODY": by("agendaItem", "meeting", "body"), "YEAR": column("HeldOn", 4)},
	"Document":     {"KIND": column("Kind", 0), "ISSUER": by("issuedBy"), "YEAR": column("IssuedOn", 4)},
	"Organization": {"KIND": column("Kind", 0), "PARENT": by("parent")},
	"Person":       {"YEAR_ADDED": column("CreatedAt", 4)},
	"Membership":   {"ORGANIZATION": by("organization"), "ROLE": column("Role", 0)},
	"Attendance": {"CAPACITY": column("Capacity", 0), "STATUS": column("Status", 0), "ORGANIZATION": by("organization"), "PERSON": by("person"),
		"YEAR": column("HeldOn", 4)},
	"Presentation": {"ORGANIZATION": by("organization"), "PERSON": by("person"), "BODY": by("agendaItem", "meeting", "body"), "YEAR": column("HeldOn", 4)},
}

// counted is a group: its values, rows or plain ones, and how many rows have them.
type counted struct {
	values []any
	rows   map[any]bool
}

// groups counts rows by one or two dimensions.
func (r *reference) groups(rows []reached, given map[string]any) []*counted {
	var names []string
	for _, name := range given["by"].([]any) {
		names = append(names, name.(string))
	}
	found := map[string]*counted{}
	var groups []*counted
	for _, at := range rows {
		combinations := [][]any{nil}
		for _, name := range names {
			d := dimensions[typeName(at.row)][name]
			if d == nil {
				panic(typeName(at.row) + " by " + name)
			}
			var longer [][]any
			for _, before := range combinations {
				for _, v := range d(r, at.row) {
					longer = append(longer, append(slices.Clone(before), v))
				}
			}
			combinations = longer
		}
		for _, values := range combinations {
			name := fmt.Sprintf("%#v", shownKeys(values))
			if found[name] == nil {
				found[name] = &counted{values, map[any]bool{}}
				groups = append(groups, found[name])
			}
			found[name].rows[at.row] = true
		}
	}
	return arranged(groups, given)
}

func shownKeys(values []any) []any {
	out := make([]any, len(values))
	for i, v := range values {
		if node, ok := v.(models.Node); ok {
			v = node.NodeID()
		}
		out[i] = v
	}
	return out
}

// arranged leaves out groups, and orders and cuts the rest.
func arranged(groups []*counted, given map[string]any) []*counted {
	having, _ := given["having"].(map[string]any)
	groups = slices.DeleteFunc(groups, func(g *counted) bool {
		for op, operand := range having {
			if !compares(int64(len(g.rows)), op, operand) {
				return true
			}
		}
		return false
	})
	order, _ := given["orderBy"].(string)
	slices.SortFunc(groups, func(a, b *counted) int {
		switch {
		case order == "COUNT_ASC" && len(a.rows) != len(b.rows):
			return len(a.rows) - len(b.rows)
		case (order == "" || order == "COUNT_DESC") && len(a.rows) != len(b.rows):
			return len(b.rows) - len(a.rows)
		}
		for i := range a.values {
			if c := compared(sortable(a.values[i]), sortable(b.values[i])); c != 0 {
				if order == "KEY_DESC" {
					return -c
				}
				return c
			}
		}
		return 0
	})
	first := 100
	if n, ok := given["first"].(int64); ok {
		first = int(n)
	}
	return groups[:min(first, len(groups))]
}

func sortable(v any) any {
	if _, ok := v.(models.Record); ok {
		return idOf(v)
	}
	return v
}
