package resolvers

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/graph/formats/gexf12"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
	"github.com/minutebook/minutebook/store/storetest/world"
)

// exportBench is a server of exports over rows.
func exportBench(t *testing.T, database string, rows []any, change ...func(*Options)) *bench {
	t.Helper()
	b := newBench(t, change...)
	s := storeWith(t, database, rows, store.Options{})
	server := httptest.NewServer(Around(b.api.Export(s), b.api.options.Log, nil, func(*http.Request, int, time.Duration) {}))
	t.Cleanup(server.Close)
	b.server = server
	return b
}

// fetch reads an export whole, with its trailers.
func (b *bench) fetch(path string, headers ...string) (reply, http.Header) {
	b.t.Helper()
	request, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.server.URL+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Add(headers[i], headers[i+1])
	}
	response, err := b.server.Client().Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	r := reply{status: response.StatusCode, header: response.Header, text: string(text)}
	_ = json.Unmarshal(text, &r.body) // what is no JSON is judged by its text
	return r, response.Trailer
}

func base(public bool) models.Base {
	v := models.VisibilityInternal
	if public {
		v = models.VisibilityPublic
	}
	return models.Base{ID: models.NewID(), Version: 1, Visibility: v, Public: public, CreatedAt: models.Now(), UpdatedAt: models.Now()}
}

// TestExportsHoldWhatTheAPIHolds exports every list as both readers, as CSV and as JSONL, and counts the lines.
func TestExportsHoldWhatTheAPIHolds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		rows := world.Rows(15)
		b := exportBench(t, database, rows)
		token := bearer(b.token(models.RoleViewer, time.Hour))
		for name, e := range exported {
			if name == "changes" {
				continue
			}
			for _, internal := range []bool{false, true} {
				var headers []string
				if internal {
					headers = []string{"Authorization", token}
				}
				want := 0
				for _, row := range rows {
					switch r := row.(type) {
					case models.Record:
						if e.Record == r.RecordType() && (internal || r.Meta().Public) {
							want++
						}
					case *models.Presentation:
						if e.Record == "" && (internal || r.Public) {
							want++
						}
					}
				}
				lines, trailer := b.fetch("/export/"+name+".jsonl", headers...)
				if n := strings.Count(lines.text, "\n"); lines.status != 200 || n != want || trailer.Get(trailerComplete) != "true" || trailer.Get(trailerRows) != strconv.Itoa(want) {
					t.Errorf("%s.jsonl, internal %v: %d, %d lines, want %d; %v", name, internal, lines.status, n, want, trailer)
				}
				table, _ := b.fetch("/export/"+name+".csv", headers...)
				cells, err := csv.NewReader(strings.NewReader(table.text)).ReadAll()
				if err != nil || len(cells) != want+1 {
					t.Errorf("%s.csv, internal %v: %d lines with a head, want %d: %v", name, internal, len(cells), want+1, err)
				}
				head, err := json.Marshal(cells[0])
				if err != nil || strings.HasPrefix(table.text, byteOrderMark) || !slices.Contains([]string{"id", "position"}, cells[0][0]) {
					t.Errorf("%s.csv begins with %s", name, head)
				}
				var first map[string]any
				line, _, _ := strings.Cut(lines.text, "\n")
				if err := json.Unmarshal([]byte(line), &first); want > 0 && (err != nil || len(first) != len(cells[0])) {
					t.Errorf("%s.jsonl: %v: %s has other columns than %s", name, err, line, head)
				}
			}
		}
	})
}

// TestChangesAreExported: in the order of the log, without the names of people for a guest, and resumed by its cursors.
func TestChangesAreExported(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		rows := world.Rows(6)
		b := exportBench(t, database, rows)
		token := bearer(b.token(models.RoleViewer, time.Hour))
		guest, _ := b.fetch("/export/changes.jsonl")
		reader, _ := b.fetch("/export/changes.jsonl", "Authorization", token)
		table, _ := b.fetch("/export/changes.csv", "Authorization", token)
		if strings.Contains(guest.text, `"tester"`) || !strings.Contains(guest.text, `"actor":"ADMIN"`) || !strings.Contains(reader.text, `"actor":"tester"`) {
			t.Errorf("a guest reads %.300s\na reader %.300s", guest.text, reader.text)
		}
		all := strings.SplitAfter(reader.text, "\n")
		if n := strings.Count(guest.text, "\n"); n == 0 || n >= len(all)-1 || strings.Count(table.text, "CREATE") != len(all)-1 {
			t.Errorf("%d lines for a guest, %d for a reader, and a table of %d", n, len(all)-1, strings.Count(table.text, "CREATE"))
		}
		for _, row := range rows {
			if record, ok := row.(models.Record); ok && !record.Meta().Public && strings.Contains(guest.text, record.NodeID()) {
				t.Errorf("a guest reads of %s", record.NodeID())
			}
		}
		var third struct{ Cursor string }
		if err := json.Unmarshal([]byte(all[2]), &third); err != nil {
			t.Fatal(err)
		}
		rest, _ := b.fetch("/export/changes.jsonl?after="+third.Cursor, "Authorization", token)
		if rest.text != strings.Join(all[3:], "") {
			t.Errorf("after the third: %.300s", rest.text)
		}
	})
}

// TestExportResumes reads a list in parts, each going on where the one before says it ended.
func TestExportResumes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		b := exportBench(t, database, world.Rows(15))
		for _, ending := range []string{"csv", "jsonl"} {
			whole, _ := b.fetch("/export/agendaItems." + ending)
			var joined strings.Builder
			after, parts := "", 0
			for {
				path := "/export/agendaItems." + ending + "?first=4"
				if after != "" {
					path += "&after=" + url.QueryEscape(after)
				}
				part, trailer := b.fetch(path)
				parts++
				text := part.text
				after = trailer.Get(trailerNext)
				if trailer.Get(trailerComplete) == "true" {
					joined.WriteString(text)
					break
				}
				lines := strings.SplitAfter(strings.TrimRight(text, "\r\n"), "\n")
				if last := lines[len(lines)-1]; !strings.Contains(last, after) || after == "" {
					t.Fatalf("the last line %q does not say %q", last, after)
				}
				joined.WriteString(strings.Join(lines[:len(lines)-1], ""))
			}
			if joined.String() != whole.text || parts < 3 {
				t.Errorf("%s: %d parts make\n%s\nwant\n%s", ending, parts, joined.String(), whole.text)
			}
		}
	})
}

// TestExportMakesFormulasHarmless: no cell of a CSV begins as a formula does, for Excel or without; JSONL has the text.
func TestExportMakesFormulasHarmless(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		evil := []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1＋1", "＠x", "=cmd|' /C calc'!A0"}
		rows := []any{}
		for _, name := range evil {
			rows = append(rows, &models.Person{Base: base(true), Name: name})
		}
		b := exportBench(t, database, rows)
		for _, path := range []string{"/export/people.csv", "/export/people.csv?excel=1"} {
			r, _ := b.fetch(path)
			if strings.HasPrefix(r.text, byteOrderMark) != strings.Contains(path, "excel") {
				t.Errorf("%s begins with %q", path, r.text[:6])
			}
			cells, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(r.text, byteOrderMark))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			at := slices.Index(cells[0], "name")
			for i, row := range cells[1:] {
				if row[at] != "'"+evil[i] {
					t.Errorf("%s: %q, want %q", path, row[at], "'"+evil[i])
				}
				for _, cell := range row {
					if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
						t.Errorf("%s: %q is a formula", path, cell)
					}
				}
			}
		}
		if r, _ := b.fetch("/export/people.jsonl"); !strings.Contains(r.text, `"name":"=1+1"`) {
			t.Errorf("JSONL changes the text: %s", r.text)
		}
	})
}

func TestExportFilters(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		b := exportBench(t, database, world.Rows(15))
		r, _ := b.fetch("/export/meetings.jsonl?filter=" + url.QueryEscape(`{"heldOn":{"gte":"2022-01-01"}}`))
		for line := range strings.Lines(r.text) {
			if !strings.Contains(line, `"heldOn":"2022-`) {
				t.Errorf("%s does not fit", line)
			}
		}
		if strings.Count(r.text, "\n") == 0 {
			t.Error("nothing fits")
		}
		for _, path := range []string{
			"meetings.csv?filter=nonsense", "meetings.csv?filter={\"nobody\":1}", "meetings.csv?after=x", "meetings.csv?first=-1", "meetings.csv?fliter={}", "meetings.csv?filter={}&filter={}",
			"network.gexf?kind=LOVE", "network.gexf?first=9999", "network.graphml?minWeight=x", "network.gexf?from=yesterday", "network.gexf?body=x",
		} {
			if r, _ := b.fetch("/export/" + strings.NewReplacer("{", "%7B", "}", "%7D", `"`, "%22").Replace(path)); r.status != 400 || r.code() != codeBadInput {
				t.Errorf("%s: %d %s", path, r.status, r.text)
			}
		}
		for _, path := range []string{"", "nothing.csv", "meetings.exe", "records/x.jsonld", "organizations/x.ics", "../graphql", "records/" + models.EncodeID(models.TypeMeeting, models.NewID()) + ".jsonld"} {
			if r, _ := b.fetch("/export/" + path); r.status != 404 {
				t.Errorf("%s: %d %s", path, r.status, r.text)
			}
		}
		if r := b.do("POST", "/export/meetings.csv", ""); r.status != 405 {
			t.Errorf("POST: %d", r.status)
		}
		if r, _ := b.fetch("/export/meetings.csv", "Authorization", "Bearer nonsense"); r.status != 401 {
			t.Errorf("a bad token: %d", r.status)
		}
		if r := b.do("HEAD", "/export/meetings.csv", ""); r.status != 200 || r.text != "" || !strings.HasPrefix(r.header.Get("Content-Type"), "text/csv") {
			t.Errorf("HEAD: %d %q %v", r.status, r.text, r.header)
		}
	})
}

// TestNetworkExportsAreReadAgain reads both formats back and compares them with each other.
func TestNetworkExportsAreReadAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		b := exportBench(t, database, append(world.Rows(20), &models.Person{Base: base(true), Name: "无关<&>\x01"}))
		for _, kind := range []string{"CO_ATTENDANCE", "PRESENTS_TO"} {
			r, _ := b.fetch("/export/network.gexf?kind=" + kind)
			var gexf gexf12.Content
			if err := xml.Unmarshal([]byte(r.text), &gexf); err != nil {
				t.Fatal(err, r.text)
			}
			r, _ = b.fetch("/export/network.graphml?kind=" + kind)
			var ml graphML
			if err := xml.Unmarshal([]byte(r.text), &ml); err != nil {
				t.Fatal(err, r.text)
			}
			keys := map[string]string{}
			for _, key := range ml.Keys {
				keys[key.ID] = key.Name
			}
			if len(gexf.Graph.Nodes.Nodes) < 3 || len(gexf.Graph.Nodes.Nodes) != len(ml.Graph.Nodes) || len(gexf.Graph.Edges.Edges) != len(ml.Graph.Edges) ||
				gexf.Graph.DefaultEdgeType != ml.Graph.EdgeDefault {
				t.Fatalf("%s: %d and %d nodes, %d and %d edges", kind, len(gexf.Graph.Nodes.Nodes), len(ml.Graph.Nodes), len(gexf.Graph.Edges.Edges), len(ml.Graph.Edges))
			}
			known := map[string]bool{}
			for i, node := range ml.Graph.Nodes {
				other := gexf.Graph.Nodes.Nodes[i]
				known[node.ID] = true
				if node.ID != other.ID || keys[node.Data[0].Key] != "label" || node.Data[0].Value != other.Label || other.Label == "" || len(node.Data) != len(other.AttValues.AttValues)+1 {
					t.Errorf("%s: node %d: %+v and %+v", kind, i, node, other)
				}
			}
			for i, edge := range ml.Graph.Edges {
				other := gexf.Graph.Edges.Edges[i]
				if !known[edge.Source] || !known[edge.Target] || edge.Source != other.Source || edge.Target != other.Target || edge.Data[0].Value != fmt.Sprint(other.Weight) ||
					other.AttValues.AttValues[0].Value != "DERIVED" {
					t.Errorf("%s: edge %d: %+v and %+v", kind, i, edge, other)
				}
			}
		}
	})
}

// TestCalendarAndFeed of a body with an open and a closed meeting.
func TestCalendarAndFeed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		body := &models.Organization{Base: base(true), Name: "市政府; 办公室"}
		body.Kind = models.OrganizationKindGovernment
		title := strings.Repeat("关于推进产业创新集群建设的会议，", 6) + "\nBEGIN:VALARM"
		open := &models.Meeting{Base: base(true), Title: title, HeldOn: "2022-06-01", State: models.MeetingStateHeld, BodyID: body.ID, Place: new("第一会议室, 二楼")}
		starts := models.DateTime{Time: time.Date(2022, 7, 1, 1, 0, 0, 0, time.UTC)}
		gone := &models.Meeting{Base: base(true), Title: "取消的会", HeldOn: "2022-07-01", StartsAt: &starts, State: models.MeetingStateCancelled, BodyID: body.ID}
		closed := &models.Meeting{Base: base(false), Title: "闭门会", HeldOn: "2022-06-02", State: models.MeetingStateHeld, BodyID: body.ID}
		b := exportBench(t, database, []any{body, open, gone, closed})
		path := "/export/organizations/" + body.NodeID()
		r, _ := b.fetch(path + ".ics")
		for line := range strings.SplitSeq(r.text, "\r\n") {
			if len(line) > 75 || strings.ContainsAny(line, "\r\n") || strings.HasPrefix(line, "BEGIN:VALARM") {
				t.Errorf("line of %d bytes: %q", len(line), line)
			}
		}
		unfolded := strings.ReplaceAll(r.text, "\r\n ", "")
		for _, want := range []string{"X-WR-CALNAME:市政府\\; 办公室\r\n", "DTSTART;VALUE=DATE:20220601\r\n", "DTSTART:20220701T010000Z\r\n", "STATUS:CANCELLED\r\n", "LOCATION:第一会议室\\, 二楼\r\n",
			`会议，\nBEGIN:VALARM` + "\r\n", "UID:" + open.NodeID() + "@minutebook\r\n"} {
			if !strings.Contains(unfolded, want) {
				t.Errorf("the calendar lacks %q:\n%s", want, unfolded)
			}
		}
		feed, _ := b.fetch(path + ".atom")
		var read atomFeed
		if err := xml.Unmarshal([]byte(feed.text), &read); err != nil || len(read.Entries) != 2 || read.Entries[0].Title != "取消的会" || read.Entries[1].Title != title {
			t.Errorf("%v: %+v", err, read)
		}
		for _, text := range []string{r.text, feed.text} {
			if strings.Contains(text, "闭门会") || strings.Contains(text, closed.NodeID()) {
				t.Errorf("a guest reads of the closed meeting: %s", text)
			}
		}
		token := bearer(b.token(models.RoleViewer, time.Hour))
		if r, _ := b.fetch(path+".ics", "Authorization", token); strings.Count(r.text, "BEGIN:VEVENT") != 3 {
			t.Errorf("a reader sees %s", r.text)
		}
		linked, _ := b.fetch("/export/records/" + open.NodeID() + ".jsonld")
		var told map[string]any
		if err := json.Unmarshal([]byte(linked.text), &told); err != nil || told["@type"] != "Event" || told["name"] != title || told["startDate"] != "2022-06-01" ||
			told["organizer"].(map[string]any)["name"] != body.Name {
			t.Errorf("%v: %s", err, linked.text)
		}
		if r, _ := b.fetch("/export/records/" + closed.NodeID() + ".jsonld"); r.status != 404 {
			t.Errorf("the closed meeting: %d %s", r.status, r.text)
		}
	})
}

// TestEveryRecordIsToldInWords reads the JSON-LD of a record of each type.
func TestEveryRecordIsToldInWords(t *testing.T) {
	rows := world.Rows(6)
	storetest.Each(t, func(t *testing.T, database string) {
		b := exportBench(t, database, rows)
		seen := map[models.RecordType]bool{}
		for _, row := range rows {
			record, ok := row.(models.Record)
			if !ok || seen[record.RecordType()] || !record.Meta().Public {
				continue
			}
			seen[record.RecordType()] = true
			r, _ := b.fetch("/export/records/" + record.NodeID() + ".jsonld")
			var told map[string]any
			if err := json.Unmarshal([]byte(r.text), &told); err != nil || told["@id"] != linkedID(record.NodeID()) || told["@type"] == nil || len(told) < 4 {
				t.Errorf("%s: %v: %s", record.NodeID(), err, r.text)
			}
		}
		if len(seen) != len(vocabularies) {
			t.Errorf("told %d types, there are %d", len(seen), len(vocabularies))
		}
	})
}

// TestExportsAreLimited: an allowance that is used up, and too many at once.
func TestExportsAreLimited(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		b := exportBench(t, database, nil, func(o *Options) { o.Rates.Cost = 2 * exportCost })
		statuses := []int{}
		for range 4 {
			r, _ := b.fetch("/export/meetings.csv")
			statuses = append(statuses, r.status)
		}
		if statuses[0] != 200 || statuses[3] != 429 {
			t.Errorf("statuses %v", statuses)
		}
	})
}

func TestHarmlessKeepsOtherTexts(t *testing.T) {
	for _, text := range []string{"", "市政府", "a=b", "1-2", "'=1", " =1"} {
		if got := harmless(text); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	var page bytes.Buffer
	writeCSV(&page, []string{`a"b`, "c,d", "e\nf"})
	if got := page.String(); got != "\"a\"\"b\",\"c,d\",\"e\r\nf\"\r\n" {
		t.Errorf("%q", got)
	}
}
