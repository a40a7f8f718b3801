package minutes

// actorStops are words at which the name of an actor has ended: what it does, how, with whom.
var actorStops = newWords(`评审 发起 挂牌 督办 根据 按照 按 结合 依据 牵头 负责 会同 商 联合 进一步 继续 修改 完善 组织 作为 依规 依法 尽快 抓紧 认真 对 将 就 做好 抓好 印发 审核 审定 把关 把 及时 研究 制定 起草 拟定 落实 提交 提请 报 向
	以 再 统筹 具体 协调 办理 实施 推进 加快 加强 配合 协助 要 应 在 于 充分 并 会后 切实 全面 主动 积极 督促 指导 审签 会签 发布 公布 代表 与 和 、 共同 承担 承办 汇总 梳理 开展 聘请 先 另行 汇报 深入 细化 确保 明确 签订 核实 从 为主 挂牌 督办 约谈 通报 抄告 列出 抽调 派 代 提出 跟踪 监督 监管 建立 健全 逐 全程 严格 安排 给予 支付 收回
	划拨 拨付 解决 采取 上 下 等 同 制订 编制 复核 测算 争取 筹措 摸排 摸清 排查 完成 支持 邀请 履行 着手 通过 到 成立 参照 妥善 最终 适时 定期 一并 后续 按规定 统一 整合 出台 优化 补充 调整 修订 提供 发挥 扎实 持续 持 尽 高质量 迅速 立即 直接 牵总 不断 强化 委托 授权 引导 收集 梳理 发函 协商 对接 组建 召集 调度 加大 盘活 全力 运用 利用 依托 围绕 随时 单独 自行 逐步 逐一 用 专题 重新 沟通 衔接 出资 处理 处置 管理 维护 使用 建设 执行 确认 审查 审批 备案 签署 施工 承建 承接 汇同 参与 报送 上报 呈报 有序 形成 近期 召开 尽早 专程 依计划 依会议 依程序 依规定 依决议 依案 依原 依相关 依本 连夜 会后`)

// actorEnd answers where the name at the beginning of s ends: behind a body or an office and a name, before a word
// that tells what it does. Where no body ends before such a word, before the first of them.
func (t *text) actorEnd(s stretch) int {
	limit := min(s.b, s.a+80)
	if (actorStops.at(t.ch, s.a, limit) > 0 || modifiers.at(t.ch, s.a, limit) > 0) && !t.nameGoesOn(s.a, limit) {
		return s.a
	}
	first := -1
	for k := s.a + 1; k <= limit; k++ {
		if k < limit && actorStops.at(t.ch, k, limit) == 0 && (t.ch[k] != '于' || k+1 >= limit || !isDigit(t.ch[k+1])) {
			continue
		}
		if k == limit && limit < s.b {
			break
		}
		head := stretch{s.a, k}
		joins := k < limit && (t.ch[k] == '、' || t.ch[k] == '和' || t.ch[k] == '与' || t.ch[k] == '等' || t.joinsActor(k, limit))
		if k < limit && nounStops.at(t.ch, k, limit) > 0 && t.nameGoesOn(k, limit) {
			continue
		}
		if t.actorLike(t.lastPart(head)) && !joins {
			return k
		}
		if first < 0 && !joins {
			first = k
		}
	}
	if first > s.a {
		return first
	}
	return s.a
}

// nounStops are the stops that also stand in the names of bodies.
var nounStops = newWords("组织 宣传 建设 管理 服务 监督 监管 协调 指导 研究 审计 使用 执行 审批 处置 推进 应急 保障 维护 调度 汇总 监督管理 审查")

// nameGoesOn reports whether the word at k is part of the name of a body that ends a few characters on: 市住房城乡|建设局.
func (t *text) nameGoesOn(k, limit int) bool {
	for e := k + 2; e <= min(limit, k+6); e++ {
		switch t.ch[e-1] {
		case '局', '委', '厅', '办', '处', '院', '司', '课', '科', '部':
			return e == limit || t.ch[e] == '于' || actorStops.at(t.ch, e, limit) > 0 || t.joinsActor(e, limit)
		case '、', '，':
			return false
		}
	}
	return false
}

// joinsActor reports whether 会同, 商, 联合 at k is followed by another actor.
func (t *text) joinsActor(k, limit int) bool {
	for _, w := range actorJoins {
		j := t.after(k, limit, w)
		if j < 0 {
			continue
		}
		for e := j + 2; e < min(limit, j+20); e++ {
			if t.ch[e] == '、' || actorStops.at(t.ch, e, limit) > 0 && t.actorLike(stretch{j, e}) {
				return true
			}
		}
	}
	return false
}

// lastPart answers what stands behind the last 、 of s.
func (t *text) lastPart(s stretch) stretch {
	for i := s.b - 1; i >= s.a; i-- {
		if m := int(t.mate[i]); opened[t.ch[i]] != 0 && m >= s.a && m < i {
			i = m
			continue
		}
		if t.ch[i] == '、' {
			return stretch{i + 1, s.b}
		}
	}
	return s
}

// actorLike reports whether s can be who does something: a body, a group, an office or a person.
func (t *text) actorLike(s stretch) bool {
	if s.len() < 2 {
		return false
	}
	if t.bodyEnd(s) || t.ends(s, "财政") || addresseeEnds.before(t.ch, s.a, s.b) > 0 || officeEnds.before(t.ch, s.a, s.b) > 0 {
		return true
	}
	p, ok := t.person(s)
	return ok && (!p.title.empty() || !p.organization.empty() || t.nameScore(p.name) >= 5)
}

var actorJoins = []string{"会同", "联合", "汇同", "商", "同"}

// actorList parts 县生态环境分局商县自然资源局 and 县委常委、常务副县长郭强 into actors; a person loses the office.
func (t *text) actorList(s stretch) []stretch {
	s = t.trim(s)
	if s.empty() {
		return nil
	}
	if i, j := t.actorJoin(s); j > i {
		return append(t.actorList(stretch{s.a, i}), t.actorList(stretch{j, s.b})...)
	}
	if p, ok := t.person(s); ok && !p.name.empty() && (p.name == s || !p.title.empty() || !p.organization.empty()) && !t.bodyEnd(s) {
		return []stretch{p.name}
	}
	var all []stretch
	pending := false
	for _, part := range t.names(s) {
		for _, w := range []string{"等部门", "等单位", "等"} {
			if t.ends(part, w) && part.len() > len([]rune(w))+1 {
				part.b -= len([]rune(w))
				break
			}
		}
		if p, ok := t.person(part); ok && !t.bodyEnd(part) && (!p.title.empty() || !p.organization.empty() || t.nameScore(part) >= 5) {
			all, pending = append(all, p.name), false
			continue
		}
		if t.plainOffice(part) && part.len() < s.len() && !pending && t.officeBeforeName(part, s) {
			continue // 县委常委、常务副县长郭强
		}
		all = append(all, part)
	}
	return all
}

// actorJoin answers from where to where 会同 or 商 parts two bodies in s.
func (t *text) actorJoin(s stretch) (from, to int) {
	for i := s.a + 2; i < s.b-1; i++ {
		for _, w := range actorJoins {
			if j := t.after(i, s.b, w); j >= 0 && t.bodyEnd(stretch{s.a, i}) && t.bodyEnd(stretch{j, s.b}) {
				return i, j
			}
		}
	}
	return s.a, s.a
}

// officeBeforeName reports whether an office in a list belongs to the name that follows.
func (t *text) officeBeforeName(part, s stretch) bool {
	if part.b+1 >= s.b {
		return false
	}
	_, ok := t.person(stretch{part.b + 1, s.b})
	return ok
}

// subjectFollowers are words behind the subject of a duty.
var subjectFollowers = newWords(`做好 抓好 负责 牵头 进行 予以 施工 承办 审查 审签 认领 施工 承建 组织 抓紧 尽快 加强 根据 按照 会同 商 印发 进一步 继续 修改 完善 认真 及时 统筹 具体 落实 办理 推进 加快 配合 审核 审定 把关 汇总 制定 对 将 按程序 切实 积极 主动 依法 依规 严格 结合 履行 承担 全力 提供 开展 发布 公布 会后 以 牵头负责 审签 提请 提交 报 按 要 督促 指导 监督 跟踪 建立 完成 协调 作为 起草 研究 就 同步 一并 安排 核实 实施 支持 同`)

// subjectAt reads a body or person that begins a clause and has a duty in it.
func (t *text) subjectAt(c stretch) stretch {
	limit := min(c.b, c.a+60)
	if notSubject.at(t.ch, c.a, c.b) > 0 {
		return stretch{}
	}
	for k := c.a + 2; k < limit; k++ {
		if subjectFollowers.at(t.ch, k, c.b) == 0 && (t.ch[k] != '于' || k+1 >= c.b || !isDigit(t.ch[k+1])) {
			continue
		}
		head := stretch{c.a, k}
		if i := t.find(head, "由"); i > head.a && t.ch[i-1] != '自' && bodyEnds.before(t.ch, i+1, k) > 0 {
			return stretch{i + 1, k} // 村道硬化项目由桂森建筑公司施工
		}
		last := t.lastPart(head)
		if t.contains(head, "向") {
			break // 重大事项及时向市政府报告
		}
		if (t.bodyEnd(last) || addresseeEnds.before(t.ch, last.a, last.b) > 0) && !t.contains(head, "的") && !toldBreaks.in(t.ch, head.a, head.b) {
			return head
		}
		if p, ok := t.person(head); ok && (!p.title.empty() || p.name == head && t.nameScore(head) >= 5 && leadEnds.at(t.ch, k, c.b) > 0) {
			return head
		}
	}
	return stretch{}
}

// notSubject begin a clause that has no subject of its own.
var notSubject = newWords("送请 函请 移请 决定 同意 参考 根据 按照 按 结合 对 将 把 以 在 经 待 为 从 通过 要 确保 并 再 加强 推动 推进 修改 完善 提交 提请 报请 报 组织 做好 抓好 督促 指导 支持 协调 会同 依法 研究 建立 围绕 加快 积极 认真 统筹 及时 向 与 就 因 如 若 其 该 各项")

// nameClause reads 以市委办、政府办名义印发 at i.
func (t *text) nameClause(i, limit int) ([]stretch, int, bool) {
	if i >= limit || t.ch[i] != '以' {
		return nil, i, false
	}
	for j := i + 2; j < min(limit, i+40); j++ {
		end := -1
		for _, w := range []string{"名义", "的名义", "文件", "文件形式", "发文"} {
			if e := t.after(j, limit, w); e > end {
				end = e
			}
		}
		if end < 0 {
			continue
		}
		k := stepAdverbs.run(t.ch, end, limit)
		for k < limit && (t.ch[k] == '联' || t.ch[k] == '合' || t.ch[k] == '正' || t.ch[k] == '式' || t.ch[k] == '的' || t.ch[k] == '形') {
			k++
		}
		if v, ok := t.stepVerbAt(k, limit); ok && v.kind == "ISSUE" {
			end = v.at.b
		} else if t.ch[j] == '文' {
			continue
		}
		var names []stretch
		for _, n := range t.names(stretch{i + 1, j}) {
			if t.ends(n, "联合") {
				n.b -= 2
			}
			names = append(names, n)
		}
		return names, end, true
	}
	return nil, i, false
}

// reportTo reads 向县委作专题汇报 at i.
func (t *text) reportTo(i, limit int) (stretch, int, bool) {
	if i >= limit || t.ch[i] != '向' {
		return stretch{}, i, false
	}
	for j := i + 2; j < min(limit, i+40); j++ {
		for _, w := range []string{"汇报", "报告", "报备", "请示", "报送", "上报"} {
			end := t.after(j, limit, w)
			if end < 0 {
				continue
			}
			b := j
			for b > i+1 && reportAdverbs.before(t.ch, i+1, b) > 0 {
				b -= reportAdverbs.before(t.ch, i+1, b)
			}
			return stretch{i + 1, b}, end, b > i+2
		}
	}
	return stretch{}, i, false
}

var reportAdverbs = newWords("作 做 专题 进行 及时 书面 作出 详细 专门 再次 当面 主动")

// submitTarget reads the body behind 提交, up to what it is to do there.
func (t *text) submitTarget(verb stretch, limit int) (stretch, int) {
	a := verb.b
	if verb.len() == 2 && t.ch[verb.a] == '报' && !submitOnly.is(t.ch, verb.a, verb.b) || verb.len() > 2 && t.ch[verb.a] == '报' {
		a = verb.a + 1
	}
	if d, ok := t.dateAt(a, limit); ok { // 3月10日上午召开的常委会第十六次会议
		if j := t.find(stretch{d.at.b, min(limit, d.at.b+8)}, "的"); j > 0 {
			a = j + 1
		}
	}
	if a < limit && t.ch[a] == '或' { // 按程序上报或印发
		return stretch{}, a
	}
	for j := a; j < min(limit, a+50); j++ {
		if issuing.at(t.ch, j, limit) > 0 && j > a && t.bodyEnd(stretch{a, j}) { // 报区政府印发: that is a step of its own
			return stretch{a, j}, j
		}
		n := targetStops.at(t.ch, j, limit)
		if n == 0 {
			continue
		}
		if j == a { // 提请审议, nobody named
			return stretch{}, targetStops.run(t.ch, j, limit)
		}
		if t.has(j, limit, "研究院") || t.has(j, limit, "研究所") || t.has(j, limit, "研究室") {
			continue
		}
		end := targetStops.run(t.ch, j, limit)
		return t.trim(stretch{a, j}), end
	}
	return t.trim(stretch{a, min(limit, a+30)}), min(limit, a+30)
}

var issuing = newWords("印发 发布 公布 下发")

var submitOnly = newWords("报请 报送 报经 报批 报审 报备 报告")

var targetStops = newWords("办理 处理 参处 参办 研处 续办 审议 审定 审批 研究 批准 审核 审查 讨论 决定 决策 备案 同意 审阅 审示 批复 表决 备查 核准 核定 通过 审签 进行 后 专题研究 集体研究 审议决定 并 予以")

// conditionIn reads the condition within 提交市委常委会审议通过后: what the next step waits for.
func (t *text) conditionIn(target stretch, end, limit int) stretch {
	if target.empty() {
		return stretch{}
	}
	if t.ch[end-1] == '后' {
		return stretch{target.a, end}
	}
	if t.has(end, limit, "后") || t.has(end, limit, "通过后") {
		return stretch{target.a, min(limit, t.find(stretch{end, limit}, "后")+1)}
	}
	return stretch{}
}
