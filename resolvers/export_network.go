package resolvers

import (
	"bytes"
	"context"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/graph/formats/gexf12"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// exportNetwork writes a network as GEXF 1.2 or GraphML, with its measures as attributes.
func (x *exporter) exportNetwork(w http.ResponseWriter, r *http.Request, ending string) error {
	ctx, cancel := context.WithTimeout(r.Context(), exportReadTime)
	defer cancel()
	n, labels, err := x.networkOf(ctx, r)
	if err != nil {
		return err
	}
	write, media := n.gexf, "application/gexf+xml"
	if ending == "graphml" {
		write, media = n.graphML, "application/graphml+xml"
	}
	var body bytes.Buffer
	body.WriteString(xml.Header)
	encoder := xml.NewEncoder(&body)
	encoder.Indent("", " ")
	if err := encoder.Encode(write(labels)); err != nil {
		return err
	}
	x.whole(w, r, media, "network."+ending, body.Bytes())
	return nil
}

// networkOf counts the network that the parameters ask for and reads the names of its nodes.
func (x *exporter) networkOf(ctx context.Context, r *http.Request) (*network, []string, error) {
	query := r.URL.Query()
	if err := only(query, "kind", "body", "from", "to", "minWeight", "first"); err != nil {
		return nil, nil, err
	}
	kind := models.NetworkKind(query.Get("kind"))
	switch kind {
	case "":
		kind = models.NetworkCoAttendance
	case models.NetworkCoAttendance, models.NetworkPresentsTo, models.NetworkOwes, models.NetworkDirectedAt:
	default:
		return nil, nil, models.At("kind", models.BadInput("is CO_ATTENDANCE, PRESENTS_TO, OWES or DIRECTED_AT"))
	}
	minWeight, err := number(query, "minWeight", 1)
	if err == nil {
		err = within("minWeight", minWeight, 1, 1_000_000)
	}
	first, err2 := number(query, "first", maxNetworkNodes)
	if err2 == nil {
		err2 = within("first", first, 0, maxNetworkNodes)
	}
	from, err3 := date(query, "from")
	to, err4 := date(query, "to")
	for _, err := range []error{err, err2, err3, err4} {
		if err != nil {
			return nil, nil, err
		}
	}
	var body *string
	if query.Has("body") {
		id := query.Get("body")
		body = &id
	}
	q, err := x.networkQuery(ctx, kind, body, from, to)
	if err != nil {
		return nil, nil, err
	}
	n, err := x.count(ctx, q, minWeight, first, measures{true, true, true})
	if err != nil {
		return nil, nil, err
	}
	labels, err := x.labels(ctx, n)
	return n, labels, err
}

// labels are the names of the nodes shown.
func (x *exporter) labels(ctx context.Context, n *network) ([]string, error) {
	e := store.Schema.Records(store.NodeType(n.q.Kind))
	ids := make([]models.ID, len(n.shown))
	for i, node := range n.shown {
		ids[i] = n.nodes[node]
	}
	found, err := x.Store.Records(ctx, auth.ActorFrom(ctx), &store.Query{Entity: e, Rows: true, Columns: []*store.Column{nameOf(e)}}, ids)
	labels := make([]string, len(ids))
	for i, id := range ids {
		switch record := found[id].(type) {
		case *models.Person:
			labels[i] = clean(record.Name)
		case *models.Organization:
			labels[i] = clean(record.Name)
		}
	}
	return labels, err
}

// clean takes out what XML cannot hold.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, text)
}

// attribute is a value of a node or an edge in both formats.
type attribute struct{ name, kind, value string }

func (n *network) nodeAttributes(i int) []attribute {
	node := n.node(i)
	float := func(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
	return []attribute{
		{"degree", "int", strconv.Itoa(node.Degree)}, {"weight", "int", strconv.Itoa(node.Weight)}, {"pagerank", "double", float(node.PageRank)},
		{"betweenness", "double", float(node.Betweenness)}, {"community", "int", strconv.Itoa(node.Community)},
	}
}

func edgeAttributes(from, to, all int) []attribute {
	return []attribute{
		{"method", "string", string(models.MethodDerived)}, {"of from", "int", strconv.Itoa(from)},
		{"of to", "int", strconv.Itoa(to)}, {"of all", "int", strconv.Itoa(all)},
	}
}

// nodeID is the id of a node as the API shows it.
func (n *network) nodeID(node int32) string {
	return models.EncodeID(store.NodeType(n.q.Kind), n.nodes[node])
}

func (n *network) edgeType() string {
	if n.directed() {
		return "directed"
	}
	return "undirected"
}

func (n *network) gexf(labels []string) any {
	content := gexf12.Content{Version: "1.2", Meta: &gexf12.Meta{Creator: "minutebook", Description: n.about()}}
	content.Graph.DefaultEdgeType = n.edgeType()
	declare := func(class string, attributes []attribute) {
		declared := gexf12.Attributes{Class: class}
		for i, a := range attributes {
			kind := map[string]string{"int": "integer"}[a.kind]
			if kind == "" {
				kind = a.kind
			}
			declared.Attributes = append(declared.Attributes, gexf12.Attribute{ID: strconv.Itoa(i), Title: a.name, Type: kind})
		}
		content.Graph.Attributes = append(content.Graph.Attributes, declared)
	}
	values := func(attributes []attribute) *gexf12.AttValues {
		out := &gexf12.AttValues{}
		for i, a := range attributes {
			out.AttValues = append(out.AttValues, gexf12.AttValue{For: strconv.Itoa(i), Value: a.value})
		}
		return out
	}
	for i, node := range n.shown {
		if i == 0 {
			declare("node", n.nodeAttributes(i))
		}
		content.Graph.Nodes.Nodes = append(content.Graph.Nodes.Nodes, gexf12.Node{ID: n.nodeID(node), Label: labels[i], AttValues: values(n.nodeAttributes(i))})
	}
	from, to, all := n.shares()
	for i, e := range n.shownEdges {
		attributes := edgeAttributes(from[e.From], to[e.To], all)
		if i == 0 {
			declare("edge", attributes)
		}
		content.Graph.Edges.Edges = append(content.Graph.Edges.Edges, gexf12.Edge{ID: strconv.Itoa(i), Source: n.nodeID(e.From), Target: n.nodeID(e.To),
			Weight: e.Weight, AttValues: values(attributes)})
	}
	content.Graph.Nodes.Count, content.Graph.Edges.Count = len(content.Graph.Nodes.Nodes), len(content.Graph.Edges.Edges)
	return content
}

// about says what the network was counted over.
func (n *network) about() string {
	text := string(n.q.Kind) + ", counted over " + strconv.Itoa(n.used) + " meetings; every edge is DERIVED"
	if len(n.explanation) > 0 {
		text += "; " + strings.Join(n.explanation, "; ")
	}
	return text
}

// GraphML, as far as it is needed (graphml.graphdrawing.org, 1.0).
type (
	graphML struct {
		XMLName xml.Name     `xml:"http://graphml.graphdrawing.org/xmlns graphml"`
		Desc    string       `xml:"desc"`
		Keys    []graphMLKey `xml:"key"`
		Graph   graphMLGraph `xml:"graph"`
	}
	graphMLKey struct {
		ID   string `xml:"id,attr"`
		For  string `xml:"for,attr"`
		Name string `xml:"attr.name,attr"`
		Type string `xml:"attr.type,attr"`
	}
	graphMLGraph struct {
		EdgeDefault string        `xml:"edgedefault,attr"`
		Nodes       []graphMLNode `xml:"node"`
		Edges       []graphMLEdge `xml:"edge"`
	}
	graphMLNode struct {
		ID   string        `xml:"id,attr"`
		Data []graphMLData `xml:"data"`
	}
	graphMLEdge struct {
		Source string        `xml:"source,attr"`
		Target string        `xml:"target,attr"`
		Data   []graphMLData `xml:"data"`
	}
	graphMLData struct {
		Key   string `xml:"key,attr"`
		Value string `xml:",chardata"`
	}
)

func (n *network) graphML(labels []string) any {
	content := graphML{Desc: n.about(), Graph: graphMLGraph{EdgeDefault: n.edgeType()}}
	known := map[string]bool{}
	data := func(class string, attributes ...attribute) []graphMLData {
		out := make([]graphMLData, len(attributes))
		for i, a := range attributes {
			key := class[:1] + strconv.Itoa(i)
			out[i] = graphMLData{key, a.value}
			if !known[key] {
				known[key] = true
				content.Keys = append(content.Keys, graphMLKey{key, class, a.name, a.kind})
			}
		}
		return out
	}
	for i, node := range n.shown {
		attributes := append([]attribute{{"label", "string", labels[i]}}, n.nodeAttributes(i)...)
		content.Graph.Nodes = append(content.Graph.Nodes, graphMLNode{n.nodeID(node), data("node", attributes...)})
	}
	from, to, all := n.shares()
	for _, e := range n.shownEdges {
		attributes := append([]attribute{{"weight", "double", strconv.FormatFloat(e.Weight, 'g', -1, 64)}}, edgeAttributes(from[e.From], to[e.To], all)...)
		content.Graph.Edges = append(content.Graph.Edges, graphMLEdge{n.nodeID(e.From), n.nodeID(e.To), data("edge", attributes...)})
	}
	return content
}
