package models

// Decision is the disposition of a matter: an outcome with its object, and the chain of steps it sets off.
type Decision struct {
	Base
	Position     int              `gorm:"column:position"`       // Place among the decisions of its meeting, from 1.
	Text         string           `gorm:"column:text"`           // The decision in the words of the minutes.
	Outcome      *DecisionOutcome `gorm:"column:outcome"`        // Kind of outcome; null where the text states none we know. Never guessed.
	AgendaItemID ID               `gorm:"column:agenda_item_id"` // Matter decided on.
	MeetingID    ID               `gorm:"column:meeting_id"`     // Meeting that decided.

	HeldOn Date `gorm:"column:held_on"` // Day of the meeting, kept here so that pages by date need no join.
}

// NodeID returns the id of the Decision as the API shows it.
func (r *Decision) NodeID() string { return EncodeID(TypeDecision, r.ID) }

// RecordType returns TypeDecision.
func (*Decision) RecordType() RecordType { return TypeDecision }

// TableName names the table for gorm.
func (*Decision) TableName() string { return "decisions" }
