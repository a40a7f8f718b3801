package plan

import (
	"encoding/json"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// Sizes of pages.
const (
	DefaultPage   = 20
	MaxPage       = 100
	maxKeys       = 5
	maxGroups     = 1000
	maxDimensions = 2
)

// arguments reads filter, orderBy, first, after, last, before, and the edge's own arguments into the query.
func (p *planner) arguments(q *store.Query, field graphql.CollectedField, edge *store.Edge) error {
	given, open := p.given(field)
	if edge != nil {
		if err := ofEdge(q, field.Name, edge, given); err != nil || !edge.Connection {
			return err
		}
	}
	if filter, ok := given["filter"].(map[string]any); ok {
		condition, err := Filter(q.Entity, filter)
		if err != nil {
			return models.At("filter", err)
		}
		q.Where = append(q.Where, condition)
	}
	var err error
	if q.Sort, err = order(q.Entity, q.Sort, given["orderBy"]); err != nil {
		return err
	}
	if open != (openCursors{}) {
		p.cursors[q] = open
	}
	q.Page, err = Page(q.Entity, q.Sort, given)
	return err
}

// ofEdge reads the arguments that an edge has of its own.
func ofEdge(q *store.Query, field string, edge *store.Edge, given map[string]any) (err error) {
	for name, arg := range edge.Args {
		if given[name] == nil {
			continue
		}
		condition, err := arg(q.Entity, given[name])
		if err != nil {
			return models.At(name, err)
		}
		q.Where = append(q.Where, condition)
	}
	if edge != store.CoAttendees {
		return nil
	}
	if q.Met, err = met(given); err != nil {
		return models.At(field, err)
	}
	return nil
}

// order reads orderBy; without one the order stays as the edge has it.
func order(e *store.Entity, usual []store.Sort, given any) ([]store.Sort, error) {
	keys, ok := given.([]any)
	if !ok {
		if single, isMap := given.(map[string]any); isMap {
			keys = []any{single}
		}
	}
	if len(keys) == 0 {
		return usual, nil
	}
	if len(keys) > maxKeys {
		return nil, models.BadInput("orderBy takes at most %d keys", maxKeys)
	}
	sorts := make([]store.Sort, 0, len(keys))
	for _, key := range keys {
		k, _ := key.(map[string]any)
		name, _ := k["field"].(string)
		column := e.OrderField(name)
		if column == nil {
			return nil, models.BadInput("orderBy: %s are not ordered by that", e.Name)
		}
		if slices.ContainsFunc(sorts, func(s store.Sort) bool { return s.Column == column }) {
			return nil, models.BadInput("orderBy names %s twice", name)
		}
		sorts = append(sorts, store.Sort{Column: column, Desc: k["direction"] == "DESC"})
	}
	return sorts, nil
}

// Page reads first, after, last and before as Relay has them.
func Page(e *store.Entity, sorts []store.Sort, given map[string]any) (*store.Page, error) {
	page := &store.Page{Size: DefaultPage}
	first, hasFirst, err := size(given, "first")
	if err != nil {
		return nil, err
	}
	last, hasLast, err := size(given, "last")
	switch {
	case err != nil:
		return nil, err
	case hasFirst && hasLast:
		return nil, models.BadInput("first and last exclude each other")
	case hasFirst:
		page.Size = first
	case hasLast:
		page.Size, page.Backward = last, true
	}
	if page.After, err = cursor(given, "after", e, sorts); err != nil {
		return nil, err
	}
	page.Before, err = cursor(given, "before", e, sorts)
	return page, err
}

func size(given map[string]any, name string) (int, bool, error) {
	if given[name] == nil {
		return 0, false, nil
	}
	n, err := integer(given[name])
	if err != nil || n < 0 || n > MaxPage {
		return 0, false, models.At(name, models.BadInput("must be a number from 0 to %d", MaxPage))
	}
	return n, true, nil
}

func cursor(given map[string]any, name string, e *store.Entity, sorts []store.Sort) (*store.Cursor, error) {
	text, ok := given[name].(string)
	if !ok {
		return nil, nil
	}
	c, err := store.ParseCursor(text, e, sorts)
	if err != nil {
		return nil, models.At(name, err)
	}
	return c, nil
}

// integer reads a number in any of the forms in which gqlgen hands over an Int.
func integer(value any) (int, error) {
	switch v := value.(type) {
	case int:
		return v, nil
	case int64:
		return int(v), nil
	case int32:
		return int(v), nil
	case json.Number:
		n, err := v.Int64()
		if err != nil || n != int64(int32(n)) {
			return 0, models.BadInput("%s is not a whole number of 32 bits", v)
		}
		return int(n), nil
	case float64:
		if v != float64(int32(v)) {
			return 0, models.BadInput("%v is not a whole number of 32 bits", v)
		}
		return int(v), nil
	}
	return 0, models.BadInput("not a whole number")
}

// grouping reads the arguments of groups.
func grouping(e *store.Entity, given map[string]any) (*store.Grouping, error) {
	g := &store.Grouping{First: MaxPage, Order: models.GroupCountDesc}
	names, _ := given["by"].([]any)
	if name, ok := given["by"].(string); ok {
		names = []any{name}
	}
	if len(names) < 1 || len(names) > maxDimensions {
		return nil, models.BadInput("groups are by one or two dimensions")
	}
	by := make([]models.Dimension, len(names))
	for i, name := range names {
		text, _ := name.(string)
		dimension := e.Dimension(text)
		if dimension == nil {
			return nil, models.BadInput("%s are not counted by that", e.Name)
		}
		if slices.Contains(g.By, dimension) {
			return nil, models.BadInput("groups name %s twice", text)
		}
		g.By, by[i] = append(g.By, dimension), models.Dimension(text)
	}
	having, _ := given["having"].(map[string]any)
	var err error
	if g.Having, err = bounds(having); err != nil {
		return nil, models.At("having", err)
	}
	var orderBy *models.GroupOrder
	if name, ok := given["orderBy"].(string); ok {
		g.Order = models.GroupOrder(name)
		orderBy = &g.Order
	}
	var first *int
	if given["first"] != nil {
		n, err := integer(given["first"])
		if err != nil || n < 0 || n > maxGroups {
			return nil, models.BadInput("first is a number from 0 to %d", maxGroups)
		}
		g.First, first = n, &n
	}
	g.Key = models.GroupsKey(by, having, orderBy, first)
	return g, nil
}
