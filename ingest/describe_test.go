package ingest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// errLooked ends a transaction that only looked.
var errLooked = errors.New("looked")

// look reads the database in a transaction that changes nothing.
func look(t testing.TB, db *store.Store, fn func(tx *store.Tx) error) {
	t.Helper()
	err := db.Write(t.Context(), editor, func(tx *store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errLooked
	})
	if !errors.Is(err, errLooked) {
		t.Fatal(err)
	}
}

// all reads every row of a table that hangs on one of the owners.
func all[T any](t testing.TB, tx *store.Tx, column string, values ...any) []*T {
	t.Helper()
	rows, err := store.Find[T](tx, column, values...)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// describer writes a meeting as it is in the database, for people and for comparison.
type describer struct {
	t  testing.TB
	tx *store.Tx
	b  strings.Builder
}

// describe writes a meeting with everything that belongs to it.
func describe(t testing.TB, db *store.Store, meeting models.ID) string {
	t.Helper()
	d := &describer{t: t}
	look(t, db, func(tx *store.Tx) error {
		d.tx = tx
		d.b.Reset()
		d.meeting(meeting)
		return nil
	})
	return d.b.String()
}

func (d *describer) line(depth int, words ...any) {
	d.b.WriteString(strings.Repeat("  ", depth))
	for i, word := range words {
		if i > 0 {
			d.b.WriteString(" | ")
		}
		fmt.Fprint(&d.b, word)
	}
	d.b.WriteString("\n")
}

func (d *describer) organization(id *models.ID) string {
	if id == nil {
		return "-"
	}
	return all[models.Organization](d.t, d.tx, "id", *id)[0].Name
}

func (d *describer) person(id *models.ID) string {
	if id == nil {
		return "-"
	}
	return all[models.Person](d.t, d.tx, "id", *id)[0].Name
}

func (d *describer) paper(id *models.ID) string {
	if id == nil {
		return "-"
	}
	return all[models.Document](d.t, d.tx, "id", *id)[0].Title
}

func (d *describer) meeting(id models.ID) {
	m := all[models.Meeting](d.t, d.tx, "id", id)[0]
	d.line(0, "meeting", m.Title, d.organization(&m.BodyID), or(m.Series), or(m.Ordinal), or(m.Term), m.HeldOn, or(m.TimeOfDay),
		or(m.Place), m.State, d.person(m.ChairID))
	for _, document := range all[models.Document](d.t, d.tx, "meeting_id", id) {
		d.line(0, "minutes", document.Title, or(document.Number), d.organization(document.IssuedByID), or(document.IssuedOn),
			d.organization(document.CompiledByID), or(document.CompiledOn), or(document.Publication))
		for _, to := range all[models.Distribution](d.t, d.tx, "document_id", document.ID) {
			d.line(1, to.Kind, to.Label, d.organization(to.OrganizationID), to.Collective)
		}
	}
	for _, item := range byPosition(all[models.AgendaItem](d.t, d.tx, "meeting_id", id), func(i *models.AgendaItem) int { return i.Position }) {
		d.item(item)
	}
	for _, seat := range byPosition(all[models.Attendance](d.t, d.tx, "meeting_id", id), func(a *models.Attendance) int { return a.Position }) {
		d.line(0, seat.Capacity, seat.Status, d.person(seat.PersonID), d.organization(seat.OrganizationID), or(seat.Title), or(seat.Reason), seat.Label)
	}
}

func (d *describer) item(item *models.AgendaItem) {
	d.line(0, item.Position, item.Kind, item.Title)
	for _, p := range all[models.Presentation](d.t, d.tx, "agenda_item_id", item.ID) {
		d.line(1, "presents", d.organization(p.OrganizationID), d.person(p.PersonID), or(p.Role))
	}
	for _, p := range all[models.AgendaItemDocument](d.t, d.tx, "agenda_item_id", item.ID) {
		d.line(1, p.Role, d.paper(&p.DocumentID), or(p.ShortTitle))
	}
	for _, decision := range byPosition(all[models.Decision](d.t, d.tx, "agenda_item_id", item.ID), func(x *models.Decision) int { return x.Position }) {
		d.decision(decision)
	}
	for _, directive := range byPosition(all[models.Directive](d.t, d.tx, "agenda_item_id", item.ID), func(x *models.Directive) int { return x.Position }) {
		var to []string
		for _, a := range all[models.DirectiveAddressee](d.t, d.tx, "directive_id", directive.ID) {
			to = append(to, d.organization(&a.OrganizationID))
		}
		d.line(1, "directive", or(directive.Label), directive.Text, inOrder(to))
	}
}

func (d *describer) decision(decision *models.Decision) {
	d.line(1, "decision", or(decision.Outcome), decision.Text)
	for _, p := range all[models.DecisionDocument](d.t, d.tx, "decision_id", decision.ID) {
		d.line(2, "about", d.paper(&p.DocumentID))
	}
	actors := all[models.StepActor](d.t, d.tx, "decision_id", decision.ID)
	for _, step := range all[models.DecisionStep](d.t, d.tx, "decision_id", decision.ID) {
		who := map[models.StepActorRole][]string{}
		for _, a := range actors {
			if a.StepID == step.ID && a.OrganizationID != nil {
				who[a.Role] = append(who[a.Role], d.organization(a.OrganizationID))
			} else if a.StepID == step.ID {
				who[a.Role] = append(who[a.Role], d.person(a.PersonID))
			}
		}
		d.line(2, step.Kind, inOrder(who[models.StepActorDoes]), "to "+d.organization(step.TargetID),
			"in the name of "+inOrder(who[models.StepActorInNameOf]), d.paper(step.DocumentID), or(step.Condition), or(step.DueOn), step.Status)
	}
}

// inOrder writes a list.
func inOrder(names []string) string {
	if len(names) == 0 {
		return "-"
	}
	return strings.Join(names, "、")
}

// or writes what may not be there.
func or[T any](value *T) string {
	if value == nil {
		return "-"
	}
	return fmt.Sprint(*value)
}

func byPosition[T any](rows []*T, position func(*T) int) []*T {
	out := make([]*T, 0, len(rows))
	for n := 0; len(out) < len(rows); n++ {
		for _, row := range rows {
			if position(row) == n {
				out = append(out, row)
			}
		}
		if n > 10_000 {
			panic("positions without end")
		}
	}
	return out
}
