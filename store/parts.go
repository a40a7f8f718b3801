package store

import "github.com/minutebook/minutebook/models"

// declareParts declares what belongs to records and has no history of its own.
func (g *Graph) declareParts() {
	g.declareSteps()
	g.declarePresentations()
	g.declareDistributions()
	g.declareLabels()
	g.declareSpans()
}

func (g *Graph) declareSteps() {
	e := g.Steps
	e.part("DecisionStep", "decision_steps", typed[models.DecisionStep]())
	e.Columns = append(e.Columns,
		Column{Field: "order", Name: "position", Kind: Int},
		Column{Field: "kind", Name: "kind", Kind: Enum, Valid: valid[models.StepKind], Filter: true},
		Column{Field: "condition", Name: "condition_text", Kind: Text, Null: true, Max: 500},
		Column{Field: "actorLabels", Name: "actor_labels", Kind: Lines},
		// An open step past its day is overdue; nobody has to write that down at midnight.
		Column{Field: "status", Name: "status", Kind: Enum, Valid: valid[models.StepStatus], Filter: true,
			Expr: "CASE WHEN %[1]s.status = 'OPEN' AND %[1]s.due_on < CURRENT_DATE THEN 'OVERDUE' ELSE %[1]s.status END"},
		Column{Field: "dueOn", Name: "due_on", Kind: Date, Null: true, Filter: true},
		Column{Field: "doneOn", Name: "done_on", Kind: Date, Null: true},
	)
	e.Edges = append(e.Edges,
		Edge{Field: "target", To: g.Organizations, Local: "target_id", Filter: true},
		Edge{Field: "document", To: g.Documents, Local: "document_id"},
		Edge{Field: "actors", To: g.Organizations, Link: stepActors("organization_id", models.StepActorDoes), ByLink: true, Filter: true},
		Edge{Field: "people", To: g.People, Link: stepActors("person_id", models.StepActorDoes), ByLink: true},
		Edge{Field: "inNameOf", To: g.Organizations, Link: stepActors("organization_id", models.StepActorInNameOf), ByLink: true},
		sourcesEdge(g),
	)
}

func (g *Graph) declarePresentations() {
	e := g.Presentations
	e.part("Presentation", "presentations", typed[models.Presentation]())
	e.Guest = "%s.public = 1"
	e.Columns = append(e.Columns,
		Column{Field: "position", Name: "position", Kind: Int, Order: "POSITION"},
		Column{Field: "role", Name: "role", Kind: Text, Null: true, Max: 200, Filter: true},
		Column{Name: "held_on", Kind: Date, Order: "HELD_ON"},
	)
	e.Edges = append(e.Edges,
		Edge{Field: "agendaItem", To: g.AgendaItems, Local: "agenda_item_id", Required: true, Guards: true, Filter: true},
		Edge{Field: "organization", To: g.Organizations, Local: "organization_id", Guards: true, Filter: true},
		Edge{Field: "person", To: g.People, Local: "person_id", Guards: true, Filter: true},
		sourcesEdge(g),
	)
}

func (g *Graph) declareDistributions() {
	e := g.Distributions
	e.part("Distribution", "distributions", typed[models.Distribution]())
	e.Guest = "%s.public = 1"
	e.Columns = append(e.Columns,
		Column{Field: "kind", Name: "kind", Kind: Enum, Valid: valid[models.DistributionKind]},
		Column{Field: "position", Name: "position", Kind: Int},
		Column{Field: "label", Name: "label", Kind: Text},
		Column{Field: "collective", Name: "collective", Kind: Bool},
	)
	e.Edges = append(e.Edges,
		Edge{Field: "organization", To: g.Organizations, Local: "organization_id", Guards: true},
		Edge{Field: "document", To: g.Documents, Local: "document_id", Required: true, Guards: true},
		sourcesEdge(g),
	)
}

// declareLabels declares the names and the identifiers of records.
func (g *Graph) declareLabels() {
	e := g.Names
	e.part("Name", "names", typed[models.Name]())
	e.Columns = append(e.Columns,
		Column{Field: "text", Name: "text", Kind: Text},
		Column{Field: "kind", Name: "kind", Kind: Enum, Valid: valid[models.NameKind]},
		Column{Name: "position", Kind: Int},
	)
	e.Edges = append(e.Edges, sourcesEdge(g))

	e = g.Identifiers
	e.part("Identifier", "identifiers", typed[models.Identifier]())
	e.Columns = append(e.Columns,
		Column{Field: "scheme", Name: "scheme", Kind: Text, Max: 100},
		Column{Field: "value", Name: "value", Kind: Text, Max: 400},
	)
}

func (g *Graph) declareSpans() {
	e := g.Spans
	e.part("SourceSpan", "source_spans", typed[models.SourceSpan]())
	// A span quotes the minutes: whoever may not see them may not see the quotation.
	e.Guest = "EXISTS (SELECT 1 FROM documents sd WHERE sd.id = %s.document_id AND sd.public = 1)"
	e.Columns = append(e.Columns,
		Column{Field: "field", Name: "field", Kind: Text, Null: true, Max: 64},
		Column{Field: "start", Name: "start_at", Kind: Int},
		Column{Field: "end", Name: "end_at", Kind: Int},
		Column{Field: "quote", Name: "quote", Kind: Text, Max: maxParagraph},
		Column{Field: "method", Name: "method", Kind: Enum},
		Column{Field: "confirmed", Name: "confirmed", Kind: Bool},
	)
	e.Edges = append(e.Edges, Edge{Field: "document", To: g.Documents, Local: "document_id", Required: true})
}

func sourcesEdge(g *Graph) Edge {
	return Edge{Field: "sources", To: g.Spans, Foreign: "owner_id", Sort: by("start_at")}
}

func stepActors(child string, role models.StepActorRole) *Link {
	return &Link{Table: "step_actors", Parent: "step_id", Child: child, Where: "%s.role = '" + string(role) + "'"}
}

// declareChanges declares the log of changes.
func (g *Graph) declareChanges() {
	e := g.Changes
	e.part("Change", "changes", typed[models.Change]())
	e.Guest, e.whole = "%s.public = 1", true
	e.Columns = append(e.Columns,
		Column{Field: "cursor", Name: "sequence", Kind: Big},
		Column{Field: "operation", Name: "operation", Kind: Enum},
		Column{Field: "type", Name: "record_type", Kind: Enum},
		Column{Field: "recordId", Name: "record_id", Kind: Key},
		Column{Field: "version", Name: "version", Kind: Int},
		Column{Field: "actor", Name: "actor", Kind: Text},
		Column{Name: "actor_role", Kind: Enum},
		Column{Field: "at", Name: "at", Kind: Time},
		Column{Field: "fields", Name: "fields", Kind: Text},
		Column{Field: "reason", Name: "reason", Kind: Text, Null: true},
		Column{Field: "mergedInto", Name: "merged_into", Kind: Key, Null: true},
		Column{Name: "public", Kind: Bool},
	)
	e.Edges = append(e.Edges, Edge{Field: "record", Dynamic: &Dynamic{Type: "record_type", ID: "record_id"}})
}
