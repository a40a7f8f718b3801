package minutes

import "slices"

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
	if d.month == 0 {
		if d = r.monthFor(*d, head); d.month == 0 {
			r.warn("DATE_DAMAGED", "The date of the meeting has neither month nor year: "+t.value(d.at), d.at)
			return
		}
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
		if ds := r.t.dates(p); len(ds) == 1 && ds[0].year != 0 && ds[0].at.b == p.b && sittingEnds.before(r.t.ch, p.a, ds[0].at.a) > 0 { // 技术委员会例会 2023-05-18
			return &ds[0]
		}
	}
	return nil
}

// monthFor finds month and year of a day that stands alone (25日，市长……主持召开) from the day on which the page came out.
func (r *reader) monthFor(d date, head []stretch) *date {
	t := r.t
	var pages []date
	for _, p := range head {
		pages = append(pages, t.dates(stretch{p.a, min(p.b, p.a+120)})...)
	}
	for _, l := range r.around.lines() {
		pages = append(pages, r.around.dates(stretch{l.a, min(l.b, l.a+200)})...)
	}
	for _, p := range pages {
		if p.year == 0 {
			continue
		}
		d.year, d.month = p.year, p.month
		if p.day < d.day {
			if d.month--; d.month == 0 {
				d.year, d.month = d.year-1, 12
			}
		}
		if d.valid() {
			return &d
		}
		d.year, d.month = 0, 0
	}
	return &d
}

// yearFor finds the year of a date that lacks it: that of the same day in full, or else the meeting's, or else that of
// the day on which the paper was printed, of the head, or of the page.
func (r *reader) yearFor(d date, head []stretch, title sitting) date {
	for _, p := range head {
		for _, full := range r.datesOfHead(p) {
			if full.month == d.month && full.day == d.day {
				return full
			}
		}
	}
	for _, y := range []*int{r.opening.sitting.year, title.year} {
		if y != nil {
			return date{year: *y}
		}
	}
	if y := r.yearOfFoot(d); y != 0 {
		return date{year: y}
	}
	if y := r.yearOfHead(head); y != 0 {
		return date{year: y}
	}
	return date{year: r.yearOfPage(d)}
}

// datesOfHead answers the dates with a year at the beginning of a paragraph of the head.
func (r *reader) datesOfHead(p stretch) []date {
	return slices.DeleteFunc(r.t.dates(stretch{p.a, min(p.b, p.a+120)}), func(d date) bool { return d.year == 0 })
}

// yearOfFoot answers the year of d before the day on which the paper was compiled or printed, or 0.
func (r *reader) yearOfFoot(d date) int {
	for i := len(r.paras) - 1; i >= 0 && i > len(r.paras)-12; i-- {
		if r.kinds[i] != foot {
			continue
		}
		for _, f := range r.t.dates(r.paras[i]) {
			if f.year != 0 {
				return yearOf(f, d)
			}
		}
	}
	return 0
}

// yearOfHead answers the first year that the head states, in a date or a number such as 〔2026〕5号, or 0.
func (r *reader) yearOfHead(head []stretch) int {
	t := r.t
	for _, p := range head {
		if full := r.datesOfHead(p); len(full) > 0 {
			return full[0].year
		}
		for i := p.a; i < min(p.b, p.a+60); i++ {
			n, j := t.number(i, p.b)
			if n >= 1949 && n < 2200 && j < p.b && (t.ch[j] == '年' || t.ch[j] == '〕' || t.ch[j] == '）') {
				return n
			}
			if n >= 0 {
				i = j
			}
		}
	}
	return 0
}

// yearOfPage answers the year of d before the day on which the page came out (发布时间：2024-03-15), or 0.
func (r *reader) yearOfPage(d date) int {
	for _, l := range r.around.lines() {
		for _, f := range r.around.dates(stretch{l.a, min(l.b, l.a+200)}) {
			if f.year != 0 {
				return yearOf(f, d)
			}
		}
	}
	return 0
}

// yearOf answers the year of a day without one that comes before a dated one.
func yearOf(later, d date) int {
	if later.month < d.month || later.month == d.month && later.day < d.day {
		return later.year - 1
	}
	return later.year
}
