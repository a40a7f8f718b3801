package ingest

import (
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
	return l.pickByBusiness(candidates)
}

func meetingOf(d *models.Document) models.ID {
	if d.MeetingID == nil {
		return models.ID{}
	}
	return *d.MeetingID
}

// pickByBusiness chooses among the meetings of the day that have no number: by what they took up, or as a person has said.
func (l *loader) pickByBusiness(candidates []*models.Meeting) (*models.Meeting, error) {
	var alike []*models.Meeting
	for _, c := range candidates {
		if maybeSame(c, &l.r.record.Meeting, l.r.heldOn) {
			alike = append(alike, c)
		}
	}
	if len(alike) == 0 {
		return nil, nil
	}
	answer := l.r.answer(matchKey(models.TypeMeeting, meetingTitle(l.r.convener.name, &l.r.record.Meeting, l.r.heldOn), ""))
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
		chosen := answer != nil && answer.Record != nil && *answer.Record == c.ID
		if chosen || answer == nil && sameBusiness(stated, titles[c.ID]) {
			return c, nil
		}
	}
	if answer == nil {
		l.k.alike = alike
	}
	return nil, nil
}

// loadSitting reads everything that belongs to a meeting.
func (l *loader) loadSitting(s *sitting) error {
	tx, id := l.tx, any(s.record.ID)
	var err error
	find := func(read func() error) {
		if err == nil {
			err = read()
		}
	}
	var decisions []*models.Decision
	var directives []*models.Directive
	find(func() (e error) { s.documents, e = store.Find[models.Document](tx, "meeting_id", id); return })
	find(func() (e error) { s.items, e = store.Find[models.AgendaItem](tx, "meeting_id", id); return })
	find(func() (e error) { s.attendances, e = store.Find[models.Attendance](tx, "meeting_id", id); return })
	find(func() (e error) { decisions, e = store.Find[models.Decision](tx, "meeting_id", id); return })
	itemIDs := ids(s.items, func(i *models.AgendaItem) models.ID { return i.ID })
	find(func() (e error) {
		directives, e = store.Find[models.Directive](tx, "agenda_item_id", itemIDs...)
		return
	})
	s.decisions = group(decisions, func(d *models.Decision) models.ID { return d.AgendaItemID })
	s.directives = group(directives, func(d *models.Directive) models.ID { return d.AgendaItemID })
	if err != nil {
		return err
	}
	return l.loadParts(s, itemIDs, decisions, directives)
}

// loadParts reads the parts of the records of a meeting, the spans of all, and what people have edited.
func (l *loader) loadParts(s *sitting, itemIDs []any, decisions []*models.Decision, directives []*models.Directive) error {
	tx := l.tx
	var err error
	find := func(read func() error) {
		if err == nil {
			err = read()
		}
	}
	decisionIDs := ids(decisions, func(d *models.Decision) models.ID { return d.ID })
	directiveIDs := ids(directives, func(d *models.Directive) models.ID { return d.ID })
	documentIDs := ids(s.documents, func(d *models.Document) models.ID { return d.ID })
	attendanceIDs := ids(s.attendances, func(a *models.Attendance) models.ID { return a.ID })
	var presenters []*models.Presentation
	var papers []*models.AgendaItemDocument
	var steps []*models.DecisionStep
	var actors []*models.StepActor
	var decided []*models.DecisionDocument
	var addressees []*models.DirectiveAddressee
	var limits []*models.AttendanceItem
	var distribution []*models.Distribution
	find(func() (e error) {
		presenters, e = store.Find[models.Presentation](tx, "agenda_item_id", itemIDs...)
		return
	})
	find(func() (e error) {
		papers, e = store.Find[models.AgendaItemDocument](tx, "agenda_item_id", itemIDs...)
		return
	})
	find(func() (e error) {
		steps, e = store.Find[models.DecisionStep](tx, "decision_id", decisionIDs...)
		return
	})
	find(func() (e error) {
		actors, e = store.Find[models.StepActor](tx, "decision_id", decisionIDs...)
		return
	})
	find(func() (e error) {
		decided, e = store.Find[models.DecisionDocument](tx, "decision_id", decisionIDs...)
		return
	})
	find(func() (e error) {
		addressees, e = store.Find[models.DirectiveAddressee](tx, "directive_id", directiveIDs...)
		return
	})
	find(func() (e error) {
		limits, e = store.Find[models.AttendanceItem](tx, "attendance_id", attendanceIDs...)
		return
	})
	find(func() (e error) {
		distribution, e = store.Find[models.Distribution](tx, "document_id", documentIDs...)
		return
	})
	if err != nil {
		return err
	}
	s.presenters = group(presenters, func(r *models.Presentation) models.ID { return r.AgendaItemID })
	s.itemPapers = group(papers, func(r *models.AgendaItemDocument) models.ID { return r.AgendaItemID })
	s.steps = group(steps, func(r *models.DecisionStep) models.ID { return r.DecisionID })
	s.actors = group(actors, func(r *models.StepActor) models.ID { return r.StepID })
	s.decided = group(decided, func(r *models.DecisionDocument) models.ID { return r.DecisionID })
	s.addressees = group(addressees, func(r *models.DirectiveAddressee) models.ID { return r.DirectiveID })
	s.limits = group(limits, func(r *models.AttendanceItem) models.ID { return r.AttendanceID })
	s.distribution = group(distribution, func(r *models.Distribution) models.ID { return r.DocumentID })

	records := append([]any{s.record.ID}, itemIDs...)
	for _, more := range [][]any{decisionIDs, directiveIDs, documentIDs, attendanceIDs} {
		records = append(records, more...)
	}
	owners := append([]any{}, records...)
	owners = append(owners, ids(presenters, func(r *models.Presentation) models.ID { return r.ID })...)
	owners = append(owners, ids(steps, func(r *models.DecisionStep) models.ID { return r.ID })...)
	owners = append(owners, ids(distribution, func(r *models.Distribution) models.ID { return r.ID })...)
	return l.loadEvidence(records, owners)
}

// loadEvidence reads the spans of records and parts, and the fields of the records that people have set.
func (l *loader) loadEvidence(records, owners []any) error {
	spans, err := store.Find[models.SourceSpan](l.tx, "owner_id", owners...)
	if err != nil {
		return err
	}
	for id, list := range group(spans, func(s *models.SourceSpan) models.ID { return s.OwnerID }) {
		l.k.spans[id] = list
	}
	list := make([]models.ID, len(records))
	for i := range records {
		list[i] = records[i].(models.ID)
	}
	return l.loadEdited(list...)
}

func (l *loader) loadEdited(records ...models.ID) error {
	edited, err := l.tx.Edited(records...)
	for id, fields := range edited {
		l.k.edited[id] = fields
	}
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
	organizations, err := store.Find[models.Organization](l.tx, "id", owners...)
	if err != nil {
		return err
	}
	people, err := store.Find[models.Person](l.tx, "id", owners...)
	if err != nil {
		return err
	}
	papers, err := store.Find[models.Document](l.tx, "id", owners...)
	if err != nil {
		return err
	}
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
	names, err := store.Find[models.Name](l.tx, "owner_id", sourced...)
	if err != nil {
		return err
	}
	l.k.names = group(names, func(n *models.Name) models.ID { return n.OwnerID })
	return l.loadEvidence(sourced, append(owners, sourced...))
}
