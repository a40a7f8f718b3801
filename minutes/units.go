package minutes

// A unit is a sentence, or a part of one, in which the meeting does one thing: takes up, settles, observes, demands.
// What follows without a 会议…… of its own goes with the unit before.
type unit struct {
	kind unitKind
	all  stretch // the whole of it
	text int     // behind 会议强调，
}

type unitKind uint8

const (
	says       unitKind = iota // nothing that the grammar knows
	takesUp                    // 会议听取了……
	settles                    // 会议决定, 会议明确, and every sentence with a verdict
	observes                   // 会议指出
	demands                    // 会议强调, 会议要求
	presents                   // 汇报单位：
	concludes                  // what stands behind 决议：, 结论：
	conditions                 // a point below a conclusion that all of them qualify: 除下列各點外，其餘照案通過：（一）……
)

// units cuts the paragraphs under an item into units.
func (t *text) units(body []stretch) []unit {
	w := unitReader{t: t}
	for _, p := range body {
		if l, ok := t.labelAt(p.a, p.b); ok && w.labelled(p, l) {
			continue
		}
		if w.conclusion(p) {
			continue
		}
		w.concluding = false
		if _, j, ok := t.pointMark(p.a, p.b); ok && j < p.b {
			w.all = append(w.all, unit{kind: says, all: stretch{p.a, j}, text: j})
			p.a = j
		}
		for _, s := range t.sentences(p) {
			w.all = append(w.all, t.unitsOf(s)...)
		}
	}
	return w.all
}

// A unitReader walks the paragraphs under an item. What a label says holds for the numbered paragraphs below it.
type unitReader struct {
	t          *text
	all        []unit
	concluding bool // below 决议：
	leftover   bool // below 遗留问题：
}

// labelled reads a paragraph that begins with a label, and answers false where the paragraph is read as any other.
func (w *unitReader) labelled(p stretch, l label) bool {
	t := w.t
	w.leftover = t.isLeftover(l)
	switch {
	case w.leftover:
		w.concluding = false
		if l.end < p.b {
			w.all = append(w.all, unit{kind: demands, all: p, text: l.end})
		}
		return true
	case l.kind == labelOutcome && !t.leadsPoints(p, l):
		w.concluding = true
		if l.end >= p.b {
			return true
		}
		rest := t.concluded(stretch{l.end, p.b})
		w.all = append(w.all, unit{kind: concludes, all: rest, text: l.end})
		for _, s := range t.sentences(stretch{rest.b, p.b}) { // 决议：……。会议要求：……
			w.all, w.concluding = append(w.all, t.unitsOf(s)...), false
		}
		return true
	case l.kind == labelPresenter:
		w.all = append(w.all, unit{kind: presents, all: stretch{l.end, p.b}, text: l.end})
		return true
	}
	return false
}

// conclusion reads a numbered paragraph below a label, and answers false where it is none.
func (w *unitReader) conclusion(p stretch) bool {
	t := w.t
	_, j, marked := t.pointMark(p.a, p.b)
	if !marked || j >= p.b || !w.leftover && !w.concluding {
		return false
	}
	u := unit{kind: concludes, all: stretch{j, p.b}, text: j}
	if w.leftover || len(w.all) > 0 && t.leadsConditions(w.all) {
		u = unit{kind: conditions, all: p, text: j}
	}
	w.all = append(w.all, u)
	return true
}

// leftovers are labels above what is still to be done.
var leftovers = newWords("遗留问题 遗留事项 后续工作 待办事项 后续事项 下一步工作 行动项 跟进事项 待跟进事项 会后工作")

// leadsConditions reports whether the conclusion that was read last is a verdict that ends in a colon.
func (t *text) leadsConditions(all []unit) bool {
	last := all[len(all)-1]
	if last.kind == conditions {
		return true
	}
	if last.kind != concludes || t.ch[last.all.b-1] != '：' {
		return false
	}
	i, _ := approvals.first(t.ch, last.all.a, last.all.b)
	return i >= 0
}

// leadsPoints reports whether a label is 会议决定： alone, with its points below, which are read as such.
func (t *text) leadsPoints(p stretch, l label) bool {
	return l.end >= p.b && (t.has(p.a, p.b, "会议决定") || t.has(p.a, p.b, "会议议定"))
}

// concluded answers the part of a conclusion before the first sentence in which the meeting demands or observes.
func (t *text) concluded(s stretch) stretch {
	for i, sentence := range t.sentences(s) {
		if k := t.unitAt(sentence).kind; i > 0 && (k == demands || k == observes) && t.has(sentence.a, sentence.b, "会议") {
			return stretch{s.a, sentence.a}
		}
	}
	return s
}

// unitsOf cuts a sentence at each clause that begins with 会议 and a verb, and at 并要求, 强调 behind 会议听取了…….
func (t *text) unitsOf(s stretch) []unit {
	u := t.unitAt(s)
	all := []unit{u}
	for i := max(u.text, s.a); i < s.b-2; i = min(t.past(i), s.b) {
		if r := t.ch[i]; r != '，' && r != '；' && r != '：' {
			continue
		}
		last := &all[len(all)-1]
		if next, ok := t.nextUnit(*last, stretch{i + 1, s.b}); ok {
			last.all.b = i + 1
			if k := t.concerning(stretch{last.text, i}); k > 0 && t.saysMeeting(next.all) { // ；就《……》，会议要求
				last.all.b = k
			}
			all = append(all, next)
		}
	}
	return all
}

// saysMeeting reports whether a clause begins with the meeting or those present.
func (t *text) saysMeeting(c stretch) bool {
	return t.has(c.a, c.b, "会议") || t.has(c.a, c.b, "与会")
}

// nextUnit answers the unit that the clause c begins within the sentence of the unit before it.
func (t *text) nextUnit(last unit, c stretch) (unit, bool) {
	if t.saysMeeting(c) {
		if next := t.unitAt(c); next.kind != says {
			own := last.kind == settles || last.kind == demands // 会议要求，会议…… is still its beginning
			return next, !own || last.text < c.a-1
		}
	}
	switch last.kind {
	case observes:
		if next, ok := t.settledAfter(last, c); ok {
			return next, true
		}
		return t.demandedAfter(last, c)
	case demands:
		return t.settledAfter(last, c)
	case takesUp:
		if next, ok := t.spokenAfter(c); ok {
			return next, true
		}
		return t.saidAfter(last, c)
	case settles:
		return t.saidAfter(last, c)
	}
	return unit{}, false
}

// settledAfter reads 会议认为，……，原则同意.
func (t *text) settledAfter(last unit, c stretch) (unit, bool) {
	v := t.outcomeAt(stretch{c.a, firstClause(t, stretch{c.a, min(c.b, c.a+longestBracket)})})
	ok := v.outcome == "APPROVED_IN_PRINCIPLE" || last.kind == observes && v.outcome == "APPROVED" && t.has(v.word.a, v.word.b, "同意")
	return unit{kind: settles, all: c, text: c.a}, ok
}

// demandedAfter reads 会议充分肯定了……，要求各党组…….
func (t *text) demandedAfter(last unit, c stretch) (unit, bool) {
	n := demanding.at(t.ch, c.a, c.b)
	if c.a-1-last.text <= 8 || n < 2 || !t.has(c.a, c.b, "要求") || !t.speaks(c.a+n, c.b) {
		return unit{}, false
	}
	return unit{kind: demands, all: c, text: t.pastComma(c.a+n, c.b)}, true
}

// spokenAfter reads who speaks behind 会议听取了……: 孙毅辉强调……, 花荣同志就贯彻落实提出要求：.
func (t *text) spokenAfter(c stretch) (unit, bool) {
	next := t.speakerUnit(unit{kind: says, all: c, text: c.a}, c.a, stretch{c.a, min(c.b, c.a+longestSpeaker+8)})
	if next.kind == demands {
		next.all = c
		return next, true
	}
	if j := t.demandOfSpeaker(c); j > 0 {
		return unit{kind: demands, all: c, text: t.pastComma(j, c.b)}, true
	}
	return unit{}, false
}

// saidAfter reads 并要求…… and 强调…… behind what was taken up or settled.
func (t *text) saidAfter(last unit, c stretch) (unit, bool) {
	j := c.a
	if t.has(j, c.b, "并") {
		j++
	}
	demanded, pointed := demanding.at(t.ch, j, c.b), pointing.at(t.ch, j, c.b)
	n := max(demanded, pointed)
	if n == 0 {
		return unit{}, false
	}
	near := stretch{max(last.all.a, c.a-longestBracket), c.a}
	if last.kind == settles && (!t.hasVerdict(near) || t.hasSteps(stretch{c.a, min(c.b, c.a+longestBracket)})) || !t.speaks(j+n, c.b) {
		return unit{}, false
	}
	kind := demands
	if pointed == n {
		kind = observes
	}
	return unit{kind: kind, all: c, text: t.pastComma(j+n, c.b)}, true
}

// concerns reports whether s only says what the next clause is about.
func (t *text) concerns(s stretch) bool {
	return t.ch[s.b-1] == '，' && (t.ch[s.a] == '就' || t.has(s.a, s.b, "针对") || t.has(s.a, s.b, "关于"))
}

// concerning answers where the clause begins with which s ends, if that only says what the next is about, or 0.
func (t *text) concerning(s stretch) int {
	for i := s.b - 1; i > s.a && s.b-i < longestHeading; i-- {
		if m := int(t.mate[i]); opened[t.ch[i]] != 0 && m > s.a && m < i {
			i = m
			continue
		}
		if r := t.ch[i]; r == '；' || r == '。' || r == '，' {
			if t.has(i+1, s.b, "就") || t.has(i+1, s.b, "对") || t.has(i+1, s.b, "关于") || t.has(i+1, s.b, "针对") {
				return i + 1
			}
			return 0
		}
	}
	return 0
}

// demandOfSpeaker answers where 提出要求 ends in the first clause of s, or 0.
func (t *text) demandOfSpeaker(s stretch) int {
	for i := s.a + 2; i < min(s.b, s.a+30); i++ {
		if t.ch[i] == '，' || t.ch[i] == '：' || t.ch[i] == '。' {
			return 0
		}
		if !t.has(i, s.b, "提出") {
			continue
		}
		for j := i + 2; j < min(s.b-1, i+12); j++ {
			if (t.has(j, s.b, "要求") || t.has(j, s.b, "意见") || t.has(j, s.b, "希望")) && (t.ch[min(j+2, s.b-1)] == '：' || t.ch[min(j+2, s.b-1)] == '，') {
				return j + 2
			}
		}
	}
	return 0
}

// hasSteps reports whether a demand is one of the steps of the decision that it follows.
func (t *text) hasSteps(s stretch) bool {
	for i := s.a; i < s.b; i = t.past(i) {
		v, ok := t.stepVerbAt(i, s.b)
		if !ok || v.kind == "IMPLEMENT" || v.kind == "REVIEW" {
			continue
		}
		if v.kind != "REVISE" || v.at.b >= s.b || !isHan(t.ch[v.at.b]) || t.ch[v.at.b] == '后' { // 优化完善管理工作 is no revision of the paper
			return true
		}
	}
	return false
}

// speaks reports whether a verb of saying is followed by what is said and not by a noun: 要求各单位, not 要求的.
func (t *text) speaks(i, limit int) bool {
	return i < limit && t.ch[i] != '的' && t.ch[i] != '和' && t.ch[i] != '、' && t.ch[i] != '。' && t.ch[i] != '了'
}

func (t *text) pastComma(i, limit int) int {
	for i < limit && (t.ch[i] == '，' || t.ch[i] == '：') {
		i++
	}
	return i
}
