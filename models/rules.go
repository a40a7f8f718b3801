package models

import "slices"

// Act is something a caller may be allowed to do, in the words of the table of rules.
type Act string

// The acts of the table.
const (
	ActSignIn   Act = "SIGN_IN"        // ask for a token with a name and a password
	ActRead     Act = "READ"           // by id, in lists, counts, groups, walks, histories and events
	ActSearch   Act = "SEARCH"         // find by words
	ActExport   Act = "EXPORT"         // take away in files
	ActSignOut  Act = "SIGN_OUT"       // take one's own token back
	ActCreate   Act = "CREATE"         // make a record
	ActUpdate   Act = "UPDATE"         // change a record, its links, or many at once
	ActComplete Act = "COMPLETE_STEP"  // mark a step of a decision as done
	ActPublish  Act = "PUBLISH"        // change the visibility of a record, either way
	ActPreview  Act = "PREVIEW_IMPORT" // read minutes and show what would change
	ActImport   Act = "IMPORT"         // read minutes and store what they state
	ActDelete   Act = "DELETE"         // leave a tombstone
	ActMerge    Act = "MERGE"          // make two people or organizations one
	ActUndo     Act = "UNDO"           // take back a change of the log
	ActManage   Act = "MANAGE"         // accounts, revocations and webhooks
)

// Rule is one row of the table: the least role that may do something to what is PUBLIC, and to what is INTERNAL. The empty
// role is a guest's; each role may what the one before may.
type Rule struct {
	Act              Act
	Public, Internal Role
}

// guest is the role of a caller without a token.
const guest Role = ""

// rules is the table. The gate of the mutations, the store's filter of rows, and with it every list, count, export and event,
// ask it; nothing else says who may do what.
var rules = [...]Rule{
	//            PUBLIC      INTERNAL
	{ActSignIn, guest, guest},
	{ActRead, guest, RoleViewer},
	{ActSearch, guest, RoleViewer},
	{ActExport, guest, RoleViewer},
	{ActSignOut, RoleViewer, RoleViewer},
	{ActCreate, RoleEditor, RoleEditor},
	{ActUpdate, RoleEditor, RoleEditor},
	{ActComplete, RoleEditor, RoleEditor},
	{ActPublish, RoleEditor, RoleEditor},
	{ActPreview, RoleEditor, RoleEditor},
	{ActImport, RoleEditor, RoleEditor},
	{ActDelete, RoleAdmin, RoleAdmin},
	{ActMerge, RoleAdmin, RoleAdmin},
	{ActUndo, RoleAdmin, RoleAdmin},
	{ActManage, RoleAdmin, RoleAdmin},
}

// Rules returns the table, one row an act.
func Rules() []Rule { return slices.Clone(rules[:]) }

// Least returns the least role that the row has for a visibility.
func (r Rule) Least(v Visibility) Role {
	if v == VisibilityPublic {
		return r.Public
	}
	return r.Internal
}

// Allows reports whether the role may do something to what has the visibility. An act that is not in the table is allowed to
// nobody, and a role that is none may nothing.
func Allows(role Role, act Act, v Visibility) bool {
	for _, rule := range rules {
		if rule.Act == act {
			least := rule.Least(v)
			return role.AtLeast(least) || least == guest && (role == guest || role.Valid())
		}
	}
	return false
}
