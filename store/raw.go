package store

import (
	"context"
	"database/sql"
	"sync"

	"github.com/minutebook/minutebook/models"
)

// Reader reads the levels of queries as raw rows, for callers that write them out without making models of them. It
// serves one request.
type Reader struct{ ld *loader }

// Reader returns a Reader for what the actor may see.
func (s *Store) Reader(ctx context.Context, actor models.Actor) *Reader {
	return &Reader{s.loader(ctx, actor)}
}

// Layout says where the columns of a level stand in its raw rows. It depends on the query and the edge only. Ids are read
// where somebody asks for their slot. Once all slots are known it may be used by several goroutines.
type Layout struct {
	st   *statement
	edge *Edge

	mu    sync.Mutex
	texts map[textKey]*template // nil: they are not kept
}

// LayoutOf returns the layout of a query that is asked below an edge, or at the root (nil). Queries that join too much
// for one statement have none.
func LayoutOf(q *Query, edge *Edge) (*Layout, bool) {
	st := &statement{tables: []*table{{query: q, alias: "t"}}}
	st.join(0)
	for _, o := range rowOutputs(st, q, level{edge: edge}) {
		if o.kind != outputParent && o.column != idColumn {
			st.outputs = append(st.outputs, o)
		}
	}
	return &Layout{st: st, edge: edge}, len(st.tables) <= maxJoins
}

// Keep lets the layout keep the texts of its statements, so that a level that is asked again only fills in ids and the
// cursors of its page. From then on everything else of the query has to stay as it is.
func (l *Layout) Keep() { l.texts = map[textKey]*template{} }

// Table returns the place of the table that a branch to one record joins to the table at a place.
func (l *Layout) Table(at int, branch *Branch) int {
	for i, t := range l.st.tables {
		if t.parent == at && t.branch == branch {
			return i
		}
	}
	return -1
}

// Slot returns the place in a raw row of a column of a table. It is -1 where the column is not loaded.
func (l *Layout) Slot(table int, column string) int { return l.slot(outputColumn, table, column) }

// ID returns the place in a raw row of the id of a table.
func (l *Layout) ID(table int) int {
	if at := l.slot(outputColumn, table, idColumn.Name); at >= 0 {
		return at
	}
	l.st.outputs = append(l.st.outputs, output{kind: outputColumn, table: table, column: idColumn})
	return len(l.st.outputs) - 1
}

// There returns the place in a raw row of a value that is NULL where a join found nothing, and only there.
func (l *Layout) There(table int) int {
	for i, o := range l.st.outputs {
		if o.kind == outputColumn && o.table == table && !o.column.Null && o.column.Expr == "" {
			return i
		}
	}
	return l.ID(table)
}

// UseSlot returns the place in a raw row of a column of the link.
func (l *Layout) UseSlot(column string) int { return l.slot(outputUse, 0, column) }

func (l *Layout) slot(kind outputKind, table int, column string) int {
	for i, o := range l.st.outputs {
		if o.kind == kind && o.table == table && o.column != nil && o.column.Name == column {
			return i
		}
	}
	return -1
}

// sortSlots are the places of the sort keys.
func (l *Layout) sortSlots() []int {
	var slots []int
	for i, o := range l.st.outputs {
		if o.kind == outputSort {
			slots = append(slots, i)
		}
	}
	return slots
}

// Raw is one row of a level; its values are good until the next row is read. A NULL is nil.
type Raw struct {
	Values []sql.RawBytes
	Parent models.ID // zero at the root
}

// Rows reads the rows of a level below all parents along an edge, for ids, or (neither) at the root. Rows come grouped
// by their parents, each group in order; of a page, at most one row more than its size comes for each parent.
func (r *Reader) Rows(q *Query, layout *Layout, ids []models.ID, visit func(*Raw) error) error {
	l := level{edge: layout.edge, parents: ids}
	if layout.edge == nil {
		l = level{ids: ids}
	}
	t := layout.template(q, l, r.ld.guest)
	raw := &Raw{Values: make([]sql.RawBytes, t.width)}
	into := make([]any, t.width)
	for i := range into {
		into[i] = &raw.Values[i]
	}
	if layout.edge != nil && l.single() {
		raw.Parent = ids[0]
	}
	return r.ld.each(t.text, t.fill(q, ids), func(rows *sql.Rows) error {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if t.parent {
			copy(raw.Parent[:], raw.Values[t.width-1])
		}
		return visit(raw)
	})
}

// Totals counts the sets of a level.
func (r *Reader) Totals(q *Query, edge *Edge, parents []models.ID) (map[models.ID]int, error) {
	found := sets{}
	counted := *q
	counted.Rows, counted.Groups = false, nil
	if err := r.ld.totals(&counted, level{edge: edge, parents: parents}, found); err != nil {
		return nil, err
	}
	totals := make(map[models.ID]int, len(found))
	for id, set := range found {
		totals[id] = set.total
	}
	return totals, nil
}

// Groups counts the sets of a level by one grouping and hands over the groups, of a set in order but of several sets mixed.
// The values of a Raw are the keys, by the places of the dimensions. The records behind keys are not loaded.
func (r *Reader) Groups(q *Query, g *Grouping, edge *Edge, parents []models.ID, visit func(group *Raw, count int)) error {
	text, args := selectGroups(q, g, level{edge: edge, parents: parents}, r.ld.guest)
	var count int
	raw := &Raw{Values: make([]sql.RawBytes, len(g.By))}
	into := make([]any, 0, len(g.By)+2)
	if edge != nil {
		into = append(into, &raw.Parent)
	}
	for i := range raw.Values {
		into = append(into, &raw.Values[i])
	}
	into = append(into, &count)
	return r.ld.each(text, args, func(rows *sql.Rows) error {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		visit(raw, count)
		return nil
	})
}

// CursorWriter makes the cursors of the rows of one query.
type CursorWriter struct {
	sorts []Sort
	slots []int
	order string
}

// CursorWriter returns what makes the cursors of the rows of a query.
func (l *Layout) CursorWriter(q *Query) *CursorWriter {
	return &CursorWriter{q.Sort, l.sortSlots(), orderName(q.Entity, q.Sort)}
}

// Cursor is the cursor of a raw row.
func (w *CursorWriter) Cursor(raw *Raw, id models.ID) string {
	c := Cursor{ID: id, Values: make([]any, len(w.slots))}
	for i, slot := range w.slots {
		if raw.Values[slot] != nil {
			c.Values[i] = sortValue(w.sorts[i].Column, string(raw.Values[slot]))
		}
	}
	return c.encode(w.order)
}
