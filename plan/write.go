package plan

import (
	"strconv"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// maxParents bounds the ids of one statement, as the store does.
const maxParents = 1000

// writer answers one operation along its shapes. Each level is read once and written to a buffer row by row, with
// holes where the answers of the levels below go; when those are there, everything is put together in one pass.
type writer struct {
	reader *store.Reader
	out    []byte
}

// filled is what a level holds: the written rows in the order they were read, and where those of each parent stand.
type filled struct {
	shape  *shape
	buf    []byte
	rows   []writtenRow
	forms  []writtenForm // for each row, one for each form of the shape
	holes  []hole
	sets   map[models.ID]*rowSet
	totals map[models.ID]int
	groups map[*groupForm]*filledGroups
	below  []*filled // as shape.below
	owners []*owners // as shape.below
}

// writtenRow is one row; the cursor is there where cursors are asked for.
type writtenRow struct {
	id     models.ID
	cursor string
}

// writtenForm is one row in one form: a piece of the buffer and the holes in it.
type writtenForm struct{ start, end, firstHole, endHole int }

// hole is a place where the answer of a level below goes.
type hole struct {
	at     int
	member *member
	owner  models.ID
}

// rowSet is where the rows under one parent stand.
type rowSet struct {
	from, to int
	more     bool
}

// owners are the records that a level below is asked for, each once.
type owners struct {
	ids  []models.ID
	seen map[models.ID]bool
}

func (o *owners) add(id models.ID) {
	if !o.seen[id] {
		o.seen[id] = true
		o.ids = append(o.ids, id)
	}
}

// filledGroups is what a grouping holds.
type filledGroups struct {
	byParent map[models.ID][]*models.Group
	nodes    []*filled // as groupForm.nodes
}

func newFilled(s *shape) *filled {
	f := &filled{shape: s, sets: map[models.ID]*rowSet{}, owners: make([]*owners, len(s.below)), below: make([]*filled, len(s.below))}
	for i := range s.below {
		f.owners[i] = &owners{seen: map[models.ID]bool{}}
	}
	return f
}

// level reads a level below parents, for ids, or at the root, and all levels below it.
func (w *writer) level(s *shape, ids []models.ID) (*filled, error) {
	f := newFilled(s)
	if s.query.Rows {
		if ids == nil {
			if err := w.rows(f, nil); err != nil {
				return nil, err
			}
		}
		for rest := ids; len(rest) > 0; {
			n := min(len(rest), maxParents)
			if err := w.rows(f, rest[:n]); err != nil {
				return nil, err
			}
			rest = rest[n:]
		}
	}
	if err := w.counts(f, ids); err != nil {
		return nil, err
	}
	for i, below := range s.below {
		var err error
		if f.below[i], err = w.level(below, f.owners[i].orNone()); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// orNone returns the ids, and an empty list instead of nil, which would mean the root.
func (o *owners) orNone() []models.ID {
	if o.ids == nil {
		return []models.ID{}
	}
	return o.ids
}

func (w *writer) rows(f *filled, ids []models.ID) error {
	s := f.shape
	return w.reader.Rows(s.query, s.layout, s.edge, ids, func(raw *store.Raw) error {
		id := asID(raw.Values[s.idSlot])
		parent := raw.Parent
		if s.edge == nil && ids != nil {
			parent = id
		}
		set := f.sets[parent]
		if set == nil {
			set = &rowSet{from: len(f.rows), to: len(f.rows)}
			f.sets[parent] = set
		}
		if page := s.query.Page; page != nil && set.to-set.from == page.Size {
			set.more = true
			return nil
		}
		set.to++
		row := writtenRow{id: id}
		if s.cursor != nil {
			row.cursor = s.cursor.Cursor(raw, id)
		}
		f.rows = append(f.rows, row)
		for _, form := range s.forms {
			if err := f.row(form, raw, &row); err != nil {
				return err
			}
		}
		return nil
	})
}

// row writes a row in one form.
func (f *filled) row(form *rowForm, raw *store.Raw, row *writtenRow) error {
	written := writtenForm{start: len(f.buf), firstHole: len(f.holes)}
	var err error
	if form.object != nil {
		err = f.object(form.object, raw)
	} else {
		err = f.edge(form.edge, raw, row)
	}
	written.end, written.endHole = len(f.buf), len(f.holes)
	f.forms = append(f.forms, written)
	return err
}

func (f *filled) open(i int, key string) {
	if i == 0 {
		f.buf = append(f.buf, '{')
	} else {
		f.buf = append(f.buf, ',')
	}
	f.buf = append(f.buf, key...)
}

// brace ends an object of n members.
func (f *filled) brace(n int) {
	if n == 0 {
		f.buf = append(f.buf, '{')
	}
	f.buf = append(f.buf, '}')
}

func (f *filled) edge(parts []edgePart, raw *store.Raw, row *writtenRow) error {
	for i := range parts {
		part := &parts[i]
		f.open(i, part.key)
		switch {
		case part.cursor:
			f.buf = append(append(append(f.buf, '"'), row.cursor...), '"')
		case part.object != nil:
			if err := f.object(part.object, raw); err != nil {
				return err
			}
		case part.column != nil:
			f.buf = appendValue(f.buf, part.column.Kind, raw.Values[part.slot])
		default:
			f.buf = append(f.buf, part.text...)
		}
	}
	f.brace(len(parts))
	return nil
}

func (f *filled) object(o *object, raw *store.Raw) error {
	for i := range o.members {
		m := &o.members[i]
		f.open(i, m.key)
		switch m.kind {
		case memberFixed:
			f.buf = append(f.buf, m.text...)
		case memberColumn:
			f.buf = appendValue(f.buf, m.column.Kind, raw.Values[m.slot])
		case memberID:
			f.buf = appendID(f.buf, m.text, raw.Values[m.slot])
		case memberLocal:
			if raw.Values[m.slot] == nil {
				if m.text != "" {
					return errGeneric // a record that must be there is not: gqlgen says so in its own way
				}
				f.buf = append(f.buf, "null"...)
				continue
			}
			if err := f.object(m.object, raw); err != nil {
				return err
			}
		default:
			owner := asID(raw.Values[m.slot])
			f.holes = append(f.holes, hole{len(f.buf), m, owner})
			f.owners[f.place(m.child)].add(owner)
		}
	}
	f.brace(len(o.members))
	return nil
}

// place is where a level below stands among those of the shape.
func (f *filled) place(child *shape) int {
	for i, below := range f.shape.below {
		if below == child {
			return i
		}
	}
	return -1
}

// counts reads the totals and groups of a level.
func (w *writer) counts(f *filled, ids []models.ID) error {
	s := f.shape
	if s.query.Total && !f.counted(ids) {
		var err error
		if f.totals, err = w.reader.Totals(s.query, s.edge, ids); err != nil {
			return err
		}
	}
	for _, form := range s.groups {
		if f.groups == nil {
			f.groups = map[*groupForm]*filledGroups{}
		}
		found, err := w.groups(s, form, ids)
		if err != nil {
			return err
		}
		f.groups[form] = found
	}
	return nil
}

// counted takes the total from the rows where they are the whole of one set.
func (f *filled) counted(ids []models.ID) bool {
	page := f.shape.query.Page
	if !f.shape.query.Rows || len(ids) > 1 || page == nil || page.After != nil || page.Before != nil {
		return len(ids) == 0 && f.shape.edge != nil // nobody to count for
	}
	parent := models.ID{}
	if len(ids) == 1 {
		parent = ids[0]
	}
	set := f.sets[parent]
	if set == nil {
		set = &rowSet{}
	}
	f.totals = map[models.ID]int{parent: set.to - set.from}
	return !set.more
}

func (w *writer) groups(s *shape, form *groupForm, ids []models.ID) (*filledGroups, error) {
	found := &filledGroups{nodes: make([]*filled, len(form.nodes))}
	if s.edge != nil && len(ids) == 0 {
		return found, nil
	}
	var err error
	if found.byParent, err = w.reader.Groups(s.query, form.grouping, s.edge, ids); err != nil {
		return nil, err
	}
	for place, node := range form.nodes {
		if node == nil {
			continue
		}
		wanted := &owners{seen: map[models.ID]bool{}}
		for _, groups := range found.byParent {
			for _, group := range groups {
				if value := group.Keys[place].Value; value != nil {
					if _, id, err := models.DecodeID(*value); err == nil {
						wanted.add(id)
					}
				}
			}
		}
		if found.nodes[place], err = w.level(node, wanted.orNone()); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (w *writer) text(s string) { w.out = append(w.out, s...) }

// put writes a row of a level in one form, its holes filled.
func (w *writer) put(f *filled, row, form int) {
	written := f.forms[row*len(f.shape.forms)+form]
	from := written.start
	for _, h := range f.holes[written.firstHole:written.endHole] {
		w.out = append(w.out, f.buf[from:h.at]...)
		from = h.at
		below := f.below[f.place(h.member.child)]
		if h.member.kind == memberPage {
			w.page(below, below.shape.pages[h.member.form], h.owner)
		} else {
			w.list(below, h.member.form, h.owner)
		}
	}
	w.out = append(w.out, f.buf[from:written.end]...)
}

// list writes the rows under a parent in one form.
func (w *writer) list(f *filled, form int, parent models.ID) {
	w.text("[")
	if set := f.sets[parent]; set != nil {
		backward := f.shape.query.Page != nil && f.shape.query.Page.Backward
		for i := set.from; i < set.to; i++ {
			if i > set.from {
				w.text(",")
			}
			row := i
			if backward {
				row = set.to - 1 - (i - set.from)
			}
			w.put(f, row, form)
		}
	}
	w.text("]")
}

// page writes a connection.
func (w *writer) page(f *filled, form *pageForm, parent models.ID) {
	for i := range form.parts {
		part := &form.parts[i]
		w.open(i, part.key)
		switch part.kind {
		case partFixed:
			w.text(part.text)
		case partNodes, partEdges:
			w.list(f, part.form, parent)
		case partInfo:
			w.info(f, part.info, parent)
		case partTotal:
			w.out = strconv.AppendInt(w.out, int64(f.totals[parent]), 10)
		case partGroups:
			w.groupList(f.groups[part.groups], part.groups, parent)
		}
	}
	w.brace(len(form.parts))
}

func (w *writer) open(i int, key string) {
	if i == 0 {
		w.text("{")
	} else {
		w.text(",")
	}
	w.text(key)
}

// brace ends an object of n members.
func (w *writer) brace(n int) {
	if n == 0 {
		w.text("{")
	}
	w.text("}")
}

// info writes a PageInfo.
func (w *writer) info(f *filled, parts []infoPart, parent models.ID) {
	page, set := f.shape.query.Page, f.sets[parent]
	if set == nil {
		set = &rowSet{}
	}
	next, previous := set.more, page.After != nil
	first, last := set.from, set.to-1
	if page.Backward {
		next, previous = page.Before != nil, set.more
		first, last = last, first
	}
	cursor := func(row int) {
		if set.to == set.from {
			w.text("null")
			return
		}
		w.text(`"` + f.rows[row].cursor + `"`)
	}
	for i, part := range parts {
		w.open(i, part.key)
		switch part.name {
		case "hasNextPage":
			w.out = strconv.AppendBool(w.out, next)
		case "hasPreviousPage":
			w.out = strconv.AppendBool(w.out, previous)
		case "startCursor":
			cursor(first)
		case "endCursor":
			cursor(last)
		default:
			w.text(part.text)
		}
	}
	w.brace(len(parts))
}

// groupList writes the groups under a parent.
func (w *writer) groupList(found *filledGroups, form *groupForm, parent models.ID) {
	w.text("[")
	for i, group := range found.byParent[parent] {
		if i > 0 {
			w.text(",")
		}
		for j, m := range form.members {
			w.open(j, m.key)
			switch m.name {
			case "count":
				w.out = strconv.AppendInt(w.out, int64(group.Count), 10)
			case "keys":
				w.keys(found, group, m.keys)
			default:
				w.text(m.text)
			}
		}
		w.brace(len(form.members))
	}
	w.text("]")
}

func (w *writer) keys(found *filledGroups, group *models.Group, members []groupMember) {
	w.text("[")
	for place, key := range group.Keys {
		if place > 0 {
			w.text(",")
		}
		for i, m := range members {
			w.open(i, m.key)
			switch m.name {
			case "dimension":
				w.out = appendString(w.out, []byte(key.Dimension))
			case "value":
				if key.Value == nil {
					w.text("null")
				} else {
					w.out = appendString(w.out, []byte(*key.Value))
				}
			case "node":
				w.node(found.nodes[place], m.form[place], key)
			default:
				w.text(m.text)
			}
		}
		w.brace(len(members))
	}
	w.text("]")
}

// node writes the record that a key stands for.
func (w *writer) node(nodes *filled, form int, key *models.GroupKey) {
	if nodes != nil && key.Value != nil {
		if _, id, err := models.DecodeID(*key.Value); err == nil {
			if set := nodes.sets[id]; set != nil {
				w.put(nodes, set.from, form)
				return
			}
		}
	}
	w.text("null")
}
