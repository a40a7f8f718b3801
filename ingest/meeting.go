package ingest

import (
	"strings"

	"github.com/minutebook/minutebook/minutes"
	"github.com/minutebook/minutebook/models"
)

// planMeeting plans the meeting, its minutes and everything below.
func (p *planner) planMeeting(r *reading) {
	known := p.known.meeting
	p.chooseDocument(r, known)
	p.day = p.dayBelow(known)
	id := models.NewID()
	if known != nil {
		id = known.record.ID
		p.visibility = p.visibilityOf(known.record.Visibility)
		p.tellAnswered(known.record)
	} else {
		p.askAlike()
	}
	p.out.meeting, p.out.document = id, p.doc.ID
	p.planAttendances(known)
	p.planItems(id, known)
	p.planAttendanceRecords(id, known)
	p.putMeeting(id, known)
	p.putDocument(id, r, known)
}

// dayBelow is the day of what is below the meeting: the one that the meeting will have, also where a further text says another.
func (p *planner) dayBelow(known *sitting) models.Date {
	if known != nil && (p.known.edited[known.record.ID]["heldOn"] || !p.first && p.elsewhereStated(known.record.ID)) {
		return known.record.HeldOn
	}
	return p.heldOn
}

// visibilityOf is the visibility of what is added to a known meeting: that of the meeting, unless the importer says that the
// text is public. What was closed is not opened by the mark of a text that was read before.
func (p *planner) visibilityOf(meeting models.Visibility) models.Visibility {
	if p.open {
		return models.VisibilityPublic
	}
	return meeting
}

// chooseDocument finds the document that the text is a version of, or begins a new one.
func (p *planner) chooseDocument(r *reading, known *sitting) {
	p.first = true
	if known != nil {
		p.doc = known.document(r.text)
		minutesID := known.record.MinutesID
		p.first = minutesID == nil || p.doc != nil && *minutesID == p.doc.ID
		if p.doc == nil && minutesID != nil {
			p.warnAt("SECOND_CAPTURE", "The meeting is known from another text already; this one was added as a further source.", span{})
		}
	}
	if p.doc == nil {
		p.docFresh = true
		p.doc = &models.Document{}
		p.doc.ID = models.NewID()
	}
}

// askAlike asks whether a meeting of the same day, without a number, is the one of the text.
func (p *planner) askAlike() {
	if len(p.known.alike) == 0 {
		return
	}
	match := p.match(models.TypeMeeting, p.title(), "", p.bodySpan())
	if p.refused(match.Key) {
		match.Status, match.Why = models.ImportMatchNew, "as a person has said"
		return
	}
	match.Status, match.Why = models.ImportMatchAmbiguous, "the body held a meeting of this kind on that day, on other matters"
	for _, m := range p.known.alike {
		match.Candidates = append(match.Candidates, &models.ImportCandidate{
			Type: models.TypeMeeting, RecordID: m.ID, Name: m.Title, Score: 0.5, Why: "the same body, kind and day",
		})
	}
}

// tellAnswered reports the meeting that a person has named.
func (p *planner) tellAnswered(known *models.Meeting) {
	if p.answers[matchKey(models.TypeMeeting, p.title(), "")] == nil {
		return
	}
	match := p.match(models.TypeMeeting, p.title(), "", p.bodySpan())
	match.Status, match.Why = models.ImportMatchKnown, "as a person has said"
	p.settle(match, known.ID, false)
}

func (p *planner) title() string {
	return meetingTitle(p.convener.name, &p.record.Meeting, p.heldOn)
}

// meeting is the meeting as the text states it.
func (p *planner) meeting(id models.ID) *models.Meeting {
	m := &p.record.Meeting
	out := &models.Meeting{
		Title: p.title(), Ordinal: m.Ordinal, Term: termOf(m), HeldOn: p.heldOn, TimeOfDay: m.TimeOfDay, Place: m.Place,
		State: models.MeetingStateHeld, BodyID: p.organizations[p.convener.name].record.ID, ChairID: p.chair(), MinutesID: &p.doc.ID,
	}
	out.ID = id
	if m.Series != "" {
		out.Series = &m.Series
	}
	out.Place = shortened(out.Place, 300)
	return out
}

// shortened cuts a text that is longer than its column.
func shortened(s *string, most int) *string {
	if s == nil {
		return nil
	}
	if runes := []rune(*s); len(runes) > most {
		cut := string(runes[:most-1]) + "…"
		return &cut
	}
	return s
}

// chair is the person who presided.
func (p *planner) chair() *models.ID {
	for i, a := range p.record.Attendance {
		if a.Capacity == "PRESIDING" && p.seats[i] != nil {
			return &p.seats[i].record.ID
		}
	}
	return nil
}

func (p *planner) putMeeting(id models.ID, known *sitting) {
	want := p.meeting(id)
	sources := p.meetingSources()
	sources = p.withCorrections(models.TypeMeeting, id, span{}, sources)
	p.facts(models.TypeMeeting, id, want.Title, sources)
	if known == nil {
		p.put(want)
		p.spansFor(id, sources)
		return
	}
	have := cloned(known.record)
	m := p.merge(have)
	set(m, "title", &have.Title, want.Title)
	setOptional(m, "series", &have.Series, want.Series)
	setOptional(m, "ordinal", &have.Ordinal, want.Ordinal)
	setOptional(m, "term", &have.Term, want.Term)
	set(m, "heldOn", &have.HeldOn, want.HeldOn)
	setOptional(m, "timeOfDay", &have.TimeOfDay, want.TimeOfDay)
	setOptional(m, "place", &have.Place, want.Place)
	set(m, "body", &have.BodyID, want.BodyID)
	setOptional(m, "chair", &have.ChairID, want.ChairID)
	fill(m, "minutes", &have.MinutesID, want.MinutesID)
	if have.State == models.MeetingStateScheduled {
		set(m, "state", &have.State, models.MeetingStateHeld)
	}
	m.done(sources)
	p.reveal(known.record)
}

// meetingSources are where the text states the meeting and its fields.
func (p *planner) meetingSources() []source {
	at := p.record.Meeting.Spans
	var out []source
	whole := span{}
	for _, field := range []string{"body", "bodyAsWritten", "series", "ordinal", "term", "year", "heldOn", "timeOfDay", "place"} {
		s, ok := at[field]
		if !ok {
			continue
		}
		name := field
		switch field {
		case "bodyAsWritten":
			name = "body"
		case "year":
			name = "term"
		}
		out = append(out, stated(name, spanOf(s)))
		if field != "body" && field != "place" {
			whole = joined(whole, spanOf(s))
		}
	}
	if chair := p.record.Meeting.Chair; chair != nil {
		out = append(out, stated("chair", spanOf(chair.Span)))
		whole = joined(whole, spanOf(chair.Span))
	}
	if whole.empty() {
		whole = p.bodySpan()
	}
	return append([]source{stated("", whole)}, out...)
}

// joined is the stretch from the first to the last of two spans, or the first where they lie too far apart to be one
// sentence.
func joined(a, b span) span {
	const sentence = 200
	switch {
	case a.empty():
		return b
	case b.empty():
		return a
	}
	all := span{min(a.start, b.start), max(a.end, b.end)}
	if all.end-all.start > sentence {
		return a
	}
	return all
}

// document is the minutes as a document, as the text states it.
func (p *planner) document(meeting models.ID, text string) *models.Document {
	paper := &p.record.Minutes
	out := &models.Document{
		Title: p.paperTitle(), Kind: models.DocumentKindMinutes, IssuedOn: date(paper.IssuedOn), CompiledOn: date(paper.CompiledOn),
		Publication: paper.Publication, Text: &text, IssuedByID: p.organizationID(paper.IssuedBy), CompiledByID: p.organizationID(paper.CompiledBy),
		MeetingID: &meeting,
	}
	out.ID = p.doc.ID
	if number, _ := p.numberOf(); number != "" && len([]rune(number)) <= 100 {
		out.Number = &number
	}
	return out
}

func date(s *string) *models.Date {
	if s == nil {
		return nil
	}
	day, err := models.ParseDate(*s)
	if err != nil {
		return nil
	}
	return &day
}

// paperTitle is the title of the minutes as a paper: 太仓市人民政府常务会议纪要.
func (p *planner) paperTitle() string {
	series := p.record.Meeting.Series
	switch {
	case series == "":
		series = "会议纪要"
	case strings.HasSuffix(series, "会议"), strings.HasSuffix(series, "会"):
		series += "纪要"
	default:
		series += "会议纪要"
	}
	return named(p.convener.name, series)
}

func (p *planner) putDocument(meeting models.ID, r *reading, known *sitting) {
	want := p.document(meeting, r.text)
	sources := p.documentSources()
	sources = p.withCorrections(models.TypeDocument, p.doc.ID, span{}, sources)
	p.facts(models.TypeDocument, p.doc.ID, want.Title, sources)
	list := p.distribution()
	if p.docFresh {
		p.put(want)
		p.spansFor(want.ID, sources)
		p.addRows(list)
		return
	}
	have := cloned(p.doc)
	m := p.merge(have)
	m.full = true
	set(m, "title", &have.Title, want.Title)
	set(m, "kind", &have.Kind, want.Kind)
	setOptional(m, "number", &have.Number, want.Number)
	setOptional(m, "issuedOn", &have.IssuedOn, want.IssuedOn)
	setOptional(m, "compiledOn", &have.CompiledOn, want.CompiledOn)
	setOptional(m, "publication", &have.Publication, want.Publication)
	setOptional(m, "text", &have.Text, want.Text)
	setOptional(m, "issuedBy", &have.IssuedByID, want.IssuedByID)
	setOptional(m, "compiledBy", &have.CompiledByID, want.CompiledByID)
	fill(m, "meeting", &have.MeetingID, want.MeetingID)
	m.list("distribution", rows(known.distribution[have.ID]), list)
	m.done(sources)
	p.reveal(p.doc)
}

// documentSources are where the text states its own number, dates and offices.
func (p *planner) documentSources() []source {
	at := p.record.Minutes.Spans
	out := []source{stated("", p.paperSpan())}
	if _, s := p.numberOf(); !s.empty() {
		out = append(out, stated("number", s))
	}
	for _, field := range []string{"issuedBy", "issuedOn", "compiledBy", "compiledOn", "publication"} {
		if s, ok := at[field]; ok {
			out = append(out, stated(field, spanOf(s)))
		}
	}
	return out
}

// paperSpan is where the text calls itself minutes: from the name of the body to 纪要, or the name of the body alone.
func (p *planner) paperSpan() span {
	const near = 60
	from := p.bodySpan()
	for i := from.end; i < min(from.end+near, len(p.text)-1); i++ {
		if p.text[i] == '纪' && p.text[i+1] == '要' {
			return span{from.start, i + 2}
		}
	}
	return from
}

// distribution is the list of those to whom the minutes go.
func (p *planner) distribution() []row {
	var out []row
	for _, d := range p.record.Distribution {
		part := &models.Distribution{
			DocumentID: p.doc.ID, Kind: models.DistributionKind(d.Kind), Position: len(out) + 1, Label: *shortened(&d.Name, 300),
			OrganizationID: p.organizationID(&d.Name), Collective: d.Collective,
		}
		part.ID = models.NewID()
		out = append(out, row{
			part: part, sources: []source{p.part(models.TypeDocument, d.Span)}, id: func() models.ID { return part.ID },
			like: likeness(func(k *models.Distribution) bool {
				return k.Kind == part.Kind && k.Label == part.Label && k.Collective == part.Collective && equalPointers(k.OrganizationID, part.OrganizationID)
			}),
			keep: keeping(func(k *models.Distribution) { part.ID = k.ID }),
		})
	}
	return out
}

// addRows plans parts of a new record.
func (p *planner) addRows(list []row) {
	for _, r := range list {
		p.out.parts = append(p.out.parts, r.part)
		p.out.parts = append(p.out.parts, r.hanging...)
		if r.id != nil {
			p.spansFor(r.id(), r.sources)
		}
	}
}

// facts shows the spans of a record in the preview.
func (p *planner) facts(t models.RecordType, id models.ID, value string, sources []source) {
	for _, s := range sources {
		shown := p.text.squeeze(s.at)
		if s.field == "" {
			shown = value
		}
		p.fact(t, id, s.field, shown, s.at)
	}
}

// reveal opens a known record where the importer says that the text is public.
func (p *planner) reveal(record models.Record) {
	if p.open && record.Meta().Visibility == models.VisibilityInternal {
		p.out.publish = append(p.out.publish, record)
	}
}

// itemText is what the minutes say under a heading. A text that is longer than its column is cut: the whole stands in the document.
func itemText(t text, at minutes.Span) *string {
	if at.End <= at.Start {
		return nil
	}
	s := span{at.Start, min(at.End, at.Start+maxQuote-1)}
	quote := strings.TrimSpace(t.quote(s))
	if quote == "" {
		return nil
	}
	return &quote
}
