package ingest

import (
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// killAfter tells the child process of TestKilledImportLeavesNothing which statement it shall not survive.
const (
	killAfter    = "MINUTEBOOK_TEST_KILL_AFTER"
	killDatabase = "MINUTEBOOK_TEST_KILL_DATABASE"
)

// TestMortalImport is the child: it imports the seed and is killed, as by kill -9, after so many statements.
func TestMortalImport(t *testing.T) {
	after, err := strconv.Atoi(os.Getenv(killAfter))
	if err != nil {
		t.Skip("this is a step of TestKilledImportLeavesNothing")
	}
	r, err := Read(seed(t))
	if err != nil {
		t.Fatal(err)
	}
	counting, done := false, 0
	db, err := store.Open(t.Context(), os.Getenv(killDatabase), store.Options{Observe: func(string, time.Duration, error) {
		if counting {
			if done++; done == after {
				self, _ := os.FindProcess(os.Getpid())
				_ = self.Kill()
				select {} // the kill is on its way
			}
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	counting = true
	if _, err := Import(t.Context(), db, editor, r); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// everything counts the rows of all records, and the entries of the log.
func everything(t *testing.T, db *store.Store) map[string]int {
	t.Helper()
	out := map[string]int{"log": int(lastChange(t, db))}
	look(t, db, func(tx *store.Tx) error {
		out["meetings"] = len(all[models.Meeting](t, tx, "state", "HELD"))
		out["organizations"] = len(all[models.Organization](t, tx, "visibility", "PUBLIC", "INTERNAL"))
		out["people"] = len(all[models.Person](t, tx, "visibility", "PUBLIC", "INTERNAL"))
		out["documents"] = len(all[models.Document](t, tx, "visibility", "PUBLIC", "INTERNAL"))
		out["attendances"] = len(all[models.Attendance](t, tx, "status", "PRESENT"))
		out["spans"] = len(all[models.SourceSpan](t, tx, "method", "RULE", "DERIVED"))
		out["names"] = len(all[models.Name](t, tx, "kind", "OFFICIAL", "SHORT", "ALIAS"))
		return nil
	})
	return out
}

func TestKilledImportLeavesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db, err := store.Open(t.Context(), database, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		for _, after := range []int{1, 5, 20, 35, 60, 200, 700} {
			child := exec.Command(os.Args[0], "-test.run=^TestMortalImport$")
			child.Env = append(os.Environ(), killAfter+"="+strconv.Itoa(after), killDatabase+"="+database)
			output, err := child.CombinedOutput()
			if err == nil {
				t.Logf("an import has fewer than %d statements here", after)
				break
			}
			if child.ProcessState.Exited() {
				t.Fatalf("the child ended by itself: %v\n%s", err, output)
			}
			db := opened(t, database)
			for what, n := range everything(t, db) {
				if n > 0 {
					t.Errorf("killed after %d statements: %d of %s are there", after, n, what)
				}
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		db = opened(t, database)
		imported(t, db, seed(t))
		if got := everything(t, db); got["meetings"] != 1 || got["attendances"] != 72 || got["people"] != 70 || got["organizations"] != 77 {
			t.Errorf("the next run left %v", got)
		}
	})
}
