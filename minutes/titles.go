package minutes

// shortHeading reports whether the first sentence behind a numeral is a heading that the writer closed with a full
// stop: 审议《……》。会议听取了……
func (t *text) shortHeading(s stretch) bool {
	body := stretch{s.a, s.b - 1}
	if len(t.clauses(body)) > 1 {
		return false
	}
	if t.has(s.a, s.b, "关于") && !t.ends(body, "的汇报") {
		return true
	}
	m, ok := t.matterAt(body, true)
	return ok && t.ch[min(m.object, s.b-1)-1] != '了' && outcomeVerb(t, m.verb.a, s.b).word.len() == 0
}

func (t *text) trimHeading(s stretch) stretch {
	s = t.trim(s)
	if j := t.after(s.a, s.b, "案由："); j >= 0 {
		s.a = j
	}
	if j := t.after(s.a, s.b, "会议"); j >= 0 {
		if _, ok := t.matterAt(s, false); ok {
			s.a = j
		}
	}
	return s
}

// kindOfTitle names the kind by the first verb of a title; a title without one is OTHER.
func (t *text) kindOfTitle(s stretch) string {
	if m, ok := t.matterAt(s, true); ok {
		return m.kind
	}
	if j := t.after(s.a, s.b, "关于"); j >= 0 {
		if m, ok := t.matterAt(stretch{j, s.b}, true); ok {
			return m.kind
		}
	}
	return "OTHER"
}

// titleOf takes the title from a sentence: from its verb to before the next clause. A next clause that takes up
// another matter (传达学习了……，集中学习了……) belongs to it; one that goes on with this one (并研究了……) does not.
func (t *text) titleOf(text stretch) (stretch, string) {
	sentence := t.sentences(text)[0]
	cs := t.clauses(sentence)
	if len(cs) == 0 {
		return t.trim(sentence), "OTHER"
	}
	m, ok := t.matterAt(cs[0], true)
	if !ok {
		if told, c, _, ok := t.toldMatter(text); ok && t.isTold(text) {
			return stretch{told.verb.a, c.b}, told.kind
		}
		title := cs[0]
		if j := t.after(title.a, title.b, "会议"); j >= 0 {
			title.a = j
		}
		return title, "OTHER"
	}
	title := stretch{m.verb.a, cs[0].b}
	if m.object >= title.b && len(cs) > 1 { // 听取了：关于……
		title.b = cs[1].b
		cs = cs[1:]
	}
	for _, c := range cs[1:] {
		next, ok := t.matterAt(c, true)
		if !ok && t.listsOn(title, c) { // 审议了县交运局送审的《……》，诺江镇送审的《……》
			title.b = c.b
			continue
		}
		if !ok && !outcomeStarts(t, c) && t.unfinished(title, m) && !t.has(c.a, c.b, "会议") && c.b-title.a < 200 {
			title.b = c.b // a list with ， in it: 国务院常务会议，十四届省政府第101次常务会议……精神
			continue
		}
		if !ok || next.verb.a > c.a+4 || t.ch[c.a] == '并' || t.has(c.a, c.b, "会议") || outcomeStarts(t, c) || next.kind != m.kind {
			break
		}
		title.b = c.b
	}
	if t.ch[title.b-1] == '后' { // 在听取了……汇报后
		title.b--
	}
	return t.trim(t.withoutDemand(title)), m.kind
}

// isTold reports whether a numbered paragraph tells of a matter that somebody brought before the meeting, or on which the
// meeting spoke or settled something.
func (t *text) isTold(s stretch) bool {
	if s.empty() || t.has(s.a, s.b, "会议") {
		return false
	}
	_, _, who, ok := t.toldMatter(s)
	if !ok || !who.empty() {
		return ok
	}
	for _, sentence := range t.sentences(s)[1:] {
		if k := t.unitAt(sentence).kind; k != says && t.has(sentence.a, sentence.b, "会议") {
			return true
		}
	}
	return false
}

// listsOn reports whether a clause goes on with a list of titles, each with those who submit it.
func (t *text) listsOn(title, c stretch) bool {
	if t.ch[title.b-1] != '》' || c.len() < 4 || t.has(c.a, c.b, "会议") {
		return false
	}
	all := t.titles(c)
	if len(all) == 0 {
		return false
	}
	who := stretch{listJoins.run(t.ch, c.a, c.b), all[0].a - 1}
	for _, w := range submitting {
		if t.ends(who, w) {
			who.b -= len([]rune(w))
		}
	}
	return who.empty() || !t.presenterOnly(who).empty()
}

// withoutDemand takes 并提出要求 off the end of a title.
func (t *text) withoutDemand(title stretch) stretch {
	for i := title.b - 2; i > title.a+4 && title.b-i < 10; i-- {
		if t.ch[i] == '并' && demanding.at(t.ch, i+1, title.b) > 0 {
			return stretch{title.a, i}
		}
	}
	return title
}

// unfinished reports whether a title breaks off in the middle of its object: it does not end in one of the nouns that
// objects end in, and the sentence goes on.
func (t *text) unfinished(title stretch, m matter) bool {
	return objectEnds.before(t.ch, m.object, title.b) == 0 && t.mate[title.b-1] < 0 &&
		(t.ends(title, "会议") || t.ends(title, "全会") || t.ends(title, "讲话") || t.ends(title, "文件"))
}

var objectEnds = newWords(`汇报 报告 精神 情况 事项 事宜 工作 方案 规划 计划 意见 办法 请示 通知 规定 条例 公报 通报 问题 制度 名单 清单 细则 草案 决定 内容 议题 材料 建议 要点 预案 项目 资金`)

// isOther reports whether a paragraph is 会议还研究了其他事项, which is no item.
func (t *text) isOther(p stretch) bool {
	return p.len() < 40 && (t.contains(p, "会议") || p.len() < 10) && (t.contains(p, "其他") || t.contains(p, "其它") || t.contains(p, "另外")) && (t.contains(p, "事项") || t.contains(p, "事宜") || t.contains(p, "工作") || t.contains(p, "议题") || t.contains(p, "问题"))
}

// isAgendaVerb reports whether a verdict that stands in a heading only says what is to be done: 审定《……》.
func (t *text) isAgendaVerb(word stretch) bool {
	return agendaVerbs.is(t.ch, word.a, word.b) && !t.has(word.b, len(t.ch), "了") && !t.has(max(0, word.a-2), word.a, "会议")
}

var agendaVerbs = newWords("审定 核定 审批 核准 批准")

// newItem makes an item of the text behind a numeral: a heading, or a sentence from which the title is taken.
func (r *reader) newItem(number, text stretch) item {
	t := r.t
	it := item{number: number}
	if t.has(text.a, text.b, "案由：") && len(t.sentences(text)) == 1 {
		it.title, it.heading = t.trimHeading(text), true
		it.kind = t.kindOfTitle(it.title)
		return it
	}
	if t.isHeading(text) && !t.has(text.a, text.b, "会议") || t.isHeading(text) && text.len() < 60 {
		it.title, it.heading = t.trimHeading(text), true
		it.kind = t.kindOfTitle(it.title)
		if v := t.outcomeAt(firstVerdictClause(t, text)); v.word.len() > 0 && !t.isAgendaVerb(v.word) { // 会议听取并原则同意……的汇报, as a heading
			it.body = []stretch{text}
		}
		return it
	}
	if bare := t.trim(text); t.ch[text.b-1] == '：' && bare.len() < 30 && t.isHeading(bare) && !t.has(text.a, text.b, "会议") { // 一、教育项目：
		it.title, it.heading = bare, true
		it.kind = t.kindOfTitle(bare)
		return it
	}
	if ss := t.sentences(text); len(ss) > 1 && t.ch[ss[0].b-1] == '。' && ss[0].len() < 60 && !t.has(text.a, text.b, "会议") && t.shortHeading(ss[0]) {
		it.title, it.heading = t.trimHeading(ss[0]), true
		it.kind = t.kindOfTitle(it.title)
		it.body = []stretch{{ss[0].b, text.b}}
		return it
	}
	it.title, it.kind = t.titleOf(text)
	it.body = []stretch{text}
	return it
}
