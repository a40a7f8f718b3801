package analysis

import "slices"

// Edge ties two nodes; the heavier, the more.
type Edge struct {
	From, To int32
	Weight   float64
}

// Graph is a graph in compressed form: the arcs of node i stand in the places start[i] to start[i+1]. Of an undirected
// graph each edge is two arcs. There is at most one arc from one node to another, and none to itself.
type Graph struct {
	Directed bool
	start    []int32
	to       []int32
	weight   []float64
	edges    int
}

// New makes a graph of n nodes. Edges between the same two nodes become one, their weights added; an edge from a node to
// itself is left out. Every end must be less than n.
func New(n int, directed bool, edges []Edge) *Graph {
	arcs := make([]Edge, 0, 2*len(edges))
	for _, e := range edges {
		if e.From == e.To {
			continue
		}
		arcs = append(arcs, e)
		if !directed {
			arcs = append(arcs, Edge{e.To, e.From, e.Weight})
		}
	}
	slices.SortFunc(arcs, func(a, b Edge) int {
		if a.From != b.From {
			return int(a.From) - int(b.From)
		}
		return int(a.To) - int(b.To)
	})
	g := &Graph{Directed: directed, start: make([]int32, n+1)}
	for i, a := range arcs {
		if i > 0 && arcs[i-1].From == a.From && arcs[i-1].To == a.To {
			g.weight[len(g.weight)-1] += a.Weight
			continue
		}
		g.to, g.weight = append(g.to, a.To), append(g.weight, a.Weight)
		g.start[a.From+1] = int32(len(g.to))
	}
	for i := range n {
		g.start[i+1] = max(g.start[i+1], g.start[i])
	}
	g.edges = len(g.to)
	if !directed {
		g.edges /= 2
	}
	return g
}

// Len returns the number of nodes.
func (g *Graph) Len() int { return len(g.start) - 1 }

// Edges returns the number of edges.
func (g *Graph) Edges() int { return g.edges }

// arcs returns where the arcs of a node lead and what they weigh.
func (g *Graph) arcs(node int32) ([]int32, []float64) {
	from, to := g.start[node], g.start[node+1]
	return g.to[from:to], g.weight[from:to]
}

// both returns the graph without directions; of two edges that run against each other the weights are added.
func (g *Graph) both() *Graph {
	if !g.Directed {
		return g
	}
	edges := make([]Edge, 0, len(g.to))
	for node := range int32(g.Len()) {
		to, weight := g.arcs(node)
		for i := range to {
			edges = append(edges, Edge{node, to[i], weight[i]})
		}
	}
	return New(g.Len(), false, edges)
}
