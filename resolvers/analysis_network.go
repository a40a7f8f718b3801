package resolvers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/analysis"
	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// Bounds of a network.
const (
	maxNetworkNodes  = 500       // shown
	maxNetworkEdges  = 2_000     // shown
	maxAnalysedNodes = 1_500     // measured
	maxAnalysedEdges = 40_000    // measured
	maxNetworkPairs  = 1_500_000 // of people in meetings that are counted: 12 MB
	maxEvidence      = 3         // of an edge
)

// network is a network that was counted and measured, its nodes and edges named by numbers.
type network struct {
	q     store.NetworkQuery
	rows  *store.Ties
	nodes []models.ID // in the order of their ids, so that the same network is always the same
	edges []analysis.Edge
	used  int // meetings counted

	degree      []int
	weight      []float64
	analysed    []int32 // nodes, of most weight first
	measured    *analysis.Graph
	rank        []float64 // of the analysed, as the next two
	between     []float64
	community   []int
	exact       bool
	shown       []int32
	shownEdges  []analysis.Edge
	cut         bool
	explanation []string
}

// measures say which of the measures that take time are wanted.
type measures struct{ rank, between, community bool }

// count reads and counts a network.
func (r *Resolver) count(ctx context.Context, q store.NetworkQuery, minWeight, first int, wanted measures) (*network, error) {
	rows, err := r.Store.Network(ctx, auth.ActorFrom(ctx), q)
	if err != nil {
		return nil, err
	}
	n := &network{q: q, rows: rows, exact: true}
	n.renumber()
	n.tie(minWeight)
	n.choose(first)
	return n, n.measure(ctx, wanted)
}

// renumber puts the nodes in order.
func (n *network) renumber() {
	order := make([]int32, len(n.rows.Nodes))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return slices.Compare(n.rows.Nodes[a][:], n.rows.Nodes[b][:]) })
	place := make([]int32, len(order))
	n.nodes = make([]models.ID, len(order))
	for i, old := range order {
		place[old], n.nodes[i] = int32(i), n.rows.Nodes[old]
	}
	for _, seats := range n.rows.Seats {
		for i := range seats {
			seats[i] = place[seats[i]]
		}
	}
	for i := range n.rows.Pairs {
		p := &n.rows.Pairs[i]
		p.From, p.To = place[p.From], place[p.To]
	}
	slices.SortFunc(n.rows.Pairs, func(a, b store.Pair) int {
		return cmp.Or(cmp.Compare(a.Meeting, b.Meeting), slices.Compare(b.Record[:], a.Record[:]), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	n.rows.Pairs = slices.Compact(n.rows.Pairs)
}

func (n *network) directed() bool { return n.q.Kind != models.NetworkCoAttendance }

// tie counts the edges.
func (n *network) tie(minWeight int) {
	n.used = len(n.rows.Meetings)
	var all []analysis.Edge
	if n.directed() {
		weights := map[[2]int32]float64{}
		for _, p := range n.rows.Pairs {
			if p.From != p.To {
				weights[[2]int32{p.From, p.To}]++
			}
		}
		for ends, weight := range weights {
			all = append(all, analysis.Edge{From: ends[0], To: ends[1], Weight: weight})
		}
	} else {
		all, n.used = analysis.Project(n.rows.Seats, maxNetworkPairs)
	}
	n.edges = slices.DeleteFunc(all, func(e analysis.Edge) bool { return e.Weight < float64(minWeight) })
	slices.SortFunc(n.edges, func(a, b analysis.Edge) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	n.degree, n.weight = analysis.Degree(analysis.New(len(n.nodes), n.directed(), n.edges))
	if n.rows.More || n.used < len(n.rows.Meetings) {
		n.leavef("only the newest %d meetings are counted", n.used)
	}
}

// leavef notes what was left out.
func (n *network) leavef(format string, args ...any) {
	n.cut = true
	n.explanation = append(n.explanation, fmt.Sprintf(format, args...))
}

// choose takes the nodes and edges to measure and to show, the weightiest ones.
func (n *network) choose(first int) {
	for node := range int32(len(n.nodes)) {
		if n.degree[node] > 0 {
			n.analysed = append(n.analysed, node)
		}
	}
	total := len(n.analysed)
	slices.SortStableFunc(n.analysed, func(a, b int32) int { return cmp.Compare(n.weight[b], n.weight[a]) })
	n.analysed = n.analysed[:min(total, maxAnalysedNodes)]
	n.shown = n.analysed[:min(len(n.analysed), first)]
	if len(n.shown) < total {
		n.leavef("%d of %d nodes are shown", len(n.shown), total)
	}
	among := n.among(n.shown)
	n.shownEdges = among[:min(len(among), maxNetworkEdges)]
	if len(n.shownEdges) < len(among) {
		n.leavef("%d of the %d edges between them are shown", len(n.shownEdges), len(among))
	}
}

// among returns the edges between some of the nodes.
func (n *network) among(nodes []int32) []analysis.Edge {
	in := make([]bool, len(n.nodes))
	for _, node := range nodes {
		in[node] = true
	}
	var edges []analysis.Edge
	for _, e := range n.edges {
		if in[e.From] && in[e.To] {
			edges = append(edges, e)
		}
	}
	return edges
}

// measure works out the measures that are wanted, of the analysed part.
func (n *network) measure(ctx context.Context, wanted measures) error {
	if !wanted.rank && !wanted.between && !wanted.community {
		return nil
	}
	place := make([]int32, len(n.nodes))
	for i, node := range n.analysed {
		place[node] = int32(i)
	}
	edges := n.among(n.analysed)
	if len(edges) > maxAnalysedEdges {
		edges = edges[:maxAnalysedEdges]
	}
	if len(edges) < len(n.edges) {
		n.leavef("measures speak of %d nodes and %d of %d edges", len(n.analysed), len(edges), len(n.edges))
	}
	for i := range edges {
		edges[i].From, edges[i].To = place[edges[i].From], place[edges[i].To]
	}
	n.measured = analysis.New(len(n.analysed), n.directed(), edges)
	var err error
	if wanted.rank {
		if n.rank, err = analysis.PageRank(ctx, n.measured); err != nil {
			return err
		}
	}
	if wanted.between {
		if n.between, n.exact, err = analysis.Betweenness(ctx, n.measured); err != nil {
			return err
		}
		if !n.exact {
			n.explanation = append(n.explanation, "betweenness is estimated")
		}
	}
	if wanted.community {
		n.community, err = analysis.Communities(ctx, n.measured)
	}
	return err
}

// node is the shown node at a place, without its record.
func (n *network) node(i int) *models.NetworkNode {
	out := &models.NetworkNode{Degree: n.degree[n.shown[i]], Weight: int(n.weight[n.shown[i]])}
	if n.rank != nil {
		out.PageRank = n.rank[i] // the shown are the first of the analysed
	}
	if n.between != nil {
		out.Betweenness = n.between[i]
	}
	if n.community != nil {
		out.Community = n.community[i]
	}
	return out
}

// shares counts for each node what its edges are a part of, and all there is.
func (n *network) shares() (from, to []int, all int) {
	from = make([]int, len(n.nodes))
	if !n.directed() {
		for _, seats := range n.rows.Seats[:n.used] {
			for _, node := range slices.Compact(slices.Sorted(slices.Values(seats))) {
				from[node]++
			}
		}
		return from, from, n.used
	}
	to = make([]int, len(n.nodes))
	for _, p := range n.rows.Pairs {
		from[p.From]++
		to[p.To]++
	}
	return from, to, len(n.rows.Pairs)
}

// evidence lists the newest records behind each of the edges shown.
func (n *network) evidence() [][]store.Ref {
	found := make([][]store.Ref, len(n.shownEdges))
	recordType := store.EvidenceType(n.q.Kind)
	if !n.directed() {
		meetings := n.meetingsOf()
		for i, e := range n.shownEdges {
			for _, at := range common(meetings[e.From], meetings[e.To], maxEvidence) {
				found[i] = append(found[i], store.Ref{Type: recordType, ID: n.rows.Meetings[at]})
			}
		}
		return found
	}
	place := map[[2]int32]int{}
	for i, e := range n.shownEdges {
		place[[2]int32{e.From, e.To}] = i
	}
	for _, p := range n.rows.Pairs {
		if i, ok := place[[2]int32{p.From, p.To}]; ok && len(found[i]) < maxEvidence {
			found[i] = append(found[i], store.Ref{Type: recordType, ID: p.Record})
		}
	}
	return found
}

// meetingsOf lists the meetings of each node shown, the newest first.
func (n *network) meetingsOf() map[int32][]int32 {
	meetings := make(map[int32][]int32, len(n.shown))
	for _, node := range n.shown {
		meetings[node] = []int32{}
	}
	for at, seats := range n.rows.Seats[:n.used] {
		for _, node := range slices.Compact(slices.Sorted(slices.Values(seats))) {
			if list, ok := meetings[node]; ok {
				meetings[node] = append(list, int32(at))
			}
		}
	}
	return meetings
}

// common returns the first numbers that are in both of two rising lists.
func common(a, b []int32, most int) []int32 {
	var out []int32
	for len(a) > 0 && len(b) > 0 && len(out) < most {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			out = append(out, a[0])
			a, b = a[1:], b[1:]
		}
	}
	return out
}

// networkQuery reads what a network is counted over.
func (r *Resolver) networkQuery(ctx context.Context, kind models.NetworkKind, body *string, from, to *models.Date) (store.NetworkQuery, error) {
	q := store.NetworkQuery{Kind: kind, From: from, To: to}
	if body == nil {
		return q, nil
	}
	ref, err := refOf("body", *body)
	if err == nil && ref.Type != models.TypeOrganization {
		err = models.At("body", models.BadInput("the id is not that of an Organization"))
	}
	if err != nil {
		return q, err
	}
	found, err := r.Store.Walker(ctx, auth.ActorFrom(ctx), nil, nil).Find(ref)
	if kept, ok := found[ref]; ok {
		ref = kept
	}
	q.Body = &ref.ID
	return q, err
}

// network answers a network.
func (r *Resolver) network(ctx context.Context, kind models.NetworkKind, body *string, from, to *models.Date, minWeight, first int) (*models.Network, error) {
	if err := cmp.Or(within("minWeight", minWeight, 1, 1_000_000), within("first", first, 0, maxNetworkNodes)); err != nil {
		return nil, err
	}
	q, err := r.networkQuery(ctx, kind, body, from, to)
	if err != nil {
		return nil, err
	}
	a := askedOf(ctx)
	n, err := r.count(ctx, q, minWeight, first, measures{a.has("nodes", "pagerank"), a.has("nodes", "betweenness"), a.has("nodes", "community")})
	if err != nil {
		return nil, err
	}
	out := &models.Network{Nodes: []*models.NetworkNode{}, Edges: []*models.NetworkEdge{}, Meetings: n.used, TotalEdges: len(n.edges), Exact: n.exact,
		Truncated: n.cut, Explanation: strings.Join(n.explanation, "; ")}
	for _, degree := range n.degree {
		if degree > 0 {
			out.TotalNodes++
		}
	}
	return out, r.fillNetwork(a, n, out)
}
