package analysis

import "slices"

// Project ties the members of groups with one another: the weight of an edge is the number of groups that both are in.
// Groups are taken in order until a further one would mean more than maxPairs pairs of members; used says how many were
// taken. The edges are in the order of their nodes, From being the lesser.
func Project(groups [][]int32, maxPairs int) (edges []Edge, used int) {
	var pairs []uint64
	for _, group := range groups {
		members := slices.Compact(slices.Sorted(slices.Values(group)))
		if len(pairs)+len(members)*(len(members)-1)/2 > maxPairs {
			break
		}
		used++
		for i, a := range members {
			for _, b := range members[i+1:] {
				pairs = append(pairs, uint64(a)<<32|uint64(b))
			}
		}
	}
	slices.Sort(pairs)
	for i, pair := range pairs {
		if i > 0 && pairs[i-1] == pair {
			edges[len(edges)-1].Weight++
			continue
		}
		edges = append(edges, Edge{int32(pair >> 32), int32(pair & 0xffffffff), 1})
	}
	return edges, used
}
