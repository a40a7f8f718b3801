package store

import (
	"fmt"
	"reflect"

	"github.com/minutebook/minutebook/models"
)

// stored is a table as writing sees it: which rows it holds and which record they belong to.
type stored struct {
	typing
	name   string
	entity *Entity // nil for tables of links
	owner  string  // column of the record or part that rows belong to; empty for records
	order  string
}

func link[T any](name, owner string) *stored {
	return &stored{typing: typed[T](), name: name, owner: owner, order: "position"}
}

func rowsOf(e *Entity, owner, order string) *stored {
	return &stored{typing: e.typing, name: e.Table, entity: e, owner: owner, order: order}
}

// Tables of parts and links.
var (
	stepRows         = rowsOf(Schema.Steps, "decision_id", "position")
	presentationRows = rowsOf(Schema.Presentations, "agenda_item_id", "position")
	distributionRows = rowsOf(Schema.Distributions, "document_id", "position")
	nameRows         = rowsOf(Schema.Names, "owner_id", "position")
	identifierRows   = rowsOf(Schema.Identifiers, "owner_id", "scheme, value")
	spanRows         = rowsOf(Schema.Spans, "owner_id", "start_at, id")
	actorRows        = link[models.StepActor]("step_actors", "decision_id")
	itemPapers       = link[models.AgendaItemDocument]("agenda_item_documents", "agenda_item_id")
	decisionPapers   = link[models.DecisionDocument]("decision_documents", "decision_id")
	addresseeRows    = link[models.DirectiveAddressee]("directive_addressees", "directive_id")
	seatItems        = link[models.AttendanceItem]("attendance_items", "attendance_id")
)

// storedTables are all tables of records, parts and links, each after those it refers to. Meetings and documents refer to
// each other: documents come second, and meetings are told their minutes afterwards.
var storedTables = func() []*stored {
	var all []*stored
	for _, e := range []*Entity{
		Schema.Organizations, Schema.People, Schema.Meetings, Schema.Documents, Schema.AgendaItems, Schema.Decisions, Schema.Directives,
		Schema.Attendances, Schema.Memberships,
	} {
		all = append(all, rowsOf(e, "", "id"))
	}
	return append(all, presentationRows, distributionRows, stepRows, actorRows, itemPapers, decisionPapers, addresseeRows, seatItems,
		nameRows, identifierRows, spanRows, editRows, redirectRows)
}()

// tablesByName and tablesByModel find the tables of storedTables.
var tablesByName, tablesByModel = func() (map[string]*stored, map[reflect.Type]*stored) {
	names, types := map[string]*stored{}, map[reflect.Type]*stored{}
	for _, t := range storedTables {
		names[t.name], types[reflect.TypeOf(t.fresh())] = t, t
	}
	return names, types
}()

func tableNamed(name string) *stored { return tablesByName[name] }

// tableOf returns the table that holds rows of the type of a model, a pointer to a struct.
func tableOf(model any) (*stored, error) {
	t := tablesByModel[reflect.TypeOf(model)]
	if t == nil {
		return nil, fmt.Errorf("nothing is stored as %T", model)
	}
	return t, nil
}

// Limits of one INSERT.
const (
	maxRows  = 500
	maxBytes = 2 << 20 // well below the packet of 16 MiB that a server takes by default
)

// insert writes rows, pointers to models of one type, many with one statement.
func (tx *Tx) insert(t *typing, rows []any) error {
	if tx.s.dialect == SQLite {
		return tx.insertEach(t, rows)
	}
	most := min(maxRows, tx.s.dialect.maxMarks()/max(1, len(t.paths)))
	for len(rows) > 0 {
		slice := reflect.MakeSlice(reflect.SliceOf(reflect.TypeOf(rows[0])), 0, min(most, len(rows)))
		for size := 0; len(rows) > 0 && slice.Len() < most && (size < maxBytes || slice.Len() == 0); rows = rows[1:] {
			size += weight(rows[0])
			slice = reflect.Append(slice, reflect.ValueOf(rows[0]))
		}
		list := reflect.New(slice.Type())
		list.Elem().Set(slice)
		if err := tx.orm.Create(list.Interface()).Error; err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return nil
}

// weight returns the bytes of the long texts of a row.
func weight(row any) int {
	length := func(s *string) int {
		if s == nil {
			return 0
		}
		return len(*s)
	}
	switch r := row.(type) {
	case *models.Document:
		return length(r.Text)
	case *models.AgendaItem:
		return len(r.Title) + length(r.Text)
	case *models.Decision:
		return len(r.Text)
	case *models.Directive:
		return len(r.Text)
	case *models.SourceSpan:
		return len(r.Quote)
	case *models.Change:
		return len(r.FieldsJSON)
	case *removedRow:
		return len(r.Content)
	}
	return 0
}
