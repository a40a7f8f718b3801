package store

import (
	"fmt"
	"strings"

	"github.com/mozillazg/go-pinyin"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/search"
)

// indexed says what the index holds of a type of records.
type indexed struct {
	entity *Entity
	fields []string // as the API names them, in the order of the columns; the first titles of them are titles
	titles int
	named  bool // other names of the record are titles as well
	// from is the FROM of the rows, and columns what is read of one: meeting, day, then the fields.
	columns, from string
}

// noMeeting stands for the meeting and the day of what has none.
const noMeeting = "NULL AS meeting, NULL AS day, "

// maxIndexedText is how many code points of a field the index holds.
const maxIndexedText = 300_000

// indexedTypes are the records that have texts to be found by. Minutes are found by their items, decisions and directives,
// which hold their text; only where there are no items does the text of the document itself count, so that every passage
// is found once.
var indexedTypes = []*indexed{
	{entity: Schema.Organizations, named: true, columns: noMeeting + "t.name", fields: []string{"name"}, titles: 1, from: "organizations t"},
	{entity: Schema.People, named: true, columns: noMeeting + "t.name, t.pinyin", fields: []string{"name", "pinyin"}, titles: 1, from: "people t"},
	{entity: Schema.Meetings, columns: "t.id, t.held_on, t.title", fields: []string{"title"}, titles: 1, from: "meetings t"},
	{
		entity: Schema.Documents, fields: []string{"title", "number", "text"}, titles: 2, from: "documents t LEFT JOIN meetings m ON m.id = t.meeting_id",
		columns: "t.meeting_id, COALESCE(t.issued_on, t.compiled_on, m.held_on), t.title, t.number," +
			" CASE WHEN EXISTS (SELECT 1 FROM agenda_items i WHERE i.meeting_id = t.meeting_id) THEN NULL ELSE t.text END",
	},
	{entity: Schema.AgendaItems, columns: "t.meeting_id, t.held_on, t.title, t.text", fields: []string{"title", "text"}, titles: 1, from: "agenda_items t"},
	{entity: Schema.Decisions, columns: "t.meeting_id, t.held_on, t.text", fields: []string{"text"}, from: "decisions t"},
	{
		entity: Schema.Directives, columns: "i.meeting_id, t.held_on, t.text", fields: []string{"text"},
		from: "directives t JOIN agenda_items i ON i.id = t.agenda_item_id",
	},
}

var indexedByType = func() map[models.RecordType]*indexed {
	all := map[models.RecordType]*indexed{}
	for _, t := range indexedTypes {
		all[t.entity.Record] = t
	}
	return all
}()

// texts are what a record is found by.
type texts struct {
	id, meeting models.ID
	public      bool
	heldOn      models.Date
	fields      []string // as the type lists them; empty where there is none
	names       []string // beside the name that is a field
}

// reading is a query as both transactions and readers run it.
type reading func(statement string, args []any, row func(scan func(...any) error) error) error

// read reads the texts of records of the type.
func (t *indexed) read(ids []models.ID, lock string, query reading) ([]*texts, error) {
	var all []*texts
	byID := map[models.ID]*texts{}
	for chunk := range chunks(unique(ids)) {
		b := (&builder{}).text(fmt.Sprintf("SELECT t.id, t.public, %s FROM %s WHERE t.id IN (", t.columns, t.from)).ids(chunk).text(")" + lock)
		err := query(b.sql.String(), b.args, func(scan func(...any) error) error {
			row := &texts{fields: make([]string, len(t.fields))}
			values := make([]*string, len(t.fields))
			into := []any{&row.id, &row.public, &row.meeting, &row.heldOn}
			for i := range values {
				into = append(into, &values[i])
			}
			err := scan(into...)
			for i, value := range values {
				if value != nil {
					row.fields[i] = clipped(*value)
				}
			}
			all, byID[row.id] = append(all, row), row
			return err
		})
		if err != nil || !t.named {
			return all, err
		}
		b = (&builder{}).text("SELECT owner_id, text FROM names WHERE owner_id IN (").ids(chunk).text(") ORDER BY owner_id, position")
		err = query(b.sql.String(), b.args, func(scan func(...any) error) error {
			var owner models.ID
			var name string
			err := scan(&owner, &name)
			if row := byID[owner]; row != nil && name != row.fields[0] {
				row.names = append(row.names, name)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// clipped cuts a text to what the index holds of it.
func clipped(text string) string {
	if len(text) <= maxIndexedText {
		return text
	}
	n := 0
	for i := range text {
		if n == maxIndexedText {
			return text[:i]
		}
		n++
	}
	return text
}

// forms returns the title and the whole text in the form in which they are compared, and how long the title is: that of the
// first name where there are several.
func (t *indexed) forms(row *texts) (title, content string, width int) {
	var lines []string
	for _, text := range append(row.fields[:t.titles:t.titles], row.names...) {
		lines = append(lines, search.Fold(text))
	}
	if t.entity == Schema.People {
		lines = append(lines, readings(append(row.fields[:1:1], row.names...), row.fields[1])...)
	}
	if len(lines) > 0 {
		width = search.Width(lines[0])
	}
	title = search.Lines(lines...)
	if t.titles == len(t.fields) || t.named {
		return title, title, width
	}
	return title, title + search.Fold(row.fields[len(t.fields)-1]), width
}

// readings returns what people are found by beside their names: how these are read. The family name is read in every way
// its character can be read, as those who look for somebody may not know which.
func readings(names []string, own string) []string {
	var lines []string
	seen := map[string]bool{}
	add := func(reading string) {
		if reading == "" || seen[reading] {
			return
		}
		seen[reading] = true
		lines = append(lines, search.Reading(strings.Fields(reading))...)
	}
	add(search.Plain(own))
	for _, name := range names {
		usual := Pinyin(name)
		add(usual)
		_, rest, several := strings.Cut(usual, " ")
		if !several {
			continue
		}
		every := pinyin.NewArgs()
		every.Heteronym = true
		for _, family := range pinyin.SinglePinyin([]rune(strings.TrimSpace(name))[0], every) {
			add(family + " " + rest)
		}
	}
	return lines
}
