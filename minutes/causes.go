package minutes

// Minutes of assemblies in Taiwan put the parts of a case on lines of their own: 第一案, 提案人：, 案由：, 說明：, 決議：.

// readCauses makes an item of each 案由： on a line of its own that a conclusion follows, and of each plain line with a
// conclusion right below it. It answers false where the paper has no such lines.
func (r *reader) readCauses() bool {
	if !r.hasCauses() {
		return false
	}
	c := causeReader{reader: r}
	for i, p := range r.paras {
		switch {
		case r.isCause(i):
			c.cause(i)
		case r.kinds[i] == labelled && r.labels[i].kind == labelOutcome:
			c.outcome(i)
		default:
			c.other(i, p)
		}
	}
	return true
}

// A causeReader walks the parts of cases.
type causeReader struct {
	*reader
	number, proposer stretch // of the next case
	open             bool    // whether the last item waits for its conclusion
}

// cause makes an item of 案由：.
func (c *causeReader) cause(i int) {
	title := c.t.trim(stretch{c.labels[i].end, c.causeEnd(i)})
	if title.len() < 2 {
		return
	}
	it := item{number: c.number, title: title, heading: true, kind: c.t.kindOfTitle(title)}
	if !c.proposer.empty() {
		it.body = append(it.body, c.proposer)
	}
	c.items = append(c.items, it)
	c.number, c.proposer, c.open = stretch{}, stretch{}, true
}

// outcome gives 決議： to the item that waits for it, or to one that the line above names.
func (c *causeReader) outcome(i int) {
	t := c.t
	if !c.open && i > 0 && c.kinds[i-1] == plain && t.isHeading(t.trim(c.paras[i-1])) {
		title := t.trimHeading(c.paras[i-1])
		c.items = append(c.items, item{title: title, heading: true, kind: t.kindOfTitle(title)})
		c.open = true
	}
	if n := len(c.items); c.open && n > 0 {
		c.items[n-1].body = append(c.items[n-1].body, c.paras[i])
	}
	c.open = false
}

// other reads 第一案 and 提案人：, which stand before a cause.
func (c *causeReader) other(i int, p stretch) {
	if m, j, ok := c.t.markAt(p.a, p.b); ok && (m.style == topic || m.style == ordinal) {
		c.number, c.open = stretch{p.a, j}, false
	}
	if k := c.t.find(p, "提案人："); k >= 0 || c.kinds[i] == labelled && c.labels[i].kind == labelPresenter {
		c.proposer = stretch{max(k, p.a), p.b}
	}
}

// hasCauses reports whether 案由： and a conclusion stand on lines of their own.
func (r *reader) hasCauses() bool {
	cause := false
	for i := range r.paras {
		cause = cause || r.isCause(i)
		if cause && r.kinds[i] == labelled && r.labels[i].kind == labelOutcome {
			return true
		}
	}
	return false
}

func (r *reader) isCause(i int) bool {
	if r.kinds[i] != labelled || r.labels[i].kind != labelOther {
		return false
	}
	at := r.labels[i].at
	return r.t.has(at.a, at.b, "案由") || r.t.has(at.a, at.b, "事由")
}

// causeEnd answers the end of a cause that goes on in plain lines below its label.
func (r *reader) causeEnd(i int) int {
	end := r.paras[i].b
	for j := i + 1; j < len(r.paras) && r.kinds[j] == plain && r.t.ch[end-1] != '。'; j++ {
		if _, _, ok := r.t.markAt(r.paras[j].a, r.paras[j].b); ok {
			break
		}
		end = r.paras[j].b
	}
	return end
}

// itemOfTitle makes one item of a paper on a single matter that only its title names: 关于龟山社区水改有关事项的会议纪要.
func (r *reader) itemOfTitle(body []stretch) {
	t := r.t
	for _, p := range r.headParagraphs() {
		p = t.trim(p)
		if !t.has(p.a, p.b, "关于") || len(body) == 0 {
			continue
		}
		for _, w := range []string{"的专题会议纪要", "的协调会议纪要", "的会议纪要", "专题会议纪要", "协调会纪要", "会议纪要", "的纪要", "纪要"} {
			if t.ends(p, w) {
				title := stretch{p.a, p.b - len([]rune(w))}
				r.items = append(r.items, item{title: title, heading: true, kind: t.kindOfTitle(title), body: body})
				return
			}
		}
	}
}
