package attacks

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestProgram runs the cases that take little time against the program on SQLite. make attacks runs all, on both databases.
func TestProgram(t *testing.T) {
	dir := t.TempDir()
	built := filepath.Join(dir, "minutebook")
	if output, err := exec.Command("go", "build", "-o", built, "..").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	target, stop, err := Start(t.Context(), built, "sqlite:"+filepath.Join(dir, "minutebook.db"), dir, 5)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	only := []string{"transport", "parsing", "limits", "tokens", "injection", "leak", "u-entity", "u-map", "u-names", "u-cut", "u-text-long", "x-smuggled"}
	for _, r := range Run(t.Context(), target, only, func(Result) {}) {
		if r.Err != nil {
			t.Errorf("%s (%s): %v", r.ID, r.About, r.Err)
		}
	}
}

// TestNotices runs the cases against a server that does everything wrong.
func TestNotices(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/healthz" {
			return
		}
		text, _ := io.ReadAll(r.Body)
		_, _ = w.Write([]byte(`{"data":{"ran":1},"errors":[{"extensions":{"code":"STACK"},"message":"goroutine 1: ` + strings.Map(func(r rune) rune {
			if r < ' ' || r == '"' || r == '\\' {
				return -1
			}
			return r
		}, string(text[:min(len(text), 100)])) + `"}]}`))
	}))
	defer server.Close()
	target := New(server.URL, map[string]string{"VIEWER": "a.b.cccccccccccc", "EDITOR": "a.b.cccccccccccc"}, 1)
	for _, r := range Run(t.Context(), target, []string{"transport", "parsing", "limits", "tokens", "injection", "leak", "u-entity", "u-map"}, func(Result) {}) {
		if r.Err == nil {
			t.Errorf("%s passes against a server that does everything wrong", r.ID)
		}
	}
}

// TestIdsAreUnique keeps a case from hiding another.
func TestIdsAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Cases() {
		if seen[c.ID] || c.ID == "" || c.About == "" || len(c.tries) == 0 && c.play == nil {
			t.Errorf("%q: twice, or without what it is about", c.ID)
		}
		seen[c.ID] = true
	}
	if _, err := os.Stat("doc.go"); err != nil || len(seen) < 80 {
		t.Errorf("%d cases", len(seen))
	}
}
