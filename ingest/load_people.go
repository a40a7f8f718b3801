package ingest

import (
	"strings"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// loadPeople reads the people of the names in the text, and where they were seen.
func (l *loader) loadPeople() error {
	c := l.k.crowd
	var fresh []string
	for _, name := range l.r.people() {
		if folded := store.Fold(name); !c.asked[folded] {
			c.asked[folded] = true
			fresh = append(fresh, name)
		}
	}
	names, err := store.Find[models.Name](l.tx, "folded", folded(fresh...)...)
	if err != nil {
		return err
	}
	wanted := ids(names, func(n *models.Name) models.ID { return n.OwnerID })
	if l.k.meeting != nil {
		for _, a := range l.k.meeting.attendances {
			if a.PersonID != nil && c.byID[*a.PersonID] == nil {
				wanted = append(wanted, *a.PersonID)
			}
		}
	}
	for _, answer := range l.r.resolutions {
		if answer.Record != nil && strings.HasPrefix(answer.Key, keyWords[models.TypePerson]+":") {
			wanted = append(wanted, *answer.Record)
		}
	}
	records, err := store.Find[models.Person](l.tx, "id", unique(wanted)...)
	if err != nil || len(records) == 0 {
		return err
	}
	byID := map[models.ID]*person{}
	for _, record := range records {
		if one := c.byID[record.ID]; one != nil {
			continue
		}
		byID[record.ID] = newPerson(record, false)
		c.add(store.Fold(record.Name), byID[record.ID])
	}
	for _, n := range names {
		if one := c.byID[n.OwnerID]; one != nil {
			c.add(n.Folded, one)
		}
	}
	return l.loadSightings(byID)
}

func (l *loader) loadSightings(people map[models.ID]*person) error {
	all := make([]models.ID, 0, len(people))
	for id := range people {
		all = append(all, id)
	}
	sightings, err := l.tx.Sightings(all...)
	if err != nil {
		return err
	}
	for _, s := range sightings {
		s.Body = l.k.directory.meeting(s.Body)
		people[s.Person].see(s)
	}
	memberships, err := store.Find[models.Membership](l.tx, "person_id", anys(all)...)
	for _, m := range memberships {
		people[m.PersonID].units[m.OrganizationID] = true
	}
	return err
}

// loadPapers reads the documents of the titles in the text that were before meetings of the jurisdiction.
func (l *loader) loadPapers() error {
	d := l.k.directory
	last := map[models.ID]models.Date{}
	l.k.papers = l.memory.papersOf(l.r.convener)
	done := l.memory.titles
	for _, title := range l.r.titles() {
		bare, _ := cutStage(title)
		here := directoryKey(l.r.convener) + "\x00" + bare
		if done[here] {
			continue
		}
		done[here] = true
		found, err := l.tx.Papers(bare)
		if err != nil {
			return err
		}
		for _, f := range found {
			here := f.Body == d.home.record.ID || l.k.body != nil && f.Body == l.k.body.record.ID ||
				d.byID[f.Body] != nil && d.near(d.byID[f.Body], form{})
			if title, _ := cutStage(f.Title); store.Fold(title) == store.Fold(bare) && (here || f.Body.IsZero()) {
				last[f.ID] = max(last[f.ID], f.LastOn)
			}
		}
	}
	var wanted []any
	for id := range last {
		wanted = append(wanted, id)
	}
	for _, answer := range l.r.resolutions {
		if answer.Record != nil && strings.HasPrefix(answer.Key, keyWords[models.TypeDocument]+":") {
			wanted = append(wanted, *answer.Record)
		}
	}
	records, err := store.Find[models.Document](l.tx, "id", unique(wanted)...)
	for _, record := range records {
		bare, _ := cutStage(record.Title)
		key := store.Fold(bare)
		l.k.papers[key] = append(l.k.papers[key], &paper{record: record, lastOn: last[record.ID]})
	}
	return err
}

// loadClosed tells which of the known records that are not public were closed by hand.
func (l *loader) loadClosed() error {
	var closed []models.ID
	note := func(r models.Record) {
		if r.Meta().Visibility == models.VisibilityInternal {
			closed = append(closed, r.Meta().ID)
		}
	}
	for _, o := range l.k.directory.all {
		if !o.fresh {
			note(o.record)
		}
	}
	for _, name := range l.r.people() {
		for _, one := range l.k.crowd.named(name) {
			note(one.record)
		}
	}
	for _, title := range l.r.titles() {
		bare, _ := cutStage(title)
		for _, one := range l.k.papers[store.Fold(bare)] {
			note(one.record)
		}
	}
	if len(closed) == 0 || l.r.visibility != models.VisibilityPublic {
		return nil
	}
	found, err := l.tx.ClosedByHand(closed...)
	l.k.closed = found
	return err
}
