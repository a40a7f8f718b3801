package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

const (
	script = "console.log('explorer')"
	index  = "<!doctype html><title>explorer</title>"
	editor = "<!doctype html><title>editor</title>"
)

func gzipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// built returns handlers over a build as Vite leaves it: pages plain, scripts packed only.
func built(t *testing.T) (explorerHandler, graphiQLHandler http.Handler) {
	t.Helper()
	s, err := newSite(fstest.MapFS{
		".keep":                 {},
		"index.html":            {Data: []byte(index)},
		"graphiql/index.html":   {Data: []byte(editor)},
		"favicon.svg":           {Data: []byte("<svg/>")},
		"assets/main-1a.js.gz":  {Data: gzipped(t, script)},
		"assets/main-1a.js.br":  {Data: []byte("brotli bytes")},
		"assets/small-2b.css":   {Data: []byte("a{}")},
		"assets/worker-3c.js":   {Data: []byte("self")},
		"assets/editor-4d.ttf":  {Data: []byte("font")},
		"assets/picture-5e.png": {Data: []byte("png")},
	})
	if err != nil {
		t.Fatal(err)
	}
	load := func() *site { return s }
	return explorer(load), graphiQL(load)
}

func get(h http.Handler, target string, headers ...string) *http.Response {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestExplorerAnswersItsRoutes(t *testing.T) {
	h, _ := built(t)
	for target, status := range map[string]int{
		"/":                            200,
		"/meetings":                    200,
		"/meetings/TWVldGluZzox?at=1":  200,
		"/people/a%2Fb":                200,
		"/admin/import":                200,
		"/index.html":                  404, // one address for the page
		"/graphiql/index.html":         404,
		"/nothing":                     404,
		"/.keep":                       404,
		"/../go.mod":                   404,
		"/meetings/../../etc/passwd":   200, // a route of the explorer, which finds no such record
		"/assets/":                     404,
		"/assets/main-0.js":            404,
		"/assets/..%2f..%2findex.html": 404,
	} {
		r := get(h, target)
		if r.StatusCode != status {
			t.Errorf("GET %s: status %d, want %d", target, r.StatusCode, status)
		}
		isPage := body(t, r) == index
		if wantPage := !strings.HasPrefix(target, "/assets"); isPage != wantPage {
			t.Errorf("GET %s: serves the page: %v, want %v", target, isPage, wantPage)
		}
	}
}

func TestAssetsComeInTheBestAcceptedCoding(t *testing.T) {
	h, _ := built(t)
	tags := map[string]bool{}
	for _, c := range []struct{ accept, coding, body string }{
		{"gzip, deflate, br", "br", "brotli bytes"},
		{"gzip", "gzip", string(gzipped(t, script))},
		{"br;q=0, gzip;q=0.5", "gzip", string(gzipped(t, script))},
		{"*", "br", "brotli bytes"},
		{"*;q=0", "", script},
		{"gzip;q=0, br;q=nonsense", "", script},
		{"", "", script},
	} {
		r := get(h, "/assets/main-1a.js", "Accept-Encoding", c.accept)
		if r.StatusCode != http.StatusOK || r.Header.Get("Content-Encoding") != c.coding || body(t, r) != c.body {
			t.Errorf("accepting %q: status %d, coding %q, want %q", c.accept, r.StatusCode, r.Header.Get("Content-Encoding"), c.coding)
		}
		if got := r.Header.Get("Content-Type"); got != "text/javascript; charset=utf-8" {
			t.Errorf("content type %q", got)
		}
		if r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("accepting %q: no Vary, so a cache may hand packed bytes to a client that cannot read them", c.accept)
		}
		tags[r.Header.Get("ETag")] = true
	}
	if len(tags) != 3 {
		t.Errorf("%d entity tags for three codings", len(tags))
	}
}

func TestCaching(t *testing.T) {
	h, _ := built(t)
	for target, want := range map[string]string{
		"/assets/small-2b.css": "public, max-age=31536000, immutable",
		"/":                    "no-cache",
		"/favicon.svg":         "no-cache",
	} {
		first := get(h, target)
		if got := first.Header.Get("Cache-Control"); got != want {
			t.Errorf("GET %s: Cache-Control %q, want %q", target, got, want)
		}
		tag := first.Header.Get("ETag")
		for _, header := range []string{tag, "W/" + tag, `"other", ` + tag} {
			again := get(h, target, "If-None-Match", header)
			if again.StatusCode != http.StatusNotModified || body(t, again) != "" {
				t.Errorf("GET %s with If-None-Match %s: status %d, want 304 and no body", target, header, again.StatusCode)
			}
		}
		if other := get(h, target, "If-None-Match", `"other"`); other.StatusCode != http.StatusOK {
			t.Errorf("GET %s with another tag: status %d", target, other.StatusCode)
		}
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	e, g := built(t)
	for _, c := range []struct {
		handler http.Handler
		target  string
	}{{e, "/"}, {e, "/nothing"}, {e, "/assets/main-1a.js"}, {e, "/assets/missing.js"}, {g, "/graphiql"}, {g, "/graphiql/x/y"}} {
		h := get(c.handler, c.target).Header
		policy := h.Get("Content-Security-Policy")
		for _, directive := range []string{"default-src 'self'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"} {
			if !strings.Contains(policy, directive) {
				t.Errorf("GET %s: the policy lacks %s: %s", c.target, directive, policy)
			}
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("GET %s: headers missing: %v", c.target, h)
		}
	}
	if p := get(e, "/").Header.Get("Content-Security-Policy"); strings.Contains(p, "unsafe") {
		t.Errorf("the explorer needs no unsafe source, yet has: %s", p)
	}
}

func TestGraphiQLPage(t *testing.T) {
	_, h := built(t)
	for _, target := range []string{"/graphiql", "/graphiql/"} {
		if r := get(h, target); r.StatusCode != http.StatusOK || body(t, r) != editor {
			t.Errorf("GET %s: status %d", target, r.StatusCode)
		}
	}
	if r := get(h, "/graphiql/x"); r.StatusCode != http.StatusNotFound {
		t.Errorf("GET /graphiql/x: status %d, want 404", r.StatusCode)
	}
}

func TestOtherMethodsAreRefused(t *testing.T) {
	e, g := built(t)
	for _, h := range []http.Handler{e, g} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/graphiql", strings.NewReader("x")))
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("POST: status %d, Allow %q", w.Code, w.Header().Get("Allow"))
		}
	}
	w := httptest.NewRecorder()
	e.ServeHTTP(w, httptest.NewRequest(http.MethodHead, "/assets/small-2b.css", nil))
	if w.Code != 200 || w.Body.Len() != 0 || w.Header().Get("Content-Length") != "3" {
		t.Errorf("HEAD: status %d, %d bytes, length %s", w.Code, w.Body.Len(), w.Header().Get("Content-Length"))
	}
}

func TestWithoutABuildThePageSaysHowToBuild(t *testing.T) {
	s, err := newSite(fstest.MapFS{".keep": {}})
	if err != nil {
		t.Fatal(err)
	}
	load := func() *site { return s }
	for target, h := range map[string]http.Handler{"/": explorer(load), "/meetings/1": explorer(load), "/graphiql": graphiQL(load)} {
		r := get(h, target)
		if r.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body(t, r), "make ui") {
			t.Errorf("GET %s without a build: status %d; want 503 and the command to run", target, r.StatusCode)
		}
		if r.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("GET %s: the stub may be kept by a cache", target)
		}
	}
}

func TestEmbeddedFilesCanBeRead(t *testing.T) {
	for _, h := range []http.Handler{Explorer(), GraphiQL()} {
		if r := get(h, "/graphiql"); r.StatusCode == http.StatusInternalServerError {
			t.Errorf("status %d", r.StatusCode)
		}
	}
}
