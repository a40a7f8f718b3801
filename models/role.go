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

// RoleSet is a set of roles.
type RoleSet uint8

// Roles are all roles, least first.
func Roles() []Role { return []Role{RoleViewer, RoleEditor, RoleAdmin} }

// With returns the set with one role more.
func (s RoleSet) With(r Role) RoleSet { return s | 1<<roleRanks[r] }

// Has reports whether the role is in the set. A guest's empty role is in none.
func (s RoleSet) Has(r Role) bool { return r.Valid() && s&(1<<roleRanks[r]) != 0 }

// List returns the roles of the set, least first.
func (s RoleSet) List() []Role {
	out := []Role{}
	for _, r := range Roles() {
		if s.Has(r) {
			out = append(out, r)
		}
	}
	return out
}
