package resolvers

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// vocabulary says how a type of record is told in the words of schema.org and of W3C's organization ontology (org:):
// its type, and the property for each column and edge. What has no word there is left out.
type vocabulary struct {
	kind  string
	words map[string]string
}

var vocabularies = map[models.RecordType]vocabulary{
	models.TypeMeeting: {"Event", map[string]string{"title": "name", "heldOn": "startDate", "startsAt": "startDate", "endsAt": "endDate", "place": "location",
		"body": "organizer", "chair": "performer", "minutes": "subjectOf"}},
	models.TypeAgendaItem: {"Event", map[string]string{"title": "name", "text": "description", "meeting": "superEvent", "number": "identifier"}},
	models.TypeDecision:   {"Action", map[string]string{"text": "description", "outcome": "result", "meeting": "location", "agendaItem": "object"}},
	models.TypeDirective:  {"Action", map[string]string{"text": "description", "label": "name", "agendaItem": "object"}},
	models.TypeDocument: {"CreativeWork", map[string]string{"title": "name", "number": "identifier", "issuedOn": "datePublished", "compiledOn": "dateCreated",
		"issuedBy": "publisher", "compiledBy": "creator", "text": "text", "meeting": "about", "kind": "genre"}},
	models.TypeOrganization: {"org:Organization", map[string]string{"name": "name", "kind": "org:classification", "parent": "org:subOrganizationOf"}},
	models.TypePerson:       {"Person", map[string]string{"name": "name", "pinyin": "alternateName"}},
	models.TypeMembership: {"org:Membership", map[string]string{"person": "org:member", "organization": "org:organization", "role": "org:role",
		"start": "startDate", "end": "endDate"}},
	models.TypeAttendance: {"Role", map[string]string{
		"label": "name", "capacity": "roleName", "person": "attendee", "organization": "memberOf", "meeting": "about"}},
}

// linkedContext is what the words of the vocabularies stand for.
var linkedContext = []any{"https://schema.org", map[string]string{"org": "http://www.w3.org/ns/org#"}}

// exportLinked writes one record as JSON-LD.
func (x *exporter) exportLinked(w http.ResponseWriter, r *http.Request, id string) error {
	if err := only(r.URL.Query()); err != nil {
		return err
	}
	ref, err := refOf("id", id)
	if err != nil {
		return missing("there is no such record to see")
	}
	ctx := r.Context()
	t := tableOf(store.Schema.Records(ref.Type))
	found, err := x.Store.Records(ctx, auth.ActorFrom(ctx), &store.Query{Entity: t.entity, Rows: true}, []models.ID{ref.ID}) // follows merges
	if err != nil {
		return err
	}
	record, ok := found[ref.ID].(models.Record)
	if !ok {
		return missing("there is no such record to see")
	}
	var linked map[string]any
	_, _, err = x.rows(ctx, t, nil, nil, []models.ID{record.Meta().ID}, func(values []any) error {
		linked = t.linked(values)
		return nil
	})
	if err != nil {
		return err
	}
	if linked == nil {
		return missing("there is no such record to see")
	}
	text, err := json.MarshalIndent(linked, "", " ")
	if err != nil {
		return err
	}
	x.whole(w, r, "application/ld+json", id+".jsonld", append(text, '\n'))
	return nil
}

// linked tells a row in the words of its vocabulary.
func (t *table) linked(values []any) map[string]any {
	words := vocabularies[t.entity.Record]
	out := map[string]any{"@context": linkedContext, "@type": words.kind}
	for i, c := range t.columns {
		name, part, ofEdge := strings.Cut(c.name, ".")
		word := words.words[name]
		switch {
		case values[i] == nil:
		case c.name == "id":
			out["@id"] = linkedID(values[i])
		case word == "":
		case !ofEdge:
			out[word] = values[i]
		case part == "id":
			out[word] = map[string]any{"@id": linkedID(values[i]), "@type": vocabularies[c.tag].kind}
		default:
			out[word].(map[string]any)["name"] = values[i]
		}
	}
	if t.entity == store.Schema.Organizations {
		out["@type"] = []string{words.kind, "Organization"}
	}
	return out
}

// linkedID is the address of a record's JSON-LD, below the server it was read from.
func linkedID(id any) string { return "/export/records/" + id.(string) + ".jsonld" }
