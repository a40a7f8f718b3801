package ingest

import (
	"github.com/minutebook/minutebook/minutes"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// planAttendances finds the people of the list. Entries of a known meeting are found again by name, organization and
// capacity, and keep the person they were found to be, whatever has become known of others since.
func (p *planner) planAttendances(known *sitting) {
	stated := p.record.Attendance
	p.seats = make([]*person, len(stated))
	p.seatPairs = make([]int, len(stated))
	var have []*models.Attendance
	if known != nil {
		have = known.attendances
	}
	p.seatPairs = pairUp(len(stated), len(have), func(i, j int) float64 { return p.sameSeat(i, have[j]) })
	for i := range stated {
		if stated[i].Name != nil && p.seatPairs[i] >= 0 && have[p.seatPairs[i]].PersonID != nil {
			p.seats[i] = p.known.crowd.byID[*have[p.seatPairs[i]].PersonID]
		}
	}
	for i := range stated {
		if stated[i].Name != nil && len([]rune(*stated[i].Name)) <= maxName {
			p.seat(i)
		}
	}
}

// seat finds the person of one entry.
func (p *planner) seat(i int) {
	a := p.record.Attendance[i]
	unit := ""
	s := sighting{body: p.bodyID(), leading: leading(models.AttendanceCapacity(a.Capacity))}
	if id := p.organizationID(a.Organization); id != nil {
		unit, s.unit = *a.Organization, *id
	}
	at := p.text.locate(spanOf(a.Span), *a.Name)
	answer := p.answers[matchKey(models.TypePerson, *a.Name, unit)]
	if p.seats[i] != nil && (answer == nil || answer.Record != nil && *answer.Record == p.seats[i].record.ID) {
		match := p.match(models.TypePerson, *a.Name, unit, at)
		match.Status, match.Why = models.ImportMatchKnown, "the same entry of the same meeting"
		p.seePerson(p.seats[i], match, s)
		return
	}
	var taken []*person
	for j, b := range p.record.Attendance {
		if j == i || b.Name == nil || *b.Name != *a.Name || p.seats[j] == nil {
			continue
		}
		sameUnit := a.Organization == nil && b.Organization == nil || a.Organization != nil && b.Organization != nil &&
			p.organizations[*a.Organization] == p.organizations[*b.Organization]
		if together(a, b, sameUnit) {
			p.seats[i] = p.seats[j]
			return
		}
		taken = append(taken, p.seats[j])
	}
	p.seats[i] = p.resolvePerson(*a.Name, unit, s, at, taken)
}

// sameSeat measures how well an entry of the text fits a known one; 0 is not at all.
func (p *planner) sameSeat(i int, known *models.Attendance) float64 {
	a := p.record.Attendance[i]
	unit := equalPointers(p.organizationID(a.Organization), known.OrganizationID)
	capacity := string(known.Capacity) == a.Capacity
	if known.Label == p.label(a) && capacity {
		return 5
	}
	if len(p.known.edited[known.ID]) > 0 && known.Position == i+1 && p.alikeQuote(a.Span, known.ID) == 1 {
		return 4 // a person has changed what the entry says
	}
	switch {
	case (a.Name == nil) != (known.PersonID == nil):
		return 0
	case a.Name == nil:
		if unit {
			return 2
		}
		return 0
	}
	one := p.known.crowd.byID[*known.PersonID]
	if one == nil || store.Fold(one.record.Name) != store.Fold(*a.Name) {
		return 0
	}
	score := 0.0
	if unit {
		score += 2
	}
	if capacity {
		score++
	}
	if score == 0 && a.Organization != nil && known.OrganizationID != nil {
		return 0
	}
	return score + 0.5
}

// label is an entry as a reader would say it: 市科技局郁颖珠, 海关代表.
func (p *planner) label(a minutes.Attendance) string {
	text := ""
	if a.Organization != nil {
		text = *a.Organization
	}
	if a.Title != nil {
		text += *a.Title
	}
	if a.Name == nil {
		text += "代表"
	} else {
		text += *a.Name
	}
	return *shortened(&text, 300)
}

// planAttendanceRecords plans the entries of the list as records.
func (p *planner) planAttendanceRecords(meeting models.ID, known *sitting) {
	seen := map[[3]models.ID]map[models.AttendanceCapacity]bool{}
	for i, a := range p.record.Attendance {
		if a.Name != nil && p.seats[i] == nil {
			p.warnAt("NAME_TOO_LONG", "This is too long to be a name; it was left out.", spanOf(a.Span))
			continue
		}
		want := p.attendance(meeting, i)
		if want.PersonID != nil {
			key := [3]models.ID{*want.PersonID}
			if want.OrganizationID != nil {
				key[1] = *want.OrganizationID
			}
			if seen[key][want.Capacity] {
				p.warnAt("NAMED_TWICE", "The same entry stands in the list already.", spanOf(a.Span))
				continue
			}
			if seen[key] == nil {
				seen[key] = map[models.AttendanceCapacity]bool{}
			}
			seen[key][want.Capacity] = true
		}
		p.planAttendance(want, i, known)
	}
	if known != nil {
		for _, gone := range without(known.attendances, p.seatPairs) {
			p.withdraw(gone, []models.Record{gone})
		}
	}
}

// attendance is an entry of the list as the text states it.
func (p *planner) attendance(meeting models.ID, i int) *models.Attendance {
	a := p.record.Attendance[i]
	out := &models.Attendance{
		Position: i + 1, Title: shortened(a.Title, 300), Label: p.label(a), Capacity: models.AttendanceCapacity(a.Capacity),
		Status: models.AttendanceStatus(a.Status), Reason: shortened(a.Reason, 300), MeetingID: meeting,
		OrganizationID: p.organizationID(a.Organization), HeldOn: p.day,
	}
	out.ID = models.NewID()
	if p.seats[i] != nil {
		id := p.seats[i].record.ID
		out.PersonID = &id
	}
	return out
}

func (p *planner) planAttendance(want *models.Attendance, i int, in *sitting) {
	a := p.record.Attendance[i]
	at := spanOf(a.Span)
	var known *models.Attendance
	if p.seatPairs[i] >= 0 {
		known = in.attendances[p.seatPairs[i]]
		want.ID = known.ID
	}
	sources := []source{stated("", at)}
	for _, value := range []struct {
		field string
		value *string
	}{{"person", a.Name}, {"organization", a.Organization}, {"title", a.Title}, {"reason", a.Reason}} {
		if value.value != nil {
			sources = append(sources, stated(value.field, p.text.locate(at, *value.value)))
		}
	}
	sources = p.withCorrections(models.TypeAttendance, want.ID, at, sources)
	p.facts(models.TypeAttendance, want.ID, want.Label, sources)
	limits := p.limits(want, a)
	if known == nil {
		p.put(want)
		p.spansFor(want.ID, sources)
		p.addRows(limits)
		return
	}
	have := cloned(known)
	m := p.merge(have)
	set(m, "position", &have.Position, want.Position)
	setOptional(m, "title", &have.Title, want.Title)
	set(m, "label", &have.Label, want.Label)
	set(m, "capacity", &have.Capacity, want.Capacity)
	set(m, "status", &have.Status, want.Status)
	setOptional(m, "reason", &have.Reason, want.Reason)
	setOptional(m, "person", &have.PersonID, want.PersonID)
	setOptional(m, "organization", &have.OrganizationID, want.OrganizationID)
	m.list("agendaItems", rows(in.limits[have.ID]), limits)
	m.done(sources)
	p.reveal(known)
}

// limits are the items for which somebody was there, where the text says so.
func (p *planner) limits(seat *models.Attendance, a minutes.Attendance) []row {
	var out []row
	seen := map[models.ID]bool{}
	for _, position := range a.Items {
		for j := range p.record.AgendaItems {
			id := p.itemIDs[j]
			if p.record.AgendaItems[j].Position != position || seen[id] {
				continue
			}
			seen[id] = true
			part := &models.AttendanceItem{AttendanceID: seat.ID, AgendaItemID: id, Position: len(out) + 1}
			out = append(out, row{part: part, like: likeness(func(k *models.AttendanceItem) bool { return k.AgendaItemID == part.AgendaItemID })})
		}
	}
	return out
}
