package resolvers

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// How many meetings a calendar and a feed hold, the newest ones.
const (
	maxCalendar = 500
	maxFeed     = 50
)

// bodyWith loads an organization with its newest meetings.
func (x *exporter) bodyWith(r *http.Request, id string, meetings int) (*models.Organization, []*models.Meeting, error) {
	if err := only(r.URL.Query()); err != nil {
		return nil, nil, err
	}
	ref, err := refOf("id", id)
	if err != nil || ref.Type != models.TypeOrganization {
		return nil, nil, missing("there is no such organization to see")
	}
	e, m := store.Schema.Organizations, store.Schema.Meetings
	query := &store.Query{Entity: m, Rows: true, Sort: m.Sort, Page: &store.Page{Size: meetings}}
	branch := &store.Branch{Key: "meetings", Edge: e.Edge("meetings"), Query: query}
	for _, field := range []string{"title", "heldOn", "startsAt", "endsAt", "place", "state", "updatedAt", "version"} {
		branch.Query.Columns = append(branch.Query.Columns, m.Field(field))
	}
	q := &store.Query{Entity: e, Rows: true, Columns: []*store.Column{e.Field("name"), e.Field("updatedAt")}, Branches: []*store.Branch{branch}}
	found, err := x.Store.Records(r.Context(), auth.ActorFrom(r.Context()), q, []models.ID{ref.ID})
	if err != nil {
		return nil, nil, err
	}
	body, ok := found[ref.ID].(*models.Organization)
	if !ok {
		return nil, nil, missing("there is no such organization to see")
	}
	page, _ := body.Loaded("meetings")
	return body, page.(*models.MeetingConnection).Nodes, nil
}

// exportCalendar writes the meetings of a body as a calendar (RFC 5545).
func (x *exporter) exportCalendar(w http.ResponseWriter, r *http.Request, id string) error {
	body, meetings, err := x.bodyWith(r, id, maxCalendar)
	if err != nil {
		return err
	}
	var c calendar
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//minutebook//meetings//EN")
	c.line("X-WR-CALNAME", escaped(body.Name))
	for _, m := range meetings {
		c.event(m)
	}
	c.line("END", "VCALENDAR")
	x.whole(w, r, "text/calendar; charset=utf-8", "meetings.ics", c.Bytes())
	return nil
}

type calendar struct{ bytes.Buffer }

const calendarMoment = "20060102T150405Z"

// event writes one meeting: at its hours where they are known, else for the day.
func (c *calendar) event(m *models.Meeting) {
	c.line("BEGIN", "VEVENT")
	c.line("UID", m.NodeID()+"@minutebook")
	c.line("DTSTAMP", m.UpdatedAt.UTC().Format(calendarMoment))
	c.line("LAST-MODIFIED", m.UpdatedAt.UTC().Format(calendarMoment))
	c.line("SEQUENCE", strconv.Itoa(m.Version-1))
	if m.StartsAt != nil {
		c.line("DTSTART", m.StartsAt.UTC().Format(calendarMoment))
		if m.EndsAt != nil && m.EndsAt.After(m.StartsAt.Time) {
			c.line("DTEND", m.EndsAt.UTC().Format(calendarMoment))
		}
	} else {
		c.line("DTSTART;VALUE=DATE", strings.ReplaceAll(string(m.HeldOn), "-", ""))
	}
	c.line("SUMMARY", escaped(m.Title))
	if m.Place != nil {
		c.line("LOCATION", escaped(*m.Place))
	}
	status := "CONFIRMED"
	if m.State == models.MeetingStateCancelled {
		status = "CANCELLED"
	}
	c.line("STATUS", status)
	c.line("END", "VEVENT")
}

// escaped writes a text as section 3.3.11 has it; characters that a calendar cannot hold are left out.
func escaped(text string) string {
	text = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(text)
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}

// line writes a line, folded after 75 bytes and never within a character (section 3.1).
func (c *calendar) line(name, value string) {
	const width = 75
	left := width
	for _, r := range name + ":" + value {
		if n := utf8.RuneLen(r); n > left {
			c.WriteString("\r\n ")
			left = width - 1 - n
		} else {
			left -= n
		}
		c.WriteRune(r)
	}
	c.WriteString("\r\n")
}

// Atom, as far as it is needed (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  string      `xml:"author>name"`
		Entries []atomEntry `xml:"entry"`
	}
	atomEntry struct {
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Link    atomLink `xml:"link"`
		Summary string   `xml:"summary"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
		Href string `xml:"href,attr"`
	}
)

// exportFeed writes the newest meetings of a body as a feed.
func (x *exporter) exportFeed(w http.ResponseWriter, r *http.Request, id string) error {
	body, meetings, err := x.bodyWith(r, id, maxFeed)
	if err != nil {
		return err
	}
	feed := atomFeed{ID: "tag:minutebook,2026:" + body.NodeID(), Title: clean(body.Name), Author: clean(body.Name)}
	updated := body.UpdatedAt.Time
	for _, m := range meetings {
		summary := string(m.HeldOn)
		if m.Place != nil {
			summary += ", " + *m.Place
		}
		if m.UpdatedAt.After(updated) {
			updated = m.UpdatedAt.Time
		}
		feed.Entries = append(feed.Entries, atomEntry{
			ID: "tag:minutebook,2026:" + m.NodeID(), Title: clean(m.Title), Updated: m.UpdatedAt.UTC().Format(time.RFC3339),
			Link: atomLink{"alternate", "application/ld+json", "/export/records/" + m.NodeID() + ".jsonld"}, Summary: clean(summary)})
	}
	feed.Updated = updated.UTC().Format(time.RFC3339)
	text, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		return err
	}
	x.whole(w, r, "application/atom+xml; charset=utf-8", "meetings.atom", append([]byte(xml.Header), text...))
	return nil
}
