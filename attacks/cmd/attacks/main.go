// Command attacks runs the attack cases against the built program, or against a deployment, and prints a table. It ends with
// status 1 when a case failed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/minutebook/minutebook/attacks"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "attacks:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	binary := flag.String("binary", "", "the built program, which is started on --database")
	database := flag.String("database", "", "an empty database for it: sqlite:PATH or mysql://…; a new SQLite file where none is given")
	url := flag.String("url", "", "a deployment to attack instead, as https://minutes.example.org")
	only := flag.String("only", "", "ids of cases or names of groups, comma-separated")
	slack := flag.Float64("slack", 1, "by which time limits are wider, for a slow machine or a long line")
	verbose := flag.Bool("verbose", false, "say how each case went")
	flag.Parse()
	var target *attacks.Target
	switch {
	case *url != "":
		// Tokens come from the environment, so that they stand in no list of processes.
		target = attacks.New(*url, map[string]string{"VIEWER": os.Getenv("ATTACKS_VIEWER"), "EDITOR": os.Getenv("ATTACKS_EDITOR")}, *slack)
	case *binary != "":
		dir, err := os.MkdirTemp("", "minutebook-attacks-")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }()
		if *database == "" {
			*database = "sqlite:" + dir + "/minutebook.db"
		}
		started, stop, err := attacks.Start(ctx, *binary, *database, dir, *slack)
		if err != nil {
			return err
		}
		defer stop()
		target = started
	default:
		return errors.New("name what to attack: --binary ./minutebook, or --url of a deployment of yours")
	}
	var chosen []string
	if *only != "" {
		chosen = strings.Split(*only, ",")
	}
	results := attacks.Run(ctx, target, chosen, func(r attacks.Result) {
		if *verbose {
			fmt.Printf("%-18s %6s %5.0f MB  %v\n", r.ID, r.Took.Round(time.Millisecond), r.Memory, r.Err)
		}
	})
	if failed := attacks.Print(os.Stdout, results); failed > 0 {
		return fmt.Errorf("%d cases failed", failed)
	}
	return ctx.Err()
}
