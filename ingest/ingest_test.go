package ingest

import (
	"flag"
	"os"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/minutebook/minutebook/minutes/extract"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

var update = flag.Bool("update", false, "write the expected files anew")

var editor = models.Actor{Subject: "ed", Role: models.RoleEditor}

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == extract.ChildArgument { // the process that reads a PDF
		os.Exit(extract.RunChild(os.Stdin, os.Stdout, os.Stderr))
	}
	// The connection of storetest to its server stays open until the process ends.
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"),
		goleak.IgnoreAnyFunction("github.com/go-sql-driver/mysql.(*mysqlConn).startWatcher.func1"))
}

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

const seedFile = "taicang-2022-08.txt"

func seed(tb testing.TB) Input {
	tb.Helper()
	return Input{Name: seedFile, Text: sample(tb, seedFile)}
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

// counts are the counts of a report by type, as created, updated, unchanged, withdrawn.
func counts(r *Report) map[models.RecordType][4]int {
	out := map[models.RecordType][4]int{}
	for _, c := range r.Counts {
		out[c.Type] = [4]int{c.Created, c.Updated, c.Unchanged, c.Withdrawn}
	}
	return out
}

// lastChange is the number of the last entry of the log.
func lastChange(t testing.TB, db *store.Store) int64 {
	t.Helper()
	var last int64
	look(t, db, func(tx *store.Tx) (err error) {
		last, err = tx.Hold()
		return err
	})
	return last
}

// checkSpans holds what every import must keep: the quotation of each span stands at its place of the document, and each
// record has a span.
func checkSpans(t testing.TB, db *store.Store, report *Report) {
	t.Helper()
	look(t, db, func(tx *store.Tx) error {
		document := all[models.Document](t, tx, "id", report.Document)[0]
		runes := []rune(*document.Text)
		owners := map[models.ID]bool{}
		for _, s := range all[models.SourceSpan](t, tx, "document_id", report.Document) {
			if s.Start < 0 || s.End > len(runes) || string(runes[s.Start:s.End]) != s.Quote {
				t.Errorf("a span %d-%d does not hold its quotation %q", s.Start, s.End, s.Quote)
			}
			if s.Field == nil {
				owners[s.OwnerID] = true
			}
		}
		missing := func(what string, id models.ID) {
			if !owners[id] && len(all[models.SourceSpan](t, tx, "owner_id", id)) == 0 {
				t.Errorf("%s %s has no span", what, id)
			}
		}
		missing("meeting", report.Meeting)
		missing("document", report.Document)
		for _, item := range all[models.AgendaItem](t, tx, "meeting_id", report.Meeting) {
			missing("item", item.ID)
			for _, p := range all[models.Presentation](t, tx, "agenda_item_id", item.ID) {
				missing("presenter", p.ID)
			}
			for _, d := range all[models.Directive](t, tx, "agenda_item_id", item.ID) {
				missing("directive", d.ID)
			}
		}
		for _, d := range all[models.Decision](t, tx, "meeting_id", report.Meeting) {
			missing("decision", d.ID)
			for _, s := range all[models.DecisionStep](t, tx, "decision_id", d.ID) {
				missing("step", s.ID)
			}
		}
		for _, a := range all[models.Attendance](t, tx, "meeting_id", report.Meeting) {
			missing("attendance", a.ID)
		}
		for _, d := range all[models.Distribution](t, tx, "document_id", report.Document) {
			missing("recipient", d.ID)
		}
		return nil
	})
}

// expect compares a text with a file of testdata.
func expect(t testing.TB, file, got string) {
	t.Helper()
	path := "testdata/" + file
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wanted, lines := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range max(len(wanted), len(lines)) {
		a, b := "", ""
		if i < len(wanted) {
			a = wanted[i]
		}
		if i < len(lines) {
			b = lines[i]
		}
		if a != b {
			t.Errorf("%s, line %d:\n got %s\nwant %s", file, i+1, b, a)
		}
	}
}

func TestImportSeed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		report := imported(t, db, seed(t))
		expect(t, "taicang-2022-08.expected", describe(t, db, report.Meeting))
		checkSpans(t, db, report)
		want := map[models.RecordType]int{
			models.TypeMeeting: 1, models.TypeDocument: 9, models.TypeAgendaItem: 9, models.TypeDecision: 6, models.TypeDirective: 25,
			models.TypeAttendance: 72, models.TypePerson: 70, models.TypeOrganization: 77,
		}
		for recordType, n := range want {
			if got := counts(report)[recordType]; got != [4]int{n, 0, 0, 0} {
				t.Errorf("%s: created, updated, unchanged, withdrawn %v; want %d created", recordType, got, n)
			}
		}
		if questions := report.Questions(); len(questions) > 0 {
			t.Errorf("a question about %s in a text that has none", questions[0].Key)
		}
	})
}

func TestImportTwiceChangesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		imported(t, db, seed(t))
		before := lastChange(t, db)
		in := seed(t)
		in.Name = "another name.txt"
		report := imported(t, db, in)
		for recordType, got := range counts(report) {
			if got[0]+got[1]+got[3] > 0 {
				t.Errorf("%s: created, updated, unchanged, withdrawn %v; want all unchanged", recordType, got)
			}
		}
		if after := lastChange(t, db); after != before {
			t.Errorf("the log has %d new entries", after-before)
		}
		checkSpans(t, db, report)
	})
}
