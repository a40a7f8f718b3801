package ingest

import (
	"maps"
	"slices"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// loadMeeting finds the meeting of the text, and reads it whole where it is known.
func (l *loader) loadMeeting() error {
	fits := l.k.directory.find(l.r.convener.name)
	if answer := l.r.answer(matchKey(models.TypeOrganization, l.r.convener.name, "")); answer != nil && answer.Record != nil {
		if o := l.k.directory.byID[*answer.Record]; o != nil {
			fits = []found{{organization: o}}
		}
	}
	if len(fits) != 1 || fits[0].organization.fresh {
		return nil
	}
	l.k.body = fits[0].organization
	candidates, err := l.tx.MeetingsLike(l.k.body.record.ID, l.r.record.Meeting.Ordinal, l.r.heldOn)
	if err != nil || len(candidates) == 0 {
		return err
	}
	meeting, err := l.pick(candidates)
	if err != nil || meeting == nil {
		return err
	}
	l.k.meeting = &sitting{record: meeting}
	return l.loadSitting(l.k.meeting)
}

// pick chooses the meeting of the text among those of its body.
func (l *loader) pick(candidates []*models.Meeting) (*models.Meeting, error) {
	stated := &l.r.record.Meeting
	answer := l.r.answer(matchKey(models.TypeMeeting, meetingTitle(l.r.convener.name, stated, l.r.heldOn), ""))
	for _, c := range candidates {
		if answer != nil && answer.Record != nil && *answer.Record == c.ID {
			return c, nil
		}
	}
	for _, c := range candidates {
		if sameMeeting(c, stated, l.r.heldOn) {
			return c, nil
		}
	}
	documents, err := store.Find[models.Document](l.tx, "meeting_id", ids(candidates, func(m *models.Meeting) models.ID { return m.ID })...)
	if err != nil {
		return nil, err
	}
	for _, c := range candidates { // the day was corrected
		if !equalText(c.Series, stated.Series) || !equalPointers(c.Ordinal, stated.Ordinal) || !equalPointers(c.Term, termOf(stated)) {
			continue
		}
		s := &sitting{documents: group(documents, meetingOf)[c.ID]}
		if d := s.document(l.r.text); d != nil && d.Text != nil {
			return c, nil
		}
	}
	return l.pickByBusiness(candidates, answer != nil)
}

func meetingOf(d *models.Document) models.ID {
	if d.MeetingID == nil {
		return models.ID{}
	}
	return *d.MeetingID
}

// pickByBusiness chooses among the meetings of the day that have no number, by what they took up.
func (l *loader) pickByBusiness(candidates []*models.Meeting, answered bool) (*models.Meeting, error) {
	var alike []*models.Meeting
	for _, c := range candidates {
		if maybeSame(c, &l.r.record.Meeting, l.r.heldOn) {
			alike = append(alike, c)
		}
	}
	if len(alike) == 0 {
		return nil, nil
	}
	items, err := store.Find[models.AgendaItem](l.tx, "meeting_id", ids(alike, func(m *models.Meeting) models.ID { return m.ID })...)
	if err != nil {
		return nil, err
	}
	titles := map[models.ID][]string{}
	for _, item := range items {
		titles[item.MeetingID] = append(titles[item.MeetingID], item.Title)
	}
	var stated []string
	for _, item := range l.r.record.AgendaItems {
		stated = append(stated, item.Title)
	}
	for _, c := range alike {
		if !answered && sameBusiness(stated, titles[c.ID]) {
			return c, nil
		}
	}
	l.k.alike = alike
	return nil, nil
}

// read reads rows of a table into a list, unless something before has failed.
func read[T any](l *loader, into *[]*T, column string, values ...any) {
	if l.err == nil {
		*into, l.err = store.Find[T](l.tx, column, values...)
	}
}

// loadSitting reads everything that belongs to a meeting.
func (l *loader) loadSitting(s *sitting) error {
	var decisions []*models.Decision
	var directives []*models.Directive
	read(l, &s.documents, "meeting_id", s.record.ID)
	read(l, &s.items, "meeting_id", s.record.ID)
	read(l, &s.attendances, "meeting_id", s.record.ID)
	read(l, &decisions, "meeting_id", s.record.ID)
	itemIDs := ids(s.items, func(i *models.AgendaItem) models.ID { return i.ID })
	read(l, &directives, "agenda_item_id", itemIDs...)
	s.decisions = group(decisions, func(d *models.Decision) models.ID { return d.AgendaItemID })
	s.directives = group(directives, func(d *models.Directive) models.ID { return d.AgendaItemID })
	owners := slices.Concat(
		[]any{s.record.ID}, itemIDs, ids(decisions, func(d *models.Decision) models.ID { return d.ID }),
		ids(directives, func(d *models.Directive) models.ID { return d.ID }),
		ids(s.documents, func(d *models.Document) models.ID { return d.ID }),
		ids(s.attendances, func(a *models.Attendance) models.ID { return a.ID }),
	)
	parts := l.loadParts(s, decisions, directives)
	if l.err != nil {
		return l.err
	}
	return l.loadEvidence(owners, append(parts, owners...))
}

// loadParts reads the parts of the records of a meeting, and returns the ids of those that have one.
func (l *loader) loadParts(s *sitting, decisions []*models.Decision, directives []*models.Directive) []any {
	var presenters []*models.Presentation
	var papers []*models.AgendaItemDocument
	itemIDs := ids(s.items, func(i *models.AgendaItem) models.ID { return i.ID })
	read(l, &presenters, "agenda_item_id", itemIDs...)
	read(l, &papers, "agenda_item_id", itemIDs...)
	s.presenters = group(presenters, func(r *models.Presentation) models.ID { return r.AgendaItemID })
	s.itemPapers = group(papers, func(r *models.AgendaItemDocument) models.ID { return r.AgendaItemID })

	var steps []*models.DecisionStep
	var actors []*models.StepActor
	var decided []*models.DecisionDocument
	decisionIDs := ids(decisions, func(d *models.Decision) models.ID { return d.ID })
	read(l, &steps, "decision_id", decisionIDs...)
	read(l, &actors, "decision_id", decisionIDs...)
	read(l, &decided, "decision_id", decisionIDs...)
	s.steps = group(steps, func(r *models.DecisionStep) models.ID { return r.DecisionID })
	s.actors = group(actors, func(r *models.StepActor) models.ID { return r.StepID })
	s.decided = group(decided, func(r *models.DecisionDocument) models.ID { return r.DecisionID })

	var addressees []*models.DirectiveAddressee
	var limits []*models.AttendanceItem
	var distribution []*models.Distribution
	read(l, &addressees, "directive_id", ids(directives, func(d *models.Directive) models.ID { return d.ID })...)
	read(l, &limits, "attendance_id", ids(s.attendances, func(a *models.Attendance) models.ID { return a.ID })...)
	read(l, &distribution, "document_id", ids(s.documents, func(d *models.Document) models.ID { return d.ID })...)
	s.addressees = group(addressees, func(r *models.DirectiveAddressee) models.ID { return r.DirectiveID })
	s.limits = group(limits, func(r *models.AttendanceItem) models.ID { return r.AttendanceID })
	s.distribution = group(distribution, func(r *models.Distribution) models.ID { return r.DocumentID })
	return slices.Concat(
		ids(presenters, func(r *models.Presentation) models.ID { return r.ID }),
		ids(steps, func(r *models.DecisionStep) models.ID { return r.ID }),
		ids(distribution, func(r *models.Distribution) models.ID { return r.ID }),
	)
}

// loadEvidence reads the spans of records and parts, and the fields of the records that people have set.
func (l *loader) loadEvidence(records, owners []any) error {
	spans, err := store.Find[models.SourceSpan](l.tx, "owner_id", owners...)
	if err != nil {
		return err
	}
	maps.Copy(l.k.spans, group(spans, func(s *models.SourceSpan) models.ID { return s.OwnerID }))
	list := make([]models.ID, 0, len(records))
	for _, record := range records {
		if id, ok := record.(models.ID); ok {
			list = append(list, id)
		}
	}
	return l.loadEdited(list...)
}

func (l *loader) loadEdited(records ...models.ID) error {
	edited, err := l.tx.Edited(records...)
	maps.Copy(l.k.edited, edited)
	return err
}

// loadSourced reads the organizations, people and papers that an earlier version of the text stated, and what people
// have edited of those that the text may change.
func (l *loader) loadSourced() error {
	var known []models.ID
	for _, name := range l.r.organizations() { // a name that is new may be a new name of a known one
		if l.k.directory.byName[store.Fold(name)] != nil {
			continue
		}
		for _, found := range l.k.directory.find(name) {
			known = append(known, found.organization.record.ID)
		}
	}
	if err := l.loadEdited(known...); err != nil {
		return err
	}
	if l.k.meeting == nil {
		return nil
	}
	document := l.k.meeting.document(l.r.text)
	if document == nil {
		return nil
	}
	spans, err := store.Find[models.SourceSpan](l.tx, "document_id", document.ID)
	if err != nil {
		return err
	}
	var owners []any
	for _, s := range spans {
		if l.k.spans[s.OwnerID] == nil {
			owners = append(owners, s.OwnerID)
		}
	}
	return l.loadOwners(unique(owners))
}

func (l *loader) loadOwners(owners []any) error {
	var organizations []*models.Organization
	var people []*models.Person
	var papers []*models.Document
	read(l, &organizations, "id", owners...)
	read(l, &people, "id", owners...)
	read(l, &papers, "id", owners...)
	var sourced []any
	for _, r := range organizations {
		l.k.sourced, sourced = append(l.k.sourced, r), append(sourced, r.ID)
	}
	for _, r := range people {
		l.k.sourced, sourced = append(l.k.sourced, r), append(sourced, r.ID)
	}
	for _, r := range papers {
		l.k.sourced, sourced = append(l.k.sourced, r), append(sourced, r.ID)
	}
	var names []*models.Name
	read(l, &names, "owner_id", sourced...)
	if l.err != nil {
		return l.err
	}
	l.k.names = group(names, func(n *models.Name) models.ID { return n.OwnerID })
	return l.loadEvidence(sourced, append(owners, sourced...))
}
