package store

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

// filledRows is how many rows each table has in the tests of plans: enough that reading a whole table is no longer what a
// database prefers. Rows of organizations and people are short, so that it takes more of them. SQLite, which keeps no figures
// of what is in a table, plans the same for any number.
const (
	filledRows  = 3000
	filledShort = 20_000
	knownRow    = 5 // everybody may see it
)

// targets are the tables that columns of ids refer to.
var targets = map[string]string{
	"body_id": "organizations", "parent_id": "organizations", "issued_by_id": "organizations", "compiled_by_id": "organizations",
	"organization_id": "organizations", "target_id": "organizations", "person_id": "people", "chair_id": "people", "minutes_id": "documents",
	"document_id": "documents", "meeting_id": "meetings", "agenda_item_id": "agenda_items", "decision_id": "decisions",
	"directive_id": "directives", "attendance_id": "attendances", "step_id": "decision_steps", "owner_id": "organizations", "record_id": "meetings",
}

// filler writes rows that mean nothing, but are many and differ, into all tables of the graph.
type filler struct {
	t   *testing.T
	s   *Store
	rng *rand.Rand
	ids map[string][]models.ID
}

// fill fills the tables and lets MySQL count what is in them, as it does by itself after a while.
func fill(t *testing.T, s *Store) *filler {
	t.Helper()
	f := &filler{t, s, rand.New(rand.NewPCG(3, 4)), map[string][]models.ID{}}
	var tables []string
	for _, table := range storedTables {
		if table.name != "field_edits" && table.name != "redirects" {
			tables = append(tables, table.name)
		}
	}
	for _, name := range append(tables, "changes") {
		f.table(name)
	}
	if s.dialect == MySQL {
		if _, err := s.write.Exec("ANALYZE TABLE " + strings.Join(append(tables, "changes"), ", ")); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

func (f *filler) table(name string) {
	f.t.Helper()
	var columns []string
	for _, column := range columnsOf(f.t, f.s, name) {
		if column = strings.TrimSuffix(column, "?"); column != "natural_key" && (name != "documents" || column != "meeting_id") {
			columns = append(columns, column)
		}
	}
	tx, err := f.s.write.Begin()
	if err != nil {
		f.t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	rows := filledRows
	if name == "organizations" || name == "people" {
		rows = filledShort
	}
	if f.s.dialect == SQLite {
		rows = 100
	}
	const many = 100
	for from := 0; from < rows; from += many {
		var args []any
		for i := range many {
			for _, column := range columns {
				args = append(args, f.value(name, column, from+i))
			}
		}
		row := "(?" + strings.Repeat(", ?", len(columns)-1) + ")"
		text := "INSERT INTO " + name + " (" + strings.Join(columns, ", ") + ") VALUES " + row + strings.Repeat(", "+row, many-1)
		if _, err := tx.Exec(text, args...); err != nil {
			f.t.Fatalf("%s: %v", name, err)
		}
	}
	if err := tx.Commit(); err != nil {
		f.t.Fatal(err)
	}
}

// value is a value for a column: few rows share one, and enumerations have a value for each hundredth of the rows.
func (f *filler) value(table, column string, i int) any {
	switch column {
	case "id":
		id := models.NewID()
		f.ids[table] = append(f.ids[table], id)
		return id[:]
	case "merged_into":
		return nil
	case "batch", "hash":
		id := models.NewID()
		return id[:]
	case "version", "confirmed", "collective":
		return 1
	case "public":
		if i == knownRow {
			return 1
		}
		return min(1, f.rng.IntN(10))
	case "ordinal", "position", "start_at", "end_at", "sequence":
		return i + 1
	case "visibility", "kind", "state", "outcome", "capacity", "status", "method", "operation", "record_type", "actor_role", "role":
		return fmt.Sprintf("K%d", f.rng.IntN(100))
	case "at", "created_at", "updated_at", "starts_at", "ends_at":
		return time.Date(2020, 1, 1, 0, f.rng.IntN(1_000_000), 0, 0, time.UTC).Format("2006-01-02 15:04:05.000000")
	case "held_on", "issued_on", "compiled_on", "start_on", "end_on", "due_on", "done_on":
		return time.Date(2000, 1, 1+f.rng.IntN(9000), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	if to := targets[column]; to != "" {
		if len(f.ids[to]) == 0 { // the first organization has none above it
			return nil
		}
		id := f.ids[to][i*7%len(f.ids[to])]
		return id[:]
	}
	return fmt.Sprintf("%s%d", column, f.rng.IntN(500))
}

// step is one line of a plan: how one table is read.
type step struct {
	table  string // alias
	access string // what the database says
	index  bool   // by an index, from a place in it
	walk   bool   // along a whole index
	sort   bool   // the rows are sorted afterwards
}

// explained is how the database runs a statement.
func explained(t *testing.T, s *Store, text string, args []any) []step {
	t.Helper()
	prefix := "EXPLAIN "
	if s.dialect == SQLite {
		prefix = "EXPLAIN QUERY PLAN "
	}
	rows, err := s.read.Query(prefix+text, args...)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out []step
	for rows.Next() {
		values, into := make([]sql.NullString, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		row := map[string]string{}
		for i, name := range names {
			row[name] = values[i].String
		}
		out = append(out, stepOf(row))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func stepOf(row map[string]string) step {
	if detail, ok := row["detail"]; ok { // SQLite
		words := strings.Fields(detail)
		st := step{access: detail, sort: strings.HasPrefix(detail, "USE TEMP B-TREE")}
		if len(words) > 1 && (words[0] == "SCAN" || words[0] == "SEARCH") {
			st.table, st.index, st.walk = words[1], words[0] == "SEARCH", words[0] == "SCAN" && strings.Contains(detail, "INDEX")
		}
		return st
	}
	return step{
		table: row["table"], access: strings.Join([]string{row["select_type"], row["table"], row["type"], row["key"], row["rows"], row["Extra"]}, " "),
		index: slices.Contains([]string{"range", "ref", "eq_ref", "const", "ref_or_null", "unique_subquery", "index_subquery", "index_merge"}, row["type"]),
		walk:  row["type"] == "index", sort: strings.Contains(row["Extra"], "Using filesort"),
	}
}

// narrow are the comparisons that leave few records: an index finds them. The others (and those of coarse columns, which
// have a handful of values) leave most of a table, so that it is walked in the order that is asked for, and nothing sorted.
func narrow(c *Column, op Op) bool {
	coarse := c.Name == "visibility"
	switch op {
	case Equal, In, StartsWith, Less, GreaterOrEqual, Null:
		return !coarse
	}
	return false
}

// comparisons are all that filters can compare a column by.
func comparisons(c *Column) []Op {
	all := []Op{Equal, In, NotEqual, NotIn}
	switch c.Kind {
	case Text:
		all = append(all, StartsWith, Contains)
	case Int, Date, Time:
		all = append(all, Less, GreaterOrEqual)
	}
	if c.Null {
		all = append(all, Null, NotNull)
	}
	return all
}

// operandsOf are values of which few rows of fill are on the side that is asked for.
func operandsOf(c *Column, op Op, known models.ID) []any {
	var value any
	switch c.Kind {
	case Int:
		value = map[bool]int{true: filledRows - 10, false: 7}[op == GreaterOrEqual]
	case Date:
		value = map[bool]string{true: "2024-07-01", false: "2000-03-01"}[op == GreaterOrEqual]
	case Time:
		value, _ = models.ParseDateTime(map[bool]string{true: "2021-11-20T00:00:00Z", false: "2020-01-03T00:00:00Z"}[op == GreaterOrEqual])
	case Key:
		value = known[:]
	case Enum:
		value = "K7"
	default:
		value = c.Name + "77"
	}
	switch op {
	case Null, NotNull:
		return nil
	case In, NotIn:
		return []any{value, value}
	}
	return []any{value}
}

// planned holds what the tests of plans look at.
type planned struct {
	*filler
	guest bool
}

// page and total explain a page of an entity's records, and their number.
func (p *planned) page(q *Query) []step {
	q.Rows, q.Cursors, q.Page = true, true, &Page{Size: 20}
	st := selectRows(q, level{}, p.guest)
	return explained(p.t, p.s, st.sql, st.args)
}

func (p *planned) total(q *Query) []step {
	text, args := selectTotals(q, level{}, p.guest)
	return explained(p.t, p.s, text, args)
}

func (p *planned) failf(steps []step, format string, args ...any) {
	var all []string
	for _, st := range steps {
		all = append(all, st.access)
	}
	p.t.Errorf("%s, guest %v: %s", fmt.Sprintf(format, args...), p.guest, strings.Join(all, " | "))
}

// sorted reports whether all rows of the table asked for are read and sorted.
func sorted(steps []step) bool {
	own := slices.IndexFunc(steps, func(st step) bool { return st.table == "t" })
	return own >= 0 && !steps[own].index && slices.ContainsFunc(steps, func(st step) bool { return st.sort })
}

// TestIndexesServe walks every order and every filter of the graph over tables of some thousand rows and asks the database
// how it runs them. An order is walked along an index. Few records are found by an index. Related records are looked up by an
// index. Whatever is declared as a filter or an order is held to that.
func TestIndexesServe(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		f := fill(t, opened(t, database))
		asked := 0
		for _, guest := range []bool{true, false} {
			p := &planned{f, guest}
			for _, e := range Schema.all() {
				if e.Record != "" {
					asked += p.orders(e) + p.columns(e)
				}
				if e.Record != "" || e == Schema.Presentations {
					asked += p.edges(e)
				}
			}
		}
		if asked < 1000 {
			t.Errorf("asked for %d plans: the graph has more", asked)
		}
	})
}

func (p *planned) orders(e *Entity) int {
	asked := 0
	for name, column := range e.orders {
		for _, desc := range []bool{true, false} {
			steps := p.page(&Query{Entity: e, Sort: []Sort{{Column: column, Desc: desc}}})
			asked++
			if column.counts == nil && slices.ContainsFunc(steps, func(st step) bool { return st.sort }) {
				p.failf(steps, "%s by %s is sorted", e.Name, name)
			}
			if column.counts != nil && scanned(steps) { // numbers are counted for each record, along an index
				p.failf(steps, "%s by %s reads through what it counts", e.Name, name)
			}
		}
	}
	return asked
}

// scanned reports whether a table other than the one asked for is read from one end to the other.
func scanned(steps []step) bool {
	return slices.ContainsFunc(steps, func(st step) bool { return strings.HasPrefix(st.table, "s") && !st.index })
}

func (p *planned) columns(e *Entity) int {
	asked := 0
	for i := range e.Columns {
		c := &e.Columns[i]
		if !c.Filter {
			continue
		}
		for _, op := range comparisons(c) {
			where := []Condition{Compare{c, op, operandsOf(c, op, p.ids[e.Table][knownRow])}}
			page, total := p.page(&Query{Entity: e, Sort: e.Sort, Where: where}), p.total(&Query{Entity: e, Where: where})
			asked += 2
			if narrow(c, op) && !slices.ContainsFunc(total, func(st step) bool { return st.table == "t" && st.index }) {
				p.failf(total, "%s where %s %s: no index finds them", e.Name, c.Field, op)
			}
			if sorted(page) {
				p.failf(page, "%s where %s %s: all are sorted", e.Name, c.Field, op)
			}
		}
	}
	return asked
}

func (p *planned) edges(e *Entity) int {
	asked := 0
	for i := range e.Edges {
		edge := &e.Edges[i]
		if !edge.Filter {
			continue
		}
		for j := range edge.To.Columns {
			c := &edge.To.Columns[j]
			if !c.Filter || c.Expr != "" {
				continue
			}
			where := Compare{c, Equal, operandsOf(c, Equal, p.ids[edge.To.Table][knownRow])}
			conditions := []Condition{Some{edge, where}, None{edge, where}, Every{edge, where}, Count{edge, []Bound{{GreaterOrEqual, []int{3}}}}}
			if edge.Local != "" {
				conditions = []Condition{ToOne{Edge: edge, Where: where}, ToOne{Edge: edge, Missing: true}}
			}
			for _, condition := range conditions {
				steps := p.total(&Query{Entity: e, Where: []Condition{condition}})
				asked++
				// For conditions that most records meet, MySQL may prefer to read all that is related once.
				if scanned(steps) && (p.s.dialect == SQLite || selective(condition)) {
					p.failf(steps, "%s.%s %T by %s reads through what is there", e.Name, edge.Field, condition, c.Field)
				}
				if selective(condition) && !slices.ContainsFunc(steps, func(st step) bool { return st.table == "t" && st.index }) {
					p.failf(steps, "%s.%s %T by %s reads all records", e.Name, edge.Field, condition, c.Field)
				}
			}
		}
	}
	return asked
}
