package ingest

import (
	"testing"

	"github.com/minutebook/minutebook/models"
)

func TestOrganizationKind(t *testing.T) {
	from := viewpoint{[]string{"太仓市"}}
	for name, want := range map[string]models.OrganizationKind{
		"市发改委":        models.OrganizationKindDepartment,
		"市住建委":        models.OrganizationKindDepartment,
		"市国资委":        models.OrganizationKindDepartment,
		"市卫健委":        models.OrganizationKindDepartment,
		"太仓市发展和改革委员会": models.OrganizationKindDepartment,
		"市发改局":        models.OrganizationKindDepartment,
		"市安委会":        models.OrganizationKindCommittee,
		"市城乡规划委员会":    models.OrganizationKindCommittee,
		"市防汛工作领导小组":   models.OrganizationKindCommittee,
		"市委":          models.OrganizationKindParty,
		"市纪委监委":       models.OrganizationKindParty,
		"市人大常委会":      models.OrganizationKindLegislature,
		"市政府":         models.OrganizationKindGovernment,
		"市人大教育委员会":    models.OrganizationKindCommittee,
		"市政协":         models.OrganizationKindLegislature,
		"浏河镇":         models.OrganizationKindSubdivision,
		"市人民法院":       models.OrganizationKindCourt,
		"市妇联":         models.OrganizationKindAssociation,
		"各镇人民政府":      models.OrganizationKindCollective,
	} {
		if got := organizationKind(name, from.read(name)); got != want {
			t.Errorf("%s is %s, wanted %s", name, got, want)
		}
	}
}

// TestNamed checks that a meeting is not named twice by the organ that met.
func TestNamed(t *testing.T) {
	for _, c := range []struct{ body, series, want string }{
		{"太仓市人民政府党组", "党组会议", "太仓市人民政府党组会议"},
		{"太仓市人民政府党组", "党组（扩大）会议", "太仓市人民政府党组（扩大）会议"},
		{"中共太仓市委常委会", "常委会会议", "中共太仓市委常委会会议"},
		{"太仓市人民政府", "常务会议", "太仓市人民政府常务会议"},
		{"浏河镇党委", "党委会", "浏河镇党委会"},
	} {
		if got := named(c.body, c.series); got != c.want {
			t.Errorf("%s and %s: %s, wanted %s", c.body, c.series, got, c.want)
		}
	}
}
