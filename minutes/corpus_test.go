package minutes

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// corpus answers the folder of minutes with gold answers, or skips the test where there is none.
func corpus(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("MINUTEBOOK_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "corpus")
	}
	if _, err := os.Stat(filepath.Join(dir, "texts")); err != nil {
		t.Skip("no corpus: set MINUTEBOOK_CORPUS to its folder")
	}
	return dir
}

// TestCorpusSpans checks on every text of the corpus that facts stand where their spans say.
func TestCorpusSpans(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus(t), "texts", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no texts:", err)
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			checkSpans(t, string(b), Parse(string(b)), true)
		})
	}
}

// TestCorpusScore runs the corpus's own scorer on what Parse reads and holds it to the bar.
func TestCorpusScore(t *testing.T) {
	dir := corpus(t)
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 to run the scorer with")
	}
	out := t.TempDir()
	files, _ := filepath.Glob(filepath.Join(dir, "texts", "*.txt"))
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		record, err := json.Marshal(Parse(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(f), ".txt") + ".json"
		if err := os.WriteFile(filepath.Join(out, name), record, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	report, err := exec.Command(python, filepath.Join(dir, "score.py"), "--gold", filepath.Join(dir, "gold"), "--counts", filepath.Join(dir, "counts"),
		"--texts", filepath.Join(dir, "texts"), "--json", "--outputs", out).Output()
	if err != nil {
		t.Fatal("score.py:", err)
	}
	var score struct {
		Overall struct {
			FactF1, Precision float64
			Spans             struct{ Facts, Valid, Tight int }
		}
		Files  map[string]struct{ FactF1 float64 }
		Counts struct{ Rate float64 }
	}
	if err := json.Unmarshal(report, &score); err != nil {
		t.Fatal(err)
	}
	o := score.Overall
	if o.FactF1 < 0.95 || o.Precision < 0.97 {
		t.Errorf("all texts: F1 %.3f, precision %.3f; at least 0.95 and 0.97 are wanted", o.FactF1, o.Precision)
	}
	if f := score.Files["taicang-2022-08"].FactF1; f < 1 {
		t.Errorf("the seed: F1 %.3f, wanted 1", f)
	}
	if o.Spans.Valid != o.Spans.Facts || o.Spans.Tight*100 < o.Spans.Facts*95 {
		t.Errorf("spans: %+v; every one has to be valid and 95 %% tight", o.Spans)
	}
	if score.Counts.Rate < 0.9 {
		t.Errorf("counts: %.3f right, at least 0.9 are wanted", score.Counts.Rate)
	}
}
