package analysis

import (
	"context"
	"math"
)

// Degree returns for each node how many others it is tied to, in whichever direction, and the weight of all its edges.
func Degree(g *Graph) (degree []int, weight []float64) {
	whole := g.both()
	degree, weight = make([]int, g.Len()), make([]float64, g.Len())
	for node := range int32(g.Len()) {
		to, weights := whole.arcs(node)
		degree[node] = len(to)
		for _, w := range weights {
			weight[node] += w
		}
	}
	return degree, weight
}

// Parameters of PageRank: those of Brin and Page (1998), and an end that leaves nine digits alone.
const (
	damping       = 0.85
	tolerance     = 1e-10
	maxIterations = 200
)

// PageRank returns the rank of each node, weights as probabilities; the ranks sum to 1. A node without a way out leads
// everywhere. gonum has PageRank as well, begun at a random vector: its last digits differ from call to call.
func PageRank(ctx context.Context, g *Graph) ([]float64, error) {
	n := g.Len()
	if n == 0 {
		return nil, nil
	}
	out := make([]float64, n)
	for node := range int32(n) {
		_, weights := g.arcs(node)
		for _, w := range weights {
			out[node] += w
		}
	}
	rank, next := make([]float64, n), make([]float64, n)
	for i := range rank {
		rank[i] = 1 / float64(n)
	}
	for range maxIterations {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		g.spread(rank, next, out)
		var moved float64
		for i := range rank {
			moved += math.Abs(next[i] - rank[i])
		}
		rank, next = next, rank
		if moved < tolerance {
			break
		}
	}
	return rank, nil
}

// spread makes one step of PageRank.
func (g *Graph) spread(rank, next, out []float64) {
	n := float64(g.Len())
	var stuck float64
	for i, r := range rank {
		if out[i] == 0 {
			stuck += r
		}
	}
	for i := range next {
		next[i] = (1-damping)/n + damping*stuck/n
	}
	for node := range int32(len(rank)) {
		to, weights := g.arcs(node)
		for i := range to {
			next[to[i]] += damping * rank[node] * weights[i] / out[node]
		}
	}
}

// Betweenness is measured from every node while that takes at most maxWork looks at an arc (half a second: 2,000 nodes of ten
// edges each), and otherwise from as many as that allows, but from minSources at least.
const (
	maxWork    = 45_000_000
	minSources = 64
)

// Betweenness returns for each node the share of the shortest paths between two others that lead through it, from 0 to 1,
// all edges equally long (Brandes, A faster algorithm for betweenness centrality, 2001). Exact is false where it was
// estimated from the paths that begin at some nodes only (Brandes and Pich, 2007), evenly spaced.
func Betweenness(ctx context.Context, g *Graph) (between []float64, exact bool, err error) {
	n := g.Len()
	sources := n
	if work := len(g.to) + n; n*work > maxWork {
		sources = min(n, max(minSources, maxWork/work))
	}
	b := newBrandes(g)
	for i := range sources {
		if err := ctx.Err(); err != nil {
			return nil, false, err
		}
		b.from(int32(i * n / sources))
	}
	if n < 3 {
		return b.sum, true, nil
	}
	// Every pair was counted from both ends in an undirected graph, which the number of ordered pairs makes good.
	scale := float64(n) / float64(sources) / (float64(n-1) * float64(n-2))
	for i := range b.sum {
		b.sum[i] *= scale
	}
	return b.sum, sources == n, nil
}

// brandes is the state of one walk after another.
type brandes struct {
	g        *Graph
	sum      []float64
	order    []int32 // nodes in the order in which they were reached
	distance []int32
	paths    []float64
	share    []float64
}

func newBrandes(g *Graph) *brandes {
	n := g.Len()
	return &brandes{g, make([]float64, n), make([]int32, 0, n), make([]int32, n), make([]float64, n), make([]float64, n)}
}

// from adds the shares of the shortest paths that begin at a node.
func (b *brandes) from(source int32) {
	for i := range b.distance {
		b.distance[i], b.paths[i], b.share[i] = -1, 0, 0
	}
	b.order = append(b.order[:0], source)
	b.distance[source], b.paths[source] = 0, 1
	for at := 0; at < len(b.order); at++ {
		node := b.order[at]
		to, _ := b.g.arcs(node)
		for _, next := range to {
			if b.distance[next] < 0 {
				b.distance[next] = b.distance[node] + 1
				b.order = append(b.order, next)
			}
			if b.distance[next] == b.distance[node]+1 {
				b.paths[next] += b.paths[node]
			}
		}
	}
	for at := len(b.order) - 1; at > 0; at-- {
		node := b.order[at]
		// The nodes one step further have their share by now, for they were reached later.
		to, _ := b.g.arcs(node)
		for _, next := range to {
			if b.distance[next] == b.distance[node]+1 {
				b.share[node] += b.paths[node] / b.paths[next] * (1 + b.share[next])
			}
		}
		b.sum[node] += b.share[node]
	}
}
