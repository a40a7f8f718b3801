package minutes

// addresseeEnds are words that the name of somebody who can be told to do something ends in, beyond those of bodies.
var addresseeEnds = newWords(`部门 单位 各地 地区 乡镇 镇街 街镇 街道 区镇 园区 同志 领导 领导干部 干部 成员 班子成员 负责人 负责同志 主要负责人 人员 企业 机构 学校 医院 各级 上下 各方 主体 群众 党员 职工 教师 代表 委员 专班 工作组
	领导小组 指挥部 党组织 各级党组织 牵头人 责任人 业主 股东 银行 国企 平台 各部 各科室 科室 处室 股室 各县 各区 各市 县区 市区 县市区 区县 市县 旗县 各镇 各乡 各村 村社 各公司 集团 党委 党组 支部 党支部 团队 小组 各组 班子 各位 大家 全市 全区 全县 全省 全州 全旗 全镇 全校 全局 全体 窗口 属地 责任方 承办人 条线 战线 各线 系统 局长 市长 县长 区长 镇长 书记 主任 校长 院长 经理 董事长 秘书长 部长 用人单位 高校 职能科室 政府 人民政府 机关 施工方 建设方 两级 各学院 学院 各基层 基层 网格员 员工 师生 志愿者 全体村民 全体居民`)

// modals tell: behind a subject they make an addressee of it.
var modals = newWords("要 须 必须 应当 应该 务必 需要 需进一步 要求 一定要 都要 也要 均要 还要 既要 更要 要进一步 应 要切实 负责 牵头 不得 必需 不要 要在 要以 要把 要将 均应 都应")

// notModal are words in which 要, 应, 须, 需 are no verbs of telling.
var notModal = newWords("要求 要素 要点 要件 要闻 要义 要领 要害 要职 要务 要案 要道 要塞 应急 应用 应对 应邀 应有 应收 应付 应聘 应届 应保 应救 应享 应检 应种 应收尽收 应保尽保 需求 须知 应税 应变 应答 应诉 应战 要情 要事 负责人 负责同志 负责制")

// beforeModal are characters that make another word of 要, 应, 需 behind them.
const beforeModal = "主重必纲首概摘只需相供响适反效对不紧险提简次"

// addressees answers who is told to do something in s: the subjects of 要, 应, 须, who is asked by 请, and who 牵头 or
// 负责.
func (t *text) addressees(s stretch) []stretch { return t.toldIn(s, true) }

// toldIn is addressees; asked says whether a demand stands before s, so that a group at its beginning is told without a
// modal.
func (t *text) toldIn(s stretch, asked bool) []stretch {
	var all []stretch
	seen := map[string]bool{}
	cs := t.clauses(s)
	for i := range cs {
		if len(all) > 100 {
			break
		}
		for _, a := range t.toldByClause(cs, i, asked) {
			if k := t.folded(a); !seen[k] {
				seen[k] = true
				all = append(all, a)
			}
		}
	}
	return all
}

// toldByClause answers who is told by clause i.
func (t *text) toldByClause(cs []stretch, i int, asked bool) []stretch {
	c := cs[i]
	c.a = addressedLead.run(t.ch, c.a, c.b)
	if j := t.after(c.a, c.b, "主席"); j >= 0 && t.has(j, c.b, "请") { // 主席請警務處……
		c.a = j
	}
	switch {
	case t.leads(c):
		return t.leadersOf(c)
	case t.has(c.a, c.b, "请"), t.has(c.a, c.b, "由"):
		return t.charged(stretch{c.a + 1, c.b})
	case t.has(c.a, c.b, "责成"):
		return t.charged(stretch{c.a + 2, c.b})
	case i > 0 && modals.at(t.ch, c.a, c.b) > 0 && !t.notTold(c.a, c.b) && t.ch[c.a] == '要':
		if before := cs[i-1]; before.len() < 60 && t.wholeSubject(before) && t.ch[before.b] == '，' {
			return t.parted(t.subjectOnly(before))
		}
		return nil
	}
	if subject := t.modalSubject(c); !subject.empty() {
		return t.parted(subject)
	}
	if i == 0 && asked {
		return t.parted(t.askedSubject(c))
	}
	return nil
}

// charged answers who stands behind 请, 由 and 责成.
func (t *text) charged(s stretch) []stretch {
	who := stretch{s.a, t.actorEnd(s)}
	for i := s.a + 2; i < min(who.b, s.a+longestSubject); i++ { // 请市发改委会同市财政局: the first is told
		if t.has(i, s.b, "会同") || t.has(i, s.b, "汇同") || t.has(i, s.b, "联合") {
			who.b = i
			return []stretch{who}
		}
	}
	if !who.empty() && t.told(who) {
		return t.parted(who)
	}
	return nil
}

// leadersOf reads 县委常委、常务副县长郭强牵头 and 由市发改委负责.
func (t *text) leadersOf(c stretch) []stretch {
	r := &stepReader{t: t, start: -1}
	r.lead(c)
	var told []stretch
	for _, a := range r.actors {
		if a.len() >= 2 && a.len() < 40 {
			told = append(told, a)
		}
	}
	return told
}

// addressedLead may stand before a subject.
var addressedLead = newWords("会后 同时 下一步 接下来 下步 今后 特别是 尤其是 最后 另外 此外 对此 为此 因此 因而 近期 当前 目前 会议要求 会议强调 强调 下阶段 希望 全国 并 ， ： 要求 随后 其中 春节前 节前 年底前 期间")

// longestSubject bounds the list of those told in one clause.
const longestSubject = 120

// modalSubject answers the subject of the first modal verb of a clause, or nothing.
func (t *text) modalSubject(c stretch) stretch {
	limit := min(c.b, c.a+longestSubject)
	for k := c.a + 2; k < limit; k = t.past(k) {
		if modals.at(t.ch, k, c.b) == 0 || t.notTold(k, c.b) {
			continue
		}
		s := stretch{c.a, k}
		for s.len() > 2 && subjectTail.before(t.ch, s.a, s.b) > 0 {
			s.b -= subjectTail.before(t.ch, s.a, s.b)
		}
		if i := t.find(s, "由"); i > s.a+1 && t.ch[i-1] != '自' && t.ch[i-1] != '理' { // 具体工作由防疫办负责……
			s.a = i + 1
		}
		if t.told(s) {
			return s
		}
		if t.ch[k] == '要' { // the first 要 is the verb of the clause
			return stretch{}
		}
	}
	return stretch{}
}

// askedSubject answers the group that a demand begins with where the modal is the 要求 before it: （会议要求）各级各部门
// 认真领会.
func (t *text) askedSubject(c stretch) stretch {
	for k := c.a + 2; k < min(c.b, c.a+30); k++ {
		if t.collectiveEnd(stretch{c.a, k}, c.b) {
			return stretch{c.a, k}
		}
		if head := (stretch{c.a, k}); subjectFollowers.at(t.ch, k, c.b) > 0 && (t.isCollective(head) || bodyEnds.before(t.ch, head.a, k) > 0) && t.told(head) {
			return stretch{c.a, k}
		}
	}
	return stretch{}
}

// collectiveEnd reports whether s is a list of groups (各级各部门、单位) that ends there: no mark or word goes on with it.
func (t *text) collectiveEnd(s stretch, limit int) bool {
	if t.ch[s.a] == '各' && s.len() <= 8 && s.b < limit && addresseeEnds.before(t.ch, s.a, s.b) > 0 { // 各党组坚持……
		return isHan(t.ch[s.b]) && addresseeEnds.before(t.ch, s.a, s.b+1) == 0 && t.told(s) && !endsName(t.ch[s.b]) && addresseeEnds.at(t.ch, s.b, limit) == 0 && bodyEnds.at(t.ch, s.b, limit) == 0
	}
	if !t.ends(s, "部门") && !t.ends(s, "单位") || s.b >= limit || !t.isCollective(stretch{s.a, min(s.b, s.a+6)}) || !t.told(s) {
		return false
	}
	return !endsName(t.ch[s.b])
}

// endsName reports whether a group's name goes on with r: 各部门和, 各单位负责人, 各部门主要领导.
func endsName(r rune) bool {
	switch r {
	case '、', '和', '及', '与', '的', '等', '以', '负', '主', '党', '一', '领', '班', '分', '在':
		return true
	}
	return false
}

// subjectTail may stand between a subject and its modal.
var subjectTail = newWords("都 也 均 还 既 又 更 就 则 同样 首先 一定 切实 进一步 同时 必 定")

// notTold reports whether 要, 应, 需 at k are part of another word.
func (t *text) notTold(k, limit int) bool {
	if notModal.at(t.ch, k, limit) > 0 {
		return true
	}
	if modals.at(t.ch, k, limit) == 1 && k > 0 {
		for _, r := range beforeModal {
			if t.ch[k-1] == r {
				return true
			}
		}
	}
	return false
}

// told reports whether s can be the subject of a demand: it ends as the name of a body or group does, and no word in
// it shows that it is something else.
func (t *text) told(s stretch) bool {
	if s.len() < 2 || s.len() > longestSubject || t.ch[s.b-1] == '的' || t.folded(s) == "政府" { // 政府要鼓励实业 tells nobody
		return false
	}
	if notTold.at(t.ch, s.a, s.b) > 0 && (s.len() < 3 || !t.bodyEnd(stretch{s.a, min(s.b, s.a+3)})) {
		return false
	}
	last := t.lastPart(s)
	if t.ch[last.b-1] == '）' && int(t.mate[last.b-1]) > last.a { // 各镇（街道）
		last.b = int(t.mate[last.b-1])
	}
	switch {
	case t.contains(last, "的") && addresseeEnds.before(t.ch, last.a, last.b) == 0:
		return false // 表决不过半的小区
	case addresseeEnds.before(t.ch, last.a, last.b) > 0, t.bodyEnd(last) && !weakEnds.is(t.ch, last.a, last.b):
		return !toldBreaks.in(t.ch, s.a, s.b)
	}
	p, ok := t.person(last)
	return ok && (!p.title.empty() || t.nameScore(last) >= 5 && last.len() <= 3)
}

var weakEnds = newWords("驻村 驻镇 驻点 全部 内部 大部 干部 外部 局部 一部 幸福院")

// notTold begin a phrase that is no subject.
var notTold = newWords("从 对 在 为了 把 将 以 通过 按照 根据 围绕 针对 对于 当前 今年 每 让 使 确保 加强 推动 推进 坚持 做好 抓好 强化 要 不 就 如 若 既 但 而 向 与 由于 因 这 那 它 我们 他们 其 凡 着力 加快 持续 切实 充分 深入 积极 认真 严格 督促 指导 协调 支持 帮助 引导 鼓励 组织 争取 联合 提醒 依托 发挥 严禁 防止 避免 利用 主动 落实 建立 健全 完善 优化 聚焦 聚力 紧盯 贯彻 增强 提高 提升 压实 深化 牢固 全力 保障 做到 打造 形成 营造 拓展 统筹 细化 明确 重点 科学 各项 一要 紧紧 抢抓 大力 扎实 不断 全面 进一步 尽快 抓紧 及时 务必 我市 我县 我区 我省 我局 我校 我州 这项 该 此项 此 上述")

// toldBreaks are words that no subject holds: verbs that show a clause instead.
var toldBreaks = newWords("按照 通过 结合 根据 加强 推进 推动 确保 做好 落实 开展 是 了 已 将 把 并 进行 关系 强调 指出 涉及到 影响 服务好 提供 用于 属于 位于 列入 纳入 完成 推送 提交至")

// wholeSubject reports whether a clause is nothing but a subject, whose 要 stands in the next: 建设项目行业主管部门，要…….
func (t *text) wholeSubject(c stretch) bool { return t.told(t.subjectOnly(c)) }

func (t *text) subjectOnly(c stretch) stretch {
	c.a = addressedLead.run(t.ch, c.a, c.b)
	if t.ch[c.a] == '由' || t.ch[c.a] == '请' {
		c.a++
	}
	return c
}

// parted cuts a subject into those it names. 发展改革、统计等部门 is one string; 各区镇、街道和各部门 are three.
func (t *text) parted(s stretch) []stretch {
	if n := t.closingGroup(s); n > 0 {
		if all := t.bodiesOfGroup(s, n); all != nil {
			return all
		}
	}
	if t.counted(s) {
		return []stretch{s}
	}
	var all []stretch
	for _, part := range t.names(s) {
		all = append(all, t.personless(part))
	}
	return all
}

// counted reports whether s counts at its end what it names by short names: 槐荫、柳浪、枕河三个试点社区.
func (t *text) counted(s stretch) bool {
	parts := t.split(s, "、")
	if len(parts) < 2 || t.bodyEnd(parts[0]) {
		return false
	}
	last := parts[len(parts)-1]
	for i := last.a + 1; i < last.b-1; i++ {
		if t.ch[i] == '个' && isNumeral(t.ch[i-1]) {
			return true
		}
	}
	return false
}

// personless takes the office off a person: 副县长张克孟 is 张克孟.
func (t *text) personless(s stretch) stretch {
	if t.ends(s, "同志") && !t.ends(s, "负责同志") {
		s.b -= 2
	}
	if p, ok := t.person(s); ok && !t.bodyEnd(s) && !p.title.empty() && t.nameScore(p.name) >= 3 {
		return p.name
	}
	return s
}

// closingGroup answers the length of 等部门, 等相关职能部门 at the end of s, or 0.
func (t *text) closingGroup(s stretch) int {
	for i := s.b - 1; i > s.a && s.b-i < 12; i-- {
		if t.ch[i] == '等' {
			return s.b - i
		}
	}
	return 0
}

// bodiesOfGroup reads 清泉镇和发展改革、财政等部门: what stands before 和 with a name of its own is apart; bodies that
// are all named in full (区交通运输局、莲洲镇等单位) are named one by one; short names of departments stay with 等部门.
func (t *text) bodiesOfGroup(s stretch, n int) []stretch {
	list := stretch{s.a, s.b - n}
	parts := t.names(list)
	full := len(parts) > 0
	for _, p := range parts {
		full = full && (t.bodyEnd(p) || t.isCollective(p)) && p.len() > 2
	}
	if full {
		return parts
	}
	for i := list.a + 2; i < list.b-1; i++ {
		if (t.ch[i] == '和' || t.ch[i] == '及') && t.bodyEnd(stretch{list.a, i}) && !t.contains(stretch{list.a, i}, "、") {
			return []stretch{{list.a, i}, {i + 1, s.b}}
		}
	}
	return []stretch{s}
}
