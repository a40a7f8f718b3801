package faults

import (
	"bytes"
	"context"
	"math/rand/v2"
	"sync/atomic"
	"time"
)

// lineRows are faults of the line between the server and MariaDB.
func lineRows() []Row {
	return []Row{
		{"cut-before-send", MariaDB, "the line breaks before a statement, COMMIT among them, is sent", false, cutting(cutBefore, false)},
		{"cut-after-send", MariaDB, "the line breaks before the answer to a statement", false, cutting(cutAfter, false)},
		{"cut-after-commit", MariaDB, "the line breaks before the answer to COMMIT", true, cutting(cutAfter, true)},
		{"latency", MariaDB, "each message takes 2 s, for 15 s", false, latency},
		{"half-open", MariaDB, "the line is silent for 15 s, and its connections for ever", false, halfOpen},
	}
}

// cutting cuts one statement in so many for some seconds.
func cutting(how fate, commits bool) func(context.Context, *scene) error {
	return func(ctx context.Context, s *scene) error {
		return underLoad(ctx, s, func() error {
			var cuts atomic.Int64
			s.line.each(func(command []byte) fate {
				isCommit := bytes.Equal(command, []byte("\x03COMMIT"))
				often := 40
				if commits {
					often = 4
				}
				if commits && !isCommit || rand.IntN(often) > 0 {
					return pass
				}
				cuts.Add(1)
				return how
			})
			s.rest(ctx, time.Duration(s.suite.times(3, 15))*time.Second)
			s.line.each(nil)
			s.settle(ctx)
			s.notef("%d cuts", cuts.Load())
			return nil
		})
	}
}

func latency(ctx context.Context, s *scene) error {
	return underLoad(ctx, s, func() error {
		s.line.delay.Store(int64(time.Second)) // each way
		s.rest(ctx, 15*time.Second)
		s.line.delay.Store(0)
		s.settle(ctx)
		return nil
	})
}

func halfOpen(ctx context.Context, s *scene) error {
	return underLoad(ctx, s, func() error {
		s.line.freeze()
		s.rest(ctx, 15*time.Second)
		s.line.thaw()
		s.settle(ctx)
		return nil
	})
}
