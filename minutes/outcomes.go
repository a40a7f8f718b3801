package minutes

import "strings"

// outcomeWords settle a matter, by the outcome they state. Longer words win, so 不予同意 is never 同意.
var outcomeWords = []struct {
	outcome string
	words   *words
}{
	{"APPROVED_IN_PRINCIPLE", newWords(`原则同意 原则通过 原则上同意 原则上通过 原则审议通过 原则性同意 原则性通过 原则赞同 原则批准 基本同意 基本通过 原则同意并通过 原则予以同意 原则予以通过 原则上予以通过 原则支持`)},
	{"APPROVED_AS_AMENDED", newWords(`修正通过 修改通过 修改后通过 经修改通过 修正后通过 照修正案通过 照审查意见通过`)},
	{"APPROVED", newWords(`同意 通过 审议通过 批准 核准 审定 一致同意 一致通过 表决通过 票决通过 全票通过 照案通过 准予 予以通过 予以同意 予以批准 赞同 照案 核定 审定通过 审定同意 通过并同意 无异议通过 准予备查 鼓掌通过 完全同意`)},
	{"NOTED", newWords(`备查 准予备查 洽悉 知悉 备悉 予以备查 同意备案 予以备案`)},
	{"POSTPONED", newWords(`暂缓 暂不 缓议 暂缓审议 暂缓研究 延期审议 推迟审议 另行研究 择期研究 择期再议 暂予保留 保留 留待下次 下次会议再议 延后 搁置 暂时搁置 暂予搁置 押后 押后再议 不决策 不做决策 不作决策 暂不决策 不作决定 暂不决定`)},
	{"REFERRED", newWords(`交付审查 移请 交由 送请 函请`)},
	{"RETURNED", newWords(`退回 发回 予以退回 退请`)},
	{"REJECTED", newWords(`不予同意 不同意 未通过 不予通过 不予 否决 不通过 未予通过 不予批准 不批准 原则不同意 不予受理`)},
}

// approvals are all words that settle a matter.
var approvals = func() *words {
	var all []string
	for _, o := range outcomeWords {
		for _, group := range o.words.byFirst {
			for _, w := range group {
				all = append(all, string(w))
			}
		}
	}
	return newWords(strings.Join(all, " "))
}()

// A verdict is a word that settles a matter, and where it stands.
type verdict struct {
	outcome string
	word    stretch
}

// notVerdict are words behind a verdict that make it a condition or a noun: 审议通过后, 同意的, 通过率.
var notVerdict = newWords("后 的 率 文件 与否 之后 之日 精神 情况 权 书")

// isCondition reports whether what stands behind a verdict makes it a condition or a noun; 后 of 后勤 does not.
func (t *text) isCondition(i, limit int) bool {
	if t.has(i, limit, "后勤") || t.has(i, limit, "后续") || t.has(i, limit, "后备") {
		return false
	}
	return notVerdict.at(t.ch, i, limit) > 0
}

// outcomeVerb reads the verdict that begins exactly at i.
func outcomeVerb(t *text, i, limit int) verdict {
	n := approvals.at(t.ch, i, limit)
	if n == 0 {
		return verdict{}
	}
	end := i + n
	if t.isCondition(end, limit) || t.countsVotes(end, limit) {
		return verdict{}
	}
	for _, o := range outcomeWords {
		if o.words.is(t.ch, i, end) {
			if o.outcome == "APPROVED" && t.has(i, limit, "通过") && !t.passes(end, limit) {
				return verdict{}
			}
			return verdict{o.outcome, stretch{i, end}}
		}
	}
	return verdict{}
}

// countsVotes reports whether 5票 stands at i: 同意5票 counts and settles nothing.
func (t *text) countsVotes(i, limit int) bool {
	n, k := t.number(i, limit)
	return n >= 0 && k < limit && (t.ch[k] == '票' || t.has(k, limit, "人同意"))
}

// passes reports whether 通过 is the verb of a decision (通过《……》, 通过了……) and not the preposition (通过强有力的督查).
func (t *text) passes(end, limit int) bool {
	if end >= limit {
		return true
	}
	switch t.ch[end] {
	case '了', '《', '「', '，', '。', '；', '该', '对':
		return true
	}
	return t.has(end, limit, "关于") || t.has(end, limit, "上述") || t.has(end, limit, "以下") || documentish.in(t.ch, end, limit)
}

var documentish = newWords("方案 规划 计划 意见 办法 报告 请示 清单 名单 草案 预算 决算 细则 制度 人选 议案 汇报 提交的 提出的 纲要 章程 申请 事项 修订稿 送审稿 会议记录 会议纪录 会议纪要 议程")

// before a verdict may stand: 会议, adverbs, 明确, 审议并.
var beforeVerdict = newWords(`会议 与会人员 与会同志 参会人员 全体 经 并 后 和 、 了 一致 表决 投票 无记名 举手 大家 委员 常委 研究 讨论 审议 审查 审核 听取 听取了 审阅 听取并 集体 汇报 决定 确定 明确 议定 认为 充分 认真
	会议研究 会议经 会议审议 会议决定 如下 依法 代表 班子成员 成员 现场 全票 以 还 再次 会议还 最后 最终 因此 为此 据此 鉴于此 会上 委员会 予以 ，`)

// outcomeAt reads the verdict of a clause: the word stands at its beginning, behind nothing but what may stand there.
func (t *text) outcomeAt(c stretch) verdict {
	i := c.a
	for i < c.b {
		if v := outcomeVerb(t, i, c.b); v.word.len() > 0 {
			return v
		}
		n := max(beforeVerdict.at(t.ch, i, c.b), adverbs.at(t.ch, i, c.b))
		if n == 0 {
			return verdict{}
		}
		i += n
	}
	return verdict{}
}

// refusal names the outcome of 会议决定，该政策暂不出台, whose verdict stands behind its object; OTHER where there is none.
func (t *text) refusal(s stretch) string {
	for i := s.a; i < s.b; i = t.past(i) {
		for _, o := range outcomeWords {
			if o.outcome != "POSTPONED" && o.outcome != "RETURNED" && o.outcome != "REJECTED" {
				continue
			}
			if n := o.words.at(t.ch, i, s.b); n > 1 && refusals.at(t.ch, i, s.b) > 0 {
				return o.outcome
			}
		}
	}
	return "OTHER"
}

var refusals = newWords("暂缓 暂不 缓议 延期审议 退回 不予 不予同意 不予通过 否决 择期再议 留待下次")

func outcomeStarts(t *text, c stretch) bool { return t.outcomeAt(c).word.len() > 0 }
