package store

import "github.com/minutebook/minutebook/models"

// organizations declares the Organization: its table, its columns and its edges.
func (g *Graph) declareOrganizations() {
	e := g.Organizations
	e.record(models.TypeOrganization, "Organization", "organizations", typed[models.Organization]())
	e.Columns = append(e.Columns,
		Column{Field: "name", Name: "name", Kind: Text, Max: 200, Filter: true, Order: "NAME"},
		Column{Field: "kind", Name: "kind", Kind: Enum, Valid: valid[models.OrganizationKind], Filter: true, Order: "KIND"},
	)
	e.Edges = append(e.Edges,
		Edge{Field: "parent", To: g.Organizations, Local: "parent_id", Filter: true},
		Edge{Field: "children", To: g.Organizations, Foreign: "parent_id", Sort: by("name"), Connection: true, Filter: true, Order: "CHILD_COUNT"},
		Edge{Field: "meetings", To: g.Meetings, Foreign: "body_id", Sort: newest("held_on"), Connection: true, Filter: true, Order: "MEETING_COUNT"},
		Edge{Field: "presentations", To: g.Presentations, Foreign: "organization_id", Sort: newest("held_on"), Connection: true, Filter: true, Order: "PRESENTATION_COUNT"},
		Edge{Field: "decisionsOwed", To: g.Decisions, Link: &Link{Table: "step_actors", Parent: "organization_id", Child: "decision_id", Distinct: true, Where: "%s.role = 'ACTOR'"}, Sort: newest("held_on"), Connection: true, Filter: true, Order: "DECISION_OWED_COUNT"},
		Edge{Field: "directives", To: g.Directives, Link: &Link{Table: "directive_addressees", Parent: "organization_id", Child: "directive_id"}, Sort: newest("held_on"), Connection: true, Filter: true, Order: "DIRECTIVE_COUNT"},
		Edge{Field: "attendances", To: g.Attendances, Foreign: "organization_id", Sort: newest("held_on"), Connection: true, Filter: true, Order: "ATTENDANCE_COUNT"},
		Edge{Field: "documentsIssued", To: g.Documents, Foreign: "issued_by_id", Sort: by("title"), Connection: true, Filter: true, Order: "DOCUMENT_ISSUED_COUNT"},
		Edge{Field: "documentsReceived", To: g.Documents, Link: &Link{Table: "distributions", Parent: "organization_id", Child: "document_id", Distinct: true}, Sort: by("title"), Connection: true, Filter: true, Order: "DOCUMENT_RECEIVED_COUNT"},
		Edge{Field: "members", To: g.Memberships, Foreign: "organization_id", Sort: newest("start_on"), Connection: true, Filter: true, Order: "MEMBER_COUNT", Args: map[string]Arg{"asOf": during("start_on", "end_on")}},
		Edge{Field: "names", To: g.Names, Foreign: "owner_id", Sort: by("position")},
	)
}
