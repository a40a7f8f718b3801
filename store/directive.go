package store

import "github.com/minutebook/minutebook/models"

// directives declares the Directive: its table, its columns and its edges.
func (g *Graph) declareDirectives() {
	e := g.Directives
	e.record(models.TypeDirective, "Directive", "directives", typed[models.Directive]())
	e.Columns = append(e.Columns,
		Column{Field: "position", Name: "position", Kind: Int, Filter: true, Order: "POSITION", Min: 0},
		Column{Field: "label", Name: "label", Kind: Text, Null: true, Max: 50},
		Column{Field: "text", Name: "text", Kind: Text, Max: maxParagraph, Filter: true},
		Column{Name: "held_on", Kind: Date, Order: "HELD_ON"},
	)
	e.Edges = append(e.Edges,
		Edge{Field: "agendaItem", To: g.AgendaItems, Local: "agenda_item_id", Required: true, Guards: true, Filter: true},
		Edge{Field: "addressees", To: g.Organizations, Link: &Link{Table: "directive_addressees", Parent: "directive_id", Child: "organization_id"}, ByLink: true, Connection: true, Filter: true, Order: "ADDRESSEE_COUNT"},
	)
}
