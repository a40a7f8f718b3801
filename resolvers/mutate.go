package resolvers

import (
	"context"
	"errors"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// tag is what a request says of itself: the key under which it may be sent again, and an id that comes back.
type tag struct{ key, id *string }

func (t tag) outcome(expected []*models.UserError) models.Outcome {
	return models.Outcome{UserErrors: expected, ClientMutationID: t.id}
}

// mutateCreate answers a create mutation.
func mutateCreate[T any](ctx context.Context, r *Resolver, input map[string]any) (*models.Payload[T], error) {
	e := store.Schema.Of(new(T))
	once := onceOf(input, "create", e.Name, nil)
	record, err := r.writeOne(ctx, e, once, func(tx *store.Tx) (models.Record, error) { return tx.Create(e, input) })
	return payload[T](record, err, "input", input)
}

// mutateUpdate answers an update mutation.
func mutateUpdate[T any](ctx context.Context, r *Resolver, id string, patch map[string]any, expectedVersion *int) (*models.Payload[T], error) {
	e := store.Schema.Of(new(T))
	key, err := keyOf(e, "id", id)
	if err != nil {
		return payload[T](nil, err, "patch", patch)
	}
	once := onceOf(patch, "update", id, expectedVersion)
	record, err := r.writeOne(ctx, e, once, func(tx *store.Tx) (models.Record, error) { return tx.Update(e, key, patch, expectedVersion) })
	return payload[T](record, err, "patch", patch)
}

// mutateDelete answers a delete mutation of any type.
func mutateDelete[T any](
	ctx context.Context, r *Resolver, id string, reason models.DeletedReason, expectedVersion *int, t tag,
) (*models.DeletePayload, error) {
	e := store.Schema.Of(new(T))
	key, err := keyOf(e, "id", id)
	if err == nil {
		once := keyed(t.key, "delete", id, []any{reason, expectedVersion})
		_, err = r.Store.WriteOnce(ctx, auth.ActorFrom(ctx), once, func(tx *store.Tx) (models.ID, error) {
			return key, tx.Delete(e, key, reason, expectedVersion)
		})
	}
	expected, err := failures(err, "")
	if err != nil {
		return nil, err
	}
	out := &models.DeletePayload{Outcome: t.outcome(expected)}
	if len(expected) == 0 {
		out.DeletedID = &id
	}
	return out, nil
}

// setVisibility opens or closes a record of any type.
func (r *Resolver) setVisibility(
	ctx context.Context, id string, visibility models.Visibility, expectedVersion *int, t tag,
) (*models.SetVisibilityPayload, error) {
	recordType, key, err := models.DecodeID(id)
	if err != nil {
		return nil, models.At("id", err)
	}
	e := store.Schema.Records(recordType)
	once := keyed(t.key, "setVisibility", id, []any{visibility, expectedVersion})
	record, err := r.writeOne(ctx, e, once, func(tx *store.Tx) (models.Record, error) {
		return tx.SetVisibility(e, key, visibility, expectedVersion)
	})
	expected, err := failures(err, "")
	if err != nil {
		return nil, err
	}
	return &models.SetVisibilityPayload{Record: record, Outcome: t.outcome(expected)}, nil
}

// completeStep notes that a step of a decision was done.
func (r *Resolver) completeStep(
	ctx context.Context, decision string, order int, doneOn models.Date, expectedVersion *int, t tag,
) (*models.CompleteStepPayload, error) {
	e := store.Schema.Decisions
	key, err := keyOf(e, "decision", decision)
	var record models.Record
	if err == nil {
		once := keyed(t.key, "completeStep", decision, []any{order, doneOn, expectedVersion})
		record, err = r.writeOne(ctx, e, once, func(tx *store.Tx) (models.Record, error) {
			return tx.CompleteStep(key, order, doneOn, expectedVersion)
		})
	}
	expected, err := failures(err, "")
	if err != nil {
		return nil, err
	}
	out := &models.CompleteStepPayload{Outcome: t.outcome(expected)}
	out.Decision, _ = record.(*models.Decision)
	return out, nil
}

// merge makes several records into one.
func (r *Resolver) merge(ctx context.Context, e *store.Entity, keep string, merge []string, reason *string, t tag) (*models.MergePayload, error) {
	kept, err := keyOf(e, "keep", keep)
	ids := make([]models.ID, len(merge))
	for i := range merge {
		if err == nil {
			ids[i], err = keyOf(e, "merge", merge[i])
		}
	}
	why := ""
	if reason != nil {
		why = *reason
	}
	var record models.Record
	if err == nil {
		once := keyed(t.key, "merge", keep, []any{merge, why})
		record, err = r.writeOne(ctx, e, once, func(tx *store.Tx) (models.Record, error) { return tx.Merge(e, kept, ids, why) })
	}
	expected, err := failures(err, "")
	if err != nil {
		return nil, err
	}
	return &models.MergePayload{Record: record, Outcome: t.outcome(expected)}, nil
}

// undo takes back a change.
func (r *Resolver) undo(ctx context.Context, change string, t tag) (*models.UndoPayload, error) {
	id, err := store.ParseChangeID(change)
	if err != nil {
		return nil, models.At("change", err)
	}
	undone, err := r.Store.Undo(ctx, auth.ActorFrom(ctx), keyed(t.key, "undo", change, nil), id)
	expected, err := failures(err, "")
	if err != nil {
		return nil, err
	}
	out := &models.UndoPayload{Kept: []string{}, Outcome: t.outcome(expected)}
	if len(expected) == 0 {
		out.Record, out.Kept = undone.Record, append(out.Kept, undone.Kept...)
	}
	return out, nil
}

// writeOne runs a step that leaves a record behind, once for each key of a request. It returns the record as the step left
// it, or, for a request that was sent before, as it is now: nil where it has gone since.
func (r *Resolver) writeOne(ctx context.Context, e *store.Entity, once store.Once, step func(tx *store.Tx) (models.Record, error)) (models.Record, error) {
	actor := auth.ActorFrom(ctx)
	var written models.Record
	id, err := r.Store.WriteOnce(ctx, actor, once, func(tx *store.Tx) (models.ID, error) {
		record, err := step(tx)
		if err != nil {
			return models.ID{}, err
		}
		written = record
		return record.Meta().ID, nil
	})
	if err != nil {
		return nil, err
	}
	if written != nil && written.Meta().ID == id {
		return written, nil
	}
	record, err := r.Store.Record(ctx, actor, e, id)
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil
	}
	return record, err
}

// payload is the answer of a mutation, with expected failures below the argument they came from.
func payload[T any](record models.Record, err error, argument string, values map[string]any) (*models.Payload[T], error) {
	expected, err := failures(err, argument)
	if err != nil {
		return nil, err
	}
	out := &models.Payload[T]{Outcome: models.Outcome{UserErrors: expected, ClientMutationID: textIn(values, "clientMutationId")}}
	if record != nil {
		out.Record = any(record).(*T)
	}
	return out, nil
}

// failures parts expected failures, which a payload tells, from others, which go up. Fields stand below the argument that
// holds them; id and expectedVersion are arguments of their own.
func failures(err error, argument string) ([]*models.UserError, error) {
	if err == nil {
		return []*models.UserError{}, nil
	}
	expected := store.UserErrors(err)
	if expected == nil {
		return nil, err
	}
	for i, problem := range expected {
		if argument != "" && len(problem.Path) > 0 && problem.Path[0] != "id" && problem.Path[0] != "expectedVersion" {
			placed := *problem
			placed.Path = append([]string{argument}, problem.Path...)
			expected[i] = &placed
		}
	}
	return expected, nil
}

// keyOf reads an argument that names a record of an entity. The id of a record of another type names none.
func keyOf(e *store.Entity, argument, id string) (models.ID, error) {
	recordType, key, err := models.DecodeID(id)
	if err != nil {
		return key, models.At(argument, err)
	}
	if recordType != e.Record {
		return key, &models.UserError{Code: models.CodeNotFound, Message: "there is no such " + e.Name, Path: []string{argument}}
	}
	return key, nil
}

// onceOf is the key of a request, with all that a repeated request must ask for again.
func onceOf(values map[string]any, mutation, subject string, expectedVersion *int) store.Once {
	key := textIn(values, "idempotencyKey")
	if key == nil || *key == "" {
		return store.Once{}
	}
	asked := make(map[string]any, len(values))
	for name, value := range values {
		if name != "idempotencyKey" && name != "clientMutationId" {
			asked[name] = value
		}
	}
	return store.Once{Key: *key, Body: []any{mutation, subject, expectedVersion, asked}}
}

// textIn returns a text of an input that may be left out.
func textIn(values map[string]any, name string) *string {
	text, _ := values[name].(*string)
	return text
}
