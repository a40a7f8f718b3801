package ingest

import (
	"strings"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// replaced changes a text, and fails where there is nothing to change.
func replaced(t testing.TB, text string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("%q is not in the text", pairs[i])
		}
		text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
	}
	return text
}

// write runs a step as an editor who is a person.
func write(t testing.TB, db *store.Store, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), editor, fn); err != nil {
		t.Fatal(err)
	}
}

func TestImportCorrectedText(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		first := imported(t, db, seed(t))
		in := seed(t)
		in.Text = replaced(t, in.Text,
			"第 8 号", "（更正后重发）\n\n第 8 号",
			"市委宣传部王勇", "市委宣传部王永",
			"听取 2022 年太仓市食品安全半年度工作汇报", "听取 2022 年太仓市食品药品安全半年度工作汇报",
			"（三）要以巩固食品安全示范城市创建成果为抓手，压紧压实责任，主动对标对表，形成工作合力，凸显亮点特色，加大宣传力度，维护食品安全大局稳定。", "",
			"银保监组代表。", "银保监组代表，人防办周海。")
		report := imported(t, db, in)
		if report.Meeting != first.Meeting || report.Document != first.Document {
			t.Fatal("the corrected text is another meeting or another document")
		}
		for recordType, want := range map[models.RecordType][4]int{
			models.TypeMeeting: {0, 0, 1, 0}, models.TypeDocument: {0, 1, 8, 0}, models.TypePerson: {2, 0, 69, 1}, models.TypeOrganization: {1, 0, 77, 0},
		} {
			if got := counts(report)[recordType]; got != want {
				t.Errorf("%s: created, updated, unchanged, withdrawn %v, want %v", recordType, got, want)
			}
		}
		if got := counts(report)[models.TypeDirective]; got[3] != 1 || got[0] != 0 {
			t.Errorf("directives: %v; want one withdrawn and none created", got)
		}
		described := describe(t, db, report.Meeting)
		for _, there := range []string{"王永 | 市委宣传部", "食品药品安全半年度", "周海 | 人防办"} {
			if !strings.Contains(described, there) {
				t.Errorf("%s is not in the graph", there)
			}
		}
		for _, gone := range []string{"王勇", "食品安全示范城市"} {
			if strings.Contains(described, gone) {
				t.Errorf("%s is still in the graph", gone)
			}
		}
		checkSpans(t, db, report)
		checkTombstones(t, db, models.TypeDirective, models.TypePerson)
		again := imported(t, db, in)
		if again.Changed() {
			t.Errorf("the corrected text a second time changed something: %v", counts(again))
		}
	})
}

// checkTombstones holds that the log says of one record of each type that it was withdrawn.
func checkTombstones(t *testing.T, db *store.Store, types ...models.RecordType) {
	t.Helper()
	look(t, db, func(tx *store.Tx) error {
		found := map[models.RecordType]int{}
		e := store.Schema.Changes
		page, err := db.Page(t.Context(), editor, &store.Query{
			Entity: e, Rows: true, Sort: e.Sort, Columns: []*store.Column{e.Field("operation"), e.Field("type"), e.Field("reason")},
		})
		for _, entry := range page.(*models.ChangeConnection).Nodes {
			if entry.Operation == models.OperationDelete && entry.Reason != nil && *entry.Reason == string(models.DeletedWithdrawn) {
				found[entry.Type]++
			}
		}
		for _, recordType := range types {
			if found[recordType] != 1 {
				t.Errorf("%d tombstones of a %s with the reason WITHDRAWN, want 1", found[recordType], recordType)
			}
		}
		return err
	})
}

// edited are the records of the seed that a person changes in a test.
type edited struct {
	item, directive, decision, seat models.ID
}

func edit(t *testing.T, db *store.Store, meeting models.ID) edited {
	t.Helper()
	var e edited
	write(t, db, func(tx *store.Tx) error {
		items := byPosition(all[models.AgendaItem](t, tx, "meeting_id", meeting), func(i *models.AgendaItem) int { return i.Position })
		e.item = items[5].ID
		for _, d := range all[models.Directive](t, tx, "agenda_item_id", e.item) {
			if d.Position == 3 {
				e.directive = d.ID
			}
		}
		e.decision = all[models.Decision](t, tx, "agenda_item_id", items[0].ID)[0].ID
		for _, a := range all[models.Attendance](t, tx, "meeting_id", meeting) {
			if strings.HasSuffix(a.Label, "王勇") {
				e.seat = a.ID
			}
		}
		if _, err := tx.Update(store.Schema.AgendaItems, e.item, map[string]any{"title": "听取食品安全汇报"}, nil); err != nil {
			return err
		}
		if _, err := tx.Update(store.Schema.Directives, e.directive, map[string]any{"label": "(3)"}, nil); err != nil {
			return err
		}
		if _, err := tx.Update(store.Schema.Attendances, e.seat, map[string]any{"title": "部长"}, nil); err != nil {
			return err
		}
		_, err := tx.CompleteStep(e.decision, 1, "2022-06-20", nil)
		return err
	})
	return e
}

func TestImportKeepsWhatAPersonEdited(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		first := imported(t, db, seed(t))
		e := edit(t, db, first.Meeting)
		before := lastChange(t, db)
		same := imported(t, db, seed(t))
		if after := lastChange(t, db); after != before {
			t.Errorf("the same text wrote %d entries over edits: %v", after-before, counts(same))
		}
		in := seed(t)
		in.Text = replaced(t, in.Text,
			"听取 2022 年太仓市食品安全半年度工作汇报", "听取 2022 年太仓市食品药品安全半年度工作汇报",
			"（三）要以巩固食品安全示范城市创建成果为抓手，压紧压实责任，主动对标对表，形成工作合力，凸显亮点特色，加大宣传力度，维护食品安全大局稳定。", "")
		report := imported(t, db, in)
		kept := map[models.ID]string{}
		for _, k := range report.Kept {
			kept[k.RecordID] = or(k.Field)
		}
		if kept[e.item] != "title" {
			t.Errorf("the title of the item is not reported as kept: %v", kept)
		}
		if kept[e.directive] != "-" {
			t.Errorf("the directive that the text dropped is not reported as kept: %v", kept)
		}
		described := describe(t, db, first.Meeting)
		for _, there := range []string{"| 听取食品安全汇报\n", "directive | (3)", "王勇 | 市委宣传部 | 部长", "REVISE | 市科技局 | to - | in the name of - | - | - | - | DONE"} {
			if !strings.Contains(described, there) {
				t.Errorf("%q, which a person wrote, is gone", there)
			}
		}
	})
}

func TestImportCorrectedDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		first := imported(t, db, seed(t))
		in := seed(t)
		in.Text = replaced(t, in.Text, "2022 年 6 月 1 日上午", "2022 年 5 月 31 日上午")
		report := imported(t, db, in)
		if report.Meeting != first.Meeting {
			t.Fatal("the day was corrected, and a second meeting made")
		}
		if described := describe(t, db, first.Meeting); !strings.Contains(described, "2022-05-31") {
			t.Error("the day is as it was")
		}
	})
}
