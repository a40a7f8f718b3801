package store

import (
	"bytes"
	"cmp"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"slices"

	"github.com/minutebook/minutebook/models"
)

// Bounds of a neighbourhood of more than one step.
const (
	maxAroundNodes = 1_000
	maxAroundTies  = 5_000
)

// Surroundings are a page of the ties around a record, in the order in which they are walked. Cursors belong to the ties.
type Surroundings struct {
	Ties    []Tie
	Cursors []string
	More    bool // there are more ties after the page
	Cut     bool // the walk has ended before everything was reached
}

// walked is a tie with its place in the order: the step that reached it, its lane, and the records at its ends.
type walked struct {
	Tie
	level, lane int
	near, far   models.ID
}

func (p walked) compare(q walked) int {
	return cmp.Or(cmp.Compare(p.level, q.level), cmp.Compare(p.lane, q.lane), bytes.Compare(q.near[:], p.near[:]), bytes.Compare(q.far[:], p.far[:]))
}

// tieCursorVersion stands at the head of the cursors of ties.
const tieCursorVersion = "t1"

func (p walked) cursor() string {
	raw, _ := json.Marshal([]any{tieCursorVersion, p.level, p.lane, p.near[:], p.far[:]}) // numbers and bytes cannot fail
	return base64.RawURLEncoding.EncodeToString(raw)
}

// placeOf reads a cursor.
func placeOf(cursor string) (walked, error) {
	bad := models.At("after", models.BadInput("this is not a cursor of an edge around a record"))
	var p walked
	raw, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(raw) > 200 {
		return p, bad
	}
	var version string
	var near, far []byte
	parts := []any{&version, &p.level, &p.lane, &near, &far}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil || len(list) != len(parts) {
		return p, bad
	}
	for i, part := range list {
		if json.Unmarshal(part, parts[i]) != nil {
			return p, bad
		}
	}
	if version != tieCursorVersion || p.level < 1 || p.lane < 0 || len(near) != 16 || len(far) != 16 {
		return p, bad
	}
	p.near, p.far = models.ID(near), models.ID(far)
	return p, nil
}

// Around returns a page of the ties around a record that the actor may see, depth steps far, from a cursor on.
func (w *Walker) Around(start Ref, depth, first int, after string) (*Surroundings, error) {
	var from *walked
	if after != "" {
		p, err := placeOf(after)
		if err != nil {
			return nil, err
		}
		from = &p
	}
	if depth == 1 {
		return w.beside(start, first, from)
	}
	all, cut, err := w.spread(start, depth)
	if err != nil {
		return nil, err
	}
	if from != nil {
		all = slices.DeleteFunc(all, func(p walked) bool { return p.compare(*from) <= 0 })
	}
	return pageOf(all, first, cut), nil
}

func pageOf(all []walked, first int, cut bool) *Surroundings {
	out := &Surroundings{Cut: cut, More: len(all) > first}
	for _, p := range all[:min(first, len(all))] {
		out.Ties, out.Cursors = append(out.Ties, p.Tie), append(out.Cursors, p.cursor())
	}
	return out
}

// beside reads the ties of one record lane by lane until the page is full: of however many ties there are, a page is read.
func (w *Walker) beside(start Ref, first int, from *walked) (*Surroundings, error) {
	var all []walked
	for _, l := range lanesFrom(start.Type, w.kinds) {
		if from != nil && l.place < from.lane {
			continue
		}
		b := w.builder()
		b.tied(l, []models.ID{start.ID}, false)
		if from != nil && l.place == from.lane {
			b.text(" AND r." + l.far().column + " < ?").bind(from.far[:])
		}
		b.grouped(l).text(" ORDER BY f_ DESC LIMIT ?").bind(first + 1 - len(all))
		found, err := w.ties(b, l)
		if err != nil {
			return nil, err
		}
		all = append(all, place(found, l, 1)...)
		if len(all) > first {
			break
		}
	}
	return pageOf(all, first, false), nil
}

func place(found []Tie, l lane, level int) []walked {
	out := make([]walked, len(found))
	for i, t := range found {
		out[i] = walked{Tie: t, level: level, lane: l.place, near: t.From.ID, far: t.To.ID}
		if l.back {
			out[i].near, out[i].far = t.To.ID, t.From.ID
		}
	}
	return out
}

// spread walks some steps from a record. Cut says that a bound ended it: what has been reached by then is the same every
// time, for ties are read in the order in which they are kept.
func (w *Walker) spread(start Ref, depth int) (all []walked, cut bool, err error) {
	s := &spreading{w: w, known: map[tieKey]bool{}, nodes: map[Ref]bool{start: true}, reached: []Ref{start}}
	for level := 1; level <= depth && !s.cut && len(s.reached) > 0; level++ {
		frontier := s.reached
		s.reached = nil
		if err := s.level(frontier, level); err != nil {
			return nil, false, err
		}
	}
	return s.all, s.cut, nil
}

type tieKey struct {
	kind     models.EdgeKind
	from, to models.ID
}

// spreading is a walk of several steps.
type spreading struct {
	w       *Walker
	all     []walked
	known   map[tieKey]bool
	nodes   map[Ref]bool
	reached []Ref // in the last step
	cut     bool
}

// level walks one step from a frontier, lane by lane in their order, until a bound ends it.
func (s *spreading) level(frontier []Ref, level int) error {
	ids := byType(frontier)
	for recordType := range ids {
		slices.SortFunc(ids[recordType], func(a, b models.ID) int { return bytes.Compare(b[:], a[:]) })
	}
	for _, l := range lanes {
		near := ids[l.near().entity.Record]
		if l.timelineOnly || !s.w.kinds[l.kind] {
			continue
		}
		for chunk := range chunks(near) {
			b := s.w.builder()
			b.tied(l, chunk, false)
			b.grouped(l).text(" ORDER BY n_ DESC, f_ DESC LIMIT ?").bind(maxAroundTies + 1)
			found, err := s.w.ties(b, l)
			if err != nil {
				return err
			}
			for _, p := range place(found, l, level) {
				if s.keep(p); s.cut {
					return nil
				}
			}
			if len(found) > maxAroundTies {
				s.cut = true
				return nil
			}
		}
	}
	return nil
}

// keep adds a tie unless it is known, or there are too many.
func (s *spreading) keep(p walked) {
	key := tieKey{p.Kind, p.From.ID, p.To.ID}
	if s.known[key] {
		return
	}
	fresh := 0
	for _, ref := range []Ref{p.From, p.To} {
		if !s.nodes[ref] {
			fresh++
		}
	}
	if len(s.all) == maxAroundTies || len(s.nodes)+fresh > maxAroundNodes {
		s.cut = true
		return
	}
	s.known[key], s.all = true, append(s.all, p)
	for _, ref := range []Ref{p.From, p.To} {
		if !s.nodes[ref] {
			s.nodes[ref], s.reached = true, append(s.reached, ref)
		}
	}
}

// Counts returns how many records a record is tied to by each kind of edge, a statement for each; kinds without any are
// left out.
func (w *Walker) Counts(start Ref) ([]*models.EdgeCount, error) {
	var counts []*models.EdgeCount
	for _, l := range lanesFrom(start.Type, w.kinds) {
		b := w.builder()
		if l.once() {
			b.text("SELECT COUNT(*)")
		} else {
			b.text("SELECT COUNT(DISTINCT r." + l.far().column + ")")
		}
		b.lane(l, []models.ID{start.ID}, false)
		n := 0
		err := w.ld.each(b.sql.String(), b.args, func(rows *sql.Rows) error { return rows.Scan(&n) })
		if err != nil {
			return nil, err
		}
		if last := len(counts) - 1; n > 0 && last >= 0 && counts[last].Kind == l.kind {
			counts[last].Count += n
		} else if n > 0 {
			counts = append(counts, &models.EdgeCount{Kind: l.kind, Count: n})
		}
	}
	return counts, nil
}
