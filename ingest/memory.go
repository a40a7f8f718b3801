package ingest

import (
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// mostRemembered bounds the people that are remembered; more are forgotten and read again.
const mostRemembered = 10_000

// memory is what an importer of many texts keeps from one to the next: the organizations of the jurisdictions at hand, the
// people of the names that came up, and the papers of the titles. It is good as long as nobody else writes, which the
// number of the last change in the log tells.
type memory struct {
	sequence    int64 // of the last change, made by this importer
	used        bool  // by an import of which it is not known yet whether it was written
	directories map[string]*directory
	crowd       *crowd
	papers      map[string]map[string][]*paper // by the key of the directory
	titles      map[string]bool                // that have been looked up, after that key
}

// at makes the memory ready for an import, when the log stands at a number.
func (m *memory) at(sequence int64) {
	if m.used || m.directories == nil || m.sequence != sequence || len(m.crowd.byID) > mostRemembered || len(m.titles) > mostRemembered {
		*m = memory{directories: map[string]*directory{}, crowd: newCrowd(), papers: map[string]map[string][]*paper{}, titles: map[string]bool{}}
	}
	m.used = true
}

// keep makes what an import has written part of what is known. Sequence is the number of its last change.
func (m *memory) keep(k *known, p *plan, sequence int64) {
	m.sequence, m.used = sequence, false
	written := map[models.ID]bool{}
	for _, record := range p.add {
		written[record.Meta().ID] = true
	}
	names := map[models.ID][]*models.Name{}
	for _, part := range p.parts {
		if name, ok := part.(*models.Name); ok {
			names[name.OwnerID] = append(names[name.OwnerID], name)
		}
	}
	for _, record := range p.publish {
		record.Meta().Visibility = models.VisibilityPublic
	}
	for _, o := range k.directory.all {
		if o.fresh && !written[o.record.ID] || len(p.withdraw)+len(p.unused) > 0 {
			m.used = true // something else is there than what is known: begin anew
			return
		}
		if o.fresh {
			o.fresh, o.names = false, names[o.record.ID]
		}
	}
	for _, a := range p.amend {
		k.directory.amended(a)
	}
	for _, one := range k.crowd.byID {
		one.fresh = false
	}
	for _, namesakes := range k.papers {
		for _, one := range namesakes {
			one.fresh = false
		}
	}
}

// amended takes over what an import has changed of an organization.
func (d *directory) amended(a amendment) {
	record, ok := a.record.(*models.Organization)
	if !ok {
		return
	}
	o := d.byID[record.ID]
	o.record = record
	if list, ok := a.parts["names"]; ok {
		o.names = nil
		for _, part := range list {
			if name, ok := part.(*models.Name); ok {
				o.names = append(o.names, name)
			}
		}
	}
}

// crowd are people, by their names in folded form and by their ids.
type crowd struct {
	byName map[string][]*person
	byID   map[models.ID]*person
	asked  map[string]bool // names that have been looked up
}

func newCrowd() *crowd {
	return &crowd{byName: map[string][]*person{}, byID: map[models.ID]*person{}, asked: map[string]bool{}}
}

// add makes somebody known by a name.
func (c *crowd) add(folded string, one *person) {
	c.byID[one.record.ID] = one
	if !slices.Contains(c.byName[folded], one) {
		c.byName[folded] = append(c.byName[folded], one)
	}
}

// papersOf are the papers of a jurisdiction.
func (m *memory) papersOf(c convener) map[string][]*paper {
	key := directoryKey(c)
	if m.papers[key] == nil {
		m.papers[key] = map[string][]*paper{}
	}
	return m.papers[key]
}

// named lists the people of a name.
func (c *crowd) named(name string) []*person { return c.byName[store.Fold(name)] }

// directoryKey names the directory of a text in the memory.
func directoryKey(c convener) string {
	if len(c.places) == 0 {
		return c.name
	}
	return strings.Join(c.places, "/")
}
