package store

import "github.com/minutebook/minutebook/models"

// people declares the Person: its table, its columns and its edges.
func (g *Graph) declarePeople() {
	e := g.People
	e.record(models.TypePerson, "Person", "people", typed[models.Person]())
	e.Columns = append(e.Columns,
		Column{Field: "name", Name: "name", Kind: Text, Max: 200, Filter: true, Order: "NAME"},
		Column{Field: "pinyin", Name: "pinyin", Kind: Text, Null: true, Max: 200, Filter: true, Order: "PINYIN"},
	)
	e.Edges = append(e.Edges,
		Edge{Field: "memberships", To: g.Memberships, Foreign: "person_id", Sort: newest("start_on"), Connection: true, Filter: true, Order: "MEMBERSHIP_COUNT", Args: map[string]Arg{"asOf": during("start_on", "end_on")}},
		Edge{Field: "attendances", To: g.Attendances, Foreign: "person_id", Sort: newest("held_on"), Connection: true, Filter: true, Order: "ATTENDANCE_COUNT"},
		Edge{Field: "presentations", To: g.Presentations, Foreign: "person_id", Sort: newest("held_on"), Connection: true, Filter: true, Order: "PRESENTATION_COUNT"},
		Edge{Field: "meetingsChaired", To: g.Meetings, Foreign: "chair_id", Sort: newest("held_on"), Connection: true, Filter: true, Order: "MEETING_CHAIRED_COUNT"},
		Edge{Field: "names", To: g.Names, Foreign: "owner_id", Sort: by("position")},
	)
}
