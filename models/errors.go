package models

import "errors"

// Kinds of errors. Wrap them with the subject: fmt.Errorf("meeting %s: %w", id, models.ErrNotFound).
var (
	ErrNotFound    = errors.New("not found")
	ErrBadInput    = errors.New("bad input")
	ErrDuplicate   = errors.New("there is such a record already")
	ErrConflict    = errors.New("changed meanwhile")
	ErrInUse       = errors.New("in use")
	ErrForbidden   = errors.New("not allowed")
	ErrUnavailable = errors.New("the database cannot be reached")
)

// UserErrorCode is the kind of an expected failure of a mutation.
type UserErrorCode string

// Values of UserErrorCode.
const (
	CodeNotFound  UserErrorCode = "NOT_FOUND"
	CodeInvalid   UserErrorCode = "INVALID"
	CodeDuplicate UserErrorCode = "DUPLICATE"
	CodeConflict  UserErrorCode = "CONFLICT"
	CodeInUse     UserErrorCode = "IN_USE"
)

// UserError is an expected failure of a mutation: what, where in the arguments, and what to do about it.
// CurrentVersion is set for a conflict.
type UserError struct {
	Code           UserErrorCode
	Message        string
	Path           []string
	CurrentVersion *int
}

// Error implements error.
func (e *UserError) Error() string { return e.Message }
