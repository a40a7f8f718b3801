package models

// Person is somebody named in minutes. People of the same name stay apart until a person links them.
type Person struct {
	Base
	Name   string  `gorm:"column:name"`   // Name as written.
	Pinyin *string `gorm:"column:pinyin"` // Reading of the name in pinyin without tones, family name first: hu weijiang.
}

// NodeID returns the id of the Person as the API shows it.
func (r *Person) NodeID() string { return EncodeID(TypePerson, r.ID) }

// RecordType returns TypePerson.
func (*Person) RecordType() RecordType { return TypePerson }

// TableName names the table for gorm.
func (*Person) TableName() string { return "people" }
