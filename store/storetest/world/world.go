// Package world makes a small graph at random for tests: meetings of two bodies with all that belongs to them, some of
// it hidden, with ties and absent values on purpose. It only makes the rows; the test writes them.
package world

import (
	"fmt"
	"math/rand/v2"

	"github.com/minutebook/minutebook/models"
)

// world is what is being made.
type world struct {
	rows []any
	rng  *rand.Rand
}

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
	m := &models.Meeting{Base: w.base(public), Title: fmt.Sprintf("会议%d", i%6), Series: maybe(w, "常务会议"), Ordinal: maybe(w, i%5), Term: new(fmt.Sprint(i)), HeldOn: held,
		State: models.MeetingStateHeld, BodyID: organizations[i%2].ID, ChairID: maybe(w, people[i%11].ID), MinutesID: &minutes.ID}
	w.add(minutes, m, w.span(m.ID, minutes.ID, nil))
	for j := range w.rng.IntN(4) {
		w.item(m, minutes, j, organizations, people)
	}
	for j := range w.rng.IntN(6) {
		person := people[(i+j)%len(people)]
		seen := public && person.Public
		a := &models.Attendance{Base: w.base(seen), MeetingID: m.ID, PersonID: &person.ID, OrganizationID: maybe(w, organizations[j%7].ID), Position: j + 1,
			Label: person.Name, Capacity: pick(w, []models.AttendanceCapacity{"ATTENDING", "OBSERVING"}), Status: "PRESENT", HeldOn: held}
		w.add(a)
	}
	w.add(&models.Change{ID: models.NewID(), Sequence: int64(i + 1), Operation: "CREATE", Type: models.TypeMeeting, Record: m.ID, Version: 1,
		ActorName: "tester", ActorRole: "ADMIN", At: models.Now(), FieldsJSON: "[]", Public: public, Batch: models.NewID(), Hash: []byte{1}})
}

func (w *world) item(m *models.Meeting, minutes *models.Document, j int, organizations []*models.Organization, people []*models.Person) {
	public := m.Public && w.rng.IntN(6) > 0
	item := &models.AgendaItem{Base: w.base(public), MeetingID: m.ID, Position: j + 1, Kind: pick(w, []models.AgendaItemKind{"DELIBERATE", "STUDY"}),
		Title: fmt.Sprintf("审议《计划%d》", j), HeldOn: m.HeldOn}
	document := &models.Document{Base: w.base(public), Title: fmt.Sprintf("计划%d", len(w.rows)), Kind: models.DocumentKindPlan, IssuedOn: maybe(w, m.HeldOn)}
	w.add(item, document, &models.AgendaItemDocument{AgendaItemID: item.ID, MeetingID: m.ID, DocumentID: document.ID, Position: 1, Role: "UNDER_REVIEW", ShortTitle: maybe(w, "计划")},
		w.span(item.ID, minutes.ID, nil))
	presenter := organizations[2+w.rng.IntN(6)]
	w.add(&models.Presentation{ID: models.NewID(), AgendaItemID: item.ID, Position: 1, OrganizationID: &presenter.ID, HeldOn: m.HeldOn, Public: public && presenter.Public})
	decision := &models.Decision{Base: w.base(public), MeetingID: m.ID, AgendaItemID: item.ID, Position: j + 1, Text: "会议原则同意。", HeldOn: m.HeldOn,
		Outcome: maybe(w, models.DecisionOutcomeApprovedInPrinciple)}
	step := &models.DecisionStep{ID: models.NewID(), DecisionID: decision.ID, Order: 1, Kind: models.StepKindRevise, Status: models.StepStatusOpen,
		Labels: models.Lines{"甲", "乙"}, DueOn: maybe(w, models.Date("2021-01-01")), TargetID: maybe(w, organizations[0].ID)}
	w.add(decision, step, &models.StepActor{StepID: step.ID, DecisionID: decision.ID, Role: models.StepActorDoes, Position: 1, OrganizationID: &presenter.ID},
		&models.DecisionDocument{DecisionID: decision.ID, DocumentID: document.ID, Position: 1})
	directive := &models.Directive{Base: w.base(public), AgendaItemID: item.ID, Position: 1, Label: maybe(w, "（一）"), Text: "要狠抓落实。", HeldOn: m.HeldOn}
	w.add(directive, &models.DirectiveAddressee{DirectiveID: directive.ID, OrganizationID: presenter.ID, Position: 1},
		&models.Distribution{ID: models.NewID(), DocumentID: document.ID, Kind: "TO", Position: 1, Label: presenter.Name, OrganizationID: &presenter.ID, Public: public && presenter.Public})
}

func (w *world) span(owner, document models.ID, field *string) *models.SourceSpan {
	return &models.SourceSpan{ID: models.NewID(), OwnerID: owner, Field: field, DocumentID: document, Start: 0, End: 4, Quote: "会议原则", Method: models.MethodRule}
}
