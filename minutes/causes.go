package minutes

// Minutes of assemblies in Taiwan put the parts of a case on lines of their own: 第一案, 提案人：, 案由：, 說明：, 決議：.

// readCauses makes an item of each 案由： on a line of its own that a conclusion follows, and of each plain line with a
// conclusion right below it. It answers false where the paper has no such lines.
func (r *reader) readCauses() bool {
	if !r.hasCauses() {
		return false
	}
	t := r.t
	number, proposer := stretch{}, stretch{}
	open := false // whether the last item waits for its conclusion
	for i, p := range r.paras {
		switch {
		case r.isCause(i):
			title := t.trim(stretch{r.labels[i].end, r.causeEnd(i)})
			if title.len() < 2 {
				continue
			}
			it := item{number: number, title: title, heading: true, kind: t.kindOfTitle(title)}
			if !proposer.empty() {
				it.body = append(it.body, proposer)
			}
			r.items = append(r.items, it)
			number, proposer, open = stretch{}, stretch{}, true
		case r.kinds[i] == labelled && r.labels[i].kind == labelOutcome:
			if !open && i > 0 && r.kinds[i-1] == plain && t.isHeading(t.trim(r.paras[i-1])) {
				title := t.trimHeading(r.paras[i-1])
				r.items = append(r.items, item{title: title, heading: true, kind: t.kindOfTitle(title)})
				open = true
			}
			if n := len(r.items); open && n > 0 {
				r.items[n-1].body = append(r.items[n-1].body, p)
			}
			open = false
		default:
			if m, j, ok := t.markAt(p.a, p.b); ok && (m.style == topic || m.style == ordinal) {
				number, open = stretch{p.a, j}, false
			}
			if k := t.find(p, "提案人："); k >= 0 || r.kinds[i] == labelled && r.labels[i].kind == labelPresenter {
				proposer = stretch{max(k, p.a), p.b}
			}
		}
	}
	return true
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
