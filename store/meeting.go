package store

import "github.com/minutebook/minutebook/models"

// meetings declares the Meeting: its table, its columns and its edges.
func (g *Graph) declareMeetings() {
	e := g.Meetings
	e.record(models.TypeMeeting, "Meeting", "meetings", typed[models.Meeting]())
	e.Columns = append(e.Columns,
		Column{Field: "title", Name: "title", Kind: Text, Max: 500, Filter: true, Order: "TITLE"},
		Column{Field: "series", Name: "series", Kind: Text, Null: true, Max: 200, Filter: true, Order: "SERIES"},
		Column{Field: "ordinal", Name: "ordinal", Kind: Int, Null: true, Filter: true, Order: "ORDINAL", Min: 0},
		Column{Field: "term", Name: "term", Kind: Text, Null: true, Max: 100, Filter: true},
		Column{Field: "heldOn", Name: "held_on", Kind: Date, Filter: true, Order: "HELD_ON"},
		Column{Field: "startsAt", Name: "starts_at", Kind: Time, Null: true},
		Column{Field: "endsAt", Name: "ends_at", Kind: Time, Null: true},
		Column{Field: "timeOfDay", Name: "time_of_day", Kind: Text, Null: true, Max: 50},
		Column{Field: "place", Name: "place", Kind: Text, Null: true, Max: 300},
		Column{Field: "state", Name: "state", Kind: Enum, Valid: valid[models.MeetingState], Filter: true},
	)
	e.Edges = append(e.Edges,
		Edge{Field: "body", To: g.Organizations, Local: "body_id", Required: true, Guards: true, Filter: true},
		Edge{Field: "chair", To: g.People, Local: "chair_id", Filter: true},
		Edge{Field: "minutes", To: g.Documents, Local: "minutes_id"},
		Edge{Field: "agendaItems", To: g.AgendaItems, Foreign: "meeting_id", Sort: by("position"), Connection: true, Filter: true, Order: "AGENDA_ITEM_COUNT"},
		Edge{Field: "attendances", To: g.Attendances, Foreign: "meeting_id", Sort: by("position"), Connection: true, Filter: true, Order: "ATTENDANCE_COUNT"},
		Edge{Field: "documents", To: g.Documents, Link: &Link{Table: "agenda_item_documents", Parent: "meeting_id", Child: "document_id", Distinct: true}, Sort: by("title"), Connection: true, Filter: true, Order: "DOCUMENT_COUNT"},
		Edge{Field: "decisions", To: g.Decisions, Foreign: "meeting_id", Sort: by("position"), Connection: true, Filter: true, Order: "DECISION_COUNT"},
	)
}
