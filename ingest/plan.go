package ingest

import (
	"fmt"

	"github.com/minutebook/minutebook/minutes"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// A plan is what an import will write, worked out before anything is written.
type plan struct {
	meeting, document models.ID
	sequence          int64 // of the last change in the log when it was made

	add      []models.Record
	parts    []any // of new records, links, and spans of all
	amend    []amendment
	drop     []models.ID // spans that the text no longer gives
	withdraw []models.Record
	unused   []models.Record // withdrawn only if nothing needs them
	publish  []models.Record
	human    map[models.ID][]string // fields that corrections set

	counts  map[models.RecordType]*models.ImportCount
	matches []*models.ImportMatch
	warning []*models.ImportWarning
	kept    []*models.ImportKept
	facts   []*models.ImportFact
	numbers map[models.ID]int // of records, for facts
}

// amendment is a record as it shall be, with the lists of its parts that differ.
type amendment struct {
	record models.Record
	parts  map[string][]any
}

// nothing reports a plan that writes nothing.
func (p *plan) nothing() bool {
	return len(p.add)+len(p.parts)+len(p.amend)+len(p.drop)+len(p.withdraw)+len(p.publish) == 0
}

// planner makes a plan. It is pure: all it knows stands in known, and ids are the only thing it makes up.
type planner struct {
	known      *known
	record     *minutes.Record
	text       text
	convener   convener
	heldOn     models.Date
	day        models.Date // of what is below the meeting
	visibility models.Visibility
	corrected  *corrected
	open       bool // whether the importer said that the text is public, beyond its own mark
	answers    map[string]*models.MatchResolution

	organizations map[string]*organization
	named         []*organization              // in the order of the text
	mentioned     map[*organization][]*mention // all forms of the name in the text, the longest first
	newNames      map[*organization][]*mention // those that are not known yet
	seats         []*person                    // by the place in the list of attendance
	seatPairs     []int                        // known entries of the list, -1 for none
	itemIDs       []models.ID
	seen          []*person
	papers        map[string]*paper
	order         []*paper
	paperAt       map[*paper]span

	doc      *models.Document // of this text, known or new
	docFresh bool
	first    bool // this text is the first record of the meeting, whose values count

	asked    map[string]*models.ImportMatch
	settled  map[models.ID]bool
	touched  map[models.ID]bool // records that the text states
	problems []*models.UserError
	out      *plan
}

// makePlan works out what importing a text means, given what is known.
func makePlan(k *known, r *reading) (*plan, []*models.UserError) {
	p := &planner{
		known: k, record: &r.record, text: r.runes, convener: r.convener, heldOn: r.heldOn, visibility: r.visibility, open: r.open, corrected: r.corrected,
		answers:       map[string]*models.MatchResolution{},
		organizations: map[string]*organization{}, mentioned: map[*organization][]*mention{}, newNames: map[*organization][]*mention{},
		papers: map[string]*paper{}, paperAt: map[*paper]span{},
		asked: map[string]*models.ImportMatch{}, settled: map[models.ID]bool{}, touched: map[models.ID]bool{},
		out: &plan{counts: map[models.RecordType]*models.ImportCount{}, numbers: map[models.ID]int{}, human: map[models.ID][]string{}},
	}
	for _, answer := range r.resolutions {
		p.answers[answer.Key] = answer
	}
	for _, w := range r.record.Warnings {
		p.warnAt(w.Code, w.Message, spanOf(w.Span))
	}
	if r.convener.concluded != "" {
		p.warnAt("BODY_CONCLUDED", r.convener.concluded, spanOf(r.record.Meeting.Spans["body"]))
	}
	p.resolveOrganizations(p.allMentions(r).list)
	p.planMeeting(r)
	p.checkAnswers()
	p.planOrganizations()
	p.planPeople()
	p.planPapers()
	p.findUnused()
	return p.out, p.problems
}

// allMentions gathers the names of organizations in the text, in its order.
func (p *planner) allMentions(r *reading) *mentions {
	m := &mentions{}
	rec := p.record
	m.add(p.convener.name, p.bodySpan())
	if p.convener.written != "" && p.convener.written != p.convener.name && !r.named {
		m.add(p.convener.written, spanOf(rec.Meeting.Spans["bodyAsWritten"]))
	}
	for _, office := range []struct {
		name  *string
		field string
	}{{rec.Minutes.IssuedBy, "issuedBy"}, {rec.Minutes.CompiledBy, "compiledBy"}} {
		if office.name != nil {
			m.add(*office.name, spanOf(rec.Minutes.Spans[office.field]))
		}
	}
	for i := range rec.AgendaItems {
		p.itemMentions(&rec.AgendaItems[i], m)
	}
	for _, a := range rec.Attendance {
		if a.Organization != nil {
			m.add(*a.Organization, p.text.locate(spanOf(a.Span), *a.Organization))
		}
	}
	for _, d := range rec.Distribution {
		m.add(d.Name, p.text.locate(spanOf(d.Span), d.Name))
	}
	return m
}

func (p *planner) itemMentions(item *minutes.AgendaItem, m *mentions) {
	add := func(names []string, at minutes.Span) {
		for _, name := range names {
			if !p.isPerson(name) && !vague(p.known.directory.view, name) {
				m.add(name, p.text.locate(spanOf(at), name))
			}
		}
	}
	for _, presenter := range item.Presenters {
		if presenter.Organization != nil {
			m.add(*presenter.Organization, p.text.locate(spanOf(presenter.Span), *presenter.Organization))
		}
	}
	for _, decision := range item.Decisions {
		for _, step := range decision.Steps {
			add(step.Actors, step.Span)
			add(step.InNameOf, step.Span)
			if step.Target != nil {
				add([]string{*step.Target}, step.Span)
			}
		}
	}
	for _, directive := range item.Directives {
		add(directive.Addressees, directive.Span)
	}
}

// isPerson reports a name that stands in the list of those who took part.
func (p *planner) isPerson(name string) bool {
	for _, a := range p.record.Attendance {
		if a.Name != nil && *a.Name == name {
			return true
		}
	}
	return false
}

// vague reports an actor of whom it cannot be told whether it is an organization: two or three characters that end like
// none, as a name of a person not in the list, or half of a list (住建).
func vague(view viewpoint, name string) bool {
	f := view.read(name)
	return len([]rune(name)) <= 3 && f.whose != several && !listed(f.core) && organizationKind(name, f) == models.OrganizationKindOther
}

// bodySpan is where the text names who met.
func (p *planner) bodySpan() span {
	for _, field := range []string{"body", "bodyAsWritten", "series", "heldOn"} {
		if at, ok := p.record.Meeting.Spans[field]; ok {
			return spanOf(at)
		}
	}
	return span{0, min(len(p.text), 1)}
}

// match begins the report on a name. The same name is asked about once.
func (p *planner) match(t models.RecordType, name, unit string, at span) *models.ImportMatch {
	key := matchKey(t, name, unit)
	if asked := p.asked[key]; asked != nil {
		return &models.ImportMatch{Key: key, Type: t, Name: name} // the first report stands
	}
	m := &models.ImportMatch{Key: key, Type: t, Name: name}
	if !at.empty() {
		start, end := at.start, at.end
		m.Start, m.End = &start, &end
	}
	p.asked[key] = m
	p.out.matches = append(p.out.matches, m)
	return m
}

var keyWords = map[models.RecordType]string{
	models.TypeMeeting: "meeting", models.TypeOrganization: "organization", models.TypePerson: "person", models.TypeDocument: "document",
}

// matchKey names a question: the kind of record, the name as written, and for people the organization as written.
func matchKey(t models.RecordType, name, unit string) string {
	key := keyWords[t] + ":" + name
	if unit != "" {
		key += "@" + unit
	}
	return key
}

// settle notes the record of a match.
func (p *planner) settle(m *models.ImportMatch, id models.ID, fresh bool) {
	p.settled[id] = fresh
	m.RecordID = &id
}

// refused reports a question that a person has answered with a new record.
func (p *planner) refused(key string) bool { return p.answers[key] != nil && p.answers[key].CreateNew }

// checkAnswers reports answers to questions that were not asked.
func (p *planner) checkAnswers() {
	for key := range p.answers {
		if p.asked[key] == nil {
			p.wrongAnswer("nothing in this text has the key %s", key)
		}
	}
}

// wrongAnswer reports an answer that cannot be taken.
func (p *planner) wrongAnswer(format string, key string) {
	p.problems = append(p.problems, &models.UserError{Code: models.CodeInvalid, Message: fmt.Sprintf(format, key), Path: []string{"resolutions"}})
}

func (p *planner) warnAt(code, message string, at span) {
	w := &models.ImportWarning{Code: code, Message: message}
	if !at.empty() {
		start, end, line := at.start, at.end, p.text.line(at.start)
		w.Start, w.End, w.Line = &start, &end, &line
	}
	p.out.warning = append(p.out.warning, w)
}

// count returns the count of a type.
func (p *planner) count(t models.RecordType) *models.ImportCount { return p.out.count(t) }

func (p *plan) count(t models.RecordType) *models.ImportCount {
	if p.counts[t] == nil {
		p.counts[t] = &models.ImportCount{Type: t}
	}
	return p.counts[t]
}

// maxShown is how much of a value a fact of a preview shows, in characters.
const maxShown = 400

// fact adds a line to the preview.
func (p *planner) fact(t models.RecordType, id models.ID, field, value string, at span) {
	if p.out.numbers[id] == 0 {
		p.out.numbers[id] = len(p.out.numbers) + 1
	}
	if runes := []rune(value); len(runes) > maxShown {
		value = string(runes[:maxShown]) + "…"
	}
	f := &models.ImportFact{Type: t, Record: p.out.numbers[id], Value: value, Start: at.start, End: at.end}
	if field != "" {
		f.Field = &field
	}
	p.out.facts = append(p.out.facts, f)
}

// tellEffects says of each fact what becomes of its record.
func (p *plan) tellEffects() {
	effects := map[int]models.ImportEffect{}
	for _, record := range p.add {
		effects[p.numbers[record.Meta().ID]] = models.ImportCreates
	}
	for _, a := range p.amend {
		effects[p.numbers[a.record.Meta().ID]] = models.ImportUpdates
	}
	for _, f := range p.facts {
		f.Effect = models.ImportLeaves
		if effect, ok := effects[f.Record]; ok {
			f.Effect = effect
		}
	}
}

// put plans a new record.
func (p *planner) put(record models.Record) {
	meta := record.Meta()
	meta.Visibility = p.visibility
	p.out.add = append(p.out.add, record)
	p.count(record.RecordType()).Created++
	p.touched[meta.ID] = true
}

// spansFor plans the spans with which this text states a record or a part of one: those that are missing are added, those
// that are there and no longer given are dropped.
func (p *planner) spansFor(owner models.ID, sources []source) {
	have := map[spanKey]models.ID{}
	for _, s := range p.known.spans[owner] {
		if s.DocumentID == p.doc.ID {
			have[keyOfSpan(s)] = s.ID
		}
	}
	human := p.stillHuman(owner, sources, have)
	given := map[spanKey]bool{}
	for _, s := range sources {
		if s.method == models.MethodRule && human[s.field] {
			continue
		}
		if s.at.empty() || s.at.end-s.at.start > maxQuote {
			continue
		}
		row := &models.SourceSpan{
			OwnerID: owner, DocumentID: p.doc.ID, Start: s.at.start, End: s.at.end, Quote: p.text.quote(s.at), Method: s.method,
		}
		if s.field != "" {
			field := s.field
			row.Field = &field
		}
		key := keyOfSpan(row)
		if given[key] {
			continue
		}
		given[key] = true
		if _, there := have[key]; there {
			delete(have, key)
			continue
		}
		p.out.parts = append(p.out.parts, row)
	}
	for _, id := range have {
		p.out.drop = append(p.out.drop, id)
	}
}

// spanKey is what two spans of one owner in one document differ by.
type spanKey struct {
	field, quote string
	at           span
	method       models.Method
}

func keyOfSpan(s *models.SourceSpan) spanKey {
	key := spanKey{quote: s.Quote, at: span{s.Start, s.End}, method: s.Method}
	if s.Field != nil {
		key.field = "=" + *s.Field
	}
	return key
}

// alikeQuote measures how similar a stretch of the text is to the one that stated a known record. Its words may have been
// edited since; the stretch says which it is all the same.
func (p *planner) alikeQuote(at minutes.Span, known models.ID) float64 {
	best := 0.0
	for _, s := range p.known.spans[known] {
		if s.Field == nil {
			best = max(best, alike(p.text.quote(spanOf(at)), s.Quote))
		}
	}
	return best
}

// elsewhereStated reports a record or part that another text states as well.
func (p *planner) elsewhereStated(owner models.ID) bool {
	for _, s := range p.known.spans[owner] {
		if s.DocumentID != p.doc.ID {
			return true
		}
	}
	return false
}

// statedHere reports a record or part that this text states, as it is known.
func (p *planner) statedHere(owner models.ID) bool {
	for _, s := range p.known.spans[owner] {
		if s.DocumentID == p.doc.ID {
			return true
		}
	}
	return false
}

// organizationID is the record of a name of an organization, nil for none.
func (p *planner) organizationID(name *string) *models.ID {
	if name == nil || p.organizations[*name] == nil {
		return nil
	}
	id := p.organizations[*name].record.ID
	return &id
}

// folded is a set of names in folded form.
func folded(names ...string) []any {
	seen := map[string]bool{}
	var out []any
	for _, name := range names {
		if f := store.Fold(name); f != "" && !seen[f] {
			seen[f] = true
			out = append(out, f)
		}
	}
	return out
}
