package minutes

// readNumbers reads the number of the paper: 第8号, 第3期, 长府会议纪要〔2025〕2号, （2022）5号.
func (r *reader) readNumbers(head []stretch) {
	for _, p := range head {
		r.readNumberLine(r.t, p)
	}
	for _, l := range r.around.lines() {
		for _, w := range []string{"文号：", "发文字号："} {
			if i := r.around.find(stretch{l.a, min(l.b, l.a+60)}, w); i >= 0 {
				r.readNumberLine(r.around, stretch{r.around.after(i, l.b, w), l.b})
			}
		}
	}
}

func (r *reader) readNumberLine(t *text, p stretch) {
	paper := &r.rec.Minutes
	p.b = min(p.b, p.a+80)
	for i := p.a; i < p.b; i++ {
		if n, at := t.yearlyNumber(p, i); n > 0 && paper.IssueNumber == nil { // 〔2023〕14号 alone on its line
			paper.IssueNumber = &n
			paper.Spans["issueNumber"] = t.span(at)
			if s := (stretch{i, at.b}); t.ch[at.b-1] == '号' && paper.DocumentNumber == nil {
				v := t.value(s)
				paper.DocumentNumber, paper.Spans["documentNumber"] = &v, t.span(s)
			}
			return
		}
		if (t.ch[i] == '〔' || t.ch[i] == '（') && paper.DocumentNumber == nil {
			if s, ok := t.documentNumber(p, i); ok {
				v := t.value(s)
				paper.DocumentNumber = &v
				paper.Spans["documentNumber"] = t.span(s)
			}
			continue
		}
		if t.ch[i] != '第' || paper.IssueNumber != nil {
			continue
		}
		n, j := t.number(i+1, p.b)
		if n < 1 || j >= p.b || t.ch[j] != '号' && t.ch[j] != '期' {
			continue
		}
		paper.IssueNumber = &n
		paper.Spans["issueNumber"] = t.span(stretch{i, j + 1})
	}
}

// yearlyNumber reads 〔2023〕14号 or （2023）第14期 where nothing stands before it: a number of the paper, not of an office.
func (t *text) yearlyNumber(p stretch, i int) (int, stretch) {
	if i != p.a || t.ch[i] != '〔' && t.ch[i] != '（' {
		return 0, stretch{}
	}
	year, j := t.number(i+1, p.b)
	if year < 1900 || year > 2200 || j >= p.b || int(t.mate[i]) != j {
		return 0, stretch{}
	}
	j++
	if j < p.b && t.ch[j] == '第' {
		j++
	}
	n, end := t.number(j, p.b)
	if n < 1 || end >= p.b || t.ch[end] != '号' && t.ch[end] != '期' {
		return 0, stretch{}
	}
	return n, stretch{j, end + 1}
}

// documentNumber reads 长府会议纪要〔2025〕2号 around the bracket at i.
func (t *text) documentNumber(p stretch, i int) (stretch, bool) {
	year, j := t.number(i+1, p.b)
	if year < 1900 || j >= p.b || t.ch[j] != '〕' && t.ch[j] != '）' {
		return stretch{}, false
	}
	k := j + 1
	if k < p.b && t.ch[k] == '第' {
		k++
	}
	n, end := t.number(k, p.b)
	if n < 1 || end >= p.b || t.ch[end] != '号' {
		return stretch{}, false
	}
	a := i
	for a > p.a && isHan(t.ch[a-1]) && i-a < 20 {
		a--
	}
	return stretch{a, end + 1}, a < i
}
