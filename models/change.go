package models

// ChangeOperation is what was done to a record.
type ChangeOperation string

// Values of ChangeOperation.
const (
	OperationCreate    ChangeOperation = "CREATE"
	OperationUpdate    ChangeOperation = "UPDATE"
	OperationDelete    ChangeOperation = "DELETE" // the entry is the tombstone
	OperationMerge     ChangeOperation = "MERGE"
	OperationPublish   ChangeOperation = "PUBLISH"
	OperationUnpublish ChangeOperation = "UNPUBLISH"
	OperationErase     ChangeOperation = "ERASE" // what entries said of a person was erased; it lists them
)

// DeletedReason is why a record was withdrawn.
type DeletedReason string

// Values of DeletedReason.
const (
	DeletedError     DeletedReason = "ERROR"
	DeletedDuplicate DeletedReason = "DUPLICATE"
	DeletedWithdrawn DeletedReason = "WITHDRAWN"
	DeletedLegal     DeletedReason = "LEGAL"
	DeletedOther     DeletedReason = "OTHER"
)

// Change is one entry of the change log, written in the transaction that made the change. Sequence grows in the
// order of commits. Public says whether a guest may see what the entry says: the record was public before and
// after, and still is at the time of reading.
type Change struct {
	ID         ID              `gorm:"column:id;primaryKey"`
	Sequence   int64           `gorm:"column:sequence"`
	Operation  ChangeOperation `gorm:"column:operation"`
	Type       RecordType      `gorm:"column:record_type"`
	Record     ID              `gorm:"column:record_id"`
	Version    int             `gorm:"column:version"`
	ActorName  string          `gorm:"column:actor"`
	ActorRole  Role            `gorm:"column:actor_role"`
	At         DateTime        `gorm:"column:at"`
	FieldsJSON string          `gorm:"column:fields"` // [{"field":…,"before":…,"after":…}]
	Reason     *string         `gorm:"column:reason"`
	MergedID   *ID             `gorm:"column:merged_into"`
	Public     bool            `gorm:"column:public"`
	Batch      ID              `gorm:"column:batch"` // the transaction it was part of
	Hash       []byte          `gorm:"column:hash"`  // SHA-256 over the entry before and this one

	// Salt and Content stand for what the entry says in Hash: Content is SHA-256 over the salt, the fields and the reason.
	// Where these are erased the salt goes with them, so that nobody can try names. Both are nil in entries of an older form.
	Salt    []byte `gorm:"column:salt"`
	Content []byte `gorm:"column:content_hash"`

	Edges `gorm:"-"`
}

// TableName names the table for gorm.
func (*Change) TableName() string { return "changes" }

// Key returns the ID of the row.
func (c *Change) Key() ID { return c.ID }

// FieldChange is one field of a change; the values are JSON.
type FieldChange struct {
	Field  string  `json:"field"`
	Before *string `json:"before"`
	After  *string `json:"after"`
}
