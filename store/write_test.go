package store

import (
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

var admin = models.Actor{Subject: "ada", Role: models.RoleAdmin}

// writer makes records for a test and fails it when that fails.
type writer struct {
	testing.TB
	s *Store
}

func (w writer) create(e *Entity, values map[string]any) models.Record {
	w.Helper()
	var record models.Record
	err := w.s.Write(w.Context(), admin, func(tx *Tx) (err error) {
		record, err = tx.Create(e, values)
		return err
	})
	if err != nil {
		w.Fatalf("create a %s: %v", e.Name, err)
	}
	return record
}

func (w writer) update(e *Entity, record models.Record, patch map[string]any) models.Record {
	w.Helper()
	updated, err := w.tryUpdate(e, record, patch, nil)
	if err != nil {
		w.Fatalf("update a %s: %v", e.Name, err)
	}
	return updated
}

func (w writer) tryUpdate(e *Entity, record models.Record, patch map[string]any, version *int) (updated models.Record, err error) {
	err = w.s.Write(w.Context(), admin, func(tx *Tx) (err error) {
		updated, err = tx.Update(e, record.Meta().ID, patch, version)
		return err
	})
	return updated, err
}

func (w writer) show(e *Entity, record models.Record, visibility models.Visibility) models.Record {
	w.Helper()
	var out models.Record
	err := w.s.Write(w.Context(), admin, func(tx *Tx) (err error) {
		out, err = tx.SetVisibility(e, record.Meta().ID, visibility, nil)
		return err
	})
	if err != nil {
		w.Fatalf("setVisibility of a %s: %v", e.Name, err)
	}
	return out
}

// row reads a record as it is in the database, or nil.
func (w writer) row(e *Entity, id models.ID) models.Record {
	w.Helper()
	var out models.Record
	err := w.s.Write(w.Context(), admin, func(tx *Tx) error {
		rows, err := tx.find(&e.typing, nil, "", "id = ?", id)
		if len(rows) > 0 {
			out = rows[0].(models.Record)
		}
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return out
}

// log reads the entries of a record, oldest first.
func (w writer) log(id models.ID) []*models.Change {
	w.Helper()
	var out []*models.Change
	err := w.s.Write(w.Context(), admin, func(tx *Tx) error {
		rows, err := tx.find(&Schema.Changes.typing, nil, "sequence", "record_id = ?", id)
		out = nil
		for _, row := range rows {
			out = append(out, row.(*models.Change))
		}
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return out
}

// town is a meeting with everything that hangs on one.
type town struct {
	council, office, meeting, item, decision, directive, person, seat, paper, member models.Record
}

func (w writer) town(visibility string) *town {
	w.Helper()
	at := &town{}
	at.council = w.create(Schema.Organizations, map[string]any{"name": "太仓市人民政府", "kind": "GOVERNMENT", "visibility": visibility})
	at.office = w.create(Schema.Organizations, map[string]any{
		"name": "太仓市科学技术局", "parent": at.council.NodeID(), "visibility": visibility,
		"names": []any{map[string]any{"text": "市科技局", "kind": "SHORT"}},
	})
	at.person = w.create(Schema.People, map[string]any{"name": "单芬奇", "visibility": visibility})
	at.member = w.create(Schema.Memberships, map[string]any{
		"person": at.person.NodeID(), "organization": at.office.NodeID(), "role": "局长", "visibility": visibility,
	})
	at.meeting = w.create(Schema.Meetings, map[string]any{
		"title": "太仓市人民政府常务会议第7次", "series": "常务会议", "ordinal": json.Number("7"), "term": "十六届", "heldOn": "2022-06-01",
		"body": at.council.NodeID(), "chair": at.person.NodeID(), "visibility": visibility,
		"identifiers": []any{map[string]any{"scheme": "url", "value": "https://example.org/7"}},
	})
	at.paper = w.create(Schema.Documents, map[string]any{"title": "科技创新行动计划", "kind": "PLAN", "visibility": visibility})
	at.item = w.create(Schema.AgendaItems, map[string]any{
		"meeting": at.meeting.NodeID(), "position": int64(1), "kind": "DELIBERATE", "title": "审议行动计划", "visibility": visibility,
		"documents":  []any{map[string]any{"document": at.paper.NodeID(), "shortTitle": "行动计划"}},
		"presenters": []any{map[string]any{"organization": at.office.NodeID(), "person": at.person.NodeID()}},
	})
	at.decision = w.create(Schema.Decisions, map[string]any{
		"agendaItem": at.item.NodeID(), "text": "会议原则同意", "outcome": "APPROVED_IN_PRINCIPLE", "visibility": visibility,
		"documents": []any{at.paper.NodeID()},
		"steps": []any{
			map[string]any{"kind": "REVISE", "actors": []any{at.office.NodeID()}, "document": at.paper.NodeID()},
			map[string]any{"kind": "ISSUE", "inNameOf": []any{at.council.NodeID()}, "dueOn": "2022-07-01"},
		},
	})
	at.directive = w.create(Schema.Directives, map[string]any{
		"agendaItem": at.item.NodeID(), "position": 1, "text": "要抓好落实", "addressees": []any{at.office.NodeID()}, "visibility": visibility,
	})
	at.seat = w.create(Schema.Attendances, map[string]any{
		"meeting": at.meeting.NodeID(), "person": at.person.NodeID(), "organization": at.office.NodeID(), "label": "市科技局单芬奇",
		"capacity": "ATTENDING", "position": 1, "agendaItems": []any{at.item.NodeID()}, "visibility": visibility,
	})
	return at
}

func TestCreate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		at := w.town("INTERNAL")
		person := w.row(Schema.People, at.person.Meta().ID).(*models.Person)
		if person.Pinyin == nil || *person.Pinyin != "shan fen qi" {
			t.Errorf("reading of 单芬奇: %v", text(person.Pinyin))
		}
		if person.Version != 1 || person.Public || person.Visibility != models.VisibilityInternal {
			t.Errorf("a new person: %+v", person.Base)
		}
		decision := w.row(Schema.Decisions, at.decision.Meta().ID).(*models.Decision)
		if decision.MeetingID != at.meeting.Meta().ID || decision.HeldOn != "2022-06-01" || decision.Position != 1 {
			t.Errorf("a new decision: %+v", decision)
		}
		second := w.create(Schema.Decisions, map[string]any{"agendaItem": at.item.NodeID(), "text": "又及"})
		if position := second.(*models.Decision).Position; position != 2 {
			t.Errorf("the second decision has position %d", position)
		}
		entries := w.log(at.decision.Meta().ID)
		if len(entries) != 1 || entries[0].Operation != models.OperationCreate || entries[0].ActorName != "ada" {
			t.Fatalf("log of the decision: %+v", entries)
		}
		var fields []models.FieldChange
		if err := json.Unmarshal([]byte(entries[0].FieldsJSON), &fields); err != nil {
			t.Fatal(err)
		}
		steps := ""
		for _, f := range fields {
			if f.Field == "steps" {
				steps = *f.After
			}
		}
		want := `[{"kind":"REVISE","document":"` + at.paper.NodeID() + `","status":"OPEN","actors":["` + at.office.NodeID() + `"]},` +
			`{"kind":"ISSUE","dueOn":"2022-07-01","status":"OPEN","inNameOf":["` + at.council.NodeID() + `"]}]`
		if steps != want {
			t.Errorf("steps in the log:\n%s\nwant\n%s", steps, want)
		}
	})
}

func TestCreateRefuses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		at := w.town("PUBLIC")
		missing := models.EncodeID(models.TypeOrganization, models.NewID())
		meeting := func(change map[string]any) map[string]any {
			values := map[string]any{"title": "M", "heldOn": "2022-06-01", "body": at.council.NodeID()}
			maps.Copy(values, change)
			return values
		}
		for name, test := range map[string]struct {
			e      *Entity
			values map[string]any
			want   string // code path
		}{
			"no title":      {Schema.Meetings, meeting(map[string]any{"title": "  "}), "INVALID title"},
			"long title":    {Schema.Meetings, meeting(map[string]any{"title": strings.Repeat("长", 501)}), "INVALID title"},
			"control":       {Schema.Meetings, meeting(map[string]any{"title": "a\x00b"}), "INVALID title"},
			"no day":        {Schema.Meetings, meeting(map[string]any{"heldOn": "2022-02-30"}), "INVALID heldOn"},
			"state":         {Schema.Meetings, meeting(map[string]any{"state": "LATE"}), "INVALID state"},
			"ordinal":       {Schema.Meetings, meeting(map[string]any{"ordinal": -1}), "INVALID ordinal"},
			"fraction":      {Schema.Meetings, meeting(map[string]any{"ordinal": 1.5}), "INVALID ordinal"},
			"no body":       {Schema.Meetings, meeting(map[string]any{"body": nil}), "INVALID body"},
			"missing body":  {Schema.Meetings, meeting(map[string]any{"body": missing}), "NOT_FOUND body"},
			"body a person": {Schema.Meetings, meeting(map[string]any{"body": at.person.NodeID()}), "INVALID body"},
			"body no id":    {Schema.Meetings, meeting(map[string]any{"body": "1 OR 1=1"}), "INVALID body"},
			"times":         {Schema.Meetings, meeting(map[string]any{"startsAt": "2022-06-01T10:00:00Z", "endsAt": "2022-06-01T09:00:00Z"}), "INVALID endsAt"},
			"unknown":       {Schema.Meetings, meeting(map[string]any{"version": 3}), "INVALID version"},
			"visibility":    {Schema.Meetings, meeting(map[string]any{"visibility": "SECRET"}), "INVALID visibility"},
			"again":         {Schema.Meetings, meeting(map[string]any{"series": "常务会议", "ordinal": 7, "term": "十六届"}), "DUPLICATE ordinal"},
			"organization":  {Schema.Organizations, map[string]any{"name": " 太仓市 人民政府"}, "DUPLICATE name"},
			"presenter": {Schema.AgendaItems, map[string]any{"meeting": at.meeting.NodeID(), "position": 1, "kind": "OTHER", "title": "T",
				"presenters": []any{map[string]any{"role": "局长"}}}, "INVALID presenters 0"},
			"addressee twice": {Schema.Directives, map[string]any{"agendaItem": at.item.NodeID(), "position": 1, "text": "T",
				"addressees": []any{at.office.NodeID(), at.office.NodeID()}}, "INVALID addressees 1"},
			"addressee missing": {Schema.Directives, map[string]any{"agendaItem": at.item.NodeID(), "position": 1, "text": "T",
				"addressees": []any{at.office.NodeID(), missing}}, "NOT_FOUND addressees 1"},
			"step": {Schema.Decisions, map[string]any{"agendaItem": at.item.NodeID(), "text": "T",
				"steps": []any{map[string]any{"kind": "REVISE", "actors": []any{missing}}}}, "NOT_FOUND steps 0 actors 0"},
			"membership": {Schema.Memberships, map[string]any{"person": at.person.NodeID(), "organization": at.office.NodeID(),
				"start": "2022-02-01", "end": "2022-01-01"}, "INVALID end"},
		} {
			err := w.s.Write(t.Context(), admin, func(tx *Tx) error {
				_, err := tx.Create(test.e, test.values)
				return err
			})
			problems := UserErrors(err)
			if len(problems) != 1 {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if got := string(problems[0].Code) + " " + strings.Join(problems[0].Path, " "); got != test.want {
				t.Errorf("%s: %s (%s), want %s", name, got, problems[0].Message, test.want)
			}
		}
	})
}

func TestUpdate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		at := w.town("PUBLIC")
		updated := w.update(Schema.Meetings, at.meeting, map[string]any{"title": "第七次常务会议", "place": nil, "heldOn": "2022-06-02"})
		meeting := w.row(Schema.Meetings, updated.Meta().ID).(*models.Meeting)
		if meeting.Title != "第七次常务会议" || meeting.Version != 2 || meeting.HeldOn != "2022-06-02" || text(meeting.Term) != "十六届" {
			t.Errorf("after the update: %+v", meeting)
		}
		for _, e := range []*Entity{Schema.AgendaItems, Schema.Decisions, Schema.Directives, Schema.Attendances} {
			record := map[*Entity]models.Record{Schema.AgendaItems: at.item, Schema.Decisions: at.decision, Schema.Directives: at.directive, Schema.Attendances: at.seat}[e]
			if day := e.plain(w.row(e, record.Meta().ID), "held_on"); day != models.Date("2022-06-02") {
				t.Errorf("%s is held on %v", e.Name, day)
			}
		}
		entries := w.log(meeting.ID)
		if got := entries[1].FieldsJSON; got != `[{"field":"title","before":"\"太仓市人民政府常务会议第7次\"","after":"\"第七次常务会议\""},`+
			`{"field":"heldOn","before":"\"2022-06-01\"","after":"\"2022-06-02\""}]` {
			t.Errorf("fields in the log: %s", got)
		}
		same := w.update(Schema.Meetings, at.meeting, map[string]any{"title": "第七次常务会议"})
		if same.Meta().Version != 2 || len(w.log(meeting.ID)) != 2 {
			t.Errorf("an update that changes nothing made version %d", same.Meta().Version)
		}
		old := 1
		_, err := w.tryUpdate(Schema.Meetings, at.meeting, map[string]any{"title": "X"}, &old)
		if problems := UserErrors(err); len(problems) != 1 || problems[0].Code != models.CodeConflict || *problems[0].CurrentVersion != 2 {
			t.Errorf("an update of an old version: %v", err)
		}
		_, err = w.tryUpdate(Schema.Meetings, at.meeting, map[string]any{"title": nil}, nil)
		if problems := UserErrors(err); len(problems) != 1 || problems[0].Code != models.CodeInvalid {
			t.Errorf("a title cleared: %v", err)
		}
		gone := &models.Meeting{Base: models.Base{ID: models.NewID()}}
		if _, err = w.tryUpdate(Schema.Meetings, gone, map[string]any{"title": "X"}, nil); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("a meeting that is not there: %v", err)
		}
	})
}

func TestUpdateParts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		at := w.town("PUBLIC")
		if err := w.s.Write(t.Context(), admin, func(tx *Tx) error {
			_, err := tx.CompleteStep(at.decision.Meta().ID, 1, "2022-06-10", nil)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		steps := func() []*part {
			var all map[models.ID][]*part
			if err := w.s.Write(t.Context(), admin, func(tx *Tx) (err error) {
				all, err = tx.readParts(Schema.Decisions.partField("steps"), at.decision.Meta().ID)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return all[at.decision.Meta().ID]
		}
		before := steps()
		w.update(Schema.Decisions, at.decision, map[string]any{"steps": []any{
			map[string]any{"kind": "SUBMIT", "target": at.council.NodeID()},
			map[string]any{"kind": "REVISE", "actors": []any{at.office.NodeID()}, "document": at.paper.NodeID()},
		}})
		after := steps()
		if len(after) != 2 || after[1].row.(*models.DecisionStep).ID != before[0].row.(*models.DecisionStep).ID {
			t.Fatalf("the step that stayed has another id: %+v", after)
		}
		if kept := after[1].row.(*models.DecisionStep); kept.Status != models.StepStatusDone || kept.Order != 2 || len(after[1].actors) != 1 {
			t.Errorf("the step that stayed: %+v", kept)
		}
		renamed := w.update(Schema.Organizations, at.office, map[string]any{"name": "太仓市科技局"})
		entries := w.log(renamed.Meta().ID)
		if last := entries[len(entries)-1].FieldsJSON; !strings.Contains(last, `{\"text\":\"太仓市科学技术局\",\"kind\":\"ALIAS\"}`) {
			t.Errorf("the old name is no alias: %s", last)
		}
	})
}
