package store

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"

	"github.com/minutebook/minutebook/models"
)

// A plain value is what a column holds, free of the types of models: nil, string, int, bool, models.Date,
// models.DateTime, models.ID or models.Lines. Plain values of a column are equal when their JSON is.

// plain returns what a column of a model holds.
func (t *typing) plain(model any, column string) any {
	field := reflect.ValueOf(model).Elem().FieldByIndex(t.paths[column])
	if field.Kind() == reflect.Pointer {
		if field.IsNil() {
			return nil
		}
		field = field.Elem()
	}
	switch value := field.Interface().(type) {
	case models.ID:
		if value.IsZero() {
			return nil
		}
		return value
	case models.Date:
		if value == "" {
			return nil
		}
		return value
	case []byte:
		if value == nil {
			return nil
		}
		return value
	case models.DateTime, models.Lines:
		return value
	}
	switch field.Kind() {
	case reflect.String:
		return field.String()
	case reflect.Bool:
		return field.Bool()
	}
	return int(field.Int())
}

// set puts a plain value into a column of a model. The value must be of the column's kind.
func (t *typing) set(model any, column string, value any) {
	field := reflect.ValueOf(model).Elem().FieldByIndex(t.paths[column])
	if value == nil {
		field.SetZero()
		return
	}
	if field.Kind() == reflect.Pointer {
		field.Set(reflect.New(field.Type().Elem()))
		field = field.Elem()
	}
	field.Set(reflect.ValueOf(value).Convert(field.Type()))
}

// columnNames lists the columns of a model, in the order of their names, so that statements and records of rows are the
// same every time.
func (t *typing) columnNames() []string {
	names := make([]string, 0, len(t.paths))
	for name := range t.paths {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// shown writes a plain value as the API shows it, as JSON. To is the entity that an id leads to.
func shown(value any, to *Entity) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case models.ID:
		if to == nil {
			return strconv.Quote(v.String())
		}
		return strconv.Quote(models.EncodeID(to.Record, v))
	case models.Date:
		return strconv.Quote(string(v))
	case models.DateTime:
		return strconv.Quote(v.String())
	case int:
		return strconv.Itoa(v)
	}
	return jsonOf(value)
}

// jsonOf writes a value as JSON, characters as they are.
func jsonOf(value any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(value) //nolint:errchkjson // strings, numbers, lists and maps of them cannot fail
	return string(bytes.TrimRight(b.Bytes(), "\n"))
}

// input is a field that a request may write: a column of the record itself, or an edge to one record.
type input struct {
	name   string
	column string
	field  *Column // nil for an edge
	to     *Entity // nil for a column
	null   bool
	guards bool
}

// inputs lists the fields of a record that requests and imports write, in the order of the declaration.
func (e *Entity) inputs() []input {
	var out []input
	for i := range e.Columns {
		if c := &e.Columns[i]; c.Field != "" && !c.fixed {
			out = append(out, input{name: c.Field, column: c.Name, field: c, null: c.Null})
		}
	}
	for i := range e.Edges {
		if edge := &e.Edges[i]; edge.Local != "" && !edge.Derived {
			out = append(out, input{name: edge.Field, column: edge.Local, to: edge.To, null: !edge.Required, guards: edge.Guards})
		}
	}
	return out
}

// input returns the field of that name.
func (e *Entity) input(name string) (input, bool) {
	for _, in := range e.inputs() {
		if in.name == name {
			return in, true
		}
	}
	return input{}, false
}

// difference returns a field as the log keeps it; nil stands for no value.
func (in input) difference(before, after any) models.FieldChange {
	change := models.FieldChange{Field: in.name}
	if before != nil {
		text := shown(before, in.to)
		change.Before = &text
	}
	if after != nil {
		text := shown(after, in.to)
		change.After = &text
	}
	return change
}
