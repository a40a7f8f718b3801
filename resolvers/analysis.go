package resolvers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/analysis"
	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/plan"
	"github.com/minutebook/minutebook/store"
)

// Bounds of what may be asked of the graph.
const (
	maxDepth        = 3
	maxPathLength   = 6
	maxAlternatives = 5
	maxPathArcs     = 300_000
)

// within refuses a number outside of its bounds.
func within(name string, n, least, most int) error {
	if n < least || n > most {
		return models.At(name, models.BadInput("must be a number from %d to %d", least, most))
	}
	return nil
}

// refOf reads the id of a record.
func refOf(argument, id string) (store.Ref, error) {
	recordType, key, err := models.DecodeID(id)
	return store.Ref{Type: recordType, ID: key}, models.At(argument, err)
}

// asked is what a field of the operation selects, by the path of the fields below it.
type asked struct {
	ctx context.Context
	op  *graphql.OperationContext
	set ast.SelectionSet
}

func askedOf(ctx context.Context) asked {
	return asked{ctx, graphql.GetOperationContext(ctx), graphql.GetFieldContext(ctx).Field.Selections}
}

// at returns what is selected at the end of a path, and whether that is asked for at all.
func (a asked) at(path ...string) (ast.SelectionSet, bool) {
	if len(path) == 0 {
		return a.set, true
	}
	first, rest := path[0], path[1:]
	var set ast.SelectionSet
	found := false
	for _, field := range graphql.CollectFields(a.op, a.set, nil) {
		if field.Name == first {
			below, there := asked{a.ctx, a.op, field.Selections}.at(rest...)
			set, found = append(set, below...), found || there
		}
	}
	return set, found
}

// has reports whether the field at the end of a path is asked for.
func (a asked) has(path ...string) bool {
	_, found := a.at(path...)
	return found
}

// union is what is selected at several paths together.
func (a asked) union(paths ...[]string) ast.SelectionSet {
	var set ast.SelectionSet
	for _, path := range paths {
		below, _ := a.at(path...)
		set = append(set, below...)
	}
	return set
}

// fetch loads records of any type with a selection, a statement for each type and edge.
func (r *Resolver) fetch(ctx context.Context, refs []store.Ref, selected ast.SelectionSet) (map[store.Ref]models.Record, error) {
	found := make(map[store.Ref]models.Record, len(refs))
	if len(selected) == 0 || len(refs) == 0 {
		return found, nil
	}
	variants, err := plan.Variants(graphql.GetOperationContext(ctx), selected)
	if err != nil {
		return nil, err
	}
	byType := map[models.RecordType][]models.ID{}
	for _, ref := range refs {
		byType[ref.Type] = append(byType[ref.Type], ref.ID)
	}
	for recordType, ids := range byType {
		records, err := r.Store.Records(ctx, auth.ActorFrom(ctx), variants[recordType], ids)
		if err != nil {
			return nil, err
		}
		for id, record := range records {
			found[store.Ref{Type: recordType, ID: id}] = record.(models.Record)
		}
	}
	return found, nil
}

// listed returns the records that are there, in the order of the refs.
func listed(refs []store.Ref, found map[store.Ref]models.Record) []models.Record {
	out := make([]models.Record, 0, len(refs))
	for _, ref := range refs {
		if record := found[ref]; record != nil {
			out = append(out, record)
		}
	}
	return out
}

// tied is a set of ties with what is shown of them.
type tied struct {
	records map[store.Ref]models.Record
	sources map[models.ID][]*models.SourceSpan
}

// ties loads what is selected of ties and of further records: at nodes of records, at edges of the ties.
func (r *Resolver) ties(a asked, w *store.Walker, ties []store.Tie, further []store.Ref, nodes, edges [][]string) (*tied, error) {
	refs := slices.Clone(further)
	var owners []models.ID
	for _, t := range ties {
		refs = append(refs, t.From, t.To, t.Record)
		owners = append(owners, t.Owner, t.Record.ID)
	}
	paths := slices.Clone(nodes)
	spans, wanted := ast.SelectionSet(nil), false
	for _, path := range edges {
		for _, end := range []string{"from", "to", "record"} {
			paths = append(paths, append(slices.Clone(path), end))
		}
		set, sources := a.at(append(slices.Clone(path), "sources")...)
		spans = append(spans, set...)
		wanted = wanted || sources || a.has(append(slices.Clone(path), "method")...)
	}
	t := &tied{}
	var err error
	if t.records, err = r.fetch(a.ctx, unique(refs), a.union(paths...)); err != nil || !wanted {
		return t, err
	}
	t.sources, err = sources(a, w, spans, owners)
	return t, err
}

// sources loads sentences with what is selected of them, and how they were read.
func sources(a asked, w *store.Walker, selected ast.SelectionSet, owners []models.ID) (map[models.ID][]*models.SourceSpan, error) {
	q, err := plan.Record(a.op, selected, store.Schema.Spans)
	if err != nil {
		return nil, err
	}
	if method := store.Schema.Spans.Field("method"); !slices.Contains(q.Columns, method) {
		q.Columns = append(q.Columns, method)
	}
	return w.Sources(q, owners)
}

func unique(refs []store.Ref) []store.Ref {
	return slices.CompactFunc(slices.SortedFunc(slices.Values(refs), store.Ref.Compare), func(a, b store.Ref) bool { return a == b })
}

// gone reports whether a record of a tie was withdrawn while the tie was read.
func (t *tied) gone(tie store.Tie) bool {
	return tie.Count == 0 || len(t.records) > 0 && (t.records[tie.From] == nil || t.records[tie.To] == nil || t.records[tie.Record] == nil)
}

// edge is a tie as the API shows it.
func (t *tied) edge(tie store.Tie) *models.GraphEdge {
	e := &models.GraphEdge{From: t.records[tie.From], To: t.records[tie.To], Record: t.records[tie.Record], Kind: tie.Kind, Count: tie.Count}
	if e.Sources = t.sources[tie.Owner]; e.Sources == nil {
		e.Sources = t.sources[tie.Record.ID]
	}
	if len(e.Sources) > 0 {
		e.Method = &e.Sources[0].Method
	}
	return e
}

// neighbors answers what lies around a record.
func (r *Resolver) neighbors(ctx context.Context, id string, via, exclude []models.EdgeKind, depth, first int, after *string) (*models.Neighborhood, error) {
	out := &models.Neighborhood{Nodes: []models.Record{}, Edges: []*models.GraphEdge{}, Counts: []*models.EdgeCount{}}
	start, err := refOf("id", id)
	if err := cmp.Or(err, within("depth", depth, 1, maxDepth), within("first", first, 0, plan.MaxPage)); err != nil {
		return nil, err
	}
	w, a := r.Store.Walker(ctx, auth.ActorFrom(ctx), via, exclude), askedOf(ctx)
	found, err := w.Find(start)
	if err != nil || len(found) == 0 {
		return out, models.At("id", err)
	}
	start = found[start]
	if a.has("counts") {
		if out.Counts, err = w.Counts(start); err != nil {
			return nil, err
		}
	}
	around, err := w.Around(start, depth, first, value(after))
	if err != nil {
		return nil, err
	}
	t, err := r.ties(a, w, around.Ties, []store.Ref{start}, [][]string{{"nodes"}}, [][]string{{"edges"}})
	if err != nil {
		return nil, err
	}
	refs := []store.Ref{start}
	for _, tie := range around.Ties {
		if t.gone(tie) {
			continue
		}
		out.Edges = append(out.Edges, t.edge(tie))
		for _, ref := range []store.Ref{tie.From, tie.To} {
			if !slices.Contains(refs, ref) {
				refs = append(refs, ref)
			}
		}
	}
	out.Nodes, out.Truncated = listed(refs, t.records), around.More || around.Cut
	out.PageInfo = pageInfo(around.Cursors, around.More, after != nil)
	return out, nil
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func pageInfo(cursors []string, next, previous bool) models.PageInfo {
	info := models.PageInfo{HasNextPage: next, HasPreviousPage: previous}
	if n := len(cursors); n > 0 {
		info.StartCursor, info.EndCursor = &cursors[0], &cursors[n-1]
	}
	return info
}

// atlas numbers the records that a search meets.
type atlas struct {
	places map[store.Ref]int32
	refs   []store.Ref
}

func (m *atlas) place(ref store.Ref) int32 {
	at, known := m.places[ref]
	if !known {
		at = int32(len(m.refs))
		m.places[ref], m.refs = at, append(m.refs, ref)
	}
	return at
}

func (m *atlas) all(places []int32) []store.Ref {
	refs := make([]store.Ref, len(places))
	for i, at := range places {
		refs[i] = m.refs[at]
	}
	return refs
}

// searchOf asks for the graph a step at a time.
func searchOf(w *store.Walker, m *atlas, maxLength int) analysis.Search {
	placed := func(visit func(from, to int32) error) func(near, far store.Ref) error {
		return func(near, far store.Ref) error { return visit(m.place(near), m.place(far)) }
	}
	return analysis.Search{
		Expand: func(_ context.Context, frontier []int32, visit func(from, to int32) error, enough func() (bool, error)) error {
			return w.Step(m.all(frontier), maxPathArcs+1, placed(visit), enough)
		},
		Link: func(_ context.Context, left, right []int32, visit func(from, to int32) error) error {
			return w.Link(m.all(left), m.all(right), 1+maxAlternatives, placed(visit))
		},
		Compare:   func(a, b int32) int { return m.refs[a].Compare(m.refs[b]) },
		MaxLength: maxLength, MaxPaths: 1 + maxAlternatives, MaxArcs: maxPathArcs,
	}
}

// path answers the shortest ways between two records.
func (r *Resolver) path(ctx context.Context, from, to string, via, exclude []models.EdgeKind, maxLength int) (*models.Path, error) {
	start, err := refOf("from", from)
	end, err2 := refOf("to", to)
	if err := cmp.Or(err, err2, within("maxLength", maxLength, 1, maxPathLength)); err != nil {
		return nil, err
	}
	w, m := r.Store.Walker(ctx, auth.ActorFrom(ctx), via, exclude), &atlas{places: map[store.Ref]int32{}}
	found, err := w.Find(start, end)
	start, seen := found[start]
	end, seenToo := found[end]
	if err != nil || !seen || !seenToo {
		return nil, err
	}
	ways, err := searchOf(w, m, maxLength).Paths(ctx, m.place(start), m.place(end))
	if errors.Is(err, analysis.ErrBudget) {
		return nil, models.BadInput(
			"the search has looked at %d edges and found nothing: exclude the kinds that tie everything, or take records that are nearer", maxPathArcs)
	}
	if err != nil || len(ways) == 0 {
		return nil, err
	}
	return r.ways(askedOf(ctx), w, m, ways)
}

// ways turns the paths found into those of the API: the first, and the others as its alternatives.
func (r *Resolver) ways(a asked, w *store.Walker, m *atlas, ways [][]int32) (*models.Path, error) {
	var refs []store.Ref
	for _, way := range ways {
		for _, at := range way {
			refs = append(refs, m.refs[at])
		}
	}
	refs = unique(refs)
	ties, err := w.Between(refs)
	if err != nil {
		return nil, err
	}
	best := map[[2]store.Ref]store.Tie{}
	for _, tie := range slices.Backward(ties) { // of several the first stays
		best[[2]store.Ref{tie.From, tie.To}], best[[2]store.Ref{tie.To, tie.From}] = tie, tie
	}
	var used []store.Tie
	for _, way := range ways {
		for i := range way[1:] {
			used = append(used, best[[2]store.Ref{m.refs[way[i]], m.refs[way[i+1]]}])
		}
	}
	t, err := r.ties(a, w, used, refs, [][]string{{"nodes"}, {"alternatives", "nodes"}}, [][]string{{"hops"}, {"alternatives", "hops"}})
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(used, t.gone) {
		return nil, fmt.Errorf("a path was withdrawn while it was read: %w", models.ErrUnavailable)
	}
	paths := make([]*models.Path, len(ways))
	for i, way := range ways {
		p := &models.Path{Length: len(way) - 1, Hops: []*models.GraphEdge{}, Alternatives: []*models.Path{}}
		for at := range way {
			if record := t.records[m.refs[way[at]]]; record != nil {
				p.Nodes = append(p.Nodes, record)
			}
			if at > 0 {
				p.Hops = append(p.Hops, t.edge(best[[2]store.Ref{m.refs[way[at-1]], m.refs[way[at]]}]))
			}
		}
		paths[i] = p
	}
	paths[0].Alternatives = append(paths[0].Alternatives, paths[1:]...)
	return paths[0], nil
}
