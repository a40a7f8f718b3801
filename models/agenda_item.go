package models

// AgendaItem is a matter that a meeting took up.
type AgendaItem struct {
	Base
	Position  int            `gorm:"column:position"`   // Place in the order of the minutes, from 1.
	Number    *string        `gorm:"column:number"`     // Numeral as written: 一, （二）, 议题三.
	Kind      AgendaItemKind `gorm:"column:kind"`       // What the meeting did with the matter, by the first verb of the title.
	Title     string         `gorm:"column:title"`      // Heading without its numeral.
	Text      *string        `gorm:"column:text"`       // What the minutes say under the heading.
	MeetingID ID             `gorm:"column:meeting_id"` // Meeting that took the matter up.

	HeldOn Date `gorm:"column:held_on"` // Day of the meeting, kept here so that pages by date need no join.
}

// NodeID returns the id of the AgendaItem as the API shows it.
func (r *AgendaItem) NodeID() string { return EncodeID(TypeAgendaItem, r.ID) }

// RecordType returns TypeAgendaItem.
func (*AgendaItem) RecordType() RecordType { return TypeAgendaItem }

// TableName names the table for gorm.
func (*AgendaItem) TableName() string { return "agenda_items" }
