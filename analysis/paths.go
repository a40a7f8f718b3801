package analysis

import (
	"context"
	"errors"
	"slices"
)

// ErrBudget says that a search has looked at as many arcs as it may and has found nothing; there may be something further.
var ErrBudget = errors.New("the search has used up its budget")

// Search looks for shortest paths in a graph that it asks for piece by piece, without directions. Nodes are numbers that
// the caller gives out; a piece may name new ones.
type Search struct {
	// Expand calls visit for every arc between a node of the frontier and another node.
	Expand func(ctx context.Context, frontier []int32, visit func(from, to int32) error) error
	// Link calls visit for the arcs between a node of the one set and a node of the other, those to prefer first; MaxPaths
	// different ones are enough.
	Link func(ctx context.Context, left, right []int32, visit func(from, to int32) error) error
	// Compare orders nodes, so that of many ways to one end of a link the same ones are taken every time.
	Compare func(a, b int32) int

	MaxLength int // edges of a path
	MaxPaths  int // paths to return
	MaxArcs   int // arcs to look at
}

// Paths returns the shortest paths between two nodes, each as its nodes from the first to the last; none where there is
// none of MaxLength or less. It searches from both ends and asks after each step whether the two frontiers are linked,
// which finds all the shortest paths and saves the last step, the largest of all; then it goes on from the smaller
// frontier. The error is ErrBudget where the budget ended first.
func (s Search) Paths(ctx context.Context, from, to int32) ([][]int32, error) {
	if from == to {
		return [][]int32{{from}}, nil
	}
	left, right := newReach(from), newReach(to)
	arcs := 0
	for length := 1; ; length++ {
		links, err := s.link(ctx, left, right, &arcs)
		if err != nil || len(links) > 0 {
			return s.collect(left, right, links), err
		}
		side := left
		if len(right.frontier) < len(left.frontier) {
			side = right
		}
		if length == s.MaxLength || len(side.frontier) == 0 {
			return nil, nil
		}
		if err := s.step(ctx, side, &arcs); err != nil {
			return nil, err
		}
	}
}

// link finds the arcs between the two frontiers.
func (s Search) link(ctx context.Context, left, right *reach, arcs *int) ([][2]int32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var links [][2]int32
	err := s.Link(ctx, left.frontier, right.frontier, func(from, to int32) error {
		if *arcs++; *arcs > s.MaxArcs {
			return ErrBudget
		}
		links = append(links, [2]int32{from, to})
		return nil
	})
	return links, err
}

// reach is what has been reached from one end.
type reach struct {
	distance map[int32]int32
	before   map[int32][]int32 // nodes one step nearer to the end
	frontier []int32
	steps    int32
}

func newReach(end int32) *reach {
	return &reach{map[int32]int32{end: 0}, map[int32][]int32{}, []int32{end}, 0}
}

// step goes one step from everywhere on the frontier.
func (s Search) step(ctx context.Context, r *reach, arcs *int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.steps++
	var next []int32
	err := s.Expand(ctx, r.frontier, func(from, to int32) error {
		if *arcs++; *arcs > s.MaxArcs {
			return ErrBudget
		}
		distance, known := r.distance[to]
		switch {
		case !known:
			r.distance[to] = r.steps
			r.before[to] = []int32{from}
			next = append(next, to)
		case distance == r.steps:
			r.before[to] = append(r.before[to], from)
		}
		return nil
	})
	r.frontier = next
	return err
}

// collect puts the halves of the paths together at the arcs that link the two sides, in the order of these.
func (s Search) collect(left, right *reach, links [][2]int32) [][]int32 {
	known := map[[2]int32]bool{}
	var paths [][]int32
	for _, link := range links {
		if known[link] {
			continue
		}
		known[link] = true
		for _, head := range s.ways(left, link[0], s.MaxPaths-len(paths)) {
			for _, tail := range s.ways(right, link[1], s.MaxPaths-len(paths)) {
				path := slices.Clone(head)
				slices.Reverse(path)
				paths = append(paths, append(path, tail...))
			}
			if len(paths) >= s.MaxPaths {
				return paths[:s.MaxPaths]
			}
		}
	}
	return paths
}

// ways lists at most n ways from a node back to the end of a reach.
func (s Search) ways(r *reach, node int32, n int) [][]int32 {
	before := r.before[node]
	if len(before) == 0 {
		return [][]int32{{node}}
	}
	slices.SortFunc(before, s.Compare)
	before = slices.Compact(before) // two nodes may be tied more than once
	r.before[node] = before
	var ways [][]int32
	for _, next := range before {
		for _, way := range s.ways(r, next, n-len(ways)) {
			ways = append(ways, append([]int32{node}, way...))
		}
		if len(ways) >= n {
			break
		}
	}
	return ways
}
