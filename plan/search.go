package plan

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/store"
)

// Search describes a page of the hits of a search, with what is selected of the records, and says whether the stretches
// where the words stand are wanted.
func Search(op *graphql.OperationContext, field graphql.CollectedField, hits *store.Entity) (q *store.Query, snippets bool, err error) {
	q, err = Connection(op, field, hits)
	p := &planner{op: op}
	for _, part := range graphql.CollectFields(op, field.Selections, nil) {
		switch part.Name {
		case "nodes":
			snippets = snippets || p.selects(part.Selections, "snippets")
		case "edges":
			for _, edge := range graphql.CollectFields(op, part.Selections, nil) {
				snippets = snippets || edge.Name == "node" && p.selects(edge.Selections, "snippets")
			}
		}
	}
	return q, snippets, err
}

// selects reports whether a field of a hit is selected.
func (p *planner) selects(selections ast.SelectionSet, name string) bool {
	for _, field := range graphql.CollectFields(p.op, selections, []string{"SearchHit"}) {
		if field.Name == name {
			return true
		}
	}
	return false
}
