package minutes

// readDistribution reads 主送：, 抄送：, 发：, 送：.
func (r *reader) readDistribution() {
	t := r.t
	for i := range r.paras {
		if r.kinds[i] != labelled {
			continue
		}
		l := r.labels[i]
		kind := "TO"
		switch l.kind {
		case labelCC:
			kind = "CC"
		case labelTo:
		default:
			continue
		}
		if i < r.opening.para && l.at.len() < 3 {
			continue
		}
		for _, name := range t.names(stretch{l.end, r.blockEnd(i)}) {
			name = t.addressee(name)
			if name.len() < 2 || len(r.rec.Distribution) > 20000 {
				continue
			}
			r.rec.Distribution = append(r.rec.Distribution, Distribution{Kind: kind, Name: t.value(name), Collective: t.isCollective(name), Span: t.span(name)})
		}
	}
}

// addressee takes off what is not the name: a count of copies, a bracket.
func (t *text) addressee(s stretch) stretch {
	s = t.trim(s)
	for i := s.a; i < s.b; i++ {
		if t.ch[i] == '（' && i > s.a+1 && t.past(i) >= s.b { // （区） in 各县（区）人民政府 is part of the name
			return stretch{s.a, i}
		}
	}
	if t.isPlaceholder(s) || t.isCount(s) || t.has(s.a, s.b, "共印") || t.has(s.a, s.b, "存档") && s.len() < 4 {
		return stretch{}
	}
	return s
}
