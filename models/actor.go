package models

import "time"

// Actor is who is asking, as a verified token says. The zero Actor is a guest.
type Actor struct {
	Subject string
	Role    Role    // "" for a guest
	Roles   RoleSet // those that the token allows to ask for
	TokenID string
	Issued  time.Time // zero where the token does not say
	Expires time.Time
}

// SeesInternal reports whether the actor may see records that are not public. One filter of rows serves reading, searching
// and exporting: whom the table keeps from one of them sees nothing internal.
func (a Actor) SeesInternal() bool {
	for _, act := range [...]Act{ActRead, ActSearch, ActExport} {
		if !Allows(a.Role, act, VisibilityInternal) {
			return false
		}
	}
	return true
}
