package plan

import (
	"errors"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// errGeneric says that an operation asks for something the compiled path does not write; gqlgen's own execution does.
var errGeneric = errors.New("not compiled")

// shape is what is written of one level: the query that loads it, and the forms in which its rows are written. A row
// is written once for each place of the answer in which it stands.
type shape struct {
	query  *store.Query
	edge   *store.Edge
	branch *store.Branch
	layout *store.Layout
	cursor *store.CursorWriter
	open   openCursors
	idSlot int // place of the id, -1 where nobody needs it

	forms  []*rowForm
	pages  []*pageForm // of pages, one for each place
	below  []*shape
	owners []int // places of the ids by which levels below are asked for, each once
	owner  int   // of a level below: the place of its own among those
	groups []*groupForm
}

// rowForm is one form in which a row is written: as a record, or as an edge of a page.
type rowForm struct {
	object *object
	edge   []edgePart
}

// object is the form of one record: its members in the order of the answer.
type object struct{ members []member }

// member is one member of an object.
type member struct {
	key  string // `"name":`
	kind memberKind

	slot   int           // column, id: place in the raw row; local: the same of a value that is there with the record
	column *store.Column // column
	text   string        // fixed: the value as JSON; id: the tag of the type
	object *object       // local
	below  int           // page, list: place of the level among those below
	owner  int           // page, list: place of its ids in shape.owners
	form   int           // page: place in the level's pages; list: place in its forms
}

type memberKind int

const (
	memberFixed  memberKind = iota // always the same
	memberColumn                   // a stored value
	memberID                       // the id of a record
	memberLocal                    // a record joined to the row
	memberPage                     // a connection
	memberList                     // a plain list
)

// pageForm is the form of a connection.
type pageForm struct{ parts []pagePart }

// pagePart is one member of a connection.
type pagePart struct {
	key    string
	kind   partKind
	text   string     // fixed
	form   int        // nodes, edges: place among the forms of rows
	info   []infoPart // page info
	groups *groupForm
}

type partKind int

const (
	partFixed partKind = iota
	partNodes
	partEdges
	partInfo
	partTotal
	partGroups
)

// edgePart is one member of an edge.
type edgePart struct {
	key    string
	text   string // fixed
	cursor bool
	object *object // node
	slot   int     // column of the link
	column *store.Column
}

// infoPart is one member of a PageInfo: its name, or a fixed text.
type infoPart struct{ key, name, text string }

// groupForm is the form of a grouping.
type groupForm struct {
	grouping *store.Grouping
	members  []groupMember
	nodes    []*shape // by the place of the dimension
}

type groupMember struct {
	key  string
	name string // keys, count, or empty for a fixed text
	text string
	keys []groupMember // of each key: dimension, value, node
	form []int         // node: place among the forms, by the place of the dimension
}

// compiler builds the shapes of an operation beside its queries.
type compiler struct{ p *planner }

func jsonKey(name string) string { return `"` + name + `":` }

// prepare lays out the rows of a level. Its query is complete by then.
func (s *shape) prepare() error {
	layout, ok := store.LayoutOf(s.query, s.edge)
	if !ok {
		return errGeneric
	}
	s.layout = layout
	layout.Keep() // the query is complete, and compiled operations stay as they are
	s.idSlot = -1
	if s.query.Cursors {
		s.cursor = layout.CursorWriter(s.query)
		s.idSlot = layout.ID(0)
	}
	return nil
}

// byID prepares a level that is asked for by several ids.
func (s *shape) byID() error {
	if err := s.prepare(); err != nil {
		return err
	}
	s.idSlot = s.layout.ID(0)
	return nil
}

// object builds the form of a record from what is selected of it. The query is complete by now.
func (c *compiler) object(s *shape, q *store.Query, table int, selections ast.SelectionSet) (*object, error) {
	e := q.Entity
	satisfies := []string{e.Name}
	if e.Record != "" {
		satisfies = append(satisfies, recordInterfaces...)
	}
	o := &object{}
	for _, field := range graphql.CollectFields(c.p.op, selections, satisfies) {
		m, err := c.member(s, q, table, field)
		if err != nil {
			return nil, err
		}
		o.members = append(o.members, m)
	}
	return o, nil
}

func (c *compiler) member(s *shape, q *store.Query, table int, field graphql.CollectedField) (member, error) {
	e := q.Entity
	m := member{key: jsonKey(field.Alias)}
	if field.Name == "__typename" {
		m.text = `"` + e.Name + `"`
		return m, nil
	}
	if column := e.Field(field.Name); column != nil {
		m.column = column
		if column.Kind == store.Key {
			if column.Name != "id" {
				return m, errGeneric
			}
			m.kind, m.text, m.slot = memberID, models.IDTag(e.Record)+"_", s.layout.ID(table)
			return m, nil
		}
		m.kind, m.slot = memberColumn, s.layout.Slot(table, column.Name)
		return m, nil
	}
	edge := edgeOf(e, field)
	if edge == nil || edge.Dynamic != nil || edge.To.Whole() {
		return m, errGeneric
	}
	key := c.p.key(field)
	i := slices.IndexFunc(q.Branches, func(b *store.Branch) bool { return b.Key == key })
	branch := q.Branches[i]
	if edge.Local != "" {
		return c.local(s, m, table, branch, field)
	}
	return c.many(s, m, table, branch, field)
}

// local is a member that holds a record joined to the row.
func (c *compiler) local(s *shape, m member, table int, branch *store.Branch, field graphql.CollectedField) (member, error) {
	at := s.layout.Table(table, branch)
	m.kind, m.slot = memberLocal, s.layout.There(at)
	if branch.Edge.Required {
		m.text = "required"
	}
	var err error
	m.object, err = c.object(s, branch.Query, at, field.Selections)
	return m, err
}

// many is a member that holds a page or a list of records of the level below.
func (c *compiler) many(s *shape, m member, table int, branch *store.Branch, field graphql.CollectedField) (member, error) {
	i := slices.IndexFunc(s.below, func(below *shape) bool { return below.branch == branch })
	if i < 0 {
		below := &shape{query: branch.Query, edge: branch.Edge, branch: branch}
		if err := below.prepare(); err != nil {
			return m, err
		}
		below.open = c.p.cursors[branch.Query]
		slot := s.layout.ID(table)
		if below.owner = slices.Index(s.owners, slot); below.owner < 0 {
			below.owner = len(s.owners)
			s.owners = append(s.owners, slot)
		}
		i = len(s.below)
		s.below = append(s.below, below)
	}
	child := s.below[i]
	m.below, m.owner = i, child.owner
	var err error
	if branch.Edge.Connection {
		m.kind = memberPage
		m.form, err = c.page(child, field.Selections)
		return m, err
	}
	m.kind = memberList
	m.form, err = c.form(child, field.Selections)
	return m, err
}

// form adds a form of the rows of a level and returns its place.
func (c *compiler) form(s *shape, selections ast.SelectionSet) (int, error) {
	place := len(s.forms)
	form := &rowForm{}
	s.forms = append(s.forms, form)
	var err error
	form.object, err = c.object(s, s.query, 0, selections)
	return place, err
}

// page adds a form of the pages of a level and returns its place.
func (c *compiler) page(s *shape, selections ast.SelectionSet) (int, error) {
	form := &pageForm{}
	for _, field := range graphql.CollectFields(c.p.op, selections, nil) {
		part := pagePart{key: jsonKey(field.Alias)}
		var err error
		switch field.Name {
		case "__typename":
			part.text = `"` + field.ObjectDefinition.Name + `"`
		case "nodes":
			part.kind = partNodes
			part.form, err = c.form(s, field.Selections)
		case "edges":
			part.kind = partEdges
			part.form, err = c.edges(s, field.Selections)
		case "pageInfo":
			part.kind = partInfo
			for _, info := range graphql.CollectFields(c.p.op, field.Selections, nil) {
				part.info = append(part.info, infoPart{jsonKey(info.Alias), info.Name, `"PageInfo"`})
			}
		case "totalCount":
			part.kind = partTotal
		case "groups":
			part.kind = partGroups
			part.groups, err = c.groups(s, field)
		default:
			err = errGeneric
		}
		if err != nil {
			return 0, err
		}
		form.parts = append(form.parts, part)
	}
	s.pages = append(s.pages, form)
	return len(s.pages) - 1, nil
}

// edges adds the form of the edges of a page and returns its place.
func (c *compiler) edges(s *shape, selections ast.SelectionSet) (int, error) {
	form := &rowForm{edge: []edgePart{}}
	s.forms = append(s.forms, form)
	place := len(s.forms) - 1
	for _, field := range graphql.CollectFields(c.p.op, selections, nil) {
		part := edgePart{key: jsonKey(field.Alias)}
		switch field.Name {
		case "__typename":
			part.text = `"` + field.ObjectDefinition.Name + `"`
		case "cursor":
			part.cursor = true
		case "node":
			var err error
			if part.object, err = c.object(s, s.query, 0, field.Selections); err != nil {
				return 0, err
			}
		default:
			i := slices.IndexFunc(s.edge.Link.Columns, func(column *store.Column) bool { return column.Field == field.Name })
			if i < 0 {
				return 0, errGeneric
			}
			part.column = s.edge.Link.Columns[i]
			part.slot = s.layout.UseSlot(part.column.Name)
		}
		form.edge = append(form.edge, part)
	}
	return place, nil
}

// groups builds the form of a grouping.
func (c *compiler) groups(s *shape, field graphql.CollectedField) (*groupForm, error) {
	wanted, err := grouping(s.query.Entity, field.ArgumentMap(c.p.op.Variables))
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(s.query.Groups, func(g *store.Grouping) bool { return g.Key == wanted.Key })
	form := &groupForm{grouping: s.query.Groups[i], nodes: make([]*shape, len(wanted.By))}
	for place, q := range form.grouping.Nodes {
		if q != nil {
			form.nodes[place] = &shape{query: q}
			if err := form.nodes[place].byID(); err != nil {
				return nil, err
			}
		}
	}
	for _, member := range graphql.CollectFields(c.p.op, field.Selections, nil) {
		m := groupMember{key: jsonKey(member.Alias), name: member.Name, text: `"` + member.ObjectDefinition.Name + `"`}
		for _, key := range graphql.CollectFields(c.p.op, member.Selections, nil) {
			k := groupMember{key: jsonKey(key.Alias), name: key.Name, text: `"GroupKey"`, form: make([]int, len(wanted.By))}
			for place, node := range form.nodes {
				if key.Name == "node" && node != nil {
					if k.form[place], err = c.form(node, key.Selections); err != nil {
						return nil, err
					}
				}
			}
			m.keys = append(m.keys, k)
		}
		form.members = append(form.members, m)
	}
	s.groups = append(s.groups, form)
	return form, nil
}
