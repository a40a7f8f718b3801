package ingest

import (
	"errors"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// loader reads what is known and the text can touch.
type loader struct {
	tx     *store.Tx
	r      *reading
	k      *known
	memory *memory
	err    error // of read
}

func load(tx *store.Tx, r *reading, m *memory) (*known, error) {
	l := &loader{tx, r, &known{
		crowd: m.crowd, spans: map[models.ID][]*models.SourceSpan{},
		edited: map[models.ID]map[string]bool{}, closed: map[models.ID]bool{},
	}, m, nil}
	for _, step := range []func() error{
		l.answeredBody, l.loadDirectory, l.loadMeeting, l.loadPeople, l.loadPapers, l.loadSourced, l.loadClosed,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return l.k, nil
}

// answeredBody takes the body that a person has named for the one of the text.
func (l *loader) answeredBody() error {
	r := l.r
	for _, answer := range r.resolutions {
		if answer.Record == nil || answer.Key != matchKey(models.TypeOrganization, r.bodyName(), "") {
			continue
		}
		found, err := store.Find[models.Organization](l.tx, "id", *answer.Record)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return &models.UserError{
				Code: models.CodeInvalid, Path: []string{"resolutions"}, Message: "the answer to " + answer.Key + " is not the id of an organization",
			}
		}
		if len(r.convener.places) > 0 || r.convenerProblem == nil {
			return nil
		}
		c, err := convenerOf(&r.record, r.runes, found[0].Name)
		if err != nil {
			return err
		}
		c.name, c.written = r.bodyName(), ""
		r.convener, r.convenerProblem = c, nil
	}
	return r.convenerProblem
}

// loadDirectory reads the organizations of the jurisdiction. The governments of its places are made where none is known.
func (l *loader) loadDirectory() error {
	view := viewpoint{l.r.convener.places}
	key := directoryKey(l.r.convener)
	if d := l.memory.directories[key]; d != nil {
		l.k.directory = d
		if err := errors.Join(l.answered(), l.lower()); err != nil {
			return err
		}
		return l.national()
	}
	d := newDirectory(view)
	l.k.directory, l.memory.directories[key] = d, d
	if err := l.answered(); err != nil {
		return err
	}
	if len(view.places) == 0 {
		return l.loadHomeless()
	}
	var parent *models.ID
	for i, place := range view.places {
		o, err := l.government(view.places[:i], place, parent)
		if err != nil {
			return err
		}
		d.add(o)
		parent = &o.record.ID
		if i+1 < len(view.places) {
			d.parents[above+whose(string(level(last(place))))] = o.record.ID
		}
		d.home = o
	}
	if up := d.home.record.ParentID; up != nil && len(view.places) == 1 {
		above, err := l.named("id", *up)
		if err != nil {
			return err
		}
		l.placeAbove(above)
	}
	if err := l.lower(); err != nil {
		return err
	}
	return l.members()
}

// placeAbove notes the jurisdiction that the one of the text lies in.
func (l *loader) placeAbove(found []*organization) {
	for _, o := range found {
		l.k.directory.add(o)
		if places, _ := cutPlaces(o.record.Name); len(places) > 0 {
			l.k.directory.parents[above+whose(string(level(last(places[len(places)-1]))))] = o.record.ID
		}
	}
}

// loadHomeless reads the organizations of a body that is of no place.
func (l *loader) loadHomeless() error {
	d := l.k.directory
	fits, err := l.byNames(l.r.convener.name)
	if err != nil {
		return err
	}
	for _, o := range fits {
		if o.record.ParentID == nil && d.home == nil {
			d.home = o
			d.add(o)
		}
	}
	if d.home == nil {
		d.home = &organization{fresh: true, record: &models.Organization{Name: l.r.convener.name}}
		d.home.record.ID = models.NewID()
		d.home.record.Kind = organizationKind(d.home.record.Name, d.view.read(d.home.record.Name))
		d.add(d.home)
	}
	return l.members()
}

// answered reads the organizations that a person has named for names of the text.
func (l *loader) answered() error {
	var ids []any
	for _, answer := range l.r.resolutions {
		if answer.Record != nil && strings.HasPrefix(answer.Key, keyWords[models.TypeOrganization]+":") {
			ids = append(ids, *answer.Record)
		}
	}
	found, err := l.named("id", ids...)
	for _, o := range found {
		l.k.directory.add(o)
	}
	return err
}

// government finds the government of a place, or makes it. Parent is that of the place above, where the text names one.
func (l *loader) government(above []string, place string, parent *models.ID) (*organization, error) {
	whole := strings.Join(above, "") + place
	names := []string{government(place), government(whole), place + "政府", whole + "政府"}
	found, err := l.byNames(names...)
	if err != nil {
		return nil, err
	}
	var fits []*organization
	for _, o := range found {
		up := o.record.ParentID
		switch {
		case !isGovernmentOf(o, names):
		case equalPointers(up, parent),
			parent != nil && up == nil && (unmistakable(place) || strings.HasPrefix(o.record.Name, whole)),
			parent == nil && up != nil && unmistakable(place):
			fits = append(fits, o)
		}
	}
	if len(fits) > 1 { // the one that belongs where the text puts it
		exact := slices.DeleteFunc(slices.Clone(fits), func(o *organization) bool { return !equalPointers(o.record.ParentID, parent) })
		if len(exact) > 0 {
			fits = exact
		}
	}
	if len(fits) == 1 {
		return fits[0], nil
	}
	o := &organization{fresh: true, record: &models.Organization{Name: government(whole), Kind: models.OrganizationKindGovernment, ParentID: parent}}
	o.record.ID = models.NewID()
	return o, nil
}

func isGovernmentOf(o *organization, names []string) bool {
	if slices.Contains(names, o.record.Name) {
		return true
	}
	return slices.ContainsFunc(o.names, func(n *models.Name) bool { return slices.Contains(names, n.Text) })
}

// lower reads the governments of lower places that the text names, 望江区政府 in the minutes of 云湖市.
func (l *loader) lower() error {
	d := l.k.directory
	wanted := map[string]bool{}
	for _, name := range l.r.organizations() {
		if f := d.view.read(name); strings.HasPrefix(string(f.whose), string(placed)) {
			wanted[strings.TrimPrefix(string(f.whose), string(placed))] = true
		}
	}
	for place := range wanted {
		if d.asked[place] {
			continue
		}
		d.asked[place] = true
		found, err := l.byNames(government(place), place+"政府")
		if err != nil {
			return err
		}
		var fits []*organization
		for _, o := range found {
			if equalPointers(o.record.ParentID, &d.home.record.ID) || o.record.ParentID == nil && unmistakable(place) {
				fits = append(fits, o)
			}
		}
		if len(fits) == 1 {
			d.add(fits[0])
			d.parents[placed+whose(place)] = fits[0].record.ID
			offices, err := l.named("parent_id", fits[0].record.ID)
			if err != nil {
				return err
			}
			for _, o := range offices {
				d.add(o)
			}
		}
	}
	return nil
}

// national reads the bodies of the country that the text names.
func (l *loader) national() error {
	d := l.k.directory
	var country []string
	for _, name := range l.r.organizations() {
		if f := d.view.read(name); f.whose == nation && !d.asked[name] {
			d.asked[name] = true
			country = append(country, name)
		}
	}
	bodies, err := l.byNames(country...)
	for _, o := range bodies {
		d.add(o)
	}
	return err
}

// members reads the organizations that belong to the jurisdictions at hand, bodies of the country, and those that say the
// place in their own name and belong nowhere.
func (l *loader) members() error {
	d := l.k.directory
	parents := []any{d.home.record.ID}
	for _, id := range d.parents {
		parents = append(parents, id)
	}
	found, err := l.named("parent_id", parents...)
	if err != nil {
		return err
	}
	if place := d.view.place(); place != "" {
		names, err := l.tx.NamesStarting(store.Fold(place))
		if err != nil {
			return err
		}
		loose, err := l.owners(names)
		if err != nil {
			return err
		}
		found = append(found, loose...)
	}
	for _, o := range found {
		if o.record.ParentID != nil || fullName(d.view, o) {
			d.add(o)
		}
	}
	return l.national()
}

// fullName reports an organization without a parent that says the place in its name.
func fullName(view viewpoint, o *organization) bool {
	return strings.HasPrefix(store.Fold(o.record.Name), store.Fold(view.place())) ||
		slices.ContainsFunc(o.names, func(n *models.Name) bool { return strings.HasPrefix(n.Folded, store.Fold(view.place())) })
}

// byNames reads the organizations that have one of the names.
func (l *loader) byNames(names ...string) ([]*organization, error) {
	found, err := store.Find[models.Name](l.tx, "folded", folded(names...)...)
	if err != nil {
		return nil, err
	}
	return l.owners(found)
}

// owners reads the organizations that names belong to.
func (l *loader) owners(names []*models.Name) ([]*organization, error) {
	return l.named("id", ids(names, func(n *models.Name) models.ID { return n.OwnerID })...)
}

// named reads organizations with all their names.
func (l *loader) named(column string, values ...any) ([]*organization, error) {
	records, err := store.Find[models.Organization](l.tx, column, values...)
	if err != nil || len(records) == 0 {
		return nil, err
	}
	names, err := store.Find[models.Name](l.tx, "owner_id", ids(records, func(o *models.Organization) models.ID { return o.ID })...)
	if err != nil {
		return nil, err
	}
	byOwner := group(names, func(n *models.Name) models.ID { return n.OwnerID })
	out := make([]*organization, len(records))
	for i, record := range records {
		out[i] = &organization{record: record, names: byOwner[record.ID]}
	}
	return out, nil
}

// ids lists a key of each row once, as values for Find.
func ids[T any](list []*T, key func(*T) models.ID) []any {
	out := make([]any, 0, len(list))
	for _, one := range list {
		out = append(out, key(one))
	}
	return unique(out)
}

func unique(values []any) []any {
	seen := map[any]bool{}
	return slices.DeleteFunc(values, func(v any) bool {
		was := seen[v]
		seen[v] = true
		return was
	})
}

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i := range list {
		out[i] = list[i]
	}
	return out
}

// group sorts rows by a key.
func group[T any](list []*T, key func(*T) models.ID) map[models.ID][]*T {
	out := map[models.ID][]*T{}
	for _, one := range list {
		out[key(one)] = append(out[key(one)], one)
	}
	return out
}
