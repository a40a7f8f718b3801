package plan

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// isCoAttendance reports whether a field asks for the people who were in the same meetings: that is counted, and no edge
// of the declaration.
func isCoAttendance(e *store.Entity, field graphql.CollectedField) bool {
	return field.Definition != nil && field.Definition.Type.Name() == "CoAttendanceConnection" && e.Record == models.TypePerson
}

// CoAttendance describes what a field asks for that isCoAttendance.
func CoAttendance(op *graphql.OperationContext, field graphql.CollectedField) (*store.CoAttendance, error) {
	q := &store.Query{Entity: store.Schema.People}
	if err := (&planner{op: op}).coAttendance(q, field); err != nil {
		return nil, err
	}
	return q.Met[0], nil
}

func (p *planner) coAttendance(q *store.Query, field graphql.CollectedField) error {
	asked, err := p.coAttendanceArguments(field)
	if err != nil {
		return models.At(field.Name, err)
	}
	for _, known := range q.Met {
		if known.Key == asked.Key {
			return p.coAttendees(known, field.Selections)
		}
	}
	q.Met = append(q.Met, asked)
	return p.coAttendees(asked, field.Selections)
}

func (p *planner) coAttendanceArguments(field graphql.CollectedField) (*store.CoAttendance, error) {
	given := field.ArgumentMap(p.op.Variables)
	c := &store.CoAttendance{Key: Key(p.op, field), First: DefaultPage}
	n, asked, err := size(given, "first")
	if err != nil {
		return nil, err
	}
	if asked {
		c.First = n
	}
	if after, ok := given["after"].(string); ok {
		if c.After, err = store.ParseCoAttendanceCursor(after); err != nil {
			return nil, models.At("after", err)
		}
	}
	if c.From, err = day(given, "from"); err != nil {
		return nil, err
	}
	if c.To, err = day(given, "to"); err != nil {
		return nil, err
	}
	c.Body, err = organization(given, "body")
	return c, err
}

// day reads an argument that is a day; nil where it is not given.
func day(given map[string]any, name string) (*models.Date, error) {
	text, ok := given[name].(string)
	if !ok {
		return nil, nil
	}
	d, err := models.ParseDate(text)
	return &d, models.At(name, err)
}

// organization reads an argument that is the id of an organization; nil where it is not given.
func organization(given map[string]any, name string) (*models.ID, error) {
	text, ok := given[name].(string)
	if !ok {
		return nil, nil
	}
	recordType, id, err := models.DecodeID(text)
	if err == nil && recordType != models.TypeOrganization {
		err = models.BadInput("the id is not that of an Organization")
	}
	return &id, models.At(name, err)
}

// coAttendees adds what is selected of the page.
func (p *planner) coAttendees(c *store.CoAttendance, selections ast.SelectionSet) error {
	for _, field := range graphql.CollectFields(p.op, selections, nil) {
		nodes := []ast.SelectionSet{field.Selections}
		switch field.Name {
		case "edges":
			nodes = nil
			for _, part := range graphql.CollectFields(p.op, field.Selections, nil) {
				if part.Name == "node" {
					nodes = append(nodes, part.Selections)
				}
			}
		case "nodes":
		case "pageInfo":
			nodes = nil
		default:
			continue
		}
		c.Rows = true
		for _, selected := range nodes {
			if c.People == nil {
				c.People = &store.Query{Entity: store.Schema.People, Rows: true}
			}
			if err := p.record(c.People, selected); err != nil {
				return err
			}
		}
	}
	return nil
}
