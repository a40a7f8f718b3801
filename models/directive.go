package models

// Directive is one point of what the meeting emphasised or demanded (会议强调, 会议要求). It asks; it does not decide.
type Directive struct {
	Base
	Position     int     `gorm:"column:position"`       // Place among the directives of its item, from 1.
	Label        *string `gorm:"column:label"`          // Label as written: （一）, 一是.
	Text         string  `gorm:"column:text"`           // The point without its label.
	AgendaItemID ID      `gorm:"column:agenda_item_id"` // Matter under which it was said.

	HeldOn Date `gorm:"column:held_on"` // Day of the meeting, kept here so that pages by date need no join.
}

// NodeID returns the id of the Directive as the API shows it.
func (r *Directive) NodeID() string { return EncodeID(TypeDirective, r.ID) }

// RecordType returns TypeDirective.
func (*Directive) RecordType() RecordType { return TypeDirective }

// TableName names the table for gorm.
func (*Directive) TableName() string { return "directives" }
