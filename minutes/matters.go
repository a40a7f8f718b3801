package minutes

import "slices"

// bodyParagraphs answers the paragraphs between the opening and the lists of the end, without labelled lines.
func (r *reader) bodyParagraphs() []stretch {
	t := r.t
	var body, agenda []stretch
	from := r.opening.para + 1
	if r.opening.para < 0 {
		from = len(r.headParagraphs())
	}
	annexed := false
	for i := from; i < len(r.paras); i++ {
		if r.kinds[i] == labelled && len(body) > 0 && r.endsBody(i) {
			break
		}
		if r.kinds[i] == labelled {
			annexed = i > r.lastMatter && t.ch[r.labels[i].at.a] == '附'
		}
		switch {
		case r.kinds[i] == plain && annexed, r.kinds[i] == plain && (t.isCircumstance(r.paras[i]) || t.closes(r.paras[i])): // a table of duties, a list
		case r.kinds[i] == plain && t.tells(r.paras[i]):
			r.telling = append(r.telling, r.paras[i])
		case r.kinds[i] == plain:
			body = append(body, r.paras[i])
		case r.kinds[i] == labelled && (r.labels[i].kind == labelOutcome || r.labels[i].kind == labelPresenter || t.isLeftover(r.labels[i]) && len(body) > 0):
			body = append(body, r.paras[i])
		case r.kinds[i] == labelled && r.labels[i].kind == labelTopics && r.labels[i].end < r.paras[i].b:
			if t.listsMatters(stretch{r.labels[i].end, r.paras[i].b}) {
				agenda = append(agenda, stretch{r.labels[i].end, r.paras[i].b})
			}
		}
	}
	if r.lastMatter < 0 { // the agenda is all there is
		return append(agenda, body...)
	}
	return body
}

// closes reports whether a paragraph only says when the meeting ended.
func (t *text) closes(p stretch) bool {
	p = t.trim(p)
	return p.len() < 30 && (t.ends(p, "结束") || t.ends(p, "散会")) && (t.has(p.a, p.b, "会议") || t.has(p.a, p.b, "散会"))
}

// listedTopics answers the paragraphs behind 本期会议议题： where that is a heading above numbered topics which are
// treated there one by one, with the style of the numerals. Lists within a topic are indented further.
func (r *reader) listedTopics(body []stretch) ([]stretch, style) {
	t := r.t
	from, indent := -1, 0
	for i := range r.paras {
		if r.kinds[i] == labelled && r.labels[i].kind == labelTopics && r.labels[i].end >= r.paras[i].b {
			from = r.paras[i].b
		}
	}
	if from < 0 {
		return nil, unmarked
	}
	var topics []stretch
	found, sort := 0, unmarked
	for _, p := range body {
		if p.a < from {
			continue
		}
		m, _, ok := t.markAt(p.a, p.b)
		in := t.indent(p.a)
		if ok && sort == unmarked {
			sort, indent = m.style, in
		}
		if ok && m.style == sort && in <= indent {
			found++
		} else if ok && len(topics) > 0 { // a list within a topic
			topics[len(topics)-1].b = p.b
			continue
		}
		topics = append(topics, p)
	}
	if found < 1 || sort != arabic {
		return nil, unmarked
	}
	return topics, sort
}

// isLeftover reports whether a label stands above what is still to be done.
func (t *text) isLeftover(l label) bool { return leftovers.is(t.ch, l.at.a, l.at.b) }

// indent answers how many blanks stand between the start of the line and i in the source.
func (t *text) indent(i int) int {
	n := 0
	for j := int(t.pos[i]) - 1; j >= 0 && t.src[j] != '\n'; j-- {
		n++
	}
	return n
}

// endsBody reports whether the list that paragraph i begins is one of the paper's end: no matter follows it.
func (r *reader) endsBody(i int) bool {
	switch r.labels[i].kind {
	case labelAttendance, labelTo, labelCC:
	default:
		return false
	}
	if r.lastMatter < 0 {
		return true
	}
	return i > r.lastMatter
}

// findLastMatter answers the last paragraph that can open an item, or -1.
func (r *reader) findLastMatter() int {
	t := r.t
	for i, p := range slices.Backward(r.paras) {
		if r.kinds[i] != plain {
			continue
		}
		if m, _, ok := t.markAt(p.a, p.b); ok && m.style <= paren || t.meetingVerb(p) && !t.tells(p) {
			return i
		}
	}
	return -1
}

// tells reports whether a sentence only tells who took part.
func (t *text) tells(p stretch) bool {
	if p.len() > 400 {
		return false
	}
	s := stretch{p.a, p.b}
	for _, w := range []string{"出席", "列席", "参加"} {
		if i := t.find(s, w); i >= 0 && (p.b-i < 14 || i-p.a < 4) {
			return true
		}
	}
	return false
}

func (t *text) listsMatters(s stretch) bool {
	_, ok := t.matterAt(s, true)
	return ok
}
