package store

import "github.com/minutebook/minutebook/models"

// attendances declares the Attendance: its table, its columns and its edges.
func (g *Graph) declareAttendances() {
	e := g.Attendances
	e.record(models.TypeAttendance, "Attendance", "attendances", typed[models.Attendance]())
	e.Columns = append(e.Columns,
		Column{Field: "position", Name: "position", Kind: Int, Filter: true, Order: "POSITION", Min: 0},
		Column{Field: "title", Name: "title", Kind: Text, Null: true, Max: 300, Filter: true},
		Column{Field: "label", Name: "label", Kind: Text, Max: 300, Filter: true},
		Column{Field: "capacity", Name: "capacity", Kind: Enum, Valid: valid[models.AttendanceCapacity], Filter: true, Order: "CAPACITY"},
		Column{Field: "status", Name: "status", Kind: Enum, Valid: valid[models.AttendanceStatus], Filter: true, Order: "STATUS"},
		Column{Field: "reason", Name: "reason", Kind: Text, Null: true, Max: 300},
		Column{Name: "held_on", Kind: Date, Order: "HELD_ON"},
	)
	e.Edges = append(e.Edges,
		Edge{Field: "meeting", To: g.Meetings, Local: "meeting_id", Required: true, Guards: true, Filter: true},
		Edge{Field: "person", To: g.People, Local: "person_id", Guards: true, Filter: true},
		Edge{Field: "organization", To: g.Organizations, Local: "organization_id", Guards: true, Filter: true},
		Edge{Field: "agendaItems", To: g.AgendaItems, Link: &Link{Table: "attendance_items", Parent: "attendance_id", Child: "agenda_item_id"}, ByLink: true},
	)
}
