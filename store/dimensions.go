package store

// Dimension is something records are counted by: the column at the end of a path of edges.
type Dimension struct {
	Name   string
	path   []string // fields of the edges on the way
	column string   // empty: the id of what the path leads to
	length int      // leading characters that count: 4 for the year of a day
	spread bool     // the source has a row for each value of a record
	To     *Entity  // of what the value is an id; nil for plain values
	edges  []*Edge
}

func (g *Graph) declareDimensions() {
	year, month := Dimension{Name: "YEAR", column: "held_on", length: 4}, Dimension{Name: "MONTH", column: "held_on", length: 7}
	along := func(name string, path ...string) Dimension { return Dimension{Name: name, path: path} }
	value := func(name, column string, path ...string) Dimension {
		return Dimension{Name: name, column: column, path: path}
	}
	g.Meetings.dimensions(along("BODY", "body"), value("SERIES", "series"), year, month, along("CHAIR", "chair"))
	g.AgendaItems.dimensions(value("KIND", "kind"), along("BODY", "meeting", "body"), year, month, along("PRESENTER", "presenters", "organization"),
		value("OUTCOME", "outcome", "decisions"), value("DOCUMENT_KIND", "kind", "documents"))
	g.Decisions.dimensions(value("OUTCOME", "outcome"), along("BODY", "meeting", "body"), year, month)
	g.Directives.dimensions(along("ADDRESSEE", "addressees"), along("BODY", "agendaItem", "meeting", "body"), year)
	g.Documents.dimensions(value("KIND", "kind"), along("ISSUER", "issuedBy"), Dimension{Name: "YEAR", column: "issued_on", length: 4})
	g.Organizations.dimensions(value("KIND", "kind"), along("PARENT", "parent"))
	g.People.dimensions(Dimension{Name: "YEAR_ADDED", column: "created_at", length: 4})
	g.Memberships.dimensions(along("ORGANIZATION", "organization"), value("ROLE", "role"))
	g.Attendances.dimensions(value("CAPACITY", "capacity"), value("STATUS", "status"), along("ORGANIZATION", "organization"), along("PERSON", "person"), year)
	g.Presentations.dimensions(along("ORGANIZATION", "organization"), along("PERSON", "person"), along("BODY", "agendaItem", "meeting", "body"), year)
}

// dimensions adds what the entity's records are counted by.
func (e *Entity) dimensions(dimensions ...Dimension) {
	for _, d := range dimensions {
		at := e
		for _, field := range d.path {
			edge := at.edges[field]
			d.edges, at = append(d.edges, edge), edge.To
		}
		if d.column == "" {
			d.To = at
		} else {
			at.column(d.column)
		}
		e.dims[d.Name] = &d
	}
}
