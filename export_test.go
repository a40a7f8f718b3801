package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/resolvers"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// TestExportCommand writes files, breaks one off after its first page, and goes on with it: it is the same to the byte.
func TestExportCommand(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		dir := t.TempDir()
		do := func(args ...string) (int, string, string) {
			var out, errs bytes.Buffer
			status := run(t.Context(), args, func(name string) string {
				return map[string]string{"MINUTEBOOK_DATABASE": database}[name]
			}, console{strings.NewReader(""), &out, &errs})
			return status, out.String(), errs.String()
		}
		read := func(name string) string {
			t.Helper()
			text, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		if status, _, errs := do("import", "samples"); status != exitGood {
			t.Fatal(errs)
		}
		crowd(t, database)
		if status, out, errs := do("export", "--dir", dir, "all.csv", "changes.jsonl", "network.gexf?kind=OWES", "network.graphml"); status != exitGood {
			t.Fatalf("%s %s", out, errs)
		}
		for name, want := range map[string]string{
			"people.csv": "id,", "meetings.csv": "太仓市", "network-OWES.gexf": "<gexf", "network.graphml": "<graphml", "changes.jsonl": `"operation":"CREATE"`,
		} {
			if !strings.Contains(read(name), want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
		whole := read("changes.jsonl")
		breakOff(t, database, dir)
		if status, out, errs := do("export", "--dir", dir, "changes.jsonl"); status != exitGood {
			t.Fatalf("%s %s", out, errs)
		}
		if again := read("changes.jsonl"); again != whole {
			t.Errorf("%d bytes after it was broken off, %d before", len(again), len(whole))
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "*.[pn][ae]*t")); len(left) > 0 {
			t.Errorf("left over: %v", left)
		}
		for _, args := range [][]string{{"nothing.csv"}, {"people.pdf"}, {"people.csv?after=x"}, {"../../people.csv"}, {}} {
			if status, _, errs := do(append([]string{"export", "--dir", dir}, args...)...); status != exitFailed {
				t.Errorf("%v: %d %s", args, status, errs)
			}
		}
	})
}

// crowd adds so many people that the log is more than a page.
func crowd(t *testing.T, database string) {
	t.Helper()
	db, err := store.Open(t.Context(), database, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	err = db.Write(t.Context(), models.Actor{Subject: "x", Role: models.RoleAdmin}, func(tx *store.Tx) error {
		for range 1200 {
			if err := tx.Add(&models.Person{Name: "甲"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// breakOff exports the log and is killed, as it were, while it writes its second page.
func breakOff(t *testing.T, database, dir string) {
	t.Helper()
	db, err := store.Open(t.Context(), database, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	path := filepath.Join(dir, "changes.jsonl")
	part, err := os.Create(path + ".part")
	if err != nil {
		t.Fatal(err)
	}
	m := mark{Target: "changes.jsonl"}
	pages := 0
	_, err = resolvers.ExportTo(ctx, db, slog.New(slog.DiscardHandler), models.Actor{Subject: "x", Role: models.RoleAdmin}, m.Target, part, func(page resolvers.Exported) error {
		if pages++; pages > 1 {
			t.Error("a second page, after the reader was gone")
		}
		m.Next, m.Rows = page.Next, page.Rows
		cancel()
		return m.write(path, part)
	})
	if err != nil || pages != 1 {
		t.Fatalf("%d pages: %v", pages, err)
	}
	if _, err := part.WriteString(`{"half a`); err != nil {
		t.Fatal(err)
	}
	if err := part.Close(); err != nil {
		t.Fatal(err)
	}
}
