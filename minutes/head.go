package minutes

import "strings"

// readHead reads what stands before the opening: red head, title, numbers, dates; and settles the meeting's own fields
// from there and from the opening.
func (r *reader) readHead() {
	m, p := &r.rec.Meeting, &r.rec.Minutes
	m.Spans, p.Spans = map[string]Span{}, map[string]Span{}
	head := r.headParagraphs()
	title := r.readTitle(head)
	r.readNumbers(head)
	r.readMeetingLabels()
	r.readSitting(title)
	r.readHeldOn(head, title)
	r.readIssue(head)
	r.readBody(head, title)
	r.readChairField()
}

// headParagraphs answers the paragraphs before the opening, or before the first item where there is no opening.
func (r *reader) headParagraphs() []stretch {
	n := r.opening.para
	if n < 0 {
		for n = 0; n < len(r.paras) && n < openingWithin; n++ {
			if _, _, ok := r.t.markAt(r.paras[n].a, r.paras[n].b); ok || r.kinds[n] == labelled && r.labels[n].kind != labelTitle || r.t.meetingVerb(r.paras[n]) {
				break
			}
		}
	}
	return r.paras[:n]
}

// readTitle finds the line that names the meeting: 太仓市人民政府常务会议纪要, 十九届县政府第97次常务会议纪要.
func (r *reader) readTitle(head []stretch) sitting {
	best := sitting{}
	for _, p := range head {
		if p.len() > 120 {
			continue
		}
		s, ok := r.titleLine(p)
		switch {
		case ok && (best.series.empty() || r.t.contains(p, "纪要") && best.body.empty()):
			s.count(best)
			best = s
		case !ok && best.ordinal == nil: // a line 第97次, 十九届县政府第97次
			if best.year == nil && s.ordinal != nil { // not 2026年第5期, which counts papers
				best.year, best.yearAt = s.year, s.yearAt
			}
			best.count(s)
		}
	}
	return best
}

// count takes the ordinal and the term of another phrase where s has none.
func (s *sitting) count(other sitting) {
	if s.ordinal == nil {
		s.ordinal, s.ordinalAt = other.ordinal, other.ordinalAt
	}
	if s.term == nil {
		s.term, s.termAt = other.term, other.termAt
	}
}

// titleLine reads the meeting that a line of the head names.
func (r *reader) titleLine(p stretch) (sitting, bool) {
	t := r.t
	line := p
	if l, ok := t.labelAt(p.a, p.b); ok && l.kind == labelTitle {
		line.a = l.end
	}
	for _, bracket := range []rune{'《', '〔', '（'} {
		for !line.empty() && t.ch[line.a] == bracket {
			line.a++
		}
	}
	for _, w := range []string{"召开", "举行"} { // the headline of a page
		if i := t.find(line, w); i >= 0 && i+2 < line.b {
			line.a = i + 2
		}
	}
	s, ok := t.sittingAt(line.a, line.b)
	if line.a > p.a+4 && s.body.empty() {
		subject := p
		if t.ch[p.a] == '〔' && int(t.mate[p.a]) > p.a { // 【时政新闻】县政府召开……
			subject.a = t.past(p.a)
		}
		s.body = t.subjectBody(subject, line.a-2)
	}
	s.body = t.trimBody(s.body)
	return s, ok
}

// readMeetingLabels reads 时间：, 地点：, 主持： where the head is a form.
func (r *reader) readMeetingLabels() {
	for i, p := range r.paras {
		if r.kinds[i] == labelled {
			r.readMeetingLabel(i, stretch{r.labels[i].end, p.b})
		}
	}
}

// readMeetingLabel reads what stands behind the label of paragraph i: the first of its kind counts.
func (r *reader) readMeetingLabel(i int, own stretch) {
	t, o := r.t, &r.opening
	switch r.labels[i].kind {
	case labelTime:
		if ds := t.dates(own); len(ds) > 0 && o.on == nil {
			o.on = &ds[0]
		}
		if k, n := daytimes.first(t.ch, own.a, own.b); k >= 0 && o.daytime.empty() {
			o.daytime = stretch{k, k + n}
		}
	case labelPlace:
		if o.place.empty() {
			o.place = t.trim(own)
		}
	case labelChair:
		if !o.chair.name.empty() {
			return
		}
		if own.empty() {
			own.b = r.blockEnd(i)
		}
		if c, ok := t.chairOf(own); ok {
			o.chair = c
		}
	}
}

// chairOf reads the person behind 主持：, who stands first. The office and the name may stand on lines of their own.
func (t *text) chairOf(s stretch) (person, bool) {
	parts := t.split(s, "，；。")
	if len(parts) == 0 {
		return person{}, false
	}
	part := parts[0]
	if c, ok := t.surnameFirst(part); ok {
		return c, true
	}
	if i := t.find(part, "（"); i > part.a {
		if c, ok := t.person(stretch{part.a, i}); ok {
			if in := (stretch{i + 1, part.b - 1}); c.title.empty() && int(t.mate[i]) == part.b-1 && officeEnds.before(t.ch, in.a, in.b) > 0 { // 李建国（村主任）
				c.title = in
			}
			return c, true
		}
	}
	if tokens := t.tokens(part); len(tokens) > 1 { // 何文秀 镇党委副书记、镇长
		office := stretch{tokens[1].a, part.b}
		if t.nameScore(tokens[0]) >= 3 && officeEnds.before(t.ch, office.a, office.b) > 0 {
			return person{name: tokens[0], title: office, all: part}, true
		}
	}
	return t.person(part)
}

// blockEnd answers the end of the list that the labelled paragraph i begins.
func (r *reader) blockEnd(i int) int {
	end := r.paras[i].b
	for j := i + 1; j < len(r.paras) && r.kinds[j] == listed; j++ {
		end = r.paras[j].b
	}
	return end
}

// readSitting settles series, ordinal, term and year: the opening's, or else the title's.
func (r *reader) readSitting(title sitting) {
	t, m, s := r.t, &r.rec.Meeting, r.opening.sitting
	if s.series.len() <= 2 && !title.series.empty() { // 第3次会议
		s.series = title.series
	}
	s.count(title)
	if s.year == nil && s.ordinal != nil {
		s.year, s.yearAt = title.year, title.yearAt
	}
	if !s.series.empty() {
		m.Series = t.value(s.series)
		m.Spans["series"] = t.span(s.series)
	}
	if s.ordinal != nil {
		m.Ordinal = s.ordinal
		m.Spans["ordinal"] = t.span(s.ordinalAt)
	}
	if s.term != nil {
		m.Term = s.term
		m.Spans["term"] = t.span(s.termAt)
	}
	if s.year != nil && s.ordinal != nil {
		m.Year = s.year
		m.Spans["year"] = t.span(s.yearAt)
	}
	r.opening.sitting = s
}

// readIssue reads who issued the paper and when from lines of the head.
func (r *reader) readIssue(head []stretch) {
	t, p := r.t, &r.rec.Minutes
	for i, l := range head {
		line := t.trim(l)
		d, ok := t.dateLine(line)
		if !ok || d.year == 0 {
			d, ok = t.issuerAndDate(line)
		}
		if !ok || d.year == 0 || t.ch[line.a] == '（' || line.a == d.at.a && (t.contains(d.at, "-") || t.pastClock(d.at.b, line.b) > d.at.b) { // 2022-04-08 alone is the page's
			continue
		}
		if r.opening.on != nil && r.opening.on.at == d.at {
			continue
		}
		by := stretch{line.a, d.at.a}
		if sittingEnds.before(t.ch, by.a, by.b) > 0 {
			continue // 技术委员会例会 2023-05-18
		}
		v := d.iso()
		p.IssuedOn = &v
		p.Spans["issuedOn"] = t.span(d.at)
		if by.empty() && i > 0 {
			by = t.trim(head[i-1])
		}
		if by.len() >= 3 && by.len() < 40 && bodyEnds.before(t.ch, by.a, by.b) > 0 && !t.contains(by, "纪要") {
			v := t.value(by)
			p.IssuedBy = &v
			p.Spans["issuedBy"] = t.span(by)
		}
		return
	}
}

// issuerAndDate reads 太仓市人民政府办公室 2022年6月9日 on one line.
func (t *text) issuerAndDate(s stretch) (date, bool) {
	if s.len() > 60 {
		return date{}, false
	}
	ds := t.dates(s)
	if len(ds) != 1 || ds[0].at.b < s.b-2 || bodyEnds.before(t.ch, s.a, ds[0].at.a) == 0 {
		return date{}, false
	}
	return ds[0], true
}

func (r *reader) readChairField() {
	t, c := r.t, r.opening.chair
	if c.name.empty() {
		return
	}
	chair := &Chair{Name: t.nameOf(c)}
	all := wholeName(c)
	office := stretch{c.organization.a, c.title.b}
	if !c.organization.empty() && !c.title.empty() {
		v := t.value(office)
		chair.Title, all = &v, cover(all, office)
	} else if !c.title.empty() {
		v := t.value(c.title)
		chair.Title, all = &v, cover(all, c.title)
	}
	chair.Span = t.span(all)
	r.rec.Meeting.Chair = chair
}

func cover(a, b stretch) stretch { return stretch{min(a.a, b.a), max(a.b, b.b)} }

func hasAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
