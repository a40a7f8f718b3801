package minutes

// readFoot reads who compiled and issued the paper and when, and whether it is public.
func (r *reader) readFoot() {
	t := r.t
	for i, p := range r.paras {
		if r.kinds[i] != foot {
			continue
		}
		if i < r.opening.para && i < len(r.paras)-3 {
			r.readPublication(t, p)
			continue
		}
		r.readSignature(i)
		r.readPublication(t, p)
	}
	for _, l := range r.around.lines() {
		for _, w := range []string{"公开方式", "公开形式", "公开属性", "公开类型"} {
			if i := r.around.find(stretch{l.a, min(l.b, l.a+300)}, w); i >= 0 {
				j := r.around.after(i, l.b, w)
				r.readPublication(r.around, stretch{i, min(l.b, j+6)})
			}
		}
	}
}

func (r *reader) readPublication(t *text, p stretch) {
	paper := &r.rec.Minutes
	if v := publicationOf(t.folded(stretch{p.a, min(p.b, p.a+100)})); v != "" && paper.Publication == nil {
		paper.Publication = &v
		paper.Spans["publication"] = t.span(t.trim(p))
	}
}

// readSignature reads 太仓市人民政府办公室 整理 with the date below, and 山丹县人民政府办公室 with 2025年11月7日印发 below.
func (r *reader) readSignature(i int) {
	t := r.t
	p := t.trim(r.paras[i])
	ds := t.dates(p)
	compiled := t.contains(p, "整理") || t.contains(p, "编印") && !t.contains(p, "印发")
	issued := t.ends(p, "印发") || t.ends(p, "印") || t.contains(p, "印制") || t.ends(p, "编发")
	by := stretch{p.a, p.b}
	if len(ds) > 0 {
		by.b = ds[0].at.a
	}
	for _, w := range []string{"整理", "印发", "编印", "印制", "印", "："} {
		if t.ends(by, w) {
			by.b -= len([]rune(w))
		}
	}
	by = t.trim(by)
	if by.len() < 3 && i > 0 {
		by = stretch{}
		if before := t.trim(r.paras[i-1]); before.len() < 40 && before.len() > 3 && bodyEnds.before(t.ch, before.a, before.b) > 0 && (r.kinds[i-1] == plain || r.kinds[i-1] == listed) {
			by = before
		}
	}
	var on *date
	if len(ds) > 0 {
		on = &ds[len(ds)-1]
	} else if i+1 < len(r.paras) {
		if d, ok := t.dateLine(t.trim(r.paras[i+1])); ok {
			on = &d
		}
	}
	switch {
	case compiled:
		r.sign(&r.rec.Minutes.CompiledBy, &r.rec.Minutes.CompiledOn, "compiled", by, on)
	case issued:
		r.sign(&r.rec.Minutes.IssuedBy, &r.rec.Minutes.IssuedOn, "issued", by, on)
	case on != nil && !by.empty() && r.rec.Minutes.CompiledOn == nil && r.rec.Minutes.IssuedOn == nil && i > r.opening.para:
		r.sign(&r.rec.Minutes.IssuedBy, &r.rec.Minutes.IssuedOn, "issued", by, on)
	}
}

func (r *reader) sign(who, when **string, field string, by stretch, on *date) {
	t, spans := r.t, r.rec.Minutes.Spans
	if !by.empty() && bodyEnds.before(t.ch, by.a, by.b) > 0 && *who == nil {
		*who = t.optional(by)
		spans[field+"By"] = t.span(by)
	}
	if on == nil || *when != nil {
		return
	}
	year := on.year
	if year == 0 && r.opening.on != nil {
		year = r.opening.on.year
	}
	if year == 0 {
		return
	}
	v := date{year: year, month: on.month, day: on.day}.iso()
	*when = &v
	spans[field+"On"] = t.span(on.at)
}
