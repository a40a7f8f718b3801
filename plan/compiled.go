package plan

import (
	"context"
	"strings"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// Compiled is an ExecutableSchema that writes rows straight to JSON for operations whose fields are all stored
// columns and declared edges. Everything else it leaves to the schema it wraps, whose answers are the same to the
// byte; Written and Left count both. Resolvers and field middleware do not run for what it writes itself.
type Compiled struct {
	graphql.ExecutableSchema
	Store *store.Store
	Actor func(context.Context) models.Actor

	Written, Left atomic.Int64
}

// Exec answers an operation.
func (c *Compiled) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	if op.Operation.Operation != ast.Query {
		return c.ExecutableSchema.Exec(ctx)
	}
	var rest graphql.ResponseHandler
	done := false
	return func(ctx context.Context) *graphql.Response {
		if rest != nil {
			return rest(ctx)
		}
		if done {
			return nil
		}
		data, err := c.answer(ctx, op)
		if err != nil { // whatever it was, the generic path says it with its place
			c.Left.Add(1)
			rest = c.ExecutableSchema.Exec(ctx)
			return rest(ctx)
		}
		done = true
		c.Written.Add(1)
		return &graphql.Response{Data: data}
	}
}

// root is one field at the root of a compiled operation.
type root struct {
	key   string
	text  string // fixed
	shape *shape
	page  int
	ids   []models.ID // of a single record; nil for a page
	form  int
}

// answer writes the whole answer of a query.
func (c *Compiled) answer(ctx context.Context, op *graphql.OperationContext) ([]byte, error) {
	roots, err := compile(op)
	if err != nil {
		return nil, err
	}
	w := &writer{reader: c.Store.Reader(ctx, c.Actor(ctx)), out: make([]byte, 0, 4096)}
	for i := range roots {
		r := &roots[i]
		w.open(i, r.key)
		if r.shape == nil {
			w.text(r.text)
			continue
		}
		f, err := w.level(r.shape, r.ids)
		if err != nil {
			return nil, err
		}
		switch {
		case r.ids == nil:
			w.page(f, r.shape.pages[r.page], models.ID{})
		case f.sets[r.ids[0]] == nil:
			return nil, errGeneric // not there, or merged into another
		default:
			w.put(f, 0, r.form)
		}
	}
	w.brace(len(roots))
	return w.out, nil
}

// compile builds the shapes of a query.
func compile(op *graphql.OperationContext) ([]root, error) {
	c := &compiler{&planner{op}}
	fields := graphql.CollectFields(op, op.Operation.SelectionSet, []string{"Query"})
	roots := make([]root, 0, len(fields))
	for _, field := range fields {
		r, err := c.root(field)
		if err != nil {
			return nil, err
		}
		r.key = jsonKey(field.Alias)
		roots = append(roots, r)
	}
	return roots, nil
}

func (c *compiler) root(field graphql.CollectedField) (root, error) {
	if field.Name == "__typename" {
		return root{text: `"Query"`}, nil
	}
	name := field.Definition.Type.Name()
	if e := store.Schema.Entity(name); e != nil && e.Record != "" {
		return c.single(field, e)
	}
	e := store.Schema.Entity(strings.TrimSuffix(name, "Connection"))
	if e == nil || e.Record == "" || field.Definition.Arguments.ForName("filter") == nil {
		return root{}, errGeneric
	}
	q, err := Connection(c.p.op, field, e)
	if err != nil {
		return root{}, err
	}
	r := root{shape: &shape{query: q}}
	if err := r.shape.prepare(); err != nil {
		return root{}, err
	}
	r.page, err = c.page(r.shape, field.Selections)
	return r, err
}

// single is a record by its id.
func (c *compiler) single(field graphql.CollectedField, e *store.Entity) (root, error) {
	given := field.ArgumentMap(c.p.op.Variables)
	text, _ := given["id"].(string)
	recordType, id, err := models.DecodeID(text)
	if err != nil || recordType != e.Record || len(given) != 1 {
		return root{}, errGeneric
	}
	q, err := Record(c.p.op, field.Selections, e)
	if err != nil {
		return root{}, err
	}
	r := root{shape: &shape{query: q}, ids: []models.ID{id}}
	if err := r.shape.prepare(); err != nil {
		return root{}, err
	}
	r.form, err = c.form(r.shape, field.Selections)
	return r, err
}
