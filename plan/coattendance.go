package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// edgeOf returns the edge that a field of an entity leads along, nil where it leads along none: one of the declaration, or
// the one to the people who were in the same meetings, which is counted.
func edgeOf(e *store.Entity, field graphql.CollectedField) *store.Edge {
	if e.Record == models.TypePerson && field.Name == store.CoAttendees.Field {
		return store.CoAttendees
	}
	return e.Edge(field.Name)
}

// met reads which meetings count.
func met(given map[string]any) (*store.Met, error) {
	m := &store.Met{}
	var err error
	if m.From, err = day(given, "from"); err != nil {
		return nil, err
	}
	if m.To, err = day(given, "to"); err != nil {
		return nil, err
	}
	m.Body, err = organization(given, "body")
	return m, err
}

// day reads an argument that is a day; nil where it is not given.
func day(given map[string]any, name string) (*models.Date, error) {
	text, ok := given[name].(string)
	if !ok {
		return nil, nil
	}
	d, err := models.ParseDate(text)
	return &d, models.At(name, err)
}

// organization reads an argument that is the id of an organization; nil where it is not given.
func organization(given map[string]any, name string) (*models.ID, error) {
	text, ok := given[name].(string)
	if !ok {
		return nil, nil
	}
	recordType, id, err := models.DecodeID(text)
	if err == nil && recordType != models.TypeOrganization {
		err = models.BadInput("the id is not that of an Organization")
	}
	return &id, models.At(name, err)
}
