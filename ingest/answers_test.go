package ingest

import (
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// created makes a record by hand.
func created(t *testing.T, db *store.Store, e *store.Entity, values map[string]any) models.Record {
	t.Helper()
	var record models.Record
	write(t, db, func(tx *store.Tx) (err error) {
		record, err = tx.Create(e, values)
		return err
	})
	return record
}

func TestImportFindsOfficesOfItsCityOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		o := store.Schema.Organizations
		city := created(t, db, o, map[string]any{"name": "太仓市人民政府", "kind": "GOVERNMENT"})
		office := created(t, db, o, map[string]any{"name": "太仓市科学技术局", "kind": "DEPARTMENT", "parent": city.NodeID()})
		loose := created(t, db, o, map[string]any{"name": "太仓市教育局", "kind": "DEPARTMENT"})
		other := created(t, db, o, map[string]any{"name": "张家港市人民政府", "kind": "GOVERNMENT"})
		stranger := created(t, db, o, map[string]any{"name": "张家港市科学技术局", "parent": other.NodeID(), "names": []any{map[string]any{"text": "市科技局", "kind": "SHORT"}}})
		report := imported(t, db, seed(t))
		found := map[string]models.ID{}
		for _, m := range report.Matches {
			if m.Type == models.TypeOrganization && m.RecordID != nil {
				found[m.Name] = *m.RecordID
			}
		}
		for name, want := range map[string]models.Record{"太仓市人民政府": city, "市政府": city, "市科技局": office, "市教育局": loose} {
			if found[name] != want.Meta().ID {
				t.Errorf("%s was not found to be %s", name, models.EncodeID(models.TypeOrganization, want.Meta().ID))
			}
		}
		look(t, db, func(tx *store.Tx) error {
			if names := all[models.Name](t, tx, "owner_id", office.Meta().ID); len(names) != 2 || names[1].Text != "市科技局" || names[1].Kind != models.NameKindShort {
				t.Errorf("the names of the office: %+v", names)
			}
			if record := all[models.Organization](t, tx, "id", office.Meta().ID)[0]; record.Name != "太仓市科学技术局" {
				t.Errorf("the office is called %s now", record.Name)
			}
			if spans := all[models.SourceSpan](t, tx, "owner_id", stranger.Meta().ID); len(spans) > 0 {
				t.Error("the office of another city has a source in these minutes")
			}
			return nil
		})
	})
}

// A question is answered by its key: by a record, or by a new one.
func TestImportAnswers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		o := store.Schema.Organizations
		city := created(t, db, o, map[string]any{"name": "太仓市人民政府", "kind": "GOVERNMENT"})
		first := created(t, db, o, map[string]any{"name": "太仓市城市管理局", "parent": city.NodeID()})
		created(t, db, o, map[string]any{"name": "太仓市城市管理和综合执法局", "parent": city.NodeID()})
		r, err := Read(seed(t))
		if err != nil {
			t.Fatal(err)
		}
		before := lastChange(t, db)
		preview, err := Preview(t.Context(), db, editor, r)
		if err != nil {
			t.Fatal(err)
		}
		if after := lastChange(t, db); after != before {
			t.Fatal("a preview wrote something")
		}
		questions := preview.Questions()
		if len(questions) != 1 || questions[0].Key != "organization:市城管局" || len(questions[0].Candidates) != 2 {
			t.Fatalf("questions of the preview: %+v", questions)
		}
		if questions[0].RecordID != nil {
			t.Error("a preview names a record that it did not make")
		}
		id := first.Meta().ID
		in := seed(t)
		in.Resolutions = []*models.MatchResolution{{Key: "organization:市城管局", Record: &id}, {Key: "person:张展", CreateNew: true}}
		report := imported(t, db, in)
		if len(report.Questions()) > 0 {
			t.Errorf("an answered question was asked again: %+v", report.Questions()[0])
		}
		again := imported(t, db, seed(t))
		if again.Changed() || len(again.Questions()) > 0 {
			t.Errorf("without the answer the same text changed something or asked again: %v", counts(again))
		}
		unknown := models.NewID()
		for _, wrong := range []*models.MatchResolution{{Key: "organization:没有", CreateNew: true}, {Key: "organization:市城管局", Record: &unknown}} {
			in.Resolutions = []*models.MatchResolution{wrong}
			r, err := Read(in)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Import(t.Context(), db, editor, r); store.UserErrors(err) == nil {
				t.Errorf("the answer %+v: %v, want what is wrong with it", wrong, err)
			}
		}
	})
}
