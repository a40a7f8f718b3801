package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
)

// authDirective is the name of the directive that says who may call a field.
const authDirective = "auth"

var (
	errNoToken    = &fault{code: codeUnauthenticated, text: "this needs a token: send Authorization: Bearer TOKEN"}
	errRoleTooLow = &fault{code: codeForbidden, text: "the role of the token does not allow this"}
)

// Gate implements the directive auth: a field with it is resolved for callers of at least the role it requires.
func Gate(ctx context.Context, _ any, next graphql.Resolver, requires models.Role) (any, error) {
	if err := allowed(auth.ActorFrom(ctx), requires); err != nil {
		return nil, err
	}
	return next(ctx)
}

// allowed returns nil, errNoToken or errRoleTooLow.
func allowed(actor models.Actor, requires models.Role) error {
	switch {
	case actor.Role.AtLeast(requires):
		return nil
	case actor.Role == auth.Guest:
		return errNoToken
	}
	return errRoleTooLow
}

// requiredRole returns the role that a field's @auth requires, and false where the field has none. The schema's own
// default counts where the directive names no role.
func requiredRole(schema *ast.Schema, field *ast.FieldDefinition) (models.Role, bool) {
	applied := field.Directives.ForName(authDirective)
	if applied == nil {
		return "", false
	}
	if given := applied.Arguments.ForName("requires"); given != nil {
		return models.Role(given.Value.Raw), true
	}
	if declared := schema.Directives[authDirective]; declared != nil {
		if argument := declared.Arguments.ForName("requires"); argument != nil && argument.DefaultValue != nil {
			return models.Role(argument.DefaultValue.Raw), true
		}
	}
	return models.RoleAdmin, true // an @auth that cannot be read closes the field to all but the highest role
}

// checkRoles refuses a mutation, before any of its fields runs, when the actor may not call one of them.
func checkRoles(schema *ast.Schema, actor models.Actor, roots []pricedField) *refusal {
	for _, root := range roots {
		if root.field.Definition == nil {
			continue
		}
		role, gated := requiredRole(schema, root.field.Definition)
		if !gated {
			continue
		}
		if least := leastRole(root.field.Name); least.AtLeast(role) {
			role = least
		}
		if err := allowed(actor, role); err != nil {
			code, text, _ := explain(err)
			r := refuse(code, "%s", text)
			r.errors[0].Path = ast.Path{ast.PathName(root.field.Alias)}
			if code == codeUnauthenticated {
				r.challenge = auth.Challenge(nil)
			}
			return r
		}
	}
	return nil
}

// acts are what mutations do, by the beginnings of their names. The longest that fits counts.
var acts = map[string]models.Act{
	"create": models.ActCreate, "update": models.ActUpdate, "upsert": models.ActUpdate, "add": models.ActUpdate, "remove": models.ActUpdate,
	"completeStep": models.ActComplete, "setVisibility": models.ActPublish, "previewImport": models.ActPreview, "importMinutes": models.ActImport,
	"delete": models.ActDelete, "merge": models.ActMerge, "undo": models.ActUndo, "signIn": models.ActSignIn, "signOut": models.ActSignOut,
	"revokeToken": models.ActManage, "issueToken": models.ActManage, "createAccount": models.ActManage, "setAccountRole": models.ActManage,
	"resetPassword":  models.ActManage,
	"disableAccount": models.ActManage, "createWebhook": models.ActManage, "updateWebhook": models.ActManage, "deleteWebhook": models.ActManage,
	"testWebhook": models.ActManage, "redeliverWebhook": models.ActManage, "startImport": models.ActImport, "cancelImport": models.ActImport,
}

// actOf returns what a mutation does, "" where nobody has said.
func actOf(mutation string) models.Act {
	for end := len(mutation); end > 0; end-- {
		if act, ok := acts[mutation[:end]]; ok {
			return act
		}
	}
	return ""
}

// leastRole returns the least role that the table of rules has for a field at the root: a guest's for one that is no act of the
// table, where the directive alone counts; a test holds that every mutation of the schema is one. To write is allowed or not
// whatever the visibility.
func leastRole(field string) models.Role {
	act := actOf(field)
	if act == "" {
		return auth.Guest
	}
	for _, role := range append([]models.Role{auth.Guest}, models.Roles()...) {
		if models.Allows(role, act, models.VisibilityPublic) && models.Allows(role, act, models.VisibilityInternal) {
			return role
		}
	}
	return models.RoleAdmin
}
