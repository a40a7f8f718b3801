package ingest

import (
	"slices"

	"github.com/minutebook/minutebook/minutes"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// person is somebody who is known, or whom the import makes.
type person struct {
	record *models.Person
	fresh  bool

	units    map[models.ID]bool // organizations for which the person was seen
	bodies   map[models.ID]bool // bodies in whose meetings the person was seen
	unitless map[models.ID]bool // of these, bodies where no organization was written
	leads    map[models.ID]bool // of these, bodies where the person presided or attended as a member
}

func newPerson(record *models.Person, fresh bool) *person {
	return &person{
		record: record, fresh: fresh, units: map[models.ID]bool{}, bodies: map[models.ID]bool{},
		unitless: map[models.ID]bool{}, leads: map[models.ID]bool{},
	}
}

// see notes that the person took part for an organization, or for none, in a meeting of a body.
func (p *person) see(s store.Sighting) {
	p.bodies[s.Body] = true
	if !s.Organization.IsZero() {
		p.units[s.Organization] = true
		return
	}
	p.unitless[s.Body] = true
	if leading(s.Capacity) {
		p.leads[s.Body] = true
	}
}

// leading reports a capacity in which members of a body take part in its meetings.
func leading(capacity models.AttendanceCapacity) bool {
	return capacity == models.AttendanceCapacityPresiding || capacity == models.AttendanceCapacityAttending
}

// sighting is somebody named in the text: for which organization (zero where none is written), in the meeting of which
// body, as what.
type sighting struct {
	unit, body models.ID
	leading    bool
}

// rules say who is meant by a name, the surer first. A rule that fits exactly one person decides; one that fits several
// makes a question.
var personRules = []struct {
	score float64
	why   string
	fits  func(p *person, s sighting) bool
}{
	{1, "the same name in the same organization", func(p *person, s sighting) bool { return !s.unit.IsZero() && p.units[s.unit] }},
	{0.95, "the same name without an organization in meetings of the same body", func(p *person, s sighting) bool {
		return s.unit.IsZero() && p.unitless[s.body]
	}},
	{0.9, "the same name among those who meet as that body", func(p *person, s sighting) bool {
		return !s.unit.IsZero() && p.leads[s.unit] || s.unit.IsZero() && s.leading && p.units[s.body]
	}},
	{0.85, "the same name in meetings of the same body, with an organization written only once", func(p *person, s sighting) bool {
		return p.bodies[s.body] && (s.unit.IsZero() || len(p.units) == 0)
	}},
}

// identify says which of the people of one name is meant: one person with the reason, or several between whom a person
// has to choose, or nobody. People who were seen only elsewhere, or for another organization, are left for a question.
func identify(namesakes []*person, s sighting) (sure *person, score float64, why string, doubtful []*models.ImportCandidate) {
	for _, rule := range personRules {
		var fits []*person
		for _, p := range namesakes {
			if rule.fits(p, s) {
				fits = append(fits, p)
			}
		}
		if len(fits) == 1 {
			return fits[0], rule.score, rule.why, nil
		}
		if len(fits) > 1 {
			for _, p := range fits {
				doubtful = append(doubtful, p.candidate(rule.score/float64(len(fits)), rule.why))
			}
			return nil, 0, "", doubtful
		}
	}
	for _, p := range namesakes {
		if p.bodies[s.body] {
			doubtful = append(doubtful, p.candidate(0.5, "the same name for another organization in meetings of the same body"))
		}
	}
	for _, p := range namesakes {
		if !p.bodies[s.body] {
			doubtful = append(doubtful, p.candidate(0.2, "the same name elsewhere"))
		}
	}
	return nil, 0, "", doubtful
}

func (p *person) candidate(score float64, why string) *models.ImportCandidate {
	return &models.ImportCandidate{Type: models.TypePerson, RecordID: p.record.ID, Name: p.record.Name, Score: score, Why: why}
}

// mostCandidates bounds the people shown with one question.
const mostCandidates = 8

// resolvePerson finds or makes the person of a name. Taken are people who stand elsewhere in the same list and so are
// somebody else.
func (p *planner) resolvePerson(name, unit string, s sighting, at span, taken []*person) *person {
	match := p.match(models.TypePerson, name, unit, at)
	namesakes := slices.DeleteFunc(slices.Clone(p.known.crowd.named(name)), func(one *person) bool { return slices.Contains(taken, one) })
	if answer := p.answers[match.Key]; answer != nil && answer.Record != nil {
		for _, one := range p.known.crowd.named(name) {
			if one.record.ID == *answer.Record {
				match.Status, match.Why = models.ImportMatchKnown, "as a person has said"
				return p.seePerson(one, match, s)
			}
		}
		p.wrongAnswer("the answer to %s is not the id of a person of that name", match.Key)
	}
	sure, score, why, doubtful := identify(namesakes, s)
	if p.refused(match.Key) {
		sure, doubtful = nil, nil
	}
	if sure != nil {
		match.Status, match.Why = models.ImportMatchKnown, why
		if score < 0.9 {
			match.Candidates = []*models.ImportCandidate{sure.candidate(score, why)}
		}
		if sure.fresh {
			match.Status = models.ImportMatchNew
		}
		return p.seePerson(sure, match, s)
	}
	match.Status, match.Why = models.ImportMatchNew, "nobody of that name is known"
	if len(doubtful) > 0 {
		match.Status, match.Why = models.ImportMatchAmbiguous, "there are people of that name, and nothing says that this is one of them"
		match.Candidates = doubtful[:min(len(doubtful), mostCandidates)]
	} else if len(taken) > 0 {
		match.Status, match.Why = models.ImportMatchAmbiguous, "the name stands more than once in this text, for different organizations"
	}
	return p.seePerson(p.newPerson(name), match, s)
}

// seePerson notes that a person was found for a question.
func (p *planner) seePerson(one *person, match *models.ImportMatch, s sighting) *person {
	p.settle(match, one.record.ID, one.fresh)
	capacity := models.AttendanceCapacityObserving
	if s.leading {
		capacity = models.AttendanceCapacityAttending
	}
	one.see(store.Sighting{Organization: s.unit, Body: s.body, Capacity: capacity})
	if !slices.Contains(p.seen, one) {
		p.seen = append(p.seen, one)
	}
	return one
}

func (p *planner) newPerson(name string) *person {
	record := &models.Person{Name: name}
	record.ID = models.NewID()
	if reading := store.Pinyin(name); reading != "" {
		record.Pinyin = &reading
	}
	one := newPerson(record, true)
	p.known.crowd.add(store.Fold(name), one)
	return one
}

// bodyID is the body as which people meet.
func (p *planner) bodyID() models.ID {
	return p.known.directory.meeting(p.organizations[p.convener.name].record.ID)
}

// together reports two entries of one list that name the same person: for the same organization, or one of them without
// one and not in a capacity that the other excludes.
func together(a, b minutes.Attendance, sameUnit bool) bool {
	if sameUnit {
		return true
	}
	if a.Organization != nil && b.Organization != nil {
		return false
	}
	observes := func(x minutes.Attendance) bool { return x.Capacity == "OBSERVING" }
	leads := func(x minutes.Attendance) bool { return x.Capacity == "PRESIDING" || x.Capacity == "ATTENDING" }
	return (!observes(a) || !leads(b)) && (!observes(b) || !leads(a))
}

// personOfText is the person of a name in the list of those who took part, nil where the list names nobody or several.
func (p *planner) personOfText(name, unit string) *person {
	var one *person
	for i, a := range p.record.Attendance {
		if a.Name == nil || *a.Name != name || p.seats[i] == nil {
			continue
		}
		if unit != "" && a.Organization != nil && p.organizations[unit] == p.organizations[*a.Organization] {
			return p.seats[i]
		}
		if one != nil && one != p.seats[i] {
			return nil
		}
		one = p.seats[i]
	}
	return one
}
