package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/search"
)

func fieldsOf(c *models.Change) ([]*models.FieldChange, error) {
	var fields []*models.FieldChange
	err := json.Unmarshal([]byte(c.FieldsJSON), &fields)
	return fields, err
}

// rule is a query for the ids of rows that break one, with the words for it.
type rule struct{ query, words string }

// copyRules hold between copies of a value and what they are copies of.
var copyRules = []rule{
	{"SELECT t.id FROM agenda_items t JOIN meetings m ON m.id = t.meeting_id WHERE m.held_on <> t.held_on",
		"agenda item %s: its day is not its meeting's"},
	{"SELECT t.id FROM attendances t JOIN meetings m ON m.id = t.meeting_id WHERE m.held_on <> t.held_on", "attendance %s: its day is not its meeting's"},
	{"SELECT t.id FROM decisions t JOIN agenda_items i ON i.id = t.agenda_item_id WHERE i.held_on <> t.held_on OR i.meeting_id <> t.meeting_id",
		"decision %s: its meeting or its day is not its item's"},
	{"SELECT t.id FROM directives t JOIN agenda_items i ON i.id = t.agenda_item_id WHERE i.held_on <> t.held_on",
		"directive %s: its day is not its item's"},
	{"SELECT t.id FROM presentations t JOIN agenda_items i ON i.id = t.agenda_item_id WHERE i.held_on <> t.held_on",
		"presentation %s: its day is not its item's"},
	{"SELECT t.agenda_item_id FROM agenda_item_documents t JOIN agenda_items i ON i.id = t.agenda_item_id WHERE i.meeting_id <> t.meeting_id",
		"agenda item %s: the link to a document names another meeting"},
	{"SELECT t.step_id FROM step_actors t JOIN decision_steps s ON s.id = t.step_id WHERE s.decision_id <> t.decision_id",
		"step %s: an actor of it names another decision"},
	{"SELECT r.from_id FROM redirects r WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.id = r.to_id)" +
		" AND NOT EXISTS (SELECT 1 FROM organizations o WHERE o.id = r.to_id)" +
		" AND NOT EXISTS (SELECT 1 FROM changes c WHERE c.record_id = r.to_id AND c.operation = 'DELETE')", "merged record %s: it leads nowhere"},
	{"SELECT r.from_id FROM redirects r WHERE EXISTS (SELECT 1 FROM people p WHERE p.id = r.from_id)" +
		" OR EXISTS (SELECT 1 FROM organizations o WHERE o.id = r.from_id)", "merged record %s: it is there and leads elsewhere"},
	{"SELECT e.record_id FROM field_edits e WHERE NOT EXISTS (SELECT 1 FROM changes c WHERE c.record_id = e.record_id)",
		"record %s: an edit of it is noted, and nothing in the log"},
}

// spanRules hold between spans and the texts that they quote. SQLite counts characters by LENGTH, MySQL by CHAR_LENGTH.
func spanRules(d Dialect) []rule {
	length := "CHAR_LENGTH"
	if d == SQLite {
		length = "LENGTH"
	}
	return []rule{
		{"SELECT t.id FROM source_spans t WHERE t.start_at < 0 OR t.end_at < t.start_at", "span %s: it ends before it begins"},
		{"SELECT t.id FROM source_spans t JOIN documents d ON d.id = t.document_id WHERE d.text IS NOT NULL AND t.end_at > " + length + "(d.text)",
			"span %s: it ends behind the text that it quotes"},
	}
}

// numbered are tables whose rows have a place of their own under what they belong to.
var numbered = []struct{ table, parent string }{
	{"decision_steps", "decision_id"}, {"presentations", "agenda_item_id"}, {"distributions", "document_id"}, {"names", "owner_id"},
}

func placeRules() []rule {
	var out []rule
	for _, n := range numbered {
		out = append(out, rule{
			fmt.Sprintf("SELECT MAX(t.id) FROM %s t GROUP BY t.%s, t.position HAVING COUNT(*) > 1", n.table, n.parent),
			n.table + ": the row %s has the place of another",
		})
	}
	return out
}

// foreignColumn is a column that names rows of another table.
type foreignColumn struct{ table, id, column, to string }

// references lists the columns that name other rows, from the declaration.
func references() []foreignColumn {
	seen := map[string]bool{}
	var out []foreignColumn
	add := func(r foreignColumn) {
		if key := r.table + "." + r.column; !seen[key] {
			seen[key] = true
			out = append(out, r)
		}
	}
	for _, t := range storedTables {
		if t.entity == nil {
			continue
		}
		for i := range t.entity.Edges {
			edge := &t.entity.Edges[i]
			switch {
			case edge.Local != "":
				add(foreignColumn{t.name, "id", edge.Local, edge.To.Table})
			case edge.Link != nil && tablesByName[edge.Link.Table] != nil && tablesByName[edge.Link.Table].entity == nil:
				add(foreignColumn{edge.Link.Table, edge.Link.Parent, edge.Link.Child, edge.To.Table})
				add(foreignColumn{edge.Link.Table, edge.Link.Child, edge.Link.Parent, t.name})
			}
		}
	}
	return out
}

func referenceRules() []rule {
	var out []rule
	for _, r := range references() {
		out = append(out, rule{
			fmt.Sprintf("SELECT t.%s FROM %s t WHERE t.%s IS NOT NULL AND NOT EXISTS (SELECT 1 FROM %s o WHERE o.id = t.%s)", r.id, r.table, r.column, r.to, r.column),
			r.table + ": %s names in " + r.column + " a row of " + r.to + " that is not there",
		})
	}
	return out
}

// ownerRules say that what hangs on a record or a part of one, of whichever kind, hangs on something.
func ownerRules() []rule {
	var out []rule
	for _, owned := range []string{"names", "identifiers", "source_spans"} {
		var none []string
		for _, t := range storedTables {
			if t.entity != nil && t.paths["id"] != nil && t.name != owned && t.name != "source_spans" {
				none = append(none, fmt.Sprintf("NOT EXISTS (SELECT 1 FROM %s o WHERE o.id = t.owner_id)", t.name))
			}
		}
		out = append(out, rule{
			fmt.Sprintf("SELECT t.id FROM %s t WHERE %s", owned, strings.Join(none, " AND ")), owned + ": the row %s belongs to nothing",
		})
	}
	return out
}

// rules checks the rules that hold between tables.
func (v *verifier) rules() error {
	all := slices.Concat(referenceRules(), ownerRules(), copyRules, spanRules(v.s.dialect), placeRules())
	for i, r := range all {
		if err := v.ids(r.query, r.words); err != nil {
			return err
		}
		v.tell("rules", int64(i+1), int64(len(all)))
	}
	return v.quotes()
}

// quotes checks that spans quote what stands in the text.
func (v *verifier) quotes() error {
	return v.ids("SELECT t.id FROM source_spans t JOIN documents d ON d.id = t.document_id WHERE d.text IS NOT NULL"+
		" AND t.quote <> SUBSTR(d.text, t.start_at + 1, t.end_at - t.start_at)", "span %s: its quote is not what stands there")
}

// indexEntry is an entry of the search index.
type indexEntry struct {
	public        bool
	day           models.Date
	meeting       models.ID
	width         int
	title, tokens string
}

// index holds the search index of a type to the records.
func (v *verifier) index(t *indexed) error {
	stale := fmt.Sprintf("SELECT s.record_id FROM search_entries s WHERE s.record_type = ? AND NOT EXISTS (SELECT 1 FROM %s t WHERE t.id = s.record_id)", t.entity.Table)
	if err := v.ids(stale, t.entity.Name+" %s: the search index has it, and it is not there", string(t.entity.Record)); err != nil {
		return err
	}
	all, err := v.number("SELECT COUNT(*) FROM " + t.entity.Table)
	if err != nil {
		return err
	}
	var done int64
	for last := (models.ID{}); ; {
		var ids []models.ID
		err := v.each(fmt.Sprintf("SELECT id FROM %s WHERE id > ? ORDER BY id LIMIT %d", t.entity.Table, maxRows), []any{last[:]}, func(scan func(...any) error) error {
			var id models.ID
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := v.indexPage(t, ids); err != nil {
			return err
		}
		last = ids[len(ids)-1]
		done += int64(len(ids))
		v.tell("entries of the search index of type "+t.entity.Name, done, all)
	}
}

// indexPage holds some entries to their records.
func (v *verifier) indexPage(t *indexed, ids []models.ID) error {
	rows, err := t.read(ids, "", v.each)
	if err != nil {
		return err
	}
	entries, err := v.entries(ids)
	if err != nil {
		return err
	}
	for _, row := range rows {
		title, content, width := t.forms(row)
		want := indexEntry{row.public, row.heldOn, row.meeting, width, title, search.Tokens(content)}
		got, there := entries[row.id]
		switch {
		case want.tokens == "" && !there:
		case !there:
			v.report.addf("%s %s: the search index lacks it", t.entity.Name, row.id)
		case got.tokens == "" && v.s.dialect == SQLite: // its index does not give back what it was given
			want.tokens = ""
			fallthrough
		default:
			if got != want {
				v.report.addf("%s %s: its entry in the search index says something else", t.entity.Name, row.id)
			}
		}
	}
	return nil
}

// entries reads entries of the search index; on SQLite without their tokens.
func (v *verifier) entries(ids []models.ID) (map[models.ID]indexEntry, error) {
	out := map[models.ID]indexEntry{}
	columns, from := "COALESCE(k.tokens, '')", "search_entries s LEFT JOIN search_tokens k ON k.record_id = s.record_id"
	if v.s.dialect == SQLite {
		columns, from = "''", "search_entries s"
	}
	for chunk := range chunks(ids) {
		b := (&builder{}).text("SELECT s.record_id, s.public, s.held_on, s.meeting_id, s.width, s.title, " + columns + " FROM " + from + " WHERE s.record_id IN (").
			ids(chunk).text(")")
		err := v.each(b.sql.String(), b.args, func(scan func(...any) error) error {
			var id models.ID
			var f indexEntry
			err := scan(&id, &f.public, &f.day, &f.meeting, &f.width, &f.title, &f.tokens)
			out[id] = f
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
