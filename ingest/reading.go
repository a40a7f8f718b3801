package ingest

import (
	"errors"
	"unicode/utf8"

	"github.com/minutebook/minutebook/minutes"
	"github.com/minutebook/minutebook/models"
)

// reading is a text that has been read, and what does not depend on what is known.
type reading struct {
	name, text  string
	format      string
	runes       text
	record      minutes.Record
	convener    convener
	named       bool // the importer said who met
	heldOn      models.Date
	visibility  models.Visibility
	open        bool
	resolutions []*models.MatchResolution
	corrected   *corrected

	convenerProblem error
}

// Reading is a text that has been read and can be imported.
type Reading struct{ reading }

// Read reads a text as minutes. It knows no database, so several texts can be read at once. Errors are of type *Error, and
// of type *models.UserError where a correction cannot be made.
func Read(in Input) (*Reading, error) {
	if !utf8.ValidString(in.Text) {
		return nil, &Error{in.Name, NoMinutes, "the text is not UTF-8"}
	}
	r := &reading{name: in.Name, text: in.Text, format: in.Format, record: minutes.Parse(in.Text), named: in.Body != "", resolutions: in.Resolutions}
	r.runes = text([]rune(in.Text))
	var err error
	if r.corrected, err = correct(&r.record, r.runes, in.Corrections); err != nil {
		return nil, err
	}
	if body, ok := r.corrected.body(); ok {
		in.Body, r.named = body, true
	}
	if len(r.record.AgendaItems) == 0 && len(r.record.Attendance) == 0 {
		return nil, &Error{in.Name, NoMinutes, "this is no text of minutes: neither matters that a meeting took up nor people who took part were found in it"}
	}
	r.convener, r.convenerProblem = convenerOf(&r.record, r.runes, in.Body)
	unnamed := r.convenerProblem != nil && r.answer(matchKey(models.TypeOrganization, r.bodyName(), "")) == nil
	switch r.heldOn, err = dayOfMeeting(&r.record, in); {
	case err != nil && unnamed:
		return nil, &Error{in.Name, NoDayBody,
			"the text says neither on which day, of which year, the meeting was held nor, by a full name, who met; give both"}
	case err != nil:
		return nil, err
	case unnamed:
		return nil, r.asError(r.convenerProblem)
	}
	r.open = in.Visibility == models.VisibilityPublic
	r.visibility = in.Visibility
	if r.visibility == "" {
		r.visibility = models.VisibilityInternal
		if mark := r.record.Minutes.Publication; mark != nil && *mark == "PUBLIC" {
			r.visibility = models.VisibilityPublic
		}
	}
	return &Reading{*r}, nil
}

func dayOfMeeting(record *minutes.Record, in Input) (models.Date, error) {
	if stated := record.Meeting.HeldOn; stated != nil {
		if day, err := models.ParseDate(*stated); err == nil {
			return day, nil
		}
	}
	if in.HeldOn != "" {
		return in.HeldOn, nil
	}
	return "", &Error{in.Name, NoDay, "the text does not say on which day, of which year, the meeting was held; give the day"}
}

// asError makes an *Error of what keeps a text from being imported; other errors stay as they are.
func (r *reading) asError(err error) error {
	if errors.Is(err, errNoBody) {
		return &Error{r.name, NoBody, err.Error()[len(errNoBody.Error()+": "):]}
	}
	return err
}

func (r *reading) bodyName() string {
	if r.convener.name != "" {
		return r.convener.name
	}
	return r.record.Meeting.Body
}

func (r *reading) answer(key string) *models.MatchResolution {
	for _, answer := range r.resolutions {
		if answer.Key == key {
			return answer
		}
	}
	return nil
}

// organizations lists the names of organizations in the text.
func (r *reading) organizations() []string {
	p := &planner{record: &r.record, text: r.runes, convener: r.convener, known: &known{directory: newDirectory(viewpoint{r.convener.places})}}
	var out []string
	for _, m := range p.allMentions(r).list {
		out = append(out, m.name)
	}
	return out
}

// people lists the names of people in the text.
func (r *reading) people() []string {
	var out []string
	for _, a := range r.record.Attendance {
		if a.Name != nil {
			out = append(out, *a.Name)
		}
	}
	for _, item := range r.record.AgendaItems {
		for _, presenter := range item.Presenters {
			if presenter.Person != nil {
				out = append(out, *presenter.Person)
			}
		}
	}
	return out
}

// titles lists the titles of documents in the text.
func (r *reading) titles() []string {
	var out []string
	for _, item := range r.record.AgendaItems {
		for _, d := range item.Documents {
			out = append(out, d.Title)
		}
		for _, d := range item.Decisions {
			out = append(out, d.Documents...)
			for _, s := range d.Steps {
				if s.Document != nil {
					out = append(out, *s.Document)
				}
			}
		}
	}
	return out
}
