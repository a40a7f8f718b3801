package ingest

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/minutebook/minutebook/minutes"
	"github.com/minutebook/minutebook/models"
)

// maxCorrections is how many corrections one import takes.
const maxCorrections = 2000

// humanKey names a field of a record by the stretch that states the record; the meeting and its minutes, of which there is
// one each, have the empty stretch. The empty field is the record or part itself.
type humanKey struct {
	kind  models.RecordType
	whole span
	field string
}

// corrected is what people have set in a record that was read.
type corrected struct {
	fields map[humanKey]span // with the stretch that states the value, empty where none does
	values []*models.ImportValue
}

// correct brings a record to what people say that the text says. Paths count in the record as it was read, whatever is
// removed; a place behind the last of a list adds to it.
func correct(record *minutes.Record, source text, corrections []*models.ImportCorrection) (*corrected, error) {
	c := &corrector{record: record, text: source}
	if len(corrections) > maxCorrections {
		return nil, wrongCorrection(maxCorrections, "path", "more than %d corrections at once", maxCorrections)
	}
	for i, one := range corrections {
		if err := c.place(i, one); err != nil {
			return nil, err
		}
		if err := grow(record, one); err != nil {
			return nil, wrongCorrection(i, "path", "%s: %s", one.Path, err)
		}
	}
	c.outline = outlineOf(record)
	for i, one := range corrections {
		if err := c.apply(i, one); err != nil {
			return nil, err
		}
	}
	for i, one := range corrections {
		if err := c.whole(i, one); err != nil {
			return nil, err
		}
	}
	out := &corrected{fields: c.fields(), values: c.outline.values()}
	c.remove()
	return out, nil
}

// body is who met, where a person has said so.
func (c *corrected) body() (string, bool) {
	for _, v := range c.values {
		if v.Path == "meeting.body" && v.Method == models.MethodHuman && v.Value != nil {
			return *v.Value, true
		}
	}
	return "", false
}

type corrector struct {
	record  *minutes.Record
	text    text
	outline *outline
}

func wrongCorrection(i int, argument, format string, values ...any) error {
	return &models.UserError{
		Code: models.CodeInvalid, Message: fmt.Sprintf(format, values...), Path: []string{"corrections", strconv.Itoa(i), argument},
	}
}

// place checks the stretch of a correction.
func (c *corrector) place(i int, one *models.ImportCorrection) error {
	switch {
	case (one.Start == nil) != (one.End == nil):
		return wrongCorrection(i, "start", "give both start and end, or neither")
	case one.Start != nil && (*one.Start < 0 || *one.End > len(c.text) || *one.Start >= *one.End):
		return wrongCorrection(i, "start", "the text has no stretch from %d to %d: it is %d characters long", *one.Start, *one.End, len(c.text))
	}
	return nil
}

// apply makes one correction.
func (c *corrector) apply(i int, one *models.ImportCorrection) error {
	s := c.outline.paths[one.Path]
	if s == nil {
		return wrongCorrection(i, "path", "%q is no place of what was read; a preview lists them as values", one.Path)
	}
	s.corrected = true
	value := one.Value
	if s.element {
		switch {
		case value != nil:
			return wrongCorrection(i, "value", "%s has no value of its own: name one of its fields", one.Path)
		case one.Start == nil:
			s.removed = true
		}
	} else if !isStretch(s) || value != nil || one.Start == nil {
		if value == nil && one.Start != nil {
			words := c.text.squeeze(span{*one.Start, *one.End})
			value = &words
		}
		if err := s.set(value); err != nil {
			return wrongCorrection(i, "value", "%s: %s", one.Path, err)
		}
	}
	if one.Start != nil {
		at := minutes.Span{Start: *one.Start, End: *one.End}
		if s.place != nil {
			s.place(at)
		} else {
			s.at = &at
		}
	}
	return nil
}

// whole checks that what was corrected has what it needs.
func (c *corrector) whole(i int, one *models.ImportCorrection) error {
	s := c.outline.paths[one.Path]
	if s.required && s.get() == nil && !c.gone(s.path) {
		return wrongCorrection(i, "value", "%s cannot be empty", one.Path)
	}
	if !s.element || s.removed {
		return nil
	}
	for _, part := range c.outline.slots {
		if part.required && parent(part.path) == s.path && part.get() == nil {
			return wrongCorrection(i, "path", "%s needs a value: %s", one.Path, part.path)
		}
	}
	return nil
}

// gone reports a place within something that is removed.
func (c *corrector) gone(path string) bool {
	for ; path != ""; path = parent(path) {
		if s := c.outline.paths[path]; s != nil && s.removed {
			return true
		}
	}
	return false
}

var lastPart = regexp.MustCompile(`\.?[^.]*$`)

// parent is the path of what a place belongs to.
func parent(path string) string { return lastPart.ReplaceAllString(path, "") }

// labelled are the fields of an attendance that its label is made of.
var labelled = map[string]bool{"person": true, "organization": true, "title": true}

// fields are the fields that people have set, by the stretches that the planner knows their records by.
func (c *corrector) fields() map[humanKey]span {
	out := map[humanKey]span{}
	for _, s := range c.outline.slots {
		if !s.corrected {
			continue
		}
		key := humanKey{kind: s.owner.kind, field: s.field}
		if s.owner.whole != nil {
			key.whole = spanOf(*s.owner.whole)
		}
		at := span{}
		if s.at != nil {
			at = spanOf(*s.at)
		}
		out[key] = at
		if s.part && !s.removed {
			out[humanKey{s.owner.kind, at, ""}] = at
		}
		if s.kind == models.TypeAttendance && labelled[s.field] {
			key.field = "label"
			out[key] = key.whole
		}
	}
	return out
}

// remove takes out what people say that the text does not state.
func (c *corrector) remove() {
	gone := func(format string, values ...any) bool {
		s := c.outline.paths[fmt.Sprintf(format, values...)]
		return s != nil && s.removed
	}
	r := c.record
	for i := range r.AgendaItems {
		item := &r.AgendaItems[i]
		for j := range item.Decisions {
			d := &item.Decisions[j]
			d.Steps = keep(d.Steps, func(k int) bool { return !gone("agendaItems[%d].decisions[%d].steps[%d]", i, j, k) })
		}
		item.Presenters = keep(item.Presenters, func(j int) bool { return !gone("agendaItems[%d].presenters[%d]", i, j) })
		item.Documents = keep(item.Documents, func(j int) bool { return !gone("agendaItems[%d].documents[%d]", i, j) })
		item.Decisions = keep(item.Decisions, func(j int) bool { return !gone("agendaItems[%d].decisions[%d]", i, j) })
		item.Directives = keep(item.Directives, func(j int) bool { return !gone("agendaItems[%d].directives[%d]", i, j) })
	}
	r.AgendaItems = keep(r.AgendaItems, func(i int) bool { return !gone("agendaItems[%d]", i) })
	r.Attendance = keep(r.Attendance, func(i int) bool { return !gone("attendance[%d]", i) })
	r.Distribution = keep(r.Distribution, func(i int) bool { return !gone("distribution[%d]", i) })
}

func keep[T any](list []T, stays func(i int) bool) []T {
	out := list[:0:0]
	for i := range list {
		if stays(i) {
			out = append(out, list[i])
		}
	}
	return out
}

var newPlace = regexp.MustCompile(`^(?:agendaItems\[(\d{1,6})\](?:\.(presenters|documents|decisions|directives)\[(\d{1,6})\](?:\.steps\[(\d{1,6})\])?)?` +
	`|(attendance|distribution)\[(\d{1,6})\])$`)

// grow adds an element to a list where a correction names the place behind its last.
func grow(r *minutes.Record, one *models.ImportCorrection) error {
	found := newPlace.FindStringSubmatch(one.Path)
	if found == nil {
		return nil
	}
	at := minutes.Span{}
	if one.Start != nil {
		at = minutes.Span{Start: *one.Start, End: *one.End}
	}
	n := func(i int) int { v, _ := strconv.Atoi(found[i]); return v }
	added := false
	switch {
	case found[5] == "attendance":
		r.Attendance, added = behind(r.Attendance, n(6), minutes.Attendance{Capacity: "ATTENDING", Status: "PRESENT", Items: []int{}, Span: at})
	case found[5] == "distribution":
		r.Distribution, added = behind(r.Distribution, n(6), minutes.Distribution{Kind: "TO", Span: at})
	case found[2] == "":
		item := minutes.AgendaItem{Position: len(r.AgendaItems) + 1, Kind: "OTHER", Span: at}
		r.AgendaItems, added = behind(r.AgendaItems, n(1), item)
	case n(1) < len(r.AgendaItems):
		added = growItem(&r.AgendaItems[n(1)], found[2], n(3), found[4], n(4), at)
	}
	if added && one.Start == nil {
		return errors.New("a new entry needs the stretch of the text that states it: give start and end")
	}
	return nil
}

func growItem(item *minutes.AgendaItem, list string, j int, step string, k int, at minutes.Span) (added bool) {
	switch {
	case list == "presenters":
		item.Presenters, added = behind(item.Presenters, j, minutes.Presenter{Span: at})
	case list == "documents":
		item.Documents, added = behind(item.Documents, j, minutes.DocumentRef{Role: "UNDER_REVIEW", Span: at})
	case list == "directives":
		item.Directives, added = behind(item.Directives, j, minutes.Directive{Addressees: []string{}, Span: at})
	case step == "":
		item.Decisions, added = behind(item.Decisions, j, minutes.Decision{Span: at})
	case j < len(item.Decisions):
		d := &item.Decisions[j]
		d.Steps, added = behind(d.Steps, k, minutes.Step{Kind: "OTHER", Span: at})
	}
	return added
}

// behind adds to a list where a place is the one behind its last.
func behind[T any](list []T, place int, one T) ([]T, bool) {
	if place != len(list) {
		return list, false
	}
	return append(list, one), true
}

// isStretch reports the slot whose value is the words of its stretch, and nothing else.
func isStretch(s *slot) bool { return s.kind == models.TypeAgendaItem && s.field == "text" }

// withCorrections brings the sources of a record, of which the first is the one of the record as a whole, to what people have
// set, and notes the fields.
func (p *planner) withCorrections(t models.RecordType, id models.ID, whole span, sources []source) []source {
	var fields []string
	for key := range p.corrected.fields {
		if key.kind == t && key.whole == whole {
			fields = append(fields, key.field)
		}
	}
	slices.Sort(fields)
	if len(fields) > 0 && fields[0] == "" {
		sources[0].method, fields = models.MethodHuman, fields[1:]
	}
	for _, field := range fields {
		sources = slices.DeleteFunc(sources, func(s source) bool { return s.field == field })
		if at := p.corrected.fields[humanKey{t, whole, field}]; !at.empty() {
			sources = append(sources, source{field, at, models.MethodHuman})
		}
	}
	if len(fields) > 0 {
		p.out.human[id] = fields
	}
	return sources
}

// part is the source of a part of a record of a type.
func (p *planner) part(t models.RecordType, at minutes.Span) source {
	s := stated("", spanOf(at))
	if _, ok := p.corrected.fields[humanKey{t, s.at, ""}]; ok {
		s.method = models.MethodHuman
	}
	return s
}

// stillHuman lists the fields of a record for which an earlier import was corrected, where the words that were pointed at
// still stand there and this import says nothing else of them. Their spans stay.
func (p *planner) stillHuman(owner models.ID, sources []source, have map[spanKey]models.ID) map[string]bool {
	out := map[string]bool{}
	for _, s := range p.known.spans[owner] {
		if s.DocumentID != p.doc.ID || s.Method != models.MethodHuman || p.text.quote(span{s.Start, s.End}) != s.Quote {
			continue
		}
		field := ""
		if s.Field != nil {
			field = *s.Field
		}
		again := slices.ContainsFunc(sources, func(given source) bool { return given.field == field && given.method == models.MethodHuman })
		if len(sources) > 0 && !again {
			out[field] = true
			delete(have, keyOfSpan(s))
		}
	}
	return out
}
