package minutes

import "strings"

// emit turns what was read under an item into the record's form.
func (r *reader) emit(f *itemFacts, it *item) {
	t := r.t
	out := AgendaItem{
		Position: f.position, Kind: it.kind, Title: t.value(it.title), Span: t.span(it.title),
		Presenters: []Presenter{}, Documents: []DocumentRef{}, Decisions: []Decision{}, Directives: []Directive{},
	}
	if !it.number.empty() {
		out.Number = t.value(it.number)
	}
	for _, b := range it.body {
		s := t.span(b)
		if out.Body.End == 0 {
			out.Body = s
		}
		out.Body.End = s.End
	}
	for _, p := range f.presenters {
		out.Presenters = append(out.Presenters, Presenter{t.optional(p.organization), t.optional(p.person), t.optional(p.role), t.span(p.at)})
	}
	for _, d := range f.documents {
		out.Documents = append(out.Documents, DocumentRef{Title: t.value(d.at), ShortTitle: d.short, Role: d.role, Span: t.span(d.at)})
	}
	for _, d := range f.decisions {
		out.Decisions = append(out.Decisions, r.emitDecision(f, d))
	}
	for _, d := range f.directives {
		out.Directives = append(out.Directives, r.emitDirective(d))
	}
	r.rec.AgendaItems = append(r.rec.AgendaItems, out)
}

func (t *text) optional(s stretch) *string {
	if s.empty() {
		return nil
	}
	v := t.value(s)
	return &v
}

func (t *text) list(all []stretch) []string {
	out := []string{}
	for _, s := range all {
		out = append(out, t.value(s))
	}
	return out
}

func (r *reader) emitDirective(d directive) Directive {
	t := r.t
	all := d.text
	return Directive{Label: t.optional(d.label), Text: t.value(d.text), Addressees: t.list(t.addressees(d.text)), Span: t.span(all)}
}

func (r *reader) emitDecision(f *itemFacts, d decision) Decision {
	t := r.t
	out := Decision{Outcome: d.outcome, Text: t.value(d.text), Documents: []string{}, Steps: []Step{}, Span: t.span(d.text)}
	for _, s := range r.decided(f, d) {
		out.Documents = append(out.Documents, t.value(s))
	}
	for _, s := range t.stepsIn(stretch{d.steps.a, d.text.b}) {
		step := Step{Kind: s.kind, Actors: t.list(s.actors), Target: t.optional(s.target), InNameOf: t.list(s.inNameOf),
			Condition: t.optional(s.condition), Span: t.span(s.at)}
		if !s.document.empty() {
			v := t.value(s.document)
			if full, ok := t.fullFor(s.document, f.titles()); ok {
				v = t.value(full)
			}
			step.Document = &v
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

// decided answers the full titles of what a decision is about. 该汇报 and a verdict without an object mean all that is
// before the meeting under the item.
func (r *reader) decided(f *itemFacts, d decision) []stretch {
	t := r.t
	if d.object.empty() {
		if d.referral || d.outcome == "OTHER" || d.outcome == "REFERRED" {
			return nil
		}
		return f.titles()
	}
	var all []stretch
	for _, title := range t.titles(d.object) {
		if t.alias(title) {
			continue
		}
		full, ok := t.fullFor(title, f.titles())
		if !ok {
			full = title
			for _, doc := range f.documents {
				if doc.folded == t.folded(title) {
					full, ok = doc.at, true
				}
			}
		}
		if ok || title.len() > 6 {
			all = append(all, full)
		}
	}
	if len(all) > 0 {
		return all
	}
	object := strings.TrimLeft(t.folded(d.object), "了")
	if object == "" || strings.HasPrefix(object, "该") || strings.HasPrefix(object, "上述") || strings.HasPrefix(object, "以上") || strings.HasPrefix(object, "此") {
		return f.titles()
	}
	return nil
}
