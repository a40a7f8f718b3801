package models

import "testing"

// TestRulesMatchTheContract holds what the API promises: guests read what is public, VIEWER reads INTERNAL, EDITOR writes,
// ADMIN merges, deletes, undoes and manages.
func TestRulesMatchTheContract(t *testing.T) {
	ladder := []Role{guest, RoleViewer, RoleEditor, RoleAdmin}
	allowed := map[Act][2]int{ // how far up the ladder one must be, for PUBLIC and for INTERNAL
		ActSignIn: {0, 0}, ActRead: {0, 1}, ActSearch: {0, 1}, ActExport: {0, 1}, ActSignOut: {1, 1}, ActCreate: {2, 2}, ActUpdate: {2, 2}, ActComplete: {2, 2}, ActPublish: {2, 2},
		ActPreview: {2, 2}, ActImport: {2, 2}, ActDelete: {3, 3}, ActMerge: {3, 3}, ActUndo: {3, 3}, ActManage: {3, 3},
	}
	if len(Rules()) != len(allowed) {
		t.Errorf("the table has %d rows, want %d", len(Rules()), len(allowed))
	}
	for act, least := range allowed {
		for i, v := range []Visibility{VisibilityPublic, VisibilityInternal} {
			for at, role := range ladder {
				if got := Allows(role, act, v); got != (at >= least[i]) {
					t.Errorf("Allows(%q, %s, %s) = %t", role, act, v, got)
				}
			}
			for _, role := range []Role{"admin", "SUPERUSER", "ADMIN "} {
				if Allows(role, act, v) {
					t.Errorf("Allows(%q, %s, %s)", role, act, v)
				}
			}
		}
	}
	if Allows(RoleAdmin, "DROP_TABLE", VisibilityPublic) || Allows(RoleAdmin, "", VisibilityPublic) {
		t.Error("an act that is not in the table is allowed")
	}
	table := Rules()
	for i := range table {
		table[i].Public, table[i].Internal = guest, guest
	}
	if Allows(guest, ActDelete, VisibilityPublic) {
		t.Error("a caller can change the table")
	}
}

// TestWhoeverWritesSeesAll holds what the answers of mutations rest on: that a title is taken, a record is needed elsewhere or has
// another version is told to roles only that may read the record it is about.
func TestWhoeverWritesSeesAll(t *testing.T) {
	for _, rule := range Rules() {
		switch rule.Act {
		case ActRead, ActSearch, ActExport, ActSignIn, ActSignOut:
			continue
		}
		for _, role := range []Role{guest, RoleViewer, RoleEditor, RoleAdmin} {
			for _, v := range []Visibility{VisibilityPublic, VisibilityInternal} {
				if Allows(role, rule.Act, v) && !(Actor{Role: role}).SeesInternal() {
					t.Errorf("%q may %s and does not see what is INTERNAL", role, rule.Act)
				}
			}
		}
	}
}
