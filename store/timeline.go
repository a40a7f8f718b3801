package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/minutebook/minutebook/models"
)

// Event is something dated about a record: the other record that it is about.
type Event struct {
	Day    models.Date
	Kind   models.TimelineKind
	Record Ref
	place  int // of the lane
}

const eventCursorVersion = "e1"

// Cursor is the position of the event in the timeline.
func (e Event) Cursor() string {
	raw, _ := json.Marshal([]any{eventCursorVersion, e.Day, e.Record.ID[:], e.place})
	return base64.RawURLEncoding.EncodeToString(raw)
}

func eventOf(cursor string) (*Event, error) {
	bad := models.At("after", models.BadInput("this is not a cursor of a timeline"))
	raw, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(raw) > 200 {
		return nil, bad
	}
	var version, day string
	var id []byte
	e := &Event{}
	parts := []any{&version, &day, &id, &e.place}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil || len(list) != len(parts) {
		return nil, bad
	}
	for i, part := range list {
		if json.Unmarshal(part, parts[i]) != nil {
			return nil, bad
		}
	}
	if e.Day, err = models.ParseDate(day); err != nil || version != eventCursorVersion || len(id) != 16 {
		return nil, bad
	}
	e.Record.ID = models.ID(id)
	return e, nil
}

// events are the lanes that make up the timeline of records of a type.
func events(recordType models.RecordType) []lane {
	var out []lane
	for _, l := range lanes {
		counts := l.ofFrom
		if l.back {
			counts = l.ofTo
		}
		if counts && l.day != "" && l.near().entity.Record == recordType {
			out = append(out, l)
		}
	}
	return out
}

// Timeline returns the dated events of a record that the actor may see, the newest first, at most first of them after a
// cursor, in one statement. More says that there are older ones.
func (s *Store) Timeline(ctx context.Context, actor models.Actor, of Ref, first int, after string) (found []Event, more bool, err error) {
	var from *Event
	if after != "" {
		if from, err = eventOf(after); err != nil {
			return nil, false, err
		}
	}
	all := events(of.Type)
	if len(all) == 0 {
		return nil, false, nil
	}
	ld := s.loader(ctx, actor)
	b := &builder{guest: ld.guest}
	b.text("SELECT d_, f_, l_ FROM (")
	for i, l := range all {
		if i > 0 {
			b.text(" UNION ALL ")
		}
		b.event(l, of.ID, first, from)
	}
	b.text(") e ORDER BY d_ DESC, f_ DESC, l_ DESC LIMIT ?").bind(first + 1)
	err = ld.each(b.sql.String(), b.args, func(rows *sql.Rows) error {
		var e Event
		if err := rows.Scan(&e.Day, &e.Record.ID, &e.place); err != nil {
			return err
		}
		l := lanes[e.place]
		e.Record.Type, e.Kind = l.far().entity.Record, models.TimelineKind(l.kind)
		if l.timelineOnly {
			e.Kind = l.timelineKindName
		}
		found = append(found, e)
		return nil
	})
	if len(found) > first {
		found, more = found[:first], true
	}
	return found, more, err
}

// event writes the newest events of one lane, the same record on the same day once.
func (b *builder) event(l lane, of models.ID, first int, from *Event) {
	far := "r." + l.far().column
	b.text(fmt.Sprintf("SELECT d_, f_, l_ FROM (SELECT DISTINCT %s AS d_, %s AS f_, %d AS l_", l.day, far, l.place))
	b.lane(l, []models.ID{of}, true)
	b.text(" AND " + l.day + " IS NOT NULL")
	if from != nil {
		day, id := string(from.Day), from.Record.ID[:]
		b.text(" AND ("+l.day+" < ? OR "+l.day+" = ? AND ("+far+" < ?").bind(day, day, id)
		if l.place < from.place {
			b.text(" OR " + far + " = ?").bind(id)
		}
		b.text("))")
	}
	b.text(fmt.Sprintf(" ORDER BY d_ DESC, f_ DESC LIMIT ?) u%d", l.place)).bind(first + 1)
}
