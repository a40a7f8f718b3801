package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

const (
	indexPage    = "index.html"
	graphiQLPage = "graphiql/index.html"
)

// site is a built set of pages, held by name without a leading slash.
type site struct {
	files map[string]*file
}

// file is one built file. The build stores what compresses well as .gz and .br only, so the plain bytes may be missing.
type file struct {
	contentType string
	variants    map[string]variant // by content coding: "", "gzip", "br"
}

// variant is a file in one content coding.
type variant struct {
	body []byte
	etag string
}

// codings are the content codings a file may have, the one to prefer first.
var codings = []struct{ name, suffix string }{
	{"br", ".br"},
	{"gzip", ".gz"},
	{"", ""},
}

// newSite reads all files of a build. Names that start with a dot are not part of the site.
func newSite(files fs.FS) (*site, error) {
	s := &site{files: map[string]*file{}}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return fmt.Errorf("web: %s: %w", name, err)
		}
		s.add(name, body)
		return nil
	})
	return s, err
}

func (s *site) add(name string, body []byte) {
	for _, c := range codings {
		plain, found := strings.CutSuffix(name, c.suffix)
		if !found {
			continue
		}
		f := s.files[plain]
		if f == nil {
			f = &file{contentType: contentType(plain), variants: map[string]variant{}}
			s.files[plain] = f
		}
		sum := sha256.Sum256(body)
		f.variants[c.name] = variant{body: body, etag: `"` + hex.EncodeToString(sum[:12]) + `"`}
		return
	}
}

// file returns the file of that name, or nil.
func (s *site) file(name string) *file { return s.files[name] }

// page serves an HTML page, or says how to build the pages where there is no build.
func (s *site) page(w http.ResponseWriter, r *http.Request, name string, status int) {
	f := s.file(name)
	if f == nil {
		serveStub(w, r)
		return
	}
	f.serve(w, r, "no-cache", status)
}

// serve writes the file in the best content coding that the client accepts.
func (f *file) serve(w http.ResponseWriter, r *http.Request, cache string, status int) {
	coding, v, err := f.choose(r.Header.Get("Accept-Encoding"))
	if err != nil {
		http.Error(w, "The file cannot be read.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("Vary", "Accept-Encoding")
	h.Set("ETag", v.etag)
	h.Set("Cache-Control", cache)
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	if status == http.StatusOK && matches(r.Header.Get("If-None-Match"), v.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(v.body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(v.body) // the client went away: nobody is left to tell
	}
}

// choose picks the first coding that exists and is accepted. A client that accepts none of the stored ones gets the plain
// bytes, unpacked for it; that is rare enough not to keep them.
func (f *file) choose(accept string) (string, variant, error) {
	for _, c := range codings {
		if v, ok := f.variants[c.name]; ok && (c.name == "" || accepts(accept, c.name)) {
			return c.name, v, nil
		}
	}
	packed := f.variants["gzip"]
	reader, err := gzip.NewReader(bytes.NewReader(packed.body))
	if err != nil {
		return "", variant{}, err
	}
	body, err := io.ReadAll(reader)
	if err != nil {
		return "", variant{}, err
	}
	return "", variant{body: body, etag: strings.TrimSuffix(packed.etag, `"`) + `-plain"`}, nil
}

// accepts reads an Accept-Encoding header (RFC 9110, section 12.5.3) for one coding.
func accepts(header, coding string) bool {
	rest := false // what * says
	for part := range strings.SplitSeq(header, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if name != coding && name != "*" {
			continue
		}
		_, q, given := strings.Cut(parameters, "=")
		weight, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
		allowed := !given || (err == nil && weight > 0)
		if name == coding {
			return allowed
		}
		rest = allowed
	}
	return rest
}

// matches compares an If-None-Match header with an entity tag, weakly (RFC 9110, section 13.1.2).
func matches(header, etag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		if candidate == etag || candidate == "*" {
			return true
		}
	}
	return false
}

// contentType goes by a fixed list first, because what the operating system thinks of .js differs between machines.
func contentType(name string) string {
	switch extension := path.Ext(name); extension {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".json", ".map":
		return "application/json"
	case ".ttf":
		return "font/ttf"
	case ".woff2":
		return "font/woff2"
	case ".txt":
		return "text/plain; charset=utf-8"
	default:
		if t := mime.TypeByExtension(extension); t != "" {
			return t
		}
		return "application/octet-stream"
	}
}
