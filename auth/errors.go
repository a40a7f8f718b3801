package auth

import (
	"errors"
	"fmt"
	"time"

	"github.com/minutebook/minutebook/models"
)

// The kinds of failure, for errors.Is.
var (
	// ErrUnauthenticated means that the credentials are missing or bad: 401 and UNAUTHENTICATED.
	ErrUnauthenticated = errors.New("unauthenticated")
	// ErrForbidden means that the caller is known and may not do this: 403 and FORBIDDEN.
	ErrForbidden = models.ErrForbidden
	// ErrUnavailable means that the answer cannot be found now, for want of keys or of time: 503 and UNAVAILABLE.
	ErrUnavailable = models.ErrUnavailable
	// ErrThrottled means that too many attempts were made: 429 and RATE_LIMITED. See [ThrottledError].
	ErrThrottled = errors.New("too many attempts")
)

// Error is a refusal. Reason is a fixed sentence without anything of the request in it, so that it can be logged and
// shown as it is.
type Error struct {
	Kind   error
	Reason string
}

// Error returns the reason.
func (e *Error) Error() string { return e.Reason }

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }

// Challenge returns the value of WWW-Authenticate (RFC 6750, section 3) for a response of status 401.
// A nil err is the challenge to a caller who sent no token at all.
func Challenge(err error) string {
	const bare = `Bearer realm="minutebook"`
	var refusal *Error
	if !errors.As(err, &refusal) {
		return bare
	}
	return fmt.Sprintf(`%s, error="invalid_token", error_description="%s"`, bare, refusal.Reason)
}

// ThrottledError says how long to wait before the next attempt.
type ThrottledError struct {
	RetryAfter time.Duration
}

// Error names the wait in whole seconds.
func (e *ThrottledError) Error() string {
	return fmt.Sprintf("too many attempts: try again in %d s", e.Seconds())
}

// Seconds returns the wait for a Retry-After header, at least 1.
func (e *ThrottledError) Seconds() int {
	return max(1, int((e.RetryAfter+time.Second-1)/time.Second))
}

// Unwrap returns ErrThrottled.
func (e *ThrottledError) Unwrap() error { return ErrThrottled }

func unauthenticated(reason string) *Error { return &Error{Kind: ErrUnauthenticated, Reason: reason} }

func forbidden(reason string) *Error { return &Error{Kind: ErrForbidden, Reason: reason} }

func unavailable(reason string) *Error { return &Error{Kind: ErrUnavailable, Reason: reason} }
