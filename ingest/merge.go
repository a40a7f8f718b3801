package ingest

import (
	"slices"

	"github.com/minutebook/minutebook/models"
)

// merger brings a known record to what the text says, field by field. A field that a person has set stays. A text that is
// a further source of a record only fills what is empty: the first text of a meeting is the one whose words count.
type merger struct {
	p       *planner
	record  models.Record // a copy that is changed
	edited  map[string]bool
	human   []string // fields that a person has just corrected
	full    bool
	changed bool
	parts   map[string][]any
}

// merge begins to bring a record, of which it is given a copy, to what the text says.
func (p *planner) merge(record models.Record) *merger {
	id := record.Meta().ID
	return &merger{
		p: p, record: record, edited: p.known.edited[id], human: p.out.human[id], full: p.first || !p.elsewhereStated(id), parts: map[string][]any{},
	}
}

// may reports whether a field may be changed that differs; empty says that the known record has no value there.
func (m *merger) may(field string, empty bool) bool {
	if slices.Contains(m.human, field) {
		m.changed = true
		return true
	}
	if m.edited[field] {
		m.p.out.kept = append(m.p.out.kept, &models.ImportKept{Type: m.record.RecordType(), RecordID: m.record.Meta().ID, Field: &field})
		return false
	}
	if m.full || empty {
		m.changed = true
		return true
	}
	return false
}

// set gives a field that always has a value what the text says.
func set[T comparable](m *merger, field string, have *T, want T) {
	if *have != want && m.may(field, false) {
		*have = want
	}
}

// setOptional gives a field that may be empty what the text says.
func setOptional[T comparable](m *merger, field string, have **T, want *T) {
	switch {
	case *have == nil && want == nil, *have != nil && want != nil && **have == *want:
		return
	case want == nil && !m.full && !slices.Contains(m.human, field):
		return
	}
	if m.may(field, *have == nil) {
		*have = want
	}
}

// fill gives a field a value only where it has none.
func fill[T comparable](m *merger, field string, have **T, want *T) {
	if *have == nil {
		setOptional(m, field, have, want)
	}
}

// row is a part of a record that the text states, with its spans. Its keep takes from a known row that says the same what
// the text does not speak of.
type row struct {
	part    any
	hanging []any // actors of a step
	sources []source
	like    func(known any) bool
	keep    func(known any)
	id      func() models.ID // nil for links
}

// list brings a list of parts to what the text says: the same rows keep their ids.
func (m *merger) list(field string, have []any, want []row) {
	taken := make([]bool, len(have))
	matched, inOrder := 0, len(have) == len(want)
	fits := make([]bool, len(want))
	for i, w := range want {
		for j, known := range have {
			if !taken[j] && w.like(known) {
				taken[j], fits[i] = true, true
				matched++
				inOrder = inOrder && i == j
				if w.keep != nil {
					w.keep(known)
				}
				break
			}
		}
	}
	same := inOrder && matched == len(want)
	write := !same && (len(want) > 0 || m.full || slices.Contains(m.human, field)) && m.may(field, len(have) == 0)
	for i, w := range want {
		if write {
			m.parts[field] = append(m.parts[field], w.part)
			m.parts[field] = append(m.parts[field], w.hanging...)
		}
		if (write || fits[i]) && w.id != nil {
			m.p.spansFor(w.id(), w.sources)
		}
	}
	if write && len(want) == 0 {
		m.parts[field] = []any{}
	}
}

// done plans the amendment, if there is any, and the spans of the record.
func (m *merger) done(sources []source) {
	meta := m.record.Meta()
	m.p.touched[meta.ID] = true
	m.p.spansFor(meta.ID, sources)
	if !m.changed {
		m.p.count(m.record.RecordType()).Unchanged++
		return
	}
	m.p.out.amend = append(m.p.out.amend, amendment{m.record, m.parts})
	m.p.count(m.record.RecordType()).Updated++
}

// likeness makes a like of a comparison with known rows of one type.
func likeness[T any](same func(known T) bool) func(any) bool {
	return func(known any) bool {
		k, ok := known.(T)
		return ok && same(k)
	}
}

// keeping makes a keep of what is taken from known rows of one type.
func keeping[T any](take func(known T)) func(any) {
	return func(known any) {
		if k, ok := known.(T); ok {
			take(k)
		}
	}
}

// rows makes a list of any of a list of rows.
func rows[T any](list []*T) []any {
	out := make([]any, len(list))
	for i := range list {
		out[i] = list[i]
	}
	return out
}

// equalPointers compares values that may not be there.
func equalPointers[T comparable](a, b *T) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// cloned copies a record, so that the known one stays as it is.
func cloned[T any](record *T) *T {
	value := *record
	return &value
}
