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
	kept          kept
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
		data, ok := c.Answer(ctx, op, make([]byte, 0, 4096))
		if !ok { // whatever it was, the generic path says it with its place
			rest = c.ExecutableSchema.Exec(ctx)
			return rest(ctx)
		}
		done = true
		return &graphql.Response{Data: data}
	}
}

// Answer appends the data of a query to out. It reports false where it is left to Exec of the schema it wraps; what may
// have been appended then is of no use.
func (c *Compiled) Answer(ctx context.Context, op *graphql.OperationContext, out []byte) ([]byte, bool) {
	roots, err := c.kept.compiled(op)
	if err == nil {
		w := newWriter(c.Store.Reader(ctx, c.Actor(ctx)), op.Variables, out)
		err = w.answer(roots)
		out = w.out
		w.free()
	}
	if err != nil {
		c.Left.Add(1)
		return nil, false
	}
	c.Written.Add(1)
	return out, true
}

// Version names the state of the database that the answer to a query is made from. It reports false for queries that ask for
// more than stored columns and declared edges, whose answers may change without an entry of the log.
func (c *Compiled) Version(ctx context.Context, op *graphql.OperationContext) (string, bool) {
	if _, err := c.kept.compiled(op); err != nil {
		return "", false
	}
	version, err := c.Store.Version(ctx)
	return version, err == nil
}

// root is one field at the root of a compiled operation.
type root struct {
	key   string
	text  string // fixed
	shape *shape
	page  int

	single     bool   // a record by its id
	id         string // the id, or
	idVariable string // the variable that holds it
	form       int
}

// wanted returns the id of a single record.
func (r *root) wanted(vars map[string]any) (models.ID, error) {
	text := r.id
	if r.idVariable != "" {
		text, _ = vars[r.idVariable].(string)
	}
	recordType, id, err := models.DecodeID(text)
	if err != nil || recordType != r.shape.query.Entity.Record {
		return id, errGeneric
	}
	return id, nil
}

// compile builds the shapes of a query.
func compile(op *graphql.OperationContext) ([]root, error) {
	c := &compiler{&planner{op: op, kept: true, cursors: map[*store.Query]openCursors{}}}
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
	q := &store.Query{Entity: e, Sort: e.Sort}
	if err := c.p.root(q, field); err != nil {
		return root{}, err
	}
	r := root{shape: &shape{query: q, open: c.p.cursors[q]}}
	if err := r.shape.prepare(); err != nil {
		return root{}, err
	}
	var err error
	r.page, err = c.page(r.shape, field.Selections)
	return r, err
}

// single is a record by its id.
func (c *compiler) single(field graphql.CollectedField, e *store.Entity) (root, error) {
	id := field.Arguments.ForName("id")
	if id == nil || len(field.Definition.Arguments) != 1 {
		return root{}, errGeneric
	}
	q := &store.Query{Entity: e, Rows: true}
	if err := c.p.record(q, field.Selections); err != nil {
		return root{}, err
	}
	r := root{shape: &shape{query: q}, single: true}
	if id.Value.Kind == ast.Variable {
		r.idVariable = id.Value.Raw
	} else {
		r.id = id.Value.Raw
	}
	if err := r.shape.prepare(); err != nil {
		return root{}, err
	}
	var err error
	r.form, err = c.form(r.shape, field.Selections)
	return r, err
}
