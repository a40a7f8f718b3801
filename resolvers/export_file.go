package resolvers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// ExportLists are the names of the lists that can be exported, in order.
func ExportLists() []string {
	names := make([]string, 0, len(exported))
	for name := range exported {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Exported is how far an export got. Next is where one that is not complete goes on with after=NEXT.
type Exported struct {
	Complete bool
	Rows     int
	Next     string
}

// ExportTo writes what is below /export/ at a path, with its parameters, as people.csv or network.gexf?kind=OWES, as the
// actor may see it. Paged, if not nil, is called after each page of a list with how far it is; what was written by then is
// whole.
func ExportTo(
	ctx context.Context, s *store.Store, log *slog.Logger, actor models.Actor, target string, w io.Writer, paged func(Exported) error,
) (Exported, error) {
	place, err := url.Parse("/export/" + target)
	if err != nil {
		return Exported{}, fmt.Errorf("%q names no export", target)
	}
	ctx = auth.WithActor(withExchange(ctx, &exchange{id: "export", actor: actor}), actor)
	x := &exporter{
		Handler: &Handler{present: &presenter{log: log}}, Resolver: &Resolver{Store: s}, paged: paged,
	}
	out := &fileResponse{w: w, header: http.Header{}}
	request := (&http.Request{Method: http.MethodGet, URL: place, Header: http.Header{}}).WithContext(ctx)
	if err := x.answer(out, request, strings.TrimPrefix(place.Path, "/export/")); err != nil {
		if _, text, known := explain(err); known {
			err = errors.New(text)
		}
		return Exported{}, err
	}
	done := Exported{Complete: true}
	if text := out.header.Get(trailerComplete); text != "" {
		done.Complete, done.Next = text == "true", out.header.Get(trailerNext)
		done.Rows, _ = strconv.Atoi(out.header.Get(trailerRows)) // we wrote it
	}
	return done, out.failed
}

// fileResponse is an answer that goes into a file.
type fileResponse struct {
	w      io.Writer
	header http.Header
	failed error
}

// Header implements http.ResponseWriter.
func (f *fileResponse) Header() http.Header { return f.header }

// WriteHeader implements http.ResponseWriter.
func (f *fileResponse) WriteHeader(int) {}

// Write implements http.ResponseWriter.
func (f *fileResponse) Write(page []byte) (int, error) {
	if f.failed != nil {
		return 0, f.failed
	}
	n, err := f.w.Write(page)
	f.failed = err
	return n, err
}
