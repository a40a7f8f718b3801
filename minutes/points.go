package minutes

// A point is a numbered passage: the label, and the text up to the next label of its kind.
type point struct {
	label stretch
	text  stretch
}

// points answers the numbered paragraphs under an item that stand under no 会议强调: 会议议定以下意见：（一）……（二）…….
func (t *text) points(body []stretch, units []unit) []point {
	var all []point
	sort, first, count := unmarked, -1, 0
	for i, p := range body {
		if l, ok := t.labelAt(p.a, p.b); ok && l.kind == labelOutcome && first < 0 && !t.leadsPoints(p, l) {
			return nil // what is numbered there are conclusions
		}
		m, j, ok := t.pointMark(p.a, p.b)
		if n := len(all); ok && n > 0 && m.style > sort && m.n == 1 && t.ch[all[n-1].text.b-1] == '：' { // 二、会议明确以下事项：（一）……
			all, sort, count = all[:n-1], m.style, 0
		}
		if ok && j < p.b && (sort == unmarked && m.n == 1 || m.style == sort && m.n == count+1) {
			if first < 0 {
				first = i
			}
			sort = m.style
			count++
			all = append(all, point{stretch{p.a, j}, stretch{j, p.b}})
			continue
		}
		if n := len(all); n > 0 {
			if t.startsUnit(p) {
				break
			}
			all[n-1].text.b = p.b
		}
	}
	if len(all) < 2 || t.underDemand(units, all[0].label.a) || sort == arabic && !t.demandsSomething(all) {
		return nil
	}
	return all
}

// startsUnit reports whether a paragraph begins with a 会议 of its own, so that the last point has ended.
func (t *text) startsUnit(p stretch) bool {
	return t.unitAt(p).kind != says && t.has(p.a, p.b, "会议")
}

// underDemand reports whether the unit that holds or precedes i is a demand, an observation or a decision.
func (t *text) underDemand(units []unit, i int) bool {
	kind := says
	for _, u := range units {
		if u.all.a >= i {
			break
		}
		if u.kind != says {
			kind = u.kind
			if kind == settles && !t.hasVerdict(u.all) && t.ch[u.all.b-1] == '：' {
				kind = says
			}
			if kind == takesUp || kind == settles {
				kind = says
			}
		}
	}
	return kind != says
}

// demandsSomething reports whether the points of a list tell somebody to do something; a list of projects does not.
func (t *text) demandsSomething(list []point) bool {
	n := 0
	for _, p := range list {
		if t.ch[p.text.a] == '要' || t.hasVerdict(p.text) || t.isStepSentence(p.text) || len(t.addressees(p.text)) > 0 || t.contains(p.text, "要") && p.text.len() > 20 {
			n++
		}
	}
	return n*2 >= len(list)
}

// readPoints reads the units before the points, then each point: the one with the verdict is the decision, the others
// are directives.
func (r *reader) readPoints(f *itemFacts, units []unit, list []point) {
	n := 0
	for n < len(units) && units[n].all.a < list[0].label.a {
		n++
	}
	r.readUnits(f, units[:n])
	f.open = nil
	for _, p := range list {
		r.readPoint(f, p)
	}
	end := list[len(list)-1].text.b
	for n < len(units) && units[n].all.a < end {
		n++
	}
	r.readUnits(f, units[n:])
}

func (r *reader) readPoint(f *itemFacts, p point) {
	t := r.t
	if !t.hasVerdict(p.text) {
		if ss := t.sentences(p.text); len(ss) > 0 && t.unitAt(ss[0]).kind == takesUp {
			if m, ok := t.matterAt(ss[0], true); ok {
				r.addPresenters(f, stretch{m.verb.a, firstClause(t, stretch{m.object, ss[0].b})})
			}
			r.addDocuments(f, ss[0], roleOfKind[f.kind])
		}
		f.directives = append(f.directives, directive{label: p.label, text: p.text})
		return
	}
	var units []unit
	for _, s := range t.sentences(p.text) {
		units = append(units, t.unitsOf(s)...)
	}
	r.readUnits(f, units)
	f.open = nil
}

// readPointList reads labelled points within a block 会议议定：1.……；2.…….
func (r *reader) readPointList(f *itemFacts, block stretch, labels []stretch) {
	for i, l := range labels {
		end := block.b
		if i+1 < len(labels) {
			end = labels[i+1].a
		}
		r.readPoint(f, point{l, r.t.pointText(l.b, end)})
	}
}

// pointText takes the mark behind a label off.
func (t *text) pointText(a, b int) stretch {
	for a < b && (t.ch[a] == '，' || t.ch[a] == '、' || t.ch[a] == '：' || t.ch[a] == '.') {
		a++
	}
	return stretch{a, b}
}

// labelsIn finds the labels that count the points of a block from one: （一）, 1., ①, 一是, 一要, 首先. The first kind
// found is the outer one; others within are part of its text.
func (t *text) labelsIn(s stretch) []stretch {
	var all []stretch
	sort := unmarked
	tail := rune(0)
	for i := s.a; i < s.b; i = min(t.pastQuote(i), s.b) {
		if i > s.a && t.gap[i] < line && !isBreak(t.ch[i-1]) {
			continue
		}
		m, j, ok := t.pointMark(i, s.b)
		if !ok || m.n != len(all)+1 || sort != unmarked && m.style != sort {
			continue
		}
		if m.style == firstly {
			if tail != 0 && t.ch[j-1] != tail && m.n < 90 {
				continue
			}
			tail = t.ch[j-1]
		}
		if m.style == arabic && len(all) == 0 && i > s.a && t.gap[i] < line && t.ch[i-1] != '：' && t.ch[i-1] != '。' && t.ch[i-1] != '，' {
			continue
		}
		sort = m.style
		all = append(all, stretch{i, j})
	}
	if len(all) == 1 && sort == arabic {
		return nil
	}
	return all
}

func isBreak(r rune) bool {
	switch r {
	case '，', '。', '；', '：', '、', '？', '！', '”':
		return true
	}
	return false
}

// pastQuote skips what stands in quotes and titles but not in round brackets, since （一） is a label.
func (t *text) pastQuote(i int) int {
	if t.ch[i] == '（' {
		return i + 1
	}
	return t.past(i)
}

// pointMark reads a label of a point at i, 一是 and 首先 included.
func (t *text) pointMark(i, limit int) (mark, int, bool) {
	if m, j, ok := t.markAt(i, limit); ok && m.style != topic {
		if m.style == han && i > 0 && t.gap[i] < line && t.ch[i-1] != '：' && t.ch[i-1] != '。' {
			return mark{}, i, false
		}
		return m, j, true
	}
	n, j := t.chineseNumber(i, min(limit, i+3))
	if n < 1 || n > 20 || j >= limit {
		return mark{}, i, false
	}
	switch t.ch[j] {
	case '是', '要':
		return mark{firstly, n}, j + 1, true
	}
	return mark{}, i, false
}
