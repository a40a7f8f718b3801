package resolvers

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// fillNetwork loads the records of a network.
func (r *Resolver) fillNetwork(a asked, n *network, out *models.Network) error {
	nodeType := store.NodeType(n.q.Kind)
	refs := make([]store.Ref, len(n.nodes))
	for i, id := range n.nodes {
		refs[i] = store.Ref{Type: nodeType, ID: id}
	}
	shown := make([]store.Ref, len(n.shown))
	for i, node := range n.shown {
		shown[i] = refs[node]
	}
	records, err := r.fetch(a.ctx, shown, a.union([]string{"nodes", "record"}, []string{"edges", "from"}, []string{"edges", "to"}))
	if err != nil {
		return err
	}
	gone := func(ref store.Ref) bool { return len(records) > 0 && records[ref] == nil }
	for i, ref := range shown {
		if node := n.node(i); !gone(ref) {
			node.Record = records[ref]
			out.Nodes = append(out.Nodes, node)
		}
	}
	if !a.has("edges") {
		return nil
	}
	from, to, all := n.shares()
	evidence, err := r.networkEvidence(a, n)
	if err != nil {
		return err
	}
	for i, e := range n.shownEdges {
		if gone(refs[e.From]) || gone(refs[e.To]) {
			continue
		}
		edge := &models.NetworkEdge{From: records[refs[e.From]], To: records[refs[e.To]], Weight: int(e.Weight), Method: models.MethodDerived,
			Denominators: models.NetworkDenominators{From: from[e.From], To: to[e.To], All: all}}
		evidence.show(i, edge)
		out.Edges = append(out.Edges, edge)
	}
	return nil
}

// networkEvidence is what the edges of a network were counted from, as far as it is shown.
type networkEvidence struct {
	refs    [][]store.Ref
	records map[store.Ref]models.Record
	sources map[models.ID][]*models.SourceSpan
}

func (r *Resolver) networkEvidence(a asked, n *network) (*networkEvidence, error) {
	e := &networkEvidence{refs: make([][]store.Ref, len(n.shownEdges))}
	spans, sources := a.at("edges", "sources")
	if !sources && !a.has("edges", "evidence") {
		return e, nil
	}
	e.refs = n.evidence()
	all := unique(slices.Concat(e.refs...))
	var err error
	if e.records, err = r.fetch(a.ctx, all, a.union([]string{"edges", "evidence"})); err != nil || !sources {
		return e, err
	}
	e.sources, err = r.evidenceSources(a, all, spans)
	return e, err
}

func (r *Resolver) evidenceSources(a asked, refs []store.Ref, selected ast.SelectionSet) (map[models.ID][]*models.SourceSpan, error) {
	owners := make([]models.ID, len(refs))
	for i, ref := range refs {
		owners[i] = ref.ID
	}
	return sources(a, r.Store.Walker(a.ctx, auth.ActorFrom(a.ctx), nil, nil), selected, owners)
}

// show puts the evidence of an edge into it.
func (e *networkEvidence) show(i int, edge *models.NetworkEdge) {
	edge.Evidence, edge.Sources = listed(e.refs[i], e.records), []*models.SourceSpan{}
	for _, ref := range e.refs[i] {
		edge.Sources = append(edge.Sources, e.sources[ref.ID]...)
	}
}
