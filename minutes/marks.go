package minutes

// A mark is the numeral at the head of an item, a point or a list entry.
type mark struct {
	style style
	n     int
}

// A style is a way of numbering. They are ordered from the outermost to the innermost by habit (GB/T 9704-2012, 7.3.3).
type style uint8

const (
	unmarked    style = iota
	section           // 壹、
	topic             // 议题一
	han               // 一、
	ordinal           // 第一，
	paren             // （一）
	arabic            // 1.
	parenArabic       // （1）
	circle            // ①
	firstly           // 一是, 一要, 首先
)

// markAt reads the mark at i, and answers it with the index behind it.
func (t *text) markAt(i, limit int) (mark, int, bool) {
	if i >= limit {
		return mark{}, i, false
	}
	r := t.ch[i]
	switch {
	case r == '议' || r == '第' || r == '案' || r == '〔' || r == '提':
		return t.topicMark(i, limit)
	case circled(r) > 0:
		j := i + 1
		if j < limit && t.ch[j] == '、' {
			j++
		}
		return mark{circle, circled(r)}, j, true
	case r == '（':
		return t.parenMark(i, limit)
	case isDigit(r):
		return t.arabicMark(i, limit)
	case r == '参' && i+1 < limit && t.ch[i+1] == '、': // 參、
		return mark{section, 3}, i + 2, true
	}
	return t.hanMark(i, limit)
}

// parenMark reads （一）, （壹） and （1）.
func (t *text) parenMark(i, limit int) (mark, int, bool) {
	n, j := t.number(i+1, min(limit, i+6))
	if n < 1 && i+1 < limit && financial[t.ch[i+1]] {
		n, j = t.chineseNumber(i+1, min(limit, i+6))
	}
	if n < 1 || n > 99 || j >= limit || t.ch[j] != '）' {
		return mark{}, i, false
	}
	s := paren
	if isDigit(t.ch[i+1]) {
		s = parenArabic
	}
	return mark{s, n}, j + 1, true
}

// hanMark reads 一、 and 壹、, and 一 alone at the end of a line.
func (t *text) hanMark(i, limit int) (mark, int, bool) {
	n, j := t.chineseNumber(i, min(limit, i+5))
	switch {
	case n < 1 || n > 99:
		return mark{}, i, false
	case j >= limit && limit-i <= 3: // a numeral on a line of its own
		return mark{han, n}, j, true
	case j >= limit:
		return mark{}, i, false
	case t.ch[j] == '、' && j+1 < limit && t.enumerates(j+1, limit):
		return mark{}, i, false
	case t.ch[j] == '、' || t.ch[j] == '.':
		j++
	case t.gap[j] < line || j-i > 3:
		return mark{}, i, false
	}
	if financial[t.ch[i]] {
		return mark{section, n}, j, true
	}
	return mark{han, n}, j, true
}

// financial numerals number the sections of a paper.
var financial = map[rune]bool{'壹': true, '贰': true, '叁': true, '肆': true, '伍': true, '陆': true, '柒': true, '捌': true, '玖': true, '拾': true}

// enumerates reports whether a numeral follows at i, so that the 、 before it joins numbers: 一、二季度, 第一、二议题.
func (t *text) enumerates(i, limit int) bool {
	n, j := t.chineseNumber(i, min(limit, i+4))
	return n > 0 && j < limit && t.ch[j] != '是' && t.ch[j] != '届' && t.ch[j] != '〇' && n < 11 && j-i == 1 &&
		(t.ch[j] == '、' || t.ch[j] == '季' || t.ch[j] == '三' || t.ch[j] == '次' || t.ch[j] == '级' || t.ch[j] == '期' || t.ch[j] == '项')
}

// arabicMark reads 1. and 1、 and a bare 1 before a Chinese character at the start of a line.
func (t *text) arabicMark(i, limit int) (mark, int, bool) {
	n, j := t.digits(i, min(limit, i+3))
	if n < 1 || n > 99 || j >= limit {
		return mark{}, i, false
	}
	switch t.ch[j] {
	case '.', '、', '）':
		if j+1 < limit && isDigit(t.ch[j+1]) && t.gap[j+1] == none && t.ch[j] == '.' {
			return mark{}, i, false // 1.5
		}
		return mark{arabic, n}, j + 1, true
	}
	return mark{}, i, false
}

// topicMark reads 议题一：, 议题1, 案由一： and, in ordinalMark, 第一个议题：.
func (t *text) topicMark(i, limit int) (mark, int, bool) {
	switch t.ch[i] {
	case '〔':
		return t.bracketedTopic(i, limit)
	case '第':
		return t.ordinalMark(i, limit)
	}
	for _, w := range []string{"议题", "案由", "议案", "提案", "议项"} {
		j := t.after(i, limit, w)
		if j < 0 {
			continue
		}
		n, k := t.number(j, min(limit, j+4))
		if n < 1 || n > 99 {
			return mark{}, i, false
		}
		if k < limit && (t.ch[k] == '：' || t.ch[k] == '、' || t.ch[k] == '.') {
			k++
		} else if k < limit && t.gap[k] == none && isHan(t.ch[k]) {
			return mark{}, i, false
		}
		return mark{topic, n}, k, true
	}
	return mark{}, i, false
}

// ordinalMark reads 第一个议题：, 第一案 and 第一，.
func (t *text) ordinalMark(i, limit int) (mark, int, bool) {
	n, k := t.number(i+1, min(limit, i+5))
	if n < 1 || k >= limit {
		return mark{}, i, false
	}
	for _, w := range []string{"个议题：", "项议题：", "议题：", "案：", "项："} {
		if j := t.after(k, limit, w); j >= 0 {
			return mark{topic, n}, j, true
		}
	}
	if t.ch[k] == '案' && (k+1 == limit || t.ch[k+1] == '〈' || t.ch[k+1] == '（' || t.gap[k+1] >= blank) { // 第一案〈代提议001号〉
		k++
		for k < limit && (t.ch[k] == '〈' || t.ch[k] == '（') && int(t.mate[k]) > k && int(t.mate[k]) < limit {
			k = t.past(k)
		}
		return mark{topic, n}, k, true
	}
	if t.ch[k] == '，' || t.ch[k] == '、' && !t.enumerates(k+1, limit) {
		return mark{ordinal, n}, k + 1, true
	}
	return mark{}, i, false
}

// bracketedTopic reads 【议题一】, 【第二项】, and 【议题】 without a number, which counts as a first.
func (t *text) bracketedTopic(i, limit int) (mark, int, bool) {
	end := int(t.mate[i])
	if end < i || end >= limit || end-i > 8 {
		return mark{}, i, false
	}
	in := stretch{i + 1, end}
	if t.has(in.a, in.b, "议题") || t.has(in.a, in.b, "议案") || t.has(in.a, in.b, "案由") {
		if in.len() == 2 {
			return mark{topic, 1}, end + 1, true
		}
		if n, j := t.number(in.a+2, in.b); n > 0 && n < 100 && j == in.b {
			return mark{topic, n}, end + 1, true
		}
		return mark{}, i, false
	}
	if t.ch[in.a] != '第' {
		return mark{}, i, false
	}
	n, j := t.number(in.a+1, in.b)
	if n < 1 || n > 99 || j < in.b && t.ch[j] != '个' && t.ch[j] != '项' && t.ch[j] != '议' && t.ch[j] != '案' {
		return mark{}, i, false
	}
	return mark{topic, n}, end + 1, true
}

// partItems cuts paragraphs in which one numbered item follows another after a full stop or colon. Only a numeral that
// goes on counting, or begins to, opens a new one; 一、 after a comma does not.
func (t *text) partItems(paras []stretch) []stretch {
	var all []stretch
	next := 1
	for _, p := range paras {
		from := p.a
		if l, ok := t.labelAt(p.a, p.b); ok && l.kind == labelTopics {
			all = append(all, p)
			continue
		}
		if m, _, ok := t.markAt(p.a, p.b); ok && m.style == han {
			next = m.n + 1
		}
		for i := p.a; i < p.b-3; i = min(t.past(i), p.b) {
			if t.ch[i] != '。' && t.ch[i] != '：' && t.ch[i] != '；' {
				continue
			}
			m, _, ok := t.markAt(i+1, p.b)
			if !ok || m.style != han || m.n != next && m.n != 1 || m.n == 1 && t.ch[i] == '；' {
				continue
			}
			all = append(all, stretch{from, i + 1})
			from, next = i+1, m.n+1
		}
		all = append(all, stretch{from, p.b})
	}
	return all
}
