package store

import (
	"database/sql"
	"reflect"
	"strconv"

	"github.com/minutebook/minutebook/models"
)

// rows runs the statement of a level, fills the models and puts them under their parents.
func (ld *loader) rows(q *Query, st *statement, found sets, owners []*owners) error {
	sc := newScanner(q, st)
	return ld.each(st.sql, st.args, func(rows *sql.Rows) error {
		if err := rows.Scan(sc.targets()...); err != nil {
			return err
		}
		r, parent := sc.finish(owners)
		set := found.of(parent)
		set.rows = append(set.rows, r)
		return nil
	})
}

// scanner turns rows of a statement into models. It is used for one row after the other.
type scanner struct {
	q    *Query
	st   *statement
	into []any

	parent models.ID
	ids    []models.ID     // of each table; zero where a join found nothing
	values []reflect.Value // the model of each table
	sorts  []sql.NullString
	use    models.DocumentUse

	meetings int
	locals   []local
	held     []heldColumn // columns of joined tables, which may be NULL although their field cannot
}

type local struct {
	table      int
	recordType models.RecordType
	id         models.ID
}

type heldColumn struct {
	table  int
	field  reflect.Value
	holder reflect.Value // **T
}

func newScanner(q *Query, st *statement) *scanner {
	return &scanner{
		q: q, st: st, into: make([]any, len(st.outputs)), ids: make([]models.ID, len(st.tables)),
		values: make([]reflect.Value, len(st.tables)), sorts: make([]sql.NullString, 0, len(q.Sort)),
	}
}

// targets makes fresh models and returns where the columns of the next row go.
func (sc *scanner) targets() []any {
	for i, t := range sc.st.tables {
		sc.values[i] = reflect.ValueOf(t.query.Entity.fresh()).Elem()
		sc.ids[i] = models.ID{}
	}
	sc.sorts, sc.locals, sc.held, sc.use = sc.sorts[:0], sc.locals[:0], sc.held[:0], models.DocumentUse{}
	for i, o := range sc.st.outputs {
		sc.into[i] = sc.target(o)
	}
	return sc.into
}

func (sc *scanner) target(o output) any {
	switch o.kind {
	case outputParent:
		return &sc.parent
	case outputSort:
		sc.sorts = append(sc.sorts, sql.NullString{})
		return &sc.sorts[len(sc.sorts)-1]
	case outputUse:
		switch o.column.Name {
		case metMeetings.Name:
			return &sc.meetings
		case "role":
			return &sc.use.Role
		}
		return &sc.use.ShortTitle
	case outputLocal:
		return sc.localTarget(o)
	}
	if o.column == idColumn {
		return &sc.ids[o.table]
	}
	field := sc.values[o.table].FieldByIndex(sc.st.tables[o.table].query.Entity.paths[o.column.Name])
	if o.table == 0 || field.Kind() == reflect.Pointer {
		return field.Addr().Interface()
	}
	held := reflect.New(reflect.PointerTo(field.Type()))
	sc.held = append(sc.held, heldColumn{o.table, field, held})
	return held.Interface()
}

// localTarget is where the type and then the id of a dynamic edge go.
func (sc *scanner) localTarget(o output) any {
	if o.column.Kind == Enum {
		if cap(sc.locals) == 0 {
			sc.locals = make([]local, 0, len(sc.st.outputs)) // never moved: targets point into it
		}
		sc.locals = append(sc.locals, local{table: o.table})
		return &sc.locals[len(sc.locals)-1].recordType
	}
	return &sc.locals[len(sc.locals)-1].id
}

// finish ties the models of the row together and returns the row with its parent.
func (sc *scanner) finish(owners []*owners) (*row, models.ID) {
	for _, h := range sc.held {
		if v := h.holder.Elem(); !v.IsNil() {
			h.field.Set(v.Elem())
		}
	}
	for i, t := range sc.st.tables {
		model := sc.values[i].Addr().Interface()
		if i > 0 {
			at := sc.values[t.parent].Addr().Interface().(holder)
			if sc.ids[i].IsZero() {
				at.SetLoaded(t.branch.Key, nil)
				continue
			}
			at.SetLoaded(t.branch.Key, model)
		}
		sc.values[i].FieldByIndex(t.query.Entity.paths["id"]).Set(reflect.ValueOf(sc.ids[i]))
		owners[i].add(sc.ids[i], model)
	}
	sc.references(owners)
	r := &row{id: sc.ids[0], node: sc.values[0].Addr().Interface(), use: sc.use, meetings: sc.meetings}
	if sc.q.Cursors {
		r.cursor = sc.cursor()
	}
	return r, sc.parent
}

// references notes the records that dynamic edges lead to.
func (sc *scanner) references(owners []*owners) {
	next := 0
	for i, t := range sc.st.tables {
		for _, branch := range t.query.Branches {
			if branch.Edge.Dynamic == nil {
				continue
			}
			l := sc.locals[next]
			next++
			if !sc.ids[i].IsZero() {
				from := sc.values[i].Addr().Interface().(holder)
				owners[i].refs[branch] = append(owners[i].refs[branch], reference{from, l.recordType, l.id})
			}
		}
	}
}

// cursor is the position of the row.
func (sc *scanner) cursor() Cursor {
	c := Cursor{ID: sc.ids[0], Values: make([]any, len(sc.sorts))}
	for i, s := range sc.sorts {
		if !s.Valid {
			continue
		}
		c.Values[i] = sortValue(sc.q.Sort[i].Column, s.String)
	}
	return c
}

// sortValue is the value of a sort key as cursors hold it.
func sortValue(column *Column, text string) any {
	if column.Kind == Int || column.Kind == Big {
		n, _ := strconv.ParseInt(text, 10, 64)
		return n
	}
	return text
}
