package analysis

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/simple"
)

func random(rng *rand.Rand, n, edges int, directed bool) (*Graph, []Edge) {
	list := make([]Edge, edges)
	for i := range list {
		list[i] = Edge{int32(rng.IntN(n)), int32(rng.IntN(n)), 1 + float64(rng.IntN(4))}
	}
	return New(n, directed, list), list
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-6 }

func TestNewAddsWhatIsThereTwice(t *testing.T) {
	g := New(3, false, []Edge{{0, 1, 2}, {1, 0, 3}, {2, 2, 9}})
	degree, weight := Degree(g)
	if g.Edges() != 1 || !slices.Equal(degree, []int{1, 1, 0}) || !slices.Equal(weight, []float64{5, 5, 0}) {
		t.Errorf("%d edges, degrees %v, weights %v; want one edge of weight 5", g.Edges(), degree, weight)
	}
	directed := New(2, true, []Edge{{0, 1, 2}, {1, 0, 3}})
	if degree, weight := Degree(directed); directed.Edges() != 2 || degree[0] != 1 || weight[0] != 5 {
		t.Errorf("%d edges, degree %d, weight %v; want two arcs that make one tie of weight 5", directed.Edges(), degree[0], weight[0])
	}
}

// TestBetweennessByHand works out by hand: every path between two leaves leads through the middle. In a chain of five the
// nodes after the ends are on 3 of 6 paths, the middle on 4.
func TestBetweennessByHand(t *testing.T) {
	star := New(5, false, []Edge{{0, 1, 1}, {0, 2, 1}, {0, 3, 1}, {0, 4, 1}})
	between, exact, err := Betweenness(t.Context(), star)
	if err != nil || !exact || !slices.Equal(between, []float64{1, 0, 0, 0, 0}) {
		t.Errorf("star: %v, exact %v, %v", between, exact, err)
	}
	chain := New(5, false, []Edge{{0, 1, 1}, {1, 2, 1}, {2, 3, 1}, {3, 4, 1}})
	between, _, _ = Betweenness(t.Context(), chain)
	for i, want := range []float64{0, 3. / 6, 4. / 6, 3. / 6, 0} {
		if !near(between[i], want) {
			t.Errorf("chain: node %d has %v, want %v", i, between[i], want)
		}
	}
	for n := range 3 {
		if between, exact, _ := Betweenness(t.Context(), New(n, false, nil)); len(between) != n || !exact {
			t.Errorf("%d nodes: %v, exact %v", n, between, exact)
		}
	}
}

// TestMeasuresAgreeWithGonum holds betweenness to gonum's, which counts each ordered pair, and ranks to gonum's own.
func TestMeasuresAgreeWithGonum(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, directed := range []bool{false, true} {
		for range 30 {
			n := 3 + rng.IntN(20)
			g, edges := random(rng, n, rng.IntN(3*n), directed)
			theirs := simple.NewWeightedDirectedGraph(0, 0)
			for i := range n {
				theirs.AddNode(simple.Node(i))
			}
			for node := range int32(n) {
				to, weights := g.arcs(node)
				for i := range to {
					theirs.SetWeightedEdge(theirs.NewWeightedEdge(simple.Node(node), simple.Node(to[i]), weights[i]))
				}
			}
			want := network.Betweenness(theirs)
			got, exact, err := Betweenness(t.Context(), g)
			if err != nil || !exact {
				t.Fatal(exact, err)
			}
			ranks, _ := PageRank(t.Context(), g)
			wantRanks := network.PageRank(theirs, damping, 1e-12)
			var sum float64
			for i := range n {
				if !near(got[i]*float64(n-1)*float64(n-2), want[int64(i)]) {
					t.Fatalf("betweenness of %d: %v, gonum %v; edges %v", i, got[i], want[int64(i)], edges)
				}
				if !near(ranks[i], wantRanks[int64(i)]) {
					t.Fatalf("rank of %d: %v, gonum %v; edges %v", i, ranks[i], wantRanks[int64(i)], edges)
				}
				sum += ranks[i]
			}
			if !near(sum, 1) {
				t.Fatalf("ranks sum to %v", sum)
			}
		}
	}
}

// TestBetweennessIsSampledWhenLarge: the estimate says so, and still finds the bridge between two halves.
func TestBetweennessIsSampledWhenLarge(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	const half = 1500
	var edges []Edge
	for range 30_000 {
		at := int32(rng.IntN(2) * half)
		edges = append(edges, Edge{at + int32(rng.IntN(half)), at + int32(rng.IntN(half)), 1})
	}
	edges = append(edges, Edge{7, half + 7, 1})
	between, exact, err := Betweenness(t.Context(), New(2*half, false, edges))
	if err != nil || exact {
		t.Fatalf("exact %v, %v", exact, err)
	}
	for i, b := range between {
		if b > between[7] && i != half+7 {
			t.Errorf("node %d has %v, more than the bridge with %v", i, b, between[7])
		}
	}
}

// TestRanksFollowWeights: of two leaves of one node, the one tied three times as strongly gets three times as much from it.
func TestRanksFollowWeights(t *testing.T) {
	ranks, err := PageRank(t.Context(), New(3, false, []Edge{{0, 1, 3}, {0, 2, 1}}))
	base := (1 - damping) / 3
	if err != nil || !near((ranks[1]-base)/(ranks[2]-base), 3) || !near(ranks[0]+ranks[1]+ranks[2], 1) {
		t.Errorf("%v, %v", ranks, err)
	}
}

func TestCommunitiesByHand(t *testing.T) {
	// Two triangles and one edge between them, and a node alone.
	g := New(7, false, []Edge{{0, 2, 1}, {2, 4, 1}, {4, 0, 1}, {1, 3, 1}, {3, 5, 1}, {5, 1, 1}, {0, 1, 1}})
	for range 5 {
		numbers, err := Communities(t.Context(), g)
		if err != nil || !slices.Equal(numbers, []int{0, 1, 0, 1, 0, 1, 2}) {
			t.Fatalf("%v, %v; want the even ones, the odd ones, and 6 alone", numbers, err)
		}
	}
	if numbers, _ := Communities(t.Context(), New(3, true, nil)); !slices.Equal(numbers, []int{0, 1, 2}) {
		t.Errorf("without edges everybody is alone, not %v", numbers)
	}
}

// TestCommunitiesAreStable asks ten times.
func TestCommunitiesAreStable(t *testing.T) {
	g, _ := random(rand.New(rand.NewPCG(3, 3)), 200, 600, true)
	first, _ := Communities(t.Context(), g)
	for range 10 {
		if again, _ := Communities(t.Context(), g); !slices.Equal(first, again) {
			t.Fatal("the communities differ from call to call")
		}
	}
}

// TestCommunitiesAreAsGoodAsGonums compares the modularity of random graphs with and without a shape, and the time.
func TestCommunitiesAreAsGoodAsGonums(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	var ours, theirs float64
	for round := range 40 {
		n := 10 + rng.IntN(80)
		var edges []Edge
		for range 4 * n {
			a, b := rng.IntN(n), rng.IntN(n)
			if round%2 == 0 && rng.IntN(4) > 0 {
				b = a/10*10 + rng.IntN(min(10, n-a/10*10))
			}
			edges = append(edges, Edge{int32(a), int32(b), 1 + float64(rng.IntN(3))})
		}
		g := New(n, false, edges)
		same := simple.NewWeightedUndirectedGraph(0, 0)
		for node := range int32(n) {
			if same.Node(int64(node)) == nil {
				same.AddNode(simple.Node(node))
			}
			to, weights := g.arcs(node)
			for i := range to {
				same.SetWeightedEdge(same.NewWeightedEdge(simple.Node(node), simple.Node(to[i]), weights[i]))
			}
		}
		numbers, err := Communities(t.Context(), g)
		if err != nil {
			t.Fatal(err)
		}
		groups := make([][]graph.Node, n)
		for node, number := range numbers {
			groups[number] = append(groups[number], simple.Node(node))
		}
		ours += community.Q(same, slices.DeleteFunc(groups, func(g []graph.Node) bool { return len(g) == 0 }), 1)
		theirs += community.Q(same, community.Modularize(same, 1, rand.NewPCG(1, 1)).Communities(), 1)
	}
	if ours < 0.98*theirs {
		t.Errorf("modularity %.3f together, gonum's %.3f", ours, theirs)
	}
}

// TestCommunitiesOfALargeShapelessGraph takes gonum many seconds.
func TestCommunitiesOfALargeShapelessGraph(t *testing.T) {
	g, _ := random(rand.New(rand.NewPCG(7, 7)), 1500, 40_000, false)
	started := time.Now()
	if _, err := Communities(t.Context(), g); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(started); took > 3*time.Second {
		t.Errorf("took %v", took)
	}
}

// plainPaths finds all the shortest paths by trying every way.
func plainPaths(g *Graph, from, to int32, longest int) [][]int32 {
	ways := [][]int32{{from}}
	for range longest + 1 {
		var found, longer [][]int32
		for _, way := range ways {
			last := way[len(way)-1]
			if last == to {
				found = append(found, way)
			}
			next, _ := g.arcs(last)
			for _, node := range next {
				if !slices.Contains(way, node) {
					longer = append(longer, append(slices.Clone(way), node))
				}
			}
		}
		if len(found) > 0 {
			return found
		}
		ways = longer
	}
	return nil
}

func search(g *Graph, asked *int) Search {
	return Search{
		Expand: func(_ context.Context, frontier []int32, visit func(from, to int32) error, enough func() (bool, error)) error {
			*asked++
			for _, node := range frontier {
				to, _ := g.arcs(node)
				for _, next := range to {
					for range 2 { // the same tie may come twice
						if err := visit(node, next); err != nil {
							return err
						}
					}
				}
				if done, err := enough(); done || err != nil {
					return err
				}
			}
			return nil
		},
		Link: func(_ context.Context, left, right []int32, visit func(from, to int32) error) error {
			for _, node := range left {
				to, _ := g.arcs(node)
				for _, next := range to {
					if !slices.Contains(right, next) {
						continue
					}
					for range 2 {
						if err := visit(node, next); err != nil {
							return err
						}
					}
				}
			}
			return nil
		},
		Compare:   func(a, b int32) int { return int(a) - int(b) },
		MaxLength: 5, MaxPaths: 1000, MaxArcs: 100_000,
	}
}

func TestPathsAreThoseOfTryingEveryWay(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	found := 0
	for range 400 {
		n := 2 + rng.IntN(14)
		g, edges := random(rng, n, rng.IntN(2*n), false)
		from, to := int32(rng.IntN(n)), int32(rng.IntN(n))
		var asked int
		got, err := search(g, &asked).Paths(t.Context(), from, to)
		if err != nil {
			t.Fatal(err)
		}
		want := plainPaths(g, from, to, 5)
		if !slices.EqualFunc(sorted(got), sorted(want), slices.Equal[[]int32]) {
			t.Fatalf("from %d to %d: %v, want %v; edges %v", from, to, got, want, edges)
		}
		if asked > 4 {
			t.Fatalf("asked %d times for paths of at most 5", asked)
		}
		if len(got) > 0 {
			found++
			few := search(g, &asked)
			few.MaxPaths = 2
			if some, _ := few.Paths(t.Context(), from, to); len(some) != min(2, len(got)) {
				t.Fatalf("asked for 2 of %d paths, got %d", len(got), len(some))
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d of the graphs had a path", found)
	}
}

func sorted(paths [][]int32) [][]int32 {
	slices.SortFunc(paths, slices.Compare[[]int32])
	return paths
}

func TestPathsEndWithTheBudget(t *testing.T) {
	g, _ := random(rand.New(rand.NewPCG(5, 5)), 300, 900, false)
	var asked int
	s := search(g, &asked)
	s.MaxArcs = 3
	if _, err := s.Paths(t.Context(), 0, 299); !errors.Is(err, ErrBudget) {
		t.Errorf("%v, want ErrBudget", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := search(g, &asked).Paths(ended, 0, 299); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want Canceled", err)
	}
	if _, err := PageRank(ended, g); !errors.Is(err, context.Canceled) {
		t.Errorf("PageRank: %v, want Canceled", err)
	}
	if _, _, err := Betweenness(ended, g); !errors.Is(err, context.Canceled) {
		t.Errorf("Betweenness: %v, want Canceled", err)
	}
	if _, err := Communities(ended, g); !errors.Is(err, context.Canceled) {
		t.Errorf("Communities: %v, want Canceled", err)
	}
}

func TestProjectByHand(t *testing.T) {
	groups := [][]int32{{2, 0, 1, 0}, {1, 2}, {3}, {0, 3, 2}}
	edges, used := Project(groups, 100)
	want := []Edge{{0, 1, 1}, {0, 2, 2}, {0, 3, 1}, {1, 2, 2}, {2, 3, 1}}
	if used != 4 || !slices.Equal(edges, want) {
		t.Errorf("%d groups gave %v, want %v", used, edges, want)
	}
	if edges, used := Project(groups, 4); used != 3 || len(edges) != 3 {
		t.Errorf("with room for 4 pairs: %d groups gave %v", used, edges)
	}
}
