package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/config"
)

// TestSettingsAreDocumented asks for a row of each setting in docs/operations.md, with its default and its sentence, and for no
// setting there that the program does not have.
func TestSettingsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		documented[strings.TrimSpace(line)] = true
	}
	for _, setting := range config.Describe() {
		row := settingRow(setting)
		if !documented[row] {
			t.Errorf("docs/operations.md lacks the row\n%s", row)
		}
		delete(documented, row)
	}
	for row := range documented {
		if strings.HasPrefix(row, "| `MINUTEBOOK_") {
			t.Errorf("docs/operations.md has a row of no setting\n%s", row)
		}
	}
}

func settingRow(setting config.Setting) string {
	standard := setting.Default
	if standard == "" {
		standard = "none"
	}
	return fmt.Sprintf("| `%s` | %s | %s |", setting.Name, setting.Help, standard)
}

// TestSamplesAreNamed asks for a row of each sample in samples/README.md, and for no row of a file that is not there.
func TestSamplesAreNamed(t *testing.T) {
	files, err := filepath.Glob("samples/*")
	if err != nil || len(files) < 8 {
		t.Fatalf("samples: %d files, %v", len(files), err)
	}
	text, err := os.ReadFile("samples/README.md")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "| `"); ok {
			name, _, _ := strings.Cut(rest, "`")
			named[name] = true
		}
	}
	for _, file := range files {
		name := filepath.Base(file)
		if name != "README.md" && !named[name] {
			t.Errorf("samples/README.md does not name %s", name)
		}
		delete(named, name)
	}
	for name := range named {
		t.Errorf("samples/README.md names %s, which is not there", name)
	}
}
