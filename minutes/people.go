package minutes

// one reads a single entry.
func (ls *listReader) one(s, reason stretch) {
	t := ls.t
	s = ls.entryProper(t.trim(s))
	switch {
	case t.isTableHead(s):
		return
	case ls.leadersOf(s, reason):
		return
	case t.isPlaceholder(s):
		ls.placeholders = append(ls.placeholders, s)
		return
	case s.len() < 2 || t.isCount(s):
		return
	}
	if p, ok := t.surnameFirst(s); ok {
		ls.addPerson(p, reason)
		return
	}
	i, n := ls.twoPeople(s) // 蒋道成和县政府办主任李安模
	if i == s.a {
		i, n = ls.personAndGroup(s) // 主任白继红及县直相关部门
	}
	switch {
	case i > s.a:
		ls.one(stretch{s.a, i}, stretch{})
		ls.one(stretch{i + n, s.b}, reason)
	case t.delegates(s):
		ls.delegate(s)
	case t.namelessGroup(s):
		ls.addGroup(s)
	case ls.named(s, reason), ls.office(s):
	default:
		ls.parts(s, reason)
	}
}

// entryProper takes off what stands around an entry and is not of it: 以及, 区领导, 等同志.
func (ls *listReader) entryProper(s stretch) stretch {
	t := ls.t
	for _, w := range []string{"以及", "和", "及", "有", "为", "含"} {
		j := t.after(s.a, s.b, w)
		if j >= 0 && j < s.b-1 && t.nameScore(s) < 5 && (w == "以及" || w == "和" || w == "及" || t.nameScore(stretch{j, s.b}) >= 3) {
			s.a = j
		}
	}
	if n := groupFore.at(t.ch, s.a, s.b); n > 0 { // 区领导魏守磊, 区领导苏明和胡林杰
		rest := stretch{s.a + n, s.b}
		if i, _ := ls.twoPeople(rest); i > rest.a || t.nameScore(rest) > 0 {
			s = rest
			ls.endRun()
		}
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
	return s
}

// leadersOf reads 经开区领导侯宗权.
func (ls *listReader) leadersOf(s, reason stretch) bool {
	t := ls.t
	i := t.find(s, "领导")
	if i <= s.a+1 || !t.bodyEnd(stretch{s.a, i}) || t.nameScore(stretch{i + 2, s.b}) < 3 {
		return false
	}
	ls.pending = stretch{}
	ls.addPerson(person{name: stretch{i + 2, s.b}, organization: stretch{s.a, i}, title: stretch{i, i + 2}, all: s}, reason)
	return true
}

// addGroup notes a group whose members are not named; 各乡镇、县直有关部门负责同志 is one.
func (ls *listReader) addGroup(s stretch) {
	if n := len(ls.groups); n > 0 && s.a-ls.groups[n-1].b <= 2 {
		ls.groups[n-1].b = s.b
	} else {
		ls.groups = append(ls.groups, s)
	}
	ls.pending = stretch{}
}

// named reads an entry that names a person, whose office may have stood before: 市委副书记、市长李明.
func (ls *listReader) named(s, reason stretch) bool {
	t := ls.t
	p, ok := t.listedPerson(s)
	switch {
	case ok && !ls.pending.empty() && !p.title.empty():
		p.organization, p.title = stretch{}, stretch{ls.pending.a, p.name.a}
	case ok:
		ls.officeBefore(&p)
	case s.len() <= 3 && t.nameScore(s) > 0 && !t.bodyEnd(s) && officeEnds.before(t.ch, s.a, s.b) == 0:
		p = person{name: s, all: s}
		ls.officeBefore(&p)
	default:
		return false
	}
	ls.pending = stretch{}
	ls.addPerson(p, reason)
	return true
}

// officeBefore gives a person the office that waits for its name.
func (ls *listReader) officeBefore(p *person) {
	if !ls.pending.empty() {
		p.organization, p.title = ls.t.splitOffice(ls.pending)
	}
}

// office keeps an office or a body for the name that follows.
func (ls *listReader) office(s stretch) bool {
	t := ls.t
	isOffice := officeEnds.before(t.ch, s.a, s.b) > 0
	switch {
	case !isOffice && t.bodyEnd(s):
		ls.organization, ls.pending, ls.inherited = s, stretch{}, true
	case !isOffice:
		return false
	case ls.pending.empty():
		ls.pending = s
	default:
		ls.pending.b = s.b
	}
	return true
}

// parts reads an entry that conjunctions part, or notes it as not read.
func (ls *listReader) parts(s, reason stretch) {
	for _, part := range ls.t.joined(s) {
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
		right, ok := t.listedPerson(stretch{i + n, s.b})
		bare := s.len() <= 7 && left.name == left.all && ok && right.name == right.all && t.nameScore(right.name) >= 5 // 苏祖翔和胡树杰
		if ok && (!right.title.empty() && t.nameScore(right.name) >= 3 || bare) {
			return i, n
		}
	}
	return s.a, 0
}

// addPerson adds a person with what the run hands on: the body of the one before, for a bare name.
func (ls *listReader) addPerson(p person, reason stretch) {
	t := ls.t
	bare := p.organization.empty() && p.title.empty()
	switch {
	case bare:
		p.organization, p.title = ls.organization, ls.title
	case p.organization.empty() && ls.inherited && !t.isTopOffice(p.title):
		p.organization = ls.organization
	default:
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
	if ls.label.status == "ABSENT" && !reason.empty() && t.contains(reason, "请假") {
		ls.found = append(ls.found, participant{person: p, capacity: ls.label.capacity, status: "EXCUSED", reason: reason, items: items})
		return
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
