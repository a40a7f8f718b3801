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
	t := r.t
	best := sitting{}
	for _, p := range head {
		if p.len() > 120 {
			continue
		}
		line := p
		if l, ok := t.labelAt(p.a, p.b); ok && l.kind == labelTitle {
			line.a = l.end
		}
		for _, bracket := range []rune{'《', '〔', '（'} {
			for !line.empty() && t.ch[line.a] == bracket {
				line.a++
			}
		}
		s, ok := t.sittingAt(line.a, line.b)
		s.body = t.trimBody(s.body)
		if ok && (best.series.empty() || t.contains(p, "纪要") && best.body.empty()) {
			if s.ordinal == nil {
				s.ordinal, s.ordinalAt = best.ordinal, best.ordinalAt
			}
			if s.term == nil {
				s.term, s.termAt = best.term, best.termAt
			}
			best = s
			continue
		}
		if !ok && best.ordinal == nil { // a line 第97次, 十九届县政府第97次
			best.ordinal, best.ordinalAt = s.ordinal, s.ordinalAt
			if best.term == nil {
				best.term, best.termAt = s.term, s.termAt
			}
			if best.year == nil {
				best.year, best.yearAt = s.year, s.yearAt
			}
		}
	}
	return best
}

// readNumbers reads the number of the paper: 第8号, 第3期, 长府会议纪要〔2025〕2号, （2022）5号.
func (r *reader) readNumbers(head []stretch) {
	for _, p := range head {
		r.readNumberLine(r.t, p)
	}
	for _, l := range r.around.lines() {
		for _, w := range []string{"文号：", "发文字号："} {
			if i := r.around.find(stretch{l.a, min(l.b, l.a+60)}, w); i >= 0 {
				r.readNumberLine(r.around, stretch{r.around.after(i, l.b, w), l.b})
			}
		}
	}
}

func (r *reader) readNumberLine(t *text, p stretch) {
	paper := &r.rec.Minutes
	p.b = min(p.b, p.a+80)
	for i := p.a; i < p.b; i++ {
		if n, at := t.yearlyNumber(p, i); n > 0 && paper.IssueNumber == nil { // 〔2023〕14号 alone on its line
			paper.IssueNumber = &n
			paper.Spans["issueNumber"] = t.span(at)
			return
		}
		if (t.ch[i] == '〔' || t.ch[i] == '（') && paper.DocumentNumber == nil {
			if s, ok := t.documentNumber(p, i); ok {
				v := t.value(s)
				paper.DocumentNumber = &v
				paper.Spans["documentNumber"] = t.span(s)
			}
			continue
		}
		if t.ch[i] != '第' || paper.IssueNumber != nil {
			continue
		}
		n, j := t.number(i+1, p.b)
		if n < 1 || j >= p.b || t.ch[j] != '号' && t.ch[j] != '期' {
			continue
		}
		paper.IssueNumber = &n
		paper.Spans["issueNumber"] = t.span(stretch{i, j + 1})
	}
}

// yearlyNumber reads 〔2023〕14号 or （2023）第14期 where nothing stands before it: a number of the paper, not of an office.
func (t *text) yearlyNumber(p stretch, i int) (int, stretch) {
	if i != p.a || t.ch[i] != '〔' && t.ch[i] != '（' {
		return 0, stretch{}
	}
	year, j := t.number(i+1, p.b)
	if year < 1900 || year > 2200 || j >= p.b || int(t.mate[i]) != j {
		return 0, stretch{}
	}
	j++
	if j < p.b && t.ch[j] == '第' {
		j++
	}
	n, end := t.number(j, p.b)
	if n < 1 || end >= p.b || t.ch[end] != '号' && t.ch[end] != '期' {
		return 0, stretch{}
	}
	return n, stretch{j, end + 1}
}

// documentNumber reads 长府会议纪要〔2025〕2号 around the bracket at i.
func (t *text) documentNumber(p stretch, i int) (stretch, bool) {
	year, j := t.number(i+1, p.b)
	if year < 1900 || j >= p.b || t.ch[j] != '〕' && t.ch[j] != '）' {
		return stretch{}, false
	}
	k := j + 1
	if k < p.b && t.ch[k] == '第' {
		k++
	}
	n, end := t.number(k, p.b)
	if n < 1 || end >= p.b || t.ch[end] != '号' {
		return stretch{}, false
	}
	a := i
	for a > p.a && isHan(t.ch[a-1]) && i-a < 20 {
		a--
	}
	return stretch{a, end + 1}, a < i
}

// readMeetingLabels reads 时间：, 地点：, 主持： where the head is a form.
func (r *reader) readMeetingLabels() {
	t, o := r.t, &r.opening
	for i, p := range r.paras {
		if r.kinds[i] != labelled {
			continue
		}
		l := r.labels[i]
		rest := stretch{l.end, r.blockEnd(i)}
		switch l.kind {
		case labelTime:
			if ds := t.dates(stretch{l.end, p.b}); len(ds) > 0 && o.on == nil {
				o.on = &ds[0]
			}
			if k, n := daytimes.first(t.ch, l.end, p.b); k >= 0 && o.daytime.empty() {
				o.daytime = stretch{k, k + n}
			}
		case labelPlace:
			if o.place.empty() {
				o.place = t.trim(stretch{l.end, p.b})
			}
		case labelChair:
			if o.chair.name.empty() {
				if own := (stretch{l.end, p.b}); !own.empty() {
					rest = own
				}
				if c, ok := t.chairOf(rest); ok {
					o.chair = c
				}
			}
		}
	}
}

// chairOf reads the person behind 主持：. The office and the name may stand on lines of their own.
func (t *text) chairOf(s stretch) (person, bool) {
	for _, part := range t.split(s, "，；。") {
		if i := t.find(part, "（"); i > part.a {
			if c, ok := t.person(stretch{part.a, i}); ok {
				return c, true
			}
		}
		return t.person(part)
	}
	return person{}, false
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
	if s.ordinal == nil && !r.namesPaper(title) {
		s.ordinal, s.ordinalAt = title.ordinal, title.ordinalAt
	}
	if s.term == nil {
		s.term, s.termAt = title.term, title.termAt
	}
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

// namesPaper reports whether the title's ordinal is 第8号 of the paper; sittingNumber never reads one as that.
func (r *reader) namesPaper(title sitting) bool { return title.ordinal == nil }

// readHeldOn settles the day. A year that the opening leaves out is taken from a full date of the same day, or else
// from another year that the head states; where none is stated there is no date.
func (r *reader) readHeldOn(head []stretch, title sitting) {
	t, m, o := r.t, &r.rec.Meeting, &r.opening
	if !o.daytime.empty() {
		v := t.value(o.daytime)
		m.TimeOfDay = &v
		m.Spans["timeOfDay"] = t.span(o.daytime)
	}
	if !o.place.empty() && o.place.len() < 60 {
		v := t.value(o.place)
		m.Place = &v
		m.Spans["place"] = t.span(o.place)
	}
	if !o.damaged.empty() {
		r.warn("DATE_DAMAGED", "The date of the meeting cannot be read: "+t.value(o.damaged), o.damaged)
		return
	}
	d := o.on
	if d == nil {
		d = r.headDate(head)
	}
	if d == nil {
		return
	}
	if d.year == 0 {
		if y := r.yearFor(*d, head, title); y.year != 0 {
			if y.month == d.month && y.day == d.day {
				d = &y
			} else {
				d.year = y.year
			}
		}
	}
	if d.year == 0 {
		r.warn("DATE_WITHOUT_YEAR", "The date of the meeting has no year: "+t.value(d.at), d.at)
		return
	}
	o.on = d
	v := d.iso()
	m.HeldOn = &v
	m.Spans["heldOn"] = t.span(d.at)
}

// headDate answers a date in brackets below the title, which is that of the meeting.
func (r *reader) headDate(head []stretch) *date {
	for _, p := range head {
		if d, ok := r.t.dateLine(p); ok && r.t.ch[p.a] == '（' && d.year != 0 {
			return &d
		}
	}
	return nil
}

// yearFor finds the year of a date that lacks it.
func (r *reader) yearFor(d date, head []stretch, title sitting) date {
	t := r.t
	for _, p := range head {
		for _, full := range t.dates(stretch{p.a, min(p.b, p.a+120)}) {
			if full.year != 0 && full.month == d.month && full.day == d.day {
				return full
			}
		}
	}
	for _, y := range []*int{r.opening.sitting.year, title.year} {
		if y != nil {
			return date{year: *y}
		}
	}
	for i := len(r.paras) - 1; i >= 0 && i > len(r.paras)-12; i-- { // 整理, 印发
		if r.kinds[i] != foot {
			continue
		}
		for _, f := range t.dates(r.paras[i]) {
			if f.year != 0 {
				return date{year: yearOf(f, d)}
			}
		}
	}
	for _, p := range head {
		for _, f := range t.dates(stretch{p.a, min(p.b, p.a+120)}) {
			if f.year != 0 {
				return date{year: f.year}
			}
		}
		for i := p.a; i < min(p.b, p.a+60); i++ {
			if n, j := t.number(i, p.b); n >= 1949 && n < 2200 && j < p.b && (t.ch[j] == '年' || t.ch[j] == '〕' || t.ch[j] == '）') {
				return date{year: n}
			} else if n >= 0 {
				i = j
			}
		}
	}
	for _, l := range r.around.lines() { // 发布时间：2024-03-15
		for _, f := range r.around.dates(stretch{l.a, min(l.b, l.a+200)}) {
			if f.year != 0 {
				return date{year: yearOf(f, d)}
			}
		}
	}
	return date{}
}

// yearOf answers the year of a day without one that comes before a dated one.
func yearOf(later, d date) int {
	if later.month < d.month || later.month == d.month && later.day < d.day {
		return later.year - 1
	}
	return later.year
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
		if !ok || d.year == 0 || t.ch[line.a] == '（' {
			continue
		}
		if r.opening.on != nil && r.opening.on.at == d.at {
			continue
		}
		v := d.iso()
		p.IssuedOn = &v
		p.Spans["issuedOn"] = t.span(d.at)
		by := stretch{line.a, d.at.a}
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
	chair := &Chair{Name: t.value(c.name)}
	all := c.name
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
