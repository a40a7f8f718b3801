package minutes

// stepVerbs are the duties that a decision sets off, by their kind.
var stepVerbs = []struct {
	kind  string
	words *words
}{
	{"REVISE", newWords(`修改完善 修改 修订完善 修订 完善 补充完善 调整完善 优化完善 再行修改完善 补充修改 修改补充 修改调整 修改充实 充实完善 完善修改 修改后 修正 进一步完善 修改审定`)},
	{"REVIEW", newWords(`审核把关 审核 把关 审签 会签 复核 审定 审查 核定 审核同意 审核后 合法性审查 审阅 审改 把关审核 审核审定`)},
	{"SUBMIT", newWords(`提交 提请 报请 呈报 上报 报送 提报 呈请 报经 再提交 再报 转报 函报 报告 汇报 报批 报审 报备 上会 送审 呈送 函送 移送 咨送 送请 报市 报县 报区 报省 报自治区 报州 报国务院 报中共 报党 报董事会 报股东会 报常委会 报上级 报人大 报国 报集团 报局 报校 报院 报省级 报旗 报盟 报镇 报乡 报公司 报理事会 报主席 报主任 报会 报政协 送请 函请 层报`)},
	{"ISSUE", newWords(`印发 发布 公布 下发 颁布 行文 发文 签发 出台 印发实施 印发执行 公布实施 发布实施 颁布实施 下发执行 发布施行 发文执行 发文实施 行文印发 行文下发 公开发布 对外发布 印发施行 正式印发`)},
	{"IMPLEMENT", newWords(`组织实施 实施 抓好落实 落实 办理 执行 依规办理 抓好实施 组织落实 贯彻落实 推进实施 抓好执行 具体实施 抓紧落实 抓好组织实施 组织开展 落实到位 认真落实 贯彻执行 遵照执行`)},
}

// A stepVerb is one of these verbs and where it stands.
type stepVerb struct {
	kind string
	at   stretch
}

// A step is one duty while it is read.
type step struct {
	kind      string
	actors    []stretch
	target    stretch
	inNameOf  []stretch
	document  stretch
	condition stretch
	at        stretch
}

// A stepReader walks the clauses behind a verdict. Actors are gathered until the duty they have is read.
type stepReader struct {
	t         *text
	steps     []step
	actors    []stretch
	start     int     // of the step that is being gathered, -1 where none is
	end       int     // behind its last clause
	content   bool    // whether it says more than who
	reviewers bool    // whether 经 has begun a list of reviewers
	condition stretch // that the next step waits for
	document  stretch
	duty      string // of who leads: IMPLEMENT for 负责落实
}

// stepsIn reads the chain of steps in s.
func (t *text) stepsIn(s stretch) []step {
	r := &stepReader{t: t, start: -1}
	for _, c := range t.clauses(s) {
		if len(r.steps) > 200 {
			break
		}
		r.clause(c)
	}
	r.flush()
	return r.steps
}

// flush closes a duty that has actors and no verb of the list: OTHER.
func (r *stepReader) flush() {
	if r.start >= 0 && len(r.actors) > 0 && !r.reviewers {
		kind := "OTHER"
		if r.duty != "" {
			kind = r.duty
		}
		r.add(step{kind: kind, at: stretch{r.start, r.end}})
	}
	r.reset()
}

func (r *stepReader) reset() {
	r.actors, r.start, r.content, r.reviewers, r.document, r.duty = nil, -1, false, false, stretch{}, ""
}

func (r *stepReader) add(s step) {
	if r.start >= 0 {
		s.at.a = min(s.at.a, r.start)
	}
	s.actors = append(s.actors, r.actors...)
	s.document = r.document
	if !r.condition.empty() && s.condition.empty() {
		s.condition = r.condition
	}
	r.condition = stretch{}
	r.steps = append(r.steps, s)
	r.reset()
}

func (r *stepReader) clause(c stretch) {
	t := r.t
	if _, j, ok := t.markAt(c.a, c.b); ok && j < c.b {
		c.a = j
	}
	whole := c
	c.a = stepAdverbs.run(t.ch, c.a, c.b)
	if c.empty() || t.contains(c, "担任") { // 由张三担任召集人 is no duty
		return
	}
	switch {
	case assists.before(t.ch, c.a, c.b) > 0:
		r.touch(whole)
		if k := t.leadBefore(c); k > c.a { // 由省财政厅牵头、团省委配合
			if r.content {
				r.flush()
				r.touch(whole)
			}
			r.lead(stretch{c.a, k})
		}
		return
	case t.leads(c):
		if r.content {
			r.flush()
		}
		r.touch(whole)
		r.lead(c)
		return
	}
	if (t.ch[c.a] == '《' || t.ch[c.a] == '「') && int(t.mate[c.a]) > 0 && int(t.mate[c.a]) < c.b-1 {
		r.flush()
		r.document = stretch{c.a + 1, int(t.mate[c.a])}
		r.start, r.end = c.a, c.b
		c.a = t.past(c.a)
	}
	if next := r.actorsAt(c); next > c.a {
		c.a = next
	} else if k := t.laterActor(c); k > c.a { // 资金由县财政局解决
		r.flush()
		r.touch(whole)
		if next := r.actorsAt(stretch{k, c.b}); next > k {
			c.a = next
		}
	}
	r.verbs(c, whole)
}

// laterActor finds 由 and a body behind a short subject that says what is to be done.
func (t *text) laterActor(c stretch) int {
	for i := c.a + 2; i < min(c.b-2, c.a+44); i++ {
		if t.ch[i] == '由' && t.ch[i-1] != '自' && t.ch[i-1] != '理' {
			if end := t.actorEnd(stretch{i + 1, c.b}); end > i+2 && t.chargeable(stretch{i + 1, end}) && end < c.b {
				return i
			}
			return c.a
		}
		if _, ok := t.stepVerbAt(i, c.b); ok {
			return c.a
		}
	}
	return c.a
}

// chargeable reports whether s, behind 由, is a body, a place that stands for one, people, or a treasury: 县财政.
func (t *text) chargeable(s stretch) bool {
	last := t.lastPart(s)
	_, isPerson := t.person(last)
	return t.bodyEnd(last) || t.ends(last, "财政") || isPerson
}

// assists end a clause that says who helps: 发展改革、财政、审计部门配合.
var assists = newWords("配合 协助 参与 协同 协办 协调配合 支持配合 积极配合 密切配合 协同配合")

// leadBefore answers where the part of a clause ends that says who leads, before the part that says who helps.
func (t *text) leadBefore(c stretch) int {
	for i := c.a + 2; i < c.b; i++ {
		if t.ch[i] == '、' || t.ch[i] == '和' || t.ch[i] == '并' {
			if leadEnds.before(t.ch, c.a, i) > 0 {
				return i
			}
		}
	}
	return c.a
}

func (r *stepReader) touch(c stretch) {
	if r.start < 0 {
		r.start = r.t.trim(c).a
	}
	r.end = c.b
}

// lead reads 县委常委、常务副县长郭强牵头.
func (r *stepReader) lead(c stretch) {
	t := r.t
	n := leadEnds.before(t.ch, c.a, c.b)
	if n > 2 && (t.ends(c, "落实") || t.ends(c, "办理")) {
		r.duty, r.content = "IMPLEMENT", true
	}
	who := stretch{c.a, c.b - n}
	for k := jointly.before(t.ch, who.a, who.b); k > 0; k = jointly.before(t.ch, who.a, who.b) { // 由李明、王军等同志共同负责
		who.b -= k
	}
	for _, w := range []string{"由", "责成", "请", "明确由", "以", "会议明确", "会议确定", "会议决定"} {
		if j := t.after(who.a, who.b, w); j >= 0 {
			who.a = j
		}
	}
	for i := who.a + 2; i < who.b-2; i++ { // 会务工作由县人大常委会办公室负责
		if t.ch[i] == '由' && t.ch[i-1] != '自' && t.chargeable(stretch{i + 1, who.b}) {
			who.a = i + 1
			r.content = r.content || t.ends(c, "负责") // what is to be done stands before
			break
		}
	}
	for i := who.a; i < who.b; i++ { // 由市发改委会同市财政局负责
		if t.ch[i] == '负' || t.ch[i] == '牵' {
			if m := leadEnds.at(t.ch, i, who.b); m > 0 {
				who.b = i
				break
			}
		}
	}
	r.actors = append(r.actors, t.actorList(who)...)
}

// jointly may stand between those who lead and their verb.
var jointly = newWords("共同 具体 统一 分别 全权 联合 协同 等同志 等 总体 全面 统筹")

// actorsAt reads who has a duty at the beginning of a clause, and answers the index behind.
func (r *stepReader) actorsAt(c stretch) int {
	t := r.t
	for _, w := range []string{"责成", "责令", "授权", "委托", "交由", "转由", "由", "请", "要求", "建议", "会议责成"} {
		if j := t.after(c.a, c.b, w); j >= 0 {
			return r.charged(c, j, w)
		}
	}
	if t.ch[c.a] == '经' || t.ch[c.a] == '报' && t.reviews(c) {
		return r.reviewersAt(c)
	}
	if r.reviewers {
		return r.moreReviewers(c)
	}
	for i := c.a + 2; i < min(c.b-3, c.a+14); i++ { // 具体方案报分管副市长审定
		if t.ch[i] == '报' && t.ch[i-1] != '汇' && t.ch[i-1] != '上' && t.reviews(stretch{i, c.b}) {
			return r.reviewersAt(stretch{i, c.b})
		}
	}
	s := t.subjectAt(c)
	if s.empty() {
		return c.a
	}
	if r.content {
		r.flush()
	}
	if len(r.actors) == 0 || !t.sameActor(s, r.actors) {
		r.touch(c)
		r.actors = append(r.actors, t.actorList(s)...)
	}
	return s.b
}

// charged reads who stands at j behind 责成, 由 or 请.
func (r *stepReader) charged(c stretch, j int, word string) int {
	t := r.t
	if r.content || len(r.actors) > 0 && word == "由" && !r.reviewers {
		r.flush()
	}
	end := t.actorEnd(stretch{j, c.b})
	if end <= j {
		return j
	}
	if (word == "建议" || word == "要求") && !t.actorLike(t.lastPart(stretch{j, end})) { // 建议参考业界做法
		return j
	}
	r.touch(c)
	r.actors = append(r.actors, t.actorList(stretch{j, end})...)
	return end + leadEnds.at(t.ch, end, c.b)
}

func (t *text) sameActor(s stretch, actors []stretch) bool {
	for _, a := range actors {
		if t.folded(a) == t.folded(s) {
			return true
		}
	}
	return false
}

// reviews reports whether 报 is followed by a person who looks it over: 报常务副县长审定.
func (t *text) reviews(c stretch) bool {
	for i := c.a + 2; i < c.b; i++ {
		if v, ok := t.stepVerbAt(i, c.b); ok && v.kind == "REVIEW" {
			p, ok := t.person(stretch{c.a + 1, i})
			return ok && p.name.len() > 0 || officeEnds.before(t.ch, c.a+1, i) > 0
		}
	}
	return false
}

// reviewersAt reads 经县委常委、常务副县长郭强审核把关后. A body that approves (经市委常委会审议通过后) is a condition.
func (r *stepReader) reviewersAt(c stretch) int {
	t := r.t
	if r.content || len(r.actors) > 0 {
		r.flush()
	}
	for i := c.a + 1; i < c.b; i = t.past(i) {
		if conditionVerbs.at(t.ch, i, c.b) > 0 && i > c.a+1 && (t.bodyEnd(stretch{c.a + 1, i}) || t.ends(stretch{c.a + 1, i}, "会议")) {
			end := c.b
			if j := t.find(stretch{i, c.b}, "后"); j >= 0 {
				end = j + 1
			}
			r.condition = stretch{c.a + 1, end}
			return end
		}
		if v, ok := t.stepVerbAt(i, c.b); ok {
			if v.kind == "REVIEW" && i > c.a+1 {
				r.touch(c)
				r.actors = append(r.actors, t.actorList(stretch{c.a + 1, i})...)
			}
			return i
		}
	}
	r.touch(c)
	if p := t.actorList(stretch{c.a + 1, c.b}); len(p) > 0 {
		r.actors = append(r.actors, p...)
		r.reviewers = true
		return c.b
	}
	return c.a + 1
}

var conditionVerbs = newWords("审议 讨论通过 研究同意 审议通过 审议同意 批准 批复 通过 同意 研究 讨论 票决 表决")

// moreReviewers goes on with the list that 经 began in the clause before.
func (r *stepReader) moreReviewers(c stretch) int {
	t := r.t
	for i := c.a; i < c.b; i++ {
		if _, ok := t.stepVerbAt(i, c.b); ok {
			r.actors = append(r.actors, t.actorList(stretch{c.a, i})...)
			return i
		}
	}
	return c.a
}
