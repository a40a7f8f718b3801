package minutes

import "strings"

// readBody settles whose meeting it was: the fullest name that the text has for what the opening calls 市政府.
func (r *reader) readBody(head []stretch, title sitting) {
	t, m := r.t, &r.rec.Meeting
	written := r.opening.sitting.body
	if written.empty() {
		written = title.body
	}
	if !written.empty() {
		m.BodyAsWritten = t.value(written)
		r.setBody(t, written)
		m.Spans["bodyAsWritten"] = m.Spans["body"]
		written = r.withLevel(written, title)
	}
	short := t.folded(written)
	if !title.body.empty() && fuller(t.folded(title.body), short) {
		r.setBody(t, title.body)
		short = t.folded(title.body)
	}
	if s := (stretch{title.body.a, title.series.a + 2}); t.ends(written, "党组") && !title.body.empty() && title.body.b == title.series.a && t.has(title.series.a, title.series.b, "党组") && isPlaced(t.folded(title.body)) {
		r.setBody(t, s)
		return
	}
	switch {
	case organs.is(t.ch, written.a, written.b) && r.bodyAbove(head, written):
	case r.bodyOfHead(head, short), isPlaced(short):
		r.bodyOfOffice()
	case short == "" && len(head) == 0:
	default:
		r.bodyInFull(short)
	}
}

// setBody takes s, which stands in the paper or around it, for the name of the body.
func (r *reader) setBody(in *text, s stretch) {
	m := &r.rec.Meeting
	m.Body, m.Spans["body"] = in.value(s), in.span(s)
}

// withLevel answers 市人大常委会 for 人大常委会 where the paper has that.
func (r *reader) withLevel(written stretch, title sitting) stretch {
	t := r.t
	if name := t.folded(written); firstLevel(name) != "" || isPlaced(name) {
		return written
	}
	place := r.opening.sitting.place
	if place.empty() {
		place = title.place
	}
	s, ok := t.levelled(written, place)
	if !ok {
		return written
	}
	r.setBody(t, s)
	return s
}

// bodyOfHead takes 昆都仑区人民政府 on a line of its own for the body where short can be short for it.
func (r *reader) bodyOfHead(head []stretch, short string) bool {
	t := r.t
	for _, p := range head {
		line := t.trim(p)
		for _, w := range []string{"文件", "办公室文件"} {
			if t.ends(line, w) {
				line.b -= len([]rune(w))
			}
		}
		if line.len() > 3 && line.len() < 30 && !t.hasWideGap(line) && t.bodyEnd(line) && fuller(t.folded(line), short) {
			r.setBody(t, line)
			return true
		}
	}
	return false
}

// bodyInFull finds the full name of a government in the paper, or else around it.
func (r *reader) bodyInFull(short string) {
	for _, in := range []*text{r.t, r.around} {
		if s, ok := in.fullName(short); ok {
			r.setBody(in, s)
			return
		}
	}
}

// organs are bodies that do not say by themselves whose they are.
var organs = newWords("董事会 监事会 理事会 股东会 股东大会 党委 党组 党总支 党支部 党委会 管委会 常务理事会")

// bodyAbove takes 某集团有限公司 on the line above 第三届董事会第十二次会议 for the body.
func (r *reader) bodyAbove(head []stretch, organ stretch) bool {
	t := r.t
	for _, p := range head {
		line := t.trim(p)
		if line.b > organ.a || line.len() < 4 || line.len() > 30 || !t.bodyEnd(line) || t.hasWideGap(line) {
			continue
		}
		r.setBody(t, line)
		return true
	}
	return false
}

// hasWideGap reports whether s is made of columns, as the navigation of a page is.
func (t *text) hasWideGap(s stretch) bool {
	for i := s.a + 1; i < s.b; i++ {
		if t.gap[i] >= wide {
			return true
		}
	}
	return false
}

// governmentWords are the short forms of the name of a government, by their level.
const levels = "省市县区州盟旗镇乡"

// isPlaced reports whether the name of a body says of which place it is: 太仓市人民政府, not 市政府.
func isPlaced(name string) bool {
	i := strings.IndexAny(name, levels)
	return i >= 2*len("市")
}

// fuller reports whether a is a fuller name of what b names: 太仓市人民政府 of 市政府, 昆都仑区人民政府 of 区人民政府.
func fuller(a, b string) bool {
	if b == "" {
		return true
	}
	if a == b || len(a) <= len(b) {
		return false
	}
	if strings.HasSuffix(a, b) || strings.HasSuffix(a, strings.Replace(b, "政府", "人民政府", 1)) && strings.Contains(b, "政府") && !strings.Contains(b, "人民政府") {
		return true
	}
	ra, rb := []rune(a), []rune(b)
	if len(ra) > len(rb)+2 && len(rb) > 2 && ra[len(ra)-1] == rb[len(rb)-1] && inOrder(b, a) {
		return true // 河阳县安全生产委员会 of 县安委会
	}
	level := firstLevel(b)
	return level != "" && isGovernment(b) && strings.HasSuffix(a, level+"人民政府")
}

func firstLevel(name string) string {
	for _, r := range name {
		if strings.ContainsRune(levels, r) {
			return string(r)
		}
	}
	return ""
}

func isGovernment(name string) bool {
	return strings.HasSuffix(name, "政府") || strings.HasSuffix(name, "区府") || strings.HasSuffix(name, "市府") || strings.HasSuffix(name, "县府")
}

const government = "人民政府"

// fullName finds 太仓市人民政府 in a text for 市政府. The first stands for all: it is the head's, the foot's or the page's.
func (t *text) fullName(short string) (stretch, bool) {
	level := firstLevel(short)
	if short != "" && !isGovernment(short) {
		return stretch{}, false
	}
	for i := 3; i+4 <= len(t.ch); i++ {
		if t.ch[i] != '人' || !t.has(i, len(t.ch), government) {
			continue
		}
		if l := string(t.ch[i-1]); l != level && (level != "" || !strings.Contains(levels, l)) {
			continue
		}
		a := i - 1
		for a > 0 && i-a < 12 && isHan(t.ch[a-1]) && t.gap[a] < wide && nameBreaks.before(t.ch, max(0, a-3), a) == 0 {
			a--
		}
		s := stretch{a, i + 4}
		if level == "" && citing.before(t.ch, max(0, a-4), a) > 0 { // 贯彻某市人民政府……精神: another's
			continue
		}
		if place := i - a; place < 3 || place > 11 || t.contains(s, "届") || strings.ContainsRune("各本全我该", t.ch[a]) {
			continue
		}
		return s, true
	}
	return stretch{}, false
}

// nameBreaks are words that stand before the name of a body and are not part of it.
var nameBreaks = newWords("由 在 向 经 报 与 及 据 按 是 为了 召开 主持 主办 承办 单位 发布 机构 中共 根据 依据 贯彻 落实 出席 列席 关于 同意 以 将 的 了 给 请 各 共同")

// bodyFromElsewhere names the body by who signed the paper, or by the chair's office, where neither the opening nor the
// title does: 局长办公会 of 临沂市住房和城乡建设局办公室.
func (r *reader) bodyFromElsewhere() {
	m, paper := &r.rec.Meeting, &r.rec.Minutes
	if m.Body != "" {
		return
	}
	for _, by := range []struct {
		name  *string
		field string
	}{{paper.IssuedBy, "issuedBy"}, {paper.CompiledBy, "compiledBy"}} {
		if by.name == nil {
			continue
		}
		for _, office := range []string{"办公室", "办公厅", "综合科", "综合部", "党政办公室"} {
			if name, ok := strings.CutSuffix(*by.name, office); ok && name != "" {
				m.Body, m.Spans["body"] = name, paper.Spans[by.field]
				return
			}
		}
	}
	if c := r.opening.chair; !c.organization.empty() {
		m.Body, m.Spans["body"] = r.t.value(c.organization), r.t.span(c.organization)
	}
}

// bodyOfOffice takes 办公室 off the name that the red head gives where the meeting is not that office's own.
func (r *reader) bodyOfOffice() {
	m := &r.rec.Meeting
	for _, office := range []string{"办公室", "办公厅"} {
		name, ok := strings.CutSuffix(m.Body, office)
		if ok && (strings.HasSuffix(name, "政府") || strings.HasSuffix(name, "委员会") || strings.HasSuffix(name, "委")) && !strings.HasPrefix(m.Series, "主任办公") {
			m.Body = name
		}
	}
}

// levelled finds 市人大常委会 in the first paragraphs for 人大常委会, which stood apart from its place: 市八届人大常委会.
func (t *text) levelled(s, place stretch) (stretch, bool) {
	name := t.folded(s)
	for i := 1; i < min(len(t.ch), 3000); i++ {
		if !place.empty() && t.ch[i-1] != t.ch[place.b-1] {
			continue
		}
		if strings.ContainsRune(levels, t.ch[i-1]) && t.has(i, len(t.ch), name) && !citing.in(t.ch, max(0, i-8), i-1) {
			return stretch{i - 1, i + s.len()}, true
		}
	}
	return stretch{}, false
}
