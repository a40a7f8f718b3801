package models

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"
)

// Date is a calendar day, YYYY-MM-DD. The zero value is no day.
type Date string

// ParseDate reads YYYY-MM-DD strictly: a day that exists, years 0001 to 9999.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return "", BadInput("%q is not a day of the form 2022-06-01", clip(s))
	}
	return Date(s), nil
}

// clip keeps an error message short whatever was sent.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// Scan implements sql.Scanner; the drivers hand days over as text.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = ""
	case string:
		*d = Date(v)
	case []byte:
		*d = Date(v)
	case time.Time:
		*d = Date(v.Format(time.DateOnly))
	default:
		return fmt.Errorf("a day of type %T", src)
	}
	return nil
}

// Value implements driver.Valuer; the zero Date is NULL.
func (d Date) Value() (driver.Value, error) {
	if d == "" {
		return nil, nil
	}
	return string(d), nil
}

// MarshalGQL writes the day as a JSON string.
func (d Date) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(d))) }

// UnmarshalGQL reads a day from a GraphQL value.
func (d *Date) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return BadInput("a Date is a string of the form 2022-06-01")
	}
	day, err := ParseDate(s)
	*d = day
	return err
}

// DateTime is a moment in UTC, kept to the microsecond.
type DateTime struct{ time.Time }

// Layouts of a DateTime in the databases and in the API. Both sort as text.
const (
	storedLayout = "2006-01-02 15:04:05.000000"
	shownLayout  = "2006-01-02T15:04:05.000000Z"
)

// Now returns the present moment to the microsecond.
func Now() DateTime { return DateTime{time.Now().UTC().Truncate(time.Microsecond)} }

// ParseDateTime reads RFC 3339 with any offset.
func ParseDateTime(s string) (DateTime, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || t.UTC().Year() < 1 || t.UTC().Year() > 9999 {
		return DateTime{}, BadInput("%q is not a moment of the form 2022-06-01T01:00:00Z", clip(s))
	}
	return DateTime{t.UTC().Truncate(time.Microsecond)}, nil
}

// Scan implements sql.Scanner.
func (d *DateTime) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = DateTime{}
		return nil
	case time.Time:
		*d = DateTime{v.UTC()}
		return nil
	case []byte:
		return d.Scan(string(v))
	case string:
		t, err := time.Parse("2006-01-02 15:04:05.999999", v)
		if err != nil {
			return fmt.Errorf("a moment as %q", clip(v))
		}
		*d = DateTime{t}
		return nil
	}
	return fmt.Errorf("a moment of type %T", src)
}

// Value implements driver.Valuer; the zero DateTime is NULL.
func (d DateTime) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.UTC().Format(storedLayout), nil
}

// String returns the moment as the API shows it.
func (d DateTime) String() string { return d.UTC().Format(shownLayout) }

// MarshalJSON writes the moment as the API shows it.
func (d DateTime) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }

// MarshalGQL writes the moment as a JSON string.
func (d DateTime) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(d.String())) }

// UnmarshalGQL reads a moment from a GraphQL value.
func (d *DateTime) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return BadInput("a DateTime is a string of the form 2022-06-01T01:00:00Z")
	}
	moment, err := ParseDateTime(s)
	*d = moment
	return err
}
