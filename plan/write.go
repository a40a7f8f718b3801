package plan

import (
	"strconv"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

func (w *writer) text(s string) { w.out = append(w.out, s...) }

// put writes a row of a level in one form, its holes filled.
func (w *writer) put(f *filled, row, form int) {
	written := f.forms[row*len(f.shape.forms)+form]
	from := written.start
	for _, h := range f.holes[written.firstHole:written.endHole] {
		w.out = append(w.out, f.buf[from:h.at]...)
		from = h.at
		below := f.below[h.member.below]
		if h.member.kind == memberPage {
			w.page(below, below.shape.pages[h.member.form], h.owner)
		} else {
			w.list(below, h.member.form, h.owner)
		}
	}
	w.out = append(w.out, f.buf[from:written.end]...)
}

// list writes the rows of an owner in one form.
func (w *writer) list(f *filled, form int, owner int) {
	w.text("[")
	set := f.sets[owner]
	backward := f.query.Page != nil && f.query.Page.Backward
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
	w.text("]")
}

// page writes a connection.
func (w *writer) page(f *filled, form *pageForm, owner int) {
	for i := range form.parts {
		part := &form.parts[i]
		w.open(i, part.key)
		switch part.kind {
		case partFixed:
			w.text(part.text)
		case partNodes, partEdges:
			w.list(f, part.form, owner)
		case partInfo:
			w.info(f, part.info, owner)
		case partTotal:
			w.out = strconv.AppendInt(w.out, int64(f.totals[f.owner(owner)]), 10)
		case partGroups:
			w.groupList(f.groups[part.groups], part.groups, f.owner(owner))
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
func (w *writer) info(f *filled, parts []infoPart, owner int) {
	page, set := f.query.Page, f.sets[owner]
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
		w.text(`"`)
		w.text(f.cursors[row])
		w.text(`"`)
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
	groups := found.byParent[parent]
	for i := range groups {
		group := &groups[i]
		if i > 0 {
			w.text(",")
		}
		for j, m := range form.members {
			w.open(j, m.key)
			switch m.name {
			case "count":
				w.out = strconv.AppendInt(w.out, int64(group.count), 10)
			case "keys":
				w.keys(found, form.grouping, group, m.keys)
			default:
				w.text(m.text)
			}
		}
		w.brace(len(form.members))
	}
	w.text("]")
}

func (w *writer) keys(found *filledGroups, g *store.Grouping, group *filledGroup, members []groupMember) {
	w.text("[")
	for place, dimension := range g.By {
		key := &group.keys[place]
		if place > 0 {
			w.text(",")
		}
		for i := range members {
			m := &members[i]
			w.open(i, m.key)
			switch m.name {
			case "dimension":
				w.out = appendString(w.out, []byte(dimension.Name))
			case "value":
				switch {
				case !key.there:
					w.text("null")
				case dimension.To != nil:
					w.out = appendID(w.out, models.IDTag(dimension.To.Record)+"_", key.id[:])
				default:
					w.out = appendString(w.out, found.texts[key.from:key.to])
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
func (w *writer) node(nodes *filled, form int, key *filledKey) {
	if nodes != nil && key.there {
		if at := nodes.of.place(key.id); at >= 0 && nodes.sets[at].to > nodes.sets[at].from {
			w.put(nodes, nodes.sets[at].from, form)
			return
		}
	}
	w.text("null")
}
