package resolvers

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

// PrintSchema returns the schema as a client reads it: every type and field with its description, and no directive that
// is part of the language or of the server's inside.
func PrintSchema(schema *ast.Schema) string {
	var b bytes.Buffer
	formatter.NewFormatter(&b, formatter.WithIndent("  ")).FormatSchema(schema)
	return strings.TrimSpace(b.String()) + "\n"
}

// SchemaHandler serves the printed schema, in production too: it is the manual of the API, and no secret.
func SchemaHandler(schema *ast.Schema) http.Handler {
	text := []byte(PrintSchema(schema))
	sum := sha256.Sum256(text)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:18]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "The schema is read by GET.", http.StatusMethodNotAllowed)
			return
		}
		header := w.Header()
		header.Set("Content-Type", "text/plain; charset=utf-8")
		header.Set("Access-Control-Allow-Origin", "*") // public everywhere: tools of other sites may read it
		header.Set("Cache-Control", "public, no-cache")
		header.Set("ETag", tag)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(text))
	})
}
