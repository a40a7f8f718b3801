package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/minutebook/minutebook/models"
)

// invalid returns what is wrong with a value, and where.
func invalid(message string, path ...string) *models.UserError {
	return &models.UserError{Code: models.CodeInvalid, Message: message, Path: path}
}

// parse reads a value of a request, as GraphQL hands it over, into a plain value of the column. The empty text is no text.
func (c *Column) parse(value any) (any, error) {
	switch c.Kind {
	case Text, Enum:
		s, ok := value.(string)
		if !ok {
			return nil, errors.New("must be a text")
		}
		return c.parseText(s)
	case Int:
		n, err := wholeNumber(value)
		if err != nil || n < c.Min || n > math.MaxInt32 {
			return nil, fmt.Errorf("must be a whole number from %d to %d", c.Min, math.MaxInt32)
		}
		return n, nil
	case Bool:
		if b, ok := value.(bool); ok {
			return b, nil
		}
		return nil, errors.New("must be true or false")
	case Date:
		if s, ok := value.(string); ok {
			return said(models.ParseDate(s))
		}
		if day, ok := value.(models.Date); ok {
			return said(models.ParseDate(string(day)))
		}
	case Time:
		if s, ok := value.(string); ok {
			return said(models.ParseDateTime(s))
		}
		if moment, ok := value.(models.DateTime); ok {
			return moment, nil
		}
	}
	return nil, fmt.Errorf("cannot be a %T", value)
}

// said turns an error of kind models.ErrBadInput into one without the kind, which the code of a UserError says.
func said[T any](value T, err error) (any, error) {
	if err != nil {
		return nil, errors.New(strings.TrimPrefix(err.Error(), models.ErrBadInput.Error()+": "))
	}
	return value, nil
}

func (c *Column) parseText(s string) (any, error) {
	if c.Kind == Enum {
		if !c.Valid(s) {
			return nil, errors.New("is not one of the values")
		}
		return s, nil
	}
	if !utf8.ValidString(s) {
		return nil, errors.New("must be UTF-8")
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if c.Max < maxText { // in the text of minutes every character counts: spans point into it
		s = strings.TrimSpace(s)
	}
	if i := strings.IndexFunc(s, forbidden); i >= 0 {
		return nil, fmt.Errorf("has a control character (U+%04X); line breaks and tabs are allowed", []rune(s[i:])[0])
	}
	if n := utf8.RuneCountInString(s); n > c.Max {
		return nil, fmt.Errorf("has %d characters; at most %d are allowed", n, c.Max)
	}
	if s == "" {
		return nil, nil
	}
	return s, nil
}

func forbidden(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

// wholeNumber reads the forms in which GraphQL hands an Int over.
func wholeNumber(value any) (int, error) {
	switch v := value.(type) {
	case int:
		return v, nil
	case int64:
		return int(v), nil
	case json.Number:
		return strconv.Atoi(v.String())
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return int(v), nil
		}
	}
	return 0, errors.New("not a whole number")
}

// check reports the first thing about a record that cannot be stored. Its errors are of kind models.ErrBadInput.
func (e *Entity) check(record models.Record) error {
	for _, in := range e.inputs() {
		value := e.plain(record, in.column)
		if value == nil || value == "" {
			if !in.null {
				return fmt.Errorf("%w: %s is missing", models.ErrBadInput, in.name)
			}
			continue
		}
		if in.field == nil {
			continue
		}
		if problem := in.field.fits(value); problem != "" {
			return fmt.Errorf("%w: %s %s", models.ErrBadInput, in.name, problem)
		}
	}
	if held, ok := e.plainOf(record, "held_on"); ok && held == nil {
		return fmt.Errorf("%w: the day of the meeting is missing", models.ErrBadInput)
	}
	if problem := consistent(record); problem != nil {
		return fmt.Errorf("%w: %s %s", models.ErrBadInput, strings.Join(problem.Path, "."), problem.Message)
	}
	return nil
}

// plainOf returns what a column holds where the model has that column.
func (t *typing) plainOf(model any, column string) (any, bool) {
	if t.paths[column] == nil {
		return nil, false
	}
	return t.plain(model, column), true
}

// fits says what keeps a plain value from being stored, or nothing.
func (c *Column) fits(value any) string {
	switch v := value.(type) {
	case string:
		if c.Kind == Enum && !c.Valid(v) {
			return fmt.Sprintf("is %q, which is not one of the values", v)
		}
		if c.Kind == Text && len(v) > c.Max && utf8.RuneCountInString(v) > c.Max {
			return fmt.Sprintf("has %d characters; at most %d are allowed", utf8.RuneCountInString(v), c.Max)
		}
		if !utf8.ValidString(v) {
			return "is not UTF-8"
		}
	case int:
		if v < c.Min || v > math.MaxInt32 {
			return fmt.Sprintf("is %d; from %d to %d is allowed", v, c.Min, math.MaxInt32)
		}
	case models.Date:
		if _, err := models.ParseDate(string(v)); err != nil {
			return "is not a day"
		}
	}
	return ""
}

// consistent says which fields of a record contradict each other, or nil.
func consistent(record models.Record) *models.UserError {
	switch r := record.(type) {
	case *models.Meeting:
		if r.StartsAt != nil && r.EndsAt != nil && r.EndsAt.Before(r.StartsAt.Time) {
			return invalid("is before startsAt", "endsAt")
		}
	case *models.Membership:
		if r.Start != nil && r.End != nil && *r.End < *r.Start {
			return invalid("is before start", "end")
		}
	case *models.Organization:
		if r.ParentID != nil && *r.ParentID == r.ID {
			return invalid("an organization cannot belong to itself", "parent")
		}
	}
	return nil
}
