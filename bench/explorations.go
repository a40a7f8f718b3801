package bench

import (
	"encoding/json"
	"fmt"
	"time"
)

// Exploration is a question of analysts, which is held to a time and not to a yardstick.
type Exploration struct {
	Name, Query string
	Bar         time.Duration // for the slowest in a hundred; 0: none
	Variables   func(s *Sample) map[string]any
}

const (
	neighbors = `query($id: ID!, $depth: Int!) { neighbors(id: $id, depth: $depth) { nodes { __typename id } edges { kind count record { id } sources { quote } } counts { kind count } truncated } }`
	path      = `query($from: ID!, $to: ID!, $exclude: [EdgeKind!]) { path(from: $from, to: $to, exclude: $exclude) { length nodes { __typename id } hops { kind record { id } sources { quote } } alternatives { length } } }`
	network   = `query($kind: NetworkKind!, $body: ID!, $from: Date, $to: Date) { network(kind: $kind, body: $body, from: $from, to: $to) { nodes { record { id } degree weight pagerank betweenness community } edges { from { id } to { id } weight denominators { from to } } totalNodes totalEdges truncated explanation } }`
	met       = `query($id: ID!, $body: ID, $from: Date, $to: Date) { person(id: $id) { coAttendees(first: 50, body: $body, from: $from, to: $to) { totalCount edges { meetings node { name } } } } }`
	timeline  = `query($id: ID!) { timeline(id: $id, first: 50) { nodes { date kind record { id } } } }`
	find      = `query($words: String!) { search(query: $words, first: 20) { totalCount nodes { score record { __typename id } snippets { field text } } groups(by: [TYPE]) { count keys { value } } } }`
)

// Explorations are those whose times issue of speed and docs/analysis.md speak of.
var Explorations = []Exploration{
	{"neighbors of a person", neighbors, 200 * time.Millisecond, func(s *Sample) map[string]any { return around(s.one(s.People), 1) }},
	{"neighbors of a bureau", neighbors, 200 * time.Millisecond, func(s *Sample) map[string]any { return around(s.one(s.Bureaus), 1) }},
	{"neighbors of a body", neighbors, 200 * time.Millisecond, func(s *Sample) map[string]any { return around(s.one(s.Bodies), 1) }},
	{"neighbors of a meeting", neighbors, 200 * time.Millisecond, func(s *Sample) map[string]any { return around(s.one(s.Meetings), 1) }},
	{"neighbors of a person, two steps", neighbors, 200 * time.Millisecond, func(s *Sample) map[string]any { return around(s.one(s.People), 2) }},
	{"coAttendees, 50 and the total", met, 200 * time.Millisecond, func(s *Sample) map[string]any { return map[string]any{"id": s.one(s.People)} }},
	{"coAttendees of one body and year", met, 200 * time.Millisecond, func(s *Sample) map[string]any {
		return map[string]any{"id": s.one(s.People), "body": s.one(s.Bodies), "from": "2019-01-01", "to": "2019-12-31"}
	}},
	{"path between two people", path, time.Second, func(s *Sample) map[string]any { return between(s.one(s.People), s.one(s.People)) }},
	{"path from a person to a bureau", path, time.Second, func(s *Sample) map[string]any { return between(s.one(s.People), s.one(s.Bureaus)) }},
	{"path between two bureaus", path, time.Second, func(s *Sample) map[string]any { return between(s.one(s.Bureaus), s.one(s.Bureaus)) }},
	{"path between two documents, by people only", path, time.Second, func(s *Sample) map[string]any {
		return between(s.one(s.Documents), s.one(s.Documents), "ISSUED", "HELD", "PRESENTED", "PARENT", "ATTENDED_FOR")
	}},
	{"network of one body and year", network, 2 * time.Second, func(s *Sample) map[string]any { return of(s, "CO_ATTENDANCE", "2019-01-01", "2019-12-31") }},
	{"network of one body, all years", network, 0, func(s *Sample) map[string]any { return of(s, "CO_ATTENDANCE", nil, nil) }},
	{"network of presenters of one body, all years", network, 0, func(s *Sample) map[string]any { return of(s, "PRESENTS_TO", nil, nil) }},
	{"timeline of a bureau", timeline, 0, func(s *Sample) map[string]any { return map[string]any{"id": s.one(s.Bureaus)} }},
	{"search for words of a title", find, 0, func(s *Sample) map[string]any {
		return map[string]any{"words": fmt.Sprintf("第%d市人民政府常务会议第%d次", s.rng.IntN(len(s.Bodies)), s.rng.IntN(len(s.Meetings)))}
	}},
	{"search for a name", find, 0, func(s *Sample) map[string]any {
		return map[string]any{"words": fmt.Sprintf("张%04d", s.rng.IntN(len(s.People)))}
	}},
	{"search for words that stand everywhere", find, 0, func(*Sample) map[string]any { return map[string]any{"words": "产业创新集群"} }},
}

func (s *Sample) one(of []string) string { return of[s.rng.IntN(len(of))] }

func around(id string, depth int) map[string]any { return map[string]any{"id": id, "depth": depth} }

func between(from, to string, exclude ...string) map[string]any {
	return map[string]any{"from": from, "to": to, "exclude": exclude}
}

func of(s *Sample, kind string, from, to any) map[string]any {
	return map[string]any{"kind": kind, "body": s.one(s.Bodies), "from": from, "to": to}
}

// Shots makes n requests to the address of a server.
func (e Exploration) Shots(s *Sample, address string, n int) ([]Shot, error) {
	shots := make([]Shot, n)
	for i := range shots {
		shot, err := Post(address, e.Query, e.Variables(s))
		if err != nil {
			return nil, err
		}
		shots[i] = shot
	}
	return shots, nil
}

// Post makes a request of a query with its variables.
func Post(address, query string, variables map[string]any) (Shot, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	return Shot{Method: "POST", URL: "http://" + address + "/graphql", Body: body}, err
}
