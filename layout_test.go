package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/minutebook/minutebook"

// rooms is the house: who may import whom, downward only. The longest name that begins a package's path is its room, so
// minutes/internal/dates belongs to minutes/internal. A package may always import packages of its own room.
var rooms = map[string][]string{
	"": { // the program: parse prints a record without a database, so it reaches down to minutes
		"config", "resolvers", "plan", "auth", "ingest", "webhooks", "store", "web", "models", "minutes", "minutes/extract",
	},
	"config":    {},
	"resolvers": {"graph", "plan", "ingest", "webhooks", "store", "auth", "search", "analysis", "models"},
	"plan":      {"store", "models"},
	"ingest":    {"minutes", "minutes/extract", "store", "models"},
	"webhooks":  {"store", "models"},
	"store":     {"store/migrations", "search", "models"},
	"graph":     {"models"},
	"auth":      {"models"},
	"models":    {},
	"minutes":   {"minutes/internal"},
	"search":    {},
	"analysis":  {},
	"web":       {},
	"bench":     {"config", "resolvers", "plan", "auth", "ingest", "store", "models", "minutes", "graph"},

	"minutes/extract":             {},
	"minutes/internal":            {},
	"minutes/internal/parsejson":  {"minutes"}, // a program for the measurements
	"store/migrations":            {},
	"attacks":                     {},
	"faults":                      {"store", "store/storetest", "models"},
	"store/storetest":             {},
	"store/storetest/cmd/mariadb": {"store/storetest"},
	"store/storetest/world":       {"models"},
	"samples/make":                {},
}

// libraries are imports that only some rooms may have: GraphQL ends above the store, and SQL below the resolvers. The
// longest name that begins an import counts; tests are free.
var libraries = map[string][]string{
	"gorm.io/":                       {"store"},
	"github.com/99designs/gqlgen":    {"", "graph", "resolvers", "plan", "bench"},
	"github.com/vektah/gqlparser/v2": {"", "graph", "resolvers", "plan", "bench"},
	"database/sql":                   {"store", "store/migrations", "store/storetest", "bench", "faults"},
	"database/sql/driver":            {"models", "store", "store/storetest", "bench"},
	"net/http":                       {"", "config", "graph", "resolvers", "auth", "webhooks", "web", "bench", "faults", "attacks"},
}

// emptyWords are names of packages that say nothing about what is in them.
var emptyWords = []string{"base", "common", "dto", "helper", "helpers", "manager", "managers", "misc", "shared", "util", "utils"}

// source is what the rules need to know of a Go file.
type source struct {
	path      string // in the tree, with slashes
	name      string // of the package
	commented bool   // has a package comment
	imports   []string
}

func (s source) dir() string {
	if dir := path.Dir(s.path); dir != "." {
		return dir
	}
	return ""
}

func (s source) test() bool { return strings.HasSuffix(s.path, "_test.go") }

func TestLayout(t *testing.T) {
	files := sources(t)
	if len(files) == 0 {
		t.Fatal("no Go files found")
	}
	for _, file := range files {
		for _, problem := range problems(file) {
			t.Errorf("%s: %s", file.path, problem)
		}
	}
	for _, dir := range uncommented(files) {
		t.Errorf("%s: no file of the package has a comment that says what it is for", dir)
	}
}

// TestLayoutNotices shows each rule a file that breaks it.
func TestLayoutNotices(t *testing.T) {
	for _, broken := range []struct {
		file source
		want string
	}{
		{source{path: "models/a.go", name: "models", imports: []string{module + "/store"}}, "models may not import store"},
		{source{path: "models/a.go", name: "models", imports: []string{"gorm.io/gorm"}}, "models may not import gorm.io/gorm"},
		{source{path: "resolvers/a.go", name: "resolvers", imports: []string{"gorm.io/gorm/clause"}}, "resolvers may not import gorm.io/gorm/clause"},
		{source{path: "store/a.go", name: "store", imports: []string{"net/http"}}, "store may not import net/http"},
		{source{path: "store/a.go", name: "store", imports: []string{module + "/store/storetest"}}, "only tests may import store/storetest"},
		{source{path: "minutes/internal/dates/a.go", name: "dates", imports: []string{module + "/models"}}, "minutes/internal may not import models"},
		{source{path: "graph/hand.go", name: "graph"}, "graph holds generated Go only"},
		{source{path: "store/utils/a.go", name: "utils"}, "utils says nothing"},
		{source{path: "loft/a.go", name: "loft"}, "loft is no room"},
		{source{path: "web/a.go", name: "web", imports: []string{module + "/loft"}}, "web may not import loft"},
	} {
		if found := strings.Join(problems(broken.file), "; "); !strings.Contains(found, broken.want) {
			t.Errorf("%s with %v: found %q, want %q", broken.file.path, broken.file.imports, found, broken.want)
		}
	}
	sound := source{path: "store/migrations/a_test.go", name: "migrations", imports: []string{module + "/store/storetest", "database/sql", "testing"}}
	if found := problems(sound); found != nil {
		t.Errorf("%s is sound, but %v", sound.path, found)
	}
	if got := uncommented([]source{{path: "web/a.go"}, {path: "auth/a.go"}, {path: "auth/b.go", commented: true}}); !slices.Equal(got, []string{"web"}) {
		t.Errorf("without a package comment: %v, want web", got)
	}
}

// problems is what the file does against the rules.
func problems(file source) []string {
	var found []string
	room, known := roomOf(file.dir())
	if !known {
		return []string{file.dir() + " is no room of this house: give the package a row in rooms (layout_test.go) and in docs/design.md"}
	}
	for _, imported := range file.imports {
		if problem := importProblem(file, room, imported); problem != "" {
			found = append(found, problem)
		}
	}
	if slices.Contains(emptyWords, strings.TrimSuffix(file.name, "_test")) {
		found = append(found, file.name+" says nothing about what the package holds")
	}
	name := path.Base(file.path)
	if room == "graph" && !file.test() && name != "generate.go" && !strings.HasSuffix(name, ".generated.go") {
		found = append(found, "graph holds generated Go only, besides generate.go")
	}
	return found
}

func importProblem(file source, room, imported string) string {
	if ours, ok := strings.CutPrefix(imported, module+"/"); ok {
		return roomProblem(file, room, ours)
	}
	library := ""
	for name := range libraries {
		if strings.HasPrefix(imported, name) && len(name) > len(library) {
			library = name
		}
	}
	if library != "" && !slices.Contains(libraries[library], room) && !file.test() {
		return fmt.Sprintf("%s may not import %s", named(room), imported)
	}
	return ""
}

func roomProblem(file source, room, imported string) string {
	target, known := roomOf(imported)
	switch {
	case known && target == room:
		return ""
	case strings.HasPrefix(target, "store/storetest") && strings.HasPrefix(room, "store/storetest"):
		return ""
	case known && file.test() && (room == "" || strings.HasPrefix(target, "store/storetest")):
		return "" // tests of the program see the whole house
	case strings.HasPrefix(target, "store/storetest") && !slices.Contains(rooms[room], target):
		return "only tests may import store/storetest"
	case !known || !slices.Contains(rooms[room], target):
		return fmt.Sprintf("%s may not import %s", named(room), imported)
	}
	return ""
}

// roomOf returns the room a package lies in. The program's own room is the top folder alone.
func roomOf(dir string) (string, bool) {
	for place := dir; place != "." && place != ""; place = path.Dir(place) {
		if _, known := rooms[place]; known {
			return place, true
		}
	}
	return "", dir == ""
}

func named(room string) string {
	if room == "" {
		return "the program"
	}
	return room
}

// uncommented returns the folders whose package nobody has described.
func uncommented(files []source) []string {
	described := map[string]bool{}
	for _, file := range files {
		if !file.test() {
			described[file.dir()] = described[file.dir()] || file.commented
		}
	}
	var found []string
	for dir, is := range described {
		if !is {
			found = append(found, named(dir))
		}
	}
	slices.Sort(found)
	return found
}

// sources reads the imports of every Go file of the module. The files are parsed rather than asked of go list, whose answer
// inside a test may come from the test cache.
func sources(t *testing.T) []source {
	t.Helper()
	var files []source
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return skipped(name, entry)
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		file, err := read(name)
		files = append(files, file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// skipped leaves out what the go command leaves out, other modules, and what npm brings.
func skipped(name string, entry fs.DirEntry) error {
	base := entry.Name()
	nested, _ := filepath.Glob(filepath.Join(name, "go.mod"))
	switch {
	case name == ".":
		return nil
	case strings.HasPrefix(base, "."), strings.HasPrefix(base, "_"), base == "testdata", base == "node_modules", len(nested) > 0:
		return fs.SkipDir
	}
	return nil
}

func read(name string) (source, error) {
	parsed, err := parser.ParseFile(gotoken.NewFileSet(), name, nil, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return source{}, err
	}
	file := source{path: filepath.ToSlash(name), name: parsed.Name.Name, commented: describes(parsed)}
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return source{}, fmt.Errorf("%s: import %s: %w", name, spec.Path.Value, err)
		}
		file.imports = append(file.imports, imported)
	}
	return file, nil
}

// describes says whether the file has a package comment with words in it.
func describes(file *ast.File) bool {
	return file.Doc != nil && strings.TrimSpace(file.Doc.Text()) != ""
}
