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
	// Expand calls visit for arcs between a node of the frontier and another node, those to prefer first. Every now and then
	// it asks whether that is enough; else it goes on until there are no more.
	Expand func(ctx context.Context, frontier []int32, visit func(from, to int32) error, enough func() (bool, error)) error
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
// none of MaxLength or less. It searches from both ends, a step from the smaller frontier at a time, and asks every now and
// then whether what has been reached is linked to the other frontier: that saves the last step, the largest of all, and the
// rest of the one before it once there are as many paths as wanted. The error is ErrBudget where the budget ended first.
func (s Search) Paths(ctx context.Context, from, to int32) ([][]int32, error) {
	if from == to {
		return [][]int32{{from}}, nil
	}
	q := &quest{Search: s, ctx: ctx, left: newReach(from), right: newReach(to)}
	if err := q.link(q.left.frontier, q.right.frontier); err != nil {
		return nil, err
	}
	for length := 2; length <= s.MaxLength && len(q.links) == 0; length++ {
		side := q.left
		if len(q.right.frontier) < len(q.left.frontier) {
			side = q.right
		}
		if len(side.frontier) == 0 {
			return nil, nil
		}
		if err := q.step(side); err != nil {
			return nil, err
		}
	}
	return s.collect(q.left, q.right, q.links), nil
}

// quest is a search at work.
type quest struct {
	Search
	ctx         context.Context //nolint:containedctx // of the one call that it lives for
	left, right *reach
	links       [][2]int32 // between the two sides, all of one length
	arcs        int
}

// look counts an arc.
func (q *quest) look() error {
	if q.arcs++; q.arcs > q.MaxArcs {
		return ErrBudget
	}
	return nil
}

// link finds arcs between nodes of the left side and nodes of the right one.
func (q *quest) link(left, right []int32) error {
	if err := q.ctx.Err(); err != nil {
		return err
	}
	return q.Link(q.ctx, left, right, func(from, to int32) error {
		if link := [2]int32{from, to}; !slices.Contains(q.links, link) {
			q.links = append(q.links, link)
		}
		return q.look()
	})
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

// step goes one step from everywhere on the frontier of a side, until there are paths enough.
func (q *quest) step(r *reach) error {
	if err := q.ctx.Err(); err != nil {
		return err
	}
	r.steps++
	var next []int32
	asked := 0 // how many of them were asked for links
	err := q.Expand(q.ctx, r.frontier, func(from, to int32) error {
		distance, known := r.distance[to]
		switch {
		case !known:
			r.distance[to] = r.steps
			r.before[to] = []int32{from}
			next = append(next, to)
		case distance == r.steps:
			r.before[to] = append(r.before[to], from)
		}
		return q.look()
	}, func() (bool, error) {
		fresh := next[asked:]
		asked = len(next)
		if len(fresh) == 0 {
			return false, nil
		}
		left, right := fresh, q.right.frontier
		if r == q.right {
			left, right = q.left.frontier, fresh
		}
		err := q.link(left, right)
		return len(q.links) >= q.MaxPaths, err
	})
	if errors.Is(err, ErrBudget) && len(q.links) > 0 {
		err = nil // there are shorter ones nowhere
	}
	r.frontier = next
	return err
}

// collect puts the halves of the paths together at the arcs that link the two sides, in the order of these.
func (s Search) collect(left, right *reach, links [][2]int32) [][]int32 {
	var paths [][]int32
	for _, link := range links {
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
