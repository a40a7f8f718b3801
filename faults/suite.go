package faults

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/minutebook/minutebook/store/storetest"
)

// The two databases.
const (
	MariaDB = "mariadb"
	SQLite  = "sqlite"
)

// Row is one fault on one database.
type Row struct {
	Name     string
	Database string
	What     string // in a few words, for the table
	Short    bool   // played by the tests, too
	play     func(ctx context.Context, s *scene) error
}

// Result is what became of a row.
type Result struct {
	Row
	Acknowledged int // changes
	Lost         int
	Doubled      int
	Unknown      int // changes without a certain answer
	Recovery     time.Duration
	Took         time.Duration
	Notes        []string
	Problems     []string // invariants that broke
	Skipped      string   // why it was not run
}

// Good says that no invariant broke.
func (r Result) Good() bool { return len(r.Problems) == 0 }

// errNotHere is a row that this machine cannot play.
var errNotHere = errors.New("cannot be run here")

// Suite plays rows.
type Suite struct {
	Binary string // the built program
	Dir    string // for databases, ledgers and logs
	Quick  bool   // fewer repetitions
	Log    io.Writer
	pause  time.Duration // of a writer between two requests
	maria  *storetest.Server
}

// Rows returns the table.
func Rows() []Row {
	return slices.Concat(databaseRows(), lineRows(), serverRows(), twinRows(), writeRows(), importRows(), migrationRows(), backupRows(), embeddedRows())
}

// times is how often something is repeated.
func (s *Suite) times(quick, full int) int {
	if s.Quick {
		return quick
	}
	return full
}

// mariadb returns the server that the rows share, which they may kill and restart.
func (s *Suite) mariadb() (*storetest.Server, error) {
	if s.maria != nil {
		return s.maria, nil
	}
	server, err := startMariaDB(filepath.Join(s.Dir, "mariadb"))
	s.maria = server
	return server, err
}

func startMariaDB(dir string) (*storetest.Server, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	return storetest.Start(dir, "--innodb-flush-log-at-trx-commit=1", "--innodb-buffer-pool-size=64M")
}

// Close ends the server that the rows shared.
func (s *Suite) Close() error {
	if s.maria == nil {
		return nil
	}
	return s.maria.Crash()
}

// Play plays one row.
func (s *Suite) Play(ctx context.Context, row Row) Result {
	s.pause = 5 * time.Millisecond
	began := time.Now()
	at := &scene{suite: s, row: row, dir: filepath.Join(s.Dir, row.Name+"-"+row.Database)}
	defer at.end()
	result := Result{Row: row}
	err := at.prepare(ctx)
	if err == nil {
		err = row.play(ctx, at)
	}
	if err == nil {
		var found tally
		found, err = at.conclude(ctx)
		result.Lost, result.Doubled = found.lost, found.doubled
	}
	if errors.Is(err, errNotHere) {
		result.Skipped = err.Error()
	} else if err != nil {
		at.breaksf("%v", err)
	}
	if at.ledger != nil {
		result.Acknowledged, result.Unknown = at.ledger.acknowledged, at.ledger.unknown
		if n := at.ledger.settled; n > 0 {
			at.notef("%d found out by their keys", n)
		}
		if codes := at.codes(); codes != "" {
			at.notef("%s", codes)
		}
	}
	result.Recovery, result.Notes, result.Problems = at.recovery, at.notes, at.problems
	result.Took = time.Since(began)
	return result
}

// Print writes the table.
func Print(w io.Writer, results []Result) {
	const form = "%-26s %-8s %7s %5s %8s %8s %9s  %s\n"
	fmt.Fprintf(w, form, "fault", "database", "acked", "lost", "doubled", "unknown", "recovery", "verdict")
	for _, r := range results {
		verdict, recovery := "good", "-"
		switch {
		case r.Skipped != "":
			verdict = "not run: " + r.Skipped
		case !r.Good():
			verdict = "BROKEN"
		}
		if r.Recovery > 0 {
			recovery = fmt.Sprintf("%.1f s", r.Recovery.Seconds())
		}
		if len(r.Notes) > 0 {
			verdict += " (" + strings.Join(r.Notes, "; ") + ")"
		}
		fmt.Fprintf(w, form, r.Name, r.Database, strconv.Itoa(r.Acknowledged), strconv.Itoa(r.Lost), strconv.Itoa(r.Doubled), strconv.Itoa(r.Unknown), recovery, verdict)
		for _, problem := range r.Problems {
			fmt.Fprintf(w, "    %s\n", problem)
		}
	}
}
