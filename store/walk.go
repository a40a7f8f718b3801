package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/minutebook/minutebook/models"
)

// Ref names a record.
type Ref struct {
	Type models.RecordType
	ID   models.ID
}

// Compare orders records: by type, then the newest first.
func (r Ref) Compare(other Ref) int {
	return cmp.Or(cmp.Compare(r.Type, other.Type), slices.Compare(other.ID[:], r.ID[:]))
}

// Tie is an edge between two records, made by Count records of which Record is the newest. Owner is what the sentences
// belong to that state it.
type Tie struct {
	Kind     models.EdgeKind
	From, To Ref
	Record   Ref
	Owner    models.ID
	Count    int
}

// Walker goes from record to record. It serves one request and sees what its actor may see, on every step.
type Walker struct {
	ld    *loader
	kinds map[models.EdgeKind]bool
}

// EdgeKinds lists all kinds of edges, in their order.
func EdgeKinds() []models.EdgeKind {
	var kinds []models.EdgeKind
	for _, t := range ties {
		if !t.timelineOnly && !slices.Contains(kinds, t.kind) {
			kinds = append(kinds, t.kind)
		}
	}
	return kinds
}

// Walker returns a Walker along edges of some kinds: those of via, all of them where via is nil, without those of except.
func (s *Store) Walker(ctx context.Context, actor models.Actor, via, except []models.EdgeKind) *Walker {
	w := &Walker{ld: s.loader(ctx, actor), kinds: map[models.EdgeKind]bool{}}
	if via == nil {
		via = EdgeKinds()
	}
	for _, kind := range via {
		w.kinds[kind] = !slices.Contains(except, kind)
	}
	return w
}

// Find returns the records that refs lead to: themselves where they are there to see, the ones they were merged into, and
// nothing for the rest. Records that are edges themselves (Attendance, Membership) are an error.
func (w *Walker) Find(refs ...Ref) (map[Ref]Ref, error) {
	found := map[Ref]Ref{}
	for _, ref := range refs {
		e := Schema.Records(ref.Type)
		if e == Schema.Attendances || e == Schema.Memberships {
			return nil, models.BadInput("%s ties two records and is no place to start from: take one of the two", article(e.Name))
		}
		records, err := w.ld.records(&Query{Entity: e, Rows: true}, []models.ID{ref.ID})
		if err != nil {
			return nil, err
		}
		if len(records) == 0 {
			if err := w.ld.redirected(&Query{Entity: e, Rows: true}, []models.ID{ref.ID}, records); err != nil {
				return nil, err
			}
		}
		if record, ok := records[ref.ID].(models.Record); ok {
			found[ref] = Ref{ref.Type, record.Meta().ID}
		}
	}
	return found, nil
}

// Step hands over pairs of a record of the frontier and one it is tied to, the kinds that say most first, a statement for
// each kind of edge and each thousand records. A pair may come more than once. After each kind it asks whether that is
// enough. No statement gives more than limit pairs; more are an error of visit's choice.
func (w *Walker) Step(frontier []Ref, limit int, visit func(near, far Ref) error, enough func() (bool, error)) error {
	ids := byType(frontier)
	for _, l := range lanes {
		near, far := Ref{Type: l.near().entity.Record}, Ref{Type: l.far().entity.Record}
		if l.timelineOnly || !w.kinds[l.kind] || len(ids[near.Type]) == 0 {
			continue
		}
		for chunk := range chunks(ids[near.Type]) {
			b := w.builder()
			b.text(fmt.Sprintf("SELECT r.%s, r.%s", l.near().column, l.far().column))
			b.lane(l, chunk, false)
			b.text(" LIMIT ?").bind(limit)
			err := w.pairs(b, func(a, b models.ID) error {
				near.ID, far.ID = a, b
				return visit(near, far)
			})
			if err != nil {
				return err
			}
		}
		if done, err := enough(); done || err != nil {
			return err
		}
	}
	return nil
}

// pairs reads rows of two ids.
func (w *Walker) pairs(b *builder, visit func(a, b models.ID) error) error {
	var first, second sql.RawBytes
	return w.ld.each(b.sql.String(), b.args, func(rows *sql.Rows) error {
		if err := rows.Scan(&first, &second); err != nil {
			return err
		}
		return visit(models.ID(first), models.ID(second))
	})
}

// Link hands over pairs of a record of the one set and a record of the other that it is tied to, those of the kinds that
// say most first, then the newest: at least limit of them where there are as many. Kinds that nobody waits for any more
// are not asked.
func (w *Walker) Link(left, right []Ref, limit int, visit func(near, far Ref) error) error {
	lefts, rights := byType(left), byType(right)
	seen := map[[2]Ref]bool{}
	for _, l := range lanes {
		near, far := Ref{Type: l.near().entity.Record}, Ref{Type: l.far().entity.Record}
		if l.timelineOnly || !w.kinds[l.kind] || len(lefts[near.Type]) == 0 || len(rights[far.Type]) == 0 {
			continue
		}
		found, err := w.links(l, lefts[near.Type], rights[far.Type], limit)
		if err != nil {
			return err
		}
		for _, pair := range found {
			near.ID, far.ID = pair[0], pair[1]
			seen[[2]Ref{near, far}] = true
			if err := visit(near, far); err != nil {
				return err
			}
		}
		if len(seen) >= limit {
			return nil
		}
	}
	return nil
}

// links returns the newest ties of one lane between two sets, at most limit. It reads the ties of the smaller set. Where
// the larger one is too large for a statement, which of them lead there is found here: each statement for a part of it would
// read them all once more.
func (w *Walker) links(l lane, left, right []models.ID, limit int) ([][2]models.ID, error) {
	from, small, large := l, left, right
	swapped := len(right) < len(left)
	if swapped {
		from.back, small, large = !l.back, right, left
	}
	var wanted map[models.ID]bool
	if len(large) > maxParents {
		wanted = make(map[models.ID]bool, len(large))
		for _, id := range large {
			wanted[id] = true
		}
	}
	found := map[[2]models.ID]bool{}
	for chunk := range chunks(small) {
		b := w.builder()
		b.text(fmt.Sprintf("SELECT r.%s, r.%s", l.near().column, l.far().column))
		b.lane(from, chunk, false)
		if wanted == nil {
			b.text(" AND r." + from.far().column + " IN (").ids(large).text(")")
			b.text(fmt.Sprintf(" GROUP BY r.%[1]s, r.%[2]s ORDER BY r.%[1]s DESC, r.%[2]s DESC LIMIT ?", l.near().column, l.far().column)).bind(limit)
		}
		err := w.pairs(b, func(a, b models.ID) error {
			if wanted == nil || wanted[b] && !swapped || wanted[a] && swapped {
				found[[2]models.ID{a, b}] = true
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	pairs := slices.SortedFunc(maps.Keys(found), func(a, b [2]models.ID) int {
		return cmp.Or(bytes.Compare(b[0][:], a[0][:]), bytes.Compare(b[1][:], a[1][:]))
	})
	return pairs[:min(limit, len(pairs))], nil
}

// Between returns the ties between some of the records, a statement for each kind of edge, in the order of the kinds.
func (w *Walker) Between(refs []Ref) ([]Tie, error) {
	var found []Tie
	ids := byType(refs)
	for _, l := range lanes {
		near, far := ids[l.near().entity.Record], ids[l.far().entity.Record]
		if l.back || l.timelineOnly || !w.kinds[l.kind] || len(near) == 0 || len(far) == 0 {
			continue
		}
		b := w.builder()
		b.tied(l, near, false)
		b.text(" AND r." + l.far().column + " IN (").ids(far).text(")")
		b.grouped(l)
		some, err := w.ties(b, l)
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	return found, nil
}

func (w *Walker) builder() *builder { return &builder{guest: w.ld.guest} }

// byType sorts records by their types.
func byType(refs []Ref) map[models.RecordType][]models.ID {
	ids := map[models.RecordType][]models.ID{}
	for _, ref := range refs {
		ids[ref.Type] = append(ids[ref.Type], ref.ID)
	}
	return ids
}

// tied writes a statement, up to its GROUP BY (see grouped), for ties along a lane. Its rows go to ties.
func (b *builder) tied(l lane, near []models.ID, far bool) {
	what := "COUNT(*), MAX(r.%s), MAX(r.%s)"
	if l.once() {
		what = "1, r.%s, r.%s"
	}
	b.text(fmt.Sprintf("SELECT r.%s AS n_, r.%s AS f_, "+what, l.near().column, l.far().column, l.record.column, l.owner))
	b.lane(l, near, far)
}

// grouped writes the GROUP BY of a statement that tied has begun. Where each tie is one row there is none, so that the rows
// of a page come from an index in their order and the others are not read.
func (b *builder) grouped(l lane) *builder {
	if !l.once() {
		b.text(" GROUP BY n_, f_")
	}
	return b
}

// lane writes the tables and the conditions of a lane that begins at records the actor may see. The record at the far end
// is joined where the row does not tell whether it may be seen, or where it is wanted.
func (b *builder) lane(l lane, near []models.ID, wanted bool) {
	far := l.far()
	b.text(" FROM " + l.rows)
	if wanted || b.guest && !l.covered(far) {
		b.text(fmt.Sprintf(" JOIN %s f ON f.id = r.%s", far.entity.Table, far.column))
		b.visible(far.entity, "f")
	}
	b.text(" WHERE r." + l.near().column)
	if len(near) == 1 {
		b.text(" = ").ids(near)
	} else {
		b.text(" IN (").ids(near).text(")")
	}
	b.text(" AND r." + far.column + " IS NOT NULL")
	if l.where != "" {
		b.text(" AND " + l.where)
	}
	if l.row != nil {
		b.visible(l.row, "r")
	}
}

// ties reads the rows of a statement that tied has begun.
func (w *Walker) ties(b *builder, l lane) ([]Tie, error) {
	var found []Tie
	err := w.ld.each(b.sql.String(), b.args, func(rows *sql.Rows) error {
		near, far := Ref{Type: l.near().entity.Record}, Ref{Type: l.far().entity.Record}
		t := Tie{Kind: l.kind, Record: Ref{Type: l.record.entity.Record}}
		err := rows.Scan(&near.ID, &far.ID, &t.Count, &t.Record.ID, &t.Owner)
		t.From, t.To = l.oriented(near, far)
		found = append(found, t)
		return err
	})
	return found, err
}

// maxSources is how many sentences are given for one tie.
const maxSources = 3

// Sources returns sentences by what they belong to, at most three of each, in one statement.
func (w *Walker) Sources(q *Query, owners []models.ID) (map[models.ID][]*models.SourceSpan, error) {
	edge := Schema.Meetings.Edge("sources") // all records have the same
	q.Sort, q.Page = edge.Sort, &Page{Size: maxSources}
	found := make(map[models.ID][]*models.SourceSpan, len(owners))
	for chunk := range chunks(unique(owners)) {
		sets, err := w.ld.level(q, level{edge: edge, parents: chunk})
		if err != nil {
			return nil, err
		}
		for id, set := range sets {
			for _, r := range set.rows {
				found[id] = append(found[id], r.node.(*models.SourceSpan))
			}
		}
	}
	return found, nil
}
