package faults

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// embeddedRows are faults that only a database in a file has.
func embeddedRows() []Row {
	return []Row{
		{"disk-full", SQLite, "no space left for the file", false, sqliteDiskFull},
		{"second-process", SQLite, "a second server on the same file", false, secondProcess},
		{"busy", SQLite, "another program holds the file's lock for 8 s", false, sqliteBusy},
	}
}

// sqliteDiskFull has the file on a small disk and fills that.
func sqliteDiskFull(ctx context.Context, s *scene) error {
	disk, unmount, err := tmpfs(filepath.Join(s.dir, "disk"), 64)
	if err != nil {
		return err
	}
	defer unmount()
	s.database = "sqlite:" + filepath.Join(disk, "minutebook.db")
	s.program.env = append(s.program.env, "MINUTEBOOK_DATABASE="+s.database)
	return underLoad(ctx, s, func() error {
		ballast := filepath.Join(disk, "ballast")
		for range s.suite.times(1, 3) {
			if err := fill(ballast); err != nil {
				return err
			}
			acks := s.ledger.acks()
			s.swell(ctx, 3*time.Second)
			s.checkReads(ctx, 5)
			s.notef("%d writes were acknowledged after the disk was full", s.ledger.acks()-acks)
			if err := os.Remove(ballast); err != nil {
				return err
			}
			s.settle(ctx)
		}
		if _, err := s.concludeBefore(ctx); err != nil {
			return err
		}
		_, err := s.verify(ctx, s.databaseAtRest())
		return err
	})
}

// secondProcess starts a server on a file that another has.
func secondProcess(ctx context.Context, s *scene) error {
	return underLoad(ctx, s, func() error {
		second, err := s.program.serve()
		if err != nil {
			return err
		}
		select {
		case <-second.ended:
			if second.err == nil || !strings.Contains(second.logEnd(), "in use by another minutebook process") {
				s.breaksf("the second process ended with %v and said %s", second.err, second.logEnd())
			}
		case <-time.After(10 * time.Second):
			s.breaksf("a second process runs on the same file")
			second.kill()
		}
		s.settle(ctx)
		return nil
	})
}

// sqliteBusy holds the lock that a writer needs longer than one waits for it.
func sqliteBusy(ctx context.Context, s *scene) error {
	return underLoad(ctx, s, func() error {
		db, err := sql.Open("sqlite", "file:"+s.database[len("sqlite:"):]+"?_pragma=busy_timeout(5000)&_txlock=immediate")
		if err != nil {
			return err
		}
		defer func() { _ = db.Close() }()
		tx, err := db.BeginTx(ctx, nil)
		for err != nil && ctx.Err() == nil { // the server's writers take turns without it
			tx, err = db.BeginTx(ctx, nil)
		}
		if err != nil {
			return err
		}
		s.checkReads(ctx, 20)
		s.rest(ctx, 8*time.Second)
		if err := tx.Rollback(); err != nil {
			return err
		}
		s.settle(ctx)
		return nil
	})
}
