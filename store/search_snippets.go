package store

import (
	"context"
	"database/sql"
	"unicode/utf8"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/search"
)

// snippetWidth is how many code points of a long text are shown.
const snippetWidth = 120

// Snippets adds to hits the stretches where the words stand, with one statement for each type, and one for names.
func (s *Store) Snippets(ctx context.Context, actor models.Actor, query search.Query, hits []*models.SearchHit) error {
	ld := s.loader(ctx, actor)
	run := func(statement string, args []any, row func(func(...any) error) error) error {
		return ld.each(statement, args, func(rows *sql.Rows) error { return row(rows.Scan) })
	}
	byID := map[models.ID][]*models.SearchHit{}
	ids := map[models.RecordType][]models.ID{}
	for _, hit := range hits {
		byID[hit.ID] = append(byID[hit.ID], hit)
		ids[hit.Type] = append(ids[hit.Type], hit.ID)
	}
	for recordType, wanted := range ids {
		t := indexedByType[recordType]
		rows, err := t.read(wanted, "", run)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if ld.guest && !row.public {
				continue // closed since it was found
			}
			for _, hit := range byID[row.id] {
				hit.Snippets = t.snippets(row, query)
			}
		}
	}
	return nil
}

// snippets cuts the stretches of a record's texts.
func (t *indexed) snippets(row *texts, query search.Query) []*models.Snippet {
	var out []*models.Snippet
	add := func(field, text string, width int) {
		for _, s := range search.Snippets(text, query, width) {
			snippet := &models.Snippet{Field: field, Text: s.Text}
			for _, r := range s.Ranges {
				snippet.Ranges = append(snippet.Ranges, &models.TextRange{Start: r.Start, End: r.End})
			}
			out = append(out, snippet)
		}
	}
	if t.named {
		add("name", row.fields[0], 0)
		for _, name := range row.names {
			add("names", name, 0)
		}
		if len(out) == 0 { // found by how a name is read
			name := row.fields[0]
			out = append(out, &models.Snippet{Field: "name", Text: name, Ranges: []*models.TextRange{{End: utf8.RuneCountInString(name)}}})
		}
		return out
	}
	for i, field := range t.fields {
		add(field, row.fields[i], map[bool]int{true: 0, false: snippetWidth}[i < t.titles && utf8.RuneCountInString(row.fields[i]) <= 2*snippetWidth])
	}
	return out
}
