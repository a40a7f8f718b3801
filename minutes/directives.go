package minutes

// A directive is a point of what the meeting demanded.
type directive struct {
	label stretch
	text  stretch
	plain bool // read from a sentence without 会议强调
}

// addDirectives reads a unit 会议强调，…… with all that follows it. Labelled points are directives each, and what stands
// before the first is left out; without labels the whole is one. What 会议指出 opens is an observation, and a
// directive only from the sentence on in which somebody named is told to do something.
func (r *reader) addDirectives(f *itemFacts, u unit) {
	t := r.t
	block := stretch{u.text, u.all.b}
	if labels := t.labelsIn(block); len(labels) > 1 {
		for i, l := range labels {
			end := block.b
			if i+1 < len(labels) {
				end = labels[i+1].a
			}
			if text := t.pointText(l.b, end); text.len() > 1 {
				f.directives = append(f.directives, directive{label: l, text: text})
			}
		}
		return
	}
	if u.kind == observes {
		block = t.fromAddressed(block)
	}
	if block.len() < 4 {
		return
	}
	f.directives = append(f.directives, directive{text: block})
}

// fromAddressed answers the part of s from the first sentence on that tells somebody named to do something.
func (t *text) fromAddressed(s stretch) stretch {
	for _, sentence := range t.sentences(s) {
		if len(t.toldIn(sentence, false)) > 0 {
			return stretch{sentence.a, s.b}
		}
	}
	return stretch{}
}
