package minutes

// A decision is a verdict with its object and what is to be done.
type decision struct {
	outcome  string
	text     stretch
	object   stretch // the clause of the verdict, behind its word
	steps    stretch // where the steps are, behind that clause
	referral bool    // of a sentence that only charges somebody
}

// hasVerdict reports whether one of the clauses of s begins with a verdict.
func (t *text) hasVerdict(s stretch) bool { return !firstVerdictClause(t, s).empty() }

// addDecisions adds a decision for each verdict in s. A decision runs from the clause of its verdict to before the
// next one's, or to the end. Where there is no verdict, what the meeting resolved (决定……) or charged (责成……) is one.
func (r *reader) addDecisions(f *itemFacts, s stretch) {
	t := r.t
	f.open = nil
	found := t.verdictsIn(s)
	if len(found) == 0 {
		found = t.resolvedIn(s)
	}
	if len(found) == 0 {
		return
	}
	f.decisions = append(f.decisions, found...)
	f.open = &f.decisions[len(f.decisions)-1]
}

// verdictsIn answers a decision for each verdict in s.
func (t *text) verdictsIn(s stretch) []decision {
	var found []decision
	cs := t.clauses(s)
	for i, c := range cs {
		v := t.outcomeAt(c)
		if v.word.len() == 0 || len(found) > 0 && !t.newVerdict(c, v) {
			continue
		}
		start := t.verdictStart(cs[:i+1])
		if n := len(found); n > 0 {
			found[n-1].text.b, found[n-1].steps.b = start, min(found[n-1].steps.b, start)
		}
		d := decision{outcome: v.outcome, text: stretch{start, s.b}, object: stretch{v.word.b, c.b}, steps: stretch{c.b, s.b}}
		if first := stepAdverbs.run(t.ch, d.object.a, d.object.b); t.stepsAt(first, d.object.b) { // 同意提请……审议
			d.steps.a, d.object.b = d.object.a, d.object.a
		} else if k := t.stepsWithin(d.object); k > 0 {
			d.object.b, d.steps.a = k, k
		}
		found = append(found, d)
	}
	if n := len(found); n > 0 {
		last := &found[n-1]
		if k := t.secondVerdict(*last); k > 0 {
			rest := decision{outcome: "OTHER", text: stretch{k, last.text.b}, steps: stretch{last.text.b, last.text.b}}
			last.text.b, last.steps = k, stretch{k, k}
			found = append(found, rest)
		}
	}
	return found
}

// verdictStart answers where the text of the last clause's verdict begins: with 会议明确 before it, which may say first
// what it is settled for (会议明确，为支持……，同意……).
func (t *text) verdictStart(cs []stretch) int {
	last := len(cs) - 1
	for i := last - 1; i >= 0 && i > last-4; i-- {
		if t.isSettlingClause(cs[i]) {
			return cs[i].a
		}
		if purposes.at(t.ch, cs[i].a, cs[i].b) == 0 {
			break
		}
	}
	return cs[last].a
}

// purposes begin a clause that says what something is settled for or upon.
var purposes = newWords("为了 为 鉴于 考虑到 根据 按照 结合 针对 基于")

// resolvedIn answers the decision of a sentence without a verdict: ……，决定7月29日召开……; 责成……报……审议.
func (t *text) resolvedIn(s stretch) []decision {
	for i, c := range t.clauses(s) {
		if n := resolving.at(t.ch, c.a, c.b); i > 0 && n > 0 && c.b-c.a-n > 3 {
			return []decision{{outcome: t.duty(stretch{c.a + n, s.b}), text: stretch{c.a, s.b}, steps: stretch{c.a, s.b}}}
		}
	}
	if ref := t.referral(s); !ref.empty() {
		return []decision{t.charge(ref)}
	}
	return nil
}

// charge is the decision of a sentence that charges somebody: REFERRED where the matter is to be submitted elsewhere.
func (t *text) charge(s stretch) decision {
	outcome := "OTHER"
	for _, c := range t.clauses(s) {
		for i := c.a; i < c.b; i = t.past(i) {
			if w, ok := t.stepVerbAt(i, c.b); ok && w.kind == "SUBMIT" {
				outcome = "REFERRED"
			}
		}
	}
	return decision{outcome: outcome, text: s, steps: s, referral: true}
}

// duty names the outcome of a decision that has no verdict: REFERRED where it starts by submitting the matter elsewhere.
func (t *text) duty(s stretch) string {
	if s.empty() {
		return "OTHER"
	}
	if v, ok := t.stepVerbAt(stepAdverbs.run(t.ch, s.a, s.b), s.b); ok && v.kind == "SUBMIT" {
		return "REFERRED"
	}
	if t.onlyRefers(s) {
		return "REFERRED"
	}
	return t.refusal(s)
}

// onlyRefers reports whether all that is to be done is to revise the matter and to submit it to be deliberated elsewhere:
// 决定修改完善后提请省人大常委会审议.
func (t *text) onlyRefers(s stretch) bool {
	refers := false
	for _, st := range t.stepsIn(s) {
		switch st.kind {
		case "REVISE", "REVIEW":
		case "SUBMIT":
			refers = refers || t.has(st.at.b-2, st.at.b, "审议") || t.has(st.at.b-2, st.at.b, "审定") || t.has(st.at.b-2, st.at.b, "审批") || t.has(st.at.b-2, st.at.b, "研究")
		default:
			return false
		}
	}
	return refers
}

// resolving verbs settle something of their own in a sentence that has taken up a matter: ……，决定7月29日召开…….
var resolving = newWords("决定 并决定 会议决定 研究决定 议定 确定 会议确定 会议议定 一致决定")

// newVerdict reports whether a further clause with a verdict settles something of its own: it follows a semicolon or
// full stop, names another object, or says 并决定.
func (t *text) newVerdict(c stretch, v verdict) bool {
	if c.b-v.word.b < 3 {
		return false
	}
	if next := stepAdverbs.run(t.ch, v.word.b, c.b); v.outcome == "APPROVED" { // ，同意以学校名义印发 goes on
		if _, ok := t.stepVerbAt(next, c.b); ok || t.ch[min(next, c.b-1)] == '以' {
			return false
		}
	}
	if v.outcome == "RETURNED" || v.outcome == "REFERRED" {
		return false // 不同意该建议书，退回市卫健委重新论证
	}
	if v.outcome == "POSTPONED" || v.outcome == "REJECTED" {
		return t.ch[c.a-1] != '，' || v.word.a == c.a
	}
	return true
}

// secondVerdict finds ，并决定…… in a decision on something else.
func (t *text) secondVerdict(d decision) int {
	for _, c := range t.clauses(stretch{d.object.b, d.text.b}) {
		if t.has(c.a, c.b, "并决定") || t.has(c.a, c.b, "会议决定") && c.a > d.object.b+1 && t.ch[c.a-1] == '，' {
			return c.a
		}
	}
	return 0
}

// isSettlingClause reports whether a clause is only 会议明确, 会议决定, 经研究.
func (t *text) isSettlingClause(c stretch) bool {
	i := t.after(c.a, c.b, "会议")
	if i < 0 {
		i = c.a
	}
	i = adverbs.run(t.ch, i, c.b)
	if n := settling.at(t.ch, i, c.b); n > 0 && i+n == c.b {
		return true
	}
	return beforeVerdict.run(t.ch, c.a, c.b) == c.b
}

// stepsAt reports whether what is approved at i is itself a step: 提请……审议, 修改后报……审批, 以……名义印发.
func (t *text) stepsAt(i, limit int) bool {
	if v, ok := t.stepVerbAt(i, limit); ok {
		return v.kind == "SUBMIT" || v.kind == "REVISE"
	}
	if i < limit && (t.ch[i] == '将' || t.ch[i] == '把' || t.ch[i] == '由') { // 同意将……提交……审议
		for j := i; j < limit; j = t.past(j) {
			if v, ok := t.stepVerbAt(j, limit); ok && (v.kind == "SUBMIT" || v.kind == "ISSUE" && limit-v.at.b < 6) {
				return true
			}
		}
	}
	_, _, ok := t.nameClause(i, limit)
	return ok
}

// stepsWithin finds where steps begin in the clause of the verdict itself: 原则同意该方案并以市政府名义印发.
func (t *text) stepsWithin(object stretch) int {
	for i := object.a; i < object.b-2; i = t.past(i) {
		if t.ch[i] != '并' {
			continue
		}
		c := stretch{i + 1, object.b}
		c.a = stepAdverbs.run(t.ch, c.a, c.b)
		if t.ch[min(c.a, c.b-1)] == '以' || t.ch[min(c.a, c.b-1)] == '由' || leadsToSteps.at(t.ch, i+1, c.b) > 0 {
			return i
		}
		if w, ok := t.stepVerbAt(c.a, c.b); ok && w.kind != "REVISE" {
			return i
		}
	}
	return 0
}

var leadsToSteps = newWords("要求 按照 按 根据 责成 进一步修改 修改完善 请 按会议")

// referral finds 责成……报……审议 in a sentence without a verdict.
func (t *text) referral(s stretch) stretch {
	for _, c := range t.clauses(s) {
		for _, w := range []string{"责成", "交由", "会议责成", "并责成", "委托", "责令"} {
			if t.has(c.a, c.b, w) {
				return stretch{c.a, s.b}
			}
		}
	}
	return stretch{}
}

// isStepSentence reports whether a sentence without 会议 goes on with the steps of the decision before it.
func (t *text) isStepSentence(s stretch) bool {
	if stepStarts.at(t.ch, s.a, s.b) > 0 && !t.onlyAttends(s) {
		return true
	}
	cs := t.clauses(s)
	if len(cs) == 0 {
		return false
	}
	for _, c := range cs {
		if (t.leads(c) || t.chargedClause(c)) && !t.contains(s, "要") {
			return true
		}
	}
	if t.ch[cs[0].a] == '《' && t.contains(s, "名义") {
		return true
	}
	if body := t.subjectAt(cs[0]); !body.empty() {
		for i := body.b; i < cs[0].b; i = t.past(i) {
			if _, ok := t.stepVerbAt(i, cs[0].b); ok {
				return !t.has(body.b, cs[0].b, "要")
			}
		}
	}
	return false
}

// chargedClause reports whether a clause charges somebody: 由县国土局负责核算.
func (t *text) chargedClause(c stretch) bool {
	if !t.has(c.a, c.b, "由") || c.len() < 5 {
		return false
	}
	end := t.actorEnd(stretch{c.a + 1, c.b})
	return end > c.a+2 && end < c.b && t.chargeable(stretch{c.a + 1, end})
}

// onlyAttends reports whether 会后，各…… tells everybody to carry on and is no step of this decision.
func (t *text) onlyAttends(s stretch) bool {
	return t.has(s.a, s.b, "按照") && !t.contains(s, "修改") && !t.contains(s, "印发") && !t.contains(s, "报") && !t.contains(s, "由")
}

var stepStarts = newWords(`会后 由 责成 请 授权 委托 交由 根据会议 按照会议 按会议 待修改 修改完善后 经修改 待 经 以 提交 提请 报请 具体由 并由 相关手续 会议确定 会议明确 会议议定 会议决定 同时由 按程序 按照程序 依程序 依法依规 建议由 下一步由 抓紧修改`)

// leads reports whether a clause says who leads or answers: 县财政局负责, 副县长石晶牵头.
func (t *text) leads(c stretch) bool {
	return leadEnds.before(t.ch, c.a, c.b) > 0 && c.len() < 60 && !t.contains(c, "要")
}

var leadEnds = newWords("负责 牵头 牵头负责 具体负责 主办 总牵头 负责牵头 牵头协调 牵头组织 负责落实 牵头办理 负责办理 牵头落实 为责任单位 为牵头单位 为责任部门 牵头调度 统筹 负总责 统筹负责")

// onlyCounts reports whether a conclusion only counts votes.
func (t *text) onlyCounts(s stretch) bool {
	cs := t.clauses(s)
	counts := 0
	for _, c := range cs {
		if t.trim(c).len() < 12 && t.contains(c, "票") {
			counts++
		}
	}
	return counts > 1 && counts == len(cs)
}

// addConclusion reads what stands behind 决议： or 结论：. Its verdict may stand anywhere in it: 照案通过, 本案保留, TC同意…….
func (r *reader) addConclusion(f *itemFacts, s stretch) {
	t := r.t
	if t.trim(s).len() < 2 {
		return
	}
	if t.onlyCounts(s) {
		return // 同意5票，反对0票: the decision itself stands beside it
	}
	outcome, object := "OTHER", s.a
	for i := s.a; i < s.b; i = t.past(i) {
		if n := approvals.at(t.ch, i, s.b); n > 0 && !t.isCondition(i+n, s.b) {
			for _, o := range outcomeWords {
				if o.words.is(t.ch, i, i+n) {
					outcome, object = o.outcome, i+n
				}
			}
			break
		}
	}
	switch {
	case outcome == "APPROVED" && (t.contains(s, "除下列") || t.contains(s, "除以下")):
		outcome = "APPROVED_AS_AMENDED"
	case outcome == "OTHER" && (t.contains(s, "再提会") || t.contains(s, "再行提会") || t.contains(s, "重新提会")):
		outcome = "RETURNED"
	case outcome == "OTHER" && t.trim(s).len() < 6 && (t.contains(s, "确定") || t.contains(s, "确认")): // of the last minutes
		outcome = "APPROVED"
	}
	f.decisions = append(f.decisions, decision{outcome: outcome, text: s, object: stretch{object, s.b}, steps: stretch{object, s.b}})
	f.open = nil
}
