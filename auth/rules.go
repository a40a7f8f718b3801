package auth

import (
	"slices"

	"github.com/minutebook/minutebook/models"
)

// Guest is the role of a caller without a token.
const Guest models.Role = ""

// Operation is something a caller may be allowed to do, in the words of the table of rules.
type Operation string

// The operations of the table.
const (
	ReadPublic    Operation = "READ_PUBLIC"    // records of visibility PUBLIC
	ReadInternal  Operation = "READ_INTERNAL"  // records of visibility INTERNAL, and what a record said while it was so
	SignInOp      Operation = "SIGN_IN"        // ask for a token with a name and a password
	Create        Operation = "CREATE"         // make a record, also in bulk
	Update        Operation = "UPDATE"         // change a record or its links
	CompleteStep  Operation = "COMPLETE_STEP"  // mark a step of a decision as done
	Publish       Operation = "PUBLISH"        // change the visibility of a record, either way
	PreviewImport Operation = "PREVIEW_IMPORT" // read minutes and show what would change
	Import        Operation = "IMPORT"         // read minutes and store what they state
	Delete        Operation = "DELETE"         // leave a tombstone
	Merge         Operation = "MERGE"          // make two people or organizations one
	Undo          Operation = "UNDO"           // take back a change of the log
	ManageUsers   Operation = "MANAGE_USERS"   // accounts and revocations
	ManageHooks   Operation = "MANAGE_HOOKS"   // webhooks and their deliveries
)

// Rule is one row of the table: who may do an operation.
type Rule struct {
	Operation                    Operation
	Guest, Viewer, Editor, Admin bool
}

// Allows reports whether the row has a yes for the role. A role that is not in the table has none anywhere.
func (r Rule) Allows(role models.Role) bool {
	switch role {
	case Guest:
		return r.Guest
	case models.RoleViewer:
		return r.Viewer
	case models.RoleEditor:
		return r.Editor
	case models.RoleAdmin:
		return r.Admin
	}
	return false
}

const (
	yes = true
	no  = false
)

// rules is the table. Every question of who may do what is answered here and nowhere else.
var rules = [...]Rule{
	//              guest viewer editor admin
	{ReadPublic, yes, yes, yes, yes},
	{SignInOp, yes, yes, yes, yes},
	{ReadInternal, no, yes, yes, yes},
	{Create, no, no, yes, yes},
	{Update, no, no, yes, yes},
	{CompleteStep, no, no, yes, yes},
	{Publish, no, no, yes, yes},
	{PreviewImport, no, no, yes, yes},
	{Import, no, no, yes, yes},
	{Delete, no, no, no, yes},
	{Merge, no, no, no, yes},
	{Undo, no, no, no, yes},
	{ManageUsers, no, no, no, yes},
	{ManageHooks, no, no, no, yes},
}

// Rules returns the table, one row an operation.
func Rules() []Rule { return slices.Clone(rules[:]) }

// Allows reports whether the role may do the operation. An operation that is not in the table is allowed to nobody.
func Allows(role models.Role, op Operation) bool {
	for _, rule := range rules {
		if rule.Operation == op {
			return rule.Allows(role)
		}
	}
	return false
}
