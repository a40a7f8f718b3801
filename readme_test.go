package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/ingest"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/resolvers"
	"github.com/minutebook/minutebook/store"
)

var update = flag.Bool("update", false, "write the answer in README.md anew")

// TestREADME asks the query of README.md of the sample minutes, as a reader without a token, and compares the answer with
// the one that stands there.
func TestREADME(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	query := regexp.MustCompile("(?s)```graphql\n(.*?)```").FindSubmatch(text)
	answer := regexp.MustCompile("(?s)```json\n(.*?)```").FindSubmatchIndex(text)
	if query == nil || answer == nil {
		t.Fatal("README.md has no query with its answer")
	}
	db := emptyStore(t)
	importSample(t, db, "samples/taicang-2022-08.txt")
	got := indented(t, askGuest(t, db, string(query[1])))
	if *update {
		text = append(append(append([]byte{}, text[:answer[2]]...), got...), text[answer[3]:]...)
		if err := os.WriteFile("README.md", text, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := string(text[answer[2]:answer[3]]); want != got {
		t.Errorf("README.md shows another answer than\n%s\nrun go test -run TestREADME . -update, and look at it", got)
	}
}

func importSample(t *testing.T, db *store.Store, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	reading, err := ingest.ReadFile(t.Context(), ingest.File{Name: filepath.Base(path), Data: data}, ingest.Input{Name: filepath.Base(path)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ingest.Import(t.Context(), db, models.Actor{Subject: "test", Role: models.RoleEditor}, reading); err != nil {
		t.Fatal(err)
	}
}

// emptyStore opens a database of the test's own that holds nothing.
func emptyStore(t *testing.T) *store.Store {
	t.Helper()
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "test.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

func askGuest(t *testing.T, db *store.Store, query string) []byte {
	t.Helper()
	return ask(t, db, models.Actor{}, &graphql.RawParams{Query: query})
}

// ask executes a document and returns its data; an error ends the test.
func ask(t *testing.T, db *store.Store, actor models.Actor, params *graphql.RawParams) []byte {
	t.Helper()
	exec := executor.New(resolvers.NewSchema(db))
	ctx := auth.WithActor(graphql.StartOperationTrace(t.Context()), actor)
	op, errs := exec.CreateOperationContext(ctx, params)
	if errs != nil {
		t.Fatal(errs)
	}
	handler, ctx := exec.DispatchOperation(ctx, op)
	answer := handler(ctx)
	if len(answer.Errors) > 0 {
		t.Fatal(answer.Errors)
	}
	return answer.Data
}

// indented lays JSON out for reading: short objects and lists on one line.
func indented(t *testing.T, data []byte) string {
	t.Helper()
	var out bytes.Buffer
	if err := json.Indent(&out, data, "", "  "); err != nil {
		t.Fatal(err)
	}
	flat := regexp.MustCompile(`[\[{]\n\s*[^\[\]{}]*?\n\s*[\]}]`)
	text := out.String()
	for range 3 {
		text = flat.ReplaceAllStringFunc(text, func(part string) string {
			words := strings.Join(strings.Fields(part), " ")
			if len([]rune(words)) > 100 {
				return part
			}
			return words
		})
	}
	return text + "\n"
}
