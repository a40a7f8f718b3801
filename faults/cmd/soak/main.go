// Command soak lets clients write, read, import and subscribe for an hour while the database is restarted every five minutes,
// and says what was lost (nothing, or it ends with status 1) and what the server held at the start, at most and at the end.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/minutebook/minutebook/faults"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	binary := flag.String("binary", "", "the built program; built anew where none is given")
	duration := flag.Duration("duration", time.Hour, "how long")
	every := flag.Duration("every", 5*time.Minute, "time between two restarts of the database")
	pause := flag.Duration("pause", 100*time.Millisecond, "rest of each client between two requests")
	flag.Parse()
	dir, err := os.MkdirTemp("", "minutebook-soak-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if *binary == "" {
		*binary = filepath.Join(dir, "minutebook")
		if output, err := exec.CommandContext(ctx, "go", "build", "-o", *binary, ".").CombinedOutput(); err != nil {
			return fmt.Errorf("go build: %w\n%s", err, output)
		}
	}
	soak := &faults.Soak{
		Suite:    faults.Suite{Binary: *binary, Dir: dir, Log: os.Stdout},
		Duration: *duration, Every: *every, Pause: *pause,
	}
	defer func() { _ = soak.Close() }()
	return soak.Run(ctx)
}
