package auth

import (
	"testing"

	"github.com/minutebook/minutebook/models"
)

func TestRulesGrowWithTheRole(t *testing.T) {
	ladder := []models.Role{Guest, models.RoleViewer, models.RoleEditor, models.RoleAdmin}
	for _, rule := range Rules() {
		for i := 1; i < len(ladder); i++ {
			if rule.Allows(ladder[i-1]) && !rule.Allows(ladder[i]) {
				t.Errorf("%s: allowed to %q and not to %q", rule.Operation, ladder[i-1], ladder[i])
			}
		}
		if !rule.Allows(models.RoleAdmin) {
			t.Errorf("%s: allowed to nobody", rule.Operation)
		}
	}
}

// TestRulesMatchTheContract holds what the API promises: guests read what is public, VIEWER reads INTERNAL, EDITOR
// writes, ADMIN merges, deletes, undoes and manages.
func TestRulesMatchTheContract(t *testing.T) {
	lowest := map[Operation]models.Role{
		ReadPublic: Guest, SignInOp: Guest, ReadInternal: models.RoleViewer,
		Create: models.RoleEditor, Update: models.RoleEditor, CompleteStep: models.RoleEditor, Publish: models.RoleEditor,
		PreviewImport: models.RoleEditor, Import: models.RoleEditor,
		Delete: models.RoleAdmin, Merge: models.RoleAdmin, Undo: models.RoleAdmin, ManageUsers: models.RoleAdmin, ManageHooks: models.RoleAdmin,
	}
	if len(lowest) != len(Rules()) {
		t.Errorf("the table has %d rows, want %d", len(Rules()), len(lowest))
	}
	for op, least := range lowest {
		for _, role := range []models.Role{Guest, models.RoleViewer, models.RoleEditor, models.RoleAdmin} {
			want := least == Guest || role.AtLeast(least)
			if got := Allows(role, op); got != want {
				t.Errorf("Allows(%q, %s) = %t, want %t", role, op, got, want)
			}
		}
	}
}

func TestUnknownRolesAndOperations(t *testing.T) {
	for _, role := range []models.Role{"admin", "SUPERUSER", "ADMIN "} {
		for _, rule := range Rules() {
			if Allows(role, rule.Operation) {
				t.Errorf("Allows(%q, %s)", role, rule.Operation)
			}
		}
	}
	if Allows(models.RoleAdmin, "DROP_TABLE") || Allows(models.RoleAdmin, "") {
		t.Error("an operation that is not in the table is allowed")
	}
}

func TestRulesIsACopy(t *testing.T) {
	table := Rules()
	for i := range table {
		table[i].Guest = true
	}
	if Allows(Guest, Delete) {
		t.Error("a caller can change the table")
	}
}
