// Command bench measures minutebook against the yardstick, in one interleaved run, and prints tables in Markdown.
//
//	bench --database mysql://user:password@host:port/name --binary ./minutebook [--size S] [--rounds 5] [--seconds 1]
//
// The database is filled when it is empty: size S takes a minute, size L 15 GB of disk, ten minutes, and with the search
// index an hour. Only ratios of one run mean anything. Both servers are asked in turns, a second
// each, and the median of the rounds' ratios counts, so that other work on the machine hits both.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/minutebook/minutebook/bench"
)

type options struct {
	database, binary, size, only string
	seconds                      float64
	rounds                       int
	noSearch                     bool
	quick                        bool   // leave out memory and explorations
	profiles                     string // a folder for profiles; empty: none
	results                      string // a folder in which results are kept, for the comparison of sizes
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := command(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func command(ctx context.Context) error {
	if len(os.Args) == 4 && os.Args[1] == "yardstick" {
		return serveYardstick(ctx, os.Args[2], os.Args[3])
	}
	var o options
	flag.StringVar(&o.database, "database", "", "mysql://user:password@host:port/name, filled when empty")
	flag.StringVar(&o.binary, "binary", "./minutebook", "the program to measure")
	flag.StringVar(&o.size, "size", "S", "data set: XS, S or L")
	flag.StringVar(&o.only, "only", "", "questions, as Q1,Q3; all where empty")
	flag.Float64Var(&o.seconds, "seconds", 1, "length of one measurement")
	flag.IntVar(&o.rounds, "rounds", 5, "how often each is measured; the median counts")
	flag.BoolVar(&o.noSearch, "no-search", false, "leave out searching, and with it making the search index")
	flag.BoolVar(&o.quick, "quick", false, "leave out memory and the questions of analysts")
	flag.StringVar(&o.profiles, "profiles", "", "a folder for processor profiles of each question and one of allocations")
	flag.StringVar(&o.results, "results", "", "a folder in which the times of this size are kept, and those of size S looked up")
	flag.Parse()
	return run(ctx, o)
}

func run(ctx context.Context, o options) error {
	if _, known := bench.Sizes[o.size]; !known {
		return fmt.Errorf("there is no size %q", o.size)
	}
	started := time.Now()
	db, sample, err := prepare(ctx, o)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	ours, theirs, err := servers(o)
	if err != nil {
		return err
	}
	defer ours.Stop()
	defer theirs.Stop()
	r := &runner{o: o, sample: sample, ours: ours, theirs: theirs, out: os.Stdout}
	r.head(ctx, db)
	if err := r.questions(ctx); err != nil {
		return err
	}
	if !o.quick {
		if err := r.memory(ctx); err != nil {
			return err
		}
		if err := r.explorations(ctx); err != nil {
			return err
		}
	}
	fmt.Fprintf(r.out, "\nIt took %s.\n", time.Since(started).Round(time.Second))
	return nil
}

// wanted reports whether a question is asked.
func (o options) wanted(name string) bool {
	return o.only == "" || strings.Contains(o.only+",", name+",")
}
