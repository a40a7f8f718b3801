package store

import "github.com/minutebook/minutebook/models"

// decisions declares the Decision: its table, its columns and its edges.
func (g *Graph) declareDecisions() {
	e := g.Decisions
	e.record(models.TypeDecision, "Decision", "decisions", typed[models.Decision]())
	e.Columns = append(e.Columns,
		Column{Field: "position", Name: "position", Kind: Int, Filter: true, Order: "POSITION", Min: 0},
		Column{Field: "text", Name: "text", Kind: Text, Max: maxParagraph, Filter: true},
		Column{Field: "outcome", Name: "outcome", Kind: Enum, Null: true, Valid: valid[models.DecisionOutcome], Filter: true, Order: "OUTCOME"},
		Column{Name: "held_on", Kind: Date, Order: "HELD_ON"},
	)
	e.Edges = append(e.Edges,
		Edge{Field: "agendaItem", To: g.AgendaItems, Local: "agenda_item_id", Required: true, Guards: true, Filter: true},
		Edge{Field: "meeting", To: g.Meetings, Local: "meeting_id", Required: true, Guards: true, Derived: true, Filter: true},
		Edge{Field: "documents", To: g.Documents, Link: &Link{Table: "decision_documents", Parent: "decision_id", Child: "document_id"}, ByLink: true, Connection: true, Filter: true, Order: "DOCUMENT_COUNT"},
		Edge{Field: "steps", To: g.Steps, Foreign: "decision_id", Sort: by("position"), Filter: true},
	)
}
