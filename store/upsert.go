package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/minutebook/minutebook/models"
)

// MaxUpserts is how many records one upsert may have.
const MaxUpserts = 500

// maxUpsertProblems is how many problems are told of one upsert.
const maxUpsertProblems = 50

// refMark begins a text that stands for a record of the same request, in the place of an id.
const refMark = "#"

// Upsert is a record to add or to change, as a request gives it.
type Upsert struct {
	Entity          *Entity
	Field           string     // the name under which its values stand in the request
	ID              *models.ID // of the record to change
	Scheme, Value   string     // an identifier to find the record by; empty where there is none
	Ref             string     // a name for the record within the request
	Visibility      string
	ExpectedVersion *int
	Values          map[string]any
}

// Upserted is what became of an Upsert.
type Upserted struct {
	Entity  *Entity
	ID      models.ID
	Outcome models.UpsertOutcome
}

// Upsert adds and changes many records in one transaction: all or none. What is wrong is told of all of them at once, as
// Problems whose paths begin with the index of the record.
func (s *Store) Upsert(ctx context.Context, actor models.Actor, once Once, all []Upsert) ([]Upserted, error) {
	if len(all) == 0 || len(all) > MaxUpserts {
		return nil, invalid(fmt.Sprintf("must have 1 to %d entries", MaxUpserts), "records")
	}
	outcome, err := s.writeOnce(ctx, actor, once, func(tx *Tx) (string, error) {
		done, err := tx.upsertAll(all)
		return encodeUpserted(done), err
	})
	if err != nil {
		return nil, err
	}
	return decodeUpserted(outcome)
}

// encodeUpserted and decodeUpserted write and read what is remembered of an upsert under its key.
func encodeUpserted(all []Upserted) string {
	rows := make([][2]string, len(all))
	for i, u := range all {
		rows[i] = [2]string{models.EncodeID(u.Entity.Record, u.ID), string(u.Outcome)}
	}
	return jsonOf(rows)
}

func decodeUpserted(text string) ([]Upserted, error) {
	var rows [][2]string
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		return nil, fmt.Errorf("what is remembered of an upsert: %w", err)
	}
	all := make([]Upserted, len(rows))
	for i, row := range rows {
		recordType, id, err := models.DecodeID(row[0])
		if err != nil {
			return nil, fmt.Errorf("what is remembered of an upsert: %w", err)
		}
		all[i] = Upserted{Schema.Records(recordType), id, models.UpsertOutcome(row[1])}
	}
	return all, nil
}

// upsertAll goes on after a problem, so that all are told; the transaction is rolled back then.
func (tx *Tx) upsertAll(all []Upsert) ([]Upserted, error) {
	tx.named = map[string]Ref{}
	defer func() { tx.named = nil }()
	var problems Problems
	done := make([]Upserted, 0, len(all))
	for i := range all {
		u := &all[i]
		one, err := tx.upsert(u)
		if err == nil && u.Ref != "" {
			err = tx.name(u, one)
		}
		if err == nil {
			done = append(done, *one)
			continue
		}
		expected := UserErrors(err)
		if expected == nil || errors.Is(err, errAgain) {
			return nil, err
		}
		tx.queue = queue{} // what the failed record had in it
		for _, problem := range expected {
			problems = append(problems, u.placed(i, problem))
		}
		if len(problems) >= maxUpsertProblems {
			break
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return done, nil
}

// besideFields are the names in the path of a problem that stand beside the values of a record.
var besideFields = []string{"id", "identifier", "ref", "expectedVersion", "visibility"}

// placed puts a problem of one record into its place in the request.
func (u *Upsert) placed(i int, problem *models.UserError) *models.UserError {
	out := *problem
	out.Path = []string{"records", strconv.Itoa(i)}
	if len(problem.Path) > 0 && !slices.Contains(besideFields, problem.Path[0]) {
		out.Path = append(out.Path, "fields", u.Field)
	}
	out.Path = append(out.Path, problem.Path...)
	return &out
}

// name remembers a record under the name that the request gives it.
func (tx *Tx) name(u *Upsert, one *Upserted) error {
	if _, twice := tx.named[u.Ref]; twice {
		return invalid("stands there twice", "ref")
	}
	tx.named[u.Ref] = Ref{u.Entity.Record, one.ID}
	return nil
}

func (tx *Tx) upsert(u *Upsert) (*Upserted, error) {
	id := u.ID
	if u.Scheme != "" {
		known, err := tx.identified(u.Entity, u.Scheme, u.Value)
		if err != nil {
			return nil, err
		}
		if id != nil && known != nil && *known != *id {
			return nil, invalid("belongs to another record than the id", "identifier")
		}
		if id == nil {
			id = known
		}
	}
	if id == nil {
		return tx.upsertNew(u)
	}
	before := len(tx.entries)
	values, err := tx.unmoved(u, *id)
	if err != nil {
		return nil, err
	}
	record, err := tx.Update(u.Entity, *id, values, u.ExpectedVersion)
	if err == nil && u.Visibility != "" {
		record, err = tx.SetVisibility(u.Entity, record.Meta().ID, models.Visibility(u.Visibility), nil)
	}
	if err != nil {
		return nil, err
	}
	outcome := models.UpsertUnchanged
	if len(tx.entries) > before {
		outcome = models.UpsertUpdated
	}
	return &Upserted{u.Entity, record.Meta().ID, outcome}, nil
}

// fixed are the fields that say what a record belongs to. It does not move.
var fixed = map[*Entity][]string{
	Schema.AgendaItems: {"meeting"}, Schema.Decisions: {"agendaItem"}, Schema.Directives: {"agendaItem"},
	Schema.Attendances: {"meeting"}, Schema.Memberships: {"person", "organization"},
}

// unmoved returns the values of a record that is there without those that say what it belongs to, which must be as it is.
func (tx *Tx) unmoved(u *Upsert, id models.ID) (map[string]any, error) {
	values := maps.Clone(u.Values)
	r, named := &reader{tx: tx}, map[string]models.ID{}
	for _, name := range fixed[u.Entity] {
		if value, there := values[name]; there {
			in, _ := u.Entity.input(name)
			r.reference(in.to, false, given(value), []string{name}, func(id models.ID) { named[name] = id })
			delete(values, name)
		}
	}
	if err := r.err(); err != nil || len(named) == 0 && len(r.refs) == 0 {
		return values, err
	}
	if err := r.lookUp(); err != nil {
		return nil, err
	}
	record, err := tx.record(u.Entity, id)
	if err != nil {
		return nil, err
	}
	for _, name := range sortedKeys(named) {
		if in, _ := u.Entity.input(name); u.Entity.plain(record, in.column) != named[name] {
			r.fail([]string{name}, "is another than the record has: it cannot be moved")
		}
	}
	return values, r.err()
}

func (tx *Tx) upsertNew(u *Upsert) (*Upserted, error) {
	if u.ExpectedVersion != nil {
		return nil, &models.UserError{
			Code: models.CodeNotFound, Path: []string{"expectedVersion"}, Message: "there is no such record to have a version",
		}
	}
	values := maps.Clone(u.Values)
	if u.Visibility != "" {
		values["visibility"] = u.Visibility
	}
	if u.Scheme != "" {
		values["identifiers"] = withIdentifier(given(u.Values["identifiers"]), u.Scheme, u.Value)
	}
	record, err := tx.Create(u.Entity, values)
	if err != nil {
		return nil, err
	}
	return &Upserted{u.Entity, record.Meta().ID, models.UpsertCreated}, nil
}

// withIdentifier adds an identifier to a list of them, where it is missing.
func withIdentifier(list any, scheme, value string) []any {
	items := listOf(list)
	for _, item := range items {
		if one, ok := item.(map[string]any); ok && one["scheme"] == scheme && one["value"] == value {
			return items
		}
	}
	return append(slices.Clone(items), map[string]any{"scheme": scheme, "value": value})
}

// identified finds the record that bears a name of another system, nil where none does that the actor may see.
func (tx *Tx) identified(e *Entity, scheme, value string) (*models.ID, error) {
	rows, err := tx.find(&identifierRows.typing, nil, "", "scheme = ? AND value = ?", scheme, value)
	if err != nil {
		return nil, err
	}
	var owners []models.ID
	for _, row := range rows {
		owners = append(owners, row.(*models.Identifier).OwnerID)
	}
	public := map[models.ID]bool{}
	if err := tx.readPublic(e, owners, public); err != nil {
		return nil, err
	}
	var found []models.ID
	for id, open := range public {
		if open || tx.actor.SeesInternal() {
			found = append(found, id)
		}
	}
	switch len(found) {
	case 0:
		return nil, nil
	case 1:
		return &found[0], nil
	}
	return nil, invalid("is borne by several records: name one by its id", "identifier")
}
