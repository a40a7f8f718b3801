package models

// Document is a paper: the minutes themselves, or a plan, a regulation, a report before a meeting. Identified by its full title.
type Document struct {
	Base
	Title        string       `gorm:"column:title"`          // Full title without 《》.
	Kind         DocumentKind `gorm:"column:kind"`           // Kind of paper, by the last words of its title.
	Number       *string      `gorm:"column:number"`         // Number as written: 第8号, 长府会议纪要〔2025〕2号.
	IssuedOn     *Date        `gorm:"column:issued_on"`      // Day of issue.
	CompiledOn   *Date        `gorm:"column:compiled_on"`    // Day on which minutes were compiled (整理).
	Publication  *string      `gorm:"column:publication"`    // Mark of publication as written or normalised: PUBLIC, ON_REQUEST, NOT_PUBLIC.
	Text         *string      `gorm:"column:text"`           // Text of a minutes document: what the spans of its facts count in, in Unicode code points.
	IssuedByID   *ID          `gorm:"column:issued_by_id"`   // Who issued it.
	CompiledByID *ID          `gorm:"column:compiled_by_id"` // Who compiled it.
	MeetingID    *ID          `gorm:"column:meeting_id"`     // Meeting whose minutes this document is.
}

// NodeID returns the id of the Document as the API shows it.
func (r *Document) NodeID() string { return EncodeID(TypeDocument, r.ID) }

// RecordType returns TypeDocument.
func (*Document) RecordType() RecordType { return TypeDocument }

// TableName names the table for gorm.
func (*Document) TableName() string { return "documents" }
