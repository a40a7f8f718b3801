package resolvers

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/models"
)

// reference answers questions by walking rows in memory, record by record: what the API says, in the plainest way. It knows
// nothing of plan and store; what is reached to what stands below once more, by the names of fields.
type reference struct {
	rows  map[reflect.Type][]any
	guest bool
	// bounds are the positions that cursors stand for.
	bounds map[string]bound
}

// bound is a position: a record.
type bound struct{ row any }

// ties are the edges to many: the type of the rows there, the field there that holds the id here (or for links the two
// fields), and the order.
type tie struct {
	to      any
	foreign string
	link    any
	parent  string
	child   string
	where   func(link any) bool
	order   []string // fields; a minus before one turns it round
	byLink  bool
}

func isRole(role models.StepActorRole) func(any) bool {
	return func(link any) bool { return link.(*models.StepActor).Role == role }
}

var ties = map[string]tie{
	"Meeting.agendaItems":            {to: &models.AgendaItem{}, foreign: "MeetingID", order: []string{"Position"}},
	"Meeting.attendances":            {to: &models.Attendance{}, foreign: "MeetingID", order: []string{"Position"}},
	"Meeting.decisions":              {to: &models.Decision{}, foreign: "MeetingID", order: []string{"Position"}},
	"Meeting.documents":              {to: &models.Document{}, link: &models.AgendaItemDocument{}, parent: "MeetingID", child: "DocumentID", order: []string{"Title"}},
	"AgendaItem.presenters":          {to: &models.Presentation{}, foreign: "AgendaItemID", order: []string{"Position"}},
	"AgendaItem.documents":           {to: &models.Document{}, link: &models.AgendaItemDocument{}, parent: "AgendaItemID", child: "DocumentID", byLink: true},
	"AgendaItem.decisions":           {to: &models.Decision{}, foreign: "AgendaItemID", order: []string{"Position"}},
	"AgendaItem.directives":          {to: &models.Directive{}, foreign: "AgendaItemID", order: []string{"Position"}},
	"AgendaItem.attendances":         {to: &models.Attendance{}, link: &models.AttendanceItem{}, parent: "AgendaItemID", child: "AttendanceID", order: []string{"Position"}},
	"Decision.documents":             {to: &models.Document{}, link: &models.DecisionDocument{}, parent: "DecisionID", child: "DocumentID", byLink: true},
	"Decision.steps":                 {to: &models.DecisionStep{}, foreign: "DecisionID", order: []string{"Order"}},
	"DecisionStep.actors":            {to: &models.Organization{}, link: &models.StepActor{}, parent: "StepID", child: "OrganizationID", where: isRole(models.StepActorDoes), byLink: true},
	"DecisionStep.people":            {to: &models.Person{}, link: &models.StepActor{}, parent: "StepID", child: "PersonID", where: isRole(models.StepActorDoes), byLink: true},
	"DecisionStep.inNameOf":          {to: &models.Organization{}, link: &models.StepActor{}, parent: "StepID", child: "OrganizationID", where: isRole(models.StepActorInNameOf), byLink: true},
	"Directive.addressees":           {to: &models.Organization{}, link: &models.DirectiveAddressee{}, parent: "DirectiveID", child: "OrganizationID", byLink: true},
	"Document.agendaItems":           {to: &models.AgendaItem{}, link: &models.AgendaItemDocument{}, parent: "DocumentID", child: "AgendaItemID", order: []string{"-HeldOn"}},
	"Document.decisions":             {to: &models.Decision{}, link: &models.DecisionDocument{}, parent: "DocumentID", child: "DecisionID", order: []string{"-HeldOn"}},
	"Document.distribution":          {to: &models.Distribution{}, foreign: "DocumentID", order: []string{"Position"}},
	"Organization.children":          {to: &models.Organization{}, foreign: "ParentID", order: []string{"Name"}},
	"Organization.meetings":          {to: &models.Meeting{}, foreign: "BodyID", order: []string{"-HeldOn"}},
	"Organization.presentations":     {to: &models.Presentation{}, foreign: "OrganizationID", order: []string{"-HeldOn"}},
	"Organization.decisionsOwed":     {to: &models.Decision{}, link: &models.StepActor{}, parent: "OrganizationID", child: "DecisionID", where: isRole(models.StepActorDoes), order: []string{"-HeldOn"}},
	"Organization.directives":        {to: &models.Directive{}, link: &models.DirectiveAddressee{}, parent: "OrganizationID", child: "DirectiveID", order: []string{"-HeldOn"}},
	"Organization.attendances":       {to: &models.Attendance{}, foreign: "OrganizationID", order: []string{"-HeldOn"}},
	"Organization.documentsIssued":   {to: &models.Document{}, foreign: "IssuedByID", order: []string{"Title"}},
	"Organization.documentsReceived": {to: &models.Document{}, link: &models.Distribution{}, parent: "OrganizationID", child: "DocumentID", order: []string{"Title"}},
	"Organization.members":           {to: &models.Membership{}, foreign: "OrganizationID", order: []string{"-Start"}},
	"Organization.names":             {to: &models.Name{}, foreign: "OwnerID", order: []string{"Position"}},
	"Person.memberships":             {to: &models.Membership{}, foreign: "PersonID", order: []string{"-Start"}},
	"Person.attendances":             {to: &models.Attendance{}, foreign: "PersonID", order: []string{"-HeldOn"}},
	"Person.presentations":           {to: &models.Presentation{}, foreign: "PersonID", order: []string{"-HeldOn"}},
	"Person.meetingsChaired":         {to: &models.Meeting{}, foreign: "ChairID", order: []string{"-HeldOn"}},
	"Person.names":                   {to: &models.Name{}, foreign: "OwnerID", order: []string{"Position"}},
	"Attendance.agendaItems":         {to: &models.AgendaItem{}, link: &models.AttendanceItem{}, parent: "AttendanceID", child: "AgendaItemID", byLink: true},
	"sources":                        {to: &models.SourceSpan{}, foreign: "OwnerID", order: []string{"Start"}},
	"identifiers":                    {to: &models.Identifier{}, foreign: "OwnerID", order: []string{"Scheme", "Value"}},
}

// all are the lists at the root.
var all = map[string]tie{
	"meetings": {to: &models.Meeting{}, order: []string{"-HeldOn"}}, "agendaItems": {to: &models.AgendaItem{}, order: []string{"-HeldOn"}},
	"decisions": {to: &models.Decision{}, order: []string{"-HeldOn"}}, "directives": {to: &models.Directive{}, order: []string{"-HeldOn"}},
	"documents": {to: &models.Document{}, order: []string{"Title"}}, "organizations": {to: &models.Organization{}, order: []string{"Name"}},
	"people": {to: &models.Person{}, order: []string{"Name"}}, "attendances": {to: &models.Attendance{}, order: []string{"-HeldOn"}},
	"memberships": {to: &models.Membership{}},
}

func typeName(row any) string { return reflect.TypeOf(row).Elem().Name() }

// member returns the value of a field of a row, nil where there is none.
func member(row any, name string) any {
	v := reflect.ValueOf(row).Elem().FieldByName(name)
	if !v.IsValid() {
		panic(fmt.Sprintf("%T has no %s", row, name))
	}
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	return v.Interface()
}

func idOf(row any) models.ID { return member(row, "ID").(models.ID) }

func nodeID(row any) string { return row.(models.Node).NodeID() }

// seen reports whether the reader may see a row.
func (r *reference) seen(row any) bool {
	if !r.guest {
		return true
	}
	switch row := row.(type) {
	case models.Record:
		return row.Meta().Public
	case *models.Presentation:
		return row.Public
	case *models.Distribution:
		return row.Public
	case *models.SourceSpan:
		return r.byID(&models.Document{}, row.DocumentID) != nil
	}
	return true
}

// byID returns the row of the type of a model that has an id, as far as it may be seen.
func (r *reference) byID(model any, id any) any {
	for _, row := range r.rows[reflect.TypeOf(model)] {
		if idOf(row) == id && r.seen(row) {
			return row
		}
	}
	return nil
}

// reached is a row behind an edge, with the link that leads to it.
type reached struct{ row, link any }

// along returns what is behind an edge to many of a row, in the order of the edge.
func (r *reference) along(from any, t tie) []reached {
	var out []reached
	id := any(nil)
	if from != nil {
		id = idOf(from)
	}
	switch {
	case t.link != nil:
		seen := map[any]bool{}
		for _, link := range r.rows[reflect.TypeOf(t.link)] {
			if member(link, t.parent) != id || t.where != nil && !t.where(link) {
				continue
			}
			if row := r.byID(t.to, member(link, t.child)); row != nil && (t.byLink || !seen[row]) {
				seen[row] = true
				out = append(out, reached{row, link})
			}
		}
	default:
		for _, row := range r.rows[reflect.TypeOf(t.to)] {
			if (t.foreign == "" || member(row, t.foreign) == id) && r.seen(row) {
				out = append(out, reached{row, nil})
			}
		}
	}
	return out
}

// tieOf returns the edge to many that a field is, and whether it is one.
func tieOf(row any, field string) (tie, bool) {
	if t, ok := ties[typeName(row)+"."+field]; ok {
		return t, true
	}
	t, ok := ties[field]
	return t, ok
}

// one returns what is behind an edge to one, nil where there is nothing to see.
func (r *reference) one(row any, f *ast.FieldDefinition) any {
	return r.oneOf(row, f.Name, f.Type.Name())
}

func (r *reference) oneOf(row any, field, name string) any {
	id := member(row, upper(field)+"ID")
	for t := range r.rows {
		if id != nil && t.Elem().Name() == name {
			return r.byID(reflect.New(t.Elem()).Interface(), id)
		}
	}
	return nil
}

func upper(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// valueOf returns the value of a column as the API gives it.
func valueOf(row any, field string) any {
	switch row := row.(type) {
	case *models.DecisionStep:
		switch {
		case field == "actorLabels":
			return []string(row.Labels)
		case field == "status" && row.Status == "OPEN" && row.DueOn != nil && string(*row.DueOn) < time.Now().UTC().Format(time.DateOnly):
			return "OVERDUE"
		}
	case models.Record:
		if field == "id" {
			return nodeID(row)
		}
	}
	return plain(member(row, upper(field)))
}

// plain makes texts of named texts and moments, and whole numbers of whole numbers.
func plain(v any) any {
	if moment, ok := v.(models.DateTime); ok {
		return moment
	}
	if v == nil {
		return nil
	}
	switch rv := reflect.ValueOf(v); rv.Kind() {
	case reflect.String:
		return rv.String()
	case reflect.Int, reflect.Int32, reflect.Int64:
		return rv.Int()
	}
	return v
}

// compared puts two values into an order; nil is the smallest.
func compared(a, b any) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	switch x := a.(type) {
	case string:
		return strings.Compare(x, b.(string))
	case int64:
		return int(x - b.(int64))
	case models.ID:
		y := b.(models.ID)
		return bytes.Compare(x[:], y[:])
	case models.DateTime:
		return x.Compare(b.(models.DateTime).Time)
	}
	panic(fmt.Sprintf("%T is not compared", a))
}

// key is one key of an order.
type key struct {
	of   func(reached) any
	desc bool
}

// keys returns the keys of the order that is asked for, or of the edge; the id comes last, the way the last key runs.
func (r *reference) keys(t tie, orderBy []any) []key {
	var all []key
	for _, given := range orderBy {
		order := given.(map[string]any)
		all = append(all, key{r.orderKey(order["field"].(string)), order["direction"] == "DESC"})
	}
	if len(all) == 0 {
		for _, field := range t.order {
			name, desc := strings.CutPrefix(field, "-")
			all = append(all, key{func(at reached) any { return plain(member(at.row, name)) }, desc})
		}
		if t.byLink {
			all = append(all, key{func(at reached) any { return plain(member(at.link, "Position")) }, false})
		}
	}
	last := len(all) > 0 && all[len(all)-1].desc
	return append(all, key{func(at reached) any { return idOf(at.row) }, last})
}

// orderKey returns the value that a name of the enumeration of orders stands for: a column, or a number of related records.
func (r *reference) orderKey(name string) func(reached) any {
	if counted, ok := strings.CutSuffix(name, "_COUNT"); ok {
		parts := strings.Split(strings.ToLower(counted), "_")
		plural := map[string]string{"child": "children", "decision_owed": "decisionsOwed", "document_issued": "documentsIssued",
			"document_received": "documentsReceived", "meeting_chaired": "meetingsChaired", "member": "members"}
		field := plural[strings.ToLower(counted)]
		if field == "" {
			for i := range parts[1:] {
				parts[i+1] = upper(parts[i+1])
			}
			field = strings.Join(parts, "") + "s"
		}
		return func(at reached) any {
			edge, ok := tieOf(at.row, field)
			if !ok {
				panic(typeName(at.row) + "." + field)
			}
			return int64(len(r.along(at.row, edge)))
		}
	}
	parts := strings.Split(strings.ToLower(name), "_")
	for i := range parts {
		parts[i] = upper(parts[i])
	}
	field := strings.Join(parts, "")
	return func(at reached) any { return plain(member(at.row, field)) }
}

func sortBy(rows []reached, keys []key) {
	slices.SortFunc(rows, func(a, b reached) int { return compareBy(a, b, keys) })
}

func compareBy(a, b reached, keys []key) int {
	for _, k := range keys {
		if c := compared(k.of(a), k.of(b)); c != 0 {
			if k.desc {
				return -c
			}
			return c
		}
	}
	return 0
}
