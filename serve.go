package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/config"
	"github.com/minutebook/minutebook/ingest"
	"github.com/minutebook/minutebook/resolvers"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/webhooks"
)

// serve migrates the database and serves until ctx ends; then it lets running requests finish.
func serve(ctx context.Context, i invocation) error {
	demonstrating := wantsDemo(i.args)
	if demonstrating {
		i.getenv = demoEnvironment(i.getenv)
	}
	c, rest, err := i.settings(func(flags *flag.FlagSet) {
		flags.Bool("demo", false, "development mode with a secret that is kept, and a token to try")
	})
	if err := errors.Join(err, noArguments(rest)); err != nil {
		return err
	}
	log := newLogger(c, i.err)
	if err := fillSecret(&c, demonstrating, log); err != nil {
		return err
	}
	s, err := open(ctx, c, log)
	if err != nil {
		return err
	}
	defer s.close()
	if demonstrating {
		if err := importSamples(ctx, s.db, i.out); err != nil {
			return err
		}
		if err := demo(s, i.out); err != nil {
			return err
		}
	}
	tuneMemory(i.getenv)
	return s.serve(ctx)
}

// server is a program that is ready to serve.
type server struct {
	config   config.Config
	log      *slog.Logger
	verifier *auth.Verifier
	// revocations are the tokens that were taken back; background is what reads them again and again.
	revocations *auth.Revocations
	background  sync.WaitGroup
	accounts    *resolvers.Accounts
	imports     *ingest.Jobs
	hooks       *webhooks.Hooks
	db          *store.Store
	api         *resolvers.Handler
	metrics     *metrics
	ready       *readiness
	listener    net.Listener
	admin       net.Listener // nil where there is none
}

// open takes the addresses first, for a second server on them is the likeliest mistake, then opens and migrates the
// database.
func open(ctx context.Context, c config.Config, log *slog.Logger) (s *server, err error) {
	s = &server{config: c, log: log, metrics: newMetrics()}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	s.revocations = s.newRevocations()
	tokens := authConfig(c)
	tokens.Revocations = s.revocations
	if s.verifier, err = auth.NewVerifier(ctx, tokens); err != nil {
		return s, nameSettings(err)
	}
	if s.listener, err = listen(ctx, "MINUTEBOOK_ADDR", c.Addr); err != nil {
		return s, err
	}
	if c.AdminAddr != "" {
		if s.admin, err = listen(ctx, "MINUTEBOOK_ADMIN_ADDR", c.AdminAddr); err != nil {
			return s, err
		}
	}
	if s.db, err = store.Open(ctx, c.Database, store.Options{Logger: log}); err != nil {
		return s, fmt.Errorf("MINUTEBOOK_DATABASE: %w", err)
	}
	if err = s.db.Migrate(ctx); err != nil {
		return s, fmt.Errorf("the database cannot be migrated: %w", err)
	}
	if err = s.revocations.Load(ctx); err != nil {
		return s, err
	}
	if s.accounts, err = s.newAccounts(); err != nil {
		return s, err
	}
	s.imports, s.hooks = newImports(s), newHooks(s)
	s.ready = newReadiness(func(ctx context.Context) error {
		return errors.Join(s.verifier.Ready(), s.db.Ready(ctx))
	})
	trusted, err := readManifest(c.TrustedDocuments)
	if err != nil {
		return s, err
	}
	s.api = newAPI(s, trusted)
	if trusted != nil {
		if err = trusted.Check(s.api); err != nil {
			return s, fmt.Errorf("MINUTEBOOK_TRUSTED_DOCUMENTS: %w", err)
		}
	}
	return s, nil
}

// readManifest reads the trusted documents, nil where no file is named.
func readManifest(path string) (*resolvers.Manifest, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path) //nolint:gosec // the operator names it
	if err != nil {
		return nil, fmt.Errorf("MINUTEBOOK_TRUSTED_DOCUMENTS cannot be read: %w", err)
	}
	manifest, err := resolvers.ReadManifest(text)
	if err != nil {
		return nil, fmt.Errorf("MINUTEBOOK_TRUSTED_DOCUMENTS=%q: %w", path, err)
	}
	return manifest, nil
}

func listen(ctx context.Context, setting, address string) (net.Listener, error) {
	var settings net.ListenConfig
	listener, err := settings.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s=%q cannot be listened on: %w", setting, address, err)
	}
	return listener, nil
}

// close gives everything back; it may be called for a server that was opened in part.
func (s *server) close() {
	for _, closer := range []io.Closer{closerOf(s.listener), closerOf(s.admin)} {
		if closer != nil {
			_ = closer.Close() // closed already where the server has run
		}
	}
	if s.verifier != nil {
		s.verifier.Close()
	}
	if s.db != nil {
		if err := s.db.Close(); err != nil {
			s.log.Error("the database was not closed well", "cause", err.Error())
		}
	}
}

func closerOf(listener net.Listener) io.Closer {
	if listener == nil {
		return nil
	}
	return listener
}

// settleTime is how long a load balancer has to see that /readyz says no, before connections are refused.
const settleTime = 300 * time.Millisecond

// serve answers until ctx ends.
func (s *server) serve(ctx context.Context) error {
	reading, stop := context.WithCancel(context.WithoutCancel(ctx)) // until the last request is answered
	defer s.background.Wait()
	defer stop()
	s.background.Go(func() { s.revocations.Run(reading, revocationsEvery, s.log) })
	s.background.Go(func() { s.forget(reading) })
	s.background.Go(func() { s.imports.Run(reading) })
	s.background.Go(func() { s.hooks.Run(reading) })
	s.background.Go(func() { s.forgetKeys(reading) })
	public := s.httpServer(resolvers.Around(s.routes(), s.log, s.config.TrustedProxies, s.metrics.observe))
	failed := make(chan error, 2)
	go func() { failed <- public.Serve(s.listener) }()
	var private *http.Server
	if s.admin != nil {
		private = s.httpServer(s.adminRoutes())
		private.WriteTimeout = 2 * time.Minute // a profile takes its time
		go func() { failed <- private.Serve(s.admin) }()
	}
	s.ready.start()
	s.log.Info("serving", "address", s.listener.Addr().String(), "mode", string(s.config.Mode))
	select {
	case err := <-failed:
		return fmt.Errorf("the server stopped: %w", err)
	case <-ctx.Done():
	}
	s.log.Info("stopping", "drain", s.config.Server.Drain.String())
	return s.drain(ctx, public, private)
}

// forgetEvery is how often the database is freed of keys that nobody may use any more.
const forgetEvery = time.Hour

// forget deletes old keys of requests, now and then, until ctx ends.
func (s *server) forget(ctx context.Context) {
	for ctx.Err() == nil {
		if err := s.db.ForgetKeys(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("old keys of requests are kept", "cause", err.Error())
		}
		wait(ctx, forgetEvery)
	}
}

// drain says no at /readyz, ends sockets, and waits for running requests as long as the settings allow.
func (s *server) drain(ctx context.Context, public, private *http.Server) error {
	s.ready.stop()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.config.Server.Drain)
	defer cancel()
	wait(ctx, settleTime)
	sockets := make(chan struct{})
	go func() { s.api.Close(); close(sockets) }()
	err := public.Shutdown(ctx)
	if err != nil {
		err = errors.Join(fmt.Errorf("requests were still running after %s and were cut", s.config.Server.Drain), public.Close())
	}
	select {
	case <-sockets:
	case <-ctx.Done():
	}
	if private != nil {
		_ = private.Close() // nothing of a caller's is lost with it
	}
	return err
}

func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

func (s *server) httpServer(handler http.Handler) *http.Server {
	t := s.config.Server
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: t.ReadHeader, ReadTimeout: t.Read, WriteTimeout: t.Write, IdleTimeout: t.Idle,
		MaxHeaderBytes: s.config.Limits.Header,
		ErrorLog:       slog.NewLogLogger(s.log.Handler(), slog.LevelDebug), // broken connections, mostly
	}
}
