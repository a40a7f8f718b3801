package resolvers

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// Bounds of exports.
const (
	exportCost       = 100 // of the allowance of the caller
	exportsAtOnce    = 4
	exportReadTime   = 20 * time.Second // for one page of rows, or for a network
	exportWriteTime  = 60 * time.Second // for a client to take one page
	exportMediaCSV   = "text/csv; charset=utf-8"
	exportMediaJSONL = "application/x-ndjson; charset=utf-8"
)

// exporter answers below /export/: the same records as the API, to the same readers, as files.
type exporter struct {
	*Handler
	*Resolver
	slots chan struct{}
	paged func(Exported) error // told each page of a list, nil where nobody is
}

// Export returns the handler of /export/. Callers are identified as at the API, and what they do counts against the same
// allowance.
func (h *Handler) Export(s *store.Store) http.Handler {
	return &exporter{Handler: h, Resolver: &Resolver{Store: s}, slots: make(chan struct{}, exportsAtOnce)}
}

// ServeHTTP implements http.Handler.
func (x *exporter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if !x.allowOrigin(w, r) {
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		refusal := refuseEarly(http.StatusMethodNotAllowed, codeBadInput, "an export is read with GET")
		refusal.allow = "GET, HEAD, OPTIONS"
		x.refuse(w, r, typeJSON, refusal)
		return
	}
	r, refusal := x.identify(r)
	if refusal == nil {
		refusal = x.admitExport(r.Context())
	}
	if refusal != nil {
		x.refuse(w, r, typeJSON, refusal)
		return
	}
	defer func() { <-x.slots }()
	if err := x.answer(w, r, strings.TrimPrefix(r.URL.Path, "/export/")); err != nil {
		x.fail(w, r, err)
	}
}

// admitExport takes a place among the exports that run, and what one costs from the allowance of the caller.
func (x *exporter) admitExport(ctx context.Context) *refusal {
	caller := exchangeFrom(ctx)
	if refusal := x.rates.request(caller); refusal != nil {
		return refusal
	}
	if refusal := x.rates.charge(caller, exportCost); refusal != nil {
		return refusal
	}
	select {
	case x.slots <- struct{}{}:
		return nil
	default:
		return overloaded()
	}
}

// fail says in JSON why there is no file. Nothing of it has been written.
func (x *exporter) fail(w http.ResponseWriter, r *http.Request, err error) {
	refusal := &refusal{errors: gqlerror.List{x.present.present(r.Context(), err)}}
	var nothing *absent
	switch {
	case errors.As(err, &nothing):
		refusal.status = http.StatusNotFound
	case refusal.code() == codeBadInput:
		refusal.status = http.StatusBadRequest
	}
	w.Header().Del("Content-Disposition")
	w.Header().Del("Trailer")
	x.refuse(w, r, typeJSON, refusal)
}

// absent is an error that stands for 404: nothing is there, or nothing to see.
type absent struct{ *fault }

func missing(text string) error { return &absent{faultf(codeBadInput, "%s", text)} }

// answer writes the file that a path names. An error comes before anything was written.
func (x *exporter) answer(w http.ResponseWriter, r *http.Request, path string) error {
	folder, file, nested := strings.Cut(path, "/")
	if !nested {
		folder, file = "", path
	}
	at := strings.LastIndexByte(file, '.')
	name, ending := file, r.URL.Query().Get("format")
	if at >= 0 {
		name, ending = file[:at], file[at+1:]
	}
	switch {
	case folder == "" && name == "network" && (ending == "gexf" || ending == "graphml"):
		return x.exportNetwork(w, r, ending)
	case folder == "" && (ending == "csv" || ending == "jsonl"):
		return x.exportRows(w, r, name, ending)
	case folder == "organizations" && ending == "ics":
		return x.exportCalendar(w, r, name)
	case folder == "organizations" && ending == "atom":
		return x.exportFeed(w, r, name)
	case folder == "records" && ending == "jsonld":
		return x.exportLinked(w, r, name)
	}
	return missing("there is no such export: see docs/analysis.md for those there are")
}

// head sets what stands before a file.
func head(w http.ResponseWriter, media, name string) {
	w.Header().Set("Content-Type", media)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
}

// whole writes a file that is there as a whole.
func (x *exporter) whole(w http.ResponseWriter, r *http.Request, media, name string, body []byte) {
	head(w, media, name)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a client that went away is told nothing
	}
}

// only refuses parameters that nobody knows, so that a misspelt one does not mean everything.
func only(query url.Values, known ...string) error {
	for name, values := range query {
		found := false
		for _, k := range known {
			found = found || k == name
		}
		if !found && len(known) == 0 {
			return models.BadInput("this export takes no parameters")
		}
		if !found {
			return models.BadInput("there is no parameter of that name; there are %s", strings.Join(known, ", "))
		}
		if len(values) != 1 {
			return models.BadInput("%s stands there more than once", name)
		}
	}
	return nil
}

// number reads a parameter that is a number.
func number(query url.Values, name string, otherwise int) (int, error) {
	text := query.Get(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, models.At(name, models.BadInput("is not a number"))
	}
	return n, nil
}

// date reads a parameter that is a day.
func date(query url.Values, name string) (*models.Date, error) {
	text := query.Get(name)
	if text == "" {
		return nil, nil
	}
	day, err := models.ParseDate(text)
	return &day, models.At(name, err)
}
