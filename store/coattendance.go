package store

import (
	"fmt"

	"github.com/minutebook/minutebook/models"
)

// Met says which meetings count where people are asked for who were in the same ones.
type Met struct {
	Body     *models.ID
	From, To *models.Date
}

// CoAttendees leads from people to those who were in the same meetings. No table holds that: it is counted from the
// attendances, and so it is no edge of the declaration. A query along it has Met.
var CoAttendees = &Edge{
	Field: "coAttendees", To: Schema.People, Connection: true, Sort: []Sort{{Column: metMeetings, Desc: true, link: true}},
	Link: &Link{Parent: "p_", Child: "o_", Columns: []*Column{metMeetings}},
}

// metMeetings is at how many meetings both were.
var metMeetings = &Column{Field: "meetings", Name: "n_", Kind: Int}

// countedAtOnce bounds the people whose meetings one statement looks at.
const countedAtOnce = 100

// metRows writes the statement for those whom the people of a level met. Only who stands on a page is looked up.
func (b *builder) metRows(st *statement, q *Query, l level) {
	b.text("SELECT ")
	for i, o := range st.outputs {
		if i > 0 {
			b.text(", ")
		}
		b.text(b.output(o, st, l, false))
	}
	b.text(" FROM (")
	if l.single() {
		b.metCounts(q, l).text(" ORDER BY n_ DESC, o_ DESC LIMIT ?").bind(q.Page.Size + 1)
	} else {
		b.text("SELECT p_, o_, n_, ROW_NUMBER() OVER (PARTITION BY p_ ORDER BY n_ DESC, o_ DESC) AS rn_ FROM (")
		b.metCounts(q, l).text(") c")
	}
	b.text(fmt.Sprintf(") l JOIN %s t ON t.id = l.o_", q.Entity.Table))
	b.visible(q.Entity, "t")
	b.joins(st)
	if !l.single() {
		b.text(" WHERE l.rn_ <= ?").bind(q.Page.Size + 1)
	}
	b.text(" ORDER BY l.p_, l.n_ DESC, l.o_ DESC")
}

// metCounts writes the statement that counts the meetings of two: p_ is one of the people of the level and o_ somebody
// else. One may hold several seats of one meeting, and a meeting counts once.
func (b *builder) metCounts(q *Query, l level) *builder {
	b.text("SELECT a.person_id AS p_, b.person_id AS o_, COUNT(DISTINCT b.meeting_id) AS n_").together(q, l)
	b.text(" GROUP BY a.person_id, b.person_id")
	if after := q.Page.After; after != nil {
		meetings, id := slot{from: slotAfter}, slot{from: slotAfter, at: 1}
		b.text(" HAVING n_ < ? OR n_ = ? AND o_ < ?").bindAt(meetings, after.Values[0], after.Values[0])
		b.bindAt(id, after.ID[:])
	}
	return b
}

// metTotals writes the statement for how many each of the people met.
func (b *builder) metTotals(q *Query, l level) {
	b.text("SELECT a.person_id, COUNT(DISTINCT b.person_id)").together(q, l)
	b.text(" GROUP BY a.person_id")
}

// together writes the pairs of attendances, a of the people and b of others, in the same meetings. Both were there.
func (b *builder) together(q *Query, l level) {
	b.text(" FROM attendances a JOIN attendances b ON b.meeting_id = a.meeting_id AND b.person_id <> a.person_id AND b.status = 'PRESENT'")
	b.visible(Schema.Attendances, "b")
	if q.Met.Body != nil {
		b.text(" JOIN meetings m ON m.id = a.meeting_id AND m.body_id = ?").bind(q.Met.Body[:])
	}
	b.text(" WHERE a.person_id IN (").ids(l.parents).text(") AND a.status = 'PRESENT'")
	b.visible(Schema.Attendances, "a")
	b.days("a.held_on", q.Met.From, q.Met.To)
}

// met puts a set into the shape of the connection of those met.
func (s *set) met(q *Query) *models.CoAttendanceConnection {
	p := s.page(q)
	c := &models.CoAttendanceConnection{
		Edges: make([]*models.CoAttendanceEdge, len(s.rows)), Nodes: make([]*models.Person, len(s.rows)), PageInfo: p.info, TotalCount: p.total,
	}
	for i, r := range s.rows {
		c.Nodes[i] = r.node.(*models.Person)
		c.Edges[i] = &models.CoAttendanceEdge{Node: c.Nodes[i], Meetings: r.meetings}
		if q.Cursors {
			c.Edges[i].Cursor = p.cursors[i]
		}
	}
	return c
}
