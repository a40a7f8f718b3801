package minutes

// An opening is what the first sentences say: when, where, who presided, what sat.
type opening struct {
	para    int // index of its paragraph, -1 where none was found
	end     int // behind the sentence that says who met
	on      *date
	daytime stretch
	place   stretch
	chair   person
	sitting sitting
	damaged stretch // a date that cannot be read
}

// openingWithin is how many paragraphs may stand before the opening.
const openingWithin = 60

// readOpening finds the sentence that says who met: ……主持召开……会议, ……召开……会议。会议由……主持.
func (r *reader) readOpening() {
	t := r.t
	r.opening.para = -1
	for i, p := range r.paras {
		if i >= openingWithin {
			break
		}
		if m, _, ok := t.markAt(p.a, p.b); ok && m.style <= han && m.n == 1 && r.kinds[i] == plain && !t.isCircumstance(p) {
			break
		}
		if r.kinds[i] != plain || !t.opens(p) {
			continue
		}
		if r.opening.para < 0 {
			r.opening.para = i
		} else if len(t.dates(stretch{p.a, min(p.b, p.a+40)})) > 0 { // the headline of a page said it first
			r.opening.para = i
			break
		}
		if !t.isHeadline(p) {
			break
		}
	}
	if r.opening.para < 0 {
		return
	}
	p := r.paras[r.opening.para]
	defer r.readChairBehind()
	ss := t.sentences(p)
	lead := t.leadSentence(ss)
	for n, s := range ss[lead:] {
		if n > 3 {
			break
		}
		if n > 0 && !t.contains(s, "主持") {
			continue
		}
		r.readOpeningSentence(s, n == 0)
	}
	if lead > 0 && r.opening.on == nil {
		r.readOpeningDate(ss[0])
	}
}

// leadSentence answers which of the first sentences says that the meeting was held; what stands before it says why.
func (t *text) leadSentence(ss []stretch) int {
	for i, s := range ss[:min(len(ss), 4)] {
		for _, w := range []string{"召开", "举行", "主持", "召集", "现场办公"} {
			if t.contains(s, w) {
				return i
			}
		}
	}
	return 0
}

// circumstances end the headings of parts that hold no matter but how the meeting was held: 一、会议召开情况.
var circumstances = newWords("召开情况 出席情况 审议情况 基本情况 表决情况 召集情况 会议情况 召开和出席情况")

// isCircumstance reports whether p is such a heading.
func (t *text) isCircumstance(p stretch) bool {
	_, j, ok := t.markAt(p.a, p.b)
	return ok && p.b-j < 20 && t.contains(stretch{j, p.b}, "会") && circumstances.before(t.ch, j, t.trim(p).b) > 0
}

// longestHeadline bounds the title that a page gives to the news of a meeting.
const longestHeadline = 60

// isHeadline reports whether a line that names a meeting is a title and not a sentence: it has no date and no full stop.
func (t *text) isHeadline(p stretch) bool {
	return p.len() <= longestHeadline && len(t.sentences(p)) == 1 && t.ch[p.b-1] != '。' && t.ch[p.b-1] != '：' && t.ch[p.b-1] != '，' &&
		len(t.dates(stretch{p.a, min(p.b, p.a+20)})) == 0
}

// readChairBehind reads 会议由区长曹阜忠主持 where it is a paragraph of its own below the opening.
func (r *reader) readChairBehind() {
	t := r.t
	for i := r.opening.para + 1; i < min(len(r.paras), r.opening.para+4) && r.opening.chair.name.empty(); i++ {
		if r.kinds[i] != plain || t.isMarked(r.paras[i], han) {
			continue
		}
		if s := t.sentences(r.paras[i])[0]; s.len() < 60 && t.has(s.a, s.b, "会议由") {
			if k := t.find(s, "主持"); k >= 0 {
				r.readChair(s, k)
			}
		}
	}
}

// opens reports whether a paragraph says that a meeting was held.
func (t *text) opens(p stretch) bool {
	p.b = min(p.b, p.a+longestBracket)
	if t.contains(p, "主持召开") || t.contains(p, "主持会议") {
		return true
	}
	held := t.contains(p, "召开") || t.contains(p, "举行") || t.contains(p, "主持") || t.contains(p, "召集") || t.contains(p, "现场办公") || t.contains(p, "专题研究")
	if !held || !t.contains(p, "会") && !t.contains(p, "现场办公") {
		return false
	}
	return len(t.dates(stretch{p.a, min(p.b, p.a+80)})) > 0 || t.contains(p, "纪要如下") || t.contains(p, "主持")
}

func (r *reader) readOpeningSentence(s stretch, first bool) {
	t, o := r.t, &r.opening
	if first {
		o.end = s.b
		r.readOpeningDate(s)
	}
	if i := t.find(s, "主持"); i >= 0 && o.chair.name.empty() {
		r.readChair(s, i)
	}
	if first && o.chair.name.empty() {
		r.readLeader(s)
	}
	if !o.sitting.series.empty() {
		return
	}
	for _, w := range []string{"主持召开", "召开", "举行", "主持"} {
		if i := t.find(s, w); i >= 0 {
			if sit, ok := r.sittingHeld(s, i, t.after(i, s.b, w)); ok {
				o.sitting = sit
				return
			}
		}
	}
	r.readPassive(s)
}

// sittingHeld reads the meeting behind a verb that stands from i to j, and whose it was before it: 县人民政府召开第3次常务会议.
func (r *reader) sittingHeld(s stretch, i, j int) (sitting, bool) {
	t := r.t
	if t.has(j, s.b, "了") {
		j++
	}
	sit, ok := t.sittingAt(j, s.b)
	if !ok {
		return sit, false
	}
	own := t.subjectBody(s, i)
	if sit.body.empty() {
		sit.body = own
		for k := own.a; k < own.b && sit.term == nil; k++ { // 县十六届人大常委会召开第53次主任会议
			if n, e := t.number(k, own.b); n > 0 && e < own.b && t.ch[e] == '届' {
				sit.term, sit.termAt = &n, stretch{k, e + 1}
			}
		}
	}
	sit.body = t.trimBody(sit.body)
	if organs.is(t.ch, sit.body.a, sit.body.b) && own.len() > sit.body.len() && t.ends(own, t.folded(sit.body)) { // 机关党委召开党委工作会议
		sit.body = own
	}
	return sit, true
}

// datelines end the words that a newspaper puts before its first sentence: 新华社北京3月9日电, 本报讯, 新闻网讯（记者……）.
var datelines = newWords("电 讯 消息")

// longestDateline bounds them.
const longestDateline = 24

// pastDateline answers where the sentence proper begins.
func (t *text) pastDateline(s stretch) int {
	for i := s.a + 2; i < min(s.b, s.a+longestDateline); i++ {
		if t.ch[i] == '，' || t.ch[i] == '。' || t.ch[i] == '：' {
			return s.a
		}
		n := datelines.at(t.ch, i, s.b)
		if n == 0 || !newspapers.in(t.ch, s.a, i) {
			continue
		}
		if i += n; i < s.b && t.ch[i] == '（' {
			i = t.past(i)
		}
		for i < s.b && (t.ch[i] == '，' || t.ch[i] == '：' || t.ch[i] == '〕' || t.ch[i] == '】') {
			i++
		}
		return i
	}
	return s.a
}

var newspapers = newWords("社 报 网 台 记者 客户端 融媒 中心 通讯")

// readPassive reads 区政府第45次常务会议召开 and 区政府八届66次常务会议在……召开, where the meeting stands before its verb.
func (r *reader) readPassive(s stretch) {
	t := r.t
	for _, c := range t.clauses(s) {
		for _, w := range []string{"召开", "举行"} {
			i := t.find(c, w)
			if i < c.a+4 {
				continue
			}
			from := t.pastDateline(c)
			if d, ok := t.dateAt(from, i); ok {
				from = daytimes.run(t.ch, d.at.b, i)
			}
			sit, ok := t.sittingAt(from, i)
			if !ok || sit.end != i && t.ch[sit.end] != '在' && t.ch[sit.end] != '如' && t.ch[sit.end] != '正' && t.ch[sit.end] != '于' && !isDigit(t.ch[sit.end]) {
				continue
			}
			sit.body = t.trimBody(sit.body)
			r.opening.sitting = sit
			return
		}
	}
}

// subjectBody reads who called the meeting where the phrase behind 召开 does not say it: 县人民政府召开第3次常务会议.
func (t *text) subjectBody(s stretch, verb int) stretch {
	a := verb
	for a > s.a && verb-a < 40 && t.ch[a-1] != '，' && t.ch[a-1] != '。' {
		a--
	}
	subject := stretch{t.pastDateline(stretch{a, verb}), verb}
	if d, ok := t.dateAt(subject.a, verb); ok {
		subject.a = daytimes.run(t.ch, d.at.b, verb)
	}
	if institutions.is(t.ch, subject.a, subject.b) { // 学校召开……校长办公会
		return subject
	}
	if i := t.find(subject, "在"); i >= 0 {
		subject.b = i
	}
	if subject.len() > 2 && subject.len() < 30 && !t.contains(subject, "率") && bodyEnds.before(t.ch, subject.a, subject.b) > 0 {
		return subject
	}
	return stretch{}
}

// institutions are what the news of a school or firm calls it.
var institutions = newWords("学校 学院 公司 集团 医院 我校 我院 研究院 研究所 协会 商会")

func (r *reader) readOpeningDate(s stretch) {
	t, o := r.t, &r.opening
	if ds := t.dates(s); len(ds) > 0 && ds[0].at.a < s.a+80 {
		o.on = &ds[0]
		for i := range ds { // the notice went out on one day, 会议于……召开 on another
			if t.has(max(s.a, ds[i].at.a-3), s.b, "会议于") {
				o.on = &ds[i]
			}
		}
		r.readDaytime(s, o.on.at.b)
		return
	}
	if d := t.loneDay(stretch{s.a, min(s.b, s.a+40)}, s.b); !d.empty() {
		if n, _ := t.number(d.a, s.b); n > 0 && n <= 31 && d.a < s.a+longestDateline { // 25日，市长……: the page has the month
			o.on = &date{day: n, at: d}
		} else {
			o.damaged = d // 1030日下午
		}
		o.daytime = t.daytimeAt(d.b, s.b)
		return
	}
	if i, n := daytimes.first(t.ch, s.a, min(s.b, s.a+30)); i >= 0 {
		o.daytime = stretch{i, i + n}
	}
}

// readDaytime reads 下午 behind a date, which ends at j. Behind a newspaper's dateline it stands behind the day that the
// sentence names again: 3月9日电……9日下午.
func (r *reader) readDaytime(s stretch, j int) {
	t, o := r.t, &r.opening
	proper := t.pastDateline(s)
	if j < s.b && t.ch[j] == '（' {
		j = t.past(j)
	}
	if o.daytime = t.daytimeAt(j, s.b); !o.daytime.empty() || proper <= j {
		return
	}
	for k := proper; k < min(s.b, s.a+longestDateline+longestSitting); k++ {
		if t.ch[k-1] == '日' && daytimes.at(t.ch, k, s.b) > 0 {
			o.daytime = t.daytimeAt(k, s.b)
		}
	}
}

// daytimeAt reads 上午 or 下午 at i, or nothing.
func (t *text) daytimeAt(i, limit int) stretch { return stretch{i, i + daytimes.at(t.ch, i, limit)} }

// loneDay finds a day without a month that begins within s: 25日.
func (t *text) loneDay(s stretch, limit int) stretch {
	for i := s.a; i < s.b; i++ {
		n, j := t.number(i, limit)
		if n >= 0 && j < limit && t.ch[j] == '日' {
			return stretch{i, j + 1}
		}
		if n >= 0 {
			i = j - 1
		}
	}
	return stretch{}
}

// readChair reads the person before 主持, which begins at i: 市长沈晶在市政府501会议室主持召开, 会议由……主持.
func (r *reader) readChair(s stretch, i int) {
	t, o := r.t, &r.opening
	a := i
	for a > s.a && t.ch[a-1] != '，' && t.ch[a-1] != '。' && t.ch[a-1] != '；' && i-a < 100 {
		a--
	}
	subject := stretch{a, i}
	if subject.empty() && a > s.a+2 { // 区长戴士福在区政府817会议室，主持召开……
		if before := t.clauses(stretch{max(s.a, a-100), a - 1}); len(before) > 0 {
			subject = before[len(before)-1]
		}
	}
	if d, ok := t.dateAt(subject.a, i); ok {
		subject.a = daytimes.run(t.ch, d.at.b, i)
	}
	for _, w := range []string{"会议由", "本次会议由", "由"} {
		if j := t.find(subject, w); j >= 0 && j-subject.a < 3 {
			subject.a = t.after(j, i, w)
		}
	}
	if j := t.find(subject, "在"); j > subject.a+1 {
		o.place = t.trim(stretch{j + 1, subject.b})
		subject.b = j
	} else if j == subject.a { // 在……会议室，市长……
		subject.a = j + 1
		if k := t.find(subject, "由"); k > subject.a+1 && t.ch[k-1] != '自' { // 在区住建局由副区长……
			o.place = stretch{subject.a, k}
			subject.a = k + 1
		}
	}
	for _, w := range []string{"召集并", "受托", "召集和", "委托"} {
		if t.ends(subject, w) {
			subject.b -= len([]rune(w))
		}
	}
	if p, ok := t.person(subject); ok {
		o.chair = p
	}
}

// readLeader reads the person who called a meeting without 主持: 常务副市长陈勇率……召开现场办公会, 县长王五组织召开…….
func (r *reader) readLeader(s stretch) {
	t := r.t
	if t.contains(s, "主持") {
		return
	}
	for _, c := range t.clauses(s) {
		for i := c.a + 3; i < min(c.b, c.a+60); i++ {
			if !t.has(i, c.b, "率") && !t.has(i, c.b, "带领") && !t.has(i, c.b, "组织召开") && !t.has(i, c.b, "召开") && !t.has(i, c.b, "在") && !t.has(i, c.b, "召集") && !t.has(i, c.b, "受") && !t.has(i, c.b, "到") {
				continue
			}
			subject := stretch{c.a, i}
			if d, ok := t.dateAt(c.a, i); ok {
				subject.a = daytimes.run(t.ch, d.at.b, i)
			}
			if p, ok := t.person(subject); ok && !p.title.empty() && t.nameScore(p.name) >= 3 {
				r.opening.chair = p
			}
			break
		}
		if !r.opening.chair.name.empty() {
			return
		}
	}
}

// readPlace reads 在……召开 where the chair's clause did not say it.
func (r *reader) readPlace() {
	t, o := r.t, &r.opening
	if o.para < 0 || !o.place.empty() {
		return
	}
	s := stretch{r.paras[o.para].a, min(r.paras[o.para].b, o.end)}
	for i := s.a; i < s.b; i++ {
		if t.ch[i] != '在' || t.withinMatter(s, i) {
			continue
		}
		for j := i + 3; j < min(s.b, i+40); j++ {
			if t.ch[j] == '，' || t.ch[j] == '。' {
				break
			}
			if t.has(j, s.b, "召开") || t.has(j, s.b, "主持") || t.has(j, s.b, "举行") || t.has(j, s.b, "组织") || t.has(j, s.b, "召集") || t.has(j, s.b, "专题") || t.has(j, s.b, "现场办公") {
				if held := t.has(j, s.b, "召开") || t.has(j, s.b, "举行"); placeTails.before(t.ch, i, j) > 0 || held && j-i <= 7 && t.allHan(stretch{i + 1, j}) {
					o.place = stretch{i + 1, j}
					return
				}
				break
			}
		}
	}
}

// withinMatter reports whether the clause that holds i takes up a matter, so that 在 in it names no place of the meeting.
func (t *text) withinMatter(s stretch, i int) bool {
	a := i
	for a > s.a && i-a < 60 && t.ch[a-1] != '，' && t.ch[a-1] != '。' && t.ch[a-1] != '；' {
		a--
	}
	_, ok := t.matterAt(stretch{a, s.b}, true)
	return ok
}

var placeTails = newWords("室 楼 厅 大院 中心 馆 场 公司 现场 村 镇 乡 宾馆 酒店 学校 院 基地 会场 局 处 园 堂 部")
