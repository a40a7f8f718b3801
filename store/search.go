package store

import (
	"context"
	"fmt"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/search"
)

// Search is what is looked for, and where.
type Search struct {
	Query search.Query
	Types []models.RecordType // nil: all that are indexed
	Body  models.ID           // only what was before meetings of this body; zero: everything
	// From and To bound the day of the meeting, or of the issue of a document; empty: no bound.
	From, To models.Date
}

// What a hit is worth, in thousandths. A search must tell a guest nothing of what they may not see, so that nothing but the
// record and the words decides: no count of how often a word stands elsewhere.
const (
	rankExact = 4000 // a name or the title is what was typed
	rankWhole = 3000 // what was typed stands in the title as it is; more the larger a part of the title it is
	rankTitle = 2000 // all words stand in the title
	rankText  = 1000 // all words stand in the record; more the more of them stand in the title
	rankStep  = 999  // most that part is worth
)

// hits is the entity of what a search finds. Its rows come from the index by way of source.
var hits = declareHits()

func declareHits() *Entity {
	e := &Entity{Name: "SearchHit", Table: "search_entries", Guest: "%s.public = 1", typing: typed[models.SearchHit]()}
	e.Columns = []Column{
		{Name: "id", Kind: Key},
		{Name: "record_type", Kind: Enum},
		{Name: "score", Kind: Int},
		{Name: "held_on", Kind: Date, Null: true},
	}
	e.Edges = []Edge{{Field: "record", Dynamic: &Dynamic{Type: "record_type", ID: "id"}}}
	e.index()
	e.Sort = []Sort{{name: "score", Desc: true}, {name: "held_on", Desc: true}}
	e.resolve(e.Sort)
	// A document may have been before meetings of several bodies: it counts for each.
	e.dims["TYPE"] = &Dimension{Name: "TYPE", column: "record_type"}
	e.dims["BODY"] = &Dimension{Name: "BODY", column: "body_id", To: Schema.Organizations, spread: true}
	e.dims["YEAR"] = &Dimension{Name: "YEAR", column: "day", length: 4, spread: true}
	return e
}

// Hits returns the entity of what a search finds: queries over it page, count and group the hits, best first, and its edge
// record leads to what was found. Cursors are good for the same search only.
func (s *Store) Hits(ctx context.Context, what Search) *Entity {
	e := *hits
	e.scope = fmt.Sprintf("%q %v %s %s %s", what.Query.Whole, what.Types, what.Body, what.From, what.To)
	for _, term := range what.Query.Terms {
		e.scope += fmt.Sprintf(" %q", term.Text)
	}
	plan := matching{dialect: s.dialect}
	if s.dialect == MySQL {
		plan.telling = s.sampled(ctx).telling(what.Query)
	}
	e.source = func(b *builder) { what.write(b, plan) }
	if len(plan.telling) > 0 {
		unaided := e
		unaided.source = func(b *builder) { what.write(b, matching{dialect: s.dialect}) }
		e.unaided = &unaided
	}
	return &e
}

// SearchPage answers a query over the hits of a search. A record that has gone since it was found is left out.
func (s *Store) SearchPage(ctx context.Context, actor models.Actor, q *Query) (*models.SearchConnection, error) {
	for _, name := range []string{"record_type", "score"} {
		q.Columns = append(q.Columns, q.Entity.column(name))
	}
	found, err := s.Page(ctx, actor, q)
	if mysqlNumber(err) == mysqlTooManyWords && q.Entity.unaided != nil {
		again := *q
		again.Entity = q.Entity.unaided
		found, err = s.Page(ctx, actor, &again)
	}
	if err != nil {
		return nil, err
	}
	page := found.(*models.SearchConnection)
	nodes, edges := page.Nodes[:0], page.Edges[:0]
	for i, hit := range page.Nodes {
		if !gone(hit, q.Branches) {
			nodes, edges = append(nodes, hit), append(edges, page.Edges[i])
		}
	}
	page.Nodes, page.Edges = nodes, edges
	return page, nil
}

func gone(hit *models.SearchHit, branches []*Branch) bool {
	for _, branch := range branches {
		if record, loaded := hit.Loaded(branch.Key); loaded && record == nil {
			return true
		}
	}
	return false
}

// write writes the SELECT that finds the hits. With spread it has a row for each meeting that a document was before.
func (what Search) write(b *builder, plan matching) {
	b.text("SELECT e.record_id AS id, e.record_type, e.public, e.held_on, ")
	what.writeScore(b, plan.dialect)
	b.text(" AS score")
	if b.spread {
		b.text(", COALESCE(e.held_on, i.held_on) AS day, m.body_id")
	}
	b.text(plan.from(what.Query))
	if b.spread {
		b.text(" LEFT JOIN (agenda_item_documents l JOIN agenda_items i ON i.id = l.agenda_item_id")
		b.visible(Schema.AgendaItems, "i")
		b.text(") ON l.document_id = e.record_id AND e.meeting_id IS NULL LEFT JOIN meetings m ON m.id = COALESCE(e.meeting_id, l.meeting_id)")
	}
	b.text(" WHERE ")
	plan.write(b, what.Query)
	if what.Types != nil {
		types := make([]any, len(what.Types))
		for i, t := range what.Types {
			types[i] = string(t)
		}
		b.text(" AND ").oneOf("e.record_type", types, false, false)
	}
	what.writeOccasion(b)
}

// writeScore writes what a hit is worth.
func (what Search) writeScore(b *builder, dialect Dialect) {
	terms := what.Query.Terms
	if len(terms) == 0 {
		b.text("0")
		return
	}
	divide := map[Dialect]string{SQLite: " / ", MySQL: " DIV "}[dialect]
	length := what.Query.Length()
	part := fmt.Sprintf("CASE WHEN e.width <= %d THEN %d ELSE %d%se.width END", length, rankStep, rankStep*length, divide)
	b.text("CASE WHEN ").holds(dialect, "e.title", search.Lines(what.Query.Whole)).text(fmt.Sprintf(" THEN %d WHEN ", rankExact))
	b.holds(dialect, "e.title", what.Query.Whole).text(fmt.Sprintf(" THEN %d + %s", rankWhole, part))
	if len(terms) == 1 {
		b.text(fmt.Sprintf(" ELSE %d END", rankText))
		return
	}
	b.text(" WHEN ")
	for i, term := range terms {
		if i > 0 {
			b.text(" AND ")
		}
		b.holds(dialect, "e.title", term.Text)
	}
	b.text(fmt.Sprintf(" THEN %d + %s ELSE %d + %d * (", rankTitle, part, rankText, rankStep/len(terms)))
	for i, term := range terms {
		if i > 0 {
			b.text(" + ")
		}
		b.text("(").holds(dialect, "e.title", term.Text).text(")")
	}
	b.text(") END")
}

// writeOccasion writes the bounds of body and day: of the meeting an entry belongs to, or else of one that the document was
// before. A guest is not told of a meeting that they may not see.
func (what Search) writeOccasion(b *builder) {
	if what.Body.IsZero() && what.From == "" && what.To == "" {
		return
	}
	b.text(" AND (1=1")
	what.writeBody(b, "e.meeting_id IN (SELECT m.id FROM meetings m WHERE m.body_id", ")")
	what.writeDays(b, "e.held_on")
	b.text(" OR e.meeting_id IS NULL AND EXISTS (SELECT 1 FROM agenda_item_documents l JOIN agenda_items i ON i.id = l.agenda_item_id")
	b.visible(Schema.AgendaItems, "i")
	b.text(" JOIN meetings m ON m.id = l.meeting_id WHERE l.document_id = e.record_id")
	what.writeBody(b, "m.body_id", "")
	what.writeDays(b, "COALESCE(e.held_on, i.held_on)")
	b.text("))")
}

// writeBody bounds the body. The id of one that was merged leads to the one kept.
func (what Search) writeBody(b *builder, column, end string) {
	if !what.Body.IsZero() {
		b.text(" AND "+column+" = COALESCE((SELECT r.to_id FROM redirects r WHERE r.from_id = ?), ?)"+end).bind(what.Body[:], what.Body[:])
	}
}

func (what Search) writeDays(b *builder, column string) {
	if what.From != "" {
		b.text(" AND " + column + " >= ?").bind(string(what.From))
	}
	if what.To != "" {
		b.text(" AND " + column + " <= ?").bind(string(what.To))
	}
}
