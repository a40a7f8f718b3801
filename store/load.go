package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"

	"github.com/minutebook/minutebook/models"
)

// maxParents bounds the ids of one statement; more parents are asked for in several.
const maxParents = 1000

// loader answers the queries of one request.
type loader struct {
	ctx   context.Context
	db    *prepared
	joint *joint // the transaction to read in, nil for none
	guest bool
}

func (s *Store) loader(ctx context.Context, actor models.Actor) *loader {
	return &loader{ctx: ctx, db: s.prepared, joint: s.joint(ctx), guest: !actor.SeesInternal()}
}

// Page answers a query at the root: a *models.Connection of the entity's model.
func (s *Store) Page(ctx context.Context, actor models.Actor, q *Query) (any, error) {
	sets, err := s.loader(ctx, actor).level(q, level{})
	if err != nil {
		return nil, err
	}
	return q.Entity.connection(sets.of(models.ID{}).page(q)), nil
}

// Records loads records by their ids: a map from id to a pointer to the model. What is not there, or not to be
// seen, is missing from the map; ids of records that were merged lead to the record kept.
func (s *Store) Records(ctx context.Context, actor models.Actor, q *Query, ids []models.ID) (map[models.ID]any, error) {
	ld := s.loader(ctx, actor)
	found, err := ld.records(q, ids)
	if err != nil || len(found) == len(unique(ids)) {
		return found, err
	}
	return found, ld.redirected(q, ids, found)
}

// redirected adds the records that merged ones lead to.
func (ld *loader) redirected(q *Query, ids []models.ID, found map[models.ID]any) error {
	var missing []models.ID
	for _, id := range unique(ids) {
		if found[id] == nil {
			missing = append(missing, id)
		}
	}
	to := map[models.ID]models.ID{}
	for chunk := range chunks(missing) {
		b := (&builder{}).text("SELECT from_id, to_id FROM redirects WHERE record_type = ? AND from_id IN (").bind(string(q.Entity.Record)).ids(chunk).text(")")
		err := ld.each(b.sql.String(), b.args, func(rows *sql.Rows) error {
			var from, target models.ID
			err := rows.Scan(&from, &target)
			to[from] = target
			return err
		})
		if err != nil {
			return err
		}
	}
	if len(to) == 0 {
		return nil
	}
	kept, err := ld.records(q, slices.Collect(maps.Values(to)))
	if err != nil {
		return err
	}
	for from, target := range to {
		if node := kept[target]; node != nil {
			found[from] = node
		}
	}
	return nil
}

// Along loads what is behind one branch of a row of an entity, by the id of the row: a page, a list, or one record
// (nil where there is none to see).
func (s *Store) Along(ctx context.Context, actor models.Actor, e *Entity, branch *Branch, id models.ID) (any, error) {
	ld := s.loader(ctx, actor)
	if branch.Edge.Local == "" && branch.Edge.Dynamic == nil {
		found, err := ld.level(branch.Query, level{edge: branch.Edge, parents: []models.ID{id}})
		if err != nil {
			return nil, err
		}
		return branch.value(found.of(id)), nil
	}
	rows, err := ld.records(&Query{Entity: e, Rows: true, Branches: []*Branch{branch}}, []models.ID{id})
	if err != nil {
		return nil, err
	}
	at, ok := rows[id].(interface{ Loaded(key string) (any, bool) })
	if !ok {
		return nil, nil
	}
	value, _ := at.Loaded(branch.Key)
	return value, nil
}

func (ld *loader) records(q *Query, ids []models.ID) (map[models.ID]any, error) {
	found := make(map[models.ID]any, len(ids))
	for chunk := range chunks(unique(ids)) {
		sets, err := ld.level(q, level{ids: chunk})
		if err != nil {
			return nil, err
		}
		for _, r := range sets.of(models.ID{}).rows {
			found[r.id] = r.node
		}
	}
	return found, nil
}

// row is one row of a level.
type row struct {
	id     models.ID
	node   any
	cursor Cursor

	use      models.DocumentUse
	meetings int // at which one was with the parent
}

// set is what a query found under one parent.
type set struct {
	rows   []*row
	more   bool // the page is full and there is more
	total  int
	groups map[string][]*models.Group
}

// sets holds a set for each parent; the zero ID stands for the root.
type sets map[models.ID]*set

// of returns the set under a parent; where nothing was found it is empty.
func (s sets) of(parent models.ID) *set {
	if s[parent] == nil {
		s[parent] = &set{}
	}
	return s[parent]
}

// level answers a query under all parents of a level, its branches included.
func (ld *loader) level(q *Query, l level) (sets, error) {
	found := sets{}
	owners := []*owners{newOwners()}
	var st *statement
	if q.Rows {
		st = selectRows(q, l, ld.guest)
		if len(st.tables) > maxJoins {
			return nil, models.BadInput("more than %d single records are asked for beside one list", maxJoins)
		}
		for range st.tables[1:] {
			owners = append(owners, newOwners())
		}
		if err := ld.rows(q, st, found, owners); err != nil {
			return nil, err
		}
		found.trim(q)
	}
	for _, g := range q.Groups {
		if err := ld.groups(q, g, l, found); err != nil {
			return nil, err
		}
	}
	if err := ld.totals(q, l, found); err != nil {
		return nil, err
	}
	if st == nil {
		return found, nil
	}
	for i, t := range st.tables {
		for _, branch := range t.query.Branches {
			if branch.Edge.Local == "" {
				if err := ld.branch(branch, owners[i], owners[i].refs[branch]); err != nil {
					return nil, err
				}
			}
		}
	}
	return found, nil
}

// trim takes away the row that was asked for beyond each page, and puts backward pages the right way round.
func (s sets) trim(q *Query) {
	if q.Page == nil {
		return
	}
	for _, set := range s {
		if len(set.rows) > q.Page.Size {
			set.rows, set.more = set.rows[:q.Page.Size], true
		}
		if q.Page.Backward {
			for i, j := 0, len(set.rows)-1; i < j; i, j = i+1, j-1 {
				set.rows[i], set.rows[j] = set.rows[j], set.rows[i]
			}
		}
	}
}

// page puts a set into the shape of a connection.
func (s *set) page(q *Query) page {
	p := page{total: s.total, groups: make(map[string][]*models.Group, len(q.Groups)), nodes: make([]any, len(s.rows))}
	for _, g := range q.Groups {
		p.groups[g.Key] = s.groups[g.Key]
	}
	name := ""
	if q.Cursors {
		p.cursors, name = make([]string, len(s.rows)), orderName(q.Entity, q.Sort)
	}
	if q.Uses {
		p.uses = make([]models.DocumentUse, len(s.rows))
	}
	for i, r := range s.rows {
		p.nodes[i] = r.node
		if q.Cursors {
			p.cursors[i] = r.cursor.encode(name)
		}
		if q.Uses {
			p.uses[i] = r.use
		}
	}
	if q.Page == nil {
		return p
	}
	p.info.HasNextPage, p.info.HasPreviousPage = s.more, q.Page.After != nil
	if q.Page.Backward {
		p.info.HasNextPage, p.info.HasPreviousPage = q.Page.Before != nil, s.more
	}
	if n := len(p.cursors); n > 0 {
		p.info.StartCursor, p.info.EndCursor = &p.cursors[0], &p.cursors[n-1]
	}
	return p
}

// owners are the records along whose edges the next level is loaded. One record may have been found several
// times; each copy gets what is found.
type owners struct {
	ids     []models.ID
	holders map[models.ID][]holder
	refs    map[*Branch][]reference
}

// reference is a record, named by type and id, that a dynamic edge leads to.
type reference struct {
	from       holder
	recordType models.RecordType
	id         models.ID
}

func newOwners() *owners {
	return &owners{holders: map[models.ID][]holder{}, refs: map[*Branch][]reference{}}
}

func (o *owners) add(id models.ID, at any) {
	h, ok := at.(holder)
	if !ok {
		return
	}
	if _, known := o.holders[id]; !known {
		o.ids = append(o.ids, id)
	}
	o.holders[id] = append(o.holders[id], h)
}

// branch loads what is behind an edge to many, or a dynamic one, for all its owners.
func (ld *loader) branch(branch *Branch, from *owners, refs []reference) error {
	if branch.Edge.Dynamic != nil {
		return ld.dynamic(branch, refs)
	}
	for chunk := range slices.Chunk(from.ids, branch.Query.AtOnce()) {
		found, err := ld.level(branch.Query, level{edge: branch.Edge, parents: chunk})
		if err != nil {
			return err
		}
		for _, id := range chunk {
			value := branch.value(found.of(id))
			for _, h := range from.holders[id] {
				h.SetLoaded(branch.Key, value)
			}
		}
	}
	return nil
}

// value is a set as its edge shows it: a page or a plain list.
func (b *Branch) value(s *set) any {
	if b.Query.Met != nil {
		return s.met(b.Query)
	}
	if b.Edge.Connection {
		return b.Edge.To.connection(s.page(b.Query))
	}
	nodes := make([]any, len(s.rows))
	for i, r := range s.rows {
		nodes[i] = r.node
	}
	return b.Edge.To.list(nodes)
}

// dynamic loads records of several types, a statement for each type.
func (ld *loader) dynamic(branch *Branch, refs []reference) error {
	byType := map[models.RecordType][]models.ID{}
	for _, ref := range refs {
		ref.from.SetLoaded(branch.Key, nil)
		byType[ref.recordType] = append(byType[ref.recordType], ref.id)
	}
	for recordType, ids := range byType {
		q := branch.Variants[recordType]
		if q == nil {
			continue
		}
		found, err := ld.records(q, ids)
		if err != nil {
			return err
		}
		for _, ref := range refs {
			if node := found[ref.id]; node != nil && ref.recordType == recordType {
				ref.from.SetLoaded(branch.Key, node)
			}
		}
	}
	return nil
}

// totals counts the sets of a level where that was asked for and the rows do not say it already.
func (ld *loader) totals(q *Query, l level, found sets) error {
	if !q.Total {
		return nil
	}
	if q.Rows && l.single() && q.Page.After == nil && q.Page.Before == nil {
		only := models.ID{}
		if l.edge != nil {
			only = l.parents[0]
		}
		if set := found.of(only); !set.more {
			set.total = len(set.rows)
			return nil
		}
	}
	if l.edge == nil && found.of(models.ID{}).summed(q) {
		return nil
	}
	text, args := selectTotals(q, l, ld.guest)
	return ld.each(text, args, func(rows *sql.Rows) error {
		var parent models.ID
		var total int
		into := []any{&parent, &total}
		if l.edge == nil {
			into = into[1:]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		found.of(parent).total = total
		return nil
	})
}

// summed takes the total from the groups of one that counts each row once. To count what a search finds means to find it
// again.
func (s *set) summed(q *Query) bool {
	for _, g := range q.Groups {
		groups := s.groups[g.Key]
		if len(g.Having) > 0 || len(groups) >= g.First || slices.ContainsFunc(g.By, func(d *Dimension) bool { return d.spread || len(d.edges) > 0 }) {
			continue
		}
		for _, group := range groups {
			s.total += group.Count
		}
		return true
	}
	return false
}
