package resolvers

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// preflightHeader tells that a request cannot have been made by a form of another site: a browser asks before it sends
// a header of this name.
const preflightHeader = "GraphQL-Require-Preflight"

// serveRequest answers one request by GET or POST.
func (h *Handler) serveRequest(w http.ResponseWriter, r *http.Request, mediaType string) {
	req, finish, refusal := h.readRequest(w, r)
	if refusal != nil {
		h.refuse(w, r, mediaType, refusal)
		return
	}
	defer finish()
	if mediaType == typeEvents {
		h.serveEvents(w, r, req)
		return
	}
	ctx := r.Context()
	turn, refusal := h.load.enter(ctx)
	if refusal != nil {
		h.refuse(w, r, mediaType, refusal)
		return
	}
	body := newBody()
	defer body.free()
	result, op, refusal := h.runOnce(r, req, turn, body, mediaType)
	turn.leave()
	switch {
	case refusal != nil:
		h.refuse(w, r, mediaType, refusal)
	case body.known != "":
		h.say304(w, r, body.known)
	case len(body.text) > 0:
		h.send(w, r, mediaType, body.text, body.version)
	case op.kind == ast.Subscription && acceptsEvents(r.Header):
		h.serveEvents(w, r, req)
	case op.kind == ast.Subscription:
		h.refuse(w, r, mediaType, refuseEarly(http.StatusBadRequest, codeBadInput,
			"a subscription needs a WebSocket, or Accept: %s", typeEvents))
	default:
		h.respond(w, r, mediaType, result)
	}
}

// runOnce runs a query or a mutation and returns its result, or writes it to the body; of a subscription it returns the
// operation only. What the caller of a GET has already is not asked for.
func (h *Handler) runOnce(r *http.Request, req *request, turn *turn, body *body, mediaType string) (*graphql.Response, *operation, *refusal) {
	op, refusal := h.admit(r.Context(), req)
	if refusal != nil || op.kind == ast.Subscription && !op.dry {
		return nil, op, refusal
	}
	if op.kind == ast.Mutation && !op.dry {
		if refusal := turn.write(r.Context()); refusal != nil {
			return nil, op, refusal
		}
	}
	ctx, cancel := h.deadline(r.Context(), op.kind)
	defer cancel()
	version := h.versionOf(ctx, r, mediaType, op)
	if body.known = version.known(r.Header.Values("If-None-Match")); body.known != "" {
		return nil, op, nil
	}
	if op.kind == ast.Query && !op.dry && h.written(ctx, op, body) {
		body.version = version.tag()
		return nil, op, nil
	}
	return h.start(ctx, op)(), op, nil
}

// readRequest reads the request; finish gives back what it holds.
func (h *Handler) readRequest(w http.ResponseWriter, r *http.Request) (req *request, finish func(), refusal *refusal) {
	finish = func() {}
	if r.Method != http.MethodPost {
		req, refusal = readQuery(r.URL)
		return req, finish, refusal
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		w.Header().Set("Accept-Encoding", "identity")
		return nil, finish, refuseEarly(http.StatusUnsupportedMediaType, codeBadInput, "the body must not be compressed")
	}
	mediaType, parameters := contentType(r.Header)
	switch mediaType {
	case typeJSON:
		req, refusal = h.readBody(w, r)
		return req, finish, refusal
	case "multipart/form-data":
		return h.readMultipart(w, r, parameters["boundary"])
	}
	return nil, finish, refuseEarly(http.StatusUnsupportedMediaType, codeBadInput, "the body must be application/json in UTF-8")
}

func (h *Handler) readBody(w http.ResponseWriter, r *http.Request) (*request, *refusal) {
	limit := int64(h.guard.limits.Body)
	if r.ContentLength > limit {
		w.Header().Set("Connection", "close")
		return nil, tooLarge(limit)
	}
	text, err := readAll(w, r, limit)
	if err != nil {
		return nil, bodyRefusal(err, limit)
	}
	req, err := requestFromJSON(text)
	if err != nil {
		return nil, refuseEarly(http.StatusBadRequest, codeBadInput, "%s", err)
	}
	return req, nil
}

// readAll reads a body that is known not to be larger than the limit, or, where its length is not known, stops there.
func readAll(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	if r.ContentLength < 0 {
		return io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	}
	const atOnce = 16 << 10 // more is taken as it comes, so that a length that is only promised takes no memory
	if r.ContentLength > atOnce {
		return io.ReadAll(r.Body)
	}
	text := make([]byte, r.ContentLength)
	_, err := io.ReadFull(r.Body, text)
	return text, err
}

func tooLarge(limit int64) *refusal {
	return refuseEarly(http.StatusRequestEntityTooLarge, codeBadInput, "the body is larger than %d bytes", limit)
}

func bodyRefusal(err error, limit int64) *refusal {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return tooLarge(limit)
	}
	return refuseEarly(http.StatusBadRequest, codeBadInput, "the body ended before it was whole")
}

// readQuery reads a request from the address of a GET.
func readQuery(address *url.URL) (*request, *refusal) {
	parameters, err := url.ParseQuery(address.RawQuery)
	if err != nil {
		return nil, refuseEarly(http.StatusBadRequest, codeBadInput, "the query of the address cannot be read")
	}
	object := map[string]any{}
	for _, name := range requestKeys {
		values := parameters[name]
		if len(values) > 1 {
			return nil, refuseEarly(http.StatusBadRequest, codeBadInput, "the address has %s more than once", name)
		}
		if len(values) == 0 || values[0] == "" && name != "query" {
			continue
		}
		object[name] = values[0]
		if name == "variables" || name == "extensions" {
			if object[name], err = readJSON([]byte(values[0])); err != nil {
				return nil, refuseEarly(http.StatusBadRequest, codeBadInput, "%s of the address: %s", name, err)
			}
		}
	}
	if query, _ := object["query"].(string); !isText(query) {
		return nil, refuseEarly(http.StatusBadRequest, codeBadInput, "%s", errJSONText)
	}
	req, err := requestFromValue(object)
	if err != nil {
		return nil, refuseEarly(http.StatusBadRequest, codeBadInput, "%s", err)
	}
	req.reading = true
	return req, nil
}

func isText(s string) bool { return strings.ToValidUTF8(s, "") == s }

// respond writes the result of an operation.
func (h *Handler) respond(w http.ResponseWriter, r *http.Request, mediaType string, result *graphql.Response) {
	body := encode(result)
	status := h.statusOfResult(result)
	if len(result.Errors) > 0 {
		exchangeFrom(r.Context()).code = codeOf(result.Errors[0])
	}
	switch status {
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "2")
	case http.StatusTooManyRequests:
		w.Header().Set("Retry-After", fmt.Sprint(result.Errors[0].Extensions[retryAfter]))
	}
	if len(result.Errors) == 0 {
		h.send(w, r, mediaType, body, "")
		return
	}
	h.write(w, r, mediaType, status, body)
}

// send writes an answer without errors, to a GET only where the caller does not have it already.
func (h *Handler) send(w http.ResponseWriter, r *http.Request, mediaType string, body []byte, version string) {
	if r.Method != http.MethodPost && h.unchanged(w, r, mediaType, body, version) {
		return
	}
	h.write(w, r, mediaType, http.StatusOK, body)
}

// statusOfResult is 200 whatever the errors, for the operation ran; but 503 where it did not for want of the database, and
// 429 where it was put off.
func (h *Handler) statusOfResult(result *graphql.Response) int {
	nothing := len(result.Data) == 0 || string(result.Data) == "null"
	switch {
	case len(result.Errors) == 0:
		return http.StatusOK
	case nothing && codeOf(result.Errors[0]) == codeUnavailable:
		return http.StatusServiceUnavailable
	case nothing && result.Errors[0].Extensions[retryAfter] != nil:
		return http.StatusTooManyRequests
	case h.options.DraftStatus && !nothing:
		return statusPartialData
	}
	return http.StatusOK
}

// statusPartialData is what the draft of 2026 has for data that comes with errors.
const statusPartialData = 294

// unchanged sets what a cache needs to know of an answer to a GET and reports whether the caller has the answer
// already. The tag is strong: it is the hash of the bytes and of their type, after the version where there is one.
func (h *Handler) unchanged(w http.ResponseWriter, r *http.Request, mediaType string, body []byte, version string) bool {
	sum := sha256.Sum256(append([]byte(mediaType+"\n"), body...))
	hash := base64.RawURLEncoding.EncodeToString(sum[:18]) + `"`
	h.keepable(w, r, `"`+version+hash)
	if !hasHash(r.Header.Values("If-None-Match"), hash) {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}

// say304 tells a caller that an answer is the one of a tag.
func (h *Handler) say304(w http.ResponseWriter, r *http.Request, tag string) {
	h.keepable(w, r, tag)
	w.WriteHeader(http.StatusNotModified)
}

// keepable sets what a cache needs to know of an answer.
func (h *Handler) keepable(w http.ResponseWriter, r *http.Request, tag string) {
	header := w.Header()
	header.Set("ETag", tag)
	header.Set("Cache-Control", "public, no-cache")
	if exchangeFrom(r.Context()).actor.Role.Valid() {
		header.Set("Cache-Control", "private, no-cache")
	}
}

// hasHash compares weakly, as If-None-Match does, and whatever version the tags begin with.
func hasHash(values []string, hash string) bool {
	return slices.ContainsFunc(strings.Split(strings.Join(values, ","), ","), func(candidate string) bool {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" {
			return true
		}
		tag, quoted := strings.CutPrefix(strings.TrimPrefix(candidate, "W/"), `"`)
		if _, after, versioned := strings.Cut(tag, "."); versioned {
			tag = after
		}
		return quoted && tag == hash
	})
}

// acceptsEvents reports whether an Accept header names an event stream.
func acceptsEvents(header http.Header) bool {
	weight, exact := rate(typeEvents, readAccept(header.Values("Accept")))
	return exact == 2 && weight > 0
}
