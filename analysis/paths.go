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
	// Compare orders nodes, so that of many paths the same ones are taken every time.
	Compare func(a, b int32) int

	MaxLength int // edges of a path
	MaxPaths  int // paths to return
	MaxArcs   int // arcs to look at
}

// Paths returns the shortest paths between two nodes, each as its nodes from the first to the last; none where there is
// none of MaxLength or less. It searches from both ends, a whole step from the smaller frontier each time, which finds all
// the shortest paths. The error is ErrBudget where the budget ended first.
func (s Search) Paths(ctx context.Context, from, to int32) ([][]int32, error) {
	if from == to {
		return [][]int32{{from}}, nil
	}
	left, right := newReach(from), newReach(to)
	arcs := 0
	for length := 1; length <= s.MaxLength; length++ {
		side, other := left, right
		if len(right.frontier) < len(left.frontier) {
			side, other = right, left
		}
		if len(side.frontier) == 0 {
			return nil, nil
		}
		if err := s.step(ctx, side, &arcs); err != nil {
			return nil, err
		}
		var middle []int32
		for _, node := range side.frontier {
			if _, met := other.distance[node]; met {
				middle = append(middle, node)
			}
		}
		if len(middle) > 0 {
			return s.collect(left, right, middle), nil
		}
	}
	return nil, nil
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

// collect puts the halves of the paths together, in the middle where the two sides have met.
func (s Search) collect(left, right *reach, middle []int32) [][]int32 {
	slices.SortFunc(middle, s.Compare)
	var paths [][]int32
	for _, node := range middle {
		for _, head := range s.ways(left, node, s.MaxPaths-len(paths)) {
			for _, tail := range s.ways(right, node, s.MaxPaths-len(paths)) {
				path := slices.Clone(head)
				slices.Reverse(path)
				paths = append(paths, append(path, tail[1:]...))
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
