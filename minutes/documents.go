package minutes

import "strings"

// titles answers the titles of documents in s, as stretches within their marks 《》 or 「」. A title in a title is part
// of the outer one.
func (t *text) titles(s stretch) []stretch {
	var all []stretch
	for i := s.a; i < s.b; {
		if (t.ch[i] == '《' || t.ch[i] == '「') && int(t.mate[i]) > i && int(t.mate[i]) < s.b {
			if in := (stretch{i + 1, int(t.mate[i])}); !in.empty() {
				all = append(all, in)
			}
			i = int(t.mate[i]) + 1
			continue
		}
		i++
	}
	return all
}

// isShortFor reports whether a title is the short form of one of the full titles: 《行动计划》 of 《……2025行动计划》.
func (t *text) isShortFor(s stretch, full []stretch) bool {
	_, ok := t.fullFor(s, full)
	return ok
}

// fullFor answers the full title that s is the short form of: it ends in it, or has all its characters in order
// and is much longer.
func (t *text) fullFor(s stretch, full []stretch) (stretch, bool) {
	short := t.folded(s)
	for _, f := range full {
		long := bareTitle(t.folded(f))
		if f != s && strings.HasSuffix(long, bareTitle(short)) {
			return f, true
		}
	}
	for _, f := range full {
		if f != s && f.len() >= s.len()+4 && s.len() <= 10 && inOrder(short, t.folded(f)) {
			return f, true
		}
	}
	return stretch{}, false
}

// bareTitle is a title without the stage of the draft behind it: （送审稿）.
func bareTitle(title string) string {
	if strings.HasSuffix(title, "）") {
		if i := strings.LastIndex(title, "（"); i > 0 {
			return title[:i]
		}
	}
	return title
}

func inOrder(short, long string) bool {
	rest := []rune(short)
	for _, r := range long {
		if len(rest) > 0 && rest[0] == r {
			rest = rest[1:]
		}
	}
	return len(rest) == 0
}

// citing words stand before a work that is leaned on, not dealt with.
var citing = newWords("根据 按照 依据 依照 违反 贯彻 落实 遵照 参照 对照 围绕 贯彻落实 执行 以及国家 结合 严格执行 严格按照 认真落实 深入贯彻 深入贯彻落实 遵守 符合 制定的 抓好 修订")

// cited reports whether the title is of a work that is only cited.
func (t *text) cited(title stretch) bool {
	for _, w := range []string{"关于修订", "关于制定", "关于修改", "关于印发", "关于出台"} { // the paper is about that title
		if n := len([]rune(w)); title.a-1-n >= 0 && t.has(title.a-1-n, title.a, w) {
			return false
		}
	}
	return citing.before(t.ch, max(0, title.a-9), title.a-1) > 0
}

// addDocuments adds the documents that s puts before the meeting to those of the item.
func (r *reader) addDocuments(it *itemFacts, s stretch, role string) {
	t := r.t
	for _, d := range t.titles(s) {
		if t.cited(d) || d.len() < 2 || t.alias(d) || t.isQuoted(d) {
			continue
		}
		full := it.titles()
		if t.isShortFor(d, full) || it.has(t.folded(d)) {
			it.noteShort(t, d)
			continue
		}
		it.documents = append(it.documents, document{at: d, folded: t.folded(d), role: role})
	}
}

// alias reports whether a title only names the short form: （以下简称《报告》）.
func (t *text) alias(d stretch) bool {
	for _, w := range []string{"以下简称", "简称", "下称", "以下简称为"} {
		if n := len([]rune(w)); d.a-1-n >= 0 && t.has(d.a-1-n, d.a, w) {
			return true
		}
	}
	return false
}

// isQuoted reports whether 「」 holds a quotation and not a title; in Chinese of Taiwan it does both.
func (t *text) isQuoted(d stretch) bool {
	if t.ch[d.a-1] != '「' {
		return false
	}
	return documentEnds.before(t.ch, d.a, d.b) == 0 && t.ch[d.b-1] != '）'
}

var documentEnds = newWords(`案 法 条例 规则 办法 要点 计划 计画 规定 报告 草案 方案 细则 纲要 准则 章程 协议 预算 决算 书 表 意见 通知 须知 原则 标准 机制 规范 基准 议案 清单 规划 政策`)
