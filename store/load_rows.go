package store

import (
	"database/sql"
	"fmt"

	"github.com/minutebook/minutebook/models"
)

// each runs a statement and hands over its rows.
func (ld *loader) each(text string, args []any, read func(*sql.Rows) error) error {
	if ld.joint != nil {
		return ld.joint.read(ld.ctx, text, args, read)
	}
	ctx, finish := ld.db.watched(ld.ctx)
	defer finish()
	rows, err := ld.db.query(ctx, text, args)
	if err != nil {
		return fmt.Errorf("reading: %w", unavailable(err))
	}
	return readRows(rows, read)
}

// readRows hands over rows and closes them.
func readRows(rows *sql.Rows, read func(*sql.Rows) error) error {
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := read(rows); err != nil {
			return fmt.Errorf("reading a row: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading: %w", unavailable(err))
	}
	return nil
}

func unique(ids []models.ID) []models.ID {
	seen := make(map[models.ID]bool, len(ids))
	out := make([]models.ID, 0, len(ids))
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// chunks cuts ids into what one statement takes.
func chunks(ids []models.ID) func(yield func([]models.ID) bool) {
	return func(yield func([]models.ID) bool) {
		for len(ids) > 0 {
			n := min(len(ids), maxParents)
			if !yield(ids[:n]) {
				return
			}
			ids = ids[n:]
		}
	}
}
