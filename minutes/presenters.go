package minutes

import "slices"

// addPresenters reads who reports or submits from a heading or an opening clause: what stands between the verb and
// 关于 or 《, between 听取 and 工作汇报, or before 提交的.
func (r *reader) addPresenters(f *itemFacts, s stretch) {
	t := r.t
	if heard := t.has(s.a, s.b, "听取"); f.kind == "STUDY" || f.kind == "CONVEY" && !heard {
		return
	}
	m, ok := t.matterAt(s, true)
	from := s.a
	if ok {
		from = m.object
	}
	if v := t.outcomeAt(stretch{from, s.b}); v.word.len() > 0 {
		from = v.word.b
	} else if v := t.outcomeAt(s); v.word.len() > 0 {
		from = v.word.b
	}
	if from < s.b && t.ch[from] == '了' {
		from++
	}
	who := t.presenterStretch(stretch{from, s.b})
	if who.empty() && f.kind != "DISCUSS" {
		who = t.listBeforeReport(stretch{from, s.b})
	}
	if who.empty() {
		return
	}
	for _, p := range t.presentersIn(who) {
		f.addPresenter(t, p)
	}
	t.addFurther(f, s)
}

// addFurther adds those who submit the further titles of a list: 县政府党组《……》、县总工会党组《……》和县妇联《……》.
func (t *text) addFurther(f *itemFacts, s stretch) {
	all := t.titles(s)
	for i := 1; i < len(all); i++ {
		who := t.trim(stretch{all[i-1].b + 1, all[i].a - 1})
		if who.len() < 2 || who.len() > longestPresenters {
			continue
		}
		who.a = listJoins.run(t.ch, who.a, who.b)
		for _, w := range submitting {
			if t.ends(who, w) {
				who.b -= len([]rune(w))
			}
		}
		if who = t.presenterOnly(who); who.empty() {
			continue
		}
		for _, p := range t.presentersIn(who) {
			f.addPresenter(t, p)
		}
	}
}

var listJoins = newWords("、 ， 和 以及 及 与 等")

// longestPresenters bounds the list of those who report.
const longestPresenters = 160

// presenterStretch answers what stands where those who report do.
func (t *text) presenterStretch(s stretch) stretch {
	limit := min(s.b, s.a+longestPresenters)
	for i := s.a; i < limit; i++ {
		r := t.ch[i]
		if r == '：' && i < s.a+16 && i > s.a+1 { // 建設課：防汛整備情形報告
			if bodyEnds.before(t.ch, s.a, i) > 0 {
				return stretch{s.a, i}
			}
			return stretch{}
		}
		if t.reportsAt(s, i, limit) {
			return t.presenterOnly(stretch{s.a, i})
		}
		topic := r == '《' || r == '「' || t.has(i, limit, "关于") || t.has(i, limit, "就") && i > s.a+2 && t.bodyOrPerson(stretch{s.a, i})
		if topic && i <= s.a+1 {
			return stretch{}
		}
		if topic || t.submitsAt(i, limit) {
			return t.presenterOnly(stretch{s.a, i})
		}
	}
	return stretch{}
}

func (t *text) submitsAt(i, limit int) bool {
	return slices.ContainsFunc(submitting, func(w string) bool { return t.has(i, limit, w) })
}

// reportsAt reports whether the words of reporting stand at i, behind who reports: 组长卓越同志|的通报, 民政課|報告……辦理情形.
func (t *text) reportsAt(s stretch, i, limit int) bool {
	if i <= s.a+1 {
		return false
	}
	for _, w := range []string{"的汇报", "的报告", "的通报", "的说明"} {
		if t.has(i, limit, w) && i-s.a < 24 {
			return true
		}
	}
	return i+2 < s.b && (t.has(i, limit, "报告") || t.has(i, limit, "汇报")) && t.bodyEnd(stretch{s.a, i})
}

// submitting words stand behind those who bring a matter before the meeting.
var submitting = []string{"提交的", "送审的", "提供的", "制定的", "拟定的", "起草的", "编制的", "呈报的", "提交审议的", "提请审议的", "提出的", "所作的", "所做的", "作的", "提请的", "上报的", "汇报的", "报来的", "提报的", "报送的", "提请审查的", "提请审定的", "提请讨论的", "报审的", "呈报审议的", "代拟的", "草拟的"}

func (t *text) bodyOrPerson(s stretch) bool {
	if t.bodyEnd(s) {
		return true
	}
	_, ok := t.person(s)
	return ok
}

// presenterOnly answers s where all of it names bodies or people.
func (t *text) presenterOnly(s stretch) stretch {
	for _, w := range []string{"所作", "提交", "对", "汇报", "所做", "作", "的", "汇报了", "有关", "报告", "提出"} {
		if t.ends(s, w) && s.len() > len([]rune(w))+2 && !t.bodyEnd(s) {
			s.b -= len([]rune(w))
		}
	}
	if s.len() < 2 || t.namesNobody(s) || isDigit(t.ch[s.a]) {
		return stretch{}
	}
	if t.ch[s.a] == '由' || t.ch[s.a] == '经' && economic.at(t.ch, s.a, s.b) == 0 {
		s.a++
	}
	if i := t.find(s, "代表"); i > s.a+1 { // 张三校长代表学校考察组
		if _, ok := t.person(stretch{s.a, i}); ok {
			s.b = i
		}
	}
	if t.ch[s.b-1] == '）' && int(t.mate[s.b-1]) > s.a+1 { // 县财政局（国资局）
		s.b = int(t.mate[s.b-1])
	}
	last := t.lastPart(s)
	if t.bodyOrPerson(last) {
		return s
	}
	return stretch{}
}

// economic begin the names of bodies.
var economic = newWords("经济 经信 经开 经发 经贸 经管 经委 经办")

// namesNobody reports whether a word of s shows that it is no list of those who report; 建设 in the name of a bureau does
// not.
func (t *text) namesNobody(s stretch) bool {
	for i := s.a; i < s.b; i++ {
		n := notPresenter.at(t.ch, i, s.b)
		if n == 0 {
			continue
		}
		if e := i + n; e >= s.b || nounStops.at(t.ch, i, s.b) == 0 && t.ch[i] != '编' || bodyEnds.at(t.ch, e, s.b) == 0 && !t.nameWithin(e, s.b) {
			return true
		}
	}
	return false
}

// nameWithin reports whether a body's name that has reached e goes on and ends within a few characters: 建设|发展公司.
func (t *text) nameWithin(e, limit int) bool {
	for k := e + 2; k <= min(limit, e+6); k++ {
		if bodyEnds.before(t.ch, e, k) > 1 && (k == limit || t.ch[k] == '、' || t.ch[k] == '和' || t.ch[k] == '及') {
			return true
		}
	}
	return false
}

var notPresenter = newWords("审议 总书记 国家主席 国务院 中央 精神 会议 讲话 工作的 以来 全市 全县 全区 全省 情况 贯彻 年度 同意 学习 了 各级 有关 编制 修订 制定 开展 印发 调整 建设 成立")

// listBeforeReport reads 市应急管理局、市自然资源和规划局、……度假区 before what they reported on, where neither 关于 nor a
// title parts them: as many full names of bodies as follow one another.
func (t *text) listBeforeReport(s stretch) stretch {
	if t.has(s.a, s.b, "关于") || t.has(s.a, s.b, "《") || !t.ends(s, "汇报") && !t.ends(s, "报告") && !t.ends(s, "通报") {
		return stretch{}
	}
	end, i := s.a, s.a
	for i < min(s.b, s.a+longestPresenters) {
		k := t.bodyPrefix(stretch{i, s.b}, i > s.a)
		if k <= i {
			break
		}
		end = k
		if k < s.b && (t.ch[k] == '、' || t.ch[k] == '和' || t.ch[k] == '及') {
			i = k + 1
			continue
		}
		break
	}
	return stretch{s.a, end}
}

// bodyPrefix answers where the name of a body ends with which s begins. Places (……区) count where a list has begun.
func (t *text) bodyPrefix(s stretch, listed bool) int {
	limit := min(s.b, s.a+24)
	for k := s.a + 2; k <= limit; k++ {
		head := stretch{s.a, k}
		if strongEnds.before(t.ch, s.a, k) > 0 || listed && placeEnds.before(t.ch, s.a, k) > 0 && k-s.a > 3 {
			if k < s.b && (t.ch[k] == '、' || strongEnds.at(t.ch, k, s.b) == 0 && t.ch[k] != '第') && !notPresenter.in(t.ch, head.a, head.b) && !t.has(k, s.b, "分局") {
				return k
			}
		}
		if k < s.b && t.ch[k] == '、' {
			return s.a
		}
	}
	return s.a
}

// strongEnds are ends of bodies' names that hardly stand in the middle of a topic.
var strongEnds = newWords("常委会 人大 政协 政府 党组 局 分局 委员会 管委会 办事处 街道 镇政府 乡政府 县政府 区政府 发改委 卫健委 住建委 国资委 办公室 政府办 府办 中心 公司 集团 大队 支队 财政局 税务局 法院 检察院 工会 妇联 团委 供销社 残联 科协 发改局 度假区 开发区 高新区")

// presentersApart cuts 张静 刘航空 朱秋凤 into the names that blanks part; other lists stay whole.
func (t *text) presentersApart(s stretch) []stretch {
	names := t.namesOfTokens(t.tokens(t.trim(s)))
	for _, n := range names {
		if t.nameScore(n) < 3 {
			return []stretch{s}
		}
	}
	return names
}

// presentersIn reads a list of bodies, of people, or of bodies with their people.
func (t *text) presentersIn(s stretch) []presenter {
	var all []presenter
	organization := stretch{}
	parts := t.names(s)
	for i := range parts {
		part := parts[i] // an office before it may have widened it
		for _, w := range []string{"分别", "等部门", "等单位", "等"} {
			if t.ends(part, w) && part.len() > len([]rune(w))+1 {
				part.b -= len([]rune(w))
			}
		}
		if p, ok := t.person(part); ok && !p.name.empty() && (!t.bodyEnd(part) || !p.title.empty() && t.nameScore(p.name) >= 5) {
			if p.organization.empty() && p.title.empty() {
				p.organization = organization
			} else {
				organization = p.organization
			}
			q := presenter{organization: p.organization, person: p.name, role: p.title, at: part}
			if !p.organization.empty() {
				q.at = cover(part, p.organization)
			}
			all = append(all, q)
			continue
		}
		if t.plainOffice(part) && i+1 < len(parts) { // 县委常委、常务副县长郭强
			parts[i+1] = cover(part, parts[i+1])
			continue
		}
		if !t.bodyEnd(part) {
			continue
		}
		all = append(all, presenter{organization: part, at: part})
	}
	return all
}

// addPresenter adds one, unless the heading has named the same: 司法局 in the body is 县司法局 in the heading.
func (f *itemFacts) addPresenter(t *text, p presenter) {
	name := t.folded(p.organization)
	for i, q := range f.presenters {
		had := t.folded(q.organization)
		same := name != "" && had != "" && (endsIn(name, had) || endsIn(had, name))
		if same && !p.person.empty() && q.person.empty() {
			f.presenters[i] = p
			return
		}
		if same && t.folded(p.person) == t.folded(q.person) || same && p.person.empty() || name == "" && t.folded(p.person) == t.folded(q.person) {
			return
		}
	}
	f.presenters = append(f.presenters, p)
}

func endsIn(a, b string) bool { return len(a) >= len(b) && a[len(a)-len(b):] == b }

// reporting verbs end the first clause of a sentence that says who reported: 市住建局局长冯梦龙作汇报。
var reporting = newWords("作汇报 作了汇报 作情况汇报 作了情况汇报 作说明 作了说明 作起草说明 作了起草说明 作报告 作了报告 进行汇报 进行了汇报 作专题汇报 作了专题汇报 通报了有关情况 通报了相关情况 介绍了有关情况 介绍了相关情况 介绍了情况 汇报了有关情况 汇报了相关情况 汇报有关情况 汇报了情况")

// reportTail answers the length of the words of reporting at the end of a clause, or 0: 进行了详细汇报, 作起草情况说明.
func (t *text) reportTail(c stretch) int {
	if n := reporting.before(t.ch, c.a, c.b); n > 0 {
		return n
	}
	i := c.b - reports.before(t.ch, c.a, c.b)
	if i == c.b {
		return 0
	}
	for n := reportManners.before(t.ch, c.a, i); n > 0; n = reportManners.before(t.ch, c.a, i) {
		i -= n
	}
	n := lightVerbs.before(t.ch, c.a, i)
	if n == 0 {
		return 0
	}
	return c.b - i + n
}

var (
	reports       = newWords("汇报 说明 报告 介绍 通报 解读 汇报说明 汇报和说明")
	reportManners = newWords("了 详细 专题 简要 起草 情况 全面 书面 具体 补充 有关 相关 系统 集中 口头 议题")
	lightVerbs    = newWords("作 进行 做 作出 分别作 分别进行")
)

// longestReporting bounds a clause that says who reported on what.
const longestReporting = 160

// reporter answers who reports in a sentence of its own: 市住建局局长冯梦龙作汇报, 曹阜忠对《……》作了说明.
func (t *text) reporter(s stretch) stretch {
	cs := t.clauses(s)
	for i, c := range cs {
		n := t.reportTail(stretch{c.a + 1, c.b})
		if i > 4 || n == 0 || c.len() > longestReporting || t.ch[c.b-n-1] == '工' {
			continue
		}
		if _, ok := t.matterAt(c, true); ok {
			continue // 听取……工作汇报
		}
		c.b -= n
		for _, w := range []string{"就", "对", "关于"} {
			if i := t.find(c, w); i > c.a+1 {
				c.b = i
			}
		}
		if t.ends(c, "分别") {
			c.b -= 2
		}
		if c.len() <= 60 && c.len() > 1 && t.bodyOrPerson(t.lastPart(c)) {
			return c
		}
	}
	return stretch{}
}
