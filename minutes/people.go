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
			if ok && m.style <= paren || items != nil { // 二、议题列席, 第1项：
				all = append(all, stretch{from, i})
				from = i
			}
		}
		all = append(all, stretch{from, part.b})
	}
	return all
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

// one reads a single entry.
func (ls *listReader) one(s, reason stretch) {
	t := ls.t
	s = t.trim(s)
	for _, w := range []string{"以及", "和", "及", "有", "为", "含"} {
		j := t.after(s.a, s.b, w)
		if j >= 0 && j < s.b-1 && t.nameScore(s) < 5 && (w == "以及" || w == "和" || w == "及" || t.nameScore(stretch{j, s.b}) >= 3) {
			s.a = j
		}
	}
	if n := groupFore.at(t.ch, s.a, s.b); n > 0 && t.nameScore(stretch{s.a + n, s.b}) > 0 { // 区领导魏守磊
		s.a += n
		ls.endRun()
	}
	for _, w := range []string{"等", "等领导", "等同志", "等市领导", "等县领导", "等区领导", "等人", "等参加", "同志"} {
		if n := len([]rune(w)); t.ends(s, w) && t.nameScore(stretch{s.a, s.b - n}) >= 3 { // 毕晓波等
			s.b -= n
		}
	}
	if i := t.find(s, "等"); i > s.a+1 && t.namelessGroup(stretch{i + 1, s.b}) { // 副县长申豹等领导小组成员
		if p, ok := t.listedPerson(stretch{s.a, i}); ok && t.nameScore(p.name) >= 3 {
			s.b = i
		}
	}
	if t.isTableHead(s) {
		return
	}
	if i := t.find(s, "领导"); i > s.a+1 && t.bodyEnd(stretch{s.a, i}) && t.nameScore(stretch{i + 2, s.b}) >= 3 { // 经开区领导侯宗权
		ls.pending = stretch{}
		ls.addPerson(person{name: stretch{i + 2, s.b}, organization: stretch{s.a, i}, title: stretch{i, i + 2}, all: s}, reason)
		return
	}
	if t.isPlaceholder(s) {
		ls.placeholders = append(ls.placeholders, s)
		return
	}
	if s.len() < 2 || t.isCount(s) {
		return
	}
	if p, ok := t.surnameFirst(s); ok {
		ls.addPerson(p, reason)
		return
	}
	if i, n := ls.twoPeople(s); i > s.a { // 蒋道成和县政府办主任李安模
		ls.one(stretch{s.a, i}, stretch{})
		ls.one(stretch{i + n, s.b}, reason)
		return
	}
	if i, n := ls.personAndGroup(s); i > s.a { // 主任白继红及县直相关部门
		ls.one(stretch{s.a, i}, stretch{})
		ls.one(stretch{i + n, s.b}, reason)
		return
	}
	if t.delegates(s) {
		ls.delegate(s)
		return
	}
	if t.namelessGroup(s) {
		if n := len(ls.groups); n > 0 && s.a-ls.groups[n-1].b <= 2 {
			ls.groups[n-1].b = s.b // one warning for 各乡镇、县直有关部门负责同志
		} else {
			ls.groups = append(ls.groups, s)
		}
		ls.pending = stretch{}
		return
	}
	all := s
	if !ls.pending.empty() {
		all = stretch{ls.pending.a, s.b}
	}
	if p, ok := t.listedPerson(s); ok {
		if !ls.pending.empty() && !p.title.empty() {
			p.organization, p.title = stretch{}, stretch{all.a, p.name.a}
		} else if !ls.pending.empty() {
			p.organization, p.title = t.splitOffice(ls.pending)
		}
		ls.pending = stretch{}
		ls.addPerson(p, reason)
		return
	}
	if s.len() <= 3 && t.nameScore(s) > 0 && !t.bodyEnd(s) && officeEnds.before(t.ch, s.a, s.b) == 0 {
		p := person{name: s, all: s}
		if !ls.pending.empty() {
			p.organization, p.title = t.splitOffice(ls.pending)
			ls.pending = stretch{}
		}
		ls.addPerson(p, reason)
		return
	}
	if officeEnds.before(t.ch, s.a, s.b) > 0 || t.bodyEnd(s) {
		ls.pending = all
		if t.bodyEnd(s) && officeEnds.before(t.ch, s.a, s.b) == 0 {
			ls.organization, ls.pending = s, stretch{}
			ls.inherited = true
		}
		return
	}
	for _, part := range t.joined(s) {
		if part == s {
			ls.unread = append(ls.unread, s)
			return
		}
		ls.one(part, reason)
	}
}

// attends may stand before the items to which a presence is limited.
var attends = newWords("列席 参加 仅 只 出席 讨论 汇报")

// personAndGroup answers where a conjunction parts a person from the group that follows, and its length.
func (ls *listReader) personAndGroup(s stretch) (int, int) {
	t := ls.t
	if s.len() > longestJoined {
		return s.a, 0
	}
	for i := s.a + 2; i < s.b-2; i++ {
		n := t.conjunction(i, s.b)
		if n == 0 || !t.namelessGroup(stretch{i + n, s.b}) && !t.isCollective(stretch{i + n, s.b}) {
			continue
		}
		p, ok := t.listedPerson(stretch{s.a, i})
		if ok && t.nameScore(p.name) >= 3 && (!p.title.empty() || !p.organization.empty() || !ls.pending.empty() || p.name.len() <= 3) {
			return i, n
		}
	}
	return s.a, 0
}

// isTableHead reports whether an entry is the head or the rule of a table of people, or an account beside a name.
func (t *text) isTableHead(s stretch) bool {
	if tableHeads.is(t.ch, s.a, s.b) || t.contains(s, "@") {
		return true
	}
	for i := s.a; i < s.b; i++ {
		if t.ch[i] != '-' && t.ch[i] != '—' && t.ch[i] != '：' && t.ch[i] != ':' {
			return false
		}
	}
	return true
}

var tableHeads = newWords("姓名 账号 帐号 职务 职称 单位 部门 备注 序号 签名 签到 电话 单位及职务 职务职称")

// conjunction gives the length of the conjunction that begins at a place, 0 where none does.
func (t *text) conjunction(i, end int) int {
	switch {
	case t.has(i, end, "以及"):
		return 2
	case t.ch[i] == '及' || t.ch[i] == '和' || t.ch[i] == '与':
		return 1
	}
	return 0
}

// twoPeople answers where a conjunction parts a person from the next, who has an office, and its length.
func (ls *listReader) twoPeople(s stretch) (int, int) {
	t := ls.t
	if s.len() > longestJoined {
		return s.a, 0
	}
	for i := s.a + 2; i < s.b-3; i++ {
		n := t.conjunction(i, s.b)
		if n == 0 {
			continue
		}
		left, ok := t.listedPerson(stretch{s.a, i})
		if !ok || t.nameScore(left.name) < 3 || left.name.len() < left.all.len() && left.title.empty() {
			continue
		}
		if right, ok := t.listedPerson(stretch{i + n, s.b}); ok && !right.title.empty() && t.nameScore(right.name) >= 3 {
			return i, n
		}
	}
	return s.a, 0
}

// addPerson adds a person with what the run hands on: the body of the one before, for a bare name.
func (ls *listReader) addPerson(p person, reason stretch) {
	t := ls.t
	bare := p.organization.empty() && p.title.empty()
	if bare {
		p.organization, p.title = ls.organization, ls.title
	} else if p.organization.empty() && ls.inherited && !t.isTopOffice(p.title) {
		p.organization = ls.organization
	} else {
		ls.organization, ls.title, ls.inherited = p.organization, p.title, false
		if !p.organization.empty() {
			ls.title = stretch{}
		}
	}
	if t.isPlaceholder(p.name) {
		return
	}
	items := ls.label.items
	if !reason.empty() {
		if in, _ := t.itemNumbers(attends.run(t.ch, reason.a, reason.b), reason.b); in != nil { // 张三（列席第一项议题）
			items, reason = in, stretch{}
		}
	}
	if ls.label.status == "PRESENT" {
		if !reason.empty() && t.excuses(reason) {
			ls.found = append(ls.found, participant{person: p, capacity: ls.label.capacity, status: "EXCUSED", reason: reason, items: items})
			return
		}
		if !reason.empty() && p.organization.empty() && t.bodyOrOffice(reason) { // 张三（市财政局）
			p.organization, p.title = t.splitOffice(reason)
		}
		reason = stretch{}
	}
	ls.found = append(ls.found, participant{person: p, capacity: ls.label.capacity, status: ls.label.status, reason: reason,
		items: items, listed: bare && p.organization.empty()})
}
