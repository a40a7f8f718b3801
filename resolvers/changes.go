package resolvers

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

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

// changeActor names who did it; a guest learns the role only.
func changeActor(ctx context.Context, c *models.Change) string {
	if auth.ActorFrom(ctx).SeesInternal() || c.ActorRole == "" {
		return c.ActorName
	}
	return string(c.ActorRole)
}

// changeFields reads what changed. A guest sees the columns of a record that may be seen: not what a withdrawn or merged
// one said, and not its references and parts, which may name records that are hidden.
func changeFields(ctx context.Context, c *models.Change) ([]*models.FieldChange, error) {
	fields := []*models.FieldChange{}
	guest := !auth.ActorFrom(ctx).SeesInternal()
	if guest && (c.Operation == models.OperationDelete || c.Operation == models.OperationMerge) {
		return fields, nil
	}
	if err := json.Unmarshal([]byte(c.FieldsJSON), &fields); err != nil {
		return nil, fmt.Errorf("fields of change %d: %w", c.Sequence, err)
	}
	if guest {
		entity := store.Schema.Records(c.Type)
		fields = slices.DeleteFunc(fields, func(f *models.FieldChange) bool { return entity.Field(f.Field) == nil })
	}
	return fields, nil
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
	return &models.Viewer{Subject: actor.Subject, Role: actor.Role, ExpiresAt: models.DateTime{Time: actor.Expires}}
}
