package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// TestExamples asks every example that GraphiQL opens with of the sample minutes: each must have an answer on them.
func TestExamples(t *testing.T) {
	examples, err := filepath.Glob("web/graphiql/examples/*.graphql")
	if err != nil || len(examples) < 6 {
		t.Fatalf("%d examples, %v", len(examples), err)
	}
	db := emptyStore(t)
	var said strings.Builder
	if err := importSamples(t.Context(), db, &said); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(said.String(), "\n"); lines != 10 {
		t.Errorf("importing the samples said\n%swant a line for each of nine and one before", &said)
	}
	for _, path := range examples {
		t.Run(filepath.Base(path), func(t *testing.T) {
			for root, answer := range askExample(t, db, path) {
				if len(answer.UserErrors) > 0 {
					t.Errorf("%s: %s", root, answer.UserErrors)
				}
				if answer.Nodes != nil && len(answer.Nodes) == 0 {
					t.Errorf("%s finds nothing on the samples", root)
				}
			}
		})
	}
}

// exampleAnswer is a connection, or the payload of a mutation.
type exampleAnswer struct {
	Nodes      []json.RawMessage `json:"nodes"`
	UserErrors []json.RawMessage `json:"userErrors"`
}

func askExample(t *testing.T, db *store.Store, path string) map[string]exampleAnswer {
	t.Helper()
	query, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	params := &graphql.RawParams{Query: string(query)}
	if variables, err := os.ReadFile(strings.TrimSuffix(path, ".graphql") + ".json"); err == nil {
		if err := json.Unmarshal(variables, &params.Variables); err != nil {
			t.Fatal(err)
		}
	}
	data := ask(t, db, models.Actor{Subject: "test", Role: models.RoleEditor}, params)
	var roots map[string]exampleAnswer
	if err := json.Unmarshal(data, &roots); err != nil {
		t.Fatal(err)
	}
	return roots
}
