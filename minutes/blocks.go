package minutes

import "strings"

// sortParagraphs says of each paragraph what it is by its form alone: labelled lines and the lists below them, lines
// of the foot, everything else.
func (r *reader) sortParagraphs() {
	t := r.t
	r.paras = r.partLabels(r.paras)
	r.kinds = make([]paraKind, len(r.paras))
	r.labels = make([]label, len(r.paras))
	open := false // whether a list may go on
	for i, p := range r.paras {
		if l, ok := t.labelAt(p.a, p.b); ok && !t.isPlainSentence(p, l) {
			r.kinds[i], r.labels[i] = labelled, l
			open = l.kind == labelAttendance || l.kind == labelChair || l.kind == labelTo || l.kind == labelCC
			continue
		}
		switch {
		case t.isFootLine(p):
			r.kinds[i] = foot
		case i+1 < len(r.paras) && t.signs(p, r.paras[i+1]):
			r.kinds[i], open = foot, false
		case open && t.continuesList(p):
			r.kinds[i] = listed
		default:
			if d, ok := t.dateLine(p); ok && d.month > 0 {
				r.kinds[i] = foot
			}
			open = false
		}
	}
}

// isPlainSentence reports whether what looks like a label begins a sentence of the body: 决定：…… is one only at the
// start of a line, and 会议决定： followed by steps belongs to the item.
func (t *text) isPlainSentence(p stretch, l label) bool {
	return l.kind == labelOutcome && t.has(p.a, p.b, "会议") || l.kind == labelOther && l.at.len() > 24
}

// presentersInBrackets answers 汇报人：张三 of a paragraph （主持人：李四 汇报人：张三）, and any other paragraph as it is.
func (t *text) presentersInBrackets(p stretch) stretch {
	if p.len() < 6 || t.ch[p.a] != '（' || int(t.mate[p.a]) != p.b-1 {
		return p
	}
	for i := p.a + 1; i < p.b-1; i++ {
		if l, ok := t.labelAt(i, p.b-1); ok && l.kind == labelPresenter && (i == p.a+1 || t.gap[i] != none || isBreak(t.ch[i-1])) {
			return stretch{i, p.b - 1}
		}
	}
	return p
}

// partLabels cuts lines that hold several labels: 时间：…… 地点：……, 出席：……。列席：…….
func (r *reader) partLabels(paras []stretch) []stretch {
	t := r.t
	var all []stretch
	for _, p := range paras {
		p = t.presentersInBrackets(p)
		l, ok := t.labelAt(p.a, p.b)
		if !ok {
			all = append(all, p)
			continue
		}
		from := p.a
		for i := l.end; i < p.b; i++ {
			if !t.mayPart(i) {
				continue
			}
			next, ok := t.labelAt(i, p.b)
			if !ok || next.end <= i || t.ch[next.end-1] != '：' && (next.end >= p.b || t.gap[i] < wide || t.gap[next.end] < wide) || next.kind == labelOutcome {
				continue
			}
			all = append(all, stretch{from, i})
			from = i
			i = next.end
		}
		all = append(all, stretch{from, p.b})
	}
	return all
}

func (t *text) mayPart(i int) bool {
	return t.gap[i] >= wide || strings.ContainsRune("。；", t.ch[i-1]) || t.gap[i] >= blank && (t.ch[i-1] == '）' || isHan(t.ch[i-1]))
}

// longestListLine bounds a paragraph that can go on with a list of people.
const longestListLine = 3000

// continuesList reports whether a paragraph below a labelled one goes on with its list.
func (t *text) continuesList(p stretch) bool {
	if p.len() > longestListLine {
		return false
	}
	if m, j, ok := t.markAt(p.a, p.b); ok && (m.style == section || t.has(j, p.b, "关于")) {
		return false
	} else if ok && (m.style == han || m.style == topic) && p.len() > 6 {
		return t.listsPeople(p)
	}
	if _, part := t.partHeading(p); part {
		return false
	}
	if p.len() < 40 && t.contains(p, "纪要") { // 会议纪要（Minutes of Meeting）, as a heading
		return false
	}
	if t.meetingVerb(p) || proseWords.in(t.ch, p.a, min(p.b, p.a+200)) {
		return false
	}
	if i := t.find(p, "。"); i >= 0 && i < p.b-1 && p.len() > 30 {
		return t.listsPeople(p)
	}
	return true
}

var proseWords = newWords("会上， 与会人员 与会同志 大家 主持召开 现将 纪要如下 议定如下 会议听取 会议审议 会议研究 会议指出 会议强调 会议要求 会议认为 会议决定 会议传达 会议学习 下一步 为进一步 为了 召开了 审议 听取")

// listsPeople reports whether most parts of s are people.
func (t *text) listsPeople(s stretch) bool {
	good, all := 0, 0
	for _, part := range t.split(s, "，、；。：") {
		all++
		if _, ok := t.person(part); ok {
			good++
		}
		if all > 40 {
			break
		}
	}
	return good*2 >= all && good > 0
}

// isFootLine reports whether s signs or dates the paper: 太仓市人民政府办公室 整理, 2025年11月7日印发, （此件公开发布）.
func (t *text) isFootLine(s stretch) bool {
	if s.len() > 60 || s.len() < 2 {
		return false
	}
	if publicationOf(t.folded(s)) != "" && !t.contains(s, "会议") {
		return true
	}
	if ds := t.dates(s); len(ds) > 0 && ds[len(ds)-1].at.b == s.b && t.contains(s, "整理") { // ……办公室整理 2026年3月16日
		s.b = ds[len(ds)-1].at.a
	}
	if t.ends(s, "整理") || t.ends(s, "印发") || t.ends(s, "编印") || t.ends(s, "印制") || t.ends(s, "印") && t.contains(s, "日") {
		return !t.contains(s, "，") && !t.contains(s, "由") && (bodyIn(t, s) || len(t.dates(s)) > 0)
	}
	return t.ends(s, "（此页无正文）") || t.ends(s, "（完）") && s.len() < 6
}

// signs reports whether p is the body that signs and dates the paper, with its date on the next line.
func (t *text) signs(p, next stretch) bool {
	if p.len() > 40 || p.len() < 4 || bodyEnds.before(t.ch, p.a, p.b) == 0 {
		return false
	}
	_, ok := t.dateLine(t.trim(next))
	return ok
}

func bodyIn(t *text, s stretch) bool { return bodyEnds.in(t.ch, s.a, s.b) }

// publicationOf names what a line says about publication, or "".
func publicationOf(line string) string {
	switch {
	case strings.Contains(line, "不予公开"), strings.Contains(line, "不公开"):
		return "NOT_PUBLIC"
	case strings.Contains(line, "依申请公开"):
		return "ON_REQUEST"
	case strings.Contains(line, "公开发布"), strings.Contains(line, "主动公开"), strings.Contains(line, "全文公开"), strings.Contains(line, "此件公开"):
		return "PUBLIC"
	}
	return ""
}
