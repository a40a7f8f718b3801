package analysis

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/iterator"
)

// seed makes the communities of one graph the same every time.
const seed = 20_220_601

// Communities returns for each node the number of its community, by the method of Louvain (Blondel and others, 2008)
// without regard to directions. The largest community is 0; of two equally large ones, the one with the smaller node.
// The work cannot be broken off: ctx is looked at before it only, so the caller bounds the graph.
func Communities(ctx context.Context, g *Graph) ([]int, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	numbers := make([]int, g.Len())
	if g.Edges() == 0 {
		for i := range numbers {
			numbers[i] = i
		}
		return numbers, nil
	}
	reduced := community.Modularize(undirected{g.both()}, 1, rand.NewPCG(seed, uint64(g.Len())))
	groups := reduced.Communities()
	for _, group := range groups {
		slices.SortFunc(group, func(a, b graph.Node) int { return cmp.Compare(a.ID(), b.ID()) })
	}
	slices.SortFunc(groups, func(a, b []graph.Node) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a[0].ID(), b[0].ID()))
	})
	for number, group := range groups {
		for _, node := range group {
			numbers[node.ID()] = number
		}
	}
	return numbers, nil
}

// undirected shows a Graph the way gonum looks at graphs, its nodes always in the same order.
type undirected struct{ g *Graph }

// number is a node of a Graph.
type number int32

// ID implements graph.Node.
func (n number) ID() int64 { return int64(n) }

// tie is a weighted edge of a Graph.
type tie struct {
	from, to number
	weight   float64
}

func (t tie) From() graph.Node         { return t.from }
func (t tie) To() graph.Node           { return t.to }
func (t tie) ReversedEdge() graph.Edge { return tie{t.to, t.from, t.weight} }
func (t tie) Weight() float64          { return t.weight }

func (u undirected) Node(id int64) graph.Node {
	if id < 0 || id >= int64(u.g.Len()) {
		return nil
	}
	return number(id)
}

func (u undirected) Nodes() graph.Nodes {
	nodes := make([]graph.Node, u.g.Len())
	for i := range nodes {
		nodes[i] = number(i)
	}
	return iterator.NewOrderedNodes(nodes)
}

func (u undirected) From(id int64) graph.Nodes {
	to, _ := u.g.arcs(int32(id))
	if len(to) == 0 {
		return graph.Empty
	}
	nodes := make([]graph.Node, len(to))
	for i := range nodes {
		nodes[i] = number(to[i])
	}
	return iterator.NewOrderedNodes(nodes)
}

func (u undirected) find(from, to int64) (float64, bool) {
	nodes, weights := u.g.arcs(int32(from))
	at, found := slices.BinarySearch(nodes, int32(to))
	if !found {
		return 0, false
	}
	return weights[at], true
}

func (u undirected) HasEdgeBetween(from, to int64) bool {
	_, found := u.find(from, to)
	return found
}

func (u undirected) Edge(from, to int64) graph.Edge { return u.WeightedEdge(from, to) }

func (u undirected) EdgeBetween(from, to int64) graph.Edge { return u.WeightedEdge(from, to) }

func (u undirected) WeightedEdge(from, to int64) graph.WeightedEdge {
	weight, found := u.find(from, to)
	if !found {
		return nil
	}
	return tie{number(from), number(to), weight}
}

func (u undirected) WeightedEdgeBetween(from, to int64) graph.WeightedEdge {
	return u.WeightedEdge(from, to)
}

func (u undirected) Weight(from, to int64) (float64, bool) {
	if from == to {
		return 0, true
	}
	return u.find(from, to)
}
