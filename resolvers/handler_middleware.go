package resolvers

import (
	"bufio"
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/minutebook/minutebook/auth"
)

// Around wraps a whole server: it gives each request an id, sets the headers that hold for every answer, writes the
// access log, turns a panic into an answer, and hands status and time to observe. Of a request the log has no header but the agent, no query string, no
// body and no token; names in it come from a document that was found to be good.
func Around(next http.Handler, log *slog.Logger, trusted []netip.Prefix, observe func(*http.Request, int, time.Duration)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := &exchange{id: newRequestID(), client: clientAddress(r, trusted)}
		header := w.Header()
		header["X-Request-Id"] = []string{x.id}
		header["X-Content-Type-Options"] = headerNoSniff
		header["X-Frame-Options"] = headerNoFrames
		header["Referrer-Policy"] = headerNoReferrer
		header["Cross-Origin-Resource-Policy"] = headerSameSite
		header["Content-Security-Policy"] = headerNoContent
		answer := &answer{ResponseWriter: w}
		started := time.Now()
		defer func() {
			if cause := recover(); cause != nil {
				p := &presenter{log: log}
				_ = p.recovered(withExchange(r.Context(), x), cause)
				if answer.status == 0 {
					http.Error(answer, "something went wrong here; the log has it under "+x.id, http.StatusInternalServerError)
				}
			}
			took := time.Since(started)
			observe(r, answer.status, took)
			logAccess(r.Context(), r, log, x, answer, took)
		}()
		next.ServeHTTP(answer, r.WithContext(withExchange(r.Context(), x)))
	})
}

// Values of headers that hold for every answer. Answers share them: whoever wants others sets a new value and never
// changes these.
var (
	headerNoSniff    = []string{"nosniff"}
	headerNoFrames   = []string{"DENY"}
	headerNoReferrer = []string{"no-referrer"}
	headerSameSite   = []string{"same-site"}
	headerNoContent  = []string{"default-src 'none'; frame-ancestors 'none'"}
	headerNoStore    = []string{"no-store"}
	headerVary       = []string{"Accept, Authorization, " + auth.RoleHeader + ", Origin"}
	headerTypes      = map[string][]string{
		typeJSON: {typeJSON + "; charset=utf-8"}, typeGraphQL: {typeGraphQL + "; charset=utf-8"},
	}
)

// maxLogged bounds what a stranger can put into a line of the log.
const maxLogged = 100

func logAccess(ctx context.Context, r *http.Request, log *slog.Logger, x *exchange, a *answer, took time.Duration) {
	level := slog.LevelInfo
	switch {
	case a.status >= http.StatusInternalServerError:
		level = slog.LevelWarn
	case r.URL.Path == "/healthz" || r.URL.Path == "/readyz":
		level = slog.LevelDebug
	}
	if !log.Enabled(ctx, level) {
		return
	}
	attributes := []slog.Attr{
		slog.String("request", x.id), slog.String("method", short(r.Method)), slog.String("path", short(r.URL.Path)),
		slog.Int("status", a.status), slog.Int("bytes", a.bytes), slog.Float64("ms", float64(took.Microseconds())/1000),
		slog.String("client", x.client.String()),
	}
	operation := string(x.kind)
	if operation != "" {
		operation += " " + x.operation
	}
	for _, optional := range []struct{ name, value string }{
		{"subject", x.actor.Subject}, {"role", string(x.actor.Role)}, {"operation", operation}, {"code", x.code},
	} {
		if optional.value != "" {
			attributes = append(attributes, slog.String(optional.name, short(optional.value)))
		}
	}
	if x.cost > 0 {
		attributes = append(attributes, slog.Int("cost", x.cost))
	}
	log.LogAttrs(ctx, level, "request", attributes...)
}

func short(text string) string {
	if len(text) > maxLogged {
		return text[:maxLogged] + "…"
	}
	return text
}

// answer notes what was answered.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 || a.status == http.StatusContinue {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write implements io.Writer.
func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	n, err := a.ResponseWriter.Write(b)
	a.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController find what the connection itself can do.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// Hijack implements http.Hijacker, for WebSockets.
func (a *answer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	a.status = http.StatusSwitchingProtocols
	return http.NewResponseController(a.ResponseWriter).Hijack()
}
