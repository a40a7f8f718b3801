package models

// Attendance is one person, or the unnamed representative of a body, taking part in a meeting.
type Attendance struct {
	Base
	Position       int                `gorm:"column:position"`        // Place in the list of the minutes, from 1.
	Title          *string            `gorm:"column:title"`           // Office as written: 市委常委、常务副市长.
	Label          string             `gorm:"column:label"`           // The entry as a reader would say it: 市科技局郁颖珠, 海关代表.
	Capacity       AttendanceCapacity `gorm:"column:capacity"`        // In which capacity.
	Status         AttendanceStatus   `gorm:"column:status"`          // Whether present, excused or absent.
	Reason         *string            `gorm:"column:reason"`          // Why excused, as written.
	MeetingID      ID                 `gorm:"column:meeting_id"`      // Meeting taken part in.
	PersonID       *ID                `gorm:"column:person_id"`       // Who; null for an unnamed representative.
	OrganizationID *ID                `gorm:"column:organization_id"` // On whose behalf, where it is written.

	HeldOn Date `gorm:"column:held_on"` // Day of the meeting, kept here so that pages by date need no join.
}

// NodeID returns the id of the Attendance as the API shows it.
func (r *Attendance) NodeID() string { return EncodeID(TypeAttendance, r.ID) }

// RecordType returns TypeAttendance.
func (*Attendance) RecordType() RecordType { return TypeAttendance }

// TableName names the table for gorm.
func (*Attendance) TableName() string { return "attendances" }
