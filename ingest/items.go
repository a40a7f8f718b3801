package ingest

import (
	"slices"
	"strings"

	"github.com/minutebook/minutebook/minutes"
	"github.com/minutebook/minutebook/models"
)

// planItems plans the agenda items with what was presented, decided and demanded under them. Items of a known meeting are
// found again by their titles, and by their places where titles are as good as alike.
func (p *planner) planItems(meeting models.ID, known *sitting) {
	stated := p.record.AgendaItems
	var have []*models.AgendaItem
	if known != nil {
		have = known.items
	}
	pairs := pairUp(len(stated), len(have), func(i, j int) float64 {
		score := max(alike(stated[i].Title, have[j].Title), p.alikeQuote(stated[i].Span, have[j].ID))
		if score < 0.6 {
			return 0
		}
		if stated[i].Position == have[j].Position {
			score += 0.05
		}
		return score
	})
	p.itemIDs = make([]models.ID, len(stated))
	decided := 0
	for i := range stated {
		var item *models.AgendaItem
		if pairs[i] >= 0 {
			item = have[pairs[i]]
		}
		p.planItem(meeting, i, item, known, &decided)
	}
	if known != nil {
		for _, item := range without(have, pairs) {
			p.withdrawItem(item, known)
		}
	}
}

// without lists what no pair was found for.
func without[T any](have []T, pairs []int) []T {
	var out []T
	for j := range have {
		if !slices.Contains(pairs, j) {
			out = append(out, have[j])
		}
	}
	return out
}

func (p *planner) planItem(meeting models.ID, i int, known *models.AgendaItem, in *sitting, decided *int) {
	s := &p.record.AgendaItems[i]
	want := &models.AgendaItem{
		Position: s.Position, Kind: models.AgendaItemKind(s.Kind), Title: s.Title, Text: itemText(p.text, s.Body), MeetingID: meeting, HeldOn: p.day,
	}
	want.ID = models.NewID()
	if number := strings.TrimSpace(s.Number); number != "" && len([]rune(number)) <= 50 {
		want.Number = &number
	}
	if known != nil {
		want.ID = known.ID
	}
	p.itemIDs[i] = want.ID
	sources := []source{stated("", spanOf(s.Span)), stated("title", spanOf(s.Span)), stated("kind", spanOf(s.Span)), stated("text", spanOf(s.Body))}
	sources = p.withCorrections(models.TypeAgendaItem, want.ID, spanOf(s.Span), sources)
	p.facts(models.TypeAgendaItem, want.ID, want.Title, sources)
	presenters, papers := p.presenters(want, s), p.itemPapers(want, s)
	if known == nil {
		p.put(want)
		p.spansFor(want.ID, sources)
		p.addRows(presenters)
		p.addRows(papers)
	} else {
		have := cloned(known)
		m := p.merge(have)
		set(m, "position", &have.Position, want.Position)
		setOptional(m, "number", &have.Number, want.Number)
		set(m, "kind", &have.Kind, want.Kind)
		set(m, "title", &have.Title, want.Title)
		setOptional(m, "text", &have.Text, want.Text)
		m.list("presenters", rows(in.presenters[have.ID]), presenters)
		m.list("documents", rows(in.itemPapers[have.ID]), papers)
		m.done(sources)
		p.reveal(known)
	}
	p.planDecisions(want, s, in, decided)
	p.planDirectives(want, s, in)
}

func (p *planner) presenters(item *models.AgendaItem, s *minutes.AgendaItem) []row {
	var out []row
	for _, stated := range s.Presenters {
		part := &models.Presentation{AgendaItemID: item.ID, Position: len(out) + 1, Role: shortened(stated.Role, 200), HeldOn: p.day}
		part.ID = models.NewID()
		part.OrganizationID = p.organizationID(stated.Organization)
		if stated.Person != nil {
			part.PersonID = p.presenter(*stated.Person, stated.Organization, spanOf(stated.Span))
		}
		if part.OrganizationID == nil && part.PersonID == nil {
			continue
		}
		out = append(out, row{
			part: part, sources: []source{p.part(models.TypeAgendaItem, stated.Span)}, id: func() models.ID { return part.ID },
			like: likeness(func(k *models.Presentation) bool {
				return equalPointers(k.OrganizationID, part.OrganizationID) && equalPointers(k.PersonID, part.PersonID) && equalPointers(k.Role, part.Role)
			}),
			keep: keeping(func(k *models.Presentation) { part.ID = k.ID }),
		})
		p.fact(models.TypeAgendaItem, item.ID, "presenters", p.text.squeeze(spanOf(stated.Span)), spanOf(stated.Span))
	}
	return out
}

// presenter is the person who reports: one of those who took part, or somebody known or new.
func (p *planner) presenter(name string, office *string, at span) *models.ID {
	unit := ""
	s := sighting{body: p.bodyID()}
	if id := p.organizationID(office); id != nil {
		unit, s.unit = *office, *id
	}
	one := p.personOfText(name, unit)
	if one == nil {
		one = p.resolvePerson(name, unit, s, p.text.locate(at, name), nil)
	}
	id := one.record.ID
	return &id
}

// itemPapers are the documents before the meeting under an item.
func (p *planner) itemPapers(item *models.AgendaItem, s *minutes.AgendaItem) []row {
	var out []row
	seen := map[models.ID]bool{}
	for _, d := range s.Documents {
		found := p.resolvePaper(d.Title, spanOf(d.Span))
		if found == nil || seen[found.record.ID] {
			continue
		}
		seen[found.record.ID] = true
		p.sawPaper(found, d)
		part := &models.AgendaItemDocument{
			AgendaItemID: item.ID, MeetingID: item.MeetingID, DocumentID: found.record.ID, Position: len(out) + 1, Role: models.DocumentRole(d.Role),
		}
		if !part.Role.Valid() {
			part.Role = models.DocumentRoleUnderReview
		}
		if d.ShortTitle != "" {
			part.ShortTitle = shortened(&d.ShortTitle, 300)
		}
		out = append(out, row{part: part, like: likeness(func(k *models.AgendaItemDocument) bool {
			return k.DocumentID == part.DocumentID && k.Role == part.Role && equalPointers(k.ShortTitle, part.ShortTitle)
		})})
		p.fact(models.TypeAgendaItem, item.ID, "documents", d.Title, spanOf(d.Span))
	}
	return out
}

func (p *planner) planDirectives(item *models.AgendaItem, s *minutes.AgendaItem, in *sitting) {
	var have []*models.Directive
	if in != nil {
		have = in.directives[item.ID]
	}
	pairs := pairUp(len(s.Directives), len(have), func(i, j int) float64 {
		score := max(alike(s.Directives[i].Text, have[j].Text), p.alikeQuote(s.Directives[i].Span, have[j].ID))
		if score < 0.5 {
			return 0
		}
		if i+1 == have[j].Position {
			score += 0.01
		}
		return score
	})
	for i := range s.Directives {
		var known *models.Directive
		if pairs[i] >= 0 {
			known = have[pairs[i]]
		}
		p.planDirective(item, &s.Directives[i], known, in, i+1)
	}
	for _, gone := range without(have, pairs) {
		p.withdraw(gone, []models.Record{gone})
	}
}

func (p *planner) planDirective(item *models.AgendaItem, s *minutes.Directive, known *models.Directive, in *sitting, position int) {
	at := spanOf(s.Span)
	want := &models.Directive{
		Position: position, Label: shortened(s.Label, 50), Text: *shortened(&s.Text, maxQuote-1), AgendaItemID: item.ID, HeldOn: p.day,
	}
	want.ID = models.NewID()
	if known != nil {
		want.ID = known.ID
	}
	sources := []source{stated("", at), stated("text", at)}
	if s.Label != nil {
		sources = append(sources, stated("label", p.text.locate(at, *s.Label)))
	}
	addressees := p.addressees(want, s, &sources)
	sources = p.withCorrections(models.TypeDirective, want.ID, at, sources)
	p.facts(models.TypeDirective, want.ID, want.Text, sources)
	if known == nil {
		p.put(want)
		p.spansFor(want.ID, sources)
		p.addRows(addressees)
		return
	}
	have := cloned(known)
	m := p.merge(have)
	set(m, "position", &have.Position, want.Position)
	setOptional(m, "label", &have.Label, want.Label)
	set(m, "text", &have.Text, want.Text)
	m.list("addressees", rows(in.addressees[have.ID]), addressees)
	m.done(sources)
	p.reveal(known)
}

// addressees are the organizations that a directive tells to act.
func (p *planner) addressees(directive *models.Directive, s *minutes.Directive, sources *[]source) []row {
	var out []row
	seen := map[models.ID]bool{}
	for _, name := range s.Addressees {
		id := p.organizationID(&name)
		if id == nil {
			message := "A directive is addressed to organizations; " + name + " is none, or it cannot be told, so it stands in the words only."
			p.warnAt("ADDRESSEE_UNCLEAR", message, spanOf(s.Span))
			continue
		}
		if seen[*id] {
			continue
		}
		seen[*id] = true
		*sources = append(*sources, stated("addressees", p.text.locate(spanOf(s.Span), name)))
		part := &models.DirectiveAddressee{DirectiveID: directive.ID, OrganizationID: *id, Position: len(out) + 1}
		out = append(out, row{part: part, like: likeness(func(k *models.DirectiveAddressee) bool { return k.OrganizationID == part.OrganizationID })})
	}
	return out
}
