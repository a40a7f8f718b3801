package minutes

// readUnnumbered makes an item of each paragraph or sentence that takes up a matter.
func (r *reader) readUnnumbered(body []stretch) {
	t := r.t
	for _, p := range body {
		if t.isOther(p) {
			continue
		}
		from := p.a
		for n, s := range t.sentences(p) {
			if !t.opensItem(s) || n > 0 && r.goesOn(s, stretch{from, s.a}) {
				continue
			}
			r.addBody(stretch{from, s.a})
			from = s.a
			if t.isOther(s) {
				from = s.b
				continue
			}
			for k, part := range r.mattersOf(s) {
				if k > 0 {
					r.addBody(stretch{from, part.a})
					from = part.a
				}
				title, kind := t.titleOf(part)
				r.items = append(r.items, item{title: title, kind: kind})
			}
		}
		r.addBody(stretch{from, p.b})
	}
}

// mattersOf cuts a sentence at its semicolons where each part takes up a matter of its own: 会议审定了……；研究了…….
// What is only studied or conveyed together stays one matter.
func (r *reader) mattersOf(s stretch) []stretch {
	t := r.t
	var all []stretch
	from, kind := s.a, ""
	if m, ok := t.matterAt(s, true); ok {
		kind = m.kind
	}
	for i := s.a; i < s.b-1; i = t.past(i) {
		if t.ch[i] != '；' {
			continue
		}
		m, ok := t.matterAt(stretch{i + 1, s.b}, true)
		if !ok || m.verb.a > i+5 || m.kind == kind && (kind == "STUDY" || kind == "CONVEY") {
			continue
		}
		if (kind == "STUDY" || kind == "CONVEY") && (m.kind == "STUDY" || m.kind == "CONVEY") {
			continue
		}
		all = append(all, stretch{from, i + 1})
		from, kind = i+1, m.kind
	}
	return append(all, stretch{from, s.b})
}

func (r *reader) addBody(s stretch) {
	if n := len(r.items); n > 0 && !s.empty() {
		r.items[n-1].body = append(r.items[n-1].body, s)
	} else if !s.empty() && (r.t.said(s) || r.t.hasVerdict(s)) {
		r.homeless = append(r.homeless, s)
	}
}

// opensItem reports whether a sentence takes up a matter: 会议听取了……, or settles one that none opened: 会议原则同意…….
func (t *text) opensItem(s stretch) bool {
	i := t.after(s.a, s.b, "会议")
	if i < 0 {
		if m, ok := t.matterAt(s, true); ok && m.verb.a == s.a && s.len() > 8 {
			return t.ch[m.object-1] == '了' || t.ch[m.object] == '《'
		}
		return false
	}
	if _, ok := t.matterAt(s, false); ok {
		return true
	}
	o := outcomeVerb(t, adverbs.run(t.ch, i, s.b), s.b)
	return o.word.len() > 0 && o.outcome != "OTHER"
}

// goesOn reports whether a sentence that could open an item goes on with the one before it in the same paragraph:
// 会议听取了……的汇报。会议审议并原则同意该方案。
func (r *reader) goesOn(s, before stretch) bool {
	t := r.t
	if len(r.items) == 0 {
		return false
	}
	it := r.items[len(r.items)-1]
	if it.title.a < before.a {
		return false
	}
	if t.contains(s, "该") || t.contains(s, "此") || t.contains(s, "上述") || t.contains(s, "相关工作") || t.contains(s, "贯彻") && s.len() < 40 {
		return true
	}
	for _, d := range t.titles(s) {
		if t.contains(before, t.folded(d)) || t.isShortFor(d, t.titles(before)) {
			return true
		}
	}
	if i := t.after(s.a, s.b, "会议"); i >= 0 {
		o := outcomeVerb(t, adverbs.run(t.ch, i, s.b), s.b)
		if o.word.len() > 0 && len(t.titles(s)) == 0 && !t.said(before) {
			return true
		}
	}
	return false
}

// said reports whether the meeting has already spoken on a matter, so that what follows is a new one.
func (t *text) said(s stretch) bool {
	return t.contains(s, "会议指出") || t.contains(s, "会议强调") || t.contains(s, "会议要求") || t.contains(s, "会议同意") || t.contains(s, "会议原则")
}

// discussed reports whether the paragraphs before the first numeral are items themselves and not the agenda.
func (r *reader) discussed(body []stretch) bool {
	for _, p := range body[1:] {
		if r.t.said(p) {
			return true
		}
	}
	return false
}

// dropParent drops the matter that only announces the numbered ones below it: 会议研究区两会相关事宜。
func (r *reader) dropParent() {
	n := len(r.items)
	if n == 0 {
		return
	}
	last := r.items[n-1]
	if len(last.body) == 1 && len(r.t.sentences(last.body[0])) == 1 {
		r.items = r.items[:n-1]
	}
}

// subItems answers the items that are numbered below one: （一）审议……（二）审议……. Points that follow a heading of their
// own (会议议定以下意见) are not items, even where the first repeats that the meeting heard the report.
func (r *reader) subItems(parent item) []item {
	t := r.t
	var subs []item
	sub, matters := unmarked, 0
	for _, p := range parent.body {
		m, j, ok := t.markAt(p.a, p.b)
		if ok && j < p.b && (m.style == paren || m.style == arabic) && (sub == unmarked || m.style == sub) {
			text := stretch{j, p.b}
			_, isMatter := t.matterAt(text, true)
			if isMatter && !t.said(text) || isMatter && t.has(text.a, text.b, "会议") {
				matters++
			}
			sub = m.style
			subs = append(subs, r.newItem(stretch{p.a, j}, text))
			continue
		}
		if n := len(subs); n > 0 {
			subs[n-1].body = append(subs[n-1].body, p)
		} else if t.said(p) || parent.title.a >= p.a {
			return nil
		}
	}
	if matters < 2 || matters*2 < len(subs) {
		return nil
	}
	return subs
}

// itemsOfOpening takes the items from the opening itself, where the paper has no others: its further sentences, or
// the clauses behind the meeting (……常务会议，审议……，听取……), or for a meeting on one matter what it was held for.
func (r *reader) itemsOfOpening(body []stretch) {
	t, o := r.t, r.opening
	p := r.paras[o.para]
	r.readUnnumbered([]stretch{{min(o.end, p.b), p.b}})
	if len(r.items) == 0 {
		r.clausesOfOpening(stretch{p.a, min(o.end, p.b)}, len(body) == 0)
	}
	if len(r.items) == 0 {
		return
	}
	if rest := (stretch{min(o.end, p.b), p.b}); len(r.items) == 1 && r.items[0].title.b <= o.end {
		for _, s := range t.sentences(rest) {
			if !t.tells(s) {
				r.items[0].body = append(r.items[0].body, s)
			}
		}
	}
	if len(body) > 0 {
		last := &r.items[len(r.items)-1]
		for _, q := range body {
			if !t.isOther(q) {
				last.body = append(last.body, q)
			}
		}
	}
}

// clausesOfOpening reads the matters named in the sentence that says who met. Where a body follows, they are one.
func (r *reader) clausesOfOpening(s stretch, all bool) {
	t := r.t
	for _, c := range t.clauses(s) {
		if j := t.after(c.a, c.b, "主要是"); j >= 0 {
			c.a = j
		}
		for _, w := range []string{"主要", "会上", "专题"} {
			if j := t.after(c.a, c.b, w); j >= 0 && w != "专题" {
				c.a = j
			}
		}
		m, ok := t.matterAt(c, true)
		if !ok || m.verb.a > c.a+4 || t.isOther(c) {
			continue
		}
		r.items = append(r.items, item{title: stretch{m.verb.a, c.b}, kind: m.kind, body: []stretch{c}})
		if !all {
			return
		}
	}
}

// itemOfConclusions makes one item of a paper that states nothing but 决定：……; its title is the label, for want of another.
func (r *reader) itemOfConclusions(body []stretch) {
	t := r.t
	for i, p := range body {
		l, ok := t.labelAt(p.a, p.b)
		if !ok || l.kind != labelOutcome {
			continue
		}
		end := i + 1
		for end < len(body) {
			if _, _, marked := t.markAt(body[end].a, body[end].b); !marked {
				break
			}
			end++
		}
		r.items = append(r.items, item{title: stretch{l.at.a, l.at.b}, kind: "OTHER", body: body[i:end]})
		return
	}
}
