package main

import (
	"bytes"
	"database/sql"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/minutebook/minutebook/store/storetest"
)

// TestVerifyCommand checks a database after an import, and again after somebody has changed a row of the log by hand.
func TestVerifyCommand(t *testing.T) {
	database := storetest.SQLite(t)
	do := func(args ...string) (int, string, string) {
		var out, errs bytes.Buffer
		status := run(t.Context(), args, func(name string) string {
			return map[string]string{"MINUTEBOOK_DATABASE": database}[name]
		}, console{strings.NewReader(""), &out, &errs})
		return status, out.String(), errs.String()
	}
	if status, _, errs := do("verify"); status != exitFailed || !strings.Contains(errs, "migrate") {
		t.Errorf("an empty file: %d %s", status, errs)
	}
	if status, _, errs := do("import", "samples"); status != exitGood {
		t.Fatal(errs)
	}
	if status, out, errs := do("verify"); status != exitGood || !strings.Contains(out, "as they should be") {
		t.Fatalf("%d %s %s", status, out, errs)
	}
	db, err := sql.Open("sqlite", strings.TrimPrefix(database, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "UPDATE changes SET actor = 'nobody' WHERE sequence IN (5, 9)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	status, out, errs := do("verify")
	if status != exitFailed || !strings.HasPrefix(out, "change 5 (") || strings.Count(out, "\n") != 2 || !strings.Contains(errs, "2 problems; the first is: change 5") {
		t.Errorf("%d\n%s\n%s", status, out, errs)
	}
}
