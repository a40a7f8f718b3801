package store

import "github.com/minutebook/minutebook/models"

// tie declares a kind of edge of the graph as walks see it: rows that tie two records. Rows are called r in its SQL, the
// record at the far end f.
type tie struct {
	kind     models.EdgeKind
	rows     string  // the tables
	row      *Entity // whose rows they are; nil for a table of links
	from, to end
	record   end    // the record that makes the tie
	owner    string // column of what the sentences belong to that state the tie
	where    string

	day              string // SQL of the day on which it came about
	ofFrom, ofTo     bool   // whether it is an event in the timeline of that end
	timelineOnly     bool
	timelineKindName models.TimelineKind
}

// end is a record that a row leads to.
type end struct {
	entity *Entity
	column string
}

// ties are all kinds of edges, those that say most first: of several between two records, a path shows the first.
var ties = declareTies(Schema)

func declareTies(g *Graph) []*tie {
	attendance, presentation, decisionSteps := end{g.Attendances, "id"}, end{g.AgendaItems, "agenda_item_id"}, end{g.Decisions, "decision_id"}
	const does, steps = "r.role = '" + string(models.StepActorDoes) + "'", "step_actors r JOIN decision_steps s ON s.id = r.step_id"
	return []*tie{
		{kind: models.EdgeChaired, rows: "meetings r", row: g.Meetings, from: end{g.People, "chair_id"}, to: end{g.Meetings, "id"},
			record: end{g.Meetings, "id"}, owner: "id", day: "r.held_on", ofFrom: true},
		{kind: models.EdgeAttended, rows: "attendances r", row: g.Attendances, from: end{g.People, "person_id"}, to: end{g.Meetings, "meeting_id"},
			record: attendance, owner: "id", where: present, day: "r.held_on", ofFrom: true},
		{kind: models.EdgeHeld, rows: "meetings r", row: g.Meetings, from: end{g.Organizations, "body_id"}, to: end{g.Meetings, "id"},
			record: end{g.Meetings, "id"}, owner: "id", day: "r.held_on", ofFrom: true},
		{kind: models.EdgePresented, rows: "presentations r", row: g.Presentations, from: end{g.Organizations, "organization_id"}, to: presentation,
			record: presentation, owner: "id", day: "r.held_on", ofFrom: true},
		{kind: models.EdgePresented, rows: "presentations r", row: g.Presentations, from: end{g.People, "person_id"}, to: presentation,
			record: presentation, owner: "id", day: "r.held_on", ofFrom: true},
		{kind: models.EdgeOwes, rows: "step_actors r", from: end{g.Organizations, "organization_id"}, to: decisionSteps,
			record: decisionSteps, owner: "step_id", where: does, day: "f.held_on", ofFrom: true},
		{kind: models.EdgeOwes, rows: "step_actors r", from: end{g.People, "person_id"}, to: decisionSteps,
			record: decisionSteps, owner: "step_id", where: does, day: "f.held_on", ofFrom: true},
		{kind: models.EdgeTold, rows: "directive_addressees r", from: end{g.Directives, "directive_id"}, to: end{g.Organizations, "organization_id"},
			record: end{g.Directives, "directive_id"}, owner: "directive_id", day: "f.held_on", ofTo: true},
		{kind: models.EdgeIssued, rows: "documents r", row: g.Documents, from: end{g.Organizations, "issued_by_id"}, to: end{g.Documents, "id"},
			record: end{g.Documents, "id"}, owner: "id", day: "r.issued_on", ofFrom: true, ofTo: true},
		{kind: models.EdgeReceived, rows: "distributions r", row: g.Distributions, from: end{g.Organizations, "organization_id"}, to: end{g.Documents, "document_id"},
			record: end{g.Documents, "document_id"}, owner: "id", day: "f.issued_on", ofFrom: true},
		{kind: models.EdgeMember, rows: "memberships r", row: g.Memberships, from: end{g.People, "person_id"}, to: end{g.Organizations, "organization_id"},
			record: end{g.Memberships, "id"}, owner: "id", day: "r.start_on", ofFrom: true, ofTo: true},
		{kind: models.EdgeAttendedFor, rows: "attendances r", row: g.Attendances, from: end{g.People, "person_id"}, to: end{g.Organizations, "organization_id"},
			record: attendance, owner: "id", where: present},
		{kind: models.EdgeConcerns, rows: "agenda_item_documents r", from: end{g.AgendaItems, "agenda_item_id"}, to: end{g.Documents, "document_id"},
			record: end{g.AgendaItems, "agenda_item_id"}, owner: "agenda_item_id", day: "f.held_on", ofTo: true},
		{kind: models.EdgeConcerns, rows: "decision_documents r", from: end{g.Decisions, "decision_id"}, to: end{g.Documents, "document_id"},
			record: end{g.Decisions, "decision_id"}, owner: "decision_id", day: "f.held_on", ofTo: true},
		{kind: models.EdgeDecided, rows: "decisions r", row: g.Decisions, from: end{g.AgendaItems, "agenda_item_id"}, to: end{g.Decisions, "id"},
			record: end{g.Decisions, "id"}, owner: "id", day: "r.held_on", ofFrom: true, ofTo: true},
		{kind: models.EdgeInstructed, rows: "directives r", row: g.Directives, from: end{g.AgendaItems, "agenda_item_id"}, to: end{g.Directives, "id"},
			record: end{g.Directives, "id"}, owner: "id", day: "r.held_on", ofFrom: true, ofTo: true},
		{kind: models.EdgeOnAgenda, rows: "agenda_items r", row: g.AgendaItems, from: end{g.AgendaItems, "id"}, to: end{g.Meetings, "meeting_id"},
			record: end{g.AgendaItems, "id"}, owner: "id", day: "r.held_on", ofFrom: true, ofTo: true},
		{kind: models.EdgeRecords, rows: "meetings r", row: g.Meetings, from: end{g.Documents, "minutes_id"}, to: end{g.Meetings, "id"},
			record: end{g.Meetings, "id"}, owner: "id", day: "r.held_on", ofFrom: true, ofTo: true},
		{kind: models.EdgeParent, rows: "organizations r", row: g.Organizations, from: end{g.Organizations, "id"}, to: end{g.Organizations, "parent_id"},
			record: end{g.Organizations, "id"}, owner: "id"},

		event(models.TimelineDue, steps, end{g.Organizations, "organization_id"}, decisionSteps, does, "s.due_on"),
		event(models.TimelineDue, steps, end{g.People, "person_id"}, decisionSteps, does, "s.due_on"),
		event(models.TimelineDone, steps, end{g.Organizations, "organization_id"}, decisionSteps, does, "s.done_on"),
		event(models.TimelineDone, steps, end{g.People, "person_id"}, decisionSteps, does, "s.done_on"),
		event(models.TimelineDue, "decision_steps r", decisionSteps, decisionSteps, "1=1", "r.due_on"),
		event(models.TimelineDone, "decision_steps r", decisionSteps, decisionSteps, "1=1", "r.done_on"),
		{kind: "", timelineOnly: true, timelineKindName: models.TimelineLeft, rows: "memberships r", row: g.Memberships, from: end{g.People, "person_id"},
			to: end{g.Organizations, "organization_id"}, day: "r.end_on", ofFrom: true, ofTo: true},
	}
}

// present holds for attendances of those who were there.
const present = "r.status = 'PRESENT'"

// event declares what only timelines show.
func event(kind models.TimelineKind, rows string, from, to end, where, day string) *tie {
	return &tie{timelineOnly: true, timelineKindName: kind, rows: rows, from: from, to: to, where: where, day: day, ofFrom: true}
}

// lane is a tie as it is walked: from one end to the other, or backwards.
type lane struct {
	*tie
	back  bool
	place int // among all lanes
}

// lanes are all ties in both directions, in their order.
var lanes = func() []lane {
	var all []lane
	for _, t := range ties {
		for _, back := range []bool{false, true} {
			all = append(all, lane{t, back, len(all)})
		}
	}
	return all
}()

// near is the end from which the lane is walked, far the other.
func (l lane) near() end {
	if l.back {
		return l.to
	}
	return l.from
}

func (l lane) far() end {
	if l.back {
		return l.from
	}
	return l.to
}

// once reports whether no two rows make the same tie: each is a row of one table that has its id at one end.
func (l lane) once() bool {
	return l.row != nil && (l.from.column == "id" || l.to.column == "id")
}

// oriented puts the ends of a walked tie into the direction that its kind has.
func (l lane) oriented(near, far Ref) (from, to Ref) {
	if l.back {
		return far, near
	}
	return near, far
}

// covered reports whether whoever may see a row may see the record at its end: the row is closed with the record.
func (t *tie) covered(e end) bool {
	if t.row == nil {
		return false
	}
	if e.column == "id" {
		return true
	}
	for _, edge := range t.row.guards() {
		if edge.Local == e.column {
			return true
		}
	}
	return false
}

// lanesFrom lists the lanes that begin at records of a type, of some kinds only.
func lanesFrom(recordType models.RecordType, kinds map[models.EdgeKind]bool) []lane {
	var out []lane
	for _, l := range lanes {
		if l.near().entity.Record == recordType && !l.timelineOnly && kinds[l.kind] {
			out = append(out, l)
		}
	}
	return out
}
