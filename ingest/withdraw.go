package ingest

import (
	"slices"

	"github.com/minutebook/minutebook/models"
)

// withdraw plans that a record goes which the text no longer states: with all that belongs to it, where no other text
// states it and nobody has edited any of it; otherwise only what this text said of it goes.
func (p *planner) withdraw(record models.Record, family []models.Record) {
	id := record.Meta().ID
	if !p.statedHere(id) {
		return // entered by a person, or from another text
	}
	stays := slices.ContainsFunc(family, func(r models.Record) bool {
		return p.elsewhereStated(r.Meta().ID) || len(p.known.edited[r.Meta().ID]) > 0
	})
	if !stays {
		for _, r := range family {
			p.count(r.RecordType()).Withdrawn++
		}
		p.out.withdraw = append(p.out.withdraw, record)
		return
	}
	for _, r := range family {
		id := r.Meta().ID
		p.touched[id] = true
		p.count(r.RecordType()).Unchanged++
		if p.elsewhereStated(id) {
			p.spansFor(id, nil)
			continue
		}
		p.out.kept = append(p.out.kept, &models.ImportKept{Type: r.RecordType(), RecordID: id})
	}
}

// withdrawItem withdraws an item with its decisions and directives.
func (p *planner) withdrawItem(item *models.AgendaItem, in *sitting) {
	family := []models.Record{item}
	for _, d := range in.decisions[item.ID] {
		family = append(family, d)
	}
	for _, d := range in.directives[item.ID] {
		family = append(family, d)
	}
	p.withdraw(item, family)
}

// findUnused lists the organizations, people and papers that only an earlier version of this text stated. They go if
// nothing else needs them.
func (p *planner) findUnused() {
	for _, record := range p.known.sourced {
		id := record.Meta().ID
		if p.touched[id] {
			continue
		}
		p.spansFor(id, nil)
		for _, name := range p.known.names[id] {
			p.spansFor(name.ID, nil)
		}
		if !p.elsewhereStated(id) && len(p.known.edited[id]) == 0 {
			p.out.unused = append(p.out.unused, record)
		}
	}
}
