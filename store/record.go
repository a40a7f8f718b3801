package store

import (
	"context"
	"fmt"

	"github.com/minutebook/minutebook/models"
)

// Record reads one record as it is, without anything along its edges. One that is not there, or that the actor may not see,
// is models.ErrNotFound; the id of a merged record leads to the one kept.
func (s *Store) Record(ctx context.Context, actor models.Actor, e *Entity, id models.ID) (models.Record, error) {
	found, err := s.Whole(ctx, actor, e, []models.ID{id})
	if err != nil {
		return nil, err
	}
	record, ok := found[id].(models.Record)
	if !ok {
		return nil, fmt.Errorf("%s %s: %w", e.Name, id, models.ErrNotFound)
	}
	return record, nil
}

// Whole reads records as they are, without anything along their edges, by their ids.
func (s *Store) Whole(ctx context.Context, actor models.Actor, e *Entity, ids []models.ID) (map[models.ID]any, error) {
	return s.Records(ctx, actor, &Query{Entity: e, Columns: e.all(), Rows: true}, ids)
}

// all lists the stored columns of an entity.
func (e *Entity) all() []*Column {
	out := make([]*Column, len(e.Columns))
	for i := range e.Columns {
		out[i] = &e.Columns[i]
	}
	return out
}

// ParseChangeID reads the id of an entry of the log, as the API shows it.
func ParseChangeID(text string) (models.ID, error) {
	id, err := revivedID(text)
	if err != nil || id.String() != text {
		return models.ID{}, models.BadInput("not the id of a change")
	}
	return id, nil
}
