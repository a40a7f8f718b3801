package resolvers

import (
	"cmp"
	"context"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/plan"
	"github.com/minutebook/minutebook/store"
)

// timeline answers the dated events of a record.
func (r *Resolver) timeline(ctx context.Context, id string, first *int, after *string) (*models.TimelineConnection, error) {
	out := &models.TimelineConnection{Edges: []*models.TimelineEdge{}, Nodes: []*models.TimelineEntry{}}
	of, err := refOf("id", id)
	size := plan.DefaultPage
	if first != nil {
		size = *first
	}
	if err := cmp.Or(err, within("first", size, 0, plan.MaxPage)); err != nil {
		return nil, err
	}
	w, a := r.Store.Walker(ctx, auth.ActorFrom(ctx), nil, nil), askedOf(ctx)
	found, err := w.Find(of)
	if err != nil || len(found) == 0 {
		return out, models.At("id", err)
	}
	events, more, err := r.Store.Timeline(ctx, auth.ActorFrom(ctx), found[of], size, value(after))
	if err != nil {
		return nil, err
	}
	refs := make([]store.Ref, len(events))
	for i, e := range events {
		refs[i] = e.Record
	}
	selected := a.union([]string{"nodes", "record"}, []string{"edges", "node", "record"})
	records, err := r.fetch(ctx, unique(refs), selected)
	if err != nil {
		return nil, err
	}
	cursors := make([]string, len(events))
	for i, e := range events {
		entry := &models.TimelineEntry{Date: e.Day, Kind: e.Kind, Record: records[e.Record]}
		cursors[i] = e.Cursor()
		out.Nodes, out.Edges = append(out.Nodes, entry), append(out.Edges, &models.TimelineEdge{Cursor: cursors[i], Node: entry})
	}
	out.PageInfo = pageInfo(cursors, more, after != nil)
	return out, nil
}

// coAttendees answers who was in the same meetings as a person: what was loaded with the level above, or else is loaded
// now.
func (r *Resolver) coAttendees(ctx context.Context, person *models.Person) (*models.CoAttendanceConnection, error) {
	return along[*models.CoAttendanceConnection](ctx, r, person)
}
