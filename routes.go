package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/pprof"
	"sync"
	"sync/atomic"
	"time"

	"github.com/minutebook/minutebook/config"
	"github.com/minutebook/minutebook/ingest"
	"github.com/minutebook/minutebook/resolvers"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/web"
	"github.com/minutebook/minutebook/webhooks"
)

// newAPI builds the handler of /graphql.
func newAPI(s *server, trusted *resolvers.Manifest) *resolvers.Handler {
	c := s.config
	development := c.Mode == config.Development
	l := c.Limits
	return resolvers.NewHandler(resolvers.Options{
		Schema:   (&resolvers.Resolver{Store: s.db, Accounts: s.accounts, Imports: s.imports, Hooks: s.hooks}).Schema(),
		Verifier: s.verifier, Log: s.log, Transact: s.db.Transact, Transactions: c.Transactions,
		Limits: resolvers.Limits{
			Document: l.Document, Tokens: l.Tokens, Depth: l.Depth, Aliases: l.Aliases, RootFields: l.RootFields,
			Mutations: l.Mutations, Directives: l.Directives, Fields: l.Fields, CostGuest: l.CostGuest, CostUser: l.CostUser,
			Page: l.Page, List: l.List, FilterDepth: l.FilterDepth, FilterNodes: l.FilterNodes,
			CachedDocuments: l.CachedDocuments, CacheDocument: l.CacheDocument, CacheAll: l.CacheAll,
			Body: l.Body, Upload: l.Upload, Reply: l.Reply, QueryTime: l.QueryTime, MutationTime: l.MutationTime,
		},
		Rates: resolvers.Rates(c.Rate), Sockets: resolvers.Sockets(c.Socket),
		Concurrent: c.Server.Concurrent, Queue: c.Server.Queue, QueueWait: c.Server.QueueWait,
		Introspection: development, Suggestions: development, DraftStatus: c.DraftStatus,
		Origins: c.AllowedOrigins, TrustedProxies: c.TrustedProxies,
		TrustedMode: resolvers.TrustedMode(c.TrustedMode), TrustedDocuments: trusted, AutomaticPersist: c.AutomaticPersist,
	})
}

// newImports returns the imports that run apart from requests.
func newImports(s *server) *ingest.Jobs {
	c := s.config.Import
	return ingest.NewJobs(s.db, ingest.JobOptions{
		Limits: store.JobLimits{Total: c.Queue, PerActor: c.QueueActor}, Time: c.Time, Keep: c.Keep, Log: s.log,
	})
}

// newHooks returns what sends to webhooks.
func newHooks(s *server) *webhooks.Hooks {
	c := s.config.Hooks
	return webhooks.New(s.db, webhooks.Options{Networks: webhooks.Networks(c.Networks), Patience: c.Timeout, GiveUp: c.GiveUp, Log: s.log})
}

// routes is what strangers can reach.
func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", s.api)
	mux.Handle("/export/", s.api.Export(s.db))
	mux.Handle("/schema.graphql", resolvers.SchemaHandler(s.api.Schema()))
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") })
	mux.HandleFunc("/readyz", s.ready.answer(s.log))
	page := web.GraphiQL()
	if s.config.Mode == config.Production {
		page = http.NotFoundHandler()
	}
	mux.Handle("/graphiql", page)
	mux.Handle("/graphiql/", page)
	mux.Handle("/", web.Explorer())
	return mux
}

// adminRoutes is for operators: it shows the program's inside.
func (s *server) adminRoutes() http.Handler {
	mux := http.NewServeMux()
	s.metrics.watchDatabase(s.db)
	mux.Handle("/metrics", s.metrics.handler(s.api))
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n") // a prober that went away is told nothing
}

// readiness answers /readyz. One check runs at a time and answers all who asked before it began, so that many questions
// cost little and none is answered with what was true before it.
type readiness struct {
	check   func(context.Context) error
	serving atomic.Bool

	mu    sync.Mutex
	began time.Time // of the last check
	last  error
}

func newReadiness(check func(context.Context) error) *readiness { return &readiness{check: check} }

func (r *readiness) start() { r.serving.Store(true) }
func (r *readiness) stop()  { r.serving.Store(false) }

// readyTime is how long a check may take before it counts as a no.
const readyTime = 2 * time.Second

func (r *readiness) now(ctx context.Context) error {
	asked := time.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.began.After(asked) {
		return r.last
	}
	r.began = time.Now()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readyTime)
	defer cancel()
	r.last = r.check(ctx)
	return r.last
}

// answer says whether requests should come here, and never why not: that is for the log.
func (r *readiness) answer(log *slog.Logger) http.HandlerFunc {
	return func(w http.ResponseWriter, asked *http.Request) {
		if !r.serving.Load() {
			say(w, http.StatusServiceUnavailable, "not ready")
			return
		}
		if err := r.now(asked.Context()); err != nil {
			log.Warn("not ready", "cause", err.Error())
			say(w, http.StatusServiceUnavailable, "not ready")
			return
		}
		say(w, http.StatusOK, "ready")
	}
}
