package store

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// Report is what Verify found: how much it looked at, and what is wrong, in words.
type Report struct {
	Changes  int64
	Records  int64
	Problems []string
}

// maxProblems is how many problems a report names.
const maxProblems = 100

func (r *Report) addf(format string, args ...any) {
	if len(r.Problems) < maxProblems {
		r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
	}
}

// Verify checks that the log is whole, each entry bound to the one before, and that the graph keeps its rules: what a guest
// may see follows from what guards it, versions count the entries of the log, copies agree with what they are copies of, and
// nothing hangs on what is not there. It reads everything and changes nothing.
func (s *Store) Verify(ctx context.Context) (*Report, error) {
	report := &Report{}
	if err := s.verifyChain(ctx, report); err != nil {
		return nil, fmt.Errorf("verify the log: %w", unavailable(err))
	}
	for _, e := range guarded {
		if err := s.verifyEntity(ctx, e, report); err != nil {
			return nil, fmt.Errorf("verify %s: %w", e.Table, unavailable(err))
		}
	}
	if err := s.verifyCopies(ctx, report); err != nil {
		return nil, fmt.Errorf("verify the graph: %w", unavailable(err))
	}
	return report, nil
}

// verifyChain follows the log from its beginning to its head.
func (s *Store) verifyChain(ctx context.Context, report *Report) error {
	const page = 1000
	var hash []byte
	var sequence int64
	for {
		var changes []*models.Change
		err := s.orm.WithContext(ctx).Where("sequence > ?", sequence).Order("sequence").Limit(page).Find(&changes).Error
		if err != nil {
			return err
		}
		for _, c := range changes {
			if c.Sequence != sequence+1 {
				report.addf("change %d follows change %d: the entries between are missing", c.Sequence, sequence)
			}
			if want := chain(hash, c); !bytes.Equal(want, c.Hash) {
				report.addf("change %d (%s, of %s) is not what was written, or not in its place", c.Sequence, c.ID, c.At)
			}
			hash, sequence = c.Hash, c.Sequence
			report.Changes++
		}
		if len(changes) < page {
			break
		}
	}
	var head struct {
		Sequence int64
		Hash     []byte
	}
	if err := s.orm.WithContext(ctx).Table("change_head").Where("one = 1").Take(&head).Error; err != nil {
		return err
	}
	if head.Sequence != sequence || !bytes.Equal(head.Hash, hash) {
		report.addf("the log ends at change %d, its head says %d", sequence, head.Sequence)
	}
	return nil
}

// publicExpr is what a guest may see of a row of an entity, worked out anew, as SQL.
func (e *Entity) publicExpr(alias string) string {
	var conditions []string
	if e.Record != "" {
		conditions = append(conditions, alias+".visibility = 'PUBLIC'")
	}
	for i, edge := range e.guards() {
		g := fmt.Sprintf("g%d", i)
		condition := fmt.Sprintf("EXISTS (SELECT 1 FROM %s %s WHERE %s.id = %s.%s AND %s.public = 1)", edge.To.Table, g, g, alias, edge.Local, g)
		if !edge.Required {
			condition = fmt.Sprintf("(%s.%s IS NULL OR %s)", alias, edge.Local, condition)
		}
		conditions = append(conditions, condition)
	}
	return "CASE WHEN " + strings.Join(conditions, " AND ") + " THEN 1 ELSE 0 END"
}

// verifyEntity checks the marks and the versions of an entity's rows.
func (s *Store) verifyEntity(ctx context.Context, e *Entity, report *Report) error {
	wrong := fmt.Sprintf("SELECT t.id FROM %s t WHERE t.public <> %s", e.Table, e.publicExpr("t"))
	err := s.eachID(ctx, wrong, func(id models.ID) {
		report.addf("%s %s: what a guest may see of it does not follow from what guards it", e.Name, id)
	})
	if err != nil || e.Record == "" {
		return err
	}
	var count int64
	if err := s.orm.WithContext(ctx).Table(e.Table).Count(&count).Error; err != nil {
		return err
	}
	report.Records += count
	counted := fmt.Sprintf("SELECT t.id FROM %s t WHERE t.version <> (SELECT COUNT(*) FROM changes c WHERE c.record_id = t.id)", e.Table)
	err = s.eachID(ctx, counted, func(id models.ID) {
		report.addf("%s %s: its version is not the number of its entries in the log", e.Name, id)
	})
	if err != nil {
		return err
	}
	told := fmt.Sprintf("SELECT DISTINCT t.id FROM %s t JOIN changes c ON c.record_id = t.id"+
		" WHERE t.public = 0 AND c.public <> 0 AND c.operation <> 'DELETE'", e.Table)
	return s.eachID(ctx, told, func(id models.ID) {
		report.addf("%s %s: a guest may not see it but may read in the log what it said", e.Name, id)
	})
}

// rules are queries for the ids of rows that break one, with the words for it.
var rules = []struct{ query, words string }{
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
	{"SELECT t.id FROM names t WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.id = t.owner_id)" +
		" AND NOT EXISTS (SELECT 1 FROM organizations o WHERE o.id = t.owner_id)",
		"name %s: nobody bears it"},
	{"SELECT r.from_id FROM redirects r WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.id = r.to_id)" +
		" AND NOT EXISTS (SELECT 1 FROM organizations o WHERE o.id = r.to_id)" +
		" AND NOT EXISTS (SELECT 1 FROM changes c WHERE c.record_id = r.to_id AND c.operation = 'DELETE')", "merged record %s: it leads nowhere"},
	{"SELECT t.id FROM source_spans t WHERE t.start_at < 0 OR t.end_at < t.start_at", "span %s: it ends before it begins"},
}

// verifyCopies checks the rules that hold between tables.
func (s *Store) verifyCopies(ctx context.Context, report *Report) error {
	for _, rule := range rules {
		if err := s.eachID(ctx, rule.query, func(id models.ID) { report.addf(rule.words, id) }); err != nil {
			return err
		}
	}
	return nil
}

// eachID calls found for the first ids of a query.
func (s *Store) eachID(ctx context.Context, query string, found func(models.ID)) error {
	rows, err := s.read.QueryContext(ctx, query+fmt.Sprintf(" LIMIT %d", maxProblems))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id models.ID
		if err := rows.Scan(&id); err != nil {
			return err
		}
		found(id)
	}
	return rows.Err()
}
