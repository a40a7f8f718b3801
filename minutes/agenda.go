package minutes

// What a sentence lists together (会议传达学习了……，听取了……，审议了……) the paper often settles or speaks of afterwards, in
// sentences of their own: 会议原则通过《……》. Those belong to the matters listed and are no items again.

// leadIn may stand before the verb that takes up a matter.
var leadIn = newWords("会前 会上 会中 首先 ， 在 与会人员 与会同志 参会人员 全体人员 与会领导")

// vague are words in the object of a verb that show that it names no matter of its own: 部署下一步工作, 研究贯彻落实措施.
var vague = newWords("相关会议 有关会议 下一步 下步 下阶段 当前 近期 贯彻 该 其 上述 有关工作 相关工作 有关事项 相关事项 有关事宜 相关事宜 有关问题 具体 落实措施 任务")

// parting reports whether what stands behind the mark at i takes up a matter of its own, in a sentence whose part so far
// (before) has taken up one of the given kind.
func (r *reader) parting(i int, before stretch, kind string, limit int) (string, bool) {
	t := r.t
	next := stretch{i + 1, limit}
	m, ok := t.matterAt(next, true)
	if !ok {
		if v := t.outcomeAt(next); t.ch[i] == '；' && v.word.len() > 0 && v.word.a == next.a && kind != "" {
			return "OTHER", firstClause(t, next)-v.word.b > 3 // 听取并通过……；通过……
		}
		return "", false
	}
	studied := (kind == "STUDY" || kind == "CONVEY") && (m.kind == "STUDY" || m.kind == "CONVEY")
	if kind == "" || studied && (t.ch[i] != '；' || t.ch[m.object-1] != '了') {
		return "", false
	}
	if t.ch[i] == '；' {
		return m.kind, m.verb.a <= i+5
	}
	object := stretch{m.object, firstClause(t, stretch{m.object, limit})}
	if m.verb.a != next.a && (m.verb.a != further.run(t.ch, next.a, next.b) || t.ch[m.object-1] != '了' || m.kind == kind) || object.len() < 4 || t.isVague(object) || r.repeats(object, before) || openingVerbs.at(t.ch, m.verb.a, m.object) == 0 {
		return "", false
	}
	done := t.ch[m.object-1] == '了' || t.ch[m.object] == '《' || t.outcomeAt(next).word.len() > 0
	switch {
	case t.ch[i] == '、':
		return m.kind, done && m.kind != kind
	case m.kind == "DISCUSS" && !done:
		return m.kind, kind != "DISCUSS" && (t.contains(m.verb, "部署") || t.contains(object, "、") && objectEnds.before(t.ch, object.a, object.b) > 0)
	}
	return m.kind, true
}

// further words may stand before the verb of another matter: ，同时学习了《……》.
var further = newWords("同时 还 同时还 另外 此外 随后 会后")

func (t *text) isVague(object stretch) bool {
	return vague.in(t.ch, object.a, min(object.b, object.a+longestVague))
}

// longestVague bounds how far into an object a vague word counts: 贯彻 in the middle of a long one is part of its name.
const longestVague = 14

// shortestLikeness is how many characters two passages have to share to be about one matter.
const shortestLikeness = 4

// repeats reports whether s shares (the name of the body that met left out) its titles, or where it has none a run of characters, with what stands before it.
func (r *reader) repeats(s, before stretch) bool {
	t := r.t
	if titles := t.titles(s); len(titles) > 0 {
		return t.contains(before, t.folded(titles[0])) || t.isShortFor(titles[0], t.titles(before))
	}
	before.a = max(before.a, before.b-longestBracket)
	s.b = min(s.b, s.a+longestHeading)
	if i := t.find(s, "、"); i > s.a+shortestLikeness {
		s.b = i
	}
	for i := t.find(s, "次会议"); i >= 0; i = t.find(s, "次会议") { // matters of one congress share no more than its name
		s.a = i + 3
	}
	for i := s.a; i+shortestLikeness <= s.b; i++ {
		run := string(t.ch[i : i+shortestLikeness])
		if t.allHan(stretch{i, i + shortestLikeness}) && t.find(before, run) >= 0 && !t.contains(r.opening.sitting.body, run) {
			return true
		}
	}
	return false
}

func (t *text) allHan(s stretch) bool {
	for i := s.a; i < s.b; i++ {
		if !isHan(t.ch[i]) {
			return false
		}
	}
	return true
}

// mostListed bounds how many of the items before a sentence it may go back to.
const mostListed = 12

// settled answers the item that a sentence with a verdict goes back to, or -1: 会议原则通过《A》 the one that the listed
// 审议《A》 opened.
func (r *reader) settled(s stretch) int {
	t := r.t
	c := firstVerdictClause(t, s)
	if c.empty() {
		return -1
	}
	v := t.outcomeAt(c)
	object := t.trim(stretch{v.word.b, c.b})
	if !object.empty() && t.ch[object.a] == '了' {
		object.a++
	}
	if object.len() < 4 {
		return -1
	}
	titles, name := t.titles(object), t.folded(object)
	for i := len(r.items) - 1; i >= max(0, len(r.items)-mostListed); i-- {
		title := r.items[i].title
		if len(titles) == 0 {
			if object.len() >= 6 && t.contains(title, name) {
				return i
			}
			continue
		}
		all := true
		for _, d := range titles {
			all = all && (t.contains(title, t.folded(d)) || t.isShortFor(d, t.titles(title)))
		}
		if all {
			return i
		}
	}
	return -1
}

// A listing is the items that one sentence has listed, while the paper goes on to speak of them.
type listing struct {
	open            bool
	first, last, at int
	least           int // how many characters a passage has to share with one of them
}

// listed begins a listing of the items from first on. What is said of none of them in particular is said of the last
// where that is the one discussed, and of the first otherwise.
func (r *reader) listed(first int) {
	last := len(r.items) - 1
	r.listing = listing{open: true, first: first, last: last, at: first}
	if last >= 0 && r.items[last].kind == "DISCUSS" {
		r.listing.at = last
	}
}

// home answers the item that a passage speaks of: the listed one with which it shares the longest run of characters
// that no other of them has.
func (r *reader) home(s stretch) int {
	l := r.listing
	if l.last <= l.first || l.last >= len(r.items) {
		return min(l.at, len(r.items)-1)
	}
	t := r.t
	s.b = min(s.b, s.a+longestBracket)
	best, length := l.at, max(2, l.least-1)
	for k := l.first; k <= l.last && k < l.first+mostListed; k++ {
		title := r.items[k].title
		title.b = min(title.b, title.a+2*longestHeading)
		for i := title.a; i < title.b; i++ {
			n := 0
			for i+n < title.b && isHan(t.ch[i+n]) && t.contains(s, string(t.ch[i:i+n+1])) {
				n++
			}
			if n > length && r.distinctive(string(t.ch[i:i+n]), k) {
				best, length = k, n
			}
		}
	}
	r.listing.at = best
	return best
}

// distinctive reports whether words stand in the title of the listed item k alone and are not just the meeting's body.
func (r *reader) distinctive(words string, k int) bool {
	if r.t.contains(r.opening.sitting.body, words) {
		return false
	}
	for j := r.listing.first; j <= r.listing.last; j++ {
		if j != k && r.t.contains(r.items[j].title, words) {
			return false
		}
	}
	return true
}

// withoutOutline drops numbered paragraphs that only repeat what a sentence of the body says, as the outline that some
// pages put above or below the text does.
func (r *reader) withoutOutline(body []stretch) []stretch {
	t := r.t
	said := map[string]bool{}
	for _, p := range body {
		if _, _, ok := t.markAt(p.a, p.b); ok {
			continue
		}
		for _, s := range t.sentences(p) {
			if cs := t.clauses(s); len(cs) > 0 {
				said[t.folded(cs[0])] = true
			}
		}
	}
	all := body[:0:0]
	for _, p := range body {
		if _, j, ok := t.markAt(p.a, p.b); ok && p.b-j > 8 && said[t.folded(t.trim(stretch{j, p.b}))] {
			continue
		}
		all = append(all, p)
	}
	return all
}
