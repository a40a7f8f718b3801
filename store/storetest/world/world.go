// Package world makes a small graph at random for tests: meetings of two bodies with all that belongs to them, some of
// it hidden, with ties and absent values on purpose. It only makes the rows; the test writes them.
package world

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"github.com/minutebook/minutebook/models"
)

// world is what is being made.
type world struct {
	rows []any
	rng  *rand.Rand
}

// base begins a record that a guest may see or not.
func (w *world) base(public bool) models.Base {
	visibility := models.VisibilityInternal
	if public {
		visibility = models.VisibilityPublic
	}
	now := models.Now()
	return models.Base{ID: models.NewID(), Version: 1, Visibility: visibility, Public: public, CreatedAt: now, UpdatedAt: now}
}

func (w *world) add(rows ...any) { w.rows = append(w.rows, rows...) }

// maybe returns a pointer to the value, or nil one time in three.
func maybe[T any](w *world, value T) *T {
	if w.rng.IntN(3) == 0 {
		return nil
	}
	return &value
}

func pick[T any](w *world, from []T) T { return from[w.rng.IntN(len(from))] }

// Rows makes meetings and what belongs to them: pointers to models, in an order in which each row stands after those it
// refers to. What a guest may see (Public) is filled in. The same number of meetings gives the same world, ids aside.
func Rows(meetings int) []any {
	w := &world{rng: rand.New(rand.NewPCG(7, uint64(meetings)))}
	var organizations []*models.Organization
	for i := range 8 {
		o := &models.Organization{Base: w.base(i != 7), Name: fmt.Sprintf("机构%d", []int{0, 9, 1, 1, 2, 2, 3, 3}[i]), Kind: models.OrganizationKindDepartment}
		if i > 1 {
			o.ParentID = &organizations[i%2].ID
		}
		organizations = append(organizations, o)
		w.add(o, &models.Name{ID: models.NewID(), OwnerID: o.ID, Text: o.Name, Folded: o.Name, Kind: models.NameKindOfficial})
	}
	var people []*models.Person
	for i := range 12 {
		p := &models.Person{Base: w.base(i != 11), Name: fmt.Sprintf("人%d", i%9), Pinyin: maybe(w, fmt.Sprintf("ren %d", i%4))}
		people = append(people, p)
		w.add(p, &models.Membership{Base: w.base(i != 11), PersonID: p.ID, OrganizationID: organizations[i%7].ID, Role: maybe(w, "局长"),
			Start: maybe(w, models.Date("2020-01-01")), End: maybe(w, models.Date("2021-01-01"))})
	}
	for i := range meetings {
		w.meeting(i, organizations, people)
	}
	return w.rows
}

func (w *world) meeting(i int, organizations []*models.Organization, people []*models.Person) {
	public := i%5 != 4
	held := models.Date(fmt.Sprintf("20%02d-%02d-10", 20+i%3, 1+i%4))
	minutes := &models.Document{Base: w.base(public), Title: fmt.Sprintf("纪要%d", i%4), Kind: models.DocumentKindMinutes, Text: maybe(w, "会议原则同意。")}
	m := &models.Meeting{Base: w.base(public), Title: fmt.Sprintf("会议%d", i%6), Series: maybe(w, "常务会议"), Ordinal: maybe(w, i%5), Term: new(strconv.Itoa(i)), HeldOn: held,
		State: models.MeetingStateHeld, BodyID: organizations[i%2].ID, ChairID: maybe(w, people[i%11].ID), MinutesID: &minutes.ID}
	w.add(minutes, m, w.span(m.ID, minutes.ID, nil))
	items := len(w.rows)
	for j := range w.rng.IntN(4) {
		w.item(m, minutes, j, organizations, people)
	}
	for j := range w.rng.IntN(6) {
		w.attendance(m, j, people[(i+j)%len(people)], organizations[j%8], w.rows[items:])
	}
	w.add(&models.Change{ID: models.NewID(), Sequence: int64(i + 1), Operation: "CREATE", Type: models.TypeMeeting, Record: m.ID, Version: 1,
		ActorName: "tester", ActorRole: "ADMIN", At: models.Now(), FieldsJSON: "[]", Public: public, Batch: models.NewID(), Hash: []byte{1}})
}

// attendance makes a seat, of somebody who is named or of a unit only, for the whole meeting or for one item of it.
func (w *world) attendance(m *models.Meeting, j int, person *models.Person, organization *models.Organization, rows []any) {
	a := &models.Attendance{Base: w.base(m.Public && person.Public && organization.Public), MeetingID: m.ID, PersonID: &person.ID, OrganizationID: &organization.ID, Position: j + 1,
		Title: maybe(w, "局长"), Label: person.Name, Capacity: pick(w, []models.AttendanceCapacity{"ATTENDING", "OBSERVING"}), Status: pick(w, []models.AttendanceStatus{"PRESENT", "EXCUSED"}), HeldOn: m.HeldOn}
	switch w.rng.IntN(4) {
	case 0:
		a.OrganizationID, a.Base = nil, w.base(m.Public && person.Public)
	case 1:
		a.PersonID, a.Base, a.Label = nil, w.base(m.Public && organization.Public), organization.Name+"代表"
	}
	w.add(a)
	for _, row := range rows {
		if item, ok := row.(*models.AgendaItem); ok && w.rng.IntN(6) == 0 {
			w.add(&models.AttendanceItem{AttendanceID: a.ID, AgendaItemID: item.ID, Position: 1})
		}
	}
}

func (w *world) item(m *models.Meeting, minutes *models.Document, j int, organizations []*models.Organization, people []*models.Person) {
	public := m.Public && w.rng.IntN(6) > 0
	item := &models.AgendaItem{Base: w.base(public), MeetingID: m.ID, Position: j + 1, Kind: pick(w, []models.AgendaItemKind{"DELIBERATE", "STUDY"}),
		Title: fmt.Sprintf("审议《计划%d》", j), Text: maybe(w, "会议要求抓好落实。"), HeldOn: m.HeldOn}
	w.add(item, w.span(item.ID, minutes.ID, nil), w.span(item.ID, minutes.ID, new("title")))
	for k := range w.rng.IntN(3) {
		p := &models.Presentation{ID: models.NewID(), AgendaItemID: item.ID, Position: k + 1, HeldOn: m.HeldOn, Role: maybe(w, "局长"), Public: public}
		if organization := pick(w, organizations); w.rng.IntN(4) > 0 {
			p.OrganizationID, p.Public = &organization.ID, p.Public && organization.Public
		}
		if person := pick(w, people); p.OrganizationID == nil || w.rng.IntN(2) == 0 {
			p.PersonID, p.Public = &person.ID, p.Public && person.Public
		}
		w.add(p)
	}
	var papers []*models.Document
	for k := range w.rng.IntN(3) {
		papers = append(papers, w.paper(m, item, k, organizations))
	}
	for k := range w.rng.IntN(3) {
		w.decision(item, j*3+k, papers, organizations, people)
	}
	for k := range w.rng.IntN(3) {
		directive := &models.Directive{Base: w.base(public && w.rng.IntN(6) > 0), AgendaItemID: item.ID, Position: k + 1, Label: maybe(w, "（一）"), Text: "要狠抓落实。", HeldOn: m.HeldOn}
		w.add(directive)
		for n, organization := range organizations {
			if w.rng.IntN(4) == 0 {
				w.add(&models.DirectiveAddressee{DirectiveID: directive.ID, OrganizationID: organization.ID, Position: 8 - n})
			}
		}
	}
}

// paper makes a document that an item has before it, and whom it was sent to.
func (w *world) paper(m *models.Meeting, item *models.AgendaItem, k int, organizations []*models.Organization) *models.Document {
	document := &models.Document{Base: w.base(item.Public && w.rng.IntN(6) > 0), Title: fmt.Sprintf("计划%d", len(w.rows)), Kind: pick(w, []models.DocumentKind{"PLAN", "REPORT"}), IssuedOn: maybe(w, m.HeldOn),
		Number: maybe(w, fmt.Sprintf("第%d号", k)), IssuedByID: maybe(w, pick(w, organizations).ID)}
	w.add(document, &models.AgendaItemDocument{AgendaItemID: item.ID, MeetingID: m.ID, DocumentID: document.ID, Position: 3 - k, Role: pick(w, []models.DocumentRole{"UNDER_REVIEW", "REPORT"}), ShortTitle: maybe(w, "计划")})
	for n := range w.rng.IntN(3) {
		d := &models.Distribution{ID: models.NewID(), DocumentID: document.ID, Kind: pick(w, []models.DistributionKind{"TO", "CC"}), Position: n + 1, Label: "各镇人民政府", Collective: true, Public: document.Public}
		if organization := pick(w, organizations); w.rng.IntN(3) > 0 {
			d.Label, d.Collective, d.OrganizationID, d.Public = organization.Name, false, &organization.ID, document.Public && organization.Public
		}
		w.add(d)
	}
	return document
}

// decision makes what was decided on an item, with its steps and who does them.
func (w *world) decision(item *models.AgendaItem, position int, papers []*models.Document, organizations []*models.Organization, people []*models.Person) {
	decision := &models.Decision{Base: w.base(item.Public && w.rng.IntN(6) > 0), MeetingID: item.MeetingID, AgendaItemID: item.ID, Position: position + 1, Text: "会议原则同意。", HeldOn: item.HeldOn,
		Outcome: maybe(w, pick(w, []models.DecisionOutcome{models.DecisionOutcomeApprovedInPrinciple, "NOTED"}))}
	w.add(decision)
	for k, paper := range papers {
		w.add(&models.DecisionDocument{DecisionID: decision.ID, DocumentID: paper.ID, Position: 5 - k})
	}
	for k := range w.rng.IntN(3) {
		step := &models.DecisionStep{ID: models.NewID(), DecisionID: decision.ID, Order: k + 1, Kind: pick(w, []models.StepKind{models.StepKindRevise, "ISSUE"}), Status: pick(w, []models.StepStatus{"OPEN", "DONE"}),
			Labels: models.Lines{"甲", "乙"}, DueOn: maybe(w, pick(w, []models.Date{"2021-01-01", "2999-01-01"})), TargetID: maybe(w, pick(w, organizations).ID)}
		w.add(step, &models.StepActor{StepID: step.ID, DecisionID: decision.ID, Role: models.StepActorDoes, Position: 2, OrganizationID: &pick(w, organizations).ID},
			&models.StepActor{StepID: step.ID, DecisionID: decision.ID, Role: models.StepActorDoes, Position: 1, PersonID: &pick(w, people).ID},
			&models.StepActor{StepID: step.ID, DecisionID: decision.ID, Role: models.StepActorInNameOf, Position: 1, OrganizationID: &pick(w, organizations).ID})
	}
}

func (w *world) span(owner, document models.ID, field *string) *models.SourceSpan {
	return &models.SourceSpan{ID: models.NewID(), OwnerID: owner, Field: field, DocumentID: document, Start: 0, End: 4, Quote: "会议原则", Method: models.MethodRule}
}
