package store

import "github.com/minutebook/minutebook/models"

// documents declares the Document: its table, its columns and its edges.
func (g *Graph) declareDocuments() {
	e := g.Documents
	e.record(models.TypeDocument, "Document", "documents", typed[models.Document]())
	e.Columns = append(e.Columns,
		Column{Field: "title", Name: "title", Kind: Text, Max: 500, Filter: true, Order: "TITLE"},
		Column{Field: "kind", Name: "kind", Kind: Enum, Valid: valid[models.DocumentKind], Filter: true, Order: "KIND"},
		Column{Field: "number", Name: "number", Kind: Text, Null: true, Max: 100, Filter: true},
		Column{Field: "issuedOn", Name: "issued_on", Kind: Date, Null: true, Filter: true, Order: "ISSUED_ON"},
		Column{Field: "compiledOn", Name: "compiled_on", Kind: Date, Null: true},
		Column{Field: "publication", Name: "publication", Kind: Text, Null: true, Max: 200},
		Column{Field: "text", Name: "text", Kind: Text, Null: true, Max: maxText},
	)
	e.Edges = append(e.Edges,
		Edge{Field: "issuedBy", To: g.Organizations, Local: "issued_by_id", Filter: true},
		Edge{Field: "compiledBy", To: g.Organizations, Local: "compiled_by_id"},
		Edge{Field: "meeting", To: g.Meetings, Local: "meeting_id", Guards: true},
		Edge{Field: "agendaItems", To: g.AgendaItems, Link: &Link{Table: "agenda_item_documents", Parent: "document_id", Child: "agenda_item_id"}, Sort: newest("held_on"), Connection: true, Filter: true, Order: "AGENDA_ITEM_COUNT"},
		Edge{Field: "decisions", To: g.Decisions, Link: &Link{Table: "decision_documents", Parent: "document_id", Child: "decision_id"}, Sort: newest("held_on"), Connection: true, Filter: true, Order: "DECISION_COUNT"},
		Edge{Field: "distribution", To: g.Distributions, Foreign: "document_id", Sort: by("position"), Args: map[string]Arg{"kind": equal("kind")}},
	)
}
