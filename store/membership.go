package store

import "github.com/minutebook/minutebook/models"

// memberships declares the Membership: its table, its columns and its edges.
func (g *Graph) declareMemberships() {
	e := g.Memberships
	e.record(models.TypeMembership, "Membership", "memberships", typed[models.Membership]())
	e.Columns = append(e.Columns,
		Column{Field: "role", Name: "role", Kind: Text, Null: true, Max: 200, Filter: true},
		Column{Field: "start", Name: "start_on", Kind: Date, Null: true, Filter: true, Order: "START"},
		Column{Field: "end", Name: "end_on", Kind: Date, Null: true, Filter: true, Order: "END"},
	)
	e.Edges = append(e.Edges,
		Edge{Field: "person", To: g.People, Local: "person_id", Required: true, Guards: true, Filter: true},
		Edge{Field: "organization", To: g.Organizations, Local: "organization_id", Required: true, Guards: true, Filter: true},
	)
}
