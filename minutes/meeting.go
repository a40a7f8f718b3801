package minutes

import "strings"

// A sitting is what a phrase such as 十九届县政府第97次常务会议 says: whose meeting, of which kind, which one.
type sitting struct {
	body, series        stretch
	place               stretch // 县 of 县第十七届人民政府, apart from the body behind the term
	ordinal, term, year *int
	ordinalAt, termAt   stretch
	yearAt              stretch
	end                 int
}

// sittingEnds are the words with which the kind of a meeting ends.
var sittingEnds = newWords("会议 临时会 定期会 例会 办公会 常务会 专题会 现场会 协调会 推进会 调度会 党组会 党委会 全会 全体会 联席会 座谈会 务虚会 碰头会 常会 院会 大会 扩大会 分析会 部署会 办公例会 主席会 主任会 理事会 董事会 监事会 班子会 支委会 党员会 代表会 议事会 评审会 论证会 审议会 学习会 会商会 工作会 谈话会 协商会 动员会 村委会 扩大会议")

// sittingNouns begin the kind of a meeting, behind the body that holds it.
var sittingNouns = newWords(`常务会 常务 办公会 办公 专题 党组 党委 党总支 党支部 支部 全体 现场 工作 例会 联席 协调 推进 调度 主任 主席 常委会 常委 扩大 理事 董事会 董事 监事 总经理 总裁 校长 院长 局长 市长 县长 区长 镇长 乡长 省长 州长 旗长 盟长 秘书长 主任办公
	行政 村民代表 村民 居民 职工代表 职代 股东 班子 领导班子 党政联席 党政班子 党政 书记 临时 定期 紧急 第一次全体 座谈 务虚 谈话 务 院务 校务 党工委 党委会 专家 技术 评审 理论学习 业务 安全生产 季度 月度 年度 政务 全会 常会 院会 委员会议 领导小组 村“两委” 村两委 “两委” 两委 乡务 镇务 市务 县务 所务 局务 部务 处务 会商`)

const longestSitting = 60

// sittingAt reads the phrase that begins at i and ends in one of the kinds of meetings. Numbers may stand before,
// behind and within the body.
func (t *text) sittingAt(i, limit int) (sitting, bool) {
	r := sittingReader{t: t, from: i, whole: limit, limit: min(limit, i+longestSitting)}
	for j := i; j < r.limit && !r.done; {
		next := r.step(j)
		if next <= j {
			break
		}
		j = next
	}
	return r.s, r.done
}

// A sittingReader walks a phrase that names a meeting.
type sittingReader struct {
	t            *text
	s            sitting
	from         int // of the part of the phrase that is not yet accounted for
	limit, whole int // how far the phrase may go, and how far a second one behind it
	done         bool
}

// step reads what stands at j and answers the index behind, or j where the phrase ends without a kind of meeting.
func (r *sittingReader) step(j int) int {
	t := r.t
	if k := t.schoolYear(j, r.limit); k > j {
		r.number(j, k)
		return k
	}
	if k, ok := t.sittingNumber(&r.s, j, r.limit); ok {
		r.number(j, k)
		return k
	}
	if strings.ContainsRune("，。；：、", t.ch[j]) {
		return j
	}
	if t.ch[j] == '（' && t.mate[j] > 0 {
		return r.bracket(j)
	}
	n := sittingEnds.at(t.ch, j, r.limit)
	if n > 0 && t.has(j+n, r.limit, "议") && t.countedBehind(j+n+1, r.limit) { // 联席会|议2020年第二次全体会议
		n++
	}
	switch {
	case n == 0:
	case t.countedBehind(j+n, r.limit): // 第三届董事会第十二次会议
		if r.s.ordinal != nil { // 第十五次临时大会第四次会议: the last counts the meeting
			r.from, r.s.ordinal = j+n, nil
		}
		return j + n
	case !t.has(j+n, r.limit, "室") && (r.from < j || n > 2 || r.s.ordinal != nil):
		r.end(j + n)
		return r.s.end
	}
	return j + 1
}

// number accounts for the part of the phrase before a number, which stands from j to k.
func (r *sittingReader) number(j, k int) {
	t, s := r.t, &r.s
	part := stretch{r.from, j}
	r.from = k
	if part.empty() || !s.body.empty() && (part.len() < 2 || !t.bodyEnd(part)) {
		return
	}
	s.place = s.body
	s.body = part                                     // 市八届人大常委会第三十二次: the part behind the term
	if t.ends(s.place, "政协") && t.ends(part, "委员会") { // 政协第十三届全国委员会
		s.place, s.body = stretch{}, cover(s.place, part)
	}
}

// bracket reads （扩大） and （2026年第3次） at j.
func (r *sittingReader) bracket(j int) int {
	t := r.t
	t.sittingNumber(&r.s, j+1, int(t.mate[j]))
	k := t.past(j)
	if !t.has(j, r.limit, "（扩大）") {
		if j == r.from {
			r.from = k
		}
		return k
	}
	if t.has(k, r.limit, "会") { // 县委常委（扩大）会
		r.end(k + 1)
		return r.s.end
	}
	return k
}

// end closes the phrase at j, with 会议 whole.
func (r *sittingReader) end(j int) {
	t, s := r.t, &r.s
	s.series, s.end = stretch{r.from, j}, j
	if t.has(j, r.limit, "议") && !t.ends(s.series, "议") {
		s.end++
		s.series.b++
	}
	t.splitSeries(s)
	r.s, r.done = t.joinedSitting(*s, r.whole), true
}

// countedBehind reports whether 第12次 or 2020年第二次 stands at i, so that what precedes it is an organ and not yet the
// meeting.
func (t *text) countedBehind(i, limit int) bool {
	if year, k := t.number(i, limit); year >= 1900 && k+1 < limit && t.ch[k] == '年' {
		i = k + 1
	}
	if i >= limit || t.ch[i] != '第' {
		return false
	}
	n, k := t.number(i+1, limit)
	return n > 0 && k < limit && (t.ch[k] == '次' || t.ch[k] == '届')
}

// joinedSitting reads 党组（扩大）会议暨第22次常务会议: the meeting that is counted, or the regular one, names the series.
func (t *text) joinedSitting(s sitting, limit int) sitting {
	if s.end >= limit || t.ch[s.end] != '暨' && t.ch[s.end] != '和' && t.ch[s.end] != '及' && t.ch[s.end] != '、' {
		return s
	}
	next, ok := t.sittingAt(s.end+1, min(limit, s.end+longestSitting))
	regular := ok && t.contains(next.series, "常务")
	if !ok || !regular && (s.ordinal != nil || next.ordinal == nil && !t.isStudy(s.series) || t.ch[s.end] != '暨') {
		return s
	}
	if next.year == nil {
		next.year, next.yearAt = s.year, s.yearAt
	}
	if organs.is(t.ch, next.body.a, next.body.b) && !s.body.empty() { // 县政府党组……学习会暨党组会议
		next.series, next.body = cover(next.body, next.series), stretch{}
	}
	if next.body.empty() {
		next.body = s.body
	}
	if next.term == nil {
		next.term, next.termAt = s.term, s.termAt
	}
	return next
}

// isStudy reports whether a kind of meeting is that of a group that studies: 理论学习中心组学习会议.
func (t *text) isStudy(s stretch) bool { return t.contains(s, "学习") }

// sittingNumber reads 第7次, 第十九届, 十九届, 2026年, 六届一次 at j.
func (t *text) sittingNumber(s *sitting, j, limit int) (int, bool) {
	i := j
	if i < limit && t.ch[i] == '第' {
		i++
	} else if k := t.after(i, limit, "总第"); k >= 0 {
		return j, false
	}
	n, k := t.number(i, limit)
	if n < 1 || k >= limit {
		return j, false
	}
	at := stretch{j, k + 1}
	switch t.ch[k] {
	case '次', '回':
		if s.ordinal == nil {
			s.ordinal, s.ordinalAt = &n, at
		}
	case '届':
		if s.term == nil {
			s.term, s.termAt = &n, at
		}
	case '会':
		if i == j || !t.has(k, limit, "会期") {
			return j, false
		}
		return k + 2, true // 第4会期
	case '年':
		if n >= 100 && n < 200 && (t.has(k+1, limit, "第") || t.has(k+1, limit, "度第")) {
			n += minguo // 115年第8次, 115年度第8次
		}
		if n < 1900 || n > 2200 {
			return j, false
		}
		if _, isDate := t.dateAt(i, min(len(t.ch), i+20)); isDate {
			return j, false
		}
		s.year, s.yearAt = &n, at
		if t.has(k+1, limit, "度") {
			return k + 2, true
		}
	default:
		return j, false
	}
	return k + 1, true
}

// schoolYear answers the index behind 2021-2022学年度 or 2023学年第一学期 at j, or j: it says when and not whose.
func (t *text) schoolYear(j, limit int) int {
	year, k := t.number(j, limit)
	if year < 1900 || year > 2200 {
		return j
	}
	if k < limit && (t.ch[k] == '-' || t.ch[k] == '—' || t.ch[k] == '至' || t.ch[k] == '~') {
		if _, end := t.number(k+1, limit); end > k+1 {
			k = end
		}
	}
	if k = t.after(k, limit, "学年"); k < 0 {
		return j
	}
	if t.has(k, limit, "度") {
		k++
	}
	for _, w := range []string{"第一学期", "第二学期", "上学期", "下学期", "秋季学期", "春季学期", "上半学期"} {
		if e := t.after(k, limit, w); e >= 0 {
			return e
		}
	}
	return k
}

// splitSeries parts 县政府常务会议 into the body and the kind, where no number stood between them.
func (t *text) splitSeries(s *sitting) {
	if t.has(s.series.a, s.series.b, "关于") { // 关于……有关问题协调会议
		if t.ends(s.series, "的会议") {
			s.series.a = s.series.b - 2
			return
		}
		for i := s.series.b - 3; i > s.series.a; i-- {
			if sittingNouns.at(t.ch, i, s.series.b) > 0 {
				s.series.a = i
				break
			}
		}
		return
	}
	if s.body.len() == 1 && strings.ContainsRune(levels, t.ch[s.body.a]) { // 县十六届第9次政府常务会议
		s.place, s.body = s.body, stretch{}
	}
	r := s.series
	for i := r.a + 1; i < r.b-1; i++ {
		head := stretch{r.a, i}
		if sittingNouns.at(t.ch, i, r.b) > 0 && (t.bodyEnd(head) || t.isLatinName(head)) && !t.has(i, r.b, "会议") {
			if s.body.empty() {
				s.body = head
			}
			s.series = stretch{i, r.b}
			return
		}
	}
	if head := (stretch{r.a, r.b - 2}); s.body.empty() && t.ends(r, "会议") && bodyEnds.before(t.ch, head.a, head.b) >= 2 {
		s.body, s.series = head, stretch{head.b, r.b} // 中共白沙镇委员会会议
	}
}

// isLatinName reports whether s is the name of a body in Latin letters: PMC.
func (t *text) isLatinName(s stretch) bool {
	for i := s.a; i < s.b; i++ {
		if !isLatin(t.ch[i]) {
			return false
		}
	}
	return s.len() >= 2
}

// trimBody takes off what is not the name of a body: 了, 本次.
func (t *text) trimBody(s stretch) stretch {
	for !s.empty() && strings.ContainsRune("了的·，", t.ch[s.a]) {
		s.a++
	}
	if j := t.after(s.a, s.b, "关于"); j >= 0 {
		s.a = j
	}
	if i := t.find(s, "召开"); i >= 0 { // 我区召开区政府……
		s.a = i + 2
	}
	return s
}
