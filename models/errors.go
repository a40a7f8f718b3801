package models

import (
	"errors"
	"fmt"
)

// Kinds of errors. Wrap them with the subject: fmt.Errorf("meeting %s: %w", id, models.ErrNotFound).
var (
	ErrNotFound    = errors.New("not found")
	ErrBadInput    = errors.New("bad input")
	ErrDuplicate   = errors.New("there is such a record already")
	ErrConflict    = errors.New("changed meanwhile")
	ErrInUse       = errors.New("in use")
	ErrForbidden   = errors.New("not allowed")
	ErrUnavailable = errors.New("the database cannot be reached")
	ErrTooMany     = errors.New("too many at once")
)

// UserErrorCode is the kind of an expected failure of a mutation.
type UserErrorCode string

// Values of UserErrorCode.
const (
	CodeNotFound   UserErrorCode = "NOT_FOUND"
	CodeInvalid    UserErrorCode = "INVALID"
	CodeDuplicate  UserErrorCode = "DUPLICATE"
	CodeConflict   UserErrorCode = "CONFLICT"
	CodeInUse      UserErrorCode = "IN_USE"
	CodeRolledBack UserErrorCode = "ROLLED_BACK"
)

// UserError is an expected failure of a mutation: what, where in the arguments, and what to do about it.
// CurrentVersion is set for a conflict, Existing, the id of the record that is there already, for a duplicate of one.
type UserError struct {
	Code           UserErrorCode
	Message        string
	Path           []string
	CurrentVersion *int
	Existing       *string
}

// Error implements error.
func (e *UserError) Error() string { return e.Message }

// InputError is a mistake in what was asked: where, by the path of the arguments, and what to do instead. It is of
// kind ErrBadInput.
type InputError struct {
	Path    string // filter.title.eq
	Message string
}

// Error implements error.
func (e *InputError) Error() string {
	if e.Path == "" {
		return e.Message
	}
	return e.Path + ": " + e.Message
}

// Unwrap gives the kind of the error.
func (e *InputError) Unwrap() error { return ErrBadInput }

// BadInput makes an InputError without a path.
func BadInput(format string, args ...any) error {
	return &InputError{Message: fmt.Sprintf(format, args...)}
}

// At puts a step before the path of an InputError: a name, or an index in brackets. Other errors stay as they are.
func At(step string, err error) error {
	var input *InputError
	if !errors.As(err, &input) {
		return err
	}
	path := step
	switch {
	case input.Path == "":
	case input.Path[0] == '[':
		path += input.Path
	default:
		path += "." + input.Path
	}
	return &InputError{Path: path, Message: input.Message}
}
