package models

// Meeting is a sitting of a body: who met, when, where, as which meeting of its series.
type Meeting struct {
	Base
	Title     string       `gorm:"column:title"`       // Name of the meeting, as "太仓市人民政府常务会议第7次".
	Series    *string      `gorm:"column:series"`      // Kind of meeting that the ordinal counts: 常务会议, Committee on Finance.
	Ordinal   *int         `gorm:"column:ordinal"`     // Number of the meeting within its series and term: 7 for 第7次. Not the number of the paper.
	Term      *string      `gorm:"column:term"`        // Term of office, or the year where the body counts by year: 十九届, 2026.
	HeldOn    Date         `gorm:"column:held_on"`     // First day of the meeting.
	StartsAt  *DateTime    `gorm:"column:starts_at"`   // Moment it began, where known.
	EndsAt    *DateTime    `gorm:"column:ends_at"`     // Moment it ended, where known.
	TimeOfDay *string      `gorm:"column:time_of_day"` // Part of the day as the minutes say it: 上午.
	Place     *string      `gorm:"column:place"`       // Where it was held.
	State     MeetingState `gorm:"column:state"`       // Whether it is planned, was held or was cancelled.
	BodyID    ID           `gorm:"column:body_id"`     // Body that met.
	ChairID   *ID          `gorm:"column:chair_id"`    // Who presided: the person of the attendance with capacity PRESIDING.
	MinutesID *ID          `gorm:"column:minutes_id"`  // Document that records the meeting.
}

// NodeID returns the id of the Meeting as the API shows it.
func (r *Meeting) NodeID() string { return EncodeID(TypeMeeting, r.ID) }

// RecordType returns TypeMeeting.
func (*Meeting) RecordType() RecordType { return TypeMeeting }

// TableName names the table for gorm.
func (*Meeting) TableName() string { return "meetings" }
