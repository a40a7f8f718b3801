package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"

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

// TestDependenciesHaveReasons looks in docs/design.md for every module and every package of the pages that is asked for.
func TestDependenciesHaveReasons(t *testing.T) {
	design, err := os.ReadFile("docs/design.md")
	if err != nil {
		t.Fatal(err)
	}
	names := append(directModules(t), pagePackages(t)...)
	if len(names) < 30 {
		t.Fatalf("only %d dependencies found", len(names))
	}
	for _, name := range names {
		if !strings.Contains(string(design), name) {
			t.Errorf("docs/design.md does not say why %s is used", name)
		}
	}
}

func directModules(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	file, err := modfile.Parse("go.mod", data, nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, required := range file.Require {
		if !required.Indirect {
			names = append(names, required.Mod.Path)
		}
	}
	return names
}

// pagePackages are the packages that reach a reader's browser, without those under a scope that is named as a whole.
func pagePackages(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("web/package.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range file.Dependencies {
		switch {
		case strings.HasPrefix(name, "@graphiql/"):
			name = "@graphiql/*"
		case strings.HasPrefix(name, "@urql/"):
			name = "urql"
		case strings.HasSuffix(name, "-dom"):
			name = strings.TrimSuffix(name, "-dom")
		case strings.HasPrefix(name, "graphology"):
			name = "graphology"
		}
		names = append(names, name)
	}
	return names
}
