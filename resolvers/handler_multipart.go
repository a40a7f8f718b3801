package resolvers

import (
	"errors"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
)

const (
	maxFiles    = 10
	maxFormPart = 64 << 10 // of the map; operations may be as long as a body
)

// Errors of multipart requests.
var (
	errFormOrder = errors.New("the form must have operations, then map, then the files")
	errFormMap   = errors.New("the map must name each file with the variables it stands for, as {\"0\": [\"variables.file\"]}")
	errFormFile  = errors.New("a file of the map is missing, or stands for a variable that is not null")
	errFormFiles = errors.New("the form has too many files")
)

// readMultipart reads a request with files, as the graphql-multipart-request-spec has it. Without the preflight header
// it is refused, for the form of any other site could send one. Files go to unnamed files on disk, so that their size
// costs no memory; finish closes them.
func (h *Handler) readMultipart(w http.ResponseWriter, r *http.Request, boundary string) (*request, func(), *refusal) {
	form := &uploadForm{}
	if r.Header.Get(preflightHeader) == "" { //nolint:canonicalheader // the specification writes GraphQL
		return nil, form.close, refuseEarly(http.StatusForbidden, codeCSRF, "a multipart request needs the header %s: 1", preflightHeader)
	}
	limit := int64(h.guard.limits.Upload)
	if r.ContentLength > limit {
		w.Header().Set("Connection", "close")
		return nil, form.close, tooLarge(limit)
	}
	if boundary == "" {
		return nil, form.close, refuseEarly(http.StatusBadRequest, codeBadInput, "the content type has no boundary")
	}
	reader := multipart.NewReader(http.MaxBytesReader(w, r.Body, limit), boundary)
	req, err := form.read(reader, int64(h.guard.limits.Body))
	if err == nil {
		return req, form.close, nil
	}
	form.close()
	if own := formProblem(err); own != "" {
		return nil, form.close, refuseEarly(http.StatusBadRequest, codeBadInput, "%s", own)
	}
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		h.options.Log.ErrorContext(r.Context(), "an upload cannot be stored", "cause", err.Error())
		return nil, form.close, refuse(codeUnavailable, "uploads cannot be stored now: try again later")
	}
	return nil, form.close, bodyRefusal(err, limit)
}

// formProblem returns the words of an error of ours, "" for one of the connection.
func formProblem(err error) string {
	for _, own := range []error{
		errFormOrder, errFormMap, errFormFile, errFormFiles, errJSONText, errJSONDepth, errJSONDuplicate, errJSONMore,
		errNotRequest, errNoQuery, errDocumentID, errJSONName, errJSONVariables, errJSONExtension, errJSONCase,
	} {
		if errors.Is(err, own) {
			return own.Error()
		}
	}
	return ""
}

// uploadForm is a form being read, with its files.
type uploadForm struct {
	files []*os.File
}

func (f *uploadForm) close() {
	for _, file := range f.files {
		_ = file.Close()
	}
	f.files = nil
}

func (f *uploadForm) read(reader *multipart.Reader, longest int64) (*request, error) {
	operations, err := formValue(reader, "operations", longest)
	if err != nil {
		return nil, err
	}
	req, err := requestFromJSON(operations)
	if err != nil {
		return nil, err
	}
	text, err := formValue(reader, "map", maxFormPart)
	if err != nil {
		return nil, err
	}
	places, err := readMap(text)
	if err != nil {
		return nil, err
	}
	for len(places) > 0 {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, errFormFile
		}
		if err != nil {
			return nil, err
		}
		if err := f.take(part, places, req.variables); err != nil {
			return nil, err
		}
	}
	return req, nil
}

// formValue reads the next part, which must have that name.
func formValue(reader *multipart.Reader, name string, longest int64) ([]byte, error) {
	part, err := reader.NextPart()
	if errors.Is(err, io.EOF) {
		return nil, errFormOrder
	}
	if err != nil {
		return nil, err
	}
	if part.FormName() != name {
		return nil, errFormOrder
	}
	text, err := io.ReadAll(io.LimitReader(part, longest+1))
	if err != nil {
		return nil, err
	}
	if int64(len(text)) > longest {
		return nil, &http.MaxBytesError{Limit: longest}
	}
	return text, nil
}

// readMap returns the places of each file.
func readMap(text []byte) (map[string][]string, error) {
	value, err := readJSON(text)
	if err != nil {
		return nil, err
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, errFormMap
	}
	if len(object) > maxFiles {
		return nil, errFormFiles
	}
	places := make(map[string][]string, len(object))
	for name, value := range object {
		paths, ok := value.([]any)
		if !ok || len(paths) == 0 || len(paths) > maxFiles {
			return nil, errFormMap
		}
		for _, path := range paths {
			text, ok := path.(string)
			if !ok {
				return nil, errFormMap
			}
			places[name] = append(places[name], text)
		}
	}
	return places, nil
}

// take stores one file and puts it where the map says.
func (f *uploadForm) take(part *multipart.Part, places map[string][]string, variables map[string]any) error {
	paths, named := places[part.FormName()]
	if !named {
		return errFormFile
	}
	delete(places, part.FormName())
	file, err := os.CreateTemp("", "minutebook-upload-")
	if err != nil {
		return err
	}
	f.files = append(f.files, file)
	_ = os.Remove(file.Name()) // on systems that keep an open file alive it has no name from here on
	size, err := io.Copy(file, part)
	if err != nil {
		return err
	}
	for _, path := range paths {
		upload := graphql.Upload{
			File: io.NewSectionReader(file, 0, size), Filename: filepath.Base(part.FileName()), Size: size,
			ContentType: part.Header.Get("Content-Type"),
		}
		if !place(variables, path, upload) {
			return errFormFile
		}
	}
	return nil
}

// place puts a file at a path such as variables.input.files.0, where there must be a null.
func place(variables map[string]any, path string, upload graphql.Upload) bool {
	steps := strings.Split(path, ".")
	if len(steps) < 2 || steps[0] != "variables" || variables == nil {
		return false
	}
	var at any = variables
	for i, step := range steps[1:] {
		last := i == len(steps)-2
		switch inner := at.(type) {
		case map[string]any:
			if last {
				if value, there := inner[step]; !there || value != nil {
					return false
				}
				inner[step] = upload
				return true
			}
			at = inner[step]
		case []any:
			n, err := strconv.Atoi(step)
			if err != nil || n < 0 || n >= len(inner) {
				return false
			}
			if last {
				if inner[n] != nil {
					return false
				}
				inner[n] = upload
				return true
			}
			at = inner[n]
		default:
			return false
		}
	}
	return false
}
