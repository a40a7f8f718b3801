package ingest

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/minutebook/minutebook/minutes"
	"github.com/minutebook/minutebook/models"
)

// slot is one value of a record that was read, by the path that a correction names. The slot of an element of a list
// (attendance[3]) has no value of its own: its span is where the text states the element.
type slot struct {
	path     string
	kind     models.RecordType
	field    string // of the record in the graph
	element  bool
	part     bool // of a part of a record, such as a step, which is stated by a stretch of its own
	required bool
	list     bool
	get      func() *string
	set      func(*string) error
	at       *minutes.Span // where the text states it; of a value without a place of its own, where it states the element
	place    func(minutes.Span)
	owner    *owner

	corrected, removed bool
}

// owner is the record that a slot belongs to, and the stretch by which the planner knows it.
type owner struct {
	whole *minutes.Span // nil for the meeting and its minutes, of which there is one each
	kind  models.RecordType
}

// outline lists the values of a record.
type outline struct {
	slots []*slot
	paths map[string]*slot
}

func outlineOf(r *minutes.Record) *outline {
	o := &outline{paths: map[string]*slot{}}
	o.head(r)
	for i := range r.AgendaItems {
		o.item(fmt.Sprintf("agendaItems[%d]", i), &r.AgendaItems[i])
	}
	for i := range r.Attendance {
		o.seat(fmt.Sprintf("attendance[%d]", i), &r.Attendance[i])
	}
	minutesPaper := &owner{kind: models.TypeDocument}
	for i := range r.Distribution {
		d := &r.Distribution[i]
		e := o.element(fmt.Sprintf("distribution[%d]", i), "distribution", &d.Span, minutesPaper)
		e.word("kind", &d.Kind, valid[models.DistributionKind])
		e.text("name", &d.Name, true)
		e.flag("collective", &d.Collective)
	}
	return o
}

// element is an element of a list whose values are being listed.
type element struct {
	o     *outline
	path  string
	field string // of the owner, for a part of it; empty for a record of its own, whose fields have their own names
	at    *minutes.Span
	owner *owner
	names map[string]string // of fields that the graph calls otherwise
}

func (o *outline) add(s *slot) {
	o.slots = append(o.slots, s)
	o.paths[s.path] = s
}

func (o *outline) element(path, field string, at *minutes.Span, of *owner) *element {
	e := &element{o: o, path: path, field: field, at: at, owner: of}
	o.add(&slot{path: path, kind: of.kind, field: field, element: true, part: field != "", at: at, place: func(s minutes.Span) { *at = s }, owner: of})
	return e
}

func (e *element) slot(name string, get func() *string, set func(*string) error) *slot {
	field := e.field
	if field == "" {
		field = name
	}
	if known := e.names[name]; known != "" {
		field = known
	}
	s := &slot{path: e.path + "." + name, kind: e.owner.kind, field: field, part: e.field != "", get: get, set: set, at: e.at, owner: e.owner}
	e.o.add(s)
	return s
}

func (e *element) text(name string, value *string, required bool) *slot {
	s := e.slot(name, func() *string { return nonempty(*value) }, func(v *string) error {
		*value = plain(v)
		return nil
	})
	s.required = required
	return s
}

func (e *element) optional(name string, value **string) *slot {
	return e.slot(name, func() *string { return *value }, func(v *string) error {
		*value = nonempty(plain(v))
		return nil
	})
}

func (e *element) number(name string, value **int) *slot {
	return e.slot(name, func() *string {
		if *value == nil {
			return nil
		}
		return nonempty(strconv.Itoa(**value))
	}, func(v *string) error {
		if plain(v) == "" {
			*value = nil
			return nil
		}
		n, err := strconv.Atoi(plain(v))
		if err != nil || n < 0 || n > 1_000_000 {
			return fmt.Errorf("%q is not a number that can stand here", *v)
		}
		*value = &n
		return nil
	})
}

func (e *element) date(name string, value **string) *slot {
	return e.slot(name, func() *string { return *value }, func(v *string) error {
		if plain(v) == "" {
			*value = nil
			return nil
		}
		day, err := models.ParseDate(plain(v))
		if err != nil {
			return err
		}
		text := string(day)
		*value = &text
		return nil
	})
}

// word is a value of an enum; empty is allowed only where none is required.
func (e *element) word(name string, value *string, ok func(string) bool) *slot {
	s := e.slot(name, func() *string { return nonempty(*value) }, func(v *string) error {
		if !ok(plain(v)) {
			return fmt.Errorf("%q is none of the values of this field", plain(v))
		}
		*value = plain(v)
		return nil
	})
	s.required = true
	return s
}

func (e *element) flag(name string, value *bool) {
	e.slot(name, func() *string { return nonempty(strconv.FormatBool(*value)) }, func(v *string) (err error) {
		*value, err = strconv.ParseBool(plain(v))
		return err
	})
}

// names is a list of names, one a line.
func (e *element) list(name string, value *[]string) {
	e.slot(name, func() *string { return nonempty(strings.Join(*value, "\n")) }, func(v *string) error {
		*value = []string{}
		for line := range strings.SplitSeq(plain(v), "\n") {
			if line = strings.TrimSpace(line); line != "" && !slices.Contains(*value, line) {
				*value = append(*value, line)
			}
		}
		return nil
	}).list = true
}

// numbers is a list of numbers, one a line.
func (e *element) numbers(name string, value *[]int) {
	e.slot(name, func() *string {
		var lines []string
		for _, n := range *value {
			lines = append(lines, strconv.Itoa(n))
		}
		return nonempty(strings.Join(lines, "\n"))
	}, func(v *string) error {
		list := []int{}
		for line := range strings.FieldsSeq(plain(v)) {
			n, err := strconv.Atoi(line)
			if err != nil {
				return fmt.Errorf("%q is not a number", line)
			}
			list = append(list, n)
		}
		*value = list
		return nil
	}).list = true
}

// stands makes the place of a value the place of its element: the words of a decision are where the decision is.
func (e *element) stands(s *slot) {
	s.place = func(at minutes.Span) { *e.at = at }
}

// head lists the values of the meeting and of its minutes as a paper, each of which has a place of its own.
func (o *outline) head(r *minutes.Record) {
	m, p := &r.Meeting, &r.Minutes
	own := func(spans *map[string]minutes.Span, s *slot, name string) {
		if at, ok := (*spans)[name]; ok {
			s.at = &at
		}
		s.place = func(at minutes.Span) {
			if *spans == nil {
				*spans = map[string]minutes.Span{}
			}
			(*spans)[name] = at
			s.at = &at
		}
	}
	e := &element{o: o, path: "meeting", owner: &owner{kind: models.TypeMeeting}, names: map[string]string{"year": "term"}}
	own(&m.Spans, e.text("body", &m.Body, false), "body")
	own(&m.Spans, e.text("series", &m.Series, false), "series")
	own(&m.Spans, e.number("ordinal", &m.Ordinal), "ordinal")
	own(&m.Spans, e.number("term", &m.Term), "term")
	own(&m.Spans, e.number("year", &m.Year), "year")
	own(&m.Spans, e.date("heldOn", &m.HeldOn), "heldOn")
	own(&m.Spans, e.optional("timeOfDay", &m.TimeOfDay), "timeOfDay")
	own(&m.Spans, e.optional("place", &m.Place), "place")

	e = &element{o: o, path: "minutes", owner: &owner{kind: models.TypeDocument}, names: map[string]string{"issueNumber": "number", "documentNumber": "number"}}
	own(&p.Spans, e.number("issueNumber", &p.IssueNumber), "issueNumber")
	own(&p.Spans, e.optional("documentNumber", &p.DocumentNumber), "documentNumber")
	own(&p.Spans, e.optional("issuedBy", &p.IssuedBy), "issuedBy")
	own(&p.Spans, e.date("issuedOn", &p.IssuedOn), "issuedOn")
	own(&p.Spans, e.optional("compiledBy", &p.CompiledBy), "compiledBy")
	own(&p.Spans, e.date("compiledOn", &p.CompiledOn), "compiledOn")
	s := e.optional("publication", &p.Publication)
	own(&p.Spans, s, "publication")
	set := s.set
	s.set = func(v *string) error {
		if !slices.Contains([]string{"", "PUBLIC", "ON_REQUEST", "NOT_PUBLIC"}, plain(v)) {
			return fmt.Errorf("%q is none of PUBLIC, ON_REQUEST and NOT_PUBLIC", plain(v))
		}
		return set(v)
	}
}

func (o *outline) item(path string, item *minutes.AgendaItem) {
	of := &owner{&item.Span, models.TypeAgendaItem}
	e := o.element(path, "", &item.Span, of)
	e.word("kind", &item.Kind, valid[models.AgendaItemKind])
	e.text("number", &item.Number, false)
	e.stands(e.text("title", &item.Title, true))
	body := e.slot("text", func() *string { return nil }, func(*string) error {
		return errors.New("what is said under a heading is a stretch of the text: give its start and end, and no value")
	})
	body.at, body.place = &item.Body, func(at minutes.Span) { item.Body = at }
	for j := range item.Presenters {
		one := &item.Presenters[j]
		e := o.element(fmt.Sprintf("%s.presenters[%d]", path, j), "presenters", &one.Span, of)
		e.optional("organization", &one.Organization)
		e.optional("person", &one.Person)
		e.optional("role", &one.Role)
	}
	for j := range item.Documents {
		one := &item.Documents[j]
		e := o.element(fmt.Sprintf("%s.documents[%d]", path, j), "documents", &one.Span, of)
		e.stands(e.text("title", &one.Title, true))
		e.text("shortTitle", &one.ShortTitle, false)
		e.word("role", &one.Role, valid[models.DocumentRole])
	}
	for j := range item.Decisions {
		o.decision(fmt.Sprintf("%s.decisions[%d]", path, j), &item.Decisions[j])
	}
	for j := range item.Directives {
		one := &item.Directives[j]
		e := o.element(fmt.Sprintf("%s.directives[%d]", path, j), "", &one.Span, &owner{&one.Span, models.TypeDirective})
		e.optional("label", &one.Label)
		e.stands(e.text("text", &one.Text, true))
		e.list("addressees", &one.Addressees)
	}
}

func (o *outline) decision(path string, d *minutes.Decision) {
	of := &owner{&d.Span, models.TypeDecision}
	e := o.element(path, "", &d.Span, of)
	e.word("outcome", &d.Outcome, func(v string) bool { return v == "" || valid[models.DecisionOutcome](v) }).required = false
	e.stands(e.text("text", &d.Text, true))
	e.list("documents", &d.Documents)
	for k := range d.Steps {
		step := &d.Steps[k]
		e := o.element(fmt.Sprintf("%s.steps[%d]", path, k), "steps", &step.Span, of)
		e.word("kind", &step.Kind, valid[models.StepKind])
		e.list("actors", &step.Actors)
		e.optional("target", &step.Target)
		e.list("inNameOf", &step.InNameOf)
		e.optional("document", &step.Document)
		e.optional("condition", &step.Condition)
	}
}

func (o *outline) seat(path string, a *minutes.Attendance) {
	e := o.element(path, "", &a.Span, &owner{&a.Span, models.TypeAttendance})
	e.names = map[string]string{"name": "person", "items": "agendaItems"}
	e.optional("name", &a.Name)
	e.optional("organization", &a.Organization)
	e.optional("title", &a.Title)
	e.word("capacity", &a.Capacity, valid[models.AttendanceCapacity])
	e.word("status", &a.Status, valid[models.AttendanceStatus])
	e.optional("reason", &a.Reason)
	e.numbers("items", &a.Items)
}

// valid reports whether a word is a value of an enum.
func valid[E interface {
	~string
	Valid() bool
}](word string) bool {
	return E(word).Valid()
}

func plain(v *string) string {
	if v == nil {
		return ""
	}
	return strings.TrimSpace(*v)
}

func nonempty(v string) *string {
	if v == "" {
		return nil
	}
	return &v
}

// values are the values of the outline as a preview shows them.
func (o *outline) values() []*models.ImportValue {
	out := make([]*models.ImportValue, 0, len(o.slots))
	for _, s := range o.slots {
		v := &models.ImportValue{Path: s.path, Type: s.kind, List: s.list, Required: s.required, Removed: s.removed, Method: models.MethodRule}
		if s.corrected {
			v.Method = models.MethodHuman
		}
		if s.get != nil {
			v.Value = s.get()
		}
		if s.at != nil && s.at.End > s.at.Start {
			start, end := s.at.Start, s.at.End
			v.Start, v.End = &start, &end
		}
		out = append(out, v)
	}
	return out
}
