package store

import (
	"slices"

	"github.com/minutebook/minutebook/models"
)

// slot says where a value of a statement comes from.
type slot struct {
	from slotSource
	at   int
}

type slotSource int8

const (
	slotFixed  slotSource = iota // it is always the same
	slotID                       // the id at a place of the list, or the last one
	slotAfter                    // a value of the cursor after which the page begins; the last one is the id
	slotBefore                   // the same of the cursor before which it ends
)

func (b *builder) noted(s slot) {
	if b.slots != nil {
		*b.slots = append(*b.slots, s)
	}
}

// textKey is what the text of a level's statement depends on besides the level.
type textKey struct {
	guest         bool
	ids           int // length of the list of ids as it is written; 0: none
	after, before uint64
}

// form is what of a cursor decides the text: whether there is one, and which of its values are absent.
func (c *Cursor) form() uint64 {
	if c == nil {
		return 0
	}
	form := uint64(1)
	for i, value := range c.Values {
		if value == nil {
			form |= 2 << i
		}
	}
	return form
}

// template is the statement of a level without the values that change from one request to the next.
type template struct {
	text   string
	slots  []slot
	fixed  []any // by their slots; nil for the others
	width  int   // outputs
	parent bool  // whether the last output is the id of the parent
}

// template returns the statement for a level of a query. The query may differ from the one of the layout in the cursors of
// its page only.
func (l *Layout) template(q *Query, at level, guest bool) *template {
	ids := at.parents
	if at.edge == nil {
		ids = at.ids
	}
	key := textKey{guest: guest}
	if len(ids) > 0 {
		key.ids = roundUp(len(ids))
	}
	if q.Page != nil {
		key.after, key.before = q.Page.After.form(), q.Page.Before.form()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if t := l.texts[key]; t != nil {
		return t
	}
	t := l.write(q, at, guest)
	if l.texts != nil && len(l.texts) < maxTemplates {
		l.texts[key] = t
	}
	return t
}

// maxTemplates bounds the texts of one level: there are some twenty lengths of lists.
const maxTemplates = 64

func (l *Layout) write(q *Query, at level, guest bool) *template {
	t := &template{}
	st := &statement{tables: l.st.tables, outputs: slices.Clip(l.st.outputs)}
	switch {
	case at.edge != nil && !at.single():
		t.parent = true
		st.outputs = append(st.outputs, output{kind: outputParent})
	case len(st.outputs) == 0: // only how many rows there are is wanted
		st.outputs = append(st.outputs, output{kind: outputColumn, column: idColumn})
	}
	b := &builder{guest: guest, slots: &t.slots}
	b.rows(st, q, at)
	t.text, t.fixed, t.width = b.sql.String(), b.args, len(st.outputs)
	for i, s := range t.slots {
		if s.from != slotFixed {
			t.fixed[i] = nil
		}
	}
	return t
}

// fill returns the values of the statement.
func (t *template) fill(q *Query, ids []models.ID) []any {
	args := make([]any, len(t.slots))
	var last any // the id at the end of the list, which stands for those that fill it up
	for i, s := range t.slots {
		switch s.from {
		case slotFixed:
			args[i] = t.fixed[i]
		case slotID:
			if s.at < len(ids)-1 {
				args[i] = ids[s.at][:]
				continue
			}
			if last == nil {
				last = ids[len(ids)-1][:]
			}
			args[i] = last
		case slotAfter:
			args[i] = q.Page.After.value(s.at)
		case slotBefore:
			args[i] = q.Page.Before.value(s.at)
		}
	}
	return args
}

// value is a value of the cursor; the one after the last is the id.
func (c *Cursor) value(at int) any {
	if at == len(c.Values) {
		return c.ID[:]
	}
	return c.Values[at]
}
