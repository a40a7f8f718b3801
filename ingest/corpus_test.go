package ingest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/minutebook/minutebook/store/storetest"
)

// TestImportCorpusTwice imports the samples, and the texts of the corpus where it is there, and then again: the second time
// nothing changes, whatever the texts say of one another.
func TestImportCorpusTwice(t *testing.T) {
	corpus := os.Getenv("MINUTEBOOK_CORPUS")
	if corpus == "" {
		corpus = filepath.Join("..", "..", "shared", "corpus")
	}
	paths := []string{filepath.Join("..", "samples")}
	if texts := filepath.Join(corpus, "texts"); isFolder(texts) {
		paths = append(paths, texts)
	}
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		for _, again := range []bool{false, true} {
			imported := 0
			batch := &Batch{Importer: NewImporter(db, editor)}
			err := batch.Run(t.Context(), Sources(paths), func(r Result) {
				if r.Err != nil {
					return // a text without a day, or of a body without a name
				}
				imported++
				if again && r.Report.Changed() {
					t.Errorf("%s changed something the second time", r.Path)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			if imported < 9 {
				t.Errorf("only %d texts were imported", imported)
			}
		}
	})
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
