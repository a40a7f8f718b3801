package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"

	"github.com/minutebook/minutebook/models"
)

// CoAttendance asks for the people who were in the same meetings as each of the people of a level, those who were there
// most often first. Key is the name under which the page is kept at the person.
type CoAttendance struct {
	Key      string
	Body     *models.ID
	From, To *models.Date
	First    int
	After    *CoAttendanceCursor
	Rows     bool   // whether people are wanted at all, or only their number
	Total    bool   // whether the number of all of them is wanted
	People   *Query // what to load of them; nil: nothing
}

// CoAttendanceCursor is a position among the people who were in the same meetings.
type CoAttendanceCursor struct {
	Meetings int
	ID       models.ID
}

const coAttendanceCursorVersion = "c1"

// String is the cursor as clients see it.
func (c CoAttendanceCursor) String() string {
	raw, _ := json.Marshal([]any{coAttendanceCursorVersion, c.Meetings, c.ID[:]})
	return base64.RawURLEncoding.EncodeToString(raw)
}

// ParseCoAttendanceCursor reads a cursor.
func ParseCoAttendanceCursor(text string) (*CoAttendanceCursor, error) {
	bad := models.BadInput("this is not a cursor of coAttendees")
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) > 200 {
		return nil, bad
	}
	var version string
	var id []byte
	c := &CoAttendanceCursor{}
	parts := []any{&version, &c.Meetings, &id}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil || len(list) != len(parts) {
		return nil, bad
	}
	for i, part := range list {
		if json.Unmarshal(part, parts[i]) != nil {
			return nil, bad
		}
	}
	if version != coAttendanceCursorVersion || len(id) != len(c.ID) {
		return nil, bad
	}
	copy(c.ID[:], id)
	return c, nil
}

// met is somebody who was in the same meetings as a person.
type met struct {
	CoAttendanceCursor
	person models.ID
}

// coAttendances answers what is asked of the people of a level: a statement for the counts, one for what is wanted of the
// people found, and one for the numbers of all where those are asked for.
func (ld *loader) coAttendances(asked []*CoAttendance, of *owners) error {
	for _, c := range asked {
		for chunk := range chunks(of.ids) {
			pages, err := ld.coAttendance(c, chunk)
			if err != nil {
				return err
			}
			for _, id := range chunk {
				for _, h := range of.holders[id] {
					h.SetLoaded(c.Key, pages[id])
				}
			}
		}
	}
	return nil
}

func (ld *loader) coAttendance(c *CoAttendance, people []models.ID) (map[models.ID]*models.CoAttendanceConnection, error) {
	found, err := ld.met(c, people)
	if err != nil {
		return nil, err
	}
	records, err := ld.metPeople(c, found)
	if err != nil {
		return nil, err
	}
	pages := make(map[models.ID]*models.CoAttendanceConnection, len(people))
	for _, id := range people {
		pages[id] = &models.CoAttendanceConnection{Edges: []*models.CoAttendanceEdge{}, Nodes: []*models.Person{}}
		pages[id].PageInfo.HasPreviousPage = c.After != nil
	}
	for _, m := range found {
		add(pages[m.person], m, records[m.ID], c.First)
	}
	return pages, ld.metTotals(c, people, pages)
}

// add puts somebody on a page; the one beyond it tells that there is more.
func add(page *models.CoAttendanceConnection, m met, record any, first int) {
	if len(page.Edges) == first {
		page.PageInfo.HasNextPage = true
		return
	}
	person, ok := record.(*models.Person)
	if !ok {
		return // withdrawn between two statements
	}
	cursor := m.String()
	page.Edges = append(page.Edges, &models.CoAttendanceEdge{Cursor: cursor, Node: person, Meetings: m.Meetings})
	page.Nodes = append(page.Nodes, person)
	if page.PageInfo.StartCursor == nil {
		page.PageInfo.StartCursor = &cursor
	}
	page.PageInfo.EndCursor = &cursor
}

// met counts the meetings that others were in together with each of the people. Rows come in the order of the pages.
func (ld *loader) met(c *CoAttendance, people []models.ID) ([]met, error) {
	if !c.Rows {
		return nil, nil
	}
	const count = "COUNT(DISTINCT b.meeting_id)"
	b := &builder{guest: ld.guest}
	several := len(people) > 1
	if several {
		b.text("SELECT p_, o_, n_ FROM (")
	}
	b.text("SELECT a.person_id AS p_, b.person_id AS o_, " + count + " AS n_")
	if several {
		b.text(", ROW_NUMBER() OVER (PARTITION BY a.person_id ORDER BY " + count + " DESC, b.person_id DESC) AS rn_")
	}
	b.together(c, people)
	b.text(" GROUP BY a.person_id, b.person_id")
	if c.After != nil {
		b.text(" HAVING "+count+" < ? OR "+count+" = ? AND b.person_id < ?").bind(c.After.Meetings, c.After.Meetings, c.After.ID[:])
	}
	if several {
		b.text(") t WHERE rn_ <= ? ORDER BY p_, rn_").bind(c.First + 1)
	} else {
		b.text(" ORDER BY n_ DESC, o_ DESC LIMIT ?").bind(c.First + 1)
	}
	var found []met
	err := ld.each(b.sql.String(), b.args, func(rows *sql.Rows) error {
		var m met
		err := rows.Scan(&m.person, &m.ID, &m.Meetings)
		found = append(found, m)
		return err
	})
	return found, err
}

// together writes the pairs of attendances, a of the people and b of others, in the same meetings. Both were there.
func (b *builder) together(c *CoAttendance, people []models.ID) {
	b.text(" FROM attendances a JOIN attendances b ON b.meeting_id = a.meeting_id AND b.person_id <> a.person_id AND b.status = 'PRESENT'")
	b.visible(Schema.Attendances, "b")
	if c.Body != nil {
		b.text(" JOIN meetings m ON m.id = a.meeting_id AND m.body_id = ?").bind(c.Body[:])
	}
	b.text(" WHERE a.person_id IN (").ids(people).text(") AND a.status = 'PRESENT'")
	b.visible(Schema.Attendances, "a")
	b.days("a.held_on", c.From, c.To)
}

// metPeople loads what is wanted of the people found.
func (ld *loader) metPeople(c *CoAttendance, found []met) (map[models.ID]any, error) {
	if c.People == nil {
		records := make(map[models.ID]any, len(found))
		for _, m := range found {
			records[m.ID] = &models.Person{Base: models.Base{ID: m.ID}}
		}
		return records, nil
	}
	ids := make([]models.ID, len(found))
	for i, m := range found {
		ids[i] = m.ID
	}
	return ld.records(c.People, ids)
}

// metTotals counts all who were in the same meetings, where that is asked for and the pages do not tell.
func (ld *loader) metTotals(c *CoAttendance, people []models.ID, pages map[models.ID]*models.CoAttendanceConnection) error {
	if !c.Total {
		return nil
	}
	known := c.Rows && c.After == nil
	for _, page := range pages {
		page.TotalCount = len(page.Edges)
		known = known && !page.PageInfo.HasNextPage
	}
	if known {
		return nil
	}
	b := &builder{guest: ld.guest}
	b.text("SELECT a.person_id, COUNT(DISTINCT b.person_id)")
	b.together(c, people)
	b.text(" GROUP BY a.person_id")
	return ld.each(b.sql.String(), b.args, func(rows *sql.Rows) error {
		var person models.ID
		var total int
		if err := rows.Scan(&person, &total); err != nil {
			return err
		}
		pages[person].TotalCount = total
		return nil
	})
}

// CoAttendees answers what is asked of one person.
func (s *Store) CoAttendees(ctx context.Context, actor models.Actor, c *CoAttendance, person models.ID) (*models.CoAttendanceConnection, error) {
	pages, err := s.loader(ctx, actor).coAttendance(c, []models.ID{person})
	return pages[person], err
}
