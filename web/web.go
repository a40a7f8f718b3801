package web

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"strings"
	"sync"
)

//go:embed all:dist
var dist embed.FS

// routesJSON lists the first path segments that the explorer answers; the pages read the same file.
//
//go:embed routes.json
var routesJSON []byte

// embedded reads dist once, on first use, because hashing the files takes some milliseconds.
var embedded = sync.OnceValue(func() *site {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // "dist" is a valid name, and fs.Sub has no other error.
	}
	s, err := newSite(files)
	if err != nil {
		panic(err) // an embedded file system can always be read.
	}
	return s
})

// Explorer returns the handler of the explorer: its pages under the routes of routes.json, and every built file, those of
// GraphiQL among them. Mount it at "/".
func Explorer() http.Handler { return explorer(embedded) }

// GraphiQL returns the handler of the query editor's page. Mount it at "/graphiql" and "/graphiql/"; its scripts come from
// Explorer.
func GraphiQL() http.Handler { return graphiQL(embedded) }

func explorer(load func() *site) http.Handler {
	routes := explorerRoutes()
	return reading(func(w http.ResponseWriter, r *http.Request) {
		s := load()
		setHeaders(w.Header(), explorerPolicy)
		name := strings.TrimPrefix(r.URL.Path, "/")
		if f := s.file(name); f != nil && name != indexPage && name != graphiQLPage {
			f.serve(w, r, cacheFor(name), http.StatusOK)
			return
		}
		first, _, _ := strings.Cut(name, "/")
		if first == "assets" {
			http.NotFound(w, r)
			return
		}
		status := http.StatusOK
		if name != "" && !routes[first] {
			status = http.StatusNotFound // the page itself tells the reader, in the reader's language
		}
		s.page(w, r, indexPage, status)
	})
}

func graphiQL(load func() *site) http.Handler {
	return reading(func(w http.ResponseWriter, r *http.Request) {
		setHeaders(w.Header(), graphiQLPolicy)
		if p := strings.TrimSuffix(r.URL.Path, "/"); strings.Count(p, "/") > 1 {
			http.NotFound(w, r)
			return
		}
		load().page(w, r, graphiQLPage, http.StatusOK)
	})
}

// reading refuses everything but GET and HEAD.
func reading(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "This is a page: it answers GET and HEAD only.", http.StatusMethodNotAllowed)
			return
		}
		next(w, r)
	})
}

// explorerRoutes parses routesJSON into a set.
func explorerRoutes() map[string]bool {
	var file struct {
		Explorer []string `json:"explorer"`
	}
	if err := json.Unmarshal(routesJSON, &file); err != nil {
		panic("web: routes.json: " + err.Error()) // part of the binary, read in every test
	}
	set := make(map[string]bool, len(file.Explorer))
	for _, route := range file.Explorer {
		set[route] = true
	}
	return set
}
