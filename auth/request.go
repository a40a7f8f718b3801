package auth

import (
	"net/http"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// RoleHeader asks for a lower role than the token gives, as X-Minutebook-Role: VIEWER.
const RoleHeader = "X-Minutebook-Role"

// FromRequest returns the token of a request. Without an Authorization header present is false: a guest. A header
// that is there and is no single Bearer token is an error of kind ErrUnauthenticated, so that a slip of the client
// never turns into an anonymous request. Cookies, forms and the address are not looked at.
func FromRequest(r *http.Request) (token string, present bool, err error) {
	values := r.Header.Values("Authorization")
	switch len(values) {
	case 0:
		return "", false, nil
	case 1:
		token, err = bearer(values[0])
		return token, true, err
	}
	return "", true, unauthenticated("there is more than one Authorization header")
}

// bearer reads the credentials of RFC 6750, section 2.1.
func bearer(value string) (string, error) {
	scheme, rest, _ := strings.Cut(value, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return "", unauthenticated("the Authorization header is not of the scheme Bearer")
	}
	token := strings.TrimLeft(rest, " ")
	if token == "" {
		return "", unauthenticated("the Authorization header has no token")
	}
	return token, nil
}

// Authenticate returns the actor of a request: a guest where there is no token, the actor of the token lowered to
// the role that [RoleHeader] asks for, or an error. A guest who asks for a role is refused as well.
func (v *Verifier) Authenticate(r *http.Request) (models.Actor, error) {
	token, present, err := FromRequest(r)
	if err != nil {
		return models.Actor{}, err
	}
	wanted := r.Header.Values(RoleHeader)
	switch {
	case len(wanted) > 1:
		return models.Actor{}, forbidden("there is more than one X-Minutebook-Role header")
	case !present && len(wanted) > 0:
		return models.Actor{}, unauthenticated("a role is asked for without a token")
	case !present:
		return models.Actor{}, nil
	case len(wanted) == 1:
		return v.VerifyAs(token, models.Role(wanted[0]))
	}
	return v.Verify(token)
}
