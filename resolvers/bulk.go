package resolvers

import (
	"context"
	"maps"
	"strconv"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// upsertTypes are the types of records by the names under which upsertRecords takes their values.
var upsertTypes = map[string]*store.Entity{
	"meeting": store.Schema.Meetings, "agendaItem": store.Schema.AgendaItems, "decision": store.Schema.Decisions,
	"directive": store.Schema.Directives, "document": store.Schema.Documents, "organization": store.Schema.Organizations,
	"person": store.Schema.People, "membership": store.Schema.Memberships, "attendance": store.Schema.Attendances,
}

// upsertRecords adds and changes many records.
func (r *Resolver) upsertRecords(ctx context.Context, records []map[string]any, key, clientMutationID *string) (*models.UpsertRecordsPayload, error) {
	out := &models.UpsertRecordsPayload{Results: []*models.UpsertResult{}, Outcome: models.Outcome{ClientMutationID: clientMutationID}}
	upserts, problems := readUpserts(records)
	if len(problems) > 0 {
		out.UserErrors = problems
		return out, nil
	}
	once := keyed(key, "upsertRecords", "", records)
	done, err := r.Store.Upsert(ctx, auth.ActorFrom(ctx), once, upserts)
	if out.UserErrors, err = failures(err, ""); err != nil || len(out.UserErrors) > 0 {
		return out, err
	}
	found, err := r.upserted(ctx, done)
	if err != nil {
		return nil, err
	}
	for _, one := range done {
		result := &models.UpsertResult{ID: models.EncodeID(one.Entity.Record, one.ID), Outcome: one.Outcome}
		result.Record, _ = found[one.ID].(models.Record)
		out.Results = append(out.Results, result)
	}
	return out, nil
}

// upserted loads the records as they are now, one statement for each type.
func (r *Resolver) upserted(ctx context.Context, done []store.Upserted) (map[models.ID]any, error) {
	ids := map[*store.Entity][]models.ID{}
	for _, one := range done {
		ids[one.Entity] = append(ids[one.Entity], one.ID)
	}
	found := map[models.ID]any{}
	for e, some := range ids {
		records, err := r.Store.Whole(ctx, auth.ActorFrom(ctx), e, some)
		if err != nil {
			return nil, err
		}
		maps.Copy(found, records)
	}
	return found, nil
}

// readUpserts reads what a request gives, as far as it can be read without the database.
func readUpserts(records []map[string]any) ([]store.Upsert, []*models.UserError) {
	var problems []*models.UserError
	upserts := make([]store.Upsert, len(records))
	for i, values := range records {
		u := &upserts[i]
		for name, fields := range values["fields"].(map[string]any) {
			if fields, ok := fields.(map[string]any); ok {
				u.Entity, u.Field, u.Values = upsertTypes[name], name, fields
			}
		}
		u.ExpectedVersion, _ = values["expectedVersion"].(*int)
		u.Ref = given(values["ref"])
		u.Visibility = given(values["visibility"])
		if identifier, ok := values["identifier"].(map[string]any); ok {
			u.Scheme, u.Value = given(identifier["scheme"]), given(identifier["value"])
		}
		if text := given(values["id"]); text != "" {
			id, err := keyOf(u.Entity, "id", text)
			if err != nil {
				problems = append(problems, &models.UserError{
					Code: models.CodeNotFound, Message: "there is no such " + u.Entity.Name, Path: []string{"records", strconv.Itoa(i), "id"},
				})
			}
			u.ID = &id
		}
	}
	return upserts, problems
}

// given returns a text of an input, as gqlgen hands it over, "" where it is left out.
func given(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case *string:
		if v != nil {
			return *v
		}
	case models.Visibility:
		return string(v)
	case *models.Visibility:
		if v != nil {
			return string(*v)
		}
	}
	return ""
}

// keyed is the key of a request whose arguments are all in its body.
func keyed(key *string, mutation, subject string, body any) store.Once {
	if key == nil || *key == "" {
		return store.Once{}
	}
	return store.Once{Key: *key, Body: []any{mutation, subject, body}}
}
