package ingest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// organization is an organization that is known, or that the import makes.
type organization struct {
	record *models.Organization
	names  []*models.Name
	fresh  bool // made by this import

	forms map[string]form // of its names, read from the viewpoint of the directory
}

// directory is what is known of the organizations of a jurisdiction.
type directory struct {
	view viewpoint
	home *organization // the government of the place, or the body that met where there is no place

	parents map[whose]models.ID // other jurisdictions: of the place above, of places below
	all     []*organization
	byID    map[models.ID]*organization
	byName  map[string][]*organization
	asked   map[string]bool // lower places and bodies of the country that have been looked up
}

func newDirectory(view viewpoint) *directory {
	return &directory{
		view: view, parents: map[whose]models.ID{}, byID: map[models.ID]*organization{}, byName: map[string][]*organization{}, asked: map[string]bool{},
	}
}

// add makes an organization known. One that is known already stays as it is.
func (d *directory) add(o *organization) {
	if d.byID[o.record.ID] != nil {
		return
	}
	o.forms = map[string]form{}
	d.byID[o.record.ID] = o
	d.all = append(d.all, o)
	d.name(o, o.record.Name)
	for _, name := range o.names {
		d.name(o, name.Text)
	}
}

// name makes a name of an organization known.
func (d *directory) name(o *organization, name string) {
	folded := store.Fold(name)
	if _, there := o.forms[folded]; there {
		return
	}
	o.forms[folded] = d.view.read(name)
	d.byName[folded] = append(d.byName[folded], o)
}

// parent is the jurisdiction an organization of that form belongs to, nil for bodies of the country.
func (d *directory) parent(f form) *models.ID {
	if f.whose == nation {
		return nil
	}
	if id, ok := d.parents[f.whose]; ok {
		return &id
	}
	return &d.home.record.ID
}

// found is an organization that a name may stand for.
type found struct {
	organization *organization
	score        float64
	why          string
}

// find looks for the organizations that a name may stand for: those of exactly that name; where there is none, those that
// are the same office by the table; where there is none, those whose name the given one may abbreviate. All are of the
// jurisdiction that the name belongs to, or bear the place in their own name.
func (d *directory) find(name string) []found {
	f := d.view.read(name)
	var exact, same, shortened []found
	for _, o := range d.byName[store.Fold(name)] {
		if d.near(o, f) || o == d.home {
			exact = append(exact, found{o, 1, "the same name"})
		}
	}
	if len(exact) > 0 || f.whose == several || f.whose == nation {
		return exact
	}
	if f.offices[0] == "人民政府" {
		if o := d.governmentOf(f.whose); o != nil {
			return []found{{o, 1, "the government of the place"}}
		}
	}
	for _, o := range d.all {
		switch {
		case !d.near(o, f):
		case slices.ContainsFunc(forms(o), f.same):
			same = append(same, found{o, 0.95, "the same office in other words"})
		case slices.ContainsFunc(forms(o), func(g form) bool { return f.shortens(g) || g.shortens(f) }):
			shortened = append(shortened, found{o, 0.8, "a short form of the same name"})
		}
	}
	if len(same) > 0 {
		return same
	}
	return shortened
}

func forms(o *organization) []form {
	out := make([]form, 0, len(o.forms))
	for _, f := range o.forms {
		out = append(out, f)
	}
	return out
}

// governmentOf is the government of a jurisdiction, nil where it is not known or is something else.
func (d *directory) governmentOf(w whose) *organization {
	if id, ok := d.parents[w]; ok {
		return d.byID[id]
	}
	if w == own && strings.HasSuffix(d.home.record.Name, "政府") {
		return d.home
	}
	return nil
}

// meeting is the body that meets as an organization: the leading party group of a government is the same people as the
// government.
func (d *directory) meeting(body models.ID) models.ID {
	o, home := d.byID[body], d.home.record.ID
	if o != nil && o != d.home && strings.HasSuffix(o.record.Name, "政府党组") && equalPointers(o.record.ParentID, &home) {
		return home
	}
	return body
}

// near reports whether an organization may be meant by a name of that form: it belongs to the same jurisdiction, or to none
// that is known while its own name says the place.
func (d *directory) near(o *organization, f form) bool {
	if o == d.home {
		return f.whose == own
	}
	parent := o.record.ParentID
	if parent == nil {
		if f.whose == nation {
			return true
		}
		return slices.ContainsFunc(forms(o), func(g form) bool { return g.full && g.whose == f.whose })
	}
	// What was named before the jurisdiction it belongs to was known belongs to the one it was named in.
	want := d.parent(f)
	return want != nil && (*parent == *want || *parent == d.home.record.ID)
}

// mention is a name of an organization in the text, with where it stands first.
type mention struct {
	name string
	at   span
}

// mentions gathers names of organizations.
type mentions struct {
	list []*mention
	seen map[string]bool
}

func (m *mentions) add(name string, at span) {
	if name == "" || m.seen[name] {
		return
	}
	if m.seen == nil {
		m.seen = map[string]bool{}
	}
	m.seen[name] = true
	m.list = append(m.list, &mention{name: name, at: at})
}

// resolveOrganizations finds a record for every name, longer names first, so that a short form finds the organization that
// the same text calls by its whole name.
func (p *planner) resolveOrganizations(all []*mention) {
	ordered := slices.Clone(all)
	slices.SortStableFunc(ordered, func(a, b *mention) int { return cmp.Compare(len(b.name), len(a.name)) })
	for _, m := range ordered {
		p.resolveOrganization(m)
	}
}

func (p *planner) resolveOrganization(m *mention) {
	if p.organizations[m.name] != nil {
		return
	}
	if len([]rune(m.name)) > maxName {
		p.warnAt("NAME_TOO_LONG", "This is too long to be a name; it was left out.", m.at)
		return
	}
	match := p.match(models.TypeOrganization, m.name, "", m.at)
	if o, ok := p.answeredOrganization(match); ok {
		p.take(o, m)
		return
	}
	fits := p.known.directory.find(m.name)
	switch {
	case len(fits) == 1 && !p.refused(match.Key):
		match.Status, match.Why = models.ImportMatchKnown, fits[0].why
		if fits[0].organization.fresh {
			match.Status = models.ImportMatchNew
		}
		p.settle(match, fits[0].organization.record.ID, fits[0].organization.fresh)
		p.take(fits[0].organization, m)
	case len(fits) > 1:
		for _, fit := range fits {
			match.Candidates = append(match.Candidates, &models.ImportCandidate{
				Type: models.TypeOrganization, RecordID: fit.organization.record.ID, Name: fit.organization.record.Name, Score: fit.score, Why: fit.why,
			})
		}
		match.Status, match.Why = models.ImportMatchAmbiguous, "more than one organization of this jurisdiction may be meant"
		p.take(p.newOrganization(match, m), m)
	default:
		match.Status, match.Why = models.ImportMatchNew, "no organization of this jurisdiction has such a name"
		p.take(p.newOrganization(match, m), m)
	}
}

// answeredOrganization is the organization that a person has named for this question.
func (p *planner) answeredOrganization(match *models.ImportMatch) (*organization, bool) {
	answer := p.answers[match.Key]
	if answer == nil || answer.Record == nil {
		return nil, false
	}
	o := p.known.directory.byID[*answer.Record]
	if o == nil {
		p.wrongAnswer("the answer to %s is not the id of an organization", match.Key)
		return nil, false
	}
	match.Status, match.Why = models.ImportMatchKnown, "as a person has said"
	p.settle(match, o.record.ID, false)
	return o, true
}

// take notes that a name stands for an organization, and that name among its names.
func (p *planner) take(o *organization, m *mention) {
	p.organizations[m.name] = o
	p.mentioned[o] = append(p.mentioned[o], m)
	d := p.known.directory
	if _, there := o.forms[store.Fold(m.name)]; !there || o.fresh && !p.hasName(o, m.name) {
		d.name(o, m.name)
		p.newNames[o] = append(p.newNames[o], m)
	}
	if !slices.Contains(p.named, o) {
		p.named = append(p.named, o)
	}
}

func (p *planner) hasName(o *organization, name string) bool {
	return slices.ContainsFunc(p.newNames[o], func(m *mention) bool { return store.Fold(m.name) == store.Fold(name) })
}

// newOrganization makes a record for a name.
func (p *planner) newOrganization(match *models.ImportMatch, m *mention) *organization {
	f := p.known.directory.view.read(m.name)
	o := &organization{fresh: true, record: &models.Organization{
		Name: m.name, Kind: organizationKind(m.name, f), ParentID: p.known.directory.parent(f),
	}}
	o.record.ID = models.NewID()
	p.settle(match, o.record.ID, true)
	p.known.directory.add(o)
	return o
}

// bestName chooses the name of an organization among those it had and those the text adds: an official one, with the
// whole name of the place and no abbreviation, before all others.
func (p *planner) bestName(o *organization) string {
	best := o.record.Name
	for _, m := range p.newNames[o] {
		if p.official(m.name) && !p.official(best) {
			best = m.name
		}
	}
	return best
}

// official reports a name with the whole name of its place that is not made of short forms.
func (p *planner) official(name string) bool {
	f := p.known.directory.view.read(name)
	return f.full && (f.whose == nation || slices.Equal(f.offices, []string{f.core}) || strings.HasPrefix(name, "中共"))
}

func (p *planner) nameKind(name, best string) models.NameKind {
	if name == best && p.official(name) || p.official(name) && !p.official(best) {
		return models.NameKindOfficial
	}
	if p.official(name) {
		return models.NameKindAlias
	}
	return models.NameKindShort
}
