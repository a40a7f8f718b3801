package ingest

import (
	"context"
	"errors"
	"fmt"
	"sort"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// Input is one set of minutes to import, as text. The zero value of what is optional means: as the text says.
type Input struct {
	Name        string                     // of the file, for messages
	Text        string                     // what spans count in
	Format      string                     // of the file the text came from
	HeldOn      models.Date                // day of the meeting, for texts that do not say it
	Body        string                     // who met, for texts that do not say it in full
	Visibility  models.Visibility          // of everything in the text
	Resolutions []*models.MatchResolution  // answers to the questions of a preview
	Corrections []*models.ImportCorrection // what a person says that the text says
}

// Error is why a text was not imported, in one sentence that may be shown to whoever sent it.
type Error struct {
	Name   string // of the file
	Code   Code
	Reason string
}

// Error implements error.
func (e *Error) Error() string {
	if e.Name == "" {
		return e.Reason
	}
	return e.Name + ": " + e.Reason
}

// Code is the kind of reason why a text was not imported.
type Code string

// The reasons why a text is not imported.
const (
	NoMinutes Code = "NO_MINUTES"     // nothing in it was recognised as minutes
	NoDay     Code = "NO_DAY"         // it does not say when the meeting was
	NoBody    Code = "NO_BODY"        // it does not say who met
	NoDayBody Code = "NO_DAY_NO_BODY" // it says neither
)

var errNoBody = errors.New("nobody met")

// Report is what an import did, or would do.
type Report struct {
	Name              string
	Meeting, Document models.ID
	Title             string
	HeldOn            models.Date
	Counts            []*models.ImportCount
	Matches           []*models.ImportMatch
	Warnings          []*models.ImportWarning
	Kept              []*models.ImportKept
	Facts             []*models.ImportFact
}

// Questions are the names for which a person has to say what they stand for.
func (r *Report) Questions() []*models.ImportMatch {
	out := []*models.ImportMatch{}
	for _, m := range r.Matches {
		if m.Status == models.ImportMatchAmbiguous {
			out = append(out, m)
		}
	}
	return out
}

// Changed reports whether the import wrote anything to records.
func (r *Report) Changed() bool {
	for _, c := range r.Counts {
		if c.Created+c.Updated+c.Withdrawn > 0 {
			return true
		}
	}
	return false
}

// errPreview ends the transaction of a preview, which writes nothing.
var errPreview = errors.New("preview")

// Preview works out what importing a text would do. It writes nothing.
func Preview(ctx context.Context, db *store.Store, actor models.Actor, r *Reading) (*Report, error) {
	var report *Report
	err := db.Write(ctx, actor, func(tx *store.Tx) error {
		_, p, _, err := prepare(tx, &r.reading, &memory{})
		if err != nil {
			return err
		}
		report = p.report(&r.reading)
		hideNew(report, p)
		return errPreview
	})
	if errors.Is(err, errPreview) {
		return report, nil
	}
	return nil, r.asError(err)
}

// hideNew takes the ids of records that were not made out of a report.
func hideNew(report *Report, p *plan) {
	made := map[models.ID]bool{}
	for _, record := range p.add {
		made[record.Meta().ID] = true
	}
	for _, m := range report.Matches {
		if m.RecordID != nil && made[*m.RecordID] {
			m.RecordID = nil
		}
	}
}

// Importer imports texts, one after the other. It remembers what it has read of the database from one to the next, as long as
// nobody else writes, so it is for one goroutine.
type Importer struct {
	db     *store.Store
	actor  models.Actor
	memory memory

	// before, if not nil, is told each step of an import before it is done, again where the transaction is run again.
	before func(models.ImportStep)
	// within, if not nil, is called in the transaction of an import when all is written; its error undoes everything.
	within func(tx *store.Tx, report *Report) error
}

// NewImporter returns an Importer that writes as an actor.
func NewImporter(db *store.Store, actor models.Actor) *Importer {
	return &Importer{db: db, actor: actor}
}

// Import imports a text in one transaction: all of it or nothing.
func Import(ctx context.Context, db *store.Store, actor models.Actor, r *Reading) (*Report, error) {
	return NewImporter(db, actor).Import(ctx, r)
}

// Import imports a text in one transaction: all of it or nothing.
func (im *Importer) Import(ctx context.Context, r *Reading) (*Report, error) {
	var k *known
	var p *plan
	var last int64
	err := im.db.Write(ctx, im.actor, func(tx *store.Tx) (err error) {
		var problems []*models.UserError
		im.begin(models.StepMatch)
		if k, p, problems, err = prepare(tx, &r.reading, &im.memory); err != nil {
			return err
		}
		if len(problems) > 0 {
			return store.Problems(problems)
		}
		im.begin(models.StepWrite)
		if err := p.apply(tx); err != nil {
			return err
		}
		last = p.sequence + int64(tx.Noted())
		if im.within != nil {
			return im.within(tx, p.report(&r.reading))
		}
		return nil
	})
	if err != nil {
		return nil, r.asError(err)
	}
	im.memory.keep(k, p, last)
	return p.report(&r.reading), nil
}

func (im *Importer) begin(step models.ImportStep) {
	if im.before != nil {
		im.before(step)
	}
}

// prepare reads what is known and makes the plan.
func prepare(tx *store.Tx, r *reading, m *memory) (*known, *plan, []*models.UserError, error) {
	tx.Method = models.MethodRule
	sequence, err := tx.Hold()
	if err != nil {
		return nil, nil, nil, err
	}
	m.at(sequence)
	again := *r // what is known may complete what the text left open; a second run begins anew
	k, err := load(tx, &again, m)
	if err != nil {
		return nil, nil, nil, err
	}
	p, problems := makePlan(k, &again)
	p.sequence = sequence
	return k, p, problems, nil
}

// apply writes a plan.
func (p *plan) apply(tx *store.Tx) error {
	if p.nothing() && len(p.unused) == 0 {
		return nil
	}
	if err := tx.Add(p.add...); err != nil {
		return err
	}
	if err := tx.AddParts(p.parts...); err != nil {
		return err
	}
	if err := p.showFirst(tx); err != nil {
		return err
	}
	if err := tx.Flush(); err != nil {
		return err
	}
	for _, a := range p.amend {
		if _, err := tx.Amend(a.record, a.parts); err != nil {
			return fmt.Errorf("%s: %w", models.EncodeID(a.record.RecordType(), a.record.Meta().ID), err)
		}
	}
	for _, record := range p.withdraw {
		if err := tx.Delete(store.Schema.Records(record.RecordType()), record.Meta().ID, models.DeletedWithdrawn, nil); err != nil {
			return fmt.Errorf("withdraw %s: %w", models.EncodeID(record.RecordType(), record.Meta().ID), err)
		}
	}
	if err := p.removeUnused(tx); err != nil {
		return err
	}
	for id, fields := range p.human {
		if err := tx.KeepEdited(id, fields...); err != nil {
			return err
		}
	}
	return tx.DropSpans(p.drop...)
}

// showFirst opens known records to the public before what is public refers to them.
func (p *plan) showFirst(tx *store.Tx) error {
	for _, record := range p.publish {
		e := store.Schema.Records(record.RecordType())
		if _, err := tx.SetVisibility(e, record.Meta().ID, models.VisibilityPublic, nil); err != nil {
			return fmt.Errorf("publish %s: %w", models.EncodeID(record.RecordType(), record.Meta().ID), err)
		}
	}
	return nil
}

// removeUnused withdraws what nothing states any more and nothing needs.
func (p *plan) removeUnused(tx *store.Tx) error {
	for _, record := range p.unused {
		t := record.RecordType()
		err := tx.Delete(store.Schema.Records(t), record.Meta().ID, models.DeletedWithdrawn, nil)
		var problem *models.UserError
		switch {
		case err == nil:
			p.count(t).Withdrawn++
		case errors.As(err, &problem) && problem.Code == models.CodeInUse, errors.Is(err, models.ErrNotFound):
		default:
			return err
		}
	}
	return nil
}

// typesInOrder is the order of types in reports.
var typesInOrder = []models.RecordType{
	models.TypeMeeting, models.TypeDocument, models.TypeAgendaItem, models.TypeDecision, models.TypeDirective,
	models.TypeAttendance, models.TypePerson, models.TypeOrganization,
}

func (p *plan) report(r *reading) *Report {
	out := &Report{
		Name: r.name, Meeting: p.meeting, Document: p.document, HeldOn: r.heldOn, Matches: p.matches, Warnings: p.warning, Kept: p.kept, Facts: p.facts,
		Title: meetingTitle(r.convener.name, &r.record.Meeting, r.heldOn),
	}
	for _, t := range typesInOrder {
		if c := p.counts[t]; c != nil {
			out.Counts = append(out.Counts, c)
		}
	}
	p.tellEffects()
	sort.SliceStable(out.Warnings, func(i, j int) bool { return lineOf(out.Warnings[i]) < lineOf(out.Warnings[j]) })
	return out
}

func lineOf(w *models.ImportWarning) int {
	if w.Line == nil {
		return 0
	}
	return *w.Line
}
