package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// partField is a field of a record that is a list of its parts or links.
type partField struct {
	name    string
	table   *stored
	columns []partColumn
	ids     bool     // the list holds ids, of the first column
	lists   []idList // lists of ids within each part
	unique  string   // column that no two parts of one record may share
	needs   []string // at least one of these columns has a value
}

// partColumn is a value of a part.
type partColumn struct {
	name, column string
	to           *Entity // where an id leads
	field        *Column // of other values
	null         bool
	fallback     any
	kept         bool // kept by the store: shown in the log, not read from requests
}

// idList is a list of ids within a step.
type idList struct {
	name, column string
	to           *Entity
	role         models.StepActorRole
}

// part is one part of a record, with the rows that hang on it.
type part struct {
	row    any
	actors []*models.StepActor
}

// partFields are the fields of each entity's records that are lists of parts.
var partFields = map[*Entity][]*partField{
	Schema.AgendaItems: {
		{name: "documents", table: itemPapers, unique: "document_id", columns: []partColumn{
			{name: "document", column: "document_id", to: Schema.Documents},
			{name: "role", column: "role", field: documentUse[0], fallback: string(models.DocumentRoleUnderReview)},
			{name: "shortTitle", column: "short_title", field: documentUse[1], null: true},
		}},
		{name: "presenters", table: presentationRows, needs: []string{"organization", "person"}, columns: []partColumn{
			{name: "organization", column: "organization_id", to: Schema.Organizations, null: true},
			{name: "person", column: "person_id", to: Schema.People, null: true},
			{name: "role", column: "role", field: Schema.Presentations.Field("role"), null: true},
		}},
	},
	Schema.Decisions: {
		{name: "documents", table: decisionPapers, ids: true, unique: "document_id", columns: []partColumn{
			{name: "document", column: "document_id", to: Schema.Documents},
		}},
		{name: "steps", table: stepRows, columns: []partColumn{
			{name: "kind", column: "kind", field: Schema.Steps.Field("kind")},
			{name: "target", column: "target_id", to: Schema.Organizations, null: true},
			{name: "document", column: "document_id", to: Schema.Documents, null: true},
			{name: "condition", column: "condition_text", field: Schema.Steps.Field("condition"), null: true},
			{name: "dueOn", column: "due_on", field: Schema.Steps.Field("dueOn"), null: true},
			{name: "status", column: "status", kept: true},
			{name: "doneOn", column: "done_on", kept: true, null: true},
		}, lists: []idList{
			{"actors", "organization_id", Schema.Organizations, models.StepActorDoes},
			{"people", "person_id", Schema.People, models.StepActorDoes},
			{"inNameOf", "organization_id", Schema.Organizations, models.StepActorInNameOf},
		}},
	},
	Schema.Directives: {
		{name: "addressees", table: addresseeRows, ids: true, unique: "organization_id", columns: []partColumn{
			{name: "organization", column: "organization_id", to: Schema.Organizations},
		}},
	},
	Schema.Documents: {
		{name: "distribution", table: distributionRows, columns: []partColumn{
			{name: "kind", column: "kind", field: Schema.Distributions.Field("kind")},
			{name: "label", column: "label", field: Schema.Distributions.Field("label")},
			{name: "organization", column: "organization_id", to: Schema.Organizations, null: true},
			{name: "collective", column: "collective", field: Schema.Distributions.Field("collective"), fallback: false},
		}},
	},
	Schema.Attendances: {
		{name: "agendaItems", table: seatItems, ids: true, unique: "agenda_item_id", columns: []partColumn{
			{name: "agendaItem", column: "agenda_item_id", to: Schema.AgendaItems},
		}},
	},
	Schema.Organizations: {namesField},
	Schema.People:        {namesField},
}

var namesField = &partField{name: "names", table: nameRows, unique: "text", columns: []partColumn{
	{name: "text", column: "text", field: Schema.Names.Field("text")},
	{name: "kind", column: "kind", field: Schema.Names.Field("kind"), fallback: string(models.NameKindAlias)},
}}

var identifiersField = &partField{name: "identifiers", table: identifierRows, columns: []partColumn{
	{name: "scheme", column: "scheme", field: Schema.Identifiers.Field("scheme")},
	{name: "value", column: "value", field: Schema.Identifiers.Field("value")},
}}

// partFields lists the fields of an entity's records that are lists of parts.
func (e *Entity) partFields() []*partField {
	return slices.Concat(partFields[e], []*partField{identifiersField})
}

func (e *Entity) partField(name string) *partField {
	for _, f := range e.partFields() {
		if f.name == name {
			return f
		}
	}
	return nil
}

// maxParts is how many parts one field of one record may have.
const maxParts = 2000

// read reads the parts that a request gives for a record.
func (f *partField) read(r *reader, value any, path []string) []*part {
	items := listOf(value)
	if len(items) > maxParts {
		r.fail(path, fmt.Sprintf("has %d entries; at most %d are allowed", len(items), maxParts))
		return nil
	}
	parts := make([]*part, len(items))
	for i, item := range items {
		at := under(path, strconv.Itoa(i))
		if f.ids {
			item = map[string]any{f.columns[0].name: item}
		}
		values, ok := item.(map[string]any)
		if !ok {
			r.fail(at, "must be an object")
			continue
		}
		parts[i] = f.readOne(r, values, at)
	}
	return parts
}

// listOf takes one value for a list of one, as GraphQL does.
func listOf(value any) []any {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{value}
}

func (f *partField) readOne(r *reader, values map[string]any, path []string) *part {
	p := &part{row: f.table.fresh()}
	for _, c := range f.columns {
		if c.kept {
			continue
		}
		value, at := values[c.name], under(path, c.name)
		if f.ids {
			at = path
		}
		if value == nil && c.fallback != nil {
			value = c.fallback
		}
		if c.to != nil {
			r.reference(c.to, c.null, value, at, func(id models.ID) { f.table.set(p.row, c.column, id) })
			continue
		}
		if plain := r.column(c.field, c.null, value, at); plain != nil {
			f.table.set(p.row, c.column, plain)
		}
	}
	if len(f.needs) > 0 && !anyOf(values, f.needs) {
		r.fail(path, "needs "+strings.Join(f.needs, " or "))
	}
	for _, list := range f.lists {
		for i, value := range listOf(values[list.name]) {
			actor := &models.StepActor{Role: list.role}
			p.actors = append(p.actors, actor)
			at := under(path, list.name, strconv.Itoa(i))
			r.reference(list.to, false, value, at, func(id models.ID) { actorRows.set(actor, list.column, id) })
		}
	}
	if step, ok := p.row.(*models.DecisionStep); ok {
		step.Status = models.StepStatusOpen
	}
	return p
}

func anyOf(values map[string]any, names []string) bool {
	for _, name := range names {
		if values[name] != nil {
			return true
		}
	}
	return false
}

// repeated says which part stands twice where each may stand once, or -1. It is asked when ids have been looked up.
func (f *partField) repeated(parts []*part) int {
	seen := map[string]bool{}
	for i, p := range parts {
		key := f.show(p, true)
		if f.unique != "" {
			key = shown(f.table.plain(p.row, f.unique), nil)
		}
		if seen[key] && (f.unique != "" || f == identifiersField) {
			return i
		}
		seen[key] = true
	}
	return -1
}

// show writes a part as the log keeps it, as JSON. With given it writes only what a request gives, by which parts are
// recognised.
func (f *partField) show(p *part, given bool) string {
	if f.ids {
		return shown(f.table.plain(p.row, f.columns[0].column), f.columns[0].to)
	}
	var fields []string
	for _, c := range f.columns {
		value := f.table.plain(p.row, c.column)
		if value != nil && (!given || !c.kept) {
			fields = append(fields, strconv.Quote(c.name)+":"+shown(value, c.to))
		}
	}
	for _, list := range f.lists {
		var ids []string
		for _, actor := range p.actors {
			if id := actorRows.plain(actor, list.column); actor.Role == list.role && id != nil {
				ids = append(ids, shown(id, list.to))
			}
		}
		if len(ids) > 0 {
			fields = append(fields, strconv.Quote(list.name)+":["+strings.Join(ids, ",")+"]")
		}
	}
	return "{" + strings.Join(fields, ",") + "}"
}

// showAll writes parts as the log keeps them; no parts are no value.
func (f *partField) showAll(parts []*part) *string {
	if len(parts) == 0 {
		return nil
	}
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = f.show(p, false)
	}
	text := "[" + strings.Join(texts, ",") + "]"
	return &text
}
