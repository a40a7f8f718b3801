package minutes

// stepVerbAt reads the step verb that begins at i. The longest of all kinds wins.
func (t *text) stepVerbAt(i, limit int) (stepVerb, bool) {
	best := stepVerb{}
	for _, k := range stepVerbs {
		if n := k.words.at(t.ch, i, limit); n > best.at.len() {
			best = stepVerb{k.kind, stretch{i, i + n}}
		}
	}
	if best.at.empty() {
		return best, false
	}
	if best.kind == "IMPLEMENT" && i > 0 && t.ch[i-1] == '起' {
		return best, false // 自2026年11月1日起执行 says since when
	}
	if i > 1 && negations.before(t.ch, i-2, i) > 0 {
		return best, false // 暂不出台
	}
	if best.kind == "SUBMIT" && t.ch[i] == '报' {
		if i > 0 && (t.ch[i-1] == '汇' || t.ch[i-1] == '通' || t.ch[i-1] == '申' || t.ch[i-1] == '上' && best.at.len() == 2) {
			return best, false
		}
		if t.has(i, limit, "报告") {
			return best, false
		}
	}
	if closingSubmit.is(t.ch, best.at.a, best.at.b) && i > 0 && t.ch[i-1] != '后' && t.ch[i-1] != '，' && stepAdverbs.before(t.ch, max(0, i-6), i) == 0 {
		return best, false // 完成用地报批 is no submission of the paper
	}
	if wholeClause.is(t.ch, best.at.a, best.at.b) && limit-best.at.b > 4 && t.ch[best.at.b] != '后' && !t.handles(best.at, limit) {
		return best, false // 制定出台推进……的政策措施
	}
	if best.at.b < limit && notStep.at(t.ch, best.at.b, limit) > 0 {
		return best, false
	}
	return best, true
}

// handles reports whether the verb at s is 办理 with what is to be handled behind it: 办理规划变更手续.
func (t *text) handles(s stretch, limit int) bool {
	c := stretch{s.b, firstClause(t, stretch{s.b, limit})}
	return t.ends(s, "办理") && c.len() < 24 && handled.before(t.ch, c.a, c.b) > 0
}

var handled = newWords("手续 事宜 登记 证 证书 审批 备案 事项 许可 业务 权证 过户")

// closingSubmit are verbs without an object, steps only behind 按程序 or 后.
var closingSubmit = newWords("报批 报审 上会 报备 再报 另行上会")

var negations = newWords("暂不 不予 暂缓 不再 未 不得 停止 无须 无需 毋须 不必 免予")

// wholeClause are verbs that make a step only at the end of a clause.
var wholeClause = newWords("出台 发布 公布 落实 实施 完善 执行 审查 核定 报告 组织开展 签发 贯彻落实 办理 修订")

// notStep are characters behind a step verb that make a noun of it: 实施方案, 落实情况, 审核意见.
var notStep = newWords("方案 情况 意见 细则 办法 的 责任 机制 主体 工作方案 单位 规定 要求 计划 标准 规范 稿 比 率 好 权")

// stepAdverbs may stand before a step verb or its actor.
var stepAdverbs = newWords(`同意 会议同意 会后 并 再 最后 同时 然后 尽快 抓紧 及时 按程序 按照程序 依程序 按规定程序 按规定 依法依规 依法 依规 进一步 继续 再行 一并 正式 按要求 认真 根据程序 会议确定 会议明确 会议决定 会议议定 原则上 另 待 另行 后 ， ： 下一步 具体 统一 按有关程序 按相关程序 履行程序后 对外 予以 共同 按程序予以`)

// verbs reads the step verbs of a clause; each closes a step with the actors gathered so far.
func (r *stepReader) verbs(c, whole stretch) {
	t := r.t
	if _, ok := t.stepVerbWithin(c); ok && r.content && len(r.actors) > 0 {
		r.flush() // 由市数据局征求意见，修改完善后……: the duty of the clause before is one of its own
	}
	from, found := c.a, false
	if len(r.steps) == 0 || r.start < 0 {
		from = t.trim(whole).a
	}
	for i := c.a; i < c.b; {
		next, verb := r.stepAt(i, from, c)
		if !verb && next == i {
			i = t.past(i)
			continue
		}
		found, i, from = true, next, next
		if verb && i < c.b-3 && t.ch[i] == '、' { // 由市数据局修改、市司法局审核
			if next := (stretch{i + 1, c.b}); !t.subjectAt(next).empty() {
				r.clause(next)
				return
			}
		}
	}
	if found {
		return
	}
	c.a = stepAdverbs.run(t.ch, c.a, c.b)
	if c.len() > 1 && t.ch[c.a] == '要' { // 政府办公室要根据会上提出的意见
		c.a++
	}
	if !modifier(t, c) && c.len() > 1 {
		r.content = true
	}
	if r.start >= 0 {
		r.end = c.b
	}
}

// stepAt adds the step at i, whose words began at from, and answers the index behind, or i where there is none; and
// whether it is one of the step verbs that others may follow.
func (r *stepReader) stepAt(i, from int, c stretch) (next int, verb bool) {
	t := r.t
	if name, next, ok := t.nameClause(i, c.b); ok {
		r.add(step{kind: "ISSUE", inNameOf: name, at: stretch{min(from, i), next}})
		return next, false
	}
	if target, next, ok := t.reportTo(i, c.b); ok {
		r.add(step{kind: "SUBMIT", target: target, at: stretch{min(from, i), next}})
		return next, false
	}
	v, ok := t.stepVerbAt(i, c.b)
	if !ok || v.kind == "SUBMIT" && t.has(v.at.a, v.at.b, "汇报") {
		return i, false
	}
	s := step{kind: v.kind, at: stretch{min(from, v.at.a), v.at.b}}
	if v.kind != "SUBMIT" {
		r.add(s)
		return v.at.b, true
	}
	s.target, next = t.submitTarget(v.at, c.b)
	s.at.b = next
	if condition := t.conditionIn(s.target, next, c.b); !condition.empty() {
		r.add(s)
		r.condition = condition
		return condition.b, false
	}
	if len(r.actors) > 0 && t.doneBefore(stretch{c.a, v.at.a}) { // 请综合管理部征求意见后再提交
		r.end = v.at.a
		r.flush()
		s.at.a = v.at.a
	}
	r.add(s)
	return next, true
}

// stepVerbWithin finds the first step verb of a clause.
func (t *text) stepVerbWithin(c stretch) (stepVerb, bool) {
	for i := c.a; i < c.b; i = t.past(i) {
		if v, ok := t.stepVerbAt(i, c.b); ok && !t.has(v.at.a, v.at.b, "汇报") {
			return v, true
		}
	}
	return stepVerb{}, false
}

// doneBefore reports whether s says what is to be done first, before what follows: 进一步征求各方意见后再.
func (t *text) doneBefore(s stretch) bool {
	for _, w := range []string{"再行", "再", "后"} {
		if t.ends(s, w) {
			s.b -= len([]rune(w))
		}
	}
	s.a = stepAdverbs.run(t.ch, s.a, s.b)
	return s.len() >= 2 && t.ch[s.b] == '后' && !modifier(t, s)
}

// modifier reports whether a clause only says on what footing: 根据会议讨论意见.
func modifier(t *text, c stretch) bool {
	return modifiers.at(t.ch, c.a, c.b) > 0
}

var modifiers = newWords("根据 按照 按 结合 依据 围绕 参照 在 待 鉴于 为")
