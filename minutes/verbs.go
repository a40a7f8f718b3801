package minutes

import "strings"

// The verbs of the genre. What a meeting does with a matter (审议, 听取, 学习), how it settles it (原则同意, 暂缓) and how
// it speaks (强调, 要求, 指出) are closed lists in the practice of official minutes; what is done afterwards is not, and
// is recognised by its place in the sentence where the word itself is unknown.

// adverbs may stand between 会议 and its verb.
var adverbs = newWords(`还 又 并 继续 进一步 专题 集中 集体 组织 书面 认真 共同 重点 分别 依次 首先 最后 随后 同时 现场 前置 第一议题 第一议题： 及时 逐项 逐条 再次
	一并 深入 全文 了 上 一致 先后 传阅 专门 会前 具体 充分 仔细 一起 也 再 快速 逐一 视频 原原本本`)

// itemVerbs take up a matter, in the order in which the first that is among joined verbs names the kind.
var itemVerbs = []struct {
	kind  string
	verbs *words
}{
	{"DELIBERATE", newWords("审议 审定 审核 审查 审阅 评审 议审")},
	{"HEAR_REPORT", newWords("听取 听汇报 听 书面听取")},
	{"STUDY", newWords("学习 传达学习 学习传达 学习贯彻 观看 领学")},
	{"CONVEY", newWords("传达 通报 宣读 传达贯彻 宣布")},
	{"DISCUSS", newWords("讨论 研究 商讨 会商 商议 研究讨论 审酌 协商 研判")},
}

var matterVerbs = newWords(`审议 审定 审核 审查 审阅 评审 听取 听 学习 观看 领学 传达 通报 宣读 宣布 讨论 研究 商讨 会商 商议 协商 部署 安排
	安排部署 分析 研判 协调 贯彻 汇报 交流 总结 动员 表决 票决 调度`)

// openingVerbs are those that open an item by themselves.
var openingVerbs = newWords(`审议 审定 审核 审查 审阅 评审 听取 学习 观看 领学 传达 通报 宣读 讨论 研究 商讨 会商 协商 表决 票决 分析 部署 调度`)

// saying verbs, by what follows them. pointing opens an observation, demanding a demand, settling a decision.
var (
	pointing  = newWords("指出 认为 强调指出 表示 肯定 分析 充分肯定 听取后认为 研究认为 讨论认为 审议认为")
	demanding = newWords("强调 要求 提出 提出要求 希望 号召 提出以下要求 提出如下要求 指出并要求 强调并要求 部署 建议")
	settling  = newWords("明确 确定 决定 议定 研究决定 讨论决定 研究确定 研究议定 审议决定 商定 研究明确 讨论议定 形成如下意见 形成以下意见 议定如下 达成一致意见 达成共识 达成以下共识 原则确定 商议决定 一致决定 一致认为")
)

// meetingVerb reports whether s begins with 会议 and a verb of the genre.
func (t *text) meetingVerb(s stretch) bool {
	i := t.after(s.a, s.b, "会议")
	if i < 0 {
		if i = t.after(s.a, s.b, "与会"); i < 0 {
			return false
		}
	}
	limit := min(s.b, i+16)
	i = adverbs.run(t.ch, i, limit)
	for _, w := range []*words{matterVerbs, pointing, demanding, settling, approvals} {
		if w.at(t.ch, i, limit) > 0 {
			return true
		}
	}
	return outcomeVerb(t, i, limit).word.len() > 0
}

// matter is the opening of an item in a clause: 会议听取并审议了.
type matter struct {
	verb   stretch // from the first verb to the last, without 会议
	object int     // where its object begins, behind 了
	kind   string
	topic  bool // whether the object stands before the verb: 就……进行了研究
}

// matterAt reads the opening of an item at i: 会议 (which may be left out where bare), adverbs, one or more verbs.
func (t *text) matterAt(s stretch, bare bool) (matter, bool) {
	start := t.after(s.a, s.b, "会议")
	if start < 0 {
		if start = s.a; !bare {
			return matter{}, false
		}
	}
	if m, ok := t.topicMatter(adverbs.run(t.ch, start, s.b), s.b); ok {
		return m, true
	}
	verb := t.joinedVerbs(start, s.b)
	if verb.empty() || settling.at(t.ch, verb.a, s.b) > 0 || pointing.at(t.ch, verb.a, s.b) > 0 || notMatter.at(t.ch, verb.b, s.b) > 0 {
		return matter{}, false
	}
	m := matter{verb: verb, object: verb.b}
	if t.has(verb.b, s.b, "了") {
		m.object++
	}
	for j := start; j < verb.a; { // 组织学习: the title begins at the verb's adverb where that is an adverb of manner
		if mannerAdverbs.at(t.ch, j, verb.a) > 0 {
			m.verb.a = j
			break
		}
		j += max(adverbs.at(t.ch, j, verb.a), 1)
	}
	m.kind = t.kindOf(m.verb)
	return m, true
}

// topicMatter reads 就防汛工作进行了专题研究 at i.
func (t *text) topicMatter(i, limit int) (matter, bool) {
	if topicWords.at(t.ch, i, limit) == 0 {
		return matter{}, false
	}
	for j := i + 3; j < min(limit, i+longestHeading) && (!isBreak(t.ch[j]) || t.ch[j] == '、'); j = t.past(j) {
		n := lightPast.at(t.ch, j, limit)
		if n == 0 {
			continue
		}
		verb := stretch{topicAdverbs.run(t.ch, j+n, limit), 0}
		verb.b = topicVerbs.run(t.ch, verb.a, limit)
		if verb.len() > 1 && (verb.b >= limit || isBreak(t.ch[verb.b])) && !t.isVague(stretch{i + 1, min(j, i+7)}) {
			return matter{verb: stretch{i, verb.b}, object: i + 1, kind: t.kindOf(verb), topic: true}, true
		}
	}
	return matter{}, false
}

var (
	topicWords   = newWords("就 对 针对 围绕")
	lightPast    = newWords("进行了 作了 做了 开展了 展开了 作出了 做出了")
	topicAdverbs = newWords("认真 深入 充分 专题 专门 全面 具体 详细 集体 再次 逐一 逐项 热烈 细致 统一")
	topicVerbs   = newWords("研究 讨论 审议 商议 协商 会商 部署 安排 安排部署 分析 研判 和 、 并 研讨 商讨 议定 再部署 再安排 学习")
)

// toldMatter reads a matter that somebody present brought before the meeting, or those present took up, in the first
// clauses of s: 金国杰副校长通报了……. It answers the matter, the clause, and who brought it.
func (t *text) toldMatter(s stretch) (m matter, clause, who stretch, ok bool) {
	for i, c := range t.clauses(t.sentences(s)[0]) {
		if i > 2 || t.has(c.a, c.b, "会议") {
			break
		}
		a := leadIn.run(t.ch, c.a, c.b)
		if m, ok := t.matterAt(stretch{a, c.b}, true); ok && (a > c.a || i > 0 && m.topic) && m.verb.a < a+5 {
			return m, c, stretch{}, true
		}
		for k := a + 2; k < min(c.b, a+longestSpeaker); k++ {
			n := tellingVerbs.at(t.ch, k, c.b)
			if n == 0 {
				continue
			}
			if p, ok := t.person(stretch{a, k}); !ok || p.title.empty() && t.nameScore(p.name) < 5 {
				break
			}
			v := stretch{k, k + n}
			return matter{verb: v, object: v.b, kind: t.kindOf(v)}, c, stretch{a, k}, true
		}
	}
	return matter{}, stretch{}, stretch{}, false
}

// tellingVerbs bring a matter before the meeting.
var tellingVerbs = newWords("介绍 汇报 通报 报告 说明 解读 传达 宣读 领学 介绍了 汇报了 通报了 报告了 说明了 解读了 传达了 宣读了")

// notMatter behind verbs makes them something else than the opening of an item: 研究决定, 学习小组.
var notMatter = newWords("决定 认为 确定 议定 明确 指出 同志 室 院 会 小组 中心")

// joinedVerbs reads verbs behind adverbs: 听取并审议. The first must be able to open an item. 研究 is both an adverb before
// another verb and a verb of its own.
func (t *text) joinedVerbs(start, limit int) stretch {
	verb := stretch{start, start}
	for j := start; j < limit && j-start < 24; {
		if n := matterVerbs.at(t.ch, j, limit); n > 0 {
			if verb.empty() {
				if openingVerbs.at(t.ch, j, limit) == 0 {
					return stretch{}
				}
				verb.a = j
			}
			j += n
			verb.b = j
			continue
		}
		n := adverbs.at(t.ch, j, limit)
		if !verb.empty() && n == 0 && strings.ContainsRune("、和并", t.ch[j]) && matterVerbs.at(t.ch, adverbs.run(t.ch, j+1, limit), limit) > 0 {
			n = 1
		}
		if n == 0 || !verb.empty() && strings.ContainsRune("就对以", t.ch[j]) {
			break
		}
		j += n
	}
	return verb
}

var mannerAdverbs = newWords("集中 组织 专题 书面 集体 研究 传阅")

// kindOf names the kind of the verbs in s by the order of itemVerbs.
func (t *text) kindOf(s stretch) string {
	for _, k := range itemVerbs {
		if k.verbs.in(t.ch, s.a, s.b) {
			return k.kind
		}
	}
	return "OTHER"
}
