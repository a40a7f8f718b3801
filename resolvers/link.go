package resolvers

import (
	"context"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// linkCall is a mutation that adds or removes one link.
type linkCall struct {
	entity *store.Entity // whose record it is; nil for any, by the id
	owner  string        // the argument that names the record
	id     string
	tag    tag
	store.LinkEdit
}

// addLink answers a mutation that adds one link to a record.
func (r *Resolver) addLink(ctx context.Context, call linkCall) (*models.LinkPayload, error) {
	return r.editLink(ctx, call, "addLink", (*store.Tx).AddLink)
}

// removeLink answers a mutation that removes one.
func (r *Resolver) removeLink(ctx context.Context, call linkCall) (*models.LinkPayload, error) {
	return r.editLink(ctx, call, "removeLink", (*store.Tx).RemoveLink)
}

type linkEditor func(*store.Tx, *store.Entity, models.ID, store.LinkEdit) (models.Record, error)

func (r *Resolver) editLink(ctx context.Context, call linkCall, what string, edit linkEditor) (*models.LinkPayload, error) {
	record, err := r.tryLink(ctx, call, what, edit)
	expected, err := failures(err, "")
	if err != nil {
		return nil, err
	}
	for i, problem := range expected {
		if len(problem.Path) > 0 && problem.Path[0] == "id" && call.owner != "id" {
			placed := *problem
			placed.Path = append([]string{call.owner}, problem.Path[1:]...)
			expected[i] = &placed
		}
	}
	return &models.LinkPayload{Record: record, Outcome: call.tag.outcome(expected)}, nil
}

func (r *Resolver) tryLink(ctx context.Context, call linkCall, what string, edit linkEditor) (models.Record, error) {
	e := call.entity
	if e == nil {
		recordType, _, err := models.DecodeID(call.id)
		if err != nil {
			return nil, models.At(call.owner, err)
		}
		e = store.Schema.Records(recordType)
	}
	id, err := keyOf(e, call.owner, call.id)
	if err != nil {
		return nil, err
	}
	once := keyed(call.tag.key, what, call.id, []any{call.Field, call.Value, call.Position, call.Version})
	return r.writeOne(ctx, e, once, func(tx *store.Tx) (models.Record, error) { return edit(tx, e, id, call.LinkEdit) })
}
