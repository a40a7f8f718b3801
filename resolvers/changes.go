package resolvers

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/plan"
	"github.com/minutebook/minutebook/store"
)

// changes answers the log from a cursor on.
func (r *Resolver) changes(ctx context.Context, types []models.RecordType) (*models.ChangeConnection, error) {
	q, err := plan.Connection(graphql.GetOperationContext(ctx), graphql.GetFieldContext(ctx).Field, store.Schema.Changes)
	if err != nil {
		return nil, err
	}
	if types != nil {
		q.Where = append(q.Where, store.ChangesOf(types))
	}
	page, err := r.Store.Page(ctx, auth.ActorFrom(ctx), q)
	if err != nil {
		return nil, err
	}
	return page.(*models.ChangeConnection), nil
}

// changeActor names who did it, as far as the caller may know.
func changeActor(ctx context.Context, c *models.Change) string {
	return store.ShownActor(auth.ActorFrom(ctx), c)
}

// changeFields reads what changed, as far as the caller may know.
func changeFields(ctx context.Context, c *models.Change) ([]*models.FieldChange, error) {
	fields := []*models.FieldChange{}
	if err := json.Unmarshal([]byte(c.FieldsJSON), &fields); err != nil {
		return nil, fmt.Errorf("fields of change %d: %w", c.Sequence, err)
	}
	return store.ShownFields(auth.ActorFrom(ctx), c, fields), nil
}

// mergedInto is the id of the record kept in a merge.
func mergedInto(c *models.Change) *string {
	if c.MergedID == nil {
		return nil
	}
	id := models.EncodeID(c.Type, *c.MergedID)
	return &id
}

// viewer says who is asking.
func viewer(ctx context.Context) *models.Viewer {
	actor := auth.ActorFrom(ctx)
	if actor.Role == "" {
		return nil
	}
	return &models.Viewer{Subject: actor.Subject, Role: actor.Role, Roles: actor.Roles.List(), ExpiresAt: models.DateTime{Time: actor.Expires}}
}
