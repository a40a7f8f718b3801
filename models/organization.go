package models

// Organization is a body, an office, a bureau, a company, or a group addressed without a name of its own (各镇人民政府: kind COLLECTIVE).
type Organization struct {
	Base
	Name     string           `gorm:"column:name"`      // Best known name.
	Kind     OrganizationKind `gorm:"column:kind"`      // Kind of organization.
	ParentID *ID              `gorm:"column:parent_id"` // Body or jurisdiction it belongs to: 太仓市人民政府 for 太仓市科学技术局.
}

// NodeID returns the id of the Organization as the API shows it.
func (r *Organization) NodeID() string { return EncodeID(TypeOrganization, r.ID) }

// RecordType returns TypeOrganization.
func (*Organization) RecordType() RecordType { return TypeOrganization }

// TableName names the table for gorm.
func (*Organization) TableName() string { return "organizations" }
