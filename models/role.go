package models

// Role is what a token allows; the roles grow: each allows what the one before allows.
type Role string

// Roles, least first.
const (
	RoleViewer Role = "VIEWER" // reads INTERNAL records
	RoleEditor Role = "EDITOR" // writes
	RoleAdmin  Role = "ADMIN"  // merges, deletes, undoes and manages
)

var roleRanks = map[Role]int{RoleViewer: 1, RoleEditor: 2, RoleAdmin: 3}

// Valid reports whether the value is one of the roles.
func (r Role) Valid() bool { return roleRanks[r] > 0 }

// AtLeast reports whether the role allows what another allows. A guest's empty role allows nothing.
func (r Role) AtLeast(other Role) bool { return r.Valid() && roleRanks[r] >= roleRanks[other] }
