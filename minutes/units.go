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
	var all []unit
	concluding, leftover := false, false
	for _, p := range body {
		if l, ok := t.labelAt(p.a, p.b); ok && t.isLeftover(l) {
			concluding, leftover = false, true
			if l.end < p.b {
				all = append(all, unit{kind: demands, all: p, text: l.end})
			}
			continue
		} else if ok {
			leftover = false
		}
		if _, j, marked := t.pointMark(p.a, p.b); leftover && marked && j < p.b {
			all = append(all, unit{kind: conditions, all: p, text: j})
			continue
		}
		if l, ok := t.labelAt(p.a, p.b); ok && l.kind == labelOutcome && !t.leadsPoints(p, l) {
			concluding = true
			if l.end < p.b {
				rest := t.concluded(stretch{l.end, p.b})
				all = append(all, unit{kind: concludes, all: rest, text: l.end})
				for _, s := range t.sentences(stretch{rest.b, p.b}) { // 决议：……。会议要求：……
					all, concluding = append(all, t.unitsOf(s)...), false
				}
			}
			continue
		}
		if l, ok := t.labelAt(p.a, p.b); ok && l.kind == labelPresenter {
			all = append(all, unit{kind: presents, all: stretch{l.end, p.b}, text: l.end})
			continue
		}
		_, j, marked := t.pointMark(p.a, p.b)
		if n := len(all); concluding && marked && j < p.b && n > 0 && t.leadsConditions(all) {
			all = append(all, unit{kind: conditions, all: stretch{p.a, p.b}, text: j})
			continue
		}
		if concluding && marked && j < p.b {
			all = append(all, unit{kind: concludes, all: stretch{j, p.b}, text: j})
			continue
		}
		concluding = false
		if _, j, ok := t.pointMark(p.a, p.b); ok && j < p.b {
			all = append(all, unit{kind: says, all: stretch{p.a, j}, text: j})
			p.a = j
		}
		for _, s := range t.sentences(p) {
			all = append(all, t.unitsOf(s)...)
		}
	}
	return all
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
		c := stretch{i + 1, s.b}
		if t.has(c.a, c.b, "会议") || t.has(c.a, c.b, "与会") {
			if next := t.unitAt(c); next.kind != says {
				last := &all[len(all)-1]
				if last.kind == settles && last.text >= i || last.kind == demands && last.text >= i {
					continue
				}
				last.all.b = i + 1
				if k := t.concerning(stretch{last.text, i}); k > 0 { // ；就《……》，会议要求
					last.all.b = k
				}
				all = append(all, next)
				continue
			}
		}
		if last := &all[len(all)-1]; last.kind == observes || last.kind == demands {
			v := t.outcomeAt(stretch{c.a, firstClause(t, stretch{c.a, min(c.b, c.a+longestBracket)})})
			if v.outcome == "APPROVED_IN_PRINCIPLE" || last.kind == observes && v.outcome == "APPROVED" && t.has(v.word.a, v.word.b, "同意") { // 会议认为，……，原则同意
				last.all.b = i + 1
				all = append(all, unit{kind: settles, all: c, text: c.a})
				continue
			}
		}
		if last := &all[len(all)-1]; last.kind == observes && i-last.text > 8 {
			if n := demanding.at(t.ch, c.a, c.b); n > 1 && t.has(c.a, c.b, "要求") && t.speaks(c.a+n, c.b) { // 会议充分肯定了……，要求各党组……
				last.all.b = i + 1
				all = append(all, unit{kind: demands, all: c, text: t.pastComma(c.a+n, c.b)})
				continue
			}
		}
		if last := &all[len(all)-1]; last.kind == takesUp {
			if next := t.speakerUnit(unit{kind: says, all: c, text: c.a}, c.a, stretch{c.a, min(c.b, c.a+longestSpeaker+8)}); next.kind == demands {
				next.all = c
				last.all.b = i + 1
				all = append(all, next)
				continue
			}
			if j := t.demandOfSpeaker(c); j > 0 { // 花荣同志就贯彻落实提出要求：
				last.all.b = i + 1
				all = append(all, unit{kind: demands, all: c, text: t.pastComma(j, c.b)})
				continue
			}
		}
		if last := &all[len(all)-1]; last.kind == takesUp || last.kind == settles {
			j := c.a
			if t.has(j, c.b, "并") {
				j++
			}
			if demanding.at(t.ch, j, c.b) == 0 && pointing.at(t.ch, j, c.b) == 0 {
				continue
			}
			near := stretch{max(last.all.a, c.a-longestBracket), c.a}
			if last.kind == settles && (!t.hasVerdict(near) || t.hasSteps(stretch{c.a, min(c.b, c.a+longestBracket)})) {
				continue
			}
			if n := max(demanding.at(t.ch, j, c.b), pointing.at(t.ch, j, c.b)); n > 0 && t.speaks(j+n, c.b) {
				last.all.b = i + 1
				kind := demands
				if pointing.at(t.ch, j, c.b) == n {
					kind = observes
				}
				all = append(all, unit{kind: kind, all: c, text: t.pastComma(j+n, c.b)})
			}
		}
	}
	return all
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

// unitAt names what a sentence does by its beginning.
func (t *text) unitAt(s stretch) unit {
	u := unit{kind: says, all: s, text: s.a}
	i := s.a
	for _, w := range []string{"最后，", "同时，", "会上，", "此外，", "另外，", "针对议题，", "针对上述议题，", "针对以上议题，", "随后，", "接着，"} {
		if j := t.after(i, s.b, w); j >= 0 {
			i = j
		}
	}
	j := -1
	for _, w := range []string{"会议", "与会人员", "与会同志", "会", "委员长会议", "主任会议", "主席会议", "常委会会议", "党组会议", "常务会议", "联席会议", "董事会", "大会", "全会"} {
		if j = t.after(i, s.b, w); j >= 0 {
			break
		}
	}
	if j >= 0 {
		k := adverbs.run(t.ch, j, s.b)
		if kind, end := t.saying(k, s.b); kind != says {
			u.kind, u.text = kind, t.pastComma(end, s.b)
			return u
		}
		if v := t.outcomeAt(stretch{i, firstClause(t, s)}); v.word.len() > 0 {
			u.kind = settles
			return u
		}
		if m, ok := t.matterAt(stretch{i, s.b}, false); ok {
			u.kind, u.text = takesUp, m.object
		}
		return u
	}
	if v := t.outcomeAt(stretch{i, firstClause(t, s)}); v.word.len() > 0 {
		u.kind = settles
		return u
	}
	for _, w := range []string{"经研究，", "经讨论，", "经会议研究，", "经研究讨论，", "经认真研究，", "会议经研究，"} { // 经研究，议定如下：
		if k := t.after(i, s.b, w); k >= 0 {
			if kind, end := t.saying(k, s.b); kind == settles {
				u.kind, u.text = settles, t.pastComma(end, s.b)
				return u
			}
		}
	}
	return t.speakerUnit(u, i, s)
}

func firstClause(t *text, s stretch) int {
	if cs := t.clauses(s); len(cs) > 0 {
		return cs[0].b
	}
	return s.b
}

// saying reads 强调, 指出, 决定 at k.
func (t *text) saying(k, limit int) (unitKind, int) {
	kind, best := says, 0
	for _, w := range []struct {
		kind unitKind
		list *words
	}{{observes, pointing}, {demands, demanding}, {settles, settling}} {
		if n := w.list.at(t.ch, k, limit); n > best {
			kind, best = w.kind, n
		}
	}
	if best == 0 || !t.speaks(k+best, limit) || t.has(k, limit, "提出了") {
		return says, k
	}
	return kind, k + best
}

// longestSpeaker bounds the offices and the name before 强调.
const longestSpeaker = 30

// speakerUnit reads 孙毅辉强调，……: somebody present who speaks for the meeting.
func (t *text) speakerUnit(u unit, i int, s stretch) unit {
	limit := min(s.b, i+longestSpeaker)
	for k := i + 2; k < limit; k++ {
		if t.ch[k] == '，' || t.ch[k] == '。' || t.ch[k] == '；' {
			return u
		}
		kind, end := t.saying(k, s.b)
		if kind != demands && kind != observes || end-k > 5 {
			continue
		}
		if _, ok := t.person(stretch{i, k}); ok || t.plainOffice(stretch{i, k}) {
			u.kind, u.text = kind, t.pastComma(end, s.b)
		}
		return u
	}
	return u
}
