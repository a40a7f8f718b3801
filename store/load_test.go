package store

import (
	"context"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

// counter counts the statements that read.
type counter struct {
	sync.Mutex
	statements []string
}

func (c *counter) observe(statement string, _ time.Duration, _ error) {
	c.Lock()
	defer c.Unlock()
	if strings.HasPrefix(statement, "SELECT") {
		c.statements = append(c.statements, statement)
	}
}

func (c *counter) take() []string {
	c.Lock()
	defer c.Unlock()
	taken := c.statements
	c.statements = nil
	return taken
}

var actors = map[string]models.Actor{"guest": {}, "viewer": {Subject: "v", Role: models.RoleViewer}}

// whole asks for every column of an entity.
func whole(e *Entity) *Query {
	q := &Query{Entity: e, Sort: e.Sort, Rows: true, Cursors: true, Page: &Page{Size: 50}}
	for i := range e.Columns {
		if e.Columns[i].Name != "id" {
			q.Columns = append(q.Columns, &e.Columns[i])
		}
	}
	return q
}

// along is the branch that asks for everything behind an edge.
func along(edge *Edge) *Branch {
	if edge.Dynamic != nil {
		variants := map[models.RecordType]*Query{}
		for _, e := range Schema.records {
			variants[e.Record] = whole(e)
			variants[e.Record].Page = nil
		}
		return &Branch{Key: edge.Field, Edge: edge, Variants: variants}
	}
	q := whole(edge.To)
	q.Sort = edge.Sort
	if !edge.Connection {
		q.Page, q.Cursors = nil, false
	}
	q.Uses = edge.Link != nil && edge.Link.Columns != nil
	return &Branch{Key: edge.Field, Edge: edge, Query: q}
}

// TestEveryEdgeIsOneStatement walks every edge of the graph from many records at once: one statement for the records
// and one for the edge, or one for both where the edge leads to one record.
func TestEveryEdgeIsOneStatement(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		var seen counter
		s := opened(t, database, Options{Observe: seen.observe})
		populate(t, s)
		for name, actor := range actors {
			for _, e := range Schema.all() {
				for i := range e.Edges {
					edge := &e.Edges[i]
					q := whole(e)
					q.Branches = []*Branch{along(edge)}
					seen.take()
					page, err := s.Page(t.Context(), actor, q)
					if err != nil {
						t.Fatalf("%s: %s.%s: %v\n%s", name, e.Name, edge.Field, err, strings.Join(seen.take(), "\n"))
					}
					want := 2
					if edge.Local != "" {
						want = 1
					}
					if got := seen.take(); len(got) != want && length(page) > 0 && (edge.Dynamic == nil || len(got) > 1+len(Schema.records)) {
						t.Errorf("%s: %s.%s took %d statements, want %d:\n%s", name, e.Name, edge.Field, len(got), want, strings.Join(got, "\n"))
					}
				}
			}
		}
	})
}

func length(page any) int { return reflect.ValueOf(page).Elem().FieldByName("Nodes").Len() }

// TestEveryOrderPagesThroughAll pages through every entity in every order, forwards and backwards, in small pages:
// each record comes once, ties and absent values notwithstanding, and both ways give the same list.
func TestEveryOrderPagesThroughAll(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := opened(t, database)
		populate(t, s)
		for name, actor := range actors {
			for _, e := range Schema.all() {
				for _, sorts := range orders(e) {
					total := walk(t, s, actor, e, sorts, false, 1000)
					forwards := walk(t, s, actor, e, sorts, false, 7)
					backwards := walk(t, s, actor, e, sorts, true, 7)
					if !reflect.DeepEqual(total, forwards) || !reflect.DeepEqual(total, backwards) {
						t.Errorf("%s: %s by %v: %d at once, %d forwards, %d backwards, or in another order", name, e.Name, sorts, len(total), len(forwards), len(backwards))
					}
				}
			}
		}
	})
}

// orders lists every key of an entity, alone and before each other that is not a number of related records.
func orders(e *Entity) [][]Sort {
	all := [][]Sort{nil}
	for _, column := range e.orders {
		for _, desc := range []bool{false, true} {
			all = append(all, []Sort{{Column: column, Desc: desc}})
			for _, second := range e.orders {
				if second != column && second.counts == nil {
					all = append(all, []Sort{{Column: column, Desc: desc}, {Column: second, Desc: !desc}})
				}
			}
		}
	}
	return all
}

func walk(t *testing.T, s *Store, actor models.Actor, e *Entity, sorts []Sort, backward bool, size int) []models.ID {
	t.Helper()
	var all []models.ID
	page := &Page{Size: size, Backward: backward}
	for range 1000 {
		found, err := s.loader(context.Background(), actor).level(&Query{Entity: e, Sort: sorts, Rows: true, Cursors: true, Page: page}, level{})
		if err != nil {
			t.Fatalf("%s: %v", e.Name, err)
		}
		set := found.of(models.ID{})
		var ids []models.ID
		for _, r := range set.rows {
			ids = append(ids, r.id)
		}
		if backward {
			all = append(ids, all...)
		} else {
			all = append(all, ids...)
		}
		if !set.more {
			return all
		}
		edge := set.rows[len(set.rows)-1]
		if backward {
			edge = set.rows[0]
		}
		cursor, err := ParseCursor(edge.cursor.encode(orderName(e, sorts)), e, sorts)
		if err != nil {
			t.Fatalf("%s: our own cursor: %v", e.Name, err)
		}
		page = &Page{Size: size, Backward: backward}
		if backward {
			page.Before = cursor
		} else {
			page.After = cursor
		}
	}
	t.Fatalf("%s: paging does not end", e.Name)
	return nil
}

// TestEveryDimensionCounts groups every entity by every dimension and pair of dimensions, at the root and below
// parents, and checks that groups along edges to one record add up to the total.
func TestEveryDimensionCounts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := opened(t, database)
		populate(t, s)
		for name, actor := range actors {
			for _, e := range Schema.all() {
				for _, d := range e.dims {
					for _, second := range e.dims {
						g := &Grouping{Key: "g", By: []*Dimension{d}, First: 1000, Having: []Bound{{GreaterOrEqual, []int{1}}}}
						if second != d {
							g.By = append(g.By, second)
						}
						found, err := s.loader(t.Context(), actor).level(&Query{Entity: e, Total: true, Groups: []*Grouping{g}}, level{})
						if err != nil {
							t.Fatalf("%s: %s by %s, %s: %v", name, e.Name, d.Name, second.Name, err)
						}
						set, sum := found.of(models.ID{}), 0
						for _, group := range set.groups["g"] {
							sum += group.Count
						}
						if single(d) && (second == d || single(second)) && sum != set.total {
							t.Errorf("%s: %s by %s, %s: groups add up to %d of %d", name, e.Name, d.Name, second.Name, sum, set.total)
						}
						if set.total == 0 {
							t.Errorf("%s: there is no %s to count", name, e.Name)
						}
					}
				}
			}
		}
	})
}

// single reports whether every record has one value of the dimension at most.
func single(d *Dimension) bool {
	for _, edge := range d.edges {
		if edge.Local == "" {
			return false
		}
	}
	return true
}

// TestConditionsHaveTwoValues checks for every condition on the related records and columns of an entity that it and
// its negation split the set.
func TestConditionsHaveTwoValues(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := opened(t, database)
		populate(t, s)
		for name, actor := range actors {
			for _, e := range Schema.all() {
				all := count(t, s, actor, e, nil)
				for _, c := range conditions(e) {
					with, without := count(t, s, actor, e, c), count(t, s, actor, e, Not{c})
					if with+without != all {
						t.Errorf("%s: %s: %#v holds for %d and fails for %d of %d", name, e.Name, c, with, without, all)
					}
				}
			}
		}
	})
}

func count(t *testing.T, s *Store, actor models.Actor, e *Entity, c Condition) int {
	t.Helper()
	q := &Query{Entity: e, Total: true}
	if c != nil {
		q.Where = []Condition{c}
	}
	found, err := s.loader(t.Context(), actor).level(q, level{})
	if err != nil {
		t.Fatalf("%s where %#v: %v", e.Name, c, err)
	}
	return found.of(models.ID{}).total
}

func conditions(e *Entity) []Condition {
	var all []Condition
	for i := range e.Columns {
		c := &e.Columns[i]
		var value any
		switch c.Kind {
		case Int, Bool, Big:
			value = 2
		case Date:
			value = "2021-02-10"
		case Time:
			value = models.Now()
		case Key:
			id := models.NewID()
			value = id[:]
		case Enum:
			value = "PLAN"
		default:
			value = "计划2"
		}
		for _, op := range []Op{Equal, NotEqual, Less, GreaterOrEqual, In, NotIn} {
			all = append(all, Compare{c, op, []any{value}})
		}
		all = append(all, Compare{c, Null, nil}, Compare{c, In, nil}, Compare{c, NotIn, nil})
		if c.Kind == Text {
			all = append(all, Compare{c, Contains, []any{"划"}}, Compare{c, StartsWith, []any{"计"}})
		}
	}
	for i := range e.Edges {
		edge := &e.Edges[i]
		if edge.Dynamic != nil {
			continue
		}
		some := And{Compare{edge.To.column("id"), NotNull, nil}}
		if edge.Local != "" {
			all = append(all, ToOne{Edge: edge, Where: some}, ToOne{Edge: edge, Missing: true})
			continue
		}
		all = append(all, Some{edge, some}, None{edge, some}, Every{edge, some}, Count{edge, []Bound{{GreaterOrEqual, []int{2}}, {In, []int{2, 3}}}})
	}
	return all
}
