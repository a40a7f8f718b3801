package minutes

import (
	"fmt"
	"slices"
)

// An item is a matter while it is being read: its heading or opening clause, and the paragraphs under it.
type item struct {
	number  stretch
	title   stretch // without the numeral
	heading bool    // whether the title is a line of its own
	kind    string
	body    []stretch // what is said under it, the opening sentence included where there is no heading
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
	body = r.withoutOutline(body)
	style := r.itemStyle(body)
	topics, listed := r.listedTopics(body)
	switch {
	case r.readCauses(), r.readParts(body):
	case listed != unmarked && (style == unmarked || style == arabic):
		r.readNumbered(topics, listed)
	case style != unmarked:
		r.readNumbered(body, style)
	default:
		r.readUnnumbered(body)
		r.homeForHomeless()
		r.studiedFirst()
	}
	if len(r.items) == 0 && first >= 0 {
		r.itemsOfOpening(body)
	}
	if len(r.items) == 0 {
		r.itemOfConclusions(body)
	}
	if len(r.items) == 0 {
		r.itemOfTitle(body)
	}
	if len(r.items) == 0 && len(body) > 0 {
		all := cover(body[0], body[len(body)-1])
		r.warn("NO_ITEMS", "No matter that the meeting took up was found in this part: "+r.excerpt(all), all)
	}
	r.items = slices.DeleteFunc(r.items, func(it item) bool { // 一、会议。
		if it.title.empty() && !it.number.empty() {
			r.warn("ITEM_WITHOUT_TITLE", "A numeral stands here without the matter it counts: "+r.t.value(it.number), it.number)
		}
		return it.title.empty()
	})
	r.warnHomeless()
	r.warnOpening()
	if n := len(r.items); n > mostItems {
		r.tooMany(cover(r.items[mostItems].title, r.items[n-1].title))
		r.items = r.items[:mostItems]
	}
	for i := range r.items {
		r.readItem(&r.items[i], i+1)
	}
}

// mostItems bounds the matters of one meeting; the longest agendas of governments have about fifty.
const mostItems = 2000

func (r *reader) tooMany(rest stretch) {
	r.warn("TOO_MANY_ITEMS", fmt.Sprintf("More than %d matters; those from here on are left out: ", mostItems)+r.excerpt(rest), rest)
}

// itemStyle answers the outermost style of numeral that stands before matters, or unmarked.
func (r *reader) itemStyle(body []stretch) style {
	for _, s := range []style{topic, han, ordinal, paren, arabic} {
		if r.countStyle(body, s).marksItems(s) {
			return s
		}
	}
	return unmarked
}

// A styleCount is how many paragraphs have numerals of a style, and what stands behind these.
type styleCount struct {
	marked, matters, headings int
	demanded                  bool // whether 会议要求： stands before the first
}

// marksItems reports whether the numerals stand before items, and not before points of one.
func (c styleCount) marksItems(s style) bool {
	switch {
	case c.marked == 0:
		return false
	case s >= paren && c.matters == 0: // points of one matter
		return false
	case s == arabic && (c.matters*2 < c.marked || c.marked < 2):
		return false
	case c.demanded && c.matters*2 < c.marked:
		return false
	}
	return (c.matters+c.headings)*2 >= c.marked
}

func (r *reader) countStyle(body []stretch, s style) styleCount {
	t, c := r.t, styleCount{}
	for i, p := range body {
		m, j, ok := t.markAt(p.a, p.b)
		if !ok || m.style != s {
			continue
		}
		if c.marked == 0 && i > 0 {
			c.demanded = t.leadsDemands(body[i-1])
		} else if c.marked == 0 && r.opening.para >= 0 {
			c.demanded = t.leadsDemands(r.paras[r.opening.para])
		}
		c.marked++
		text := stretch{j, p.b}
		if j >= p.b && i+1 < len(body) {
			text = body[i+1]
		}
		switch {
		case t.isMatter(text), s == han && t.isTold(text):
			c.matters++
		case t.isHeading(text) && i+1 < len(body) && !t.isMarked(body[i+1], s):
			c.headings++
		}
	}
	return c
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
	all := r.numberedItems(body[first:], s)
	r.checkNumerals(all)
	parted := false // whether （一）……（二）…… below one of them are items, so that a lone （一） is, too
	for _, it := range all {
		if subs := r.subItems(it); len(subs) > 1 || parted && len(subs) == 1 {
			parted = true
			r.items = append(r.items, subs...)
			continue
		}
		r.items = append(r.items, it)
	}
}

// takesUpMore reports whether a paragraph below numbered items takes up a matter besides them: 会议还听取了…….
func (t *text) takesUpMore(p stretch) bool {
	p.a = leadIn.run(t.ch, p.a, p.b)
	if j := t.after(p.a, p.b, "会议"); j >= 0 {
		p.a = j
	}
	if !t.has(p.a, p.b, "还") && !t.has(p.a, p.b, "另外") {
		return false
	}
	m, ok := t.matterAt(p, true)
	return ok && (m.topic || !t.isVague(stretch{m.object, p.b}))
}

// onlySays reports whether s is 会议强调 or 会议要求： alone.
func (t *text) onlySays(s stretch) bool {
	s = t.trim(s)
	i := t.after(s.a, s.b, "会议")
	return i >= 0 && (demanding.is(t.ch, i, s.b) || pointing.is(t.ch, i, s.b))
}

// numberedItems makes an item of each paragraph with a numeral of the style; what follows it is its body.
func (r *reader) numberedItems(body []stretch, s style) []item {
	t := r.t
	var all []item
	for i := 0; i < len(body); i++ {
		p := body[i]
		m, j, ok := t.markAt(p.a, p.b)
		if ok && m.style < s {
			continue // the heading of a section
		}
		if !ok || m.style != s {
			switch n := len(all); {
			case n == 0 || t.isOther(p):
			case !ok && t.takesUpMore(p):
				all = append(all, r.newItem(stretch{}, stretch{leadIn.run(t.ch, p.a, p.b), p.b}))
			default:
				all[n-1].body = append(all[n-1].body, p)
			}
			continue
		}
		text := stretch{j, p.b}
		if len(all) > 0 && t.onlySays(text) { // 三、会议强调, above its points
			continue
		}
		if text.empty() && i+1 < len(body) && !t.isMarked(body[i+1], s) {
			i++
			text = body[i]
		}
		if t.trim(text).len() < 2 {
			r.warn("ITEM_WITHOUT_TITLE", "A numeral stands here without the matter it counts: "+t.value(stretch{p.a, j}), stretch{p.a, j})
			continue
		}
		if len(all) == mostItems {
			r.tooMany(cover(p, body[len(body)-1]))
			break
		}
		if !t.isOther(text) {
			all = append(all, r.newItem(stretch{p.a, j}, text))
		}
	}
	return all
}
