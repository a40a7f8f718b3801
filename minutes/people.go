package minutes

// readList reads a list of people as papers write them: 市政府办王晨清、倪明德，市委组织部王维峰; names apart by blanks; one
// to a line; with reasons in brackets; with the body before a colon; numbered by groups.
func (r *reader) readList(s stretch, l label) []participant {
	t := r.t
	ls := &listReader{t: t, label: l}
	for _, group := range t.listGroups(s) {
		ls.group(group)
	}
	if len(ls.unread) > 0 {
		for _, u := range ls.unread {
			r.warn("ATTENDANCE_UNREAD", "Not read as a person, a body with a person or a group: "+t.value(stretch{u.a, min(u.b, u.a+40)}), u)
		}
	}
	return ls.found
}

// A listReader reads one list. A body holds for the bare names behind it until the run ends.
type listReader struct {
	t            *text
	label        label
	organization stretch
	title        stretch
	pending      stretch // offices that wait for their name: 市委副书记、
	found        []participant
	unread       []stretch
	strict       bool // whether ， parts runs, since 、 joins within them
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
	marks := "，、"
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
	_ = marks
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

// hasBlank reports whether blanks or line breaks part the characters of s.
func (t *text) hasBlank(s stretch) bool {
	for i := s.a + 1; i < s.b; i++ {
		if t.gap[i] != none {
			return true
		}
	}
	return false
}

// blankSeparated reads names that only blanks part. Where the whole is one entry with a stray blank in it (市应急⏎管理局
// 王晓峰), it is read as one.
func (ls *listReader) blankSeparated(s stretch, reason stretch) {
	t := ls.t
	if p, ok := t.listedPerson(s); ok && !p.organization.empty() && s.len() < 30 && t.strayBlank(p) {
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

// strayBlank reports whether the blanks in an entry are within the name of its body, or inside a name of two characters.
func (t *text) strayBlank(p person) bool {
	blanks := 0
	for i := p.all.a + 1; i < p.name.a; i++ {
		if t.gap[i] != none && t.gap[i] != line {
			blanks++
		}
	}
	for i := p.name.a + 1; i < p.name.b; i++ {
		if t.gap[i] != none && p.name.len() > 2 {
			blanks++
		}
	}
	return blanks == 0 || t.bodyEnd(p.organization) && blanks == 1 && p.organization.len() <= 12 && !t.nameInside(p.organization)
}

// nameInside reports whether a token of s is itself an entry.
func (t *text) nameInside(s stretch) bool {
	for _, tok := range t.tokens(s) {
		if p, ok := t.person(tok); ok && t.nameScore(p.name) >= 3 {
			return true
		}
	}
	return false
}

// tokens cuts s at blanks. A bracket behind a name stays with it.
func (t *text) tokens(s stretch) []stretch {
	var all []stretch
	from := s.a
	for i := s.a; i < s.b; {
		next := t.past(i)
		if t.ch[i] != '（' {
			next = i + 1
		}
		if i > from && t.gap[i] != none && t.ch[i] != '（' && t.ch[i] != '·' && t.ch[i-1] != '·' {
			all = append(all, stretch{from, i})
			from = i
		}
		i = min(next, s.b)
	}
	return append(all, stretch{from, s.b})
}

// namesOfTokens rejoins tokens into names: a single character goes with the one beside it (郭 强, 何振 明). It takes the
// cheapest way to cut the row of tokens.
func (t *text) namesOfTokens(tokens []stretch) []stretch {
	n := len(tokens)
	cost := make([]int, n+1)
	step := make([]int, n+1)
	for i := n - 1; i >= 0; i-- {
		cost[i] = 1 << 30
		for k := 1; k <= 4 && i+k <= n; k++ {
			whole := stretch{tokens[i].a, tokens[i+k-1].b}
			if k > 1 && whole.len() > 14 {
				break
			}
			c := t.tokenCost(whole, tokens[i:i+k]) + cost[i+k]
			if c < cost[i] {
				cost[i], step[i] = c, k
			}
		}
	}
	var all []stretch
	for i := 0; i < n; i += step[i] {
		all = append(all, stretch{tokens[i].a, tokens[i+step[i]-1].b})
	}
	return all
}

// tokenCost says how unlikely it is that the given tokens are one entry.
func (t *text) tokenCost(whole stretch, tokens []stretch) int {
	name := whole
	if t.ch[name.b-1] == '）' && int(t.mate[name.b-1]) > name.a {
		name.b = int(t.mate[name.b-1])
	}
	joins := 0
	for i := 1; i < len(tokens); i++ {
		if tokens[i].len() > 1 && tokens[i-1].len() > 1 {
			joins += 6
		} else if tokens[i].len() == 1 && tokens[i-1].len() == 1 {
			joins++
		} else {
			joins += 3
		}
	}
	switch {
	case name.len() == 1:
		return 30 + joins
	case name.len() <= 4 && t.nameScore(name) > 0:
		c := 6 - t.nameScore(name)
		if name.len() == 4 && doubleSurnames.at(t.ch, name.a, name.b) == 0 {
			c += 8
		}
		return c + joins
	case len(tokens) == 1:
		return 4
	}
	if p, ok := t.person(name); ok && !p.organization.empty() && len(tokens) == 2 && t.bodyEnd(tokens[0]) {
		return 3 // 市发改委 万芬奇
	}
	if p, ok := t.person(name); ok && !p.title.empty() && len(tokens) == 2 && (officeEnds.before(t.ch, tokens[0].a, tokens[0].b) > 0 || officeEnds.is(t.ch, tokens[1].a, tokens[1].b)) {
		return 2 // 院长 王金平
	}
	return 20 + joins
}

// one reads a single entry.
func (ls *listReader) one(s, reason stretch) {
	t := ls.t
	s = t.trim(s)
	for _, w := range []string{"以及", "和", "及", "有", "为", "含"} {
		if j := t.after(s.a, s.b, w); j >= 0 && j < s.b-1 && t.nameScore(s) < 5 {
			s.a = j
		}
	}
	if n := groupFore.at(t.ch, s.a, s.b); n > 0 && t.nameScore(stretch{s.a + n, s.b}) > 0 { // 区领导魏守磊
		s.a += n
	}
	for _, w := range []string{"等", "等领导", "等同志", "等市领导", "等县领导", "等区领导", "等人", "等参加", "同志"} {
		if n := len([]rune(w)); t.ends(s, w) && t.nameScore(stretch{s.a, s.b - n}) >= 3 { // 毕晓波等
			s.b -= n
		}
	}
	if s.len() < 2 || t.isPlaceholder(s) || t.isCount(s) {
		return
	}
	if t.delegates(s) {
		ls.delegate(s)
		return
	}
	if t.namelessGroup(s) {
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
		if in, _ := t.itemNumbers(reason.a, reason.b); in != nil { // 张三（列席第一项议题）
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

func (t *text) isTopOffice(title stretch) bool {
	return t.contains(title, "市长") || t.contains(title, "县长") || t.contains(title, "区长") || t.contains(title, "书记")
}

func (t *text) bodyOrOffice(s stretch) bool {
	return t.bodyEnd(s) || officeEnds.before(t.ch, s.a, s.b) > 0
}

func (t *text) excuses(s stretch) bool {
	return t.contains(s, "请假") || t.contains(s, "缺席") || t.contains(s, "因公") || t.contains(s, "因病") || t.contains(s, "因事") || t.contains(s, "出差")
}

// isPlaceholder reports whether s stands for a name that was left out: ×××, 张某.
func (t *text) isPlaceholder(s stretch) bool {
	for i := s.a; i < s.b; i++ {
		if t.ch[i] == '×' || t.ch[i] == '*' || t.ch[i] == 'X' && s.len() < 6 || t.ch[i] == '某' || t.ch[i] == '_' || t.ch[i] == '…' {
			return true
		}
	}
	return false
}

// isCount reports whether s only counts: 92人.
func (t *text) isCount(s stretch) bool {
	_, j := t.number(s.a, s.b)
	if j == s.a && (t.ch[j] == '共' || t.ch[j] == '计' || t.ch[j] == '等') {
		_, j = t.number(s.a+1, s.b)
	}
	return j > s.a && (j == s.b || t.ch[j] == '人' || t.ch[j] == '名')
}

// delegates reports whether s is a body's unnamed representative: 海关代表.
func (t *text) delegates(s stretch) bool {
	return t.ends(s, "代表") && s.len() > 3 && !t.contains(s, "村民") && !t.contains(s, "职工") && !t.contains(s, "群众") && !t.isCollective(s) && !t.contains(s, "人大代表")
}

func (ls *listReader) delegate(s stretch) {
	t := ls.t
	body := stretch{s.a, s.b - 2}
	if !t.bodyEnd(body) || t.isCollective(body) || t.contains(body, "部分") {
		return
	}
	for _, part := range t.joined(body) {
		ls.found = append(ls.found, participant{person: person{organization: part, all: part}, unnamed: true, capacity: "REPRESENTATIVE", status: "PRESENT", items: ls.label.items})
	}
	ls.endRun()
}

// namelessGroup reports whether s is a group without a body of its own: 各区镇负责人, 县政府在家领导, 相关部门负责同志.
func (t *text) namelessGroup(s stretch) bool {
	n := groupEnds.before(t.ch, s.a, s.b)
	if officeEnds.before(t.ch, s.a, s.b) > max(n, 2) {
		return false // 市政府党组成员
	}
	return n > 0 || t.isCollective(s) && t.nameScore(s) < 5
}

// groupFore are groups that may stand before the first of those that belong to it.
var groupFore = newWords("市领导 县领导 区领导 州领导 省领导 局领导 校领导 院领导 厅领导 委领导 镇领导 旗领导 盟领导 公司领导 集团领导 班子成员 领导 领导班子成员 市政府领导 县政府领导 区政府领导 副县级领导 市级领导 县级领导 区级领导 委员 代表 同志")

var groupEnds = newWords("负责人 负责同志 主要负责人 主要负责同志 分管负责人 分管负责同志 相关负责人 有关负责人 有关同志 相关人员 有关人员 全体成员 班子成员 领导 领导班子 成员 部门 单位 工作人员 等 群众 相关同志 全体人员 分管领导 主要领导 负责人员 人员 干部 中层干部")
