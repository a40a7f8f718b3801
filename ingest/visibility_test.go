package ingest

import (
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// visible counts what a guest sees of each type.
func visible(t *testing.T, db *store.Store) map[models.RecordType]int {
	t.Helper()
	out := map[models.RecordType]int{}
	for _, e := range store.Schema.RecordEntities() {
		page, err := db.Page(t.Context(), models.Actor{}, &store.Query{Entity: e, Total: true, Sort: e.Sort})
		if err != nil {
			t.Fatal(err)
		}
		switch c := page.(type) {
		case *models.MeetingConnection:
			out[e.Record] = c.TotalCount
		case *models.AgendaItemConnection:
			out[e.Record] = c.TotalCount
		case *models.PersonConnection:
			out[e.Record] = c.TotalCount
		case *models.OrganizationConnection:
			out[e.Record] = c.TotalCount
		case *models.AttendanceConnection:
			out[e.Record] = c.TotalCount
		case *models.DocumentConnection:
			out[e.Record] = c.TotalCount
		}
	}
	return out
}

// unmarked is the seed without its mark for publication, as the minutes of the meeting before.
func unmarked(t *testing.T) Input {
	t.Helper()
	return Input{Name: "unmarked", Text: replaced(t, sample(t, seedFile), "（此件公开发布）", "", "第 7 次常务会议", "第 6 次常务会议", "2022 年 6 月 1 日上午", "2022 年 5 月 18 日上午")}
}

func TestImportIsInternalUnlessMarked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		imported(t, db, unmarked(t))
		for recordType, n := range visible(t, db) {
			if n > 0 {
				t.Errorf("a guest sees %d of %s of minutes without a mark", n, recordType)
			}
		}
		imported(t, db, seed(t))
		want := map[models.RecordType]int{
			models.TypeMeeting: 1, models.TypeAgendaItem: 9, models.TypePerson: 70, models.TypeOrganization: 77, models.TypeAttendance: 72, models.TypeDocument: 9,
		}
		seen := visible(t, db)
		for recordType, n := range want {
			if seen[recordType] != n {
				t.Errorf("a guest sees %d of %s, want the %d of the marked minutes", seen[recordType], recordType, n)
			}
		}
		before := lastChange(t, db)
		imported(t, db, unmarked(t))
		imported(t, db, seed(t))
		if after := lastChange(t, db); after != before {
			t.Errorf("both again wrote %d entries", after-before)
		}
	})
}

func TestImportPublishes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		in := unmarked(t)
		imported(t, db, in)
		in.Visibility = models.VisibilityPublic
		imported(t, db, in)
		seen := visible(t, db)
		if seen[models.TypeMeeting] != 1 || seen[models.TypeAgendaItem] != 9 || seen[models.TypeAttendance] != 72 {
			t.Errorf("a guest sees %v of what the importer made public", seen)
		}
		in.Visibility = models.VisibilityInternal
		imported(t, db, in)
		if again := visible(t, db); again[models.TypeMeeting] != 1 {
			t.Error("an import closed a meeting")
		}
	})
}

func TestImportLeavesClosedWhatWasClosedByHand(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		report := imported(t, db, seed(t))
		write(t, db, func(tx *store.Tx) error {
			seat := all[models.Attendance](t, tx, "meeting_id", report.Meeting)[20]
			_, err := tx.SetVisibility(store.Schema.People, *seat.PersonID, models.VisibilityInternal, nil)
			return err
		})
		imported(t, db, Input{Name: "next", Text: replaced(t, sample(t, seedFile), "第 7 次常务会议", "第 8 次常务会议", "2022 年 6 月 1 日上午", "2022 年 6 月 8 日上午")})
		if seen := visible(t, db); seen[models.TypePerson] != 69 {
			t.Errorf("a guest sees %d people; the one who was closed by hand must stay so", seen[models.TypePerson])
		}
	})
}
