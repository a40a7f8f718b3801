package faults

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var built string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "minutebook-faults-")
	if err == nil {
		built = filepath.Join(dir, "minutebook")
		var output []byte
		if output, err = exec.Command("go", "build", "-o", built, "..").CombinedOutput(); err != nil {
			err = fmt.Errorf("go build: %w\n%s", err, output)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	status := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(status)
}

// TestFaults plays the rows that are marked for it, with few repetitions. make faults plays all.
func TestFaults(t *testing.T) {
	suite := &Suite{Binary: built, Dir: t.TempDir(), Quick: true}
	t.Cleanup(func() { _ = suite.Close() })
	for _, row := range Rows() {
		if !row.Short {
			continue
		}
		t.Run(row.Name+"/"+row.Database, func(t *testing.T) {
			if setting := os.Getenv("MINUTEBOOK_TEST_MYSQL"); setting != "" && row.Database == MariaDB {
				t.Skip("a server is to be killed, and none is started here: MINUTEBOOK_TEST_MYSQL is set")
			}
			result := suite.Play(t.Context(), row)
			var table strings.Builder
			Print(&table, []Result{result})
			t.Log("\n" + table.String())
			if !result.Good() {
				t.Fail()
			}
			if result.Acknowledged == 0 {
				t.Error("nothing was acknowledged: the row shows nothing")
			}
		})
	}
}

// TestCheckerNotices plays a row in which all that can go wrong has gone wrong.
func TestCheckerNotices(t *testing.T) {
	suite := &Suite{Binary: built, Dir: t.TempDir(), Quick: true}
	result := suite.Play(t.Context(), Row{Name: "wrong", Database: SQLite, play: func(ctx context.Context, s *scene) error {
		if err := s.start(ctx); err != nil {
			return err
		}
		for _, name := range []string{"两个", "两个", "没人送", "版本", "拒绝"} {
			if _, err := s.makePerson(ctx, name); err != nil {
				return err
			}
		}
		delete(s.ledger.entries, "没人送")
		s.ledger.entries["版本"].Version = 2
		s.ledger.entries["拒绝"].Outcome = refused
		return s.ledger.note(entry{Name: "没有", Outcome: acknowledged})
	}})
	if result.Lost != 2 || result.Doubled != 1 || result.Good() {
		t.Errorf("lost %d, doubled %d", result.Lost, result.Doubled)
	}
	found := strings.Join(result.Problems, "\n")
	for _, want := range []string{"两个 is there 2 times", "没人送 is there, nobody sent it", "没有 was acknowledged and is not there", "拒绝 was refused and is there"} {
		if !strings.Contains(found, want) {
			t.Errorf("not noticed: %s in\n%s", want, found)
		}
	}
}
