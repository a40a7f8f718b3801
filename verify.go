package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/minutebook/minutebook/config"
	"github.com/minutebook/minutebook/store"
)

// verify checks a database and names what is wrong with it, a line for each problem.
func verify(ctx context.Context, i invocation) error {
	c, rest, err := i.settings(nil)
	if err := errors.Join(err, noArguments(rest)); err != nil {
		return err
	}
	db, err := openMigrated(ctx, c, i)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	progress := newProgress(i.err, 0)
	begun := time.Now()
	report, err := db.VerifyTelling(ctx, func(what string, done, all int64) { progress.at(what, int(done), int(all)) })
	progress.clear()
	if err != nil {
		return err
	}
	for _, problem := range report.Problems {
		fmt.Fprintln(i.out, problem)
	}
	if n := len(report.Problems); n > 0 {
		return fmt.Errorf("%d problems; the first is: %s", n, report.Problems[0])
	}
	fmt.Fprintf(i.out, "%d entries of the log and %d records are as they should be (%s)\n",
		report.Changes, report.Records, time.Since(begun).Round(time.Millisecond))
	return nil
}

// openMigrated opens a database that has the shape this program needs. It changes nothing in it.
func openMigrated(ctx context.Context, c config.Config, i invocation) (*store.Store, error) {
	c.LogLevel = "error" // slow statements are no news where everything is read
	db, err := store.Open(ctx, c.Database, store.Options{Logger: newLogger(c, i.err)})
	if err != nil {
		return nil, fmt.Errorf("MINUTEBOOK_DATABASE: %w", err)
	}
	if err := db.Ready(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("the database is not ready: run minutebook migrate first: %w", err), db.Close())
	}
	return db, nil
}
