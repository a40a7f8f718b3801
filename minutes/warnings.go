package minutes

// mostWarnings bounds the warnings of one text; a text that needs more is no minutes.
const mostWarnings = 200

func (r *reader) warn(code, message string, at stretch) {
	if len(r.rec.Warnings) < mostWarnings {
		r.rec.Warnings = append(r.rec.Warnings, Warning{Code: code, Message: message, Span: r.t.span(at)})
	}
}

// longestExcerpt bounds what a message quotes.
const longestExcerpt = 40

func (r *reader) excerpt(s stretch) string {
	if s.len() > longestExcerpt {
		return r.t.value(stretch{s.a, s.a + longestExcerpt}) + "……"
	}
	return r.t.value(s)
}

// finish makes the lists that were never filled empty ones and says what is missing altogether.
func (r *reader) finish() {
	rec := &r.rec
	r.bodyFromElsewhere()
	if rec.AgendaItems == nil {
		rec.AgendaItems = []AgendaItem{}
	}
	if rec.Attendance == nil {
		rec.Attendance = []Attendance{}
	}
	if rec.Distribution == nil {
		rec.Distribution = []Distribution{}
	}
	if r.opening.para < 0 && rec.Meeting.Series == "" && len(rec.AgendaItems) == 0 {
		r.warn("NO_MEETING", "No meeting was found in this text.", stretch{0, min(len(r.t.ch), 40)})
	}
	if rec.Warnings == nil {
		rec.Warnings = []Warning{}
	}
}

// checkNumerals warns where the numerals of items skip one, since an item may have been lost.
func (r *reader) checkNumerals(items []item) {
	before := 0
	for _, it := range items {
		m, _, ok := r.t.markAt(it.number.a, len(r.t.ch))
		if !ok {
			continue
		}
		if before > 0 && m.n != before+1 && m.n != 1 {
			r.warn("NUMERALS_SKIP", "The numerals of the items do not go on counting here: "+r.t.value(it.number), it.number)
		}
		before = m.n
	}
}

// warnHomeless warns of what was said before the first item and was not given to one afterwards.
func (r *reader) warnHomeless() {
	for _, s := range r.homeless {
		housed := r.t.ch[s.b-1] == '：' // 审议通过如下议案：
		for _, it := range r.items {
			for _, b := range it.body {
				housed = housed || b.a <= s.a && s.a < b.b
			}
		}
		if !housed {
			r.warn("SAID_WITHOUT_ITEM", "What the meeting said here belongs to no item that was found: "+r.excerpt(s), s)
		}
		if len(r.rec.Warnings) >= mostWarnings {
			return
		}
	}
}

// warnOpening warns of what the opening says was heard, deliberated or studied and no item is about.
func (r *reader) warnOpening() {
	t, o := r.t, r.opening
	if o.para < 0 || len(r.items) == 0 || len(r.items) > mostListed {
		return
	}
	for i, named := range r.openingMatters(stretch{r.paras[o.para].a, min(o.end, r.paras[o.para].b)}) {
		m, ok := t.matterAt(named.title, true)
		if i >= mostListed || !ok || named.kind == "DISCUSS" || t.isVague(stretch{m.object, named.title.b}) {
			continue
		}
		found := false
		for _, it := range r.items {
			found = found || it.title.a >= named.title.a && it.title.a < named.title.b || r.repeats(stretch{m.object, named.title.b}, it.title)
		}
		if !found {
			r.warn("OPENING_WITHOUT_ITEM", "The opening names a matter that none of the items is about: "+r.excerpt(named.title), named.title)
		}
	}
}
