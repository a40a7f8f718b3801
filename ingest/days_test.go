package ingest

import (
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// TestFurtherTextOfAnotherDay imports a second text of a meeting that says another day and more: what it adds has the day of
// the meeting, as all that is below one has. So it is where a person has set the day.
func TestFurtherTextOfAnotherDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		const head = "某市第十六届人民政府第7次常务会议纪要\n"
		first := Input{Text: head + "会议审议了《甲办法》。\n", HeldOn: "2022-06-01", Body: "某市人民政府"}
		meeting := imported(t, db, first).Meeting
		further := Input{Text: head + "一、会议听取了市科技局关于科技创新的汇报。会议指出，要抓好落实。\n二、会议审议了《乙条例》，原则通过。\n三、会议研究了其他事项。\n", HeldOn: "2022-06-09", Body: "某市人民政府"}
		if report := imported(t, db, further); report.Meeting != meeting {
			t.Fatal("the texts were taken for two meetings")
		}
		sound(t, db)
		err := db.Write(t.Context(), editor, func(tx *store.Tx) error {
			_, err := tx.Update(store.Schema.Meetings, meeting, map[string]any{"heldOn": models.Date("2022-06-05")}, nil)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		first.Text += "会议还审议了《丙规划》。\n"
		imported(t, db, first)
		sound(t, db)
	})
}

// sound verifies a database.
func sound(t *testing.T, db *store.Store) {
	t.Helper()
	report, err := db.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range report.Problems {
		t.Error(problem)
	}
}
