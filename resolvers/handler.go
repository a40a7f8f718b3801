package resolvers

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/auth"
)

// Options are what the handler of the API stands on.
type Options struct {
	Schema   graphql.ExecutableSchema
	Verifier *auth.Verifier
	// Transact runs a function in one transaction of the store; nil where there is none. Transactions says that mutations
	// run in one unless they say otherwise.
	Transact     func(context.Context, func(context.Context) error) error
	Transactions bool
	Log          *slog.Logger

	Limits         Limits
	Rates          Rates
	Sockets        Sockets
	Concurrent     int // operations that run at once
	Queue          int // operations that wait
	QueueWait      time.Duration
	Introspection  bool
	Suggestions    bool
	DraftStatus    bool     // the status codes of the 2026 draft of GraphQL over HTTP
	Origins        []string // of other sites whose pages may call
	TrustedProxies []netip.Prefix

	TrustedMode      TrustedMode
	TrustedDocuments *Manifest // nil where there is none
	AutomaticPersist bool      // automatic persisted queries
}

// Handler answers GraphQL at one address: by POST and GET, as multipart with files, as an event stream, and over
// WebSockets. All of them go through the same guard.
type Handler struct {
	options   Options
	guard     *guard
	persisted *persistence
	present   *presenter
	rates     *rates
	load      *load
	sockets   *sockets
	versions  *versions
}

// NewHandler returns the handler of the API.
func NewHandler(options Options) *Handler {
	persisted := &persistence{mode: options.TrustedMode, manifest: options.TrustedDocuments, log: options.Log}
	if options.AutomaticPersist {
		persisted.sent = newSentDocuments(options.Limits.CachedDocuments)
	}
	return &Handler{
		options: options, persisted: persisted,
		guard:   newGuard(options.Schema.Schema(), options.Limits, options.Introspection, options.Suggestions),
		present: &presenter{log: options.Log, suggestions: options.Suggestions},
		rates:   newRates(options.Rates),
		load:    newLoad(options.Concurrent, options.Queue, options.QueueWait),
		sockets: newSockets(options.Sockets), versions: newVersions(),
	}
}

// Close ends all WebSockets and event streams, so that a server can stop. New ones are refused from then on.
func (h *Handler) Close() { h.sockets.close() }

// OpenSockets returns how many WebSockets and event streams are open.
func (h *Handler) OpenSockets() int { return h.sockets.count() }

// Schema returns the schema that is served.
func (h *Handler) Schema() *ast.Schema { return h.guard.schema }

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header["Cache-Control"] = headerNoStore
	if r.Method != http.MethodPost { // no cache keeps the answer to a POST
		header["Vary"] = headerVary
	}
	if !h.allowOrigin(w, r) {
		return
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
	default:
		refusal := refuseEarly(http.StatusMethodNotAllowed, codeBadInput, "use POST, or GET for a query")
		refusal.allow = allowedMethods
		h.refuse(w, r, typeJSON, refusal)
		return
	}
	r, refusal := h.identify(r)
	if refusal != nil {
		h.refuse(w, r, typeJSON, refusal)
		return
	}
	h.serveIdentified(w, r)
}

// serveIdentified answers a request whose actor is known.
func (h *Handler) serveIdentified(w http.ResponseWriter, r *http.Request) {
	if wantsWebSocket(r) {
		h.serveWebSocket(w, r)
		return
	}
	if refusal := h.rates.request(exchangeFrom(r.Context())); refusal != nil {
		h.refuse(w, r, typeJSON, refusal)
		return
	}
	mediaType := negotiate(r.Header, h.options.DraftStatus)
	if mediaType == "" {
		h.refuse(w, r, typeJSON, refuseEarly(http.StatusNotAcceptable, codeBadInput,
			"the answer can be %s, %s or %s", typeGraphQL, typeJSON, typeEvents))
		return
	}
	h.serveRequest(w, r, mediaType)
}

const allowedMethods = "GET, HEAD, POST, OPTIONS"

// identify finds out who is asking and returns the request with the actor in its context. A bad token is a refusal and
// never a guest; bad ones use up the allowance of the address, so that guessing is slow.
func (h *Handler) identify(r *http.Request) (*http.Request, *refusal) {
	ctx := r.Context()
	x := exchangeFrom(ctx)
	actor, err := h.options.Verifier.Authenticate(r)
	if err == nil && actor.Role == auth.Guest { // as a context without an actor says
		return r, nil
	}
	if err == nil {
		x.actor = actor
		return r.WithContext(auth.WithActor(ctx, actor)), nil
	}
	if refusal := h.rates.request(x); refusal != nil {
		return r, refusal
	}
	return r, h.refusalOf(ctx, err)
}

// refusalOf turns an error into a refusal.
func (h *Handler) refusalOf(ctx context.Context, err error) *refusal {
	r := &refusal{}
	r.errors = append(r.errors, h.present.present(ctx, err))
	switch {
	case errors.Is(err, auth.ErrUnauthenticated):
		r.challenge = auth.Challenge(err)
	case errors.Is(err, auth.ErrUnavailable):
		r.retryAfter = 2 * time.Second
	}
	return r
}

// allowOrigin answers the questions of browsers (CORS) and reports whether to go on. Pages of other sites get an
// answer only where their origin is on the list; no cookie carries authority here, so a request itself is harmless.
func (h *Handler) allowOrigin(w http.ResponseWriter, r *http.Request) bool {
	origin := r.Header.Get("Origin")
	listed := origin != "" && h.listed(origin)
	if listed {
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Access-Control-Expose-Headers", "ETag, Retry-After, X-Request-Id")
	}
	if r.Method != http.MethodOptions {
		return true
	}
	w.Header().Set("Allow", allowedMethods)
	if listed {
		w.Header().Set("Access-Control-Allow-Methods", "GET, POST")
		w.Header().Set("Access-Control-Allow-Headers", "Authorization, Content-Type, "+preflightHeader+", "+auth.RoleHeader)
		w.Header().Set("Access-Control-Max-Age", "600")
	}
	w.WriteHeader(http.StatusNoContent)
	return false
}

func (h *Handler) listed(origin string) bool {
	for _, allowed := range h.options.Origins {
		if strings.EqualFold(allowed, origin) {
			return true
		}
	}
	return false
}

// statusOf returns the status of a refusal. Clients that accept application/json only expect 200 for whatever is
// well-formed; the media type of GraphQL carries the status of HTTP.
func (h *Handler) statusOf(r *refusal, mediaType string) int {
	if r.status != 0 {
		return r.status
	}
	switch r.code() {
	case codeUnauthenticated:
		return http.StatusUnauthorized
	case codeForbidden, codeCSRF:
		return http.StatusForbidden
	case codeRate:
		return http.StatusTooManyRequests
	case codeUnavailable, codeTimeout:
		return http.StatusServiceUnavailable
	case codeInternal:
		return http.StatusInternalServerError
	}
	switch {
	case h.options.DraftStatus && r.code() == codeParse:
		return http.StatusBadRequest
	case h.options.DraftStatus:
		return http.StatusUnprocessableEntity
	case mediaType == typeJSON:
		return http.StatusOK
	}
	return http.StatusBadRequest
}

// refuse answers a request that is not run.
func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, mediaType string, refusal *refusal) {
	errs := h.present.presentAll(r.Context(), refusal.errors)
	exchangeFrom(r.Context()).code = codeOf(errs[0])
	header := w.Header()
	if refusal.retryAfter > 0 {
		header.Set("Retry-After", strconv.Itoa(seconds(refusal.retryAfter)))
	}
	if refusal.allow != "" {
		header.Set("Allow", refusal.allow)
	}
	if refusal.challenge != "" {
		header.Set("WWW-Authenticate", refusal.challenge)
	}
	if mediaType == typeEvents {
		mediaType = typeJSON
	}
	h.write(w, r, mediaType, h.statusOf(refusal, mediaType), encode(&graphql.Response{Errors: errs}))
}

func (h *Handler) write(w http.ResponseWriter, _ *http.Request, mediaType string, status int, body []byte) {
	header := w.Header()
	header["Content-Type"] = headerTypes[mediaType]
	header["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that went away is told nothing
}
