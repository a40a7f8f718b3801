package resolvers

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/minutebook/minutebook/models"
)

// look reads as somebody, and wants no error.
func (h *history) look(b *backend, role models.Role, document string, variables map[string]any, into any) {
	text, err := json.Marshal(variables)
	if err != nil {
		h.r.Fatal(err)
	}
	reply := b.ask(document, string(text), h.as(role)...)
	data, err := json.Marshal(reply.body.Data)
	if err == nil && len(reply.body.Errors) == 0 {
		err = json.Unmarshal(data, into)
	}
	if err != nil || len(reply.body.Errors) > 0 {
		h.r.Fatalf("%s as %q: %s %v", document, role, reply.text, err)
	}
}

// modelRead are the fields by which records are compared.
type modelRead struct {
	ID, Name, Title, Pinyin, Place, Capacity, Visibility string
	Version                                              int
	Names                                                []struct{ Text string }
	Meeting, Person                                      *struct{ ID string }
}

type modelPage struct {
	TotalCount int
	Nodes      []modelRead
}

const compareDocument = `query($p: String!, $m: String!, $l: String!) {
	people(first: 100, filter: {name: {in: ["赵一峰", "钱二林", "孙三山", "李四海", $p]}}) { totalCount nodes { id name pinyin visibility version names { text } } }
	meetings(first: 100, filter: {title: {startsWith: $m}}) { totalCount nodes { id title place visibility version } }
	attendances(first: 100, filter: {label: {eq: $l}}) { totalCount nodes { id capacity visibility version meeting { id } person { id } } }
	imported: meetings(first: 100, filter: {title: {contains: "青溪"}}) { totalCount }
	known: people(first: 100, filter: {name: {in: ["柳青川", "闻人静", "贺兰舟"]}}) { totalCount } }`

// compare reads everything as a guest and as a viewer, from both servers.
func (h *history) compare(r *rapid.T) {
	h.r = r
	for i, b := range h.backends {
		for _, role := range modelRoles[:2] {
			var got struct{ People, Meetings, Attendances, Imported, Known modelPage }
			variables := `{"p":"nobody","m":"模型会议","l":"代表"}`
			if kept, now := b.kept.get(compareDocument, variables, h.as(role)...), b.ask(compareDocument, variables, h.as(role)...).text; kept != now || !b.kept.versioned() {
				h.r.Fatalf("server %d, as %q: kept by its tag is %s\nbut the answer is %s", i, role, kept, now)
			}
			h.look(b, role, compareDocument, map[string]any{"p": "nobody", "m": "模型会议", "l": "代表"}, &got)
			for kind, page := range map[string]modelPage{"person": got.People, "meeting": got.Meetings, "seat": got.Attendances} {
				want := h.expected(b, kind, role == guest)
				have := shown(kind, page.Nodes)
				if !slices.Equal(want, have) || page.TotalCount != len(want) {
					r.Fatalf("server %d, as %q, of each %s (count %d):\nwant %s\nhave %s", i, role, kind, page.TotalCount, strings.Join(want, "\n     "), strings.Join(have, "\n     "))
				}
			}
			people := 0
			if len(h.model.imported) > 0 {
				people = 3
			}
			if got.Imported.TotalCount != len(h.model.imported) || got.Known.TotalCount != people {
				r.Fatalf("server %d, as %q: %d meetings and %d people of %d imports", i, role, got.Imported.TotalCount, got.Known.TotalCount, len(h.model.imported))
			}
		}
	}
}

// expected are the records of a kind as a reader should see them, as lines in order.
func (h *history) expected(b *backend, kind string, guest bool) []string {
	var out []string
	for _, handle := range h.model.seen(kind, guest) {
		t := h.model.at(handle)
		line := fmt.Sprintf("%s %s %s %s v%d", b.id(handle), t.name, t.detail, visibilityOf(t.public), t.version)
		switch kind {
		case "person":
			line += " " + joined(t.names())
		case "seat":
			line += " " + b.id(t.meeting) + " " + b.id(t.person)
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// joined writes names in an order of their own: which alias comes first is of no matter.
func joined(names []string) string {
	names = slices.Clone(names)
	slices.Sort(names)
	return strings.Join(names, ",")
}

// shown are the same lines of what was read.
func shown(kind string, nodes []modelRead) []string {
	var out []string
	for _, n := range nodes {
		line := fmt.Sprintf("%s %s %s %s v%d", n.ID, n.Name+n.Title, n.Pinyin+n.Place+n.Capacity, n.Visibility, n.Version)
		switch kind {
		case "person":
			var names []string
			for _, name := range n.Names {
				names = append(names, name.Text)
			}
			line += " " + joined(names)
		case "seat":
			line += " " + n.Meeting.ID + " " + n.Person.ID
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// learnVersions takes the versions after a merge or an undo from the first server: how many records these touch is not the
// model's business, but that a version never falls is, and that both servers give the same.
func (h *history) learnVersions() {
	b := h.backends[0]
	for i := range h.model.things {
		t := &h.model.things[i]
		if t.gone {
			continue
		}
		var got struct{ Node *struct{ Version int } }
		h.look(b, models.RoleViewer, `query($id: ID!) { node(id: $id) { ... on Record { version } } }`, map[string]any{"id": b.id(i + 1)}, &got)
		if got.Node == nil || got.Node.Version < t.version {
			h.r.Fatalf("%+v is there as %+v", *t, got.Node)
		}
		t.version = got.Node.Version
	}
}

// search looks for a name as each of the roles: who bears it and may be seen is found, and nobody else.
func (h *history) search(r *rapid.T) {
	name := rapid.SampledFrom(modelNames).Draw(r, "name")
	for i, b := range h.backends {
		for _, role := range modelRoles {
			var want, have []string
			for _, handle := range h.model.seen("person", role == guest) {
				if slices.Contains(h.model.at(handle).names(), name) {
					want = append(want, b.id(handle))
				}
			}
			var got struct {
				Search struct {
					TotalCount int
					Nodes      []struct{ Record struct{ ID string } }
				}
			}
			h.look(b, role, `query($q: String!) { search(query: $q, types: [PERSON], first: 100) { totalCount nodes { record { id } } } }`, map[string]any{"q": name}, &got)
			for _, node := range got.Search.Nodes {
				have = append(have, node.Record.ID)
			}
			slices.Sort(want)
			slices.Sort(have)
			if !slices.Equal(want, have) || got.Search.TotalCount != len(want) {
				r.Fatalf("server %d, as %q: the search for %s finds %v (count %d), want %v", i, role, name, have, got.Search.TotalCount, want)
			}
		}
	}
}

// lastCursor is the position of the log before an act.
func (h *history) lastCursor(b *backend) any {
	cursor := b.cursor
	for {
		var page struct {
			Changes struct {
				PageInfo struct {
					EndCursor   *string
					HasNextPage bool
				}
			}
		}
		h.look(b, models.RoleAdmin, `query($after: String) { changes(first: 100, after: $after) { pageInfo { endCursor hasNextPage } } }`, map[string]any{"after": cursor}, &page)
		if page.Changes.PageInfo.EndCursor != nil {
			cursor = *page.Changes.PageInfo.EndCursor
		}
		if !page.Changes.PageInfo.HasNextPage {
			return cursor
		}
	}
}

// lastChange is the id of the entry that the last act left of a record.
func (h *history) lastChange(b *backend, record string) string {
	var page struct {
		Changes struct {
			Nodes []struct{ ID, RecordID string }
		}
	}
	h.look(b, models.RoleAdmin, `query($after: String) { changes(first: 100, after: $after) { nodes { id recordId } } }`, map[string]any{"after": b.cursor}, &page)
	for _, c := range slices.Backward(page.Changes.Nodes) {
		if c.RecordID == record {
			return c.ID
		}
	}
	h.r.Fatalf("the last act left no entry of %s: %+v", record, page)
	return ""
}

// verify checks the chain of the log and the rules of the graph at the end of a history.
func (h *history) verify() {
	for i, b := range h.backends {
		report, err := b.store.Verify(b.t.Context())
		if err != nil || len(report.Problems) > 0 {
			h.r.Fatalf("server %d: %v %+v", i, err, report)
		}
	}
}
