package store

import (
	"fmt"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

// BenchmarkMinutes writes one set of minutes of usual size in each transaction: 9 items with decisions and directives, 60
// attendances, 300 spans, as an import does.
func BenchmarkMinutes(b *testing.B) {
	for name, database := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "mysql": storetest.MySQL} {
		b.Run(name, func(b *testing.B) {
			s := opened(b, database(b))
			m := newMinutesMaker(b, s)
			for n := 0; b.Loop(); n++ {
				if err := s.Write(b.Context(), admin, func(tx *Tx) error { return m.minutes(tx, n) }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// minutesMaker makes minutes of one body, with the same bureaus and people every time.
type minutesMaker struct {
	body    models.ID
	bureaus []models.ID
	people  []models.ID
}

func newMinutesMaker(b *testing.B, s *Store) *minutesMaker {
	b.Helper()
	m := &minutesMaker{}
	err := s.Write(b.Context(), admin, func(tx *Tx) error {
		tx.Method = models.MethodImport
		*m = minutesMaker{body: models.NewID()}
		if err := tx.Add(&models.Organization{Base: models.Base{ID: m.body}, Name: "市人民政府", Kind: models.OrganizationKindGovernment}); err != nil {
			return err
		}
		for i := range 40 {
			id := models.NewID()
			m.bureaus = append(m.bureaus, id)
			if err := tx.Add(&models.Organization{Base: models.Base{ID: id}, Name: fmt.Sprintf("局%d", i), Kind: models.OrganizationKindDepartment, ParentID: &m.body}); err != nil {
				return err
			}
		}
		for i := range 200 {
			id := models.NewID()
			m.people = append(m.people, id)
			if err := tx.Add(&models.Person{Base: models.Base{ID: id}, Name: fmt.Sprintf("人%d", i)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return m
}

func (m *minutesMaker) minutes(tx *Tx, n int) error {
	tx.Method = models.MethodImport
	day := models.Date(fmt.Sprintf("20%02d-%02d-01", 10+n/12%80, 1+n%12))
	text := strings.Repeat("会议审议并原则同意《科技创新行动计划》，要求进一步修改完善后印发实施。", 120)
	document, meeting := models.NewID(), models.NewID()
	var records []models.Record
	var parts []any
	span := func(owner models.ID, count int) {
		for i := range count {
			parts = append(parts, &models.SourceSpan{OwnerID: owner, DocumentID: document, Start: i * 20, End: i*20 + 20, Quote: "会议审议并原则同意《科技创新行动计划》", Method: models.MethodRule})
		}
	}
	records = append(records,
		&models.Meeting{Base: models.Base{ID: meeting}, Title: fmt.Sprintf("常务会议第%d次", n), HeldOn: day, State: models.MeetingStateHeld, BodyID: m.body,
			Series: new("常务会议"), Ordinal: &n, Term: new("十六届"), MinutesID: &document},
		&models.Document{Base: models.Base{ID: document}, Title: fmt.Sprintf("纪要%d", n), Kind: models.DocumentKindMinutes, Text: &text, MeetingID: &meeting})
	span(meeting, 5)
	for i := range 9 {
		item, decision := models.NewID(), models.NewID()
		bureau := m.bureaus[(n+i)%len(m.bureaus)]
		records = append(records,
			&models.AgendaItem{Base: models.Base{ID: item}, MeetingID: meeting, Position: i + 1, Kind: models.AgendaItemKindDeliberate, Title: "审议《科技创新行动计划》", HeldOn: day},
			&models.Decision{Base: models.Base{ID: decision}, MeetingID: meeting, AgendaItemID: item, Position: i + 1, Text: "会议原则同意《科技创新行动计划》", HeldOn: day})
		step := &models.DecisionStep{ID: models.NewID(), DecisionID: decision, Order: 1, Kind: models.StepKindRevise, Status: models.StepStatusOpen}
		parts = append(parts, step, &models.StepActor{StepID: step.ID, DecisionID: decision, Role: models.StepActorDoes, Position: 1, OrganizationID: &bureau},
			&models.Presentation{AgendaItemID: item, Position: 1, OrganizationID: &bureau, HeldOn: day})
		span(item, 5)
		span(decision, 5)
		span(step.ID, 3)
		for j := range 3 {
			directive := models.NewID()
			records = append(records, &models.Directive{Base: models.Base{ID: directive}, AgendaItemID: item, Position: j + 1, Text: "要进一步抓好落实，形成工作合力。", HeldOn: day})
			parts = append(parts, &models.DirectiveAddressee{DirectiveID: directive, OrganizationID: bureau, Position: 1})
			span(directive, 2)
		}
	}
	for i := range 60 {
		seat, person, bureau := models.NewID(), m.people[(n*7+i)%len(m.people)], m.bureaus[i%len(m.bureaus)]
		records = append(records, &models.Attendance{Base: models.Base{ID: seat}, MeetingID: meeting, PersonID: &person, OrganizationID: &bureau, Position: i + 1,
			Label: "市科技局某某", Capacity: models.AttendanceCapacityAttending, Status: models.AttendanceStatusPresent, HeldOn: day})
		span(seat, 2)
	}
	if err := tx.Add(records...); err != nil {
		return err
	}
	return tx.AddParts(parts...)
}
