package ingest

import (
	"regexp"
	"strconv"
	"time"

	"github.com/minutebook/minutebook/models"
)

var deadline = regexp.MustCompile(`(?:(\d{3,4})年)?(\d{1,2})月(?:(\d{1,2})日|底)(?:之?前|以前)`)

var endOfYear = regexp.MustCompile(`(?:(\d{4})年|今?年)底(?:之?前|以前)`)

// dueOn is the day by which a step has to be done, where it says one: 2026年7月15日前, 6月底前, 年底前. A day without a year is
// of the year of the meeting, or of the next where it would be over before the meeting.
func dueOn(words string, heldOn models.Date) *models.Date {
	held, err := time.Parse(time.DateOnly, string(heldOn))
	if err != nil {
		return nil
	}
	var year, month, day int
	if m := deadline.FindStringSubmatch(words); m != nil {
		year, _ = strconv.Atoi(m[1])
		month, _ = strconv.Atoi(m[2])
		day, _ = strconv.Atoi(m[3])
	} else if m := endOfYear.FindStringSubmatch(words); m != nil {
		year, _ = strconv.Atoi(m[1])
		month = 12
	} else {
		return nil
	}
	if year > 0 && year < 1000 {
		year += 1911 // of the Republic of China
	}
	stated := year > 0
	if !stated {
		year = held.Year()
	}
	on := dayOf(year, month, day)
	if !stated && on.Before(held) {
		on = dayOf(year+1, month, day)
	}
	if month < 1 || month > 12 || on.Month() != time.Month(month) {
		return nil
	}
	due := models.Date(on.Format(time.DateOnly))
	return &due
}

// dayOf is a day of a month, the last where day is 0.
func dayOf(year, month, day int) time.Time {
	if day == 0 {
		return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}
