package store

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// builder writes one statement. Every value goes through bind; what is written as text comes from the declaration.
type builder struct {
	sql     strings.Builder
	args    []any
	guest   bool
	spread  bool // sources have a row for each value of a dimension
	aliases int
	slots   *[]slot // where args come from; nil: nobody asks
}

func (b *builder) text(s string) *builder {
	b.sql.WriteString(s)
	return b
}

func (b *builder) bind(values ...any) *builder {
	for range values {
		b.noted(slot{from: slotFixed})
	}
	b.args = append(b.args, values...)
	return b
}

func (b *builder) marks(n int) *builder {
	b.sql.WriteString("?" + strings.Repeat(", ?", n-1))
	return b
}

func (b *builder) alias() string {
	b.aliases++
	return "s" + strconv.Itoa(b.aliases)
}

// visible writes the condition under which a guest may see a row; others see all.
func (b *builder) visible(e *Entity, alias string) {
	if b.guest && e.Guest != "" {
		b.text(" AND " + fmt.Sprintf(e.Guest, alias))
	}
}

// column is a column as SQL.
func (b *builder) column(c *Column, alias string) string {
	switch {
	case c.counts != nil:
		inner := &builder{guest: b.guest, aliases: b.aliases}
		inner.count(c.counts, alias)
		b.aliases = inner.aliases
		return inner.sql.String()
	case c.Expr != "":
		return fmt.Sprintf(c.Expr, alias)
	}
	return alias + "." + c.Name
}

// key is a key of the order as SQL.
func (b *builder) key(s Sort) string {
	if s.link {
		return b.column(s.Column, "l")
	}
	return b.column(s.Column, "t")
}

// statement is one SELECT of a level: the rows of a query under all parents, with the records behind edges to one
// joined. Outputs say what stands in which place of a row.
type statement struct {
	sql     string
	args    []any
	outputs []output
	tables  []*table
	paged   bool // whether one row more than the page was asked for
}

// table is the level's own entity (the first) or one that is joined to it.
type table struct {
	query  *Query
	alias  string
	parent int // place in tables of the table the join starts from
	branch *Branch
	local  string // column of the parent's table that the join goes by
}

// outputKind says what an output is for.
type outputKind int

const (
	outputParent outputKind = iota // id of the parent
	outputColumn                   // column of a record
	outputSort                     // key of the order, for cursors
	outputUse                      // column of the link
	outputLocal                    // column that a dynamic edge goes by
)

type output struct {
	kind   outputKind
	table  int
	column *Column
	link   bool // the column stands in the table of links
}

// level is where a query is asked: below parents along an edge, for ids, or at the root.
type level struct {
	edge    *Edge
	parents []models.ID
	ids     []models.ID
}

// single reports whether one set is asked for, which needs no window.
func (l level) single() bool { return l.edge == nil || len(l.parents) == 1 }

// parentExpr is the column that holds the parent's id.
func (l level) parentExpr() string {
	if l.edge.Link != nil {
		return "l." + l.edge.Link.Parent
	}
	return "t." + l.edge.Foreign
}

// selectRows writes the statement for the rows of a level.
func selectRows(q *Query, l level, guest bool) *statement {
	st := &statement{tables: []*table{{query: q, alias: "t"}}, paged: q.Page != nil}
	st.join(0)
	st.outputs = rowOutputs(st, q, l)
	b := &builder{guest: guest}
	b.rows(st, q, l)
	st.sql, st.args = b.sql.String(), b.args
	return st
}

// rows writes the statement for the rows of a level with the outputs it has.
func (b *builder) rows(st *statement, q *Query, l level) {
	if q.Met != nil {
		b.metRows(st, q, l)
		return
	}
	windowed := q.Page != nil && !l.single()
	b.text("SELECT ")
	for i, o := range st.outputs {
		if i > 0 {
			b.text(", ")
		}
		b.text(b.output(o, st, l, windowed))
	}
	if windowed {
		b.window(st, q, l)
	} else {
		b.from(q, l)
	}
	b.joins(st)
	if windowed {
		b.text(" WHERE t.rn_ <= ? ORDER BY t.p_, t.rn_").bind(q.Page.Size + 1)
	} else {
		b.where(q, l, true)
		b.order(q, l)
		if q.Page != nil {
			b.text(" LIMIT ?").bind(q.Page.Size + 1)
		}
	}
}

// joins writes the joins of the tables behind edges to one.
func (b *builder) joins(st *statement) {
	for _, t := range st.tables[1:] {
		b.text(fmt.Sprintf(" LEFT JOIN %s %s ON %s.id = %s.%s", t.query.Entity.Table, t.alias, t.alias, st.tables[t.parent].alias, t.local))
		b.visible(t.query.Entity, t.alias)
	}
}

// join adds the tables behind the edges to one of a table, and behind theirs.
func (st *statement) join(at int) {
	for _, branch := range st.tables[at].query.Branches {
		if branch.Edge.Local == "" || len(st.tables) > maxJoins {
			continue
		}
		st.tables = append(st.tables, &table{
			query: branch.Query, alias: "j" + strconv.Itoa(len(st.tables)), parent: at, branch: branch, local: branch.Edge.Local,
		})
		st.join(len(st.tables) - 1)
	}
}

// maxJoins keeps a statement below the 61 tables that MySQL joins.
const maxJoins = 40

// rowOutputs lists what a row holds.
func rowOutputs(st *statement, q *Query, l level) []output {
	var outputs []output
	if l.edge != nil {
		outputs = append(outputs, output{kind: outputParent})
	}
	for i, t := range st.tables {
		outputs = append(outputs, output{kind: outputColumn, table: i, column: idColumn})
		for _, c := range t.query.Columns {
			outputs = append(outputs, output{kind: outputColumn, table: i, column: c})
		}
		for _, branch := range t.query.Branches {
			if d := branch.Edge.Dynamic; d != nil {
				for _, name := range []string{d.Type, d.ID} {
					outputs = append(outputs, output{kind: outputLocal, table: i, column: t.query.Entity.column(name)})
				}
			}
		}
	}
	if q.Cursors {
		for _, s := range q.Sort {
			outputs = append(outputs, output{kind: outputSort, column: s.Column, link: s.link})
		}
	}
	if q.Uses {
		for _, c := range l.edge.Link.Columns {
			outputs = append(outputs, output{kind: outputUse, column: c, link: true})
		}
	}
	return outputs
}

// output is an output as SQL: of the tables themselves, or of the window around them.
func (b *builder) output(o output, st *statement, l level, windowed bool) string {
	switch {
	case o.kind == outputParent && windowed:
		return "t.p_"
	case o.kind == outputParent:
		return l.parentExpr()
	case o.link:
		if windowed {
			return "t.l_" + o.column.Name
		}
		return "l." + o.column.Name
	case o.table == 0 && windowed:
		return "t." + o.column.Name
	case o.table == 0:
		return b.column(o.column, "t")
	}
	return b.column(o.column, st.tables[o.table].alias)
}

// window writes the derived table in which the rows under each parent are numbered.
func (b *builder) window(st *statement, q *Query, l level) {
	b.text(" FROM (SELECT " + l.parentExpr() + " AS p_")
	seen := map[string]bool{}
	add := func(expr, name string) {
		if !seen[name] {
			seen[name] = true
			b.text(", " + expr + " AS " + name)
		}
	}
	for _, o := range st.outputs {
		switch {
		case o.kind == outputParent:
		case o.link:
			add("l."+o.column.Name, "l_"+o.column.Name)
		case o.table == 0:
			add(b.column(o.column, "t"), o.column.Name)
		}
	}
	for _, t := range st.tables[1:] {
		if t.parent == 0 {
			add("t."+t.local, t.local)
		}
	}
	b.text(", ROW_NUMBER() OVER (PARTITION BY " + l.parentExpr())
	b.orderBy(withID(q.Sort), q.Page.Backward)
	b.text(") AS rn_")
	b.from(q, l)
	b.where(q, l, true)
	b.text(") t")
}

// from writes the tables of a level without those joined for their columns.
func (b *builder) from(q *Query, l level) {
	if q.Entity.source != nil {
		b.text(" FROM (")
		q.Entity.source(b)
		b.text(") t")
		return
	}
	if l.edge == nil || l.edge.Link == nil {
		b.text(" FROM " + q.Entity.Table + " t")
		return
	}
	link := l.edge.Link
	if link.Distinct {
		b.text(fmt.Sprintf(" FROM (SELECT DISTINCT l.%s, l.%s FROM %s l WHERE l.%s IN (", link.Parent, link.Child, link.Table, link.Parent))
		b.ids(l.parents).text(")")
		if link.Where != "" {
			b.text(" AND " + fmt.Sprintf(link.Where, "l"))
		}
		b.text(") l")
	} else {
		b.text(" FROM " + link.Table + " l")
	}
	b.text(fmt.Sprintf(" JOIN %s t ON t.id = l.%s", q.Entity.Table, link.Child))
}

// where writes the conditions of a level; paged adds the bounds of the page.
func (b *builder) where(q *Query, l level, paged bool) {
	b.text(" WHERE ")
	switch {
	case l.edge != nil && len(l.parents) == 1:
		b.text(l.parentExpr() + " = ").ids(l.parents)
	case l.edge != nil:
		b.text(l.parentExpr() + " IN (").ids(l.parents).text(")")
	case l.ids != nil:
		b.text("t.id IN (").ids(l.ids).text(")")
	default:
		b.text("1=1")
	}
	if l.edge != nil && l.edge.Link != nil && l.edge.Link.Where != "" && !l.edge.Link.Distinct {
		b.text(" AND " + fmt.Sprintf(l.edge.Link.Where, "l"))
	}
	b.visible(q.Entity, "t")
	for _, condition := range q.Where {
		b.text(" AND ")
		condition.write(b, q.Entity, "t")
	}
	if paged && q.Page != nil {
		if q.Page.After != nil {
			b.seek(q.Sort, q.Page.After, true)
		}
		if q.Page.Before != nil {
			b.seek(q.Sort, q.Page.Before, false)
		}
	}
}

// ids writes a list of ids. Its length is rounded up, the last id repeated, so that lists of any length make a few
// texts only, which the database knows by then.
func (b *builder) ids(ids []models.ID) *builder {
	if len(ids) == 0 {
		return b.text("NULL")
	}
	n := roundUp(len(ids))
	b.marks(n)
	for i := range n {
		b.noted(slot{from: slotID, at: i})
		b.args = append(b.args, ids[min(i, len(ids)-1)][:])
	}
	return b
}

// roundUp rounds to the next of 1, 2, 4, 8 … and the steps half-way between them from 8 on.
func roundUp(n int) int {
	step := 1
	for step < n {
		step *= 2
	}
	if half := step / 4 * 3; step >= 8 && n <= half {
		return half
	}
	return step
}

// order writes the order of rows that no window has numbered.
func (b *builder) order(q *Query, l level) {
	if l.ids != nil {
		return
	}
	sorts := withID(q.Sort)
	if !l.single() {
		b.text(" ORDER BY " + l.parentExpr() + ",")
		b.keys(sorts, false)
		return
	}
	b.orderBy(sorts, q.Page != nil && q.Page.Backward)
}

func (b *builder) orderBy(sorts []Sort, backward bool) {
	b.text(" ORDER BY")
	b.keys(sorts, backward)
}

func (b *builder) keys(sorts []Sort, backward bool) {
	for i, s := range sorts {
		if i > 0 {
			b.text(",")
		}
		b.text(" " + b.key(s))
		if s.Desc != backward {
			b.text(" DESC")
		}
	}
}
