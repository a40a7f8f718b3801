package bench

import (
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// Question is one thing to ask, in GraphQL of minutebook and by path of the yardstick. Requests makes some variants of
// it, so that no single record is asked for all the time.
type Question struct {
	Name, About, Query string
	Requests           func(s *Sample, n int) []Request
}

// Request is one variant of a question.
type Request struct {
	Variables map[string]any
	Path      string
}

// Sample are records to ask about, taken from the database.
type Sample struct {
	Meetings, Bodies, Bureaus, People, Documents []string

	Deep []Position
	rng  *rand.Rand
}

// Position is a place deep in the list of what an organization presented.
type Position struct {
	Organization, Day string
	Last              models.ID
}

// Questions are those of the table that peers were measured by.
var Questions = []Question{
	{"Q1", "a meeting, 5 scalars", `query($id: ID!) { meeting(id: $id) { title series ordinal heldOn state } }`, byID("/q1", func(s *Sample) []string { return s.Meetings })},
	{"Q2", "20 meetings, body and chair", `{ meetings(first: 20, orderBy: [{field: HELD_ON, direction: DESC}]) { nodes { id title heldOn body { name } chair { name } } } }`, plain("/q2")},
	{"Q3", "20 meetings with all that belongs to their items", `{ meetings(first: 20, orderBy: [{field: HELD_ON, direction: DESC}]) { nodes { title heldOn agendaItems { nodes { title
		presenters { nodes { organization { name } } } documents { edges { shortTitle node { title kind } } } decisions { nodes { outcome text } } directives { nodes { label text } } } } } } }`, plain("/q3")},
	{"Q4", "a meeting, 60 attendances, person and unit", `query($id: ID!) { meeting(id: $id) { title attendances(first: 60) { nodes { label capacity person { name } organization { name } } } } }`, byID("/q4", func(s *Sample) []string { return s.Meetings })},
	{"Q5", "a person, the last 20 meetings, their items", `query($id: ID!) { person(id: $id) { name attendances(first: 20, orderBy: [{field: HELD_ON, direction: DESC}]) { nodes { meeting { title heldOn agendaItems { nodes { title } } } } } } }`, byID("/q5", func(s *Sample) []string { return s.People })},
	{"Q6", "items of one presenter by date, 50 after a deep cursor", `query($id: ID!, $after: String) { organization(id: $id) { name presentations(first: 50, after: $after, orderBy: [{field: HELD_ON, direction: DESC}]) { nodes { agendaItem { title } } } } }`, deep},
	{"Q7", "items of a body counted by presenter and year", `query($id: ID!) { agendaItems(filter: {meeting: {body: {id: {eq: $id}}, heldOn: {gte: "2020-01-01"}}}) { groups(by: [PRESENTER, YEAR]) { count keys { value node { ... on Organization { name } } } } } }`, byID("/q7", func(s *Sample) []string { return s.Bodies })},
	{"Q8", "the 50 people met most often by one person", `query($id: ID!) { person(id: $id) { coAttendees(first: 50) { edges { meetings node { name } } } } }`, byID("/q8", func(s *Sample) []string { return s.People })},
}

func plain(path string) func(*Sample, int) []Request {
	return func(*Sample, int) []Request { return []Request{{Path: path}} }
}

func byID(path string, ids func(*Sample) []string) func(*Sample, int) []Request {
	return func(s *Sample, n int) []Request {
		from := ids(s)
		requests := make([]Request, n)
		for i := range requests {
			id := from[s.rng.IntN(len(from))]
			requests[i] = Request{map[string]any{"id": id}, path + "?id=" + url.QueryEscape(id)}
		}
		return requests
	}
}

func deep(s *Sample, n int) []Request {
	requests := make([]Request, n)
	for i := range requests {
		p := s.Deep[s.rng.IntN(len(s.Deep))]
		last := p.Last.String()
		requests[i] = Request{map[string]any{"id": p.Organization, "after": nil, "at": p},
			fmt.Sprintf("/q6?id=%s&day=%s&last=%s", url.QueryEscape(p.Organization), p.Day, url.QueryEscape(last))}
	}
	return requests
}

// FirstPage asks for a cursor of the list that Q6 pages through.
const FirstPage = `query($id: ID!) { organization(id: $id) { presentations(first: 1, orderBy: [{field: HELD_ON, direction: DESC}]) { pageInfo { endCursor } } } }`

// EndCursor finds the cursor in an answer to FirstPage.
func EndCursor(answer []byte) string {
	_, rest, _ := strings.Cut(string(answer), `"endCursor":"`)
	cursor, _, _ := strings.Cut(rest, `"`)
	return cursor
}

// Rebase turns a cursor of the list that Q6 pages through into one at another position.
func Rebase(cursor string, p Position) (string, error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return "", err
	}
	var parts []any
	if err := json.Unmarshal(raw, &parts); err != nil || len(parts) != 4 {
		return "", fmt.Errorf("cursor %q has another form", raw)
	}
	parts[2], parts[3] = p.Day, p.Last.String()
	raw, err = json.Marshal(parts)
	return base64.RawURLEncoding.EncodeToString(raw), err
}

// TakeSample reads records to ask about.
func TakeSample(db *sql.DB) (*Sample, error) {
	s := &Sample{rng: rand.New(rand.NewPCG(3, 4))}
	for _, list := range []struct {
		into  *[]string
		kind  models.RecordType
		query string
	}{
		{&s.Meetings, models.TypeMeeting, "SELECT id FROM meetings ORDER BY id LIMIT 2000"},
		{&s.Bodies, models.TypeOrganization, "SELECT id FROM organizations WHERE parent_id IS NULL ORDER BY id"},
		{&s.People, models.TypePerson, "SELECT id FROM people ORDER BY id LIMIT 2000"},
		{&s.Bureaus, models.TypeOrganization, "SELECT id FROM organizations WHERE parent_id IS NOT NULL ORDER BY id LIMIT 2000"},
		{&s.Documents, models.TypeDocument, "SELECT id FROM documents ORDER BY id LIMIT 2000"},
	} {
		err := each(db, list.query, func(rows *sql.Rows) error {
			var id models.ID
			err := rows.Scan(&id)
			*list.into = append(*list.into, models.EncodeID(list.kind, id))
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	var bureaus []models.ID
	err := each(db, "SELECT id FROM organizations WHERE parent_id IS NOT NULL ORDER BY id LIMIT 100", func(rows *sql.Rows) error {
		var id models.ID
		err := rows.Scan(&id)
		bureaus = append(bureaus, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, id := range bureaus {
		err := each(db, "SELECT id, held_on FROM presentations WHERE organization_id = ? ORDER BY held_on DESC, id DESC LIMIT 1 OFFSET 20", func(rows *sql.Rows) error {
			p := Position{Organization: models.EncodeID(models.TypeOrganization, id)}
			var day models.Date
			err := rows.Scan(&p.Last, &day)
			p.Day = string(day)
			s.Deep = append(s.Deep, p)
			return err
		}, id[:])
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

func each(db *sql.DB, query string, read func(*sql.Rows) error, args ...any) error {
	rows, err := db.Query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := read(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
