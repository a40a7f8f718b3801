// Package plan turns the selection of a validated GraphQL operation into one description of what to load, a
// store.Query. It reads the declaration of entities, columns and edges and knows none of them by name; it touches no
// table and executes nothing.
package plan

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// recordInterfaces are the interfaces that every record implements, as fragments name them.
var recordInterfaces = []string{"Node", "Record"}

// Record describes one record, or several by their ids, with what is selected of them.
func Record(op *graphql.OperationContext, selections ast.SelectionSet, e *store.Entity) (*store.Query, error) {
	q := &store.Query{Entity: e, Rows: true}
	return q, (&planner{op: op}).record(q, selections)
}

// Connection describes the page of a connection at the root, with what is selected of it.
func Connection(op *graphql.OperationContext, field graphql.CollectedField, e *store.Entity) (*store.Query, error) {
	q := &store.Query{Entity: e, Sort: e.Sort}
	return q, (&planner{op: op}).root(q, field)
}

// root describes a connection at the root.
func (p *planner) root(q *store.Query, field graphql.CollectedField) error {
	if err := p.arguments(q, field, nil); err != nil {
		return err
	}
	return p.connection(q, field.Selections)
}

// Branch describes what is behind one field of a record, which must be an edge of its entity.
func Branch(op *graphql.OperationContext, field graphql.CollectedField, e *store.Entity) (*store.Branch, error) {
	q := &store.Query{Entity: e}
	edge := edgeOf(e, field)
	if edge == nil {
		return nil, fmt.Errorf("%s.%s is no edge", e.Name, field.Name)
	}
	if err := (&planner{op: op}).edge(q, field, edge); err != nil {
		return nil, err
	}
	return q.Branches[0], nil
}

// Key is the name under which what a field asks for is kept at a record: the field with its arguments, so that two
// aliases that ask the same share one answer and two that ask for different things stay apart.
func Key(op *graphql.OperationContext, field graphql.CollectedField) string {
	if len(field.Arguments) == 0 {
		return field.Name
	}
	given, err := json.Marshal(field.ArgumentMap(op.Variables))
	if err != nil {
		return field.Name + "/" + field.Alias
	}
	return field.Name + string(given)
}

// planner describes what an operation loads. One whose descriptions are kept leaves cursors given by variables open: they
// are told each time (see openCursors).
type planner struct {
	op      *graphql.OperationContext
	kept    bool
	cursors map[*store.Query]openCursors
}

// openCursors are the names of the variables that hold the bounds of a page, "" where there are none.
type openCursors struct{ after, before string }

// given returns the arguments of a field. Cursors that stay open are left out.
func (p *planner) given(field graphql.CollectedField) (map[string]any, openCursors) {
	given := field.ArgumentMap(p.op.Variables)
	if !p.kept {
		return given, openCursors{}
	}
	open := openCursors{openCursor(field.Field, "after"), openCursor(field.Field, "before")}
	if open.after != "" {
		delete(given, "after")
	}
	if open.before != "" {
		delete(given, "before")
	}
	return given, open
}

// key is Key, with the names of open cursors in the place of their values.
func (p *planner) key(field graphql.CollectedField) string {
	if !p.kept || len(field.Arguments) == 0 {
		return Key(p.op, field)
	}
	given, open := p.given(field)
	text, err := json.Marshal(given)
	if err != nil {
		return field.Name + "/" + field.Alias
	}
	return field.Name + string(text) + "$" + open.after + "$" + open.before
}

// record adds what is selected of a record to the query.
func (p *planner) record(q *store.Query, selections ast.SelectionSet) error {
	e := q.Entity
	satisfies := []string{e.Name}
	if e.Record != "" {
		satisfies = append(satisfies, recordInterfaces...)
	}
	if e.Whole() {
		for i := range e.Columns {
			addColumn(q, &e.Columns[i])
		}
	}
	for _, field := range graphql.CollectFields(p.op, selections, satisfies) {
		if column := e.Field(field.Name); column != nil {
			addColumn(q, column)
		} else if edge := edgeOf(e, field); edge != nil {
			if err := p.edge(q, field, edge); err != nil {
				return err
			}
		}
	}
	return nil
}

// addColumn adds a column once; the id is always loaded.
func addColumn(q *store.Query, column *store.Column) {
	if column.Name != "id" && !slices.Contains(q.Columns, column) {
		q.Columns = append(q.Columns, column)
	}
}

// edge adds a branch, or what a field selects to a branch that asks the same.
func (p *planner) edge(q *store.Query, field graphql.CollectedField, edge *store.Edge) error {
	key := p.key(field)
	for _, branch := range q.Branches {
		if branch.Key == key {
			return p.below(branch, field)
		}
	}
	branch := &store.Branch{Key: key, Edge: edge}
	if edge.To != nil {
		branch.Query = &store.Query{Entity: edge.To, Sort: edge.Sort}
		if err := p.arguments(branch.Query, field, edge); err != nil {
			return err
		}
	}
	q.Branches = append(q.Branches, branch)
	return p.below(branch, field)
}

// below adds what a field selects of the records behind its edge.
func (p *planner) below(branch *store.Branch, field graphql.CollectedField) error {
	if branch.Edge.Dynamic != nil {
		return p.variants(branch, field)
	}
	if branch.Edge.Connection {
		return p.connection(branch.Query, field.Selections)
	}
	branch.Query.Rows = true
	return p.record(branch.Query, field.Selections)
}

// variants plans a field that leads to a record of any type, once for each type.
func (p *planner) variants(branch *store.Branch, field graphql.CollectedField) error {
	if branch.Variants == nil {
		branch.Variants = map[models.RecordType]*store.Query{}
	}
	for _, e := range store.Schema.RecordEntities() {
		q := branch.Variants[e.Record]
		if q == nil {
			q = &store.Query{Entity: e, Rows: true}
			branch.Variants[e.Record] = q
		}
		if err := p.record(q, field.Selections); err != nil {
			return err
		}
	}
	return nil
}

// Variants describes records of any type, by type.
func Variants(op *graphql.OperationContext, selections ast.SelectionSet) (map[models.RecordType]*store.Query, error) {
	branch := &store.Branch{}
	err := (&planner{op: op}).variants(branch, graphql.CollectedField{Selections: selections})
	return branch.Variants, err
}

// connection adds what is selected of a page to the query.
func (p *planner) connection(q *store.Query, selections ast.SelectionSet) error {
	for _, field := range graphql.CollectFields(p.op, selections, nil) {
		var err error
		switch field.Name {
		case "nodes":
			q.Rows = true
			err = p.record(q, field.Selections)
		case "edges":
			q.Rows = true
			err = p.edges(q, field.Selections)
		case "pageInfo":
			q.Rows = true
			for _, part := range graphql.CollectFields(p.op, field.Selections, nil) {
				q.Cursors = q.Cursors || part.Name == "startCursor" || part.Name == "endCursor"
			}
		case "totalCount":
			q.Total = true
		case "groups":
			err = p.groups(q, field)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// edges adds what is selected of the edges of a page.
func (p *planner) edges(q *store.Query, selections ast.SelectionSet) error {
	for _, field := range graphql.CollectFields(p.op, selections, nil) {
		switch field.Name {
		case "cursor":
			q.Cursors = true
		case "node":
			if err := p.record(q, field.Selections); err != nil {
				return err
			}
		case "__typename":
		default:
			q.Uses = true
		}
	}
	return nil
}

// groups adds one grouping.
func (p *planner) groups(q *store.Query, field graphql.CollectedField) error {
	g, err := grouping(q.Entity, field.ArgumentMap(p.op.Variables))
	if err != nil {
		return err
	}
	for _, known := range q.Groups {
		if known.Key == g.Key {
			g = known
		}
	}
	if g.Nodes == nil {
		g.Nodes = make([]*store.Query, len(g.By))
		q.Groups = append(q.Groups, g)
	}
	for _, keys := range graphql.CollectFields(p.op, field.Selections, nil) {
		if keys.Name != "keys" {
			continue
		}
		for _, node := range graphql.CollectFields(p.op, keys.Selections, nil) {
			if node.Name == "node" {
				if err := p.groupNodes(g, node.Selections); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// groupNodes adds what is selected of the records that keys stand for.
func (p *planner) groupNodes(g *store.Grouping, selections ast.SelectionSet) error {
	for i, dimension := range g.By {
		if dimension.To == nil {
			continue
		}
		if g.Nodes[i] == nil {
			g.Nodes[i] = &store.Query{Entity: dimension.To, Rows: true}
		}
		if err := p.record(g.Nodes[i], selections); err != nil {
			return err
		}
	}
	return nil
}
