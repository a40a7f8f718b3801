package minutes

import "strings"

// sourceLines cuts the source at line breaks and sorts its lines: those of the paper itself and those that the page
// around it brought (navigation, index tables, footers). Page marks are dropped altogether.
func sourceLines(src []rune) (paper, around []stretch) {
	from := 0
	for i := 0; i <= len(src); i++ {
		if i < len(src) && src[i] != '\n' && src[i] != '\r' && src[i] != '\f' && src[i] != '\v' && src[i] != 0x2028 && src[i] != 0x2029 {
			continue
		}
		l := stretch{from, i}
		from = i + 1
		switch head, body := foldedLine(src, l); {
		case body == 0 || isPageMark(head, body):
		case isAround(head, body):
			around = append(around, l)
		default:
			paper = append(paper, l)
		}
	}
	return withoutFooter(src, paper, around)
}

// withoutFooter moves the lines behind the first line of a page's footer to those around the paper, provided that
// nothing of a paper follows.
func withoutFooter(src []rune, paper, around []stretch) (p, a []stretch) {
	footer := -1
	for _, l := range around {
		if head, n := foldedLine(src, l); n < 200 && hasAny(head, footerWords...) {
			footer = l.a
			break
		}
	}
	cut := len(paper)
	for cut > 0 && footer >= 0 && paper[cut-1].a > footer {
		if head, n := foldedLine(src, paper[cut-1]); n > 40 || hasAny(head, paperWords...) {
			return paper, around
		}
		cut--
	}
	return paper[:cut], append(around, paper[cut:]...)
}

var (
	footerWords = []string{"扫一扫", "关联稿件", "主办：", "主办单位", "网站标识码", "版权所有", "ICP备", "相关链接", "友情链接", "上一篇", "国家各网站", "公网安备"}
	paperWords  = []string{"会议", "纪要", "出席", "列席", "主送", "抄送", "记录", "一、", "印发", "整理"}
)

// lineHead is how much of a line is looked at to see what kind of line it is.
const lineHead = 600

// foldedLine answers the beginning of a line folded and without blanks, and the length of all of it.
func foldedLine(src []rune, l stretch) (string, int) {
	var b strings.Builder
	n := 0
	for _, r := range src[l.a:l.b] {
		if isBlank(r) {
			continue
		}
		if n++; n <= lineHead {
			b.WriteRune(fold(r))
		}
	}
	return b.String(), n
}

// isPageMark reports whether a folded line only numbers a page: — 3 —, - 3 -, 第3页, 第3页共9页.
func isPageMark(s string, n int) bool {
	if n > 16 {
		return false
	}
	if rest, ok := strings.CutPrefix(s, "第"); ok && strings.Contains(rest, "页") {
		return strings.Trim(rest, "0123456789页共第，/") == ""
	}
	if strings.HasPrefix(s, "—") || strings.HasPrefix(s, "-") {
		return strings.Trim(s, "—-0123456789") == ""
	}
	return false
}

// aroundStarts are beginnings, aroundParts are pieces of lines that belong to the page and not to the paper.
var (
	aroundStarts = []string{
		"〔list〕", "〔TABLE〕", "〔table〕", "〔image〕", "〔form〕", "〔link〕", "索引号", "关键词：", "发布机构", "发文机关：", "公开目录", "公开方式", "公开形式", "公开时限",
		"公开范围", "公开责任", "生成日期", "成文日期：", "发布日期", "发布时间", "发文日期：", "有效性", "是否有效", "信息来源", "信息分类", "信息名称",
		"来源：", "作者：", "浏览次数", "浏览量", "点击数", "点击量", "阅读次数", "访问量", "字体", "字号：", "文字大小", "标题：", "URL：", "http", "抓取时间", "文种：", "主题词", "主题分类",
		"体裁分类", "组配分类", "索取号", "名称：", "废止日期", "效力状态", "责任编辑", "编辑：", "打印", "分享", "文号：", "发文字号", "信息索引", "内容概述",
		"主办：", "主办单位", "承办：", "承办单位", "技术支持", "版权所有", "地址：", "邮编：", "联系电话", "网站", "本网站", "扫一扫", "关联稿件", "相关链接", "相关稿件",
		"相关附件", "上一篇", "下一篇", "上一条", "下一条", "您现在的位置", "您的位置", "当前位置", "首页", "返回顶部", "关闭窗口", "关闭", "打印本页", "收藏", "保护视力色", "国家各网站", "其他链接", "友情链接",
		"媒体报道：", "文章播报", "语音播报", "文章朗读", "记者：", "通讯员：", "撰稿：", "供稿：", "文/图", "摄影：", "证券代码", "证券简称", "公告编号", "股票代码", "债券代码", "会议链接", "导航", "回到顶部", "返回首页", "相关文章", "更新时间", "发布日期", "字体：", "浏览：", "浏览次数",
	}
	aroundParts = []string{"ICP备", "公网安备", "网站标识码", "版权所有", "在手机打开", "不良信息举报", "联系我们", "网站地图", "IPv6访问", "浏览器版本"}
)

func isAround(s string, n int) bool {
	if b := strings.TrimLeft(s, "（〔"); n < 60 && len(b) < len(s) && isAround(b, n) { // （来源：……）, 【责任编辑：……】
		return true
	}
	for _, w := range aroundStarts {
		if strings.HasPrefix(s, w) && (n < 120 || w[0] == 0xe3 || strings.HasPrefix(w, "〔")) {
			return true
		}
	}
	if n >= lineHead || n > 200 && strings.Contains(s, "会议") {
		return false
	}
	for _, w := range aroundParts {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// lines cuts a text at its line breaks.
func (t *text) lines() []stretch {
	var all []stretch
	from := 0
	for i := 1; i <= len(t.ch); i++ {
		if i == len(t.ch) || t.gap[i] >= line {
			all = append(all, stretch{from, i})
			from = i
		}
	}
	return all
}

// wholeLabels rejoins a label whose characters stand on lines of their own (出⏎席：黄国杰), as converters break lists
// that were justified.
func (t *text) wholeLabels(lines []stretch) []stretch {
	all := lines[:0:0]
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		if l.len() <= 3 && i+1 < len(lines) && isHan(t.ch[l.a]) {
			if lab, ok := t.labelAt(l.a, min(len(t.ch), l.a+longestLabel)); ok && lab.end > l.b && t.ch[lab.end-1] == '：' {
				for i+1 < len(lines) && lines[i].b < lab.end {
					i++
				}
				l.b = lines[i].b
			}
		}
		all = append(all, l)
	}
	return all
}

// displayWidth answers how wide a line is in the source, in half-width columns, its indent left out.
func (t *text) displayWidth(l stretch) int {
	n := 0
	for _, r := range t.src[t.pos[l.a] : t.pos[l.b-1]+1] {
		if r < 0x2e80 && r != '“' && r != '”' && r != '—' && r != '…' {
			n++
		} else {
			n += 2
		}
	}
	return n
}

// wrapWidth answers the width at which the lines of a text were broken, or 0 where each line is a paragraph.
func (t *text) wrapWidth(lines []stretch) int {
	const shortest, longest, slack = 30, 124, 8
	count := make([]int, longest+4)
	long := 0
	for _, l := range lines {
		if n := t.displayWidth(l); n >= shortest && n < len(count) {
			count[n]++
			long++
		} else if n >= len(count) {
			return 0
		}
	}
	best, width := 0, 0
	for w := shortest + slack; w < len(count); w++ {
		sum := 0
		for i := w - slack; i <= w; i++ {
			sum += count[i]
		}
		if sum > best {
			best, width = sum, w
		}
	}
	if best < 4 || best*2 < long {
		return 0
	}
	return width
}

// paragraphs rejoins lines that were broken in the middle of a sentence, and parts those in which one item follows
// the other.
func (t *text) paragraphs() []stretch {
	lines := t.wholeLabels(t.lines())
	width := t.wrapWidth(lines)
	indents := t.indentsParagraphs(lines)
	var all []stretch
	for i, l := range lines {
		if n := len(all) - 1; n >= 0 && t.continues(all[n], lines, i, width, indents) {
			all[n].b = l.b
			continue
		}
		all = append(all, l)
	}
	return t.partItems(all)
}

// longestJoin bounds the paragraph that an unclosed bracket may hold together.
const longestJoin = 2000

// continues reports whether line i goes on with the paragraph before it.
func (t *text) continues(para stretch, lines []stretch, i, width int, indents bool) bool {
	l, before := lines[i], lines[i-1]
	if t.insideBracket(before) && para.len() < longestJoin {
		return true
	}
	if t.structural(l) {
		return false
	}
	switch t.ch[l.a-1] {
	case '。', '！', '？', '；', '：':
		return false
	case '，', '、':
		return true
	}
	switch {
	case t.endsParagraph(before):
		return false
	case indents && t.indent(l.a) >= 2:
		return false
	case i < headlinesWithin && (t.isNewsHeadline(before) || t.pastDateline(l) > l.a):
		return false
	case width > 0 && indents:
		return t.displayWidth(before)*10 >= width*6
	case width > 0:
		chars := int(t.pos[before.b-1]-t.pos[before.a]) + 1 // some writers count characters, whatever their width
		return t.displayWidth(before)*10 >= width*8 || chars*20 >= width*9
	}
	return t.goesOnUnwrapped(para, lines, i)
}

// endsParagraph reports whether nothing goes on with a line: a title, a date, a line of the foot.
func (t *text) endsParagraph(l stretch) bool {
	if t.isTitleLine(l) || t.isFootLine(l) {
		return true
	}
	if _, dated := t.dateLine(l); dated {
		return true
	}
	_, ok := t.issuerAndDate(l)
	return ok
}

// goesOnUnwrapped is continues where the lines of the text were not broken at one width.
func (t *text) goesOnUnwrapped(para stretch, lines []stretch, i int) bool {
	l, before := lines[i], lines[i-1]
	if strings.ContainsRune("，。；、）》”", t.ch[l.a]) && t.mate[l.a] < int32(l.a) {
		return true
	}
	if _, _, ok := t.markAt(para.a, para.b); ok && !strings.ContainsRune(t.folded(stretch{para.a, min(para.b, para.a+200)}), '。') {
		short := l.len() < 25 && !strings.ContainsRune(t.folded(l), '。')
		return short && before.len() >= 15 && i+1 < len(lines) && t.structural(lines[i+1]) && !t.ends(before, "报") && !t.ends(before, "项")
	}
	if _, dated := t.dateAt(l.a, l.b); dated && !t.contains(before, "，") && !t.contains(before, "。") {
		return false // the first sentence of news, below its headline
	}
	return before.len() >= 18 && !t.structural(before)
}

// indentsParagraphs reports whether some lines are indented and most are not, so that an indent begins a paragraph.
func (t *text) indentsParagraphs(lines []stretch) bool {
	indented := 0
	for _, l := range lines {
		if t.indent(l.a) >= 2 {
			indented++
		}
	}
	return indented > 1 && indented*10 < len(lines)*8
}

// isTitleLine reports whether a line is the title of the paper: ……会议纪要, ……會議紀錄.
func (t *text) isTitleLine(l stretch) bool {
	if t.ch[l.b-1] == '）' && int(t.mate[l.b-1]) > l.a {
		l.b = int(t.mate[l.b-1])
	}
	if l.len() > 60 || t.contains(l, "，") || t.contains(l, "。") {
		return false
	}
	return t.ends(l, "纪要") || t.ends(l, "记录") || t.ends(l, "纪录") || t.ends(l, "议事录") || t.ends(l, "文件")
}

// headlinesWithin is how many lines may stand before the first sentence of news.
const headlinesWithin = 30

// isNewsHeadline reports whether a line is the headline of news of a meeting: 李旭主持召开区政府第63次常务会议.
func (t *text) isNewsHeadline(l stretch) bool {
	if l.len() < 8 || l.len() > longestHeadline || t.contains(l, "，") || t.contains(l, "。") || len(t.dates(l)) > 0 {
		return false
	}
	held := t.contains(l, "召开") || t.contains(l, "举行") || t.contains(l, "主持")
	return held && (t.ends(l, "会议") || t.ends(l, "会") || t.ends(l, "召开") || t.ends(l, "举行")) || t.ends(l, "会议决议公告") || t.ends(l, "有限公司")
}

// insideBracket reports whether a title or bracket opened in s is still open at its end.
func (t *text) insideBracket(s stretch) bool {
	from := max(s.a, s.b-longestBracket)
	for i := s.b - 1; i >= from; i-- {
		switch t.ch[i] {
		case '《', '（', '「':
			if int(t.mate[i]) >= s.b {
				return true
			}
		}
	}
	return false
}

// structural reports whether a line begins a part of the paper of its own, whatever stood before it.
func (t *text) structural(l stretch) bool {
	if _, _, ok := t.markAt(l.a, l.b); ok {
		return true
	}
	if _, ok := t.labelAt(l.a, l.b); ok {
		return true
	}
	if t.meetingVerb(l) || t.isFootLine(l) {
		return true
	}
	if _, ok := t.issuerAndDate(l); ok {
		return true
	}
	_, ok := t.dateLine(l)
	return ok
}
