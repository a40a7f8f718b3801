package ingest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// files writes files into a folder of the test.
func files(t *testing.T, contents map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range contents {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestSources(t *testing.T) {
	outside := files(t, map[string]string{"secret.txt": "x"})
	root := files(t, map[string]string{
		"b.txt": "x", "a/2.md": "x", "a/1.docx": "x", "README.md": "x", "x.go": "x", ".hidden/3.txt": "x", ".4.txt": "x", "c.PDF": "x",
	})
	for link, target := range map[string]string{"out.txt": filepath.Join(outside, "secret.txt"), "in.txt": filepath.Join(root, "b.txt"), "dir.txt": outside} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Skip("no links here:", err)
		}
	}
	want := []string{"a/1.docx", "a/2.md", "b.txt", "c.PDF", "dir.txt!", "in.txt", "out.txt!"}
	var got []string
	for _, source := range Sources([]string{root}) {
		name, _ := filepath.Rel(root, source.Path)
		if source.Err != nil {
			name += "!"
		}
		got = append(got, filepath.ToSlash(name))
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(root, link); err != nil {
		t.Fatal(err)
	}
	followed := Sources([]string{link})
	if len(followed) != len(want) || followed[0].Path != filepath.Join(link, "a", "1.docx") {
		t.Errorf("a link to the folder: %+v", followed)
	}
	if missing := Sources([]string{filepath.Join(root, "none")}); len(missing) != 1 || missing[0].Err == nil {
		t.Errorf("a path that is not there: %+v", missing)
	}
}

// run imports a folder and returns the results in their order.
func run(ctx context.Context, t *testing.T, db *store.Store, root string) []Result {
	t.Helper()
	var results []Result
	batch := &Batch{Importer: NewImporter(db, editor)}
	if err := batch.Run(ctx, Sources([]string{root}), func(r Result) { results = append(results, r) }); err != nil {
		t.Fatal(err)
	}
	return results
}

func TestBatchGoesOnAfterBadFiles(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		g := newGenerator(7, 1)
		contents := map[string]string{"10.txt": "今天天气很好。", "20.txt": "", "30.docx": "not a document", "40.pdf": "%PDF-1.4\nbroken"}
		for i := range 8 {
			contents[fmt.Sprintf("%d5.txt", i)] = g.minutes(3, 12)
		}
		results := run(t.Context(), t, db, files(t, contents))
		failed, before := 0, ""
		for _, r := range results {
			var reason *Error
			if r.Err != nil {
				failed++
				if !errors.As(r.Err, &reason) || reason.Reason == "" {
					t.Errorf("%s: %v says no reason", r.Path, r.Err)
				}
			}
			if r.Path < before {
				t.Error("the results are not in the order of the names")
			}
			before = r.Path
		}
		if len(results) != 12 || failed != 4 {
			t.Fatalf("%d results, %d failures; want 12 and 4", len(results), failed)
		}
		var meetings int
		look(t, db, func(tx *store.Tx) error {
			bodies := all[models.Organization](t, tx, "kind", "GOVERNMENT")
			meetings = len(all[models.Meeting](t, tx, "body_id", bodies[0].ID)) + len(all[models.Meeting](t, tx, "body_id", bodies[1].ID))
			return nil
		})
		if meetings != 8 {
			t.Errorf("%d meetings, want 8", meetings)
		}
	})
}

func TestBatchStopsWithItsContext(t *testing.T) {
	db := opened(t, storetest.SQLite(t))
	g := newGenerator(7, 1)
	contents := map[string]string{}
	for i := range 20 {
		contents[fmt.Sprintf("%02d.txt", i)] = g.minutes(3, 12)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := 0
	batch := &Batch{Importer: NewImporter(db, editor)}
	err := batch.Run(ctx, Sources([]string{files(t, contents)}), func(Result) {
		if done++; done == 3 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || done != 3 {
		t.Errorf("%v after %d files", err, done)
	}
}

// What an importer remembers must be what the database says, also when somebody else writes between two texts.
func TestImporterForgetsWhatOthersChange(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		importer := NewImporter(db, editor)
		g := newGenerator(3, 1)
		next := func() *Report {
			r, err := Read(Input{Text: g.minutes(2, 20)})
			if err != nil {
				t.Fatal(err)
			}
			report, err := importer.Import(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			return report
		}
		next()
		if got := counts(next())[models.TypePerson]; got[0] != 0 {
			t.Fatalf("people of the second text: %v", got)
		}
		write(t, db, func(tx *store.Tx) error {
			people := all[models.Person](t, tx, "name", g.cities[0].leaders[0])
			_, err := tx.Update(store.Schema.People, people[0].ID, map[string]any{"name": "改名", "names": []any{map[string]any{"text": "改名", "kind": "OFFICIAL"}}}, nil)
			return err
		})
		if got := counts(next())[models.TypePerson]; got[0] != 1 {
			t.Errorf("people after one was renamed: %v; want a new one of the old name", got)
		}
	})
}
