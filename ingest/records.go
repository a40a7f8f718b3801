package ingest

import (
	"slices"

	"github.com/minutebook/minutebook/minutes"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// planOrganizations plans the organizations that the text names: new ones, new names of known ones, and the opening of
// those that were not public and stand in a public text now.
func (p *planner) planOrganizations() {
	for _, o := range p.known.directory.all {
		if (o.fresh || p.statedHere(o.record.ID)) && !slices.Contains(p.named, o) && p.needed(o) {
			p.named = append([]*organization{o}, p.named...)
		}
	}
	for _, o := range p.named {
		p.touched[o.record.ID] = true
		best := p.bestName(o)
		if o.fresh {
			p.putOrganization(o, best)
			continue
		}
		p.refreshOrganization(o)
		p.renameOrganization(o, best)
		p.publishKnown(o.record)
	}
}

// needed reports a government that was made because others belong to it.
func (p *planner) needed(o *organization) bool {
	d := p.known.directory
	if o == d.home {
		return true
	}
	for _, id := range d.parents {
		if id == o.record.ID {
			return true
		}
	}
	return d.home.record.ParentID != nil && *d.home.record.ParentID == o.record.ID
}

// organizationSources are where the text states an organization under a name. One that the text does not name was concluded
// from the name of the body that met.
func (p *planner) organizationSources(o *organization, name string) []source {
	sources := []source{concluded("", p.bodySpan()), concluded("name", p.bodySpan())}
	if list := p.mentioned[o]; len(list) > 0 {
		sources = []source{stated("", list[0].at)}
		for _, m := range list {
			if m.name == name {
				sources = append(sources, stated("name", m.at))
			}
		}
	}
	if o.record.ParentID != nil {
		sources = append(sources, concluded("parent", p.bodySpan()))
	}
	return sources
}

func (p *planner) putOrganization(o *organization, best string) {
	d := p.known.directory
	o.record.Name = best
	o.record.Kind = organizationKind(best, d.view.read(best))
	sources := p.organizationSources(o, best)
	p.facts(models.TypeOrganization, o.record.ID, best, sources)
	p.put(o.record)
	p.spansFor(o.record.ID, sources)
	p.addRows(p.ownName(o, best))
	p.addRows(p.names(o, best))
}

// ownName is the name of an organization that the text does not write: the government of a place it speaks of.
func (p *planner) ownName(o *organization, best string) []row {
	if p.hasName(o, best) {
		return nil
	}
	part := &models.Name{OwnerID: o.record.ID, Position: 1, Text: best, Folded: store.Fold(best), Kind: models.NameKindOfficial}
	part.ID = models.NewID()
	return []row{{part: part, id: func() models.ID { return part.ID }, sources: []source{concluded("", p.bodySpan())}}}
}

// refreshOrganization brings the spans of a known organization, which an earlier version of this text stated, to where they
// stand now.
func (p *planner) refreshOrganization(o *organization) {
	if p.statedHere(o.record.ID) {
		p.spansFor(o.record.ID, p.organizationSources(o, o.record.Name))
	}
	for _, name := range o.names {
		if !p.statedHere(name.ID) {
			continue
		}
		var sources []source
		for _, m := range p.mentioned[o] {
			if m.name == name.Text {
				sources = append(sources, stated("", m.at))
			}
		}
		if len(p.mentioned[o]) == 0 {
			sources = append(sources, concluded("", p.bodySpan()))
		}
		p.spansFor(name.ID, sources)
	}
}

// names are the names of an organization that the text adds, the best first.
func (p *planner) names(o *organization, best string) []row {
	list := slices.Clone(p.newNames[o])
	slices.SortStableFunc(list, func(a, b *mention) int {
		switch {
		case a.name == best && b.name != best:
			return -1
		case b.name == best && a.name != best:
			return 1
		}
		return 0
	})
	var out []row
	for _, m := range list {
		part := &models.Name{
			OwnerID: o.record.ID, Position: len(o.names) + len(out) + 1, Text: m.name, Folded: store.Fold(m.name), Kind: p.nameKind(m.name, best),
		}
		part.ID = models.NewID()
		out = append(out, row{part: part, id: func() models.ID { return part.ID }, sources: []source{stated("", m.at)}})
	}
	return out
}

// renameOrganization adds the names that the text uses to a known organization, and calls it by an official one where it
// had only a short form. A name that the same text gave before and that is gone now was taken away by a person.
func (p *planner) renameOrganization(o *organization, best string) {
	fresh := p.names(o, best)
	if len(fresh) == 0 || p.known.edited[o.record.ID]["names"] && !p.docFresh {
		p.count(models.TypeOrganization).Unchanged++
		return
	}
	have := cloned(o.record)
	m := p.merge(have)
	m.full = true
	set(m, "name", &have.Name, best)
	for _, name := range o.names {
		known := cloned(name)
		if known.Text != best && known.Kind == models.NameKindOfficial && have.Name == best {
			known.Kind = p.nameKind(known.Text, best)
		}
		m.parts["names"] = append(m.parts["names"], known)
	}
	for _, r := range fresh {
		m.parts["names"] = append(m.parts["names"], r.part)
		p.spansFor(r.id(), r.sources)
	}
	p.out.amend = append(p.out.amend, amendment{have, m.parts})
	p.count(models.TypeOrganization).Updated++
}

// publishKnown opens a known organization or person that stands in a public text now: that is public from now on. What
// was closed by hand stays closed.
func (p *planner) publishKnown(record models.Record) {
	meta := record.Meta()
	if p.visibility != models.VisibilityPublic || meta.Visibility == models.VisibilityPublic || p.known.closed[meta.ID] {
		return
	}
	if slices.ContainsFunc(p.out.publish, func(r models.Record) bool { return r.Meta().ID == meta.ID }) {
		return
	}
	p.out.publish = append(p.out.publish, record)
}

// planPeople plans the people whom the text names.
func (p *planner) planPeople() {
	for _, one := range p.seen {
		p.touched[one.record.ID] = true
		at := p.personSpan(one)
		sources := []source{stated("", at), stated("name", at)}
		if !one.fresh {
			p.count(models.TypePerson).Unchanged++
			p.publishKnown(one.record)
			if p.statedHere(one.record.ID) {
				p.spansFor(one.record.ID, sources)
				p.refreshNames(one.record.ID, at)
			}
			continue
		}
		p.facts(models.TypePerson, one.record.ID, one.record.Name, sources)
		p.put(one.record)
		p.spansFor(one.record.ID, sources)
		part := &models.Name{OwnerID: one.record.ID, Position: 1, Text: one.record.Name, Folded: store.Fold(one.record.Name), Kind: models.NameKindOfficial}
		part.ID = models.NewID()
		p.addRows([]row{{part: part, id: func() models.ID { return part.ID }, sources: []source{stated("", at)}}})
	}
}

// refreshNames brings the spans of the names of a known person to where they stand now.
func (p *planner) refreshNames(owner models.ID, at span) {
	for _, name := range p.known.names[owner] {
		if p.statedHere(name.ID) {
			p.spansFor(name.ID, []source{stated("", at)})
		}
	}
}

// personSpan is where the text first names a person.
func (p *planner) personSpan(one *person) span {
	for i, a := range p.record.Attendance {
		if p.seats[i] == one {
			return p.text.locate(spanOf(a.Span), *a.Name)
		}
	}
	for _, m := range p.out.matches {
		if m.RecordID != nil && *m.RecordID == one.record.ID && m.Start != nil {
			return span{*m.Start, *m.End}
		}
	}
	return p.bodySpan()
}

// sawPaper notes where a document is named.
func (p *planner) sawPaper(found *paper, d minutes.DocumentRef) {
	if _, there := p.paperAt[found]; !there {
		p.paperAt[found] = spanOf(d.Span)
	}
}

// planPapers plans the documents before the meeting.
func (p *planner) planPapers() {
	done := map[*paper]bool{}
	for _, one := range p.order {
		if done[one] {
			continue
		}
		done[one] = true
		id := one.record.ID
		p.touched[id] = true
		at, ok := p.paperAt[one]
		if !ok {
			at = p.bodySpan()
		}
		sources := []source{stated("", at), stated("title", p.text.locate(at, one.record.Title))}
		if !one.fresh {
			p.count(models.TypeDocument).Unchanged++
			p.publishKnown(one.record)
			if p.statedHere(id) {
				p.spansFor(id, sources)
			}
			continue
		}
		p.facts(models.TypeDocument, id, one.record.Title, sources)
		p.put(one.record)
		p.spansFor(id, sources)
	}
}
