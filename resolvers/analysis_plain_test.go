package resolvers

import (
	"github.com/minutebook/minutebook/models"
)

// plainGraph is the graph made of the rows by hand, as a reader may see it: kinds and counts of the ties of two records.
type plainGraph struct {
	seen   map[models.ID]string // id as the API shows it
	ties   map[[3]string]int    // kind, from, to → how many records
	beside map[string]map[string]bool
	open   map[models.ID]bool // steps that nobody has done yet
	owing  map[[2]string]bool // who does an open step, and the decision
}

func (g *plainGraph) tie(kind models.EdgeKind, from, to *models.ID, visible bool) {
	if from == nil || to == nil || !visible {
		return
	}
	a, b := g.seen[*from], g.seen[*to]
	if a == "" || b == "" {
		return
	}
	g.ties[[3]string{string(kind), a, b}]++
	for _, ends := range [][2]string{{a, b}, {b, a}} {
		if g.beside[ends[0]] == nil {
			g.beside[ends[0]] = map[string]bool{}
		}
		g.beside[ends[0]][ends[1]] = true
	}
}

func plainGraphOf(rows []any, internal bool) *plainGraph {
	g := &plainGraph{
		map[models.ID]string{}, map[[3]string]int{}, map[string]map[string]bool{}, map[models.ID]bool{}, map[[2]string]bool{},
	}
	for _, row := range rows {
		if record, ok := row.(models.Record); ok && (internal || record.Meta().Public) {
			g.seen[record.Meta().ID] = record.NodeID()
		}
		if step, ok := row.(*models.DecisionStep); ok && step.Status == models.StepStatusOpen {
			g.open[step.ID] = true
		}
	}
	for _, row := range rows {
		g.row(row, internal)
	}
	return g
}

func (g *plainGraph) row(row any, internal bool) {
	switch r := row.(type) {
	case *models.Meeting:
		v := internal || r.Public
		g.tie(models.EdgeHeld, &r.BodyID, &r.ID, v)
		g.tie(models.EdgeChaired, r.ChairID, &r.ID, v)
		g.tie(models.EdgeRecords, r.MinutesID, &r.ID, v)
	case *models.Attendance:
		v := (internal || r.Public) && r.Status == "PRESENT"
		g.tie(models.EdgeAttended, r.PersonID, &r.MeetingID, v)
		g.tie(models.EdgeAttendedFor, r.PersonID, r.OrganizationID, v)
	case *models.AgendaItem:
		g.tie(models.EdgeOnAgenda, &r.ID, &r.MeetingID, internal || r.Public)
	case *models.Presentation:
		g.tie(models.EdgePresented, r.OrganizationID, &r.AgendaItemID, internal || r.Public)
		g.tie(models.EdgePresented, r.PersonID, &r.AgendaItemID, internal || r.Public)
	case *models.AgendaItemDocument:
		g.tie(models.EdgeConcerns, &r.AgendaItemID, &r.DocumentID, true)
	case *models.Decision:
		g.tie(models.EdgeDecided, &r.AgendaItemID, &r.ID, internal || r.Public)
	case *models.StepActor:
		g.tie(models.EdgeOwes, r.OrganizationID, &r.DecisionID, r.Role == models.StepActorDoes)
		g.tie(models.EdgeOwes, r.PersonID, &r.DecisionID, r.Role == models.StepActorDoes)
		if r.OrganizationID != nil && r.Role == models.StepActorDoes && g.open[r.StepID] {
			g.owing[[2]string{g.seen[*r.OrganizationID], g.seen[r.DecisionID]}] = true
		}
	case *models.DecisionDocument:
		g.tie(models.EdgeConcerns, &r.DecisionID, &r.DocumentID, true)
	case *models.Directive:
		g.tie(models.EdgeInstructed, &r.AgendaItemID, &r.ID, internal || r.Public)
	case *models.DirectiveAddressee:
		g.tie(models.EdgeTold, &r.DirectiveID, &r.OrganizationID, true)
	case *models.Distribution:
		g.tie(models.EdgeReceived, r.OrganizationID, &r.DocumentID, internal || r.Public)
	case *models.Document:
		g.tie(models.EdgeIssued, r.IssuedByID, &r.ID, internal || r.Public)
	case *models.Membership:
		g.tie(models.EdgeMember, &r.PersonID, &r.OrganizationID, internal || r.Public)
	case *models.Organization:
		g.tie(models.EdgeParent, &r.ID, r.ParentID, true)
	}
}

// from returns how far everything is from a record, and on how many shortest ways.
func (g *plainGraph) from(start string) (distance, ways map[string]int) {
	distance, ways = map[string]int{start: 0}, map[string]int{start: 1}
	for queue := []string{start}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		for next := range g.beside[at] {
			if _, known := distance[next]; !known {
				distance[next] = distance[at] + 1
				queue = append(queue, next)
			}
			if distance[next] == distance[at]+1 {
				ways[next] += ways[at]
			}
		}
	}
	return distance, ways
}
