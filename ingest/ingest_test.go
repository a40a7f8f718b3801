package ingest

import (
	"os"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

var editor = models.Actor{Subject: "ed", Role: models.RoleEditor}

// opened opens an empty database.
func opened(t testing.TB, database string) *store.Store {
	t.Helper()
	db, err := store.Open(t.Context(), database, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

// sample is the text of a file of the samples.
func sample(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile("../samples/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func imported(t testing.TB, db *store.Store, in Input) *Report {
	t.Helper()
	r, err := Read(in)
	if err != nil {
		t.Fatal(err)
	}
	report, err := Import(t.Context(), db, editor, r)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		for range 2 {
			report := imported(t, db, Input{Name: "seed", Text: sample(t, "taicang-2022-08.txt")})
			for _, c := range report.Counts {
				t.Logf("%+v", *c)
			}
			for _, m := range report.Matches {
				if m.Status != models.ImportMatchNew && m.Type != models.TypePerson {
					t.Logf("%s %s %s %v", m.Key, m.Status, m.Why, m.Candidates)
				}
			}
			for _, w := range report.Warnings {
				t.Logf("%+v", *w)
			}
		}
	})
}
