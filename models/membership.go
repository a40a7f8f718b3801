package models

// Membership is a person belonging to an organization. Attendance alone makes at most a DERIVED one, good for the day of the meeting.
type Membership struct {
	Base
	Role           *string `gorm:"column:role"`            // Office held: 局长.
	Start          *Date   `gorm:"column:start_on"`        // First day, where known.
	End            *Date   `gorm:"column:end_on"`          // Last day, where known.
	PersonID       ID      `gorm:"column:person_id"`       // Who.
	OrganizationID ID      `gorm:"column:organization_id"` // In what.
}

// NodeID returns the id of the Membership as the API shows it.
func (r *Membership) NodeID() string { return EncodeID(TypeMembership, r.ID) }

// RecordType returns TypeMembership.
func (*Membership) RecordType() RecordType { return TypeMembership }

// TableName names the table for gorm.
func (*Membership) TableName() string { return "memberships" }
