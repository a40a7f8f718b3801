package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"slices"

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

// coAttendances answers what is asked of the people of a level: a statement for who was at their meetings, and one for what
// is wanted of those.
func (ld *loader) coAttendances(asked []*CoAttendance, of *owners) error {
	for _, c := range asked {
		for people := range slices.Chunk(of.ids, countedAtOnce) {
			pages, err := ld.coAttendance(c, people)
			if err != nil {
				return err
			}
			for _, id := range people {
				for _, h := range of.holders[id] {
					h.SetLoaded(c.Key, pages[id])
				}
			}
		}
	}
	return nil
}

// countedAtOnce bounds the people whose meetings are in memory together.
const countedAtOnce = 100

func (ld *loader) coAttendance(c *CoAttendance, people []models.ID) (map[models.ID]*models.CoAttendanceConnection, error) {
	counted, err := ld.companions(c, people)
	if err != nil {
		return nil, err
	}
	pages := make(map[models.ID]*models.CoAttendanceConnection, len(people))
	shown := make(map[models.ID][]CoAttendanceCursor, len(people))
	var ids []models.ID
	for _, id := range people {
		page := &models.CoAttendanceConnection{Edges: []*models.CoAttendanceEdge{}, Nodes: []*models.Person{}}
		page.PageInfo.HasPreviousPage = c.After != nil
		pages[id] = page
		if of := counted[id]; of != nil {
			shown[id], page.PageInfo.HasNextPage, page.TotalCount = of.page(c)
		}
		for _, m := range shown[id] {
			ids = append(ids, m.ID)
		}
	}
	records, err := ld.companionRecords(c, ids)
	if err != nil {
		return nil, err
	}
	for id, list := range shown {
		for _, m := range list {
			add(pages[id], m, records[m.ID])
		}
	}
	return pages, nil
}

// add puts somebody on a page.
func add(page *models.CoAttendanceConnection, m CoAttendanceCursor, record any) {
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

// companions are those who were in the same meetings as one person: each pair of a meeting and somebody in it, by their
// places. One person may hold several seats of one meeting, and a meeting counts once. The database counts distinct
// meetings three times slower than it reads the pairs.
type companions struct {
	people, meetings map[models.ID]uint32
	ids              []models.ID // of the people, by their places
	pairs            []uint64
}

func (m *companions) add(meeting, person models.ID) {
	at, known := m.meetings[meeting]
	if !known {
		at = uint32(len(m.meetings))
		m.meetings[meeting] = at
	}
	who, known := m.people[person]
	if !known {
		who = uint32(len(m.ids))
		m.people[person], m.ids = who, append(m.ids, person)
	}
	m.pairs = append(m.pairs, uint64(who)<<32|uint64(at))
}

// page counts, and returns what stands on the page, whether there is more after it, and how many there are at all.
func (m *companions) page(c *CoAttendance) (shown []CoAttendanceCursor, more bool, total int) {
	slices.Sort(m.pairs)
	list := make([]CoAttendanceCursor, len(m.ids))
	for i, id := range m.ids {
		list[i].ID = id
	}
	for _, pair := range slices.Compact(m.pairs) {
		list[pair>>32].Meetings++
	}
	slices.SortFunc(list, CoAttendanceCursor.compare)
	total = len(list)
	if c.After != nil {
		at, _ := slices.BinarySearchFunc(list, *c.After, CoAttendanceCursor.compare)
		for at < len(list) && list[at].compare(*c.After) <= 0 {
			at++
		}
		list = list[at:]
	}
	if !c.Rows {
		return nil, false, total
	}
	n := min(c.First, len(list))
	return list[:n], len(list) > n, total
}

// compare orders by the number of meetings, the largest first, then the newest person.
func (c CoAttendanceCursor) compare(other CoAttendanceCursor) int {
	return cmp.Or(cmp.Compare(other.Meetings, c.Meetings), bytes.Compare(other.ID[:], c.ID[:]))
}

// companions reads who was at the meetings of each of the people.
func (ld *loader) companions(c *CoAttendance, people []models.ID) (map[models.ID]*companions, error) {
	b := &builder{guest: ld.guest}
	b.text("SELECT a.person_id, b.meeting_id, b.person_id")
	b.together(c, people)
	found := make(map[models.ID]*companions, len(people))
	var person, meeting, other sql.RawBytes
	err := ld.each(b.sql.String(), b.args, func(rows *sql.Rows) error {
		if err := rows.Scan(&person, &meeting, &other); err != nil {
			return err
		}
		m := found[models.ID(person)]
		if m == nil {
			m = &companions{people: map[models.ID]uint32{}, meetings: map[models.ID]uint32{}}
			found[models.ID(person)] = m
		}
		m.add(models.ID(meeting), models.ID(other))
		return nil
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

// companionRecords loads what is wanted of the people found.
func (ld *loader) companionRecords(c *CoAttendance, ids []models.ID) (map[models.ID]any, error) {
	if c.People == nil {
		records := make(map[models.ID]any, len(ids))
		for _, id := range ids {
			records[id] = &models.Person{Base: models.Base{ID: id}}
		}
		return records, nil
	}
	return ld.records(c.People, ids)
}

// CoAttendees answers what is asked of one person.
func (s *Store) CoAttendees(ctx context.Context, actor models.Actor, c *CoAttendance, person models.ID) (*models.CoAttendanceConnection, error) {
	pages, err := s.loader(ctx, actor).coAttendance(c, []models.ID{person})
	return pages[person], err
}
