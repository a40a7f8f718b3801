package minutes

// mostWarnings bounds the warnings of one text; a text that needs more is no minutes.
const mostWarnings = 200

func (r *reader) warn(code, message string, at stretch) {
	if len(r.rec.Warnings) < mostWarnings {
		r.rec.Warnings = append(r.rec.Warnings, Warning{Code: code, Message: message, Span: r.t.span(at)})
	}
}

// finish makes the lists that were never filled empty ones and says what is missing altogether.
func (r *reader) finish() {
	rec := &r.rec
	r.bodyFromElsewhere()
	if rec.AgendaItems == nil {
		rec.AgendaItems = []AgendaItem{}
	}
	if rec.Attendance == nil {
		rec.Attendance = []Attendance{}
	}
	if rec.Distribution == nil {
		rec.Distribution = []Distribution{}
	}
	if r.opening.para < 0 && rec.Meeting.Series == "" && len(rec.AgendaItems) == 0 {
		r.warn("NO_MEETING", "No meeting was found in this text.", stretch{0, min(len(r.t.ch), 40)})
	}
	if rec.Warnings == nil {
		rec.Warnings = []Warning{}
	}
}
