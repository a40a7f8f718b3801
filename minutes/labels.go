package minutes

import "slices"

// A label is the word before a colon that says what a line is: 出席：, 时间：, 主送：, 结论：.
type label struct {
	kind     labelKind
	capacity string // of attendance
	status   string // of attendance
	items    []int  // of attendance that is limited to some items: 列席第一至五议题：
	at       stretch
	end      int // behind the colon
}

type labelKind uint8

const (
	labelTime labelKind = iota + 1
	labelPlace
	labelChair
	labelAttendance
	labelTitle
	labelTopics
	labelOutcome
	labelPresenter
	labelTo
	labelCC
	labelOther // a label of something the record has no place for: it ends what stood before it
)

// labelWords are the words of labels, without 会议 before and 人员, 单位, 领导 behind.
var labelWords = func() map[string]label {
	m := map[string]label{}
	add := func(l label, list ...string) {
		for _, w := range list {
			r := []rune(w)
			for i := range r {
				r[i] = fold(r[i])
			}
			m[string(r)] = l
		}
	}
	present := func(capacity string) label {
		return label{kind: labelAttendance, capacity: capacity, status: "PRESENT"}
	}
	add(label{kind: labelTime}, "时间", "日期", "召开时间", "开会时间")
	add(label{kind: labelPlace}, "地点", "召开地点", "开会地点")
	add(label{kind: labelChair}, "主持", "主持人", "召集人", "主席", "轮值主持", "主持会议", "主持者")
	add(present("ATTENDING"), "出席", "出席人", "参加", "参会", "与会", "到会", "参加人", "参会人", "与会人", "出席者", "与会者", "参加者", "出席委员", "委员出席", "出席代表", "参加对象", "到会人", "委员", "到会委员")
	add(present("OBSERVING"), "列席", "固定列席", "列席人", "列席者", "全程列席", "列席代表", "列席官员", "旁听")
	add(present("INVITED"), "邀请列席", "应邀列席", "特邀列席", "邀请", "应邀", "应邀出席", "应邀参加", "特邀", "邀请参加", "邀请出席", "特邀嘉宾", "特邀代表")
	add(present("RECORDER"), "记录", "记录人", "纪录", "记录员", "记录整理", "书记员", "整理人", "速记")
	add(label{kind: labelAttendance, capacity: "ATTENDING", status: "EXCUSED"}, "请假", "因事请假", "请假人", "因公请假", "因病请假", "请假委员", "因故请假", "因公外出", "公出")
	add(label{kind: labelAttendance, capacity: "ATTENDING", status: "ABSENT"}, "缺席", "缺席人", "未出席", "未到会", "未参加", "缺席委员", "因故未到", "因故缺席", "未到")
	add(label{kind: labelTitle}, "会议名称", "名称", "会名", "会议主题")
	add(label{kind: labelTopics}, "议题", "议程", "主要议题", "本期会议议题", "会议内容", "主要内容")
	add(label{kind: labelOutcome}, "结论", "决议", "决定", "裁示", "裁决", "会议决议", "会议决定", "决议事项", "会议结论", "审议结果", "表决结果", "议定意见", "研究意见", "研究结果", "议定结果", "主席裁定", "裁示事项", "决议案", "审议意见", "会议意见", "主席裁示", "议决")
	add(label{kind: labelPresenter}, "汇报单位", "汇报部门", "汇报人", "报告单位", "报告人", "提案单位", "提请单位", "提交单位", "提出单位", "汇报", "提报单位", "提议部门", "主汇报人", "说明人", "提交部门", "主讲人", "发起人", "提案部门", "报告部门", "汇报同志", "汇报科室", "汇报处室", "申请部门", "申请单位", "提交科室", "提案人", "提案代表", "提案委员")
	add(label{kind: labelTo}, "主送", "发", "发至", "发送", "分送", "印发", "本期发", "主送机关", "此件发", "分发")
	add(label{kind: labelCC}, "抄送", "送", "抄", "抄报", "报", "报送", "呈报", "呈送", "抄送机关", "呈", "抄发")
	add(label{kind: labelOther}, "下次轮值主持", "下次会议主持", "下次主持", "下次会议时间", "议事内容", "主题", "应到", "实到", "应出席", "实际出席", "附件", "附", "签发", "审核", "校对", "打字", "核稿", "拟稿", "共印", "遗留事项", "遗留问题", "上期遗留问题", "遗留事项跟踪", "后续工作", "讨论", "报告事项", "讨论事项", "临时动议", "案由", "事由", "说明", "办法", "委员报告", "主任秘书", "专门委员", "秘书", "法律顾问", "会议性质", "责任单位", "牵头单位", "配合单位", "完成时限", "责任领导", "督办单位", "会议情况", "会议纪要", "议定事项", "会议议程", "会议过程", "会议形式", "散会")
	return m
}()

// labelsByFirst holds the words of labels by their first character, the longest first.
var labelsByFirst = func() map[rune][]labelEntry {
	m := map[rune][]labelEntry{}
	for w, l := range labelWords {
		r := []rune(w)
		m[r[0]] = append(m[r[0]], labelEntry{r, l})
	}
	for _, list := range m {
		slices.SortFunc(list, func(a, b labelEntry) int { return len(b.word) - len(a.word) })
	}
	return m
}()

type labelEntry struct {
	word  []rune
	label label
}

var (
	labelBefore = newWords("会议 大会 本次会议 本期 本期会议 本次")
	labelBehind = newWords("召集委员 此次会议 此次 本次会议 这次会议 的还有 的同志 的领导 的同志有 还有 今天会议 该次会议 会议 人员 人 领导 同志 单位 的有 的 有 名单 情况 市领导 县领导 区领导 部门 代表 成员 者 会议人员 委员 董事 监事 理事 股东 常委 人员名单 本次 议题 相关 机关 嘉宾 及 和")
)

const longestLabel = 12

// labelAt reads the label at the beginning of a line.
func (t *text) labelAt(i, limit int) (label, bool) {
	start := i
	for i < limit && (isLatin(t.ch[i]) || t.ch[i] == '〔') && i-start < 20 { // Participants 与会人：
		i++
	}
	if l, ok := t.numberedLabel(i, limit); ok {
		return l, true
	}
	if _, _, ok := t.markAt(start, limit); ok && t.ch[start] == '〔' {
		return label{}, false
	}
	if i >= limit || !isHan(t.ch[i]) {
		return label{}, false
	}
	for _, e := range labelsByFirst[t.ch[i]] {
		if n := len(e.word); n <= limit-i && slices.Equal(t.ch[i:i+n], e.word) {
			if l, ok := t.labelFrom(e.label, start, i+n, limit); ok {
				return l, true
			}
		}
	}
	if n := labelBefore.at(t.ch, i, limit); n > 0 {
		if l, ok := t.labelAt(i+n, limit); ok {
			l.at.a = start
			return l, true
		}
	}
	return label{}, false
}

// numberedLabel reads 三、主席：, as papers are headed whose parts are all numbered.
func (t *text) numberedLabel(i, limit int) (label, bool) {
	m, j, ok := mark{}, i, false
	if _, isNumeral := digitOf[t.ch[min(i, len(t.ch)-1)]]; isNumeral || i < limit && (unitOf[t.ch[i]] > 0 || t.ch[i] == '参') {
		m, j, ok = t.markAt(i, limit)
	}
	if !ok || m.style != han && m.style != section || j >= limit {
		return label{}, false
	}
	l, ok := t.labelAt(j, limit)
	if !ok || t.ch[l.end-1] != '：' {
		return label{}, false
	}
	switch l.kind {
	case labelTime, labelPlace, labelChair, labelAttendance:
		l.at.a = i
		return l, true
	}
	return label{}, false
}

// labelFrom reads what may stand between the word of a label and its colon.
func (t *text) labelFrom(l label, start, j, limit int) (label, bool) {
	word := j
	if l.kind == labelAttendance {
		if items, k := t.itemNumbers(j, limit); items != nil {
			l.items, j = items, k
		}
	}
	if l.kind != labelTo && l.kind != labelCC {
		j = labelBehind.run(t.ch, j, limit)
	}
	if j < limit && t.ch[j] == '（' && t.mate[j] > 0 && int(t.mate[j]) < limit {
		j = t.past(j)
	}
	closed := false // 【汇报人】
	if j < limit && t.ch[j] == '〕' {
		closed = t.ch[start] == '〔'
		j++
	}
	l.at = stretch{start, j}
	switch {
	case closed && (j >= limit || t.ch[j] != '：'):
		l.end = j
		return l, true
	case j < limit && t.ch[j] == '：':
		l.end = j + 1
		return l, true
	case l.kind == labelTo || l.kind == labelCC || l.kind == labelTopics || l.kind == labelOutcome || l.kind == labelPresenter || l.kind == labelOther:
		return label{}, false
	case j == limit && (j-start > 1) && (j < len(t.ch) && t.gap[j] >= line || j == len(t.ch)), j < limit && t.gap[j] >= wide && (j == word || l.kind == labelAttendance):
		l.end = j
		return l, true
	}
	return label{}, false
}

// itemNumbers reads 第一至五议题, 第1、3项议题, 议题二 and answers the positions.
func (t *text) itemNumbers(i, limit int) ([]int, int) {
	j := i
	if k := t.after(j, limit, "议题"); k >= 0 {
		if n, end := t.number(k, limit); n > 0 {
			return []int{n}, end
		}
	}
	var all []int
	ranged := false
	for more := true; more && j < limit; {
		if t.ch[j] == '第' {
			j++
		}
		n, k := t.number(j, min(limit, j+4))
		if n < 1 || n > 200 {
			break
		}
		for ranged && all[len(all)-1]+1 < n { // 第一至五: those between
			all = append(all, all[len(all)-1]+1)
		}
		all = append(all, n)
		j = t.pastItem(k, limit)
		if j, ranged, more = t.pastItemJoin(j, limit); !more {
			break
		}
	}
	if len(all) == 0 || !t.has(max(i, j-2), limit, "议题") && !t.has(max(i, j-1), limit, "项") {
		return nil, i
	}
	return all, j
}

// pastItem answers where 项议题 behind the number of an item ends.
func (t *text) pastItem(i, limit int) int {
	for _, w := range []string{"个议题", "项议题", "议题", "项", "个"} {
		if e := t.after(i, limit, w); e >= 0 {
			return e
		}
	}
	return i
}

// pastItemJoin answers where 、 or 至 ends that joins numbers of items, and whether it spans those between.
func (t *text) pastItemJoin(i, limit int) (end int, ranged, more bool) {
	if i >= limit {
		return i, false, false
	}
	switch t.ch[i] {
	case '至', '—', '-', '~':
		return i + 1, true, true
	case '、', '和', '及':
		return i + 1, false, true
	}
	return i, false, false
}
