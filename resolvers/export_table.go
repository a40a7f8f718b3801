package resolvers

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// exportPage is how many rows are read at once, longPage where a row may hold a long text.
const (
	exportPage = 1_000
	longPage   = 100
	longText   = 100_000
)

// exported are the lists that are exported, by their names in the API.
var exported = map[string]*store.Entity{
	"meetings": store.Schema.Meetings, "agendaItems": store.Schema.AgendaItems, "decisions": store.Schema.Decisions, "directives": store.Schema.Directives,
	"documents": store.Schema.Documents, "organizations": store.Schema.Organizations, "people": store.Schema.People,
	"memberships": store.Schema.Memberships, "attendances": store.Schema.Attendances, "presentations": store.Schema.Presentations,
	"changes": store.Schema.Changes,
}

// table is an entity as rows of an export: its id, its columns, and for each edge to one record the id and the name of it.
type table struct {
	entity  *store.Entity
	query   *store.Query
	layout  *store.Layout
	cursor  *store.CursorWriter
	columns []tableColumn
	idSlot  int
}

// tableColumn is one value of a row.
type tableColumn struct {
	name   string
	slot   int
	column *store.Column // nil for an id
	tag    models.RecordType
}

// nameOf is the column that names a record of an entity to a reader, nil where there is none.
func nameOf(e *store.Entity) *store.Column {
	for _, field := range []string{"name", "title"} {
		if c := e.Field(field); c != nil {
			return c
		}
	}
	return nil
}

// tableOf lays out the rows of an entity.
func tableOf(e *store.Entity) *table {
	t := &table{entity: e, query: &store.Query{Entity: e, Rows: true, Page: &store.Page{Size: exportPage}}}
	if e == store.Schema.Changes {
		t.query.Sort, t.query.Cursors = e.Sort, true // in the order of the log
	}
	for i := range e.Columns {
		c := &e.Columns[i]
		if c.Name == "id" || c.Field == "" && c.Name != "actor_role" {
			continue
		}
		t.query.Columns = append(t.query.Columns, c)
		if c.Max > longText {
			t.query.Page.Size = longPage
		}
	}
	for i := range e.Edges {
		edge := &e.Edges[i]
		if edge.Local == "" {
			continue
		}
		below := &store.Query{Entity: edge.To, Rows: true}
		if name := nameOf(edge.To); name != nil {
			below.Columns = []*store.Column{name}
		}
		t.query.Branches = append(t.query.Branches, &store.Branch{Key: edge.Field, Edge: edge, Query: below})
	}
	t.layout, _ = store.LayoutOf(t.query, nil)
	t.cursor, t.idSlot = t.layout.CursorWriter(t.query), t.layout.ID(0)
	t.lay()
	return t
}

// lay lists the columns with their places in a raw row.
func (t *table) lay() {
	if t.entity.Record != "" {
		t.columns = append(t.columns, tableColumn{name: "id", slot: t.idSlot, tag: t.entity.Record})
	}
	for _, c := range t.query.Columns {
		if c.Field == "" {
			continue
		}
		t.columns = append(t.columns, tableColumn{name: c.Field, slot: t.layout.Slot(0, c.Name), column: c})
	}
	for _, branch := range t.query.Branches {
		at := t.layout.Table(0, branch)
		t.columns = append(t.columns, tableColumn{name: branch.Key + ".id", slot: t.layout.ID(at), tag: branch.Edge.To.Record})
		for _, c := range branch.Query.Columns {
			t.columns = append(t.columns, tableColumn{name: branch.Key + "." + c.Field, slot: t.layout.Slot(at, c.Name), column: c})
		}
	}
}

// values are a row as JSON holds it: strings, numbers, truth, lists, and nil.
func (t *table) values(raw *store.Raw) ([]any, error) {
	out := make([]any, len(t.columns))
	for i, c := range t.columns {
		text := raw.Values[c.slot]
		switch {
		case text == nil:
		case c.column == nil:
			out[i] = models.EncodeID(c.tag, models.ID(text))
		default:
			var err error
			if out[i], err = plainValue(c.column.Kind, string(text)); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func plainValue(kind store.Kind, text string) (any, error) {
	switch kind {
	case store.Int, store.Big:
		return jsonNumber(text), nil
	case store.Bool:
		return text == "1", nil
	case store.Lines:
		if text == "" {
			return []string{}, nil
		}
		return strings.Split(text, "\n"), nil
	case store.Time:
		var moment models.DateTime
		err := moment.Scan(text)
		return moment.String(), err
	}
	return text, nil
}

// rows reads a page of rows after a cursor, or the rows of some ids, and returns the cursor of the last one; more says that
// there are further ones.
func (x *exporter) rows(
	ctx context.Context, t *table, where []store.Condition, after *store.Cursor, ids []models.ID, visit func([]any) error,
) (last string, more bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, exportReadTime)
	defer cancel()
	q := *t.query
	q.Where = where
	page := *t.query.Page
	page.After = after
	q.Page = &page
	n := 0
	err = x.Store.Reader(ctx, auth.ActorFrom(ctx)).Rows(&q, t.layout, ids, func(raw *store.Raw) error {
		if n++; n > page.Size {
			more = true
			return nil
		}
		values, err := t.values(raw)
		if t.entity == store.Schema.Changes {
			values, err = t.change(ctx, raw)
		}
		if err != nil {
			return err
		}
		last = t.cursor.Cursor(raw, models.ID(raw.Values[t.idSlot]))
		return visit(values)
	})
	return last, more, err
}

// change is an entry of the log as its reader may see it, value for value as the API has them.
func (t *table) change(ctx context.Context, raw *store.Raw) ([]any, error) {
	text := func(column string) string { return string(raw.Values[t.layout.Slot(0, column)]) }
	id := func(column string) (id models.ID) {
		copy(id[:], raw.Values[t.layout.Slot(0, column)])
		return id
	}
	c := &models.Change{ID: models.ID(raw.Values[t.idSlot]), Operation: models.ChangeOperation(text("operation")), Type: models.RecordType(text("record_type")),
		Record: id("record_id"), ActorName: text("actor"), ActorRole: models.Role(text("actor_role")), FieldsJSON: text("fields")}
	if merged := id("merged_into"); !merged.IsZero() {
		c.MergedID = &merged
	}
	var err error
	if c.Sequence, err = strconv.ParseInt(text("sequence"), 10, 64); err != nil {
		return nil, err
	}
	values, err := t.values(raw)
	if err != nil {
		return nil, err
	}
	for i, column := range t.columns {
		switch column.name {
		case "cursor":
			values[i] = store.ChangeCursor(c)
		case "recordId":
			values[i] = models.EncodeID(c.Type, c.Record)
		case "actor":
			values[i] = changeActor(ctx, c)
		case "mergedInto":
			if values[i] = nil; c.MergedID != nil {
				values[i] = *mergedInto(c)
			}
		case "fields":
			fields, err := changeFields(ctx, c)
			if err != nil {
				return nil, err
			}
			list, err := json.Marshal(fields)
			if err != nil {
				return nil, err
			}
			values[i] = string(list)
		}
	}
	return values, nil
}
