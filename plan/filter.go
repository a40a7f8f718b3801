package plan

import (
	"fmt"
	"maps"
	"slices"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// Limits of a filter.
const (
	maxFilterDepth = 8
	maxFilterNodes = 200
	maxListValues  = 500
	maxText        = 1000
)

// Filter reads a filter into a condition on the records of an entity. Errors carry the path to the
// place in the filter.
func Filter(e *store.Entity, filter map[string]any) (store.Condition, error) {
	r := &filterReader{}
	return r.filter(e, filter, 1)
}

type filterReader struct{ nodes int }

func (r *filterReader) enter(depth int) error {
	r.nodes++
	if depth > maxFilterDepth || r.nodes > maxFilterNodes {
		return models.BadInput("is too large: at most %d levels and %d conditions", maxFilterDepth, maxFilterNodes)
	}
	return nil
}

func (r *filterReader) filter(e *store.Entity, filter map[string]any, depth int) (store.Condition, error) {
	if err := r.enter(depth); err != nil {
		return nil, err
	}
	all := store.And{}
	for _, name := range slices.Sorted(maps.Keys(filter)) {
		condition, err := r.field(e, name, filter[name], depth)
		if err != nil {
			return nil, models.At(name, err)
		}
		all = append(all, condition)
	}
	return all, nil
}

func (r *filterReader) field(e *store.Entity, name string, value any, depth int) (store.Condition, error) {
	if value == nil {
		return nil, models.BadInput("is null; leave it out, or ask isNull")
	}
	switch name {
	case "and", "or":
		return r.list(e, name, value, depth)
	case "not":
		inner, err := r.filter(e, asMap(value), depth+1)
		return store.Not{Condition: inner}, err
	case "isNull":
		return nil, models.BadInput("asks whether there is a record, and here always is one")
	}
	if column := e.Field(name); column != nil && column.Filter {
		return r.column(e, column, asMap(value), depth+1)
	}
	edge := e.Edge(name)
	if edge == nil || !edge.Filter {
		return nil, models.BadInput("cannot be asked for")
	}
	if edge.Local != "" {
		return r.toOne(edge, asMap(value), depth+1)
	}
	return r.toMany(edge, asMap(value), depth+1)
}

func asMap(value any) map[string]any {
	m, _ := value.(map[string]any)
	return m
}

func (r *filterReader) list(e *store.Entity, name string, value any, depth int) (store.Condition, error) {
	items, ok := value.([]any)
	if !ok {
		items = []any{value}
	}
	if len(items) == 0 && name == "or" {
		return nil, models.BadInput("is empty; a list of alternatives needs at least one")
	}
	conditions := make([]store.Condition, 0, len(items))
	for i, item := range items {
		if item == nil {
			return nil, models.At(fmt.Sprintf("[%d]", i), models.BadInput("is null"))
		}
		condition, err := r.filter(e, asMap(item), depth+1)
		if err != nil {
			return nil, models.At(fmt.Sprintf("[%d]", i), err)
		}
		conditions = append(conditions, condition)
	}
	if name == "or" {
		return store.Or(conditions), nil
	}
	return store.And(conditions), nil
}

func (r *filterReader) toOne(edge *store.Edge, filter map[string]any, depth int) (store.Condition, error) {
	rest := maps.Clone(filter)
	null, asked := rest["isNull"]
	delete(rest, "isNull")
	if asked && null == nil {
		return nil, models.At("isNull", models.BadInput("is null; say true or false"))
	}
	if asked && edge.Required {
		return nil, models.At("isNull", models.BadInput("asks whether there is a record, and here always is one"))
	}
	where, err := r.filter(edge.To, rest, depth)
	if err != nil {
		return nil, err
	}
	if null == true {
		missing := store.ToOne{Edge: edge, Missing: true}
		if len(rest) > 0 {
			return store.And{missing, store.ToOne{Edge: edge, Where: where}}, nil
		}
		return missing, nil
	}
	return store.ToOne{Edge: edge, Where: where}, nil
}

func (r *filterReader) toMany(edge *store.Edge, filter map[string]any, depth int) (store.Condition, error) {
	if err := r.enter(depth); err != nil {
		return nil, err
	}
	all := store.And{}
	for _, name := range slices.Sorted(maps.Keys(filter)) {
		if filter[name] == nil {
			return nil, models.At(name, models.BadInput("is null; leave it out"))
		}
		if name == "count" {
			limits, err := bounds(asMap(filter[name]))
			if err != nil {
				return nil, models.At(name, err)
			}
			all = append(all, store.Count{Edge: edge, Bounds: limits})
			continue
		}
		where, err := r.filter(edge.To, asMap(filter[name]), depth+1)
		if err != nil {
			return nil, models.At(name, err)
		}
		switch name {
		case "some":
			all = append(all, store.Some{Edge: edge, Where: where})
		case "none":
			all = append(all, store.None{Edge: edge, Where: where})
		case "every":
			all = append(all, store.Every{Edge: edge, Where: where})
		}
	}
	return all, nil
}

// operators are the comparisons by the names that filters give them.
var operators = map[string]store.Op{
	"eq": store.Equal, "ne": store.NotEqual, "lt": store.Less, "lte": store.LessOrEqual, "gt": store.Greater, "gte": store.GreaterOrEqual,
	"in": store.In, "notIn": store.NotIn, "contains": store.Contains, "startsWith": store.StartsWith,
}

func (r *filterReader) column(e *store.Entity, column *store.Column, tests map[string]any, depth int) (store.Condition, error) {
	if err := r.enter(depth); err != nil {
		return nil, err
	}
	all := store.And{}
	for _, name := range slices.Sorted(maps.Keys(tests)) {
		condition, err := compare(e, column, name, tests[name])
		if err != nil {
			return nil, models.At(name, err)
		}
		all = append(all, condition)
	}
	return all, nil
}

func compare(e *store.Entity, column *store.Column, name string, value any) (store.Condition, error) {
	if value == nil {
		return nil, models.BadInput("is null; ask isNull for records without a value")
	}
	if name == "isNull" {
		op := store.NotNull
		if value == true {
			op = store.Null
		}
		return store.Compare{Column: column, Op: op}, nil
	}
	if name == "matches" {
		text, _ := value.(string)
		return store.Matches(e, column, text)
	}
	op, known := operators[name]
	if !known {
		return nil, models.BadInput("is no comparison")
	}
	items := []any{value}
	if list, ok := value.([]any); ok {
		items = list
	}
	if len(items) > maxListValues {
		return nil, models.BadInput("has more than %d values", maxListValues)
	}
	values := make([]any, 0, len(items))
	for _, item := range items {
		v, err := operand(e, column, item)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	return store.Compare{Column: column, Op: op, Values: values}, nil
}

// operand reads a value that a column is compared with.
func operand(e *store.Entity, column *store.Column, value any) (any, error) {
	if value == nil {
		return nil, models.BadInput("holds null")
	}
	if column.Kind == store.Int {
		return integer(value)
	}
	text, ok := value.(string)
	if !ok {
		return nil, models.BadInput("is not a string")
	}
	switch column.Kind {
	case store.Key:
		recordType, id, err := models.DecodeID(text)
		if err == nil && recordType != e.Record {
			err = models.BadInput("the id is not that of a %s", e.Name)
		}
		return id[:], err
	case store.Date:
		day, err := models.ParseDate(text)
		return string(day), err
	case store.Time:
		moment, err := models.ParseDateTime(text)
		return moment, err
	case store.Enum:
		if column.Valid != nil && !column.Valid(text) {
			return nil, models.BadInput("is not one of the values")
		}
	default:
		if len([]rune(text)) > maxText {
			return nil, models.BadInput("is longer than %d characters", maxText)
		}
	}
	return text, nil
}

// bounds reads conditions on a count.
func bounds(tests map[string]any) ([]store.Bound, error) {
	var out []store.Bound
	for _, name := range slices.Sorted(maps.Keys(tests)) {
		op, known := operators[name]
		if !known {
			return nil, models.At(name, models.BadInput("makes no sense for a count"))
		}
		if tests[name] == nil {
			return nil, models.At(name, models.BadInput("is null"))
		}
		items := []any{tests[name]}
		if list, ok := tests[name].([]any); ok {
			items = list
		}
		bound := store.Bound{Op: op}
		for _, item := range items {
			n, err := integer(item)
			if err != nil {
				return nil, models.At(name, err)
			}
			bound.Values = append(bound.Values, n)
		}
		out = append(out, bound)
	}
	return out, nil
}
