package plan

import (
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// answer writes the whole answer of a query.
func (w *writer) answer(roots []root) error {
	for i := range roots {
		r := &roots[i]
		w.open(i, r.key)
		switch {
		case r.shape == nil:
			w.text(r.text)
		case !r.single:
			f, err := w.level(r.shape, nil)
			if err != nil {
				return err
			}
			w.page(f, r.shape.pages[r.page], 0)
		default:
			id, err := r.wanted(w.vars)
			if err != nil {
				return err
			}
			f, err := w.level(r.shape, &owners{ids: []models.ID{id}})
			if err != nil {
				return err
			}
			if f.count == 0 {
				return errGeneric // not there, or merged into another
			}
			w.put(f, 0, r.form)
		}
	}
	w.brace(len(roots))
	return nil
}

// level reads a level of some owners, or at the root, and all levels below it.
func (w *writer) level(s *shape, of *owners) (*filled, error) {
	f := w.fill(s, of)
	if s.open != (openCursors{}) {
		var err error
		if f.query, err = s.bound(w.vars); err != nil {
			return nil, err
		}
	}
	if s.query.Rows {
		if err := w.rows(f); err != nil {
			return nil, err
		}
	}
	if err := w.counts(f); err != nil {
		return nil, err
	}
	for _, below := range s.below {
		filled, err := w.level(below, f.owners[below.owner])
		if err != nil {
			return nil, err
		}
		f.below = append(f.below, filled)
	}
	return f, nil
}

// bound fills the cursors that stayed open into the query.
func (s *shape) bound(vars map[string]any) (*store.Query, error) {
	q, page := *s.query, *s.query.Page
	q.Page = &page
	var err error
	if page.After, err = cursor(vars, s.open.after, q.Entity, q.Sort); err != nil {
		return nil, err
	}
	if s.open.after == "" {
		page.After = s.query.Page.After
	}
	if page.Before, err = cursor(vars, s.open.before, q.Entity, q.Sort); err != nil {
		return nil, err
	}
	if s.open.before == "" {
		page.Before = s.query.Page.Before
	}
	return &q, nil
}

// rows reads the rows of a level.
func (w *writer) rows(f *filled) error {
	if f.of == nil {
		return w.some(f, nil)
	}
	for rest := f.of.ids; len(rest) > 0; {
		n := min(len(rest), f.query.AtOnce())
		if err := w.some(f, rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

// some reads the rows of some of the owners.
func (w *writer) some(f *filled, ids []models.ID) error {
	s := f.shape
	at, last := 0, models.ID{} // the place of the owner whose rows come, which come together
	if len(ids) == 1 {
		at, last = f.of.place(ids[0]), ids[0]
	}
	return w.reader.Rows(f.query, s.layout, ids, func(raw *store.Raw) error {
		var id models.ID
		if s.idSlot >= 0 {
			id = asID(raw.Values[s.idSlot])
		}
		if len(ids) > 1 {
			parent := raw.Parent
			if s.edge == nil {
				parent = id
			}
			if parent != last {
				last, at = parent, f.of.place(parent)
			}
		}
		set := &f.sets[at]
		if set.from == set.to {
			set.from, set.to = f.count, f.count
		}
		if page := f.query.Page; page != nil && set.to-set.from == page.Size {
			set.more = true
			return nil
		}
		set.to++
		f.count++
		cursor := ""
		if s.cursor != nil {
			cursor = s.cursor.Cursor(raw, id)
			f.cursors = append(f.cursors, cursor)
		}
		for _, form := range s.forms {
			if err := f.row(form, raw, cursor); err != nil {
				return err
			}
		}
		return nil
	})
}

// row writes a row in one form.
func (f *filled) row(form *rowForm, raw *store.Raw, cursor string) error {
	written := writtenForm{start: len(f.buf), firstHole: len(f.holes)}
	var err error
	if form.object != nil {
		err = f.object(form.object, raw)
	} else {
		err = f.edge(form.edge, raw, cursor)
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

func (f *filled) edge(parts []edgePart, raw *store.Raw, cursor string) error {
	for i := range parts {
		part := &parts[i]
		f.open(i, part.key)
		switch {
		case part.cursor:
			f.buf = append(append(append(f.buf, '"'), cursor...), '"')
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
			owner := f.owners[m.owner].add(asID(raw.Values[f.shape.owners[m.owner]]))
			f.holes = append(f.holes, hole{len(f.buf), m, owner})
		}
	}
	f.brace(len(o.members))
	return nil
}

// counts reads the totals and groups of a level.
func (w *writer) counts(f *filled) error {
	s := f.shape
	var ids []models.ID
	if f.of != nil {
		ids = f.of.ids
	}
	if f.query.Total && !f.counted() {
		var err error
		if f.totals, err = w.reader.Totals(f.query, s.edge, ids); err != nil {
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
func (f *filled) counted() bool {
	if f.of != nil && len(f.of.ids) == 0 {
		return true // nobody to count for
	}
	page := f.query.Page
	if !f.query.Rows || len(f.sets) != 1 || page == nil || page.After != nil || page.Before != nil || f.sets[0].more {
		return false
	}
	f.totals = map[models.ID]int{f.owner(0): f.sets[0].to - f.sets[0].from}
	return true
}

// owner is the id of an owner, the zero one at the root.
func (f *filled) owner(at int) models.ID {
	if f.of == nil {
		return models.ID{}
	}
	return f.of.ids[at]
}

func (w *writer) groups(s *shape, form *groupForm, ids []models.ID) (*filledGroups, error) {
	found := &filledGroups{nodes: make([]*filled, len(form.nodes))}
	if s.edge != nil && len(ids) == 0 {
		return found, nil
	}
	by := form.grouping.By
	wanted := make([]owners, len(by))
	found.byParent = map[models.ID][]filledGroup{}
	err := w.reader.Groups(s.query, form.grouping, s.edge, ids, func(raw *store.Raw, count int) {
		groups := found.byParent[raw.Parent]
		if len(groups) >= form.grouping.First {
			return
		}
		group := filledGroup{count: count}
		for place, key := range raw.Values {
			at := &group.keys[place]
			at.there = key != nil
			switch {
			case key == nil:
			case by[place].To != nil:
				at.id = asID(key)
				if form.nodes[place] != nil {
					wanted[place].add(at.id)
				}
			default:
				at.from = len(found.texts)
				found.texts = append(found.texts, key...)
				at.to = len(found.texts)
			}
		}
		found.byParent[raw.Parent] = append(groups, group)
	})
	if err != nil {
		return nil, err
	}
	for place, node := range form.nodes {
		if node == nil {
			continue
		}
		if found.nodes[place], err = w.level(node, &wanted[place]); err != nil {
			return nil, err
		}
	}
	return found, nil
}
