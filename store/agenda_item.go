package store

import "github.com/minutebook/minutebook/models"

// agendaItems declares the AgendaItem: its table, its columns and its edges.
func (g *Graph) declareAgendaItems() {
	e := g.AgendaItems
	e.record(models.TypeAgendaItem, "AgendaItem", "agenda_items", typed[models.AgendaItem]())
	e.Columns = append(e.Columns,
		Column{Field: "position", Name: "position", Kind: Int, Filter: true, Order: "POSITION", Min: 0},
		Column{Field: "number", Name: "number", Kind: Text, Null: true, Max: 50},
		Column{Field: "kind", Name: "kind", Kind: Enum, Valid: valid[models.AgendaItemKind], Filter: true, Order: "KIND"},
		Column{Field: "title", Name: "title", Kind: Text, Max: maxParagraph, Filter: true},
		Column{Field: "text", Name: "text", Kind: Text, Null: true, Max: maxParagraph},
		Column{Name: "held_on", Kind: Date, Order: "HELD_ON"},
	)
	e.Edges = append(e.Edges,
		Edge{Field: "meeting", To: g.Meetings, Local: "meeting_id", Required: true, Guards: true, Filter: true},
		Edge{Field: "presenters", To: g.Presentations, Foreign: "agenda_item_id", Sort: by("position"), Connection: true, Filter: true, Order: "PRESENTER_COUNT"},
		Edge{Field: "documents", To: g.Documents, Link: &Link{Table: "agenda_item_documents", Parent: "agenda_item_id", Child: "document_id", Columns: documentUse}, ByLink: true, Connection: true, Filter: true, Order: "DOCUMENT_COUNT"},
		Edge{Field: "decisions", To: g.Decisions, Foreign: "agenda_item_id", Sort: by("position"), Connection: true, Filter: true, Order: "DECISION_COUNT"},
		Edge{Field: "directives", To: g.Directives, Foreign: "agenda_item_id", Sort: by("position"), Connection: true, Filter: true, Order: "DIRECTIVE_COUNT"},
		Edge{Field: "attendances", To: g.Attendances, Link: &Link{Table: "attendance_items", Parent: "agenda_item_id", Child: "attendance_id"}, Sort: by("position"), Connection: true, Filter: true, Order: "ATTENDANCE_COUNT"},
	)
}
