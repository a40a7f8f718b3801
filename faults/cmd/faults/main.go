// Command faults builds the program, breaks what it stands on, and prints what was lost: nothing, or it ends with status 1.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/minutebook/minutebook/faults"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) (err error) {
	binary := flag.String("binary", "", "the built program; built anew where none is given")
	only := flag.String("only", "", "names of rows, or name:database, comma-separated; all where none is given")
	quick := flag.Bool("quick", false, "fewer repetitions")
	list := flag.Bool("list", false, "print the rows and end")
	keep := flag.Bool("keep", false, "keep databases, ledgers and logs")
	flag.Parse()
	rows := chosen(*only)
	if *list || len(rows) == 0 {
		for _, row := range faults.Rows() {
			fmt.Printf("%-22s %-8s %s\n", row.Name, row.Database, row.What)
		}
		return nil
	}
	dir, err := os.MkdirTemp("", "minutebook-faults-")
	if err != nil {
		return err
	}
	if *keep {
		fmt.Println("databases, ledgers and logs:", dir)
	} else {
		defer func() { _ = os.RemoveAll(dir) }()
	}
	if *binary == "" {
		*binary = filepath.Join(dir, "minutebook")
		if output, err := exec.CommandContext(ctx, "go", "build", "-o", *binary, ".").CombinedOutput(); err != nil {
			return fmt.Errorf("go build: %w\n%s", err, output)
		}
	}
	suite := &faults.Suite{Binary: *binary, Dir: dir, Quick: *quick}
	defer func() { _ = suite.Close() }()
	return play(ctx, suite, rows)
}

// chosen are the rows that were asked for.
func chosen(only string) []faults.Row {
	if only == "" {
		return faults.Rows()
	}
	names := strings.Split(only, ",")
	return slices.DeleteFunc(faults.Rows(), func(row faults.Row) bool {
		return !slices.Contains(names, row.Name) && !slices.Contains(names, row.Name+":"+row.Database)
	})
}

// play plays the rows, says how each went, and prints the table.
func play(ctx context.Context, suite *faults.Suite, rows []faults.Row) error {
	var results []faults.Result
	broken := 0
	for _, row := range rows {
		if ctx.Err() != nil {
			break
		}
		fmt.Printf("%s on %s: %s … ", row.Name, row.Database, row.What)
		result := suite.Play(ctx, row)
		results = append(results, result)
		word := "good"
		if !result.Good() {
			word, broken = "BROKEN", broken+1
		}
		fmt.Printf("%s (%s)\n", word, result.Took.Round(time.Second))
		for _, problem := range result.Problems {
			fmt.Println("   ", problem)
		}
	}
	fmt.Println()
	faults.Print(os.Stdout, results)
	if broken > 0 {
		return fmt.Errorf("%d of %d rows are broken", broken, len(results))
	}
	return ctx.Err()
}
