package resolvers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
)

// Codes of errors[].extensions.code: the catalogue of the API.
const (
	codeUnauthenticated = "UNAUTHENTICATED"
	codeForbidden       = "FORBIDDEN"
	codeBadInput        = "BAD_USER_INPUT"
	codeParse           = "GRAPHQL_PARSE_FAILED"
	codeValidation      = "GRAPHQL_VALIDATION_FAILED"
	codeTokens          = "LIMIT_TOKENS"
	codeDepth           = "LIMIT_DEPTH"
	codeAliases         = "LIMIT_ALIASES"
	codeRootFields      = "LIMIT_ROOT_FIELDS"
	codeCost            = "LIMIT_COST"
	codeIntrospection   = "INTROSPECTION_DISABLED"
	codePersisted       = "PERSISTED_QUERY_NOT_FOUND"
	codeCSRF            = "CSRF_BLOCKED"
	codeRate            = "RATE_LIMITED"
	codeTimeout         = "TIMEOUT"
	codeUnavailable     = "UNAVAILABLE"
	codeFile            = "UNSUPPORTED_FILE"
	codeImport          = "IMPORT_FAILED"
	codeInternal        = "INTERNAL"
)

const (
	maxErrors       = 10  // of one answer
	maxMessage      = 300 // characters of one message
	maxLoggedFaults = 3   // of one request: the first ones tell, the rest only fills the log
)

// coded is an error that knows its code and whose text may be shown.
type coded interface {
	error
	ErrorCode() string
}

// fault is a refusal of ours: a code and a sentence for the caller.
type fault struct {
	code string
	text string
}

func (f *fault) Error() string     { return f.text }
func (f *fault) ErrorCode() string { return f.code }

func faultf(code, format string, args ...any) *fault {
	return &fault{code: code, text: fmt.Sprintf(format, args...)}
}

// refusal is why a request is not run: what to say, and how HTTP says it.
type refusal struct {
	errors     gqlerror.List
	status     int           // 0: what the code of the first error stands for
	retryAfter time.Duration // for Retry-After
	allow      string        // for Allow
	challenge  string        // for WWW-Authenticate
	early      bool          // refused before it was a GraphQL request: the status holds for every media type
}

func refuse(code, format string, args ...any) *refusal {
	return &refusal{errors: gqlerror.List{plainError(code, fmt.Sprintf(format, args...))}}
}

// refuseEarly is a refusal with a status of HTTP's own.
func refuseEarly(status int, code, format string, args ...any) *refusal {
	r := refuse(code, format, args...)
	r.status, r.early = status, true
	return r
}

func (r *refusal) code() string { return codeOf(r.errors[0]) }

func plainError(code, message string) *gqlerror.Error {
	return &gqlerror.Error{Message: clip(message), Extensions: map[string]any{"code": code}}
}

func codeOf(err *gqlerror.Error) string {
	code, _ := err.Extensions["code"].(string)
	return code
}

// clip cuts a message to maxMessage characters.
func clip(message string) string {
	if len(message) <= maxMessage {
		return message
	}
	runes := []rune(message)
	if len(runes) <= maxMessage {
		return message
	}
	return string(runes[:maxMessage-1]) + "…"
}

// kinds are the errors whose words may be shown, each with its code. An empty text shows the error's own words.
var kinds = []struct {
	kind error
	code string
	text string
}{
	{models.ErrUnavailable, codeUnavailable, "the database cannot be reached: try again in a moment"},
	{context.DeadlineExceeded, codeTimeout, "the operation took too long: ask for less"},
	{context.Canceled, codeTimeout, "the operation was broken off"},
	{auth.ErrThrottled, codeRate, ""},
	{models.ErrTooMany, codeRate, ""},
	{auth.ErrUnauthenticated, codeUnauthenticated, ""},
	{models.ErrForbidden, codeForbidden, ""},
	{models.ErrBadInput, codeBadInput, ""},
	{models.ErrNotFound, codeBadInput, ""},
	{models.ErrDuplicate, codeBadInput, ""},
	{models.ErrConflict, codeBadInput, ""},
	{models.ErrInUse, codeBadInput, ""},
}

// explain returns the code and the words for an error, and false where it is none that may be shown.
func explain(err error) (code, text string, known bool) {
	if own, ok := errors.AsType[coded](err); ok {
		return own.ErrorCode(), own.Error(), true
	}
	if expected, ok := errors.AsType[*models.UserError](err); ok {
		return codeBadInput, expected.Message, true
	}
	for _, k := range kinds {
		if !errors.Is(err, k.kind) {
			continue
		}
		if k.text != "" {
			return k.code, k.text, true
		}
		return k.code, strings.ReplaceAll(err.Error(), models.ErrBadInput.Error()+": ", ""), true
	}
	return codeInternal, "", false
}

// presenter turns errors into what a caller may read. It is the only place that does.
type presenter struct {
	log         *slog.Logger
	suggestions bool // "Did you mean": names of the schema
}

// present implements graphql.ErrorPresenterFunc.
func (p *presenter) present(ctx context.Context, err error) *gqlerror.Error {
	shown := &gqlerror.Error{}
	cause := err
	if placed, ok := errors.AsType[*gqlerror.Error](err); ok {
		shown.Path, shown.Locations = placed.Path, placed.Locations
		if placed.Err == nil && codeOf(placed) != "" {
			return p.finish(placed)
		}
		if placed.Err != nil {
			cause = placed.Err
		}
	}
	if shown.Path == nil {
		shown.Path = graphql.GetPath(ctx)
	}
	code, text, known := explain(cause)
	if !known {
		text = p.internal(ctx, "error", err.Error())
	}
	shown.Message = text
	shown.Extensions = map[string]any{"code": code}
	if slower, ok := errors.AsType[*auth.ThrottledError](cause); ok {
		shown.Extensions[retryAfter] = slower.Seconds()
	}
	return p.finish(shown)
}

// retryAfter is the name under which an error says how many seconds to wait: a WebSocket has no header for it.
const retryAfter = "retryAfter"

// finish keeps the rules that hold for every error.
func (p *presenter) finish(err *gqlerror.Error) *gqlerror.Error {
	if at := strings.Index(err.Message, " Did you mean"); at >= 0 && !p.suggestions {
		err.Message = err.Message[:at]
	}
	err.Message = clip(err.Message)
	return err
}

// internal logs what must not be shown and returns what is said instead.
func (p *presenter) internal(ctx context.Context, kind, text string, more ...any) string {
	x := exchangeFrom(ctx)
	if x.faults.Add(1) <= maxLoggedFaults {
		p.log.ErrorContext(ctx, "internal "+kind, append([]any{"request", x.id, "cause", text}, more...)...)
	}
	return "something went wrong here; the log has it under " + x.id
}

// recovered implements graphql.RecoverFunc: a panic is a fault like any other, and its stack is for the log.
func (p *presenter) recovered(ctx context.Context, cause any) error {
	if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(cause) // net/http's own word for breaking off an answer
	}
	text := p.internal(ctx, "panic", fmt.Sprint(cause), "stack", string(debug.Stack()))
	return &fault{code: codeInternal, text: text}
}

// presentAll presents errors found before anything ran, at most maxErrors of them.
func (p *presenter) presentAll(ctx context.Context, errs gqlerror.List) gqlerror.List {
	if len(errs) > maxErrors {
		errs = errs[:maxErrors]
	}
	shown := make(gqlerror.List, len(errs))
	for i, err := range errs {
		shown[i] = p.present(ctx, err)
	}
	return shown
}

// located gives an error the place of a node of the document.
func located(err *gqlerror.Error, at *ast.Position) *gqlerror.Error {
	if at != nil {
		err.Locations = append(err.Locations, gqlerror.Location{Line: at.Line, Column: at.Column})
	}
	return err
}
