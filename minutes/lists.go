package minutes

// readList reads a list of people as papers write them: 市政府办王晨清、倪明德，市委组织部王维峰; names apart by blanks; one
// to a line; with reasons in brackets; with the body before a colon; numbered by groups.
func (r *reader) readList(s stretch, l label) []participant {
	t := r.t
	s.b = min(s.b, s.a+longestList)
	ls := &listReader{t: t, label: l}
	for _, group := range t.listGroups(s) {
		ls.group(group)
	}
	if len(ls.unread) > 0 {
		for _, u := range ls.unread {
			r.warn("ATTENDANCE_UNREAD", "Not read as a person, a body with a person or a group: "+r.excerpt(u), u)
		}
	}
	for _, g := range ls.groups {
		r.warn("GROUP_NOT_LISTED", "A group took part whose members are not named: "+r.excerpt(g), g)
	}
	for _, p := range ls.placeholders {
		r.warn("NAME_LEFT_OUT", "The text leaves a name out here: "+r.excerpt(p), p)
	}
	return ls.found
}

// longestList bounds one list; no meeting has so many people.
const longestList = 100_000

// A listReader reads one list. A body holds for the bare names behind it until the run ends.
type listReader struct {
	t            *text
	label        label
	organization stretch
	title        stretch
	pending      stretch // offices that wait for their name: 市委副书记、
	found        []participant
	unread       []stretch
	groups       []stretch // 各区镇负责人
	placeholders []stretch // ×××
	strict       bool      // whether ， parts runs, since 、 joins within them
	inherited    bool
}

// listGroups cuts a list at line ends that are not inside a name, and at 。；, so that what is inherited ends there.
func (t *text) listGroups(s stretch) []stretch {
	var all []stretch
	for _, part := range t.split(s, "。；") {
		from := part.a
		for i := part.a + 1; i < part.b; i++ {
			if t.gap[i] < line {
				continue
			}
			m, _, ok := t.markAt(i, part.b)
			items, _ := t.itemNumbers(i, min(part.b, i+20))
			if ok && m.style <= paren || items != nil || t.bodyBeforeColon(stretch{i, part.b}) { // 二、议题列席, 第1项：, 县政府办：
				all = append(all, stretch{from, i})
				from = i
			}
		}
		all = append(all, stretch{from, part.b})
	}
	return all
}

// bodyBeforeColon reports whether s begins with the name of a body and a colon.
func (t *text) bodyBeforeColon(s stretch) bool {
	k := t.colonIn(stretch{s.a, min(s.b, s.a+24)})
	return k > s.a+1 && t.bodyEnd(stretch{s.a, k}) && !t.hasBlank(stretch{s.a, k})
}

// group reads a run of entries. Where both 、 and ， are used, ， ends the run of a body.
func (ls *listReader) group(s stretch) {
	t := ls.t
	ls.organization, ls.title, ls.pending = stretch{}, stretch{}, stretch{}
	if m, j, ok := t.markAt(s.a, s.b); ok && m.style != topic { // （一）市直单位：
		s.a = j
	}
	for i := s.a; i < s.b; i++ { // a heading of its own line: 固定列席
		if i > s.a && t.gap[i] >= line {
			if h := (stretch{s.a, i}); t.ends(h, "列席") || t.ends(h, "出席") || t.ends(h, "参加") || t.ends(h, "人员") {
				s.a = i
			}
			break
		}
	}
	if t.ends(s, "列席") && s.len() < 8 {
		return
	}
	if i := t.colonIn(s); i > 0 {
		head := stretch{s.a, i}
		if items, end := t.itemNumbers(head.a, head.b); items != nil && end <= head.b {
			saved := ls.label.items
			ls.label.items = items
			ls.groupBody(stretch{i + 1, s.b})
			ls.label.items = saved
			return
		}
		if l, ok := t.labelAt(s.a, s.b); ok && l.kind != labelAttendance {
			return
		}
		if t.bodyEnd(head) && head.len() < 30 && !t.isCollective(head) {
			ls.organization = head
			s.a = i + 1
			ls.inherited = true
		} else {
			s.a = i + 1
		}
	}
	ls.groupBody(s)
}

func (t *text) colonIn(s stretch) int {
	for i := s.a; i < s.b && i < s.a+30; i = t.past(i) {
		if t.ch[i] == '：' {
			return i
		}
	}
	return -1
}

func (ls *listReader) groupBody(s stretch) {
	t := ls.t
	comma, pause := false, false
	for i := s.a; i < s.b; i = t.past(i) {
		comma = comma || t.ch[i] == '，'
		pause = pause || t.ch[i] == '、'
	}
	ls.strict = comma && pause
	from := s.a
	for i := s.a; i <= s.b; {
		if i < s.b && t.ch[i] != '，' && t.ch[i] != '、' && t.ch[i] != '：' {
			i = t.past(i)
			continue
		}
		if i > s.b {
			i = s.b
		}
		ls.entry(stretch{from, i})
		if i < s.b && t.ch[i] == '，' && ls.strict {
			ls.endRun()
		}
		i++
		from = i
	}
	if !ls.pending.empty() {
		ls.unread = append(ls.unread, ls.pending)
		ls.pending = stretch{}
	}
}

func (ls *listReader) endRun() {
	ls.organization, ls.title = stretch{}, stretch{}
}

// entry reads what stands between two marks: one person, or several that only blanks part.
func (ls *listReader) entry(s stretch) {
	t := ls.t
	s = t.trim(s)
	if s.empty() {
		return
	}
	if t.ch[s.a] == '（' && int(t.mate[s.a]) < s.b && int(t.mate[s.a]) > 0 { // （议题一）投资发展部 成功
		if items, _ := t.itemNumbers(s.a+1, int(t.mate[s.a])); items != nil {
			ls.label.items = items
			s = t.trim(stretch{t.past(s.a), s.b})
		}
		if s.empty() {
			return
		}
	}
	reason := stretch{}
	if t.ch[s.b-1] == '）' && int(t.mate[s.b-1]) > s.a {
		m := int(t.mate[s.b-1])
		if !t.hasBlank(stretch{s.a, m}) {
			reason = stretch{m + 1, s.b - 1}
			s.b = m
		}
	}
	if t.hasBlank(s) {
		ls.blankSeparated(s, reason)
		return
	}
	ls.one(s, reason)
}

// blankSeparated reads names that only blanks part. Where the whole is one entry with a stray blank in it (市应急⏎管理局
// 王晓峰), it is read as one.
func (ls *listReader) blankSeparated(s stretch, reason stretch) {
	t := ls.t
	if p, ok := t.listedPerson(s); ok && (!p.organization.empty() || !p.title.empty()) && s.len() < 30 && t.strayBlank(p) {
		ls.addPerson(p, reason)
		return
	}
	tokens := t.tokens(s)
	for _, n := range t.namesOfTokens(tokens) {
		r := reason
		if n.b != s.b {
			r = stretch{}
		}
		if t.ch[n.b-1] == '）' && int(t.mate[n.b-1]) > n.a {
			r = stretch{int(t.mate[n.b-1]) + 1, n.b - 1}
			n.b = int(t.mate[n.b-1])
		}
		ls.one(n, r)
	}
}
