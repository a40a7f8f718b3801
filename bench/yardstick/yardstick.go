// Package yardstick is the server that minutebook is measured against: net/http, prepared statements and JSON made by
// hand for exactly the answers that the questions of bench ask for. It is kept honest by a test that compares its answers
// with minutebook's byte by byte, and is never used by the product.
package yardstick

import (
	"context"
	"database/sql"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// Server answers the questions at /q1 to /q8, each with its variable in the parameter id.
type Server struct {
	db         *sql.DB
	statements map[string]*sql.Stmt
	mux        *http.ServeMux
}

// texts are the statements. Lists of ids are of a fixed length each, for a statement is prepared once.
var texts = map[string]string{
	"meeting":  "SELECT title, series, ordinal, held_on, state FROM meetings WHERE id = ? AND public = 1",
	"latest":   "SELECT m.id, m.title, m.held_on, o.name, p.name FROM meetings m JOIN organizations o ON o.id = m.body_id AND o.public = 1 LEFT JOIN people p ON p.id = m.chair_id AND p.public = 1 WHERE m.public = 1 ORDER BY m.held_on DESC, m.id DESC LIMIT 21",
	"meetings": "SELECT id, title, held_on FROM meetings WHERE public = 1 ORDER BY held_on DESC, id DESC LIMIT 21",
	"items": `SELECT meeting_id, id, title FROM (SELECT meeting_id, id, title, ROW_NUMBER() OVER (PARTITION BY meeting_id ORDER BY position, id) n FROM agenda_items
		WHERE meeting_id IN (` + marks(20) + `) AND public = 1) t WHERE n <= 21 ORDER BY meeting_id, n`,
	"presenters": `SELECT t.agenda_item_id, o.name FROM (SELECT agenda_item_id, organization_id, ROW_NUMBER() OVER (PARTITION BY agenda_item_id ORDER BY position, id) n FROM presentations
		WHERE agenda_item_id IN (` + marks(180) + `) AND public = 1) t LEFT JOIN organizations o ON o.id = t.organization_id AND o.public = 1 WHERE n <= 21 ORDER BY t.agenda_item_id, n`,
	"documents": `SELECT item, title, kind, short_title FROM (SELECT l.agenda_item_id item, d.title, d.kind, l.short_title, ROW_NUMBER() OVER (PARTITION BY l.agenda_item_id ORDER BY l.position, d.id) n
		FROM agenda_item_documents l JOIN documents d ON d.id = l.document_id WHERE l.agenda_item_id IN (` + marks(180) + `) AND d.public = 1) t WHERE n <= 21 ORDER BY item, n`,
	"decisions": `SELECT agenda_item_id, outcome, text FROM (SELECT agenda_item_id, outcome, text, ROW_NUMBER() OVER (PARTITION BY agenda_item_id ORDER BY position, id) n FROM decisions
		WHERE agenda_item_id IN (` + marks(180) + `) AND public = 1) t WHERE n <= 21 ORDER BY agenda_item_id, n`,
	"directives": `SELECT agenda_item_id, label, text FROM (SELECT agenda_item_id, label, text, ROW_NUMBER() OVER (PARTITION BY agenda_item_id ORDER BY position, id) n FROM directives
		WHERE agenda_item_id IN (` + marks(180) + `) AND public = 1) t WHERE n <= 21 ORDER BY agenda_item_id, n`,
	"attendances": `SELECT a.label, a.capacity, p.name, o.name FROM attendances a LEFT JOIN people p ON p.id = a.person_id AND p.public = 1 LEFT JOIN organizations o ON o.id = a.organization_id AND o.public = 1
		WHERE a.meeting_id = ? AND a.public = 1 ORDER BY a.position, a.id LIMIT 61`,
	"title":  "SELECT title FROM meetings WHERE id = ? AND public = 1",
	"person": "SELECT name FROM people WHERE id = ? AND public = 1",
	"attended": `SELECT m.id, m.title, m.held_on FROM attendances a JOIN meetings m ON m.id = a.meeting_id AND m.public = 1
		WHERE a.person_id = ? AND a.public = 1 ORDER BY a.held_on DESC, a.id DESC LIMIT 21`,
	"organization": "SELECT name FROM organizations WHERE id = ? AND public = 1",
	"presented": `SELECT p.id, p.held_on, i.title FROM presentations p JOIN agenda_items i ON i.id = p.agenda_item_id AND i.public = 1
		WHERE p.organization_id = ? AND p.public = 1 AND (p.held_on < ? OR (p.held_on = ? AND p.id < ?)) ORDER BY p.held_on DESC, p.id DESC LIMIT 51`,
	"counted": `SELECT o.id, o.name, SUBSTR(p.held_on, 1, 4) y, COUNT(DISTINCT i.id) n FROM agenda_items i JOIN meetings m ON m.id = i.meeting_id AND m.public = 1
		LEFT JOIN presentations p ON p.agenda_item_id = i.id AND p.public = 1 LEFT JOIN organizations o ON o.id = p.organization_id AND o.public = 1
		WHERE m.body_id = ? AND m.held_on >= ? AND i.public = 1 GROUP BY o.id, o.name, y ORDER BY n DESC, o.id, y LIMIT 100`,
	"met": `SELECT p.name, c.n FROM (SELECT b.person_id, COUNT(DISTINCT b.meeting_id) n FROM attendances a JOIN attendances b ON b.meeting_id = a.meeting_id AND b.person_id <> a.person_id
		AND b.status = 'PRESENT' AND b.public = 1 WHERE a.person_id = ? AND a.status = 'PRESENT' AND a.public = 1 GROUP BY b.person_id ORDER BY n DESC, b.person_id DESC LIMIT 50) c
		JOIN people p ON p.id = c.person_id AND p.public = 1 ORDER BY c.n DESC, p.id DESC`,
}

func marks(n int) string { return "?" + strings.Repeat(",?", n-1) }

// New prepares everything.
func New(ctx context.Context, db *sql.DB) (*Server, error) {
	s := &Server{db: db, statements: map[string]*sql.Stmt{}, mux: http.NewServeMux()}
	for name, text := range texts {
		statement, err := db.PrepareContext(ctx, text)
		if err != nil {
			return nil, err
		}
		s.statements[name] = statement
	}
	for name, answer := range map[string]func(context.Context, []byte, models.ID, *http.Request) ([]byte, error){
		"/q1": s.one, "/q2": s.latest, "/q3": s.whole, "/q4": s.attendances, "/q5": s.person, "/q6": s.presented, "/q7": s.counted, "/q8": s.met,
	} {
		s.mux.HandleFunc(name, func(w http.ResponseWriter, r *http.Request) {
			_, id, _ := models.DecodeID(r.URL.Query().Get("id"))
			out, err := answer(r.Context(), append(make([]byte, 0, 4096), `{"data":`...), id, r)
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			out = append(out, '}')
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Length", strconv.Itoa(len(out)))
			_, _ = w.Write(out)
		})
	}
	return s, nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// rows runs a prepared statement and hands over its rows.
func (s *Server) rows(ctx context.Context, name string, columns int, read func(v []sql.RawBytes), args ...any) error {
	rows, err := s.statements[name].QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	values, into := make([]sql.RawBytes, columns), make([]any, columns)
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		read(values)
	}
	return rows.Err()
}

func text(out []byte, key string, value []byte) []byte {
	out = append(out, key...)
	if value == nil {
		return append(out, "null"...)
	}
	out = append(out, '"')
	start := 0
	for i, c := range value {
		switch c {
		case '"', '\\':
			out = append(append(out, value[start:i]...), '\\')
			start = i
		case '\n':
			out = append(append(out, value[start:i]...), '\\', 'n')
			start = i + 1
		}
	}
	return append(append(out, value[start:]...), '"')
}

func comma(out []byte, first *bool) []byte {
	if *first {
		*first = false
		return out
	}
	return append(out, ',')
}

func (s *Server) one(ctx context.Context, out []byte, id models.ID, _ *http.Request) ([]byte, error) {
	err := s.rows(ctx, "meeting", 5, func(v []sql.RawBytes) {
		out = text(out, `{"meeting":{"title":`, v[0])
		out = text(out, `,"series":`, v[1])
		out = append(append(out, `,"ordinal":`...), v[2]...)
		out = text(out, `,"heldOn":`, v[3])
		out = text(out, `,"state":`, v[4])
		out = append(out, '}', '}')
	}, id[:])
	return out, err
}

func (s *Server) latest(ctx context.Context, out []byte, _ models.ID, _ *http.Request) ([]byte, error) {
	out = append(out, `{"meetings":{"nodes":[`...)
	first, n := true, 0
	err := s.rows(ctx, "latest", 5, func(v []sql.RawBytes) {
		if n++; n > 20 {
			return
		}
		out = comma(out, &first)
		out = identified(out, `{"id":"meeting_`, v[0])
		out = text(out, `,"title":`, v[1])
		out = text(out, `,"heldOn":`, v[2])
		out = text(out, `,"body":{"name":`, v[3])
		out = text(out, `},"chair":{"name":`, v[4])
		out = append(out, '}', '}')
	})
	return append(out, `]}}`...), err
}

func identified(out []byte, key string, id []byte) []byte {
	return append(base64.RawURLEncoding.AppendEncode(append(out, key...), id), '"')
}

func (s *Server) attendances(ctx context.Context, out []byte, id models.ID, _ *http.Request) ([]byte, error) {
	if err := s.rows(ctx, "title", 1, func(v []sql.RawBytes) { out = text(out, `{"meeting":{"title":`, v[0]) }, id[:]); err != nil {
		return nil, err
	}
	out = append(out, `,"attendances":{"nodes":[`...)
	first, n := true, 0
	err := s.rows(ctx, "attendances", 4, func(v []sql.RawBytes) {
		if n++; n > 60 {
			return
		}
		out = comma(out, &first)
		out = text(out, `{"label":`, v[0])
		out = text(out, `,"capacity":`, v[1])
		out = text(out, `,"person":{"name":`, v[2])
		out = text(out, `},"organization":{"name":`, v[3])
		out = append(out, '}', '}')
	}, id[:])
	return append(out, `]}}}`...), err
}

func (s *Server) presented(ctx context.Context, out []byte, id models.ID, r *http.Request) ([]byte, error) {
	if err := s.rows(ctx, "organization", 1, func(v []sql.RawBytes) { out = text(out, `{"organization":{"name":`, v[0]) }, id[:]); err != nil {
		return nil, err
	}
	day, last := r.URL.Query().Get("day"), r.URL.Query().Get("last")
	after, _ := base64.RawURLEncoding.DecodeString(last)
	out = append(out, `,"presentations":{"nodes":[`...)
	first, n := true, 0
	err := s.rows(ctx, "presented", 3, func(v []sql.RawBytes) {
		if n++; n > 50 {
			return
		}
		out = comma(out, &first)
		out = text(out, `{"agendaItem":{"title":`, v[2])
		out = append(out, '}', '}')
	}, id[:], day, day, after)
	return append(out, `]}}}`...), err
}

func (s *Server) counted(ctx context.Context, out []byte, id models.ID, _ *http.Request) ([]byte, error) {
	out = append(out, `{"agendaItems":{"groups":[`...)
	first := true
	err := s.rows(ctx, "counted", 4, func(v []sql.RawBytes) {
		out = comma(out, &first)
		out = append(append(out, `{"count":`...), v[3]...)
		out = identified(out, `,"keys":[{"value":"org_`, v[0])
		out = text(out, `,"node":{"name":`, v[1])
		out = text(out, `}},{"value":`, v[2])
		out = append(out, `,"node":null}]}`...)
	}, id[:], "2020-01-01")
	return append(out, `]}}`...), err
}

func (s *Server) met(ctx context.Context, out []byte, id models.ID, _ *http.Request) ([]byte, error) {
	out = append(out, `{"person":{"coAttendees":{"edges":[`...)
	first := true
	err := s.rows(ctx, "met", 2, func(v []sql.RawBytes) {
		out = comma(out, &first)
		out = append(append(out, `{"meetings":`...), v[1]...)
		out = append(text(out, `,"node":{"name":`, v[0]), '}', '}')
	}, id[:])
	return append(out, `]}}}`...), err
}
