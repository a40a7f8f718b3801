package minutes

// An item is a matter while it is being read: its heading or opening clause, and the paragraphs under it.
type item struct {
	number  stretch
	title   stretch // without the numeral
	heading bool    // whether the title is a line of its own
	kind    string
	body    []stretch // what is said under it, the opening sentence included where there is no heading
	label   bool      // outcomes are given behind a label (决议：)
}

// readItems finds the matters that the meeting took up and reads what is said under each.
//
// Where the body is numbered and the numerals stand before matters, each is an item; where they stand before demands
// (会议要求：一、……), they are points of the one matter that the opening names. Without numerals each paragraph
// or sentence 会议听取……, 会议审议…… opens an item.
func (r *reader) readItems() {
	first := r.opening.para
	r.lastMatter = r.findLastMatter()
	body := r.bodyParagraphs()
	style := r.itemStyle(body)
	if topics, s := r.listedTopics(body); s != unmarked && (style == unmarked || style == arabic) {
		r.readNumbered(topics, s)
	} else if style != unmarked {
		r.readNumbered(body, style)
	} else {
		r.readUnnumbered(body)
	}
	if len(r.items) == 0 && first >= 0 {
		r.itemsOfOpening(body)
	}
	if len(r.items) == 0 {
		r.itemOfConclusions(body)
	}
	for i := range r.items {
		r.readItem(&r.items[i], i+1)
	}
}

// bodyParagraphs answers the paragraphs between the opening and the lists of the end, without labelled lines.
func (r *reader) bodyParagraphs() []stretch {
	t := r.t
	var body, agenda []stretch
	from := r.opening.para + 1
	if r.opening.para < 0 {
		from = len(r.headParagraphs())
	}
	for i := from; i < len(r.paras); i++ {
		if r.kinds[i] == labelled && len(body) > 0 && r.endsBody(i) {
			break
		}
		switch {
		case r.kinds[i] == plain && t.tells(r.paras[i]):
			r.telling = append(r.telling, r.paras[i])
		case r.kinds[i] == plain:
			body = append(body, r.paras[i])
		case r.kinds[i] == labelled && (r.labels[i].kind == labelOutcome || r.labels[i].kind == labelPresenter):
			body = append(body, r.paras[i])
		case r.kinds[i] == labelled && r.labels[i].kind == labelTopics && r.labels[i].end < r.paras[i].b:
			if t.listsMatters(stretch{r.labels[i].end, r.paras[i].b}) {
				agenda = append(agenda, stretch{r.labels[i].end, r.paras[i].b})
			}
		}
	}
	if r.lastMatter < 0 { // the agenda is all there is
		return append(agenda, body...)
	}
	return body
}

// listedTopics answers the paragraphs behind 本期会议议题： where that is a heading above numbered topics which are
// treated there one by one, with the style of the numerals. Lists within a topic are indented further.
func (r *reader) listedTopics(body []stretch) ([]stretch, style) {
	t := r.t
	from, indent := -1, 0
	for i := range r.paras {
		if r.kinds[i] == labelled && r.labels[i].kind == labelTopics && r.labels[i].end >= r.paras[i].b {
			from = r.paras[i].b
		}
	}
	if from < 0 {
		return nil, unmarked
	}
	var topics []stretch
	found, sort := 0, unmarked
	for _, p := range body {
		if p.a < from {
			continue
		}
		m, _, ok := t.markAt(p.a, p.b)
		in := t.indent(p.a)
		if ok && sort == unmarked {
			sort, indent = m.style, in
		}
		if ok && m.style == sort && in <= indent {
			found++
		} else if ok && len(topics) > 0 { // a list within a topic
			topics[len(topics)-1].b = p.b
			continue
		}
		topics = append(topics, p)
	}
	if found < 1 || sort != arabic {
		return nil, unmarked
	}
	return topics, sort
}

// indent answers how many blanks stand between the start of the line and i in the source.
func (t *text) indent(i int) int {
	n := 0
	for j := int(t.pos[i]) - 1; j >= 0 && t.src[j] != '\n'; j-- {
		n++
	}
	return n
}

// endsBody reports whether the list that paragraph i begins is one of the paper's end: no matter follows it.
func (r *reader) endsBody(i int) bool {
	switch r.labels[i].kind {
	case labelAttendance, labelTo, labelCC:
	default:
		return false
	}
	if r.lastMatter < 0 {
		return true
	}
	return i > r.lastMatter
}

// findLastMatter answers the last paragraph that can open an item, or -1.
func (r *reader) findLastMatter() int {
	t := r.t
	for i := len(r.paras) - 1; i >= 0; i-- {
		if r.kinds[i] != plain {
			continue
		}
		p := r.paras[i]
		if m, _, ok := t.markAt(p.a, p.b); ok && m.style <= paren || t.meetingVerb(p) && !t.tells(p) {
			return i
		}
	}
	return -1
}

// tells reports whether a sentence only tells who took part.
func (t *text) tells(p stretch) bool {
	if p.len() > 400 {
		return false
	}
	s := stretch{p.a, p.b}
	for _, w := range []string{"出席", "列席", "参加"} {
		if i := t.find(s, w); i >= 0 && (p.b-i < 14 || i-p.a < 4) {
			return true
		}
	}
	return false
}

func (t *text) listsMatters(s stretch) bool {
	_, ok := t.matterAt(s, true)
	return ok
}

// itemStyle answers the outermost style of numeral that stands before matters, or unmarked.
func (r *reader) itemStyle(body []stretch) style {
	t := r.t
	for _, s := range []style{topic, han, ordinal, paren, arabic} {
		marked, matters, headings := 0, 0, 0
		demanded := false
		for i, p := range body {
			m, j, ok := t.markAt(p.a, p.b)
			if !ok || m.style != s {
				continue
			}
			if marked == 0 && i > 0 {
				demanded = t.leadsDemands(body[i-1])
			} else if marked == 0 && r.opening.para >= 0 {
				demanded = t.leadsDemands(r.paras[r.opening.para])
			}
			marked++
			text := stretch{j, p.b}
			if j >= p.b && i+1 < len(body) {
				text = body[i+1]
			}
			switch {
			case t.isMatter(text):
				matters++
			case t.isHeading(text) && i+1 < len(body) && !t.isMarked(body[i+1], s):
				headings++
			}
		}
		if marked == 0 {
			continue
		}
		if s >= paren && matters == 0 {
			continue // points of one matter
		}
		if s == arabic && (matters*2 < marked || marked < 2) {
			continue
		}
		if demanded && matters*2 < marked {
			continue
		}
		if (matters+headings)*2 >= marked {
			return s
		}
	}
	return unmarked
}

func (t *text) isMarked(p stretch, s style) bool {
	m, _, ok := t.markAt(p.a, p.b)
	return ok && m.style == s
}

// leadsDemands reports whether a paragraph ends with 会议要求： or the like.
func (t *text) leadsDemands(p stretch) bool {
	if p.empty() || t.ch[p.b-1] != '：' {
		return false
	}
	ss := t.sentences(p)
	last := ss[len(ss)-1]
	cs := t.clauses(last)
	if len(cs) == 0 {
		return false
	}
	c := cs[len(cs)-1]
	if i, _ := demanding.first(t.ch, c.a, c.b); i >= 0 && c.b-i < 12 {
		return true
	}
	return false
}

// isMatter reports whether what stands behind a numeral is a matter: 审议……, 会议听取了……, 关于……, 《……》, 原则同意…….
func (t *text) isMatter(s stretch) bool {
	if s.empty() {
		return false
	}
	if _, ok := t.matterAt(s, true); ok {
		return true
	}
	if t.has(s.a, s.b, "关于") || t.has(s.a, s.b, "案由：") || t.ch[s.a] == '《' || t.ch[s.a] == '「' {
		return true
	}
	i := t.after(s.a, s.b, "会议")
	if i < 0 {
		i = s.a
	}
	return outcomeVerb(t, adverbs.run(t.ch, i, s.b), s.b).word.len() > 0
}

// longestHeading bounds a heading that is no sentence.
const longestHeading = 90

// isHeading reports whether s is a line without a full stop, such as 关于……事宜.
func (t *text) isHeading(s stretch) bool {
	return s.len() >= 2 && s.len() <= longestHeading && len(t.sentences(s)) == 1 && t.ch[s.b-1] != '。' && t.ch[s.b-1] != '；' && t.ch[s.b-1] != '：'
}

// readNumbered makes an item of each paragraph that begins with a numeral of the style, and of matters that stand
// before the first or are numbered below.
func (r *reader) readNumbered(body []stretch, s style) {
	t := r.t
	first := 0
	for first < len(body) && !t.isMarked(body[first], s) {
		first++
	}
	if s >= paren || r.opening.para < 0 {
		r.readUnnumbered(body[:first])
		r.dropParent()
	} else if first > 1 && r.discussed(body[:first]) {
		r.readUnnumbered(body[:first])
	}
	var all []item
	for i := first; i < len(body); i++ {
		p := body[i]
		m, j, ok := t.markAt(p.a, p.b)
		if ok && m.style < s {
			continue // the heading of a section
		}
		if !ok || m.style != s {
			if n := len(all); n > 0 && !t.isOther(p) {
				all[n-1].body = append(all[n-1].body, p)
			}
			continue
		}
		text := stretch{j, p.b}
		if text.empty() && i+1 < len(body) && !t.isMarked(body[i+1], s) {
			i++
			text = body[i]
		}
		if t.trim(text).len() < 2 {
			r.warn("ITEM_WITHOUT_TITLE", "A numeral stands here without the matter it counts: "+t.value(stretch{p.a, j}), stretch{p.a, j})
			continue
		}
		if t.isOther(text) {
			continue
		}
		all = append(all, r.newItem(stretch{p.a, j}, text))
	}
	for _, it := range all {
		if subs := r.subItems(it); len(subs) > 1 {
			r.items = append(r.items, subs...)
			continue
		}
		r.items = append(r.items, it)
	}
}

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
		if t.hasVerdict(text) { // 会议听取并原则同意……的汇报, as a heading
			it.body = []stretch{text}
		}
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
		title := cs[0]
		if j := t.after(title.a, title.b, "会议"); j >= 0 {
			title.a = j
		}
		return title, "OTHER"
	}
	title := stretch{m.verb.a, cs[0].b}
	for _, c := range cs[1:] {
		next, ok := t.matterAt(c, true)
		if !ok && !outcomeStarts(t, c) && t.unfinished(title, m) && !t.has(c.a, c.b, "会议") && c.b-title.a < 200 {
			title.b = c.b // a list with ， in it: 国务院常务会议，十四届省政府第101次常务会议……精神
			continue
		}
		if !ok || next.verb.a > c.a+4 || t.ch[c.a] == '并' || t.has(c.a, c.b, "会议") || outcomeStarts(t, c) || next.kind != m.kind {
			break
		}
		title.b = c.b
	}
	return title, m.kind
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
	return p.len() < 40 && (t.contains(p, "会议") || p.len() < 10) && (t.contains(p, "其他") || t.contains(p, "其它") || t.contains(p, "另外")) && (t.contains(p, "事项") || t.contains(p, "事宜") || t.contains(p, "工作") || t.contains(p, "议题"))
}
