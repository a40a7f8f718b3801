package minutes

// unitAt names what a sentence does by its beginning.
func (t *text) unitAt(s stretch) unit {
	u := unit{kind: says, all: s, text: s.a}
	i := s.a
	for _, w := range []string{"最后，", "同时，", "会上，", "此外，", "另外，", "针对议题，", "针对上述议题，", "针对以上议题，", "随后，", "接着，"} {
		if j := t.after(i, s.b, w); j >= 0 {
			i = j
		}
	}
	j := -1
	for _, w := range []string{"会议", "与会人员", "与会同志", "会", "委员长会议", "主任会议", "主席会议", "常委会会议", "党组会议", "常务会议", "联席会议", "委员会", "董事会", "大会", "全会"} {
		if j = t.after(i, s.b, w); j >= 0 {
			break
		}
	}
	if j >= 0 {
		k := adverbs.run(t.ch, j, s.b)
		if kind, end := t.saying(k, s.b); kind != says {
			u.kind, u.text = kind, t.pastComma(end, s.b)
			return u
		}
		if kind, end := t.sayingOn(k, s.b); kind != says {
			u.kind, u.text = kind, end
			return u
		}
		if v := t.outcomeAt(stretch{i, firstClause(t, s)}); v.word.len() > 0 {
			u.kind = settles
			return u
		}
		if m, ok := t.matterAt(stretch{i, s.b}, false); ok {
			u.kind, u.text = takesUp, m.object
		}
		return u
	}
	if v := t.outcomeAt(stretch{i, firstClause(t, s)}); v.word.len() > 0 {
		u.kind = settles
		return u
	}
	for _, w := range []string{"经研究，", "经讨论，", "经会议研究，", "经研究讨论，", "经认真研究，", "会议经研究，", "经会议讨论，", "经会议研究讨论，", "经会议审议，", "经与会人员讨论，", "经充分讨论，"} {
		k := t.after(i, s.b, w)
		if k < 0 {
			continue
		}
		if kind, end := t.saying(k, s.b); kind == settles { // 经研究，议定如下：
			u.kind, u.text = settles, t.pastComma(end, s.b)
			return u
		}
		if v := t.outcomeAt(stretch{k, firstClause(t, stretch{k, s.b})}); v.word.len() > 0 { // 经会议研究，原则通过
			u.kind = settles
			return u
		}
	}
	return t.speakerUnit(u, i, s)
}

func firstClause(t *text, s stretch) int {
	if cs := t.clauses(s); len(cs) > 0 {
		return cs[0].b
	}
	return s.b
}

// saying reads 强调, 指出, 决定 at k.
func (t *text) saying(k, limit int) (unitKind, int) {
	kind, best := says, 0
	for _, w := range []struct {
		kind unitKind
		list *words
	}{{observes, pointing}, {demands, demanding}, {settles, settling}} {
		if n := w.list.at(t.ch, k, limit); n > best {
			kind, best = w.kind, n
		}
	}
	if best == 0 || !t.speaks(k+best, limit) || t.has(k, limit, "提出了") {
		return says, k
	}
	return kind, k + best
}

// sayingOn reads 就有关事项明确如下： at k, behind 会议: what it speaks on stands before the verb.
func (t *text) sayingOn(k, limit int) (unitKind, int) {
	if !t.has(k, limit, "就") && !t.has(k, limit, "对") && !t.has(k, limit, "针对") && !t.has(k, limit, "围绕") {
		return says, k
	}
	for j := k + 2; j < min(limit, k+longestTopic) && !isBreak(t.ch[j]); j = t.past(j) {
		kind, end := t.saying(j, limit)
		if kind == says {
			continue
		}
		if end = sayingTails.run(t.ch, end, limit); end < limit && (t.ch[end] == '：' || t.ch[end] == '，' && kind == demands) {
			return kind, t.pastComma(end, limit)
		}
	}
	return says, k
}

// longestTopic bounds what stands between 会议就 and the verb.
const longestTopic = 40

// sayingTails may stand between the verb and the colon.
var sayingTails = newWords("了 如下 以下 如下意见 以下意见 以下几点 几点 要求 意见 以下要求 如下要求 几点要求 三点要求 四点要求 五点要求 两点要求 以下事项 如下事项 进行 以下内容 如下内容")

// tellsToDo reports whether s, which somebody said, tells to do something.
func (t *text) tellsToDo(s stretch) bool {
	return s.empty() || modals.in(t.ch, s.a, s.b) || len(t.labelsIn(s)) > 1
}

// longestSpeaker bounds the offices and the name before 强调.
const longestSpeaker = 30

// speakerUnit reads 孙毅辉强调，……: somebody present who speaks for the meeting.
func (t *text) speakerUnit(u unit, i int, s stretch) unit {
	limit := min(s.b, i+longestSpeaker)
	for k := i + 2; k < limit; k++ {
		if t.ch[k] == '，' || t.ch[k] == '。' || t.ch[k] == '；' {
			return u
		}
		kind, end := t.saying(k, s.b)
		if kind != demands && kind != observes || end-k > 5 {
			continue
		}
		if _, ok := t.person(stretch{i, k}); ok || t.plainOffice(stretch{i, k}) {
			u.kind, u.text = kind, t.pastComma(end, s.b)
			if kind == demands && !t.tellsToDo(stretch{u.text, s.b}) { // 张书记强调，学院高度重视……
				u.kind = observes
			}
		}
		return u
	}
	return u
}
