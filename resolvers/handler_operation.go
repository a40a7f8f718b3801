package resolvers

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/minutebook/minutebook/auth"
)

// operation is a request that may run.
type operation struct {
	context     *graphql.OperationContext
	kind        ast.Operation
	cost, limit int
	dry         bool // only the price is asked for
	together    bool // all fields in one transaction
}

// price is extensions.cost.
func (o *operation) price() map[string]any {
	price := map[string]any{"requested": o.cost, "limit": o.limit}
	if o.dry {
		price["dryRun"] = true
	}
	return price
}

// admit reads a request and decides whether it runs. The order is: what it costs to look at it, whether it is
// GraphQL, what it would cost to run, whether the actor may, and whether the actor has anything left of the minute.
func (h *Handler) admit(ctx context.Context, req *request) (*operation, *refusal) {
	x := exchangeFrom(ctx)
	if r := h.persisted.resolve(ctx, req); r != nil {
		return nil, r
	}
	document, r := h.guard.read(req.query)
	if r != nil {
		return nil, r
	}
	chosen, r := document.choose(req.operationName)
	if r != nil {
		return nil, r
	}
	h.persisted.keep(req)
	x.kind, x.operation = chosen.Operation, chosen.Name
	if req.reading && chosen.Operation != ast.Query {
		r := refuseEarly(http.StatusMethodNotAllowed, codeBadInput, "GET is for queries: send a %s by POST", chosen.Operation)
		r.allow = http.MethodPost
		return nil, r
	}
	vars, r := h.guard.variables(chosen.OperationDefinition, req.variables)
	if r != nil {
		return nil, r
	}
	if r := h.guard.checkArguments(chosen, vars); r != nil {
		return nil, r
	}
	actor := auth.ActorFrom(ctx)
	limit := h.guard.limits.costLimit(actor)
	cost, roots, r := h.guard.cost(chosen, vars, limit)
	if r != nil {
		return nil, r
	}
	if chosen.Operation != ast.Query {
		if r := checkRoles(h.guard.schema, actor, roots); r != nil {
			return nil, r
		}
	}
	together, r := h.together(chosen.OperationDefinition, vars, roots)
	if r != nil {
		return nil, r
	}
	x.cost = cost
	op := &operation{
		kind: chosen.Operation, cost: cost, limit: limit, together: together,
		context: &graphql.OperationContext{
			RawQuery: req.query, Variables: vars, OperationName: req.operationName, Doc: document.document, Operation: chosen.OperationDefinition,
			Extensions: req.extensions, DisableIntrospection: !h.options.Introspection, RecoverFunc: h.present.recovered,
			ResolverMiddleware: resolveField, RootResolverMiddleware: resolveRoot,
		},
	}
	if op.dry, _ = req.extensions["dryRun"].(bool); op.dry {
		return op, nil
	}
	return op, h.rates.charge(x, cost)
}

func resolveField(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) }

func resolveRoot(ctx context.Context, next graphql.RootResolver) graphql.Marshaler { return next(ctx) }

// deadline returns the context in which an operation runs. A subscription has no end of its own.
func (h *Handler) deadline(ctx context.Context, kind ast.Operation) (context.Context, context.CancelFunc) {
	limit := h.guard.limits.QueryTime
	switch kind {
	case ast.Mutation:
		limit = h.guard.limits.MutationTime
	case ast.Subscription:
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, limit)
}

// start begins an operation and returns a function that hands out its results, nil after the last one.
func (h *Handler) start(ctx context.Context, op *operation) func() *graphql.Response {
	if op.dry {
		return once(&graphql.Response{Data: json.RawMessage("null"), Extensions: map[string]any{"cost": op.price()}})
	}
	ctx = graphql.WithOperationContext(ctx, op.context)
	if op.kind == ast.Subscription {
		return h.startEvents(ctx, op)
	}
	if op.together {
		return once(h.bounded(h.transact(ctx, op), op))
	}
	results, failed := h.execute(ctx)
	if failed != nil {
		return once(failed)
	}
	return func() *graphql.Response {
		result := h.result(ctx, results)
		if result != nil {
			result = h.bounded(result, op)
		}
		return result
	}
}

func once(result *graphql.Response) func() *graphql.Response {
	return func() *graphql.Response {
		given := result
		result = nil
		return given
	}
}

// execute calls the schema; what it panics with becomes an error.
func (h *Handler) execute(ctx context.Context) (results graphql.ResponseHandler, failed *graphql.Response) {
	ctx = graphql.WithResponseContext(ctx, h.present.present, h.present.recovered)
	defer func() {
		if cause := recover(); cause != nil {
			graphql.AddError(ctx, h.present.recovered(ctx, cause))
			results, failed = nil, &graphql.Response{Errors: graphql.GetErrors(ctx)}
		}
	}()
	results = h.options.Schema.Exec(ctx)
	if errs := graphql.GetErrors(ctx); errs != nil {
		return nil, &graphql.Response{Errors: errs}
	}
	return results, nil
}

// result waits for one result.
func (h *Handler) result(ctx context.Context, results graphql.ResponseHandler) (result *graphql.Response) {
	ctx = graphql.WithResponseContext(ctx, h.present.present, h.present.recovered)
	defer func() {
		if cause := recover(); cause != nil {
			graphql.AddError(ctx, h.present.recovered(ctx, cause))
			result = &graphql.Response{Errors: graphql.GetErrors(ctx), Data: json.RawMessage("null")}
		}
	}()
	if result = results(ctx); result == nil {
		return nil
	}
	result.Errors = append(result.Errors, graphql.GetErrors(ctx)...)
	result.Extensions = graphql.GetExtensions(ctx)
	return result
}

// bounded keeps a result within the size of an answer and adds its price.
func (h *Handler) bounded(result *graphql.Response, op *operation) *graphql.Response {
	if len(result.Data) > h.guard.limits.Reply {
		return &graphql.Response{Errors: refuse(codeCost, "the answer is larger than %d bytes: ask for less", h.guard.limits.Reply).errors}
	}
	if len(result.Errors) > maxErrors {
		result.Errors = result.Errors[:maxErrors]
	}
	if result.Extensions == nil {
		result.Extensions = map[string]any{}
	}
	result.Extensions["cost"] = op.price()
	return result
}

// encode writes a result as JSON. The data is bytes already and is not read again; a request error has no data.
func encode(result *graphql.Response) []byte {
	var b bytes.Buffer
	b.Grow(len(result.Data) + 128)
	comma := byte('{')
	part := func(name string, text []byte) {
		b.WriteByte(comma)
		b.WriteString(`"` + name + `":`)
		b.Write(text)
		comma = ','
	}
	if len(result.Errors) > 0 {
		part("errors", encodeErrors(result.Errors))
	}
	if len(result.Data) > 0 {
		part("data", result.Data)
	}
	if len(result.Extensions) > 0 {
		if text, err := json.Marshal(result.Extensions); err == nil {
			part("extensions", text)
		}
	}
	b.WriteByte('}')
	return b.Bytes()
}

func encodeErrors(errs gqlerror.List) []byte {
	text, err := json.Marshal(errs)
	if err != nil {
		return []byte(`[{"message":"the errors cannot be shown","extensions":{"code":"` + codeInternal + `"}}]`)
	}
	return text
}

// seconds writes a Retry-After.
func seconds(d time.Duration) int { return max(1, int((d+time.Second-1)/time.Second)) }
