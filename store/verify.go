package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"github.com/minutebook/minutebook/models"
)

// Report is what Verify found: how much it looked at, and what is wrong, in words, the log first.
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

// Verify checks that the log is whole, each entry bound to the one before, and that the graph keeps its rules: every record
// is what the log says of it, what a guest may see follows from what guards it, copies and the search index agree with what
// they are made of, and nothing hangs on what is not there. It reads everything, as it is at one moment, and changes nothing.
func (s *Store) Verify(ctx context.Context) (*Report, error) {
	return s.VerifyTelling(ctx, func(string, int64, int64) {})
}

// VerifyTelling is Verify that tells how far it is: what it looks at, and how many of how many it has looked at.
func (s *Store) VerifyTelling(ctx context.Context, tell func(what string, done, all int64)) (*Report, error) {
	v := &verifier{ctx: ctx, s: s, report: &Report{}, tell: tell}
	end, err := v.begin()
	if err != nil {
		return nil, fmt.Errorf("verify: %w", unavailable(err))
	}
	defer end()
	if err := v.chain(); err != nil {
		return nil, fmt.Errorf("verify the log: %w", unavailable(err))
	}
	for _, e := range guarded {
		if err := v.entity(e); err != nil {
			return nil, fmt.Errorf("verify %s: %w", e.Table, unavailable(err))
		}
	}
	for _, t := range indexedTypes {
		if err := v.index(t); err != nil {
			return nil, fmt.Errorf("verify the search index of %s: %w", t.entity.Table, unavailable(err))
		}
	}
	if err := v.rules(); err != nil {
		return nil, fmt.Errorf("verify the graph: %w", unavailable(err))
	}
	return v.report, nil
}

// verifier is one run of Verify, in one transaction that only reads.
type verifier struct {
	ctx    context.Context //nolint:containedctx // of this run, which is a value of its own
	s      *Store
	tx     *sql.Tx
	report *Report
	erased map[int64]string // what is left of the entries that lost what they said, by their sequence
	tell   func(what string, done, all int64)
}

// begin begins the transaction, on MySQL on a connection whose statements may take their time.
func (v *verifier) begin() (end func(), err error) {
	if v.s.dialect == SQLite {
		v.tx, err = v.s.read.BeginTx(v.ctx, nil)
		return func() { _ = v.tx.Rollback() }, err
	}
	db, err := v.s.migrate()
	if err != nil {
		return nil, err
	}
	v.tx, err = db.BeginTx(v.ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return func() { _ = errors.Join(v.tx.Rollback(), db.Close()) }, nil
}

// orm is gorm in the transaction.
func (v *verifier) orm() *gorm.DB {
	orm := v.s.orm.Session(&gorm.Session{Context: v.ctx, NewDB: true})
	orm.Statement.ConnPool = v.tx
	return orm
}

// each runs a query and calls row for every row.
func (v *verifier) each(query string, args []any, row func(scan func(...any) error) error) error {
	rows, err := v.tx.QueryContext(v.ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// number runs a query for one number.
func (v *verifier) number(query string, args ...any) (n int64, err error) {
	err = v.each(query, args, func(scan func(...any) error) error { return scan(&n) })
	return n, err
}

// ids reports the first ids that a query finds, in words with a %s for the id.
func (v *verifier) ids(query, words string, args ...any) error {
	return v.each(query+fmt.Sprintf(" LIMIT %d", maxProblems), args, func(scan func(...any) error) error {
		var id models.ID
		err := scan(&id)
		v.report.addf(words, id)
		return err
	})
}

// verifyPage is how many rows are looked at together.
const verifyPage = 500

// chain follows the log from its beginning to its head.
func (v *verifier) chain() error {
	var head struct {
		Sequence int64
		Hash     []byte
	}
	if err := v.orm().Table("change_head").Where("one = 1").Take(&head).Error; err != nil {
		return err
	}
	if err := v.erasures(); err != nil {
		return err
	}
	var hash []byte
	var sequence int64
	for {
		var changes []*models.Change
		err := v.orm().Where("sequence > ?", sequence).Order("sequence").Limit(verifyPage).Find(&changes).Error
		if err != nil {
			return err
		}
		for _, c := range changes {
			if c.Sequence != sequence+1 {
				v.report.addf("change %d follows change %d: the entries between are missing", c.Sequence, sequence)
			}
			if !v.intact(hash, c) {
				v.report.addf("change %d (%s, of %s) is not what was written, or not in its place", c.Sequence, c.ID, c.At)
			}
			hash, sequence = c.Hash, c.Sequence
			v.report.Changes++
		}
		v.tell("entries of the log", v.report.Changes, head.Sequence)
		if len(changes) < verifyPage {
			break
		}
	}
	if head.Sequence != sequence || !bytes.Equal(head.Hash, hash) {
		v.report.addf("the log ends at change %d, its head says %d", sequence, head.Sequence)
	}
	return nil
}

// intact reports whether an entry is what was written, or what an erasure has left of it. An entry of the older form says
// nothing that its hash could be held to once it was erased: the erasure vouches for the hash, and the next entry is bound to it.
func (v *verifier) intact(previous []byte, c *models.Change) bool {
	if says, erased := v.erased[c.Sequence]; erased {
		return c.Salt == nil && says == remainder(c) && (c.Content == nil || bytes.Equal(chain(previous, c), c.Hash))
	}
	if (c.Content == nil) != (c.Salt == nil) || c.Content != nil && !bytes.Equal(contentHash(c), c.Content) {
		return false
	}
	return bytes.Equal(chain(previous, c), c.Hash)
}

// erasures reads which entries were erased. Of one that was erased twice the later erasure says what is left.
func (v *verifier) erasures() error {
	v.erased = map[int64]string{}
	var all []*models.Change
	if err := v.orm().Where("operation = ?", models.OperationErase).Order("sequence").Find(&all).Error; err != nil {
		return err
	}
	for _, c := range all {
		listed, err := erasedIn(c)
		if err != nil {
			v.report.addf("change %d (%s, of %s): it does not say what it erased", c.Sequence, c.ID, c.At)
		}
		for _, e := range listed {
			if e.Change < c.Sequence {
				v.erased[e.Change] = e.Left
			}
		}
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

// entity checks the marks of an entity's rows, and holds records to the log.
func (v *verifier) entity(e *Entity) error {
	wrong := fmt.Sprintf("SELECT t.id FROM %s t WHERE t.public <> %s", e.Table, e.publicExpr("t"))
	err := v.ids(wrong, e.Name+" %s: what a guest may see of it does not follow from what guards it")
	if err != nil || e.Record == "" {
		return err
	}
	told := fmt.Sprintf("SELECT DISTINCT t.id FROM %s t JOIN changes c ON c.record_id = t.id"+
		" WHERE t.public = 0 AND c.public <> 0 AND c.operation <> 'DELETE'", e.Table)
	if err := v.ids(told, e.Name+" %s: a guest may not see it but may read in the log what it said"); err != nil {
		return err
	}
	missing := fmt.Sprintf("SELECT c.record_id FROM changes c WHERE c.record_type = ? AND c.operation NOT IN ('DELETE', 'MERGE')"+
		" AND c.sequence = (SELECT MAX(l.sequence) FROM changes l WHERE l.record_id = c.record_id)"+
		" AND NOT EXISTS (SELECT 1 FROM %s t WHERE t.id = c.record_id)", e.Table)
	if err := v.ids(missing, e.Name+" %s: the log says that it is there, and it is not", string(e.Record)); err != nil {
		return err
	}
	return v.records(e)
}

// records holds every record of an entity to what the log says of it.
func (v *verifier) records(e *Entity) error {
	all, err := v.number("SELECT COUNT(*) FROM " + e.Table)
	if err != nil {
		return err
	}
	v.report.Records += all
	inputs := e.inputs()
	return v.pages(e, all, func(rows []models.Record) error {
		ids := make([]models.ID, len(rows))
		for i, row := range rows {
			ids[i] = row.Meta().ID
		}
		logged, err := v.logged(ids)
		if err != nil {
			return err
		}
		for _, row := range rows {
			v.compare(e, inputs, row, logged[row.Meta().ID])
		}
		return nil
	})
}

// pages reads all records of an entity, some at a time.
func (v *verifier) pages(e *Entity, all int64, look func([]models.Record) error) error {
	var done int64
	for last := (models.ID{}); ; {
		rows, err := (&Tx{ctx: v.ctx, s: v.s, orm: v.orm().Limit(verifyPage)}).find(&e.typing, nil, "id", "id > ?", last[:])
		if err != nil || len(rows) == 0 {
			return err
		}
		records := make([]models.Record, len(rows))
		for i, row := range rows {
			records[i] = row.(models.Record)
		}
		if err := look(records); err != nil {
			return err
		}
		last = records[len(records)-1].Meta().ID
		done += int64(len(records))
		v.tell("records of type "+e.Name, done, all)
	}
}

// told is what the log says of a record: how many entries there are, the last of them, and the values.
type told struct {
	entries int
	last    models.ChangeOperation
	values  map[string]*string
}

// logged follows the entries of records.
func (v *verifier) logged(ids []models.ID) (map[models.ID]*told, error) {
	var changes []*models.Change
	if err := v.orm().Where("record_id IN ?", ids).Order("sequence").Find(&changes).Error; err != nil {
		return nil, err
	}
	all := map[models.ID]*told{}
	for _, c := range changes {
		t := all[c.Record]
		if t == nil || c.Operation == models.OperationCreate {
			t = &told{entries: entriesOf(t), values: map[string]*string{}}
			all[c.Record] = t
		}
		t.entries, t.last = t.entries+1, c.Operation
		fields, err := fieldsOf(c)
		if err != nil {
			v.report.addf("change %d (%s, of %s): its fields cannot be read", c.Sequence, c.ID, c.At)
		}
		for _, f := range fields {
			t.values[f.Field] = f.After
		}
	}
	return all, nil
}

func entriesOf(t *told) int {
	if t == nil {
		return 0
	}
	return t.entries
}

// compare holds a record to what the log says of it.
func (v *verifier) compare(e *Entity, inputs []input, row models.Record, t *told) {
	meta := row.Meta()
	switch {
	case t == nil || meta.Version != t.entries:
		v.report.addf("%s %s: its version is %d, and its entries in the log are %d", e.Name, meta.ID, meta.Version, entriesOf(t))
		return
	case t.last == models.OperationDelete || t.last == models.OperationMerge:
		v.report.addf("%s %s: the log says that it is gone, and it is there", e.Name, meta.ID)
		return
	}
	now := map[string]*string{"visibility": visibilityChange("", meta.Visibility).After}
	for _, in := range inputs {
		if value := e.plain(row, in.column); value != nil {
			now[in.name] = in.difference(nil, value).After
		} else {
			now[in.name] = nil
		}
	}
	for _, name := range sortedKeys(now) {
		if !sameText(now[name], t.values[name]) {
			v.report.addf("%s %s: %s is not what the log says", e.Name, meta.ID, name)
		}
	}
}

func sameText(a, b *string) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }
