package store

import (
	"fmt"
	"slices"
)

// Condition is a test of one record. Conditions have two values: what SQL calls unknown is false.
type Condition interface {
	write(b *builder, e *Entity, alias string)
}

// Op is a comparison.
type Op string

// Comparisons. NotEqual and NotIn hold for a record without a value.
const (
	Equal          Op = "="
	NotEqual       Op = "<>"
	Less           Op = "<"
	LessOrEqual    Op = "<="
	Greater        Op = ">"
	GreaterOrEqual Op = ">="
	In             Op = "in"
	NotIn          Op = "not in"
	Contains       Op = "contains"
	StartsWith     Op = "starts with"
	Null           Op = "is null"
	NotNull        Op = "is not null"
)

// And holds where all conditions do; the empty And holds.
type And []Condition

// Or holds where at least one condition does; the empty Or does not.
type Or []Condition

// Not holds where the condition does not.
type Not struct{ Condition Condition }

// Compare holds where the column compares so with the values.
type Compare struct {
	Column *Column
	Op     Op
	Values []any
}

// ToOne holds where the record at the end of the edge is there to see and fits Where, or, with Missing, where there
// is none.
type ToOne struct {
	Edge    *Edge
	Where   Condition
	Missing bool
}

// Conditions on the records at the end of an edge to many.
type (
	// Some holds where one of them does.
	Some struct {
		Edge  *Edge
		Where Condition
	}
	// None holds where none does.
	None struct {
		Edge  *Edge
		Where Condition
	}
	// Every holds where all do.
	Every struct {
		Edge  *Edge
		Where Condition
	}
	// Count compares the number of related records.
	Count struct {
		Edge   *Edge
		Bounds []Bound
	}
)

func (c And) write(b *builder, e *Entity, alias string) {
	b.joined([]Condition(c), " AND ", "1=1", e, alias)
}
func (c Or) write(b *builder, e *Entity, alias string) {
	b.joined([]Condition(c), " OR ", "1=0", e, alias)
}

func (b *builder) joined(conditions []Condition, between, empty string, e *Entity, alias string) {
	if len(conditions) == 0 {
		b.text(empty)
		return
	}
	b.text("(")
	for i, condition := range conditions {
		if i > 0 {
			b.text(between)
		}
		condition.write(b, e, alias)
	}
	b.text(")")
}

func (c Not) write(b *builder, e *Entity, alias string) {
	b.text("NOT COALESCE((")
	c.Condition.write(b, e, alias)
	b.text("), 0)")
}

func (c Compare) write(b *builder, _ *Entity, alias string) {
	column := b.column(c.Column, alias)
	switch c.Op {
	case Null:
		b.text(column + " IS NULL")
	case NotNull:
		b.text(column + " IS NOT NULL")
	case In, NotIn:
		b.oneOf(column, c.Values, c.Op == NotIn, c.Column.Null)
	case Contains:
		b.text("INSTR(" + column + ", ?) > 0").bind(c.Values...)
	case StartsWith:
		// A range, so that an index serves it: everything from the prefix up to the prefix and the last code point.
		prefix := c.Values[0].(string)
		b.text(column+" >= ? AND "+column+" < ?").bind(prefix, prefix+"\U0010FFFF")
	case NotEqual:
		b.text("(" + column + " <> ?").bind(c.Values[0])
		if c.Column.Null {
			b.text(" OR " + column + " IS NULL")
		}
		b.text(")")
	default:
		b.text(column + " " + string(c.Op) + " ?").bind(c.Values[0])
	}
}

func (b *builder) oneOf(column string, values []any, not, null bool) {
	if len(values) == 0 {
		b.text(map[bool]string{false: "1=0", true: "1=1"}[not])
		return
	}
	if not {
		b.text("(" + column + " NOT IN (").marks(len(values)).text(")").bind(values...)
		if null {
			b.text(" OR " + column + " IS NULL")
		}
		b.text(")")
		return
	}
	b.text(column + " IN (").marks(len(values)).text(")").bind(values...)
}

func (c ToOne) write(b *builder, _ *Entity, alias string) {
	if c.Missing {
		b.text("NOT ")
	}
	if c.onlyID(b) {
		c.writeLocal(b, alias)
		return
	}
	to := b.alias()
	if !c.Missing && selective(c.Where) {
		b.text(fmt.Sprintf("%s.%s IN (SELECT %s.id FROM %s %s WHERE 1=1", alias, c.Edge.Local, to, c.Edge.To.Table, to))
	} else {
		b.text(fmt.Sprintf("EXISTS (SELECT 1 FROM %s %s WHERE %s.id = %s.%s", c.Edge.To.Table, to, to, alias, c.Edge.Local))
	}
	if !c.Edge.Guards { // else whoever sees the row sees what is behind the edge
		b.visible(c.Edge.To, to)
	}
	if c.Where != nil {
		b.text(" AND ")
		c.Where.write(b, c.Edge.To, to)
	}
	b.text(")")
}

// onlyID reports whether the condition asks for nothing but the id of what is behind the edge, or whether there is
// anything: then the column of the row itself tells. A guest must be sure to see what is there.
func (c ToOne) onlyID(b *builder) bool {
	if b.guest && !c.Edge.Guards {
		return false
	}
	return c.Where == nil || idsOnly(c.Where)
}

func idsOnly(c Condition) bool {
	switch c := c.(type) {
	case And:
		for _, part := range c {
			if !idsOnly(part) {
				return false
			}
		}
		return true
	case Compare:
		return c.Column.Name == "id" && (c.Op == Equal || c.Op == In)
	}
	return false
}

// writeLocal writes the condition on the column that holds the id.
func (c ToOne) writeLocal(b *builder, alias string) {
	local := &Column{Name: c.Edge.Local, Kind: Key}
	b.text("(" + b.column(local, alias) + " IS NOT NULL")
	if c.Where != nil {
		b.text(" AND ")
		rename(c.Where, local).write(b, nil, alias)
	}
	b.text(")")
}

// rename puts another column into a condition on ids.
func rename(c Condition, column *Column) Condition {
	switch c := c.(type) {
	case And:
		out := make(And, len(c))
		for i, part := range c {
			out[i] = rename(part, column)
		}
		return out
	case Compare:
		c.Column = column
		return c
	}
	return c
}

// selective reports whether few records fit a condition, as far as it tells: it asks for one of some values that few records
// share. SQLite then had better begin there than walk the records in their order and look each time; MySQL finds out by
// itself.
func selective(c Condition) bool {
	switch c := c.(type) {
	case And:
		return slices.ContainsFunc(c, selective)
	case Or:
		return len(c) > 0 && !slices.ContainsFunc(c, func(part Condition) bool { return !selective(part) })
	case Compare:
		return c.Column.Kind != Enum && (c.Op == Equal || c.Op == In || c.Op == StartsWith)
	case ToOne:
		return !c.Missing && c.Where != nil && selective(c.Where)
	case Some:
		return selective(c.Where)
	case matches:
		return true
	}
	return false
}

func (c Some) write(b *builder, _ *Entity, alias string) {
	if !selective(c.Where) {
		b.exists(c.Edge, c.Where, alias)
		return
	}
	to, link := b.alias(), ""
	var parent string
	if c.Edge.Link == nil {
		parent = to + "." + c.Edge.Foreign
	} else {
		link = b.alias()
		parent = link + "." + c.Edge.Link.Parent
	}
	b.text(alias + ".id IN (SELECT " + parent + " FROM ")
	b.tables(c.Edge, to, link)
	b.text(" WHERE " + parent + " IS NOT NULL")
	b.linked(c.Edge, link)
	b.visible(c.Edge.To, to)
	b.text(" AND ")
	c.Where.write(b, c.Edge.To, to)
	b.text(")")
}

func (c None) write(b *builder, _ *Entity, alias string) {
	b.text("NOT ").exists(c.Edge, c.Where, alias)
}

func (c Every) write(b *builder, _ *Entity, alias string) {
	b.text("NOT ").exists(c.Edge, Not{c.Where}, alias)
}

// exists writes that a related record fits.
func (b *builder) exists(edge *Edge, where Condition, alias string) {
	to := b.alias()
	b.text("EXISTS (SELECT 1 FROM ")
	b.related(edge, alias, to)
	b.text(" AND ")
	where.write(b, edge.To, to)
	b.text(")")
}

// related writes the tables and the WHERE that lead from a row along an edge to many.
func (b *builder) related(edge *Edge, alias, to string) {
	link := ""
	parent := to + "." + edge.Foreign
	if edge.Link != nil {
		link = b.alias()
		parent = link + "." + edge.Link.Parent
	}
	b.tables(edge, to, link)
	b.text(" WHERE " + parent + " = " + alias + ".id")
	b.linked(edge, link)
	b.visible(edge.To, to)
}

// tables writes the tables behind an edge to many.
func (b *builder) tables(edge *Edge, to, link string) {
	if edge.Link == nil {
		b.text(edge.To.Table + " " + to)
		return
	}
	b.text(fmt.Sprintf("%s %s JOIN %s %s ON %s.id = %s.%s", edge.Link.Table, link, edge.To.Table, to, to, link, edge.Link.Child))
}

// linked writes the further condition on a link.
func (b *builder) linked(edge *Edge, link string) {
	if edge.Link != nil && edge.Link.Where != "" {
		b.text(" AND " + fmt.Sprintf(edge.Link.Where, link))
	}
}

func (c Count) write(b *builder, _ *Entity, alias string) {
	b.text("(")
	for i, bound := range c.Bounds {
		if i > 0 {
			b.text(" AND ")
		}
		b.count(c.Edge, alias)
		b.bound(bound)
	}
	b.text(")")
}

// count writes the number of records that an edge to many leads to from a row.
func (b *builder) count(edge *Edge, alias string) {
	to := b.alias()
	counted := "*"
	if edge.Link != nil && (edge.Link.Distinct || !edge.Connection) { // else a pair stands in the table once
		counted = "DISTINCT " + to + ".id"
	}
	b.text("(SELECT COUNT(" + counted + ") FROM ")
	b.related(edge, alias, to)
	b.text(")")
}

// bound writes the right side of a comparison of a count.
func (b *builder) bound(bound Bound) {
	switch bound.Op {
	case In, NotIn:
		if len(bound.Values) == 0 {
			b.text(map[Op]string{In: " IS NULL", NotIn: " IS NOT NULL"}[bound.Op])
			return
		}
		values := make([]any, len(bound.Values))
		for i, v := range bound.Values {
			values[i] = v
		}
		b.text(map[Op]string{In: " IN (", NotIn: " NOT IN ("}[bound.Op]).marks(len(values)).text(")").bind(values...)
	default:
		b.text(" " + string(bound.Op) + " ?").bind(bound.Values[0])
	}
}
