package resolvers

import (
	"context"
	"errors"
	"reflect"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/graph"
	"github.com/minutebook/minutebook/models"
)

// transactionDirective is the name of the directive that asks for one transaction for all fields of a mutation.
const transactionDirective = "transaction"

// errReply is why an operation is rolled back whose answer would not be sent.
var errReply = &fault{code: codeCost, text: "the answer is larger than allowed, so nothing was written: select less"}

// recordAnswer is what mutations answer that write records and do nothing else.
type recordAnswer interface{ Common() *models.Outcome }

// recordAnswers are the types of the answers of the mutations that can take part in a transaction, by the names of their
// fields.
var recordAnswers = func() map[string]reflect.Type {
	found := map[string]reflect.Type{}
	all := reflect.TypeFor[graph.MutationResolver]()
	for method := range all.Methods() {
		if out := method.Type.Out(0); out.Implements(reflect.TypeFor[recordAnswer]()) {
			found[strings.ToLower(method.Name[:1])+method.Name[1:]] = out.Elem()
		}
	}
	return found
}()

// together decides whether the fields of a mutation run in one transaction, and refuses fields that cannot.
func (h *Handler) together(operation *ast.OperationDefinition, vars map[string]any, roots []pricedField) (bool, *refusal) {
	if operation.Operation != ast.Mutation || h.options.Transact == nil {
		return false, nil
	}
	asked := operation.Directives.ForName(transactionDirective)
	if asked != nil {
		if wanted, _ := asked.ArgumentMap(vars)["if"].(bool); !wanted {
			return false, nil
		}
	} else if !h.options.Transactions {
		return false, nil
	}
	inside, outside := 0, (*ast.Field)(nil)
	for _, root := range roots {
		switch {
		case recordAnswers[root.field.Name] != nil:
			inside++
		case root.field.Name != "__typename" && outside == nil:
			outside = root.field
		}
	}
	if outside != nil && (asked != nil || inside > 0) {
		r := refuse(codeBadInput, "%s cannot be part of a transaction: send it in an operation of its own, or write @transaction(if: false)", outside.Name)
		r.errors[0].Path = ast.Path{ast.PathName(outside.Alias)}
		r.errors[0] = located(r.errors[0], outside.Position)
		return false, r
	}
	return outside == nil, nil
}

// transact runs all fields of a mutation in one transaction. It is committed when the answer has neither errors nor
// userErrors.
func (h *Handler) transact(ctx context.Context, op *operation) (result *graphql.Response) {
	ctx = graphql.WithResponseContext(ctx, h.present.present, h.present.recovered)
	defer func() {
		if cause := recover(); cause != nil {
			graphql.AddError(ctx, h.present.recovered(ctx, cause))
			result = nothing(ctx)
		}
	}()
	var last *attempt
	err := h.options.Transact(ctx, func(ctx context.Context) error {
		last = &attempt{reached: map[string]any{}}
		last.result = h.runWith(ctx, op, last.resolve, last.root)
		return last.verdict(h.guard.limits.Reply)
	})
	switch {
	case err == nil:
		return last.result
	case ctx.Err() == nil && last != nil && len(last.result.Errors) > 0:
		for _, failure := range last.result.Errors {
			graphql.AddError(ctx, failure)
		}
	case ctx.Err() == nil && last != nil && last.failed != "":
		// Now that nothing is left of what was written, every field is answered anew.
		result = h.runWith(ctx, op, last.undone, resolveRoot)
		for _, failure := range result.Errors {
			graphql.AddError(ctx, failure)
		}
		result.Errors = graphql.GetErrors(ctx)
		return result
	default:
		graphql.AddError(ctx, err)
	}
	return nothing(ctx)
}

// nothing is the answer of an operation that failed.
func nothing(ctx context.Context) *graphql.Response {
	return &graphql.Response{Data: []byte("null"), Errors: graphql.GetErrors(ctx)}
}

// runWith executes a mutation with other middleware. Errors are left as they are: they are put into words once it is clear
// that the operation is not run again.
func (h *Handler) runWith(ctx context.Context, op *operation, fields graphql.FieldMiddleware, roots graphql.RootFieldMiddleware) *graphql.Response {
	c := op.context
	ctx = graphql.WithOperationContext(ctx, &graphql.OperationContext{
		RawQuery: c.RawQuery, Variables: c.Variables, OperationName: c.OperationName, Doc: c.Doc, Operation: c.Operation,
		Extensions: c.Extensions, DisableIntrospection: c.DisableIntrospection, RecoverFunc: c.RecoverFunc,
		ResolverMiddleware: fields, RootResolverMiddleware: roots,
	})
	ctx = graphql.WithResponseContext(ctx, graphql.DefaultErrorPresenter, h.present.recovered)
	result := h.options.Schema.Exec(ctx)(ctx)
	if result == nil {
		result = &graphql.Response{}
	}
	result.Errors = append(result.Errors, graphql.GetErrors(ctx)...)
	return result
}

// attempt is one run of all fields of a mutation within a transaction. Fields at the root run one after the other.
type attempt struct {
	result  *graphql.Response
	reached map[string]any // answers by the names of the response
	failed  string         // name of the field that failed, "" for none
}

var errRolledBack = errors.New("a field failed")

// verdict is nil where the transaction is to be committed.
func (a *attempt) verdict(limit int) error {
	switch {
	case a.failed != "" || len(a.result.Errors) > 0:
		return errRolledBack
	case len(a.result.Data) > limit:
		return errReply
	}
	return nil
}

// root looks after each field at the root whether something in its answer could not be read.
func (a *attempt) root(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	out := next(ctx)
	if a.failed == "" && len(graphql.GetErrors(ctx)) > 0 {
		a.failed = graphql.GetRootFieldContext(ctx).Field.Alias
	}
	return out
}

// resolve runs a field. Behind a field that failed nothing at the root is run any more.
func (a *attempt) resolve(ctx context.Context, next graphql.Resolver) (any, error) {
	field := graphql.GetFieldContext(ctx)
	kind, atRoot := rootAnswer(field)
	if !atRoot {
		return next(ctx)
	}
	if a.failed != "" {
		return reflect.New(kind).Interface(), nil
	}
	out, err := next(ctx)
	if err != nil {
		a.failed = field.Field.Alias
		return out, err
	}
	a.reached[field.Field.Alias] = out
	if common := out.(recordAnswer).Common(); len(common.UserErrors) > 0 {
		a.failed = field.Field.Alias
	}
	return out, nil
}

// rootAnswer is the type of the answer of a field at the root, and false for any other field.
func rootAnswer(field *graphql.FieldContext) (reflect.Type, bool) {
	if field.Object != "Mutation" {
		return nil, false
	}
	kind := recordAnswers[field.Field.Name]
	return kind, kind != nil
}

// undone answers a field of a transaction that was rolled back: the one that failed says why, the others name it.
func (a *attempt) undone(ctx context.Context, next graphql.Resolver) (any, error) {
	field := graphql.GetFieldContext(ctx)
	kind, atRoot := rootAnswer(field)
	if !atRoot {
		return next(ctx)
	}
	name := field.Field.Alias
	reached, before := a.reached[name]
	if name == a.failed {
		return reached, nil
	}
	out := reflect.New(kind).Interface()
	common := out.(recordAnswer).Common()
	problem := &models.UserError{Code: models.CodeRolledBack, Path: []string{a.failed}, Message: "was not run, because " + a.failed + " failed before"}
	if before {
		problem.Message = "was rolled back, because " + a.failed + " failed"
		common.ClientMutationID = reached.(recordAnswer).Common().ClientMutationID
	} else {
		common.ClientMutationID = mutationIDIn(field.Args)
	}
	if failed, ok := a.reached[a.failed].(recordAnswer); ok {
		problem.Path = append(problem.Path, failed.Common().UserErrors[0].Path...)
	}
	common.UserErrors = []*models.UserError{problem}
	return out, nil
}

// mutationIDIn finds the clientMutationId of a field, which stands among its arguments or in its input.
func mutationIDIn(args map[string]any) *string {
	if id := textIn(args, "clientMutationId"); id != nil {
		return id
	}
	for _, name := range []string{"input", "patch"} {
		if values, ok := args[name].(map[string]any); ok {
			return textIn(values, "clientMutationId")
		}
	}
	return nil
}
