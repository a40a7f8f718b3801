package minutes

import "slices"

// readUnnumbered makes an item of each paragraph or sentence that takes up a matter.
func (r *reader) readUnnumbered(body []stretch) {
	t := r.t
	above := 0 // how many items there were before the paragraph above
	for _, p := range body {
		if t.isOther(p) {
			continue
		}
		if n := len(r.items); n-above > 1 && !r.listing.open && !t.opensItem(t.sentences(p)[0]) { // said of what the paragraph above names
			r.listing = listing{open: true, first: above, last: n - 1, at: n - 1, least: leastOfParagraph}
		}
		above = len(r.items)
		from := p.a // of what is not yet in the body of an item
		for n, s := range t.sentences(p) {
			from = r.readSentence(s, from, n == 0)
		}
		r.addBody(stretch{from, p.b})
	}
}

// readSentence opens the items that a sentence takes up. What stands in its paragraph behind from is not yet in the
// body of an item; it answers from where that holds when the sentence is read.
func (r *reader) readSentence(s stretch, from int, first bool) int {
	t := r.t
	if !t.opensItem(s) || !first && r.goesOn(s, stretch{from, s.a}) {
		if r.listing.open && r.listing.last > r.listing.first && t.said(s) {
			r.addBody(stretch{from, s.a})
			return s.a
		}
		return from
	}
	r.addBody(stretch{from, s.a})
	if t.isOther(s) {
		return s.b
	}
	if k := r.settled(s); k >= 0 && !t.takesUp(s) {
		r.listing = listing{open: true, first: k, last: k, at: k}
		return s.a
	}
	before := len(r.items)
	from = s.a
	for k, part := range r.mattersOf(s) {
		if k > 0 {
			r.addBody(stretch{from, part.a})
			from = part.a
		}
		r.listing = listing{}
		title, kind := t.titleOf(part)
		r.items = append(r.items, item{title: title, kind: kind})
	}
	if len(r.items)-before > 1 {
		r.addBody(stretch{from, s.b})
		r.listed(before)
		return s.b
	}
	return from
}

// leastOfParagraph is how many characters a paragraph has to share with one of the matters of the paragraph above to be
// about that and not about the last.
const leastOfParagraph = 6

// takesUp reports whether a sentence begins with a verb that takes up a matter, and does not only settle one.
func (t *text) takesUp(s stretch) bool {
	_, ok := t.matterAt(s, false)
	return ok
}

// mattersOf cuts a sentence where each part takes up a matter of its own: 会议审定了……；研究了……, 会议传达学习了……，审议了…….
// What is only studied or conveyed together stays one matter.
func (r *reader) mattersOf(s stretch) []stretch {
	t := r.t
	s.a = leadIn.run(t.ch, s.a, s.b)
	var all []stretch
	from, kind := s.a, ""
	if m, ok := t.matterAt(s, true); ok {
		kind = m.kind
	}
	for i := s.a; i < s.b-1; i = t.past(i) {
		if c := t.ch[i]; c != '；' && c != '，' && c != '、' {
			continue
		}
		if next, ok := r.parting(i, stretch{from, i}, kind, s.b); ok {
			all = append(all, stretch{from, i + 1})
			from, kind = i+1, next
		}
	}
	return append(all, stretch{from, s.b})
}

func (r *reader) addBody(s stretch) {
	if s.empty() {
		return
	}
	if n := len(r.items); n > 0 {
		k := n - 1
		if r.listing.open {
			k = r.home(s)
		}
		r.items[k].body = append(r.items[k].body, s)
	} else if r.t.said(s) || r.t.hasVerdict(s) || r.t.unitAt(s).kind == observes {
		r.homeless = append(r.homeless, s)
	}
}

// opensItem reports whether a sentence takes up a matter: 会议听取了……, or settles one that none opened: 会议原则同意…….
func (t *text) opensItem(s stretch) bool {
	s.a = leadIn.run(t.ch, s.a, s.b)
	i := t.after(s.a, s.b, "会议")
	if i < 0 {
		if m, ok := t.matterAt(s, true); ok && m.verb.a <= adverbs.run(t.ch, s.a, s.b) && s.len() > 8 {
			if m.topic {
				return true
			}
			v := t.outcomeAt(s) // 审议通过了《……》；
			return t.ch[m.object-1] == '了' || t.ch[m.object] == '《' || v.word.len() > 0 && v.word.b < s.b && (t.ch[v.word.b] == '了' || t.ch[v.word.b] == '《')
		}
		return false
	}
	if _, ok := t.matterAt(s, false); ok {
		return true
	}
	o := outcomeVerb(t, adverbs.run(t.ch, i, s.b), s.b)
	return o.word.len() > 0 && o.outcome != "OTHER"
}

// goesOn reports whether a sentence that could open an item goes on with the one before it in the same paragraph:
// 会议听取了……的汇报。会议审议并原则同意该方案。
func (r *reader) goesOn(s, before stretch) bool {
	t := r.t
	if len(r.items) == 0 {
		return false
	}
	it := r.items[len(r.items)-1]
	if it.title.a < before.a {
		return false
	}
	if t.contains(s, "该") || t.contains(s, "此") || t.contains(s, "上述") || t.contains(s, "相关工作") || t.contains(s, "贯彻") && s.len() < 40 {
		return true
	}
	for _, d := range t.titles(s) {
		if t.contains(before, t.folded(d)) || t.isShortFor(d, t.titles(before)) {
			return true
		}
	}
	if i := t.after(s.a, s.b, "会议"); i >= 0 {
		o := outcomeVerb(t, adverbs.run(t.ch, i, s.b), s.b)
		if o.word.len() > 0 && len(t.titles(s)) == 0 && !t.said(before) {
			return true
		}
	}
	return false
}

// said reports whether the meeting has already spoken on a matter, so that what follows is a new one.
func (t *text) said(s stretch) bool {
	return t.contains(s, "会议指出") || t.contains(s, "会议强调") || t.contains(s, "会议要求") || t.contains(s, "会议同意") || t.contains(s, "会议原则")
}

// discussed reports whether the paragraphs before the first numeral are items themselves and not the agenda.
func (r *reader) discussed(body []stretch) bool {
	return slices.ContainsFunc(body[1:], r.t.said)
}

// dropParent drops the matter that only announces the numbered ones below it: 会议研究区两会相关事宜。
func (r *reader) dropParent() {
	n := len(r.items)
	if n == 0 {
		return
	}
	last := r.items[n-1]
	if len(last.body) == 1 && len(r.t.sentences(last.body[0])) == 1 {
		r.items = r.items[:n-1]
	}
}

// subItems answers the items that are numbered below one: （一）审议……（二）审议……. Points that follow a heading of their
// own (会议议定以下意见) are not items, even where the first repeats that the meeting heard the report.
func (r *reader) subItems(parent item) []item {
	t := r.t
	found := subItems{}
	for _, p := range parent.body {
		m, j, ok := t.markAt(p.a, p.b)
		if ok && j < p.b && (m.style == paren || m.style == arabic) && (found.style == unmarked || m.style == found.style) {
			found.style = m.style
			r.addSubItem(&found, stretch{p.a, j}, stretch{j, p.b}, parent.heading)
			continue
		}
		if n := len(found.all); n > 0 {
			found.all[n-1].body = append(found.all[n-1].body, p)
		} else if t.said(p) || parent.title.a >= p.a {
			return nil
		}
	}
	n := len(found.all)
	if n > 0 && (found.matters+found.verdicts == n || found.named == n) && parent.heading { // （一）会议原则同意……（二）会议原则同意……
		return found.all
	}
	if found.matters < 2 || found.matters*2 < n {
		return nil
	}
	return found.all
}

// subItems are what is numbered below an item, and how many of it are like items.
type subItems struct {
	all                      []item
	style                    style
	matters, verdicts, named int
}

// addSubItem adds a numbered paragraph to those that may be items.
func (r *reader) addSubItem(found *subItems, number, text stretch, headed bool) {
	t := r.t
	_, isMatter := t.matterAt(text, true)
	meeting := t.has(text.a, text.b, "会议")
	if settles := meeting && t.opensItem(t.sentences(text)[0]) || t.has(text.a, text.b, "关于"); settles && !isMatter {
		found.verdicts++
	}
	if isMatter && (meeting || !t.said(text)) {
		found.matters++
	}
	if k := t.namedMatter(text); k > 0 && headed { // 1、旅游职专：……会议要求……
		found.named++
		title := stretch{text.a, k}
		found.all = append(found.all, item{number: number, title: title, heading: true, kind: t.kindOfTitle(title), body: []stretch{{k + 1, text.b}}})
		return
	}
	found.all = append(found.all, r.newItem(number, text))
}

// namedMatter answers where the name of a matter ends that a colon parts from what the meeting says on it, or 0.
func (t *text) namedMatter(s stretch) int {
	k := t.colonIn(s)
	if k < s.a+2 || t.has(s.a, s.b, "会议") || !t.contains(stretch{k, s.b}, "会议") {
		return 0
	}
	for _, u := range t.units([]stretch{{k + 1, s.b}}) {
		if u.kind == demands || u.kind == settles {
			return k
		}
	}
	return 0
}

// itemsOfOpening takes the items from the opening itself, where the paper has no others: its further sentences, or
// the clauses behind the meeting (……常务会议，审议……，听取……), or for a meeting on one matter what it was held for.
func (r *reader) itemsOfOpening(body []stretch) {
	t, o := r.t, r.opening
	p := r.paras[o.para]
	r.readUnnumbered([]stretch{{min(o.end, p.b), p.b}})
	r.homeForHomeless()
	if len(r.items) == 0 {
		r.clausesOfOpening(stretch{p.a, min(o.end, p.b)}, len(body) == 0)
	}
	if len(r.items) == 0 {
		return
	}
	if rest := (stretch{min(o.end, p.b), p.b}); len(r.items) == 1 && r.items[0].title.b <= o.end {
		for _, s := range t.sentences(rest) {
			if !t.tells(s) {
				r.items[0].body = append(r.items[0].body, s)
			}
		}
	}
	for _, q := range body {
		if !t.isOther(q) {
			r.addBody(q)
		}
	}
}

// clausesOfOpening reads the matters named in the sentence that says who met. Where a body follows that names none, they
// are one unless several are definite: reports heard, papers studied or deliberated.
func (r *reader) clausesOfOpening(s stretch, all bool) {
	definite := 0
	for _, it := range r.openingMatters(s) {
		if it.kind != "DISCUSS" {
			definite++
		}
		r.items = append(r.items, it)
	}
	if !all && definite < 2 && len(r.items) > 1 && r.spokenParagraphs() < len(r.items) {
		r.items = r.items[:1]
	}
	for i := range r.items {
		if r.items[i].kind != "OTHER" { // 贯彻落实……精神 says no more than the title
			r.items[i].body = append(r.items[i].body, r.items[i].title)
		}
	}
	if len(r.items) > 1 && !all {
		r.listed(0)
	}
}

// spokenParagraphs counts the paragraphs below the opening that begin with what the meeting said.
func (r *reader) spokenParagraphs() int {
	t, n := r.t, 0
	for i := r.opening.para + 1; i < len(r.paras); i++ {
		if p := r.paras[i]; r.kinds[i] == plain && t.has(p.a, p.b, "会议") && t.said(stretch{p.a, min(p.b, p.a+12)}) {
			n++
		}
	}
	return n
}

// openingMatters answers the matters that the clauses of the opening take up. Papers studied in clauses that follow one
// another are one matter.
func (r *reader) openingMatters(s stretch) []item {
	t := r.t
	var found []item
	for _, c := range t.clauses(s) {
		for _, w := range []string{"主要是", "主要", "会上"} {
			if j := t.after(c.a, c.b, w); j >= 0 {
				c.a = j
			}
		}
		m, ok := t.matterAt(c, true)
		if !ok && t.has(c.a, c.b, "贯彻落实") && t.ends(c, "精神") && c.len() > 10 {
			m, ok = matter{verb: stretch{c.a, c.a + 4}, object: c.a + 4, kind: "OTHER"}, true
		}
		if !ok || m.verb.a > c.a+4 || t.isOther(c) || len(found) > 0 && t.isVague(stretch{m.object, c.b}) {
			continue
		}
		if n := len(found); n > 0 && found[n-1].title.b+1 == m.verb.a && m.kind == "STUDY" && found[n-1].kind == "STUDY" {
			found[n-1].title.b = c.b
			continue
		}
		found = append(found, item{title: stretch{m.verb.a, c.b}, kind: m.kind})
	}
	return found
}

// studiedFirst adds what the opening says was studied or conveyed where the body, which names its matters, says nothing of
// it.
func (r *reader) studiedFirst() {
	t, o := r.t, r.opening
	if o.para < 0 || len(r.items) == 0 {
		return
	}
	for _, it := range r.items {
		if it.kind == "STUDY" || it.kind == "CONVEY" || !it.number.empty() {
			return
		}
	}
	p := r.paras[o.para]
	var first []item
	for _, it := range r.openingMatters(stretch{p.a, min(o.end, p.b)}) {
		if it.kind == "STUDY" && t.contains(it.title, "了") {
			it.body = []stretch{it.title}
			first = append(first, it)
		}
	}
	r.items = append(first, r.items...)
}

// homeForHomeless adds the matters that the opening names and the body does not, where the body speaks (会议强调) before
// it takes up its first: what it says there is said of them.
func (r *reader) homeForHomeless() {
	t, o := r.t, r.opening
	if o.para < 0 || len(r.items) == 0 || len(r.homeless) == 0 || len(r.homeless) > mostListed || !r.items[0].number.empty() {
		return
	}
	p := r.paras[o.para]
	var named []item
	for _, it := range r.openingMatters(p) {
		m, _ := t.matterAt(it.title, true)
		own := it.kind != "DISCUSS" || t.ch[m.object-1] == '了'
		for _, other := range r.items[:min(len(r.items), mostListed)] {
			own = own && !r.repeats(stretch{m.object, it.title.b}, other.title)
		}
		if own {
			if it.kind != "OTHER" {
				it.body = []stretch{it.title}
			}
			named = append(named, it)
		}
	}
	if len(named) == 0 {
		return
	}
	r.items = append(named, r.items...)
	r.listing = listing{open: true, last: len(named) - 1}
	for _, s := range r.homeless {
		k := r.home(s)
		r.items[k].body = append(r.items[k].body, s)
	}
	r.listing = listing{}
	r.homeless = nil
}

// itemOfConclusions makes one item of a paper that states nothing but 决定：……; its title is the label, for want of another.
func (r *reader) itemOfConclusions(body []stretch) {
	t := r.t
	for i, p := range body {
		l, ok := t.labelAt(p.a, p.b)
		if !ok || l.kind != labelOutcome {
			continue
		}
		end := i + 1
		for end < len(body) {
			if _, _, marked := t.markAt(body[end].a, body[end].b); !marked {
				break
			}
			end++
		}
		r.items = append(r.items, item{title: stretch{l.at.a, l.at.b}, kind: "OTHER", body: body[i:end]})
		return
	}
}
