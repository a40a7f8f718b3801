package store

import (
	"context"
	"database/sql"

	"github.com/minutebook/minutebook/models"
)

// maxNetworkMeetings is how many meetings a network is counted over.
const maxNetworkMeetings = 2_000

// NetworkQuery says what a network is counted over.
type NetworkQuery struct {
	Kind     models.NetworkKind
	Body     *models.ID
	From, To *models.Date
}

// Ties are the rows that a network is counted from: pairs of nodes with the record that makes each (PRESENTS_TO, OWES,
// DIRECTED_AT), or who sat in which meeting (CO_ATTENDANCE). Nodes and meetings are named by their places.
type Ties struct {
	Nodes    []models.ID
	Meetings []models.ID // those counted, the newest first
	More     bool        // there are older meetings that are not counted
	Seats    [][]int32   // for each meeting, who was there, each once
	Pairs    []Pair
}

// Pair is one thing that ties two nodes.
type Pair struct {
	From, To, Meeting int32
	Record            models.ID
}

// NodeType returns the type of the nodes of a network.
func NodeType(kind models.NetworkKind) models.RecordType {
	if kind == models.NetworkCoAttendance {
		return models.TypePerson
	}
	return models.TypeOrganization
}

// EvidenceType returns the type of the records that tie the nodes of a network.
func EvidenceType(kind models.NetworkKind) models.RecordType {
	switch kind {
	case models.NetworkPresentsTo:
		return models.TypeAgendaItem
	case models.NetworkOwes:
		return models.TypeDecision
	case models.NetworkDirectedAt:
		return models.TypeDirective
	}
	return models.TypeMeeting
}

// network collects ties.
type network struct {
	*Ties
	place    map[models.ID]int32 // of nodes
	meetings map[models.ID]int32
	bodies   []models.ID // of the meetings
	ld       *loader
	q        NetworkQuery
}

// Network reads what a network is counted from: one statement for the meetings, and one for each thousand of them.
func (s *Store) Network(ctx context.Context, actor models.Actor, q NetworkQuery) (*Ties, error) {
	n := &network{Ties: &Ties{}, place: map[models.ID]int32{}, meetings: map[models.ID]int32{}, ld: s.loader(ctx, actor), q: q}
	if err := n.readMeetings(); err != nil {
		return nil, err
	}
	n.Seats = make([][]int32, len(n.Meetings))
	for chunk := range chunks(n.Meetings) {
		b := n.statement(chunk)
		read := n.pair
		if q.Kind == models.NetworkCoAttendance {
			read = n.seat
		}
		if err := n.ld.each(b.sql.String(), b.args, read); err != nil {
			return nil, err
		}
	}
	return n.Ties, nil
}

func (n *network) readMeetings() error {
	b := &builder{guest: n.ld.guest}
	b.text("SELECT m.id, m.body_id FROM meetings m WHERE 1=1")
	b.visible(Schema.Meetings, "m")
	if n.q.Body != nil {
		b.text(" AND m.body_id = ?").bind(n.q.Body[:])
	}
	b.days("m.held_on", n.q.From, n.q.To)
	b.text(" ORDER BY m.held_on DESC, m.id DESC LIMIT ?").bind(maxNetworkMeetings + 1)
	return n.ld.each(b.sql.String(), b.args, func(rows *sql.Rows) error {
		var id, body models.ID
		if err := rows.Scan(&id, &body); err != nil {
			return err
		}
		if len(n.Meetings) == maxNetworkMeetings {
			n.More = true
			return nil
		}
		n.meetings[id] = int32(len(n.Meetings))
		n.Meetings, n.bodies = append(n.Meetings, id), append(n.bodies, body)
		return nil
	})
}

// days writes the bounds of a day.
func (b *builder) days(column string, from, to *models.Date) {
	if from != nil {
		b.text(" AND " + column + " >= ?").bind(string(*from))
	}
	if to != nil {
		b.text(" AND " + column + " <= ?").bind(string(*to))
	}
}

// statement writes the statement for what ties nodes in some meetings: the meeting, the other node, and the record. What is
// ordered comes in the same order every time, whatever was read before.
func (n *network) statement(meetings []models.ID) *builder {
	b := &builder{guest: n.ld.guest}
	switch n.q.Kind {
	case models.NetworkPresentsTo:
		b.text("SELECT i.meeting_id, r.organization_id, i.id FROM agenda_items i JOIN presentations r ON r.agenda_item_id = i.id")
		b.visible(Schema.Presentations, "r")
		b.text(" WHERE i.meeting_id IN (").ids(meetings).text(") AND r.organization_id IS NOT NULL ORDER BY i.id, r.organization_id")
	case models.NetworkOwes:
		b.text("SELECT i.meeting_id, r.organization_id, i.id FROM decisions i JOIN step_actors r ON r.decision_id = i.id AND r.role = ?").bind(string(models.StepActorDoes))
		b.text(" JOIN decision_steps s ON s.id = r.step_id AND s.status = ?").bind(string(models.StepStatusOpen))
		b.organizations()
		b.text(" WHERE i.meeting_id IN (").ids(meetings).text(")")
		b.visible(Schema.Decisions, "i")
		b.text(" GROUP BY i.meeting_id, r.organization_id, i.id ORDER BY i.id, r.organization_id")
	case models.NetworkDirectedAt:
		b.text("SELECT i.meeting_id, r.organization_id, d.id FROM agenda_items i JOIN directives d ON d.agenda_item_id = i.id")
		b.visible(Schema.Directives, "d")
		b.text(" JOIN directive_addressees r ON r.directive_id = d.id")
		b.organizations()
		b.text(" WHERE i.meeting_id IN (").ids(meetings).text(") ORDER BY d.id, r.organization_id")
	default:
		b.text("SELECT r.meeting_id, r.person_id, r.meeting_id FROM attendances r WHERE r.meeting_id IN (").ids(meetings)
		b.text(") AND r.person_id IS NOT NULL AND " + present)
		b.visible(Schema.Attendances, "r")
	}
	return b
}

// organizations joins the organizations that links lead to, so that hidden ones stay hidden.
func (b *builder) organizations() {
	b.text(" JOIN organizations o ON o.id = r.organization_id")
	b.visible(Schema.Organizations, "o")
}

func (n *network) node(id models.ID) int32 {
	at, known := n.place[id]
	if !known {
		at = int32(len(n.Nodes))
		n.place[id], n.Nodes = at, append(n.Nodes, id)
	}
	return at
}

func (n *network) seat(rows *sql.Rows) error {
	var meeting, person, record models.ID
	if err := rows.Scan(&meeting, &person, &record); err != nil {
		return err
	}
	at := n.meetings[meeting]
	n.Seats[at] = append(n.Seats[at], n.node(person))
	return nil
}

func (n *network) pair(rows *sql.Rows) error {
	var meeting, organization, record models.ID
	if err := rows.Scan(&meeting, &organization, &record); err != nil {
		return err
	}
	at := n.meetings[meeting]
	p := Pair{From: n.node(organization), To: n.node(n.bodies[at]), Meeting: at, Record: record}
	if n.q.Kind == models.NetworkDirectedAt {
		p.From, p.To = p.To, p.From
	}
	n.Pairs = append(n.Pairs, p)
	return nil
}
