package store

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// Limits of texts, in Unicode code points.
const (
	maxParagraph = 200_000
	maxText      = 20_000_000
)

// Graph is the declaration of everything the store keeps: entities with their columns and edges, in one place.
// Reading, writing, filters, orders, cursors and visibility all follow it, and so do the plans above the store.
type Graph struct {
	Meetings, AgendaItems, Decisions, Directives, Documents *Entity
	Organizations, People, Memberships, Attendances         *Entity

	// Parts of records: no id of their own in the API, no version, no history.
	Steps, Presentations, Distributions, Names, Identifiers, Spans *Entity

	// Changes is the log.
	Changes *Entity

	byName   map[string]*Entity
	byRecord map[models.RecordType]*Entity
	byModel  map[reflect.Type]*Entity
	records  []*Entity
}

// Schema is the one Graph there is. It is never written to after the program has started.
var Schema = declare()

// Entity is a table of the graph.
type Entity struct {
	Name    string            // name of the type in the API
	Record  models.RecordType // empty for parts
	Table   string
	Columns []Column
	Edges   []Edge
	// Sort is the order of the records where none is asked for.
	Sort []Sort

	// Guest is the condition under which a guest may see a row, with %s for the alias of the table. Empty: always,
	// for parts that are reached only from a record that may be seen.
	Guest string

	whole   bool           // a row is always loaded with all its columns
	source  func(*builder) // writes a SELECT that stands for the table
	scope   string         // what the source asks for; cursors are good for the same only
	unaided *Entity        // the same from a source that needs no full-text index
	typing                 // how its rows become models
	fields  map[string]*Column
	edges   map[string]*Edge
	orders  map[string]*Column
	dims    map[string]*Dimension
}

// Kind is the type of a column.
type Kind int

// Kinds of columns.
const (
	Text  Kind = iota // string
	Enum              // string of a fixed set
	Int               // 32 bits
	Bool              // 0 or 1
	Date              // YYYY-MM-DD
	Time              // UTC, microseconds
	Key               // 16 bytes
	Lines             // short texts, one a line
	Big               // 64 bits
)

// Column is a stored value.
type Column struct {
	Field  string // name in the API; empty for what is not shown
	Name   string // name in the database
	Kind   Kind
	Null   bool
	Min    int               // smallest Int
	Max    int               // longest Text in code points; 0: 300
	Valid  func(string) bool // values of an Enum
	Filter bool              // may stand in a filter; an index serves it
	Order  string            // name in the enumeration of orders; an index serves it
	Expr   string            // computed instead of stored, with %s for the alias of the table
	fixed  bool              // kept by the store, never written by a request
	counts *Edge             // the number of records behind an edge to many, as far as they may be seen
}

// Edge leads from one entity to another. Exactly one of Local, Foreign, Link and Dynamic is set.
type Edge struct {
	Field   string
	To      *Entity
	Local   string // to one: column here that holds the id there
	Foreign string // to many: column there that holds the id here
	Link    *Link  // to many by a table of links
	Dynamic *Dynamic

	Sort       []Sort         // order where none is asked for
	ByLink     bool           // in the order of the positions of the links
	Connection bool           // pages, totals and groups; otherwise a plain list
	Required   bool           // there is always one
	Guards     bool           // what is behind this edge hides what is before it: an item of a closed meeting is closed
	Derived    bool           // set by the store from another edge
	Filter     bool           // may stand in a filter
	Order      string         // to many: name of their number in the enumeration of orders
	Args       map[string]Arg // arguments that are conditions on the records there
}

// Arg makes a condition of the value of an argument.
type Arg func(to *Entity, value any) (Condition, error)

// equal is an argument that a column must equal.
func equal(column string) Arg {
	return func(to *Entity, value any) (Condition, error) {
		text, ok := value.(string)
		if !ok {
			return nil, models.BadInput("the argument must be a string")
		}
		return Compare{to.column(column), Equal, []any{text}}, nil
	}
}

// during is an argument that is a day between two columns; a column without a value bounds nothing.
func during(start, end string) Arg {
	return func(to *Entity, value any) (Condition, error) {
		text, _ := value.(string)
		day, err := models.ParseDate(text)
		if err != nil {
			return nil, err
		}
		first, last := to.column(start), to.column(end)
		return And{
			Or{Compare{first, Null, nil}, Compare{first, LessOrEqual, []any{string(day)}}},
			Or{Compare{last, Null, nil}, Compare{last, GreaterOrEqual, []any{string(day)}}},
		}, nil
	}
}

// Link is a table that ties two entities.
type Link struct {
	Table, Parent, Child string
	Distinct             bool      // the table may hold a pair more than once
	Where                string    // further condition on the link, with %s for its alias
	Columns              []*Column // columns that the edges of a connection show
}

// Dynamic leads to a record whose type stands in a column.
type Dynamic struct{ Type, ID string }

// Sort is one key of an order.
type Sort struct {
	Column *Column
	Desc   bool
	name   string // resolved to Column when the declaration is complete
	link   bool   // the column stands in the table of links
}

// linkPosition is the place of a link among those of its parent.
var linkPosition = &Column{Name: "position", Kind: Int}

func by(columns ...string) []Sort {
	sorts := make([]Sort, len(columns))
	for i, name := range columns {
		sorts[i].name = name
	}
	return sorts
}

func newest(column string) []Sort { return []Sort{{name: column, Desc: true}} }

// valid adapts the Valid method of an enumeration.
func valid[T interface {
	~string
	Valid() bool
}](s string) bool {
	return T(s).Valid()
}

// documentUse are the columns of the link between an item and a document.
var documentUse = []*Column{
	{Field: "role", Name: "role", Kind: Enum, Valid: valid[models.DocumentRole]},
	{Field: "shortTitle", Name: "short_title", Kind: Text, Null: true, Max: 300},
}

// record declares an entity whose rows are records.
func (e *Entity) record(recordType models.RecordType, name, table string, model typing) {
	e.Record, e.Name, e.Table, e.typing = recordType, name, table, model
	e.Guest = "%s.public = 1"
	e.Columns = []Column{
		{Field: "id", Name: "id", Kind: Key, Filter: true, fixed: true},
		{Field: "version", Name: "version", Kind: Int, fixed: true},
		{Field: "visibility", Name: "visibility", Kind: Enum, Valid: valid[models.Visibility], Filter: true, fixed: true},
		{Field: "createdAt", Name: "created_at", Kind: Time, Order: "CREATED_AT", fixed: true},
		{Field: "updatedAt", Name: "updated_at", Kind: Time, Filter: true, Order: "UPDATED_AT", fixed: true},
	}
}

// part declares an entity whose rows belong to a record.
func (e *Entity) part(name, table string, model typing) {
	e.Name, e.Table, e.typing = name, table, model
	e.Columns = []Column{{Name: "id", Kind: Key, fixed: true}}
}

// declare builds the Graph.
func declare() *Graph {
	g := &Graph{
		Meetings: &Entity{}, AgendaItems: &Entity{}, Decisions: &Entity{}, Directives: &Entity{}, Documents: &Entity{},
		Organizations: &Entity{}, People: &Entity{}, Memberships: &Entity{}, Attendances: &Entity{},
		Steps: &Entity{}, Presentations: &Entity{}, Distributions: &Entity{},
		Names: &Entity{}, Identifiers: &Entity{}, Spans: &Entity{}, Changes: &Entity{},
		byName: map[string]*Entity{}, byRecord: map[models.RecordType]*Entity{}, byModel: map[reflect.Type]*Entity{},
	}
	g.declareMeetings()
	g.declareAgendaItems()
	g.declareDecisions()
	g.declareDirectives()
	g.declareDocuments()
	g.declareOrganizations()
	g.declarePeople()
	g.declareMemberships()
	g.declareAttendances()
	g.declareParts()
	g.declareChanges()
	g.complete()
	return g
}

// all lists every entity, records first, in an order in which each stands after those it requires.
func (g *Graph) all() []*Entity {
	return []*Entity{
		g.Organizations, g.People, g.Meetings, g.Documents, g.AgendaItems, g.Decisions, g.Directives, g.Attendances, g.Memberships,
		g.Presentations, g.Distributions, g.Steps, g.Names, g.Identifiers, g.Spans, g.Changes,
	}
}

// complete adds what all records share and resolves names.
func (g *Graph) complete() {
	for _, e := range g.all() {
		if e.Record != "" {
			e.Edges = append(e.Edges,
				Edge{Field: "identifiers", To: g.Identifiers, Foreign: "owner_id", Sort: by("scheme", "value")},
				Edge{Field: "sources", To: g.Spans, Foreign: "owner_id", Sort: by("start_at"), Args: map[string]Arg{"field": equal("field")}},
				Edge{Field: "history", To: g.Changes, Foreign: "record_id", Sort: by("sequence"), Connection: true},
			)
			g.byRecord[e.Record] = e
			g.records = append(g.records, e)
		}
		g.byName[e.Name] = e
		g.byModel[reflect.TypeOf(e.fresh())] = e
		e.index()
	}
	g.declareDimensions()
	g.Meetings.Sort, g.AgendaItems.Sort, g.Decisions.Sort = newest("held_on"), newest("held_on"), newest("held_on")
	g.Directives.Sort, g.Attendances.Sort = newest("held_on"), newest("held_on")
	g.Documents.Sort, g.Organizations.Sort, g.People.Sort = by("title"), by("name"), by("name")
	g.Changes.Sort = by("sequence")
	for _, e := range g.all() {
		e.resolve(e.Sort)
		for i := range e.Edges {
			edge := &e.Edges[i]
			if edge.To != nil {
				edge.To.resolve(edge.Sort)
			}
			if edge.ByLink {
				edge.Sort = []Sort{{Column: linkPosition, link: true}}
			}
			if edge.Order != "" {
				e.orders[edge.Order] = &Column{Name: "n_" + strings.ToLower(edge.Order), Kind: Int, Order: edge.Order, counts: edge}
			}
		}
	}
}

// resolve finds the columns that the keys of an order name.
func (e *Entity) resolve(sorts []Sort) {
	for i := range sorts {
		sorts[i].Column = e.column(sorts[i].name)
	}
}

// index fills the maps of an entity.
func (e *Entity) index() {
	e.fields, e.edges, e.orders = map[string]*Column{}, map[string]*Edge{}, map[string]*Column{}
	for i := range e.Columns {
		c := &e.Columns[i]
		if c.Field != "" {
			e.fields[c.Field] = c
		}
		if c.Order != "" {
			e.orders[c.Order] = c
		}
		if c.Kind == Text && c.Max == 0 {
			c.Max = 300
		}
	}
	for i := range e.Edges {
		e.edges[e.Edges[i].Field] = &e.Edges[i]
	}
	e.dims = map[string]*Dimension{}
}

// column returns the column of that name in the database. A name that is not there is a mistake in the declaration.
func (e *Entity) column(name string) *Column {
	for i := range e.Columns {
		if e.Columns[i].Name == name {
			return &e.Columns[i]
		}
	}
	panic(fmt.Sprintf("store: %s has no column %s", e.Name, name))
}

// Field returns the column that the API shows under a name, or nil.
func (e *Entity) Field(name string) *Column { return e.fields[name] }

// Edge returns the edge that the API shows under a name, or nil.
func (e *Entity) Edge(name string) *Edge { return e.edges[name] }

// OrderField returns the column that a value of the enumeration of orders stands for, or nil.
func (e *Entity) OrderField(name string) *Column { return e.orders[name] }

// Dimension returns what a value of the enumeration of dimensions stands for, or nil.
func (e *Entity) Dimension(name string) *Dimension { return e.dims[name] }

// Whole reports whether a row is always loaded with all its columns.
func (e *Entity) Whole() bool { return e.whole }

// Of returns the entity of a model, or nil.
func (g *Graph) Of(model any) *Entity { return g.byModel[reflect.TypeOf(model)] }

// Entity returns the entity of a type of the API, or nil.
func (g *Graph) Entity(name string) *Entity { return g.byName[name] }

// RecordEntities lists the entities whose rows are records.
func (g *Graph) RecordEntities() []*Entity { return g.records }

// Records returns the entity of a type of records.
func (g *Graph) Records(recordType models.RecordType) *Entity { return g.byRecord[recordType] }
