package store

import (
	"fmt"

	"github.com/minutebook/minutebook/models"
)

// mention is a column that holds the id of a record.
type mention struct {
	table  *stored
	column string
	part   string // field of the owner that the rows make up; empty where the row is a record
	owners *Entity
}

// mentions are all columns that may name a record of an entity and do not make the row part of it.
var mentions = map[*Entity][]mention{
	Schema.Organizations: {
		recordMention(Schema.Organizations, "parent_id"), recordMention(Schema.Meetings, "body_id"),
		recordMention(Schema.Documents, "issued_by_id"), recordMention(Schema.Documents, "compiled_by_id"),
		recordMention(Schema.Attendances, "organization_id"), recordMention(Schema.Memberships, "organization_id"),
		{presentationRows, "organization_id", "presenters", Schema.AgendaItems},
		{distributionRows, "organization_id", "distribution", Schema.Documents},
		{stepRows, "target_id", "steps", Schema.Decisions},
		{actorRows, "organization_id", "steps", Schema.Decisions},
		{addresseeRows, "organization_id", "addressees", Schema.Directives},
	},
	Schema.People: {
		recordMention(Schema.Meetings, "chair_id"), recordMention(Schema.Attendances, "person_id"),
		recordMention(Schema.Memberships, "person_id"),
		{presentationRows, "person_id", "presenters", Schema.AgendaItems},
		{actorRows, "person_id", "steps", Schema.Decisions},
	},
	Schema.Documents: {
		recordMention(Schema.Meetings, "minutes_id"),
		{itemPapers, "document_id", "documents", Schema.AgendaItems},
		{decisionPapers, "document_id", "documents", Schema.Decisions},
		{stepRows, "document_id", "steps", Schema.Decisions},
	},
	Schema.AgendaItems: {
		{seatItems, "agenda_item_id", "agendaItems", Schema.Attendances},
	},
}

func recordMention(e *Entity, column string) mention {
	return mention{table: tableNamed(e.Table), column: column, owners: e}
}

// owned are the records that belong to another and go with it, by the column that says so.
var owned = map[*Entity][]mention{
	Schema.Meetings: {
		recordMention(Schema.AgendaItems, "meeting_id"), recordMention(Schema.Attendances, "meeting_id"),
		recordMention(Schema.Documents, "meeting_id"),
	},
	Schema.AgendaItems: {recordMention(Schema.Decisions, "agenda_item_id"), recordMention(Schema.Directives, "agenda_item_id")},
	Schema.People:      {recordMention(Schema.Memberships, "person_id")},
}

// owner is the column of the record that a row is or belongs to.
func (r mention) owner() string {
	if r.table.owner == "" {
		return "id"
	}
	return r.table.owner
}

// ownersOf returns the records, other than those left out, whose rows name one of the ids.
func (tx *Tx) ownersOf(r mention, ids []models.ID, without map[models.ID]bool) ([]models.ID, error) {
	var owners []models.ID
	for chunk := range chunks(ids) {
		b := (&builder{}).text(fmt.Sprintf("SELECT DISTINCT %s FROM %s WHERE %s IN (", r.owner(), r.table.name, r.column)).ids(chunk).text(")")
		err := tx.each(b.sql.String(), b.args, func(scan func(...any) error) error {
			var owner models.ID
			err := scan(&owner)
			if !without[owner] {
				owners = append(owners, owner)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	owners = unique(owners)
	sortIDs(owners)
	return owners, nil
}

// editRows and redirectRows are told of beside the graph: who set a field, and where the id of a merged record leads.
var (
	editRows     = &stored{typing: typed[fieldEdit](), name: "field_edits", owner: "record_id", order: "field"}
	redirectRows = &stored{typing: typed[redirect](), name: "redirects", owner: "to_id", order: "from_id"}
)

// redirect is a row of redirects.
type redirect struct {
	FromID models.ID         `gorm:"column:from_id;primaryKey"`
	Type   models.RecordType `gorm:"column:record_type"`
	ToID   models.ID         `gorm:"column:to_id"`
}

// TableName names the table for gorm.
func (*redirect) TableName() string { return "redirects" }
