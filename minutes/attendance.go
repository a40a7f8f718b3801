package minutes

import "fmt"

// A participant is one person's part in the meeting while the lists are read.
type participant struct {
	person   person
	unnamed  bool // 海关代表
	capacity string
	status   string
	reason   stretch
	items    []int
	listed   bool // in a list of bare names, so that a narrative mention says more
}

// readAttendance reads who took part: the chair, the lists behind 出席：, 列席：, 请假： and the sentences of the opening
// that end in 出席会议, 列席会议, 应邀参加会议.
func (r *reader) readAttendance() {
	var all []participant
	if !r.opening.chair.name.empty() {
		all = append(all, participant{person: r.opening.chair, capacity: "PRESIDING", status: "PRESENT"})
	}
	if r.opening.para >= 0 {
		all = append(all, r.narrated(r.paras[r.opening.para])...)
		if n := r.opening.para + 1; n < len(r.paras) && r.kinds[n] == plain {
			if _, _, ok := r.t.markAt(r.paras[n].a, r.paras[n].b); !ok {
				all = append(all, r.narrated(r.paras[n])...)
			}
		}
	}
	for _, p := range r.telling {
		all = append(all, r.narrated(p)...)
	}
	for i := range r.paras {
		if r.kinds[i] != labelled {
			continue
		}
		l := r.labels[i]
		block := stretch{l.end, r.blockEnd(i)}
		if l.kind != labelAttendance {
			continue
		}
		if len(all) > mostPeople {
			r.warn("TOO_MANY_PEOPLE", fmt.Sprintf("More than %d people; those from here on are left out: ", mostPeople)+r.excerpt(block), block)
			break
		}
		all = append(all, r.readList(block, l)...)
	}
	r.emitAttendance(all)
}

// mostPeople bounds those who took part in one meeting.
const mostPeople = 20_000

// narrators end a passage of the opening that says who took part.
var narrators = []struct {
	capacity string
	words    *words
	status   string
}{
	{"INVITED", newWords("应邀参加会议 应邀参加 应邀出席会议 应邀出席 应邀列席会议 应邀列席 受邀参加 受邀列席 受邀出席 应邀到会 应邀列席了会议 应邀参加了会议 应邀出席了会议"), "PRESENT"},
	{"OBSERVING", newWords("列席会议 列席了会议 列席相关议题 列席有关议题 列席本次会议 列席 列席参加会议 列席了本次会议 列席相关议题讨论 列席有关议题的讨论 参加了相关议题的研究 参加相关议题 参加了相关议题 列席了相关议题"), "PRESENT"},
	{"ATTENDING", newWords("出席会议 出席了会议 参加会议 参加了会议 出席本次会议 出席 参会 参加本次会议 与会 参加"), "PRESENT"},
	{"ATTENDING", newWords("请假 因事请假 因公请假 因病请假 因故请假"), "EXCUSED"},
	{"ATTENDING", newWords("缺席 缺席会议 因公缺席 因事缺席 因病缺席 因故缺席 因公缺席会议 因事缺席会议 因病缺席会议 因故缺席会议 因公未参加会议 因事未参加会议 因故未参加会议"), "ABSENT"},
}

// narrated reads 副市长梁曦、万资平出席会议。……列席相关议题。 and 率市环保局李春文……召开现场办公会.
func (r *reader) narrated(p stretch) []participant {
	t := r.t
	var all []participant
	from := p.a // of the passage that a narrator may end
	for i := p.a; i < p.b && i < p.a+longestListLine; i = t.past(i) {
		if l, ok := t.labelAt(i, p.b); i == from && i > p.a && ok && l.kind == labelAttendance && t.ch[l.end-1] == '：' { // 参加会议的有：
			s := t.sentences(stretch{l.end, p.b})[0]
			all = append(all, r.readList(s, l)...)
			from, i = s.b, s.b-1
			continue
		}
		if t.ch[i] == '。' || t.ch[i] == '；' {
			from = i + 1
			continue
		}
		if t.ch[i] == '率' && i > p.a && i < r.opening.end {
			all = append(all, r.led(stretch{i + 1, r.opening.end})...)
		}
		if n, end := t.narratorAt(i, p.b); end > i {
			if i-from > 1 && narrators[2].words.at(t.ch, from, i) == 0 { // 出席与列席, as a heading
				all = append(all, r.passage(stretch{from, i}, narrators[n].capacity, narrators[n].status)...)
			}
			from, i = end, end-1
		}
	}
	return all
}

// narratorAt reads 列席会议 at i where it ends a passage, and answers which it is and the index behind it, or i.
func (t *text) narratorAt(i, limit int) (which, end int) {
	for k, n := range narrators {
		w := n.words.at(t.ch, i, limit)
		if w == 0 {
			continue
		}
		if end = i + w; end < limit && t.ch[end] != '。' && t.ch[end] != '，' && t.ch[end] != '；' {
			return 0, i
		}
		return k, end
	}
	return 0, i
}

// passage reads the people of whom a narrator says how they took part.
func (r *reader) passage(s stretch, capacity, status string) []participant {
	s = r.afterOpening(s)
	if j := r.t.afterInviting(s); j > s.a { // 会议还邀请了……列席会议
		s.a, capacity = j, "INVITED"
	}
	return r.readList(s, label{kind: labelAttendance, capacity: capacity, status: status})
}

// afterInviting answers the index behind 会议还邀请了 at the beginning of s, or s.a.
func (t *text) afterInviting(s stretch) int {
	i := s.a
	if j := t.after(i, s.b, "会议"); j >= 0 {
		i = j
	}
	i = adverbs.run(t.ch, i, s.b)
	for _, w := range []string{"邀请了", "邀请", "特邀了", "特邀"} {
		if j := t.after(i, s.b, w); j >= 0 {
			return j
		}
	}
	return s.a
}

// afterOpening takes the clause with 主持召开……会议 off a passage, and 会议由……主持.
func (r *reader) afterOpening(s stretch) stretch {
	t := r.t
	if i := t.find(s, "主持"); i >= 0 {
		for i < s.b && t.ch[i] != '，' && t.ch[i] != '。' {
			i++
		}
		s.a = min(i+1, s.b)
	}
	for _, w := range []string{"会议召开", "召开"} {
		if i := t.find(s, w); i >= 0 {
			for i < s.b && t.ch[i] != '，' && t.ch[i] != '。' {
				i++
			}
			s.a = min(i+1, s.b)
		}
	}
	for { // what the meeting was about stands between the meeting and those who took part
		i := s.a
		for i < s.b && t.ch[i] != '，' {
			i = t.past(i)
		}
		c := stretch{s.a, min(i, s.b)}
		if _, ok := t.matterAt(c, true); !ok || i >= s.b {
			break
		}
		s.a = i + 1
	}
	return t.trim(s)
}

// led reads the company that somebody led to the place: 率市环保局李春文、苏开伟到……召开现场办公会.
func (r *reader) led(s stretch) []participant {
	t := r.t
	if t.has(s.a, s.b, "领") {
		s.a++
	}
	end := -1
	for i := s.a; i < s.b && i < s.a+400; i++ {
		if t.ch[i] == '到' || t.ch[i] == '赴' || t.ch[i] == '在' || t.ch[i] == '。' {
			end = i
			break
		}
	}
	if end < 0 {
		return nil
	}
	return r.readList(stretch{s.a, end}, label{kind: labelAttendance, capacity: "ATTENDING", status: "PRESENT"})
}

// emitAttendance writes the participants into the record, once for each person, body and capacity. The chair presides
// and is nothing else. A bare name that a sentence has already given a capacity is not listed again.
func (r *reader) emitAttendance(all []participant) {
	t := r.t
	type key struct{ name, organization, capacity string }
	seen := map[key]int{}
	place := map[string]int{}
	chair := t.keyOf(r.opening.chair)
	for _, p := range all {
		name, organization := t.keyOf(p.person), t.folded(p.person.organization)
		if name == chair && name != "" && p.capacity != "PRESIDING" {
			continue
		}
		k := key{name, organization, p.capacity}
		if i, ok := seen[k]; ok {
			r.merge(i, p)
			continue
		}
		if i, ok := place[name]; ok && name != "" {
			if before := r.rec.Attendance[i]; p.listed && organization == "" && before.Capacity != "RECORDER" && p.capacity != "RECORDER" {
				r.merge(i, p)
				continue
			}
		}
		if len(r.rec.Attendance) > mostPeople {
			break
		}
		seen[k] = len(r.rec.Attendance)
		if _, ok := place[name]; !ok {
			place[name] = len(r.rec.Attendance)
		}
		r.rec.Attendance = append(r.rec.Attendance, r.emitParticipant(p))
	}
}

// merge adds to an entry what a second mention of the same person says.
func (r *reader) merge(i int, p participant) {
	a := &r.rec.Attendance[i]
	if p.status != "PRESENT" && a.Capacity != "PRESIDING" {
		a.Status, a.Reason = p.status, r.t.optional(p.reason)
	}
	if a.Title == nil {
		a.Title = r.t.optional(p.person.title)
	}
	if p.items == nil || a.Items == nil {
		a.Items = nil
		return
	}
	for _, n := range p.items {
		had := false
		for _, m := range a.Items {
			had = had || m == n
		}
		if !had {
			a.Items = append(a.Items, n)
		}
	}
}

func (r *reader) emitParticipant(p participant) Attendance {
	t := r.t
	a := Attendance{Name: t.optional(p.person.name), Organization: t.optional(p.person.organization), Title: t.optional(p.person.title),
		Capacity: p.capacity, Status: p.status, Reason: t.optional(p.reason), Items: p.items}
	at := wholeName(p.person)
	if !p.person.given.empty() {
		name := t.nameOf(p.person)
		a.Name = &name
	}
	if p.unnamed {
		at = p.person.organization
	}
	a.Span = t.span(at)
	if p.capacity == "PRESIDING" && r.rec.Meeting.Chair != nil {
		a.Organization, a.Title = nil, r.rec.Meeting.Chair.Title
		a.Span = t.span(wholeName(p.person))
	}
	return a
}
