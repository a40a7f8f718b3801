package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"time"

	"github.com/minutebook/minutebook/bench"
	"github.com/minutebook/minutebook/bench/yardstick"
	"github.com/minutebook/minutebook/store"
)

// serveYardstick is the yardstick as a process of its own. Its collector is set as minutebook's is.
func serveYardstick(ctx context.Context, database, address string) error {
	db, err := bench.Open(database)
	if err != nil {
		return err
	}
	server, err := yardstick.New(ctx, db)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/", server)
	mux.HandleFunc("/metrics", func(w http.ResponseWriter, _ *http.Request) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		_, _ = fmt.Fprintf(w, "%s %d\n", bench.AllocationsName, m.Mallocs)
	})
	return http.ListenAndServe(address, mux)
}

// prepare migrates and fills the database.
func prepare(ctx context.Context, o options) (*sql.DB, *bench.Sample, error) {
	quiet := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	s, err := store.Open(ctx, o.database, store.Options{Logger: quiet})
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = s.Close() }()
	if err := s.Migrate(ctx); err != nil {
		return nil, nil, err
	}
	db, err := bench.Open(o.database)
	if err != nil {
		return nil, nil, err
	}
	var sample *bench.Sample
	if err = fill(ctx, db, s, bench.Sizes[o.size], !o.noSearch); err == nil {
		sample, err = bench.TakeSample(db)
	}
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, sample, nil
}

// fill generates the data set where there is none, and the search index where that is missing.
func fill(ctx context.Context, db *sql.DB, s *store.Store, size bench.Size, search bool) error {
	var meetings, indexed int
	if err := db.QueryRowContext(ctx, "SELECT COUNT(*) FROM meetings").Scan(&meetings); err != nil {
		return err
	}
	if meetings != 0 && meetings != size.Meetings {
		return fmt.Errorf("the database holds %d meetings, and size %s has %d: drop it, or name another", meetings, size.Name, size.Meetings)
	}
	started := time.Now()
	if meetings == 0 {
		fmt.Fprintf(os.Stderr, "making size %s: %d meetings\n", size.Name, size.Meetings)
		progress := func(n int) {
			fmt.Fprintf(os.Stderr, "%d meetings after %s\n", n, time.Since(started).Round(time.Second))
		}
		if _, err := bench.Generate(ctx, db, size, progress); err != nil {
			return err
		}
		if err := bench.Analyze(ctx, db); err != nil {
			return err
		}
	}
	if !search {
		return nil
	}
	if err := db.QueryRowContext(ctx, "SELECT COUNT(*) FROM (SELECT 1 FROM search_entries LIMIT 1) t").Scan(&indexed); err != nil || indexed > 0 {
		return err
	}
	fmt.Fprintln(os.Stderr, "making the search index: about a minute for each 100,000 texts")
	if err := s.Reindex(ctx); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "ready after %s\n", time.Since(started).Round(time.Second))
	return nil
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String(), nil
}

// servers starts both.
func servers(o options) (ours, theirs *bench.Process, err error) {
	var addresses [3]string
	for i := range addresses {
		if addresses[i], err = freeAddress(); err != nil {
			return nil, nil, err
		}
	}
	cmd := exec.Command(o.binary, "serve")
	cmd.Env = append(os.Environ(), "MINUTEBOOK_ADDR="+addresses[0], "MINUTEBOOK_ADMIN_ADDR="+addresses[1],
		"MINUTEBOOK_DATABASE="+o.database, "MINUTEBOOK_MODE=production", "MINUTEBOOK_LOG_LEVEL=warn",
		"MINUTEBOOK_JWT_SECRET=b5Jq2mXw9ZrT4vB8nLs5pYd3Hf6Gc1eKuAoRi0", "MINUTEBOOK_JWT_ISSUER=bench", "MINUTEBOOK_JWT_AUDIENCE=bench",
		"MINUTEBOOK_RATE_REQUESTS=10000000", "MINUTEBOOK_RATE_COST=1000000000", "MINUTEBOOK_LIMIT_COST=1000000", "MINUTEBOOK_CONCURRENT=64")
	if ours, err = bench.Start("/readyz", addresses[0], addresses[1]+"/metrics", cmd); err != nil {
		return nil, nil, err
	}
	cmd = exec.Command(os.Args[0], "yardstick", o.database, addresses[2])
	cmd.Env = append(os.Environ(), "GOGC=400") // as minutebook sets it for itself
	if theirs, err = bench.Start("/q2", addresses[2], addresses[2]+"/metrics", cmd); err != nil {
		ours.Stop()
	}
	return ours, theirs, err
}
