package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"github.com/minutebook/minutebook/models"
)

// Erasure says whose data is to be erased, and which texts mean that person.
//
// The database knows of a text that it means a person where a fact of the person (an attendance, a presentation, a chair, a
// membership, a step) stands on it. Other texts in which the name stands may mean somebody else of that name: they are left
// and told of, unless Also names their record or Everywhere says that they all mean this person.
type Erasure struct {
	Person     models.ID
	Names      []string    // further forms of the name, as texts write it
	Also       []models.ID // records, or import jobs, all of whose texts mean this person
	Everywhere bool        // all texts do
	Reason     string      // for the log; it must not hold the name
	DryRun     bool        // only report
}

// ErasureReport is what an erasure did, or would do.
type ErasureReport struct {
	Person    models.ID
	Names     []string // what was looked for
	TooShort  []string // names of one character: erased from the person, not looked for in texts
	SameNamed []models.ID
	Places    []ErasedPlace
	Left      []LeftPlace
	Entries   int // of the log that lost the name
	Removed   int // rows kept for undo that were dropped
}

// ErasedPlace counts what an erasure changed in a column.
type ErasedPlace struct {
	Place string // table.column
	Rows  int
	Names int // how often the name stood there
}

// LeftPlace is where the name still stands, as nothing says that it means the person.
type LeftPlace struct {
	Place string // table.column
	ID    string // the record, as the API writes it, or the job
	Names int
}

// errDryRun rolls an erasure back that was only to be counted.
var errDryRun = errors.New("only counted")

// Erase erases a person's data in one transaction: name, other names and identifiers of the record, the name in the texts
// that mean the person, in quotes, in the log, in what is kept for undo and in the results of imports. Each character of
// the name becomes a mark, so that what quotes a text keeps its place. The log gets an ERASE entry that lists which
// entries lost the name, by which Verify tells this from tampering, and an entry for each record that changed. Errors:
// models.ErrNotFound; a UserError that says what stands in the way.
func (s *Store) Erase(ctx context.Context, actor models.Actor, e Erasure) (*ErasureReport, error) {
	patient, done, err := s.patient(ctx)
	if err != nil {
		return nil, fmt.Errorf("erase: %w", unavailable(err))
	}
	defer done()
	var report *ErasureReport
	err = patient.Write(ctx, actor, func(tx *Tx) (err error) {
		if report, err = tx.Erase(e); err == nil && e.DryRun {
			err = errDryRun
		}
		return err
	})
	if errors.Is(err, errDryRun) {
		return report, nil
	}
	if err == nil {
		err = s.overwrite(ctx)
	}
	return report, err
}

// patient is the store over one connection whose statements may take their time: an erasure reads every text there is.
func (s *Store) patient(ctx context.Context) (*Store, func(), error) {
	if s.dialect == SQLite {
		return s, func() {}, nil
	}
	db, err := s.migrate()
	if err != nil {
		return nil, nil, err
	}
	orm := s.orm.Session(&gorm.Session{Context: ctx, NewDB: true})
	orm.Statement.ConnPool = db
	return &Store{read: db, write: db, orm: orm, dialect: s.dialect, log: s.log, migrate: s.migrate}, func() { _ = db.Close() }, nil
}

// overwrite has the embedded database write over what was deleted, and fold the traces out of its search index. A server's
// own logs and backups are the operator's.
func (s *Store) overwrite(ctx context.Context) error {
	if s.dialect != SQLite {
		return nil
	}
	for _, statement := range []string{"INSERT INTO search_tokens (search_tokens) VALUES ('optimize')", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := s.write.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("the name is erased, but may still stand in unused pages of the file: run VACUUM on it: %w", unavailable(err))
		}
	}
	return nil
}

// Erase is Store.Erase within a transaction that may do more; DryRun is the caller's.
func (tx *Tx) Erase(what Erasure) (*ErasureReport, error) {
	e := &eraser{
		tx: tx, what: what, places: map[string]*ErasedPlace{}, touched: map[models.ID]bool{},
		found: map[models.ID][]stretch{}, marked: map[models.ID]map[string]marks{},
	}
	for _, step := range []func() error{
		e.refuseWaiting, e.whom, e.forms, e.others, e.tie, e.documents, e.rows, e.person, e.log, e.removed, e.jobs, e.finish,
	} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("erase: %w", err)
		}
	}
	return e.report(), nil
}

// eraser is one erasure.
type eraser struct {
	tx   *Tx
	what Erasure

	subject   *models.Person
	self      map[models.ID]bool // the person, and records that were merged into it
	names     []string
	tooShort  []string
	matcher   *nameMatcher
	namesakes map[models.ID]bool // others who bear one of the names

	mine, theirs *meaning
	found        map[models.ID][]stretch        // where the names stood in texts of documents
	marked       map[models.ID]map[string]marks // by record and field: which of the names there are this person's
	touched      map[models.ID]bool             // records that changed

	places  map[string]*ErasedPlace
	left    []LeftPlace
	listed  []erasedEntry
	changed []models.FieldChange // of the person's record
	dropped int
}

func refused(format string, args ...any) error {
	return &models.UserError{Code: models.CodeInvalid, Path: []string{"person"}, Message: fmt.Sprintf(format, args...)}
}

// refuseWaiting refuses while an import has not ended: what it is to import may hold the name, and cannot be looked into.
func (e *eraser) refuseWaiting() error {
	var n int
	err := e.tx.each("SELECT COUNT(*) FROM import_jobs WHERE state IN ('QUEUED', 'RUNNING')", nil, func(scan func(...any) error) error { return scan(&n) })
	if err == nil && n > 0 {
		return refused("%d imports have not ended, and may bring the name back: wait for them or cancel them", n)
	}
	return err
}

// whom reads the person and the ids that lead to it.
func (e *eraser) whom() error {
	record, err := e.tx.record(Schema.People, e.what.Person)
	if err != nil {
		return err
	}
	e.subject = record.(*models.Person)
	e.self = map[models.ID]bool{e.subject.ID: true}
	return e.tx.each("SELECT from_id FROM redirects WHERE to_id = ?", []any{e.subject.ID}, func(scan func(...any) error) error {
		var id models.ID
		err := scan(&id)
		e.self[id] = true
		return err
	})
}

// also reports whether the operator says that all texts of a record mean the person.
func (e *eraser) also(id models.ID) bool {
	return e.what.Everywhere || slices.Contains(e.what.Also, id)
}

func (e *eraser) count(place string, names int) {
	p := e.places[place]
	if p == nil {
		p = &ErasedPlace{Place: place}
		e.places[place] = p
	}
	p.Rows++
	p.Names += names
}

func (e *eraser) leave(place, id string, names int) {
	if n := len(e.left) - 1; n >= 0 && e.left[n].Place == place && e.left[n].ID == id {
		e.left[n].Names += names
		return
	}
	e.left = append(e.left, LeftPlace{place, id, names})
}

func (e *eraser) report() *ErasureReport {
	r := &ErasureReport{Person: e.subject.ID, Names: e.names, TooShort: e.tooShort, Left: e.left, Entries: len(e.listed), Removed: e.dropped}
	for id := range e.namesakes {
		r.SameNamed = append(r.SameNamed, id)
	}
	sortIDs(r.SameNamed)
	for _, place := range sortedKeys(e.places) {
		r.Places = append(r.Places, *e.places[place])
	}
	slices.SortStableFunc(r.Left, func(a, b LeftPlace) int { return strings.Compare(a.Place+a.ID, b.Place+b.ID) })
	return r
}

// reason is what the log says of the records that changed.
func (e *eraser) reason() *string {
	reason := "a person's data were erased"
	if e.what.Reason != "" {
		reason = e.what.Reason
	}
	return &reason
}

// PeopleNamed returns the people who bear a name, by their own name or another one.
func (s *Store) PeopleNamed(ctx context.Context, name string) ([]models.ID, error) {
	var ids []models.ID
	err := s.Write(ctx, models.Actor{}, func(tx *Tx) (err error) {
		const query = "SELECT DISTINCT p.id FROM people p LEFT JOIN names n ON n.owner_id = p.id WHERE p.name = ? OR n.folded = ? ORDER BY p.id"
		ids, err = tx.ids(query, name, Fold(name))
		return err
	})
	return ids, err
}
