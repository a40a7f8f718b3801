package resolvers

import (
	"context"
	"fmt"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/plan"
	"github.com/minutebook/minutebook/store"
)

// owner is a record, or a part of one, whose field is asked for.
type owner interface {
	Key() models.ID
	Loaded(name string) (any, bool)
}

// rootConnection answers a list at the root of the query with all that is selected below it.
func rootConnection[T any](ctx context.Context, r *Resolver) (*models.Connection[T], error) {
	q, err := plan.Connection(graphql.GetOperationContext(ctx), graphql.GetFieldContext(ctx).Field, store.Schema.Of(new(T)))
	if err != nil {
		return nil, err
	}
	page, err := r.Store.Page(ctx, auth.ActorFrom(ctx), q)
	if err != nil {
		return nil, err
	}
	return page.(*models.Connection[T]), nil
}

// rootRecord answers a record at the root by its id, nil where there is none of this type to see.
func rootRecord[T any](ctx context.Context, r *Resolver, id string) (*T, error) {
	recordType, _, err := models.DecodeID(id)
	if err != nil {
		return nil, models.At("id", err)
	}
	if recordType != store.Schema.Of(new(T)).Record {
		return nil, nil
	}
	nodes, err := r.nodes(ctx, []string{id})
	if err != nil || nodes[0] == nil {
		return nil, err
	}
	return any(nodes[0]).(*T), nil
}

// nodes loads records of any type by their ids, with what the field at hand selects; a statement for each type and
// edge. Where there is nothing to see, nil stands in the place.
func (r *Resolver) nodes(ctx context.Context, ids []string) ([]models.Node, error) {
	byType := map[models.RecordType][]models.ID{}
	keys := make([]models.ID, len(ids))
	types := make([]models.RecordType, len(ids))
	for i, text := range ids {
		recordType, id, err := models.DecodeID(text)
		if err != nil {
			return nil, models.At("id", err)
		}
		types[i], keys[i] = recordType, id
		byType[recordType] = append(byType[recordType], id)
	}
	out := make([]models.Node, len(ids))
	for recordType, wanted := range byType {
		found, err := r.records(ctx, recordType, wanted)
		if err != nil {
			return nil, err
		}
		for i := range ids {
			if node, ok := found[keys[i]].(models.Node); ok && types[i] == recordType {
				out[i] = node
			}
		}
	}
	return out, nil
}

// records loads records of one type with what the field at hand selects.
func (r *Resolver) records(ctx context.Context, recordType models.RecordType, ids []models.ID) (map[models.ID]any, error) {
	op, field := graphql.GetOperationContext(ctx), graphql.GetFieldContext(ctx).Field
	q, err := plan.Record(op, field.Selections, store.Schema.Records(recordType))
	if err != nil {
		return nil, err
	}
	return r.Store.Records(ctx, auth.ActorFrom(ctx), q, ids)
}

// connection returns the page behind an edge.
func connection[T any](ctx context.Context, r *Resolver, obj owner) (*models.Connection[T], error) {
	return along[*models.Connection[T]](ctx, r, obj)
}

// list returns the rows behind an edge that is a plain list.
func list[T any](ctx context.Context, r *Resolver, obj owner) ([]*T, error) {
	return along[[]*T](ctx, r, obj)
}

// one returns the record behind an edge to one, nil where there is none to see.
func one[T any](ctx context.Context, r *Resolver, obj owner) (*T, error) {
	return along[*T](ctx, r, obj)
}

// along returns what has been loaded along an edge with the level above. Where the object came from elsewhere, as in
// the answer of a mutation, it is loaded now, with all that is selected below.
func along[V any](ctx context.Context, r *Resolver, obj owner) (V, error) {
	var none V
	op, field := graphql.GetOperationContext(ctx), graphql.GetFieldContext(ctx).Field
	value, ok := obj.Loaded(plan.Key(op, field))
	if !ok {
		e := store.Schema.Of(obj)
		branch, err := plan.Branch(op, field, e)
		if err != nil {
			return none, err
		}
		if value, err = r.Store.Along(ctx, auth.ActorFrom(ctx), e, branch, obj.Key()); err != nil {
			return none, err
		}
	}
	if value == nil {
		return none, nil
	}
	typed, ok := value.(V)
	if !ok {
		return none, fmt.Errorf("%s: %T is no %T", field.Name, value, none)
	}
	return typed, nil
}

// orDefault is the value of an argument, or, where it is left out or null, the default that the schema gives it.
func orDefault(ctx context.Context, name string, given *int) int {
	if given != nil {
		return *given
	}
	n := 0
	if declared := graphql.GetFieldContext(ctx).Field.Definition.Arguments.ForName(name); declared != nil && declared.DefaultValue != nil {
		n, _ = strconv.Atoi(declared.DefaultValue.Raw)
	}
	return n
}
