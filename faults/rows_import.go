package faults

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"
)

// importRows are imports whose server is killed.
func importRows() []Row {
	return []Row{
		{"kill-import", MariaDB, "kill -9 of the server before and after every statement of an import", true, killImport},
		{"kill-import", SQLite, "kill -9 of the server at moments all over an import", true, killImportSQLite},
	}
}

// trial imports once with a server that is going to die, and returns whether the import was answered.
func (s *scene) trial(ctx context.Context) (done bool, err error) {
	_, a, err := s.importText(ctx, s.editor(), minutesText(0))
	select {
	case <-s.server.Load().ended:
		s.ledger.count(unknown)
		return false, nil
	case <-time.After(50 * time.Millisecond): // a kill may be on its way
	}
	if err != nil || len(a.codes) > 0 {
		return false, fmt.Errorf("an import failed without a kill: %w %v", err, a.words)
	}
	s.ledger.count(acknowledged)
	return true, nil
}

// wholeOrNothing starts the server again and looks what a killed import left. It empties the database when that is the whole.
func (s *scene) wholeOrNothing(ctx context.Context, whole counts, when string) error {
	if err := s.start(ctx); err != nil {
		return err
	}
	there, err := s.counts(ctx)
	if err != nil {
		return err
	}
	if there != (counts{}) && there != whole {
		s.breaksf("I4: killed %s, the import left %s; whole is %s", when, there, whole)
	}
	if there == (counts{}) {
		return nil
	}
	// Committed, and the answer lost: the same again changes nothing.
	if _, a, err := s.importText(ctx, s.editor(), minutesText(0)); err != nil || len(a.codes) > 0 {
		s.breaksf("I4: killed %s, and the same import again failed: %v %v", when, err, a.words)
	}
	if again, err := s.counts(ctx); err != nil || again != whole {
		s.breaksf("I4: killed %s, the same import again made %s of %s (%v)", when, again, whole, err)
	}
	return s.startEmpty(ctx)
}

// startEmpty starts the server on an empty database.
func (s *scene) startEmpty(ctx context.Context) error {
	if p := s.server.Load(); p != nil {
		p.kill()
	}
	if err := s.empty(); err != nil {
		return err
	}
	return s.start(ctx)
}

// wholeImport imports once without a fault and returns what that makes.
func (s *scene) wholeImport(ctx context.Context) (counts, time.Duration, error) {
	if err := s.start(ctx); err != nil {
		return counts{}, 0, err
	}
	began := time.Now()
	if _, err := s.trial(ctx); err != nil {
		return counts{}, 0, err
	}
	took := time.Since(began)
	whole, err := s.counts(ctx)
	if err == nil && (whole.Meetings != 1 || whole.AgendaItems != 2 || whole.Documents != wantedDocuments || whole.Attendances < 8) {
		err = fmt.Errorf("the minutes of this suite were read as %s", whole)
	}
	return whole, took, err
}

func killImport(ctx context.Context, s *scene) error {
	whole, _, err := s.wholeImport(ctx)
	if err != nil {
		return err
	}
	if err := s.startEmpty(ctx); err != nil {
		return err
	}
	kills := 0
	for _, after := range []bool{false, true} {
		for n := int64(1); ; n += int64(s.suite.times(17, 1)) {
			s.killAt(n, after)
			done, err := s.trial(ctx)
			s.line.each(nil)
			if err != nil {
				return err
			}
			if done { // fewer statements than n
				if err := s.startEmpty(ctx); err != nil {
					return err
				}
				break
			}
			kills++
			if err := s.wholeOrNothing(ctx, whole, fmt.Sprintf("at statement %d (sent: %t)", n, after)); err != nil {
				return err
			}
		}
	}
	s.notef("%d kills, whole or nothing each time; %s", kills, whole)
	return s.finishImport(ctx, whole)
}

// finishImport imports once more, and the same again.
func (s *scene) finishImport(ctx context.Context, whole counts) error {
	for range 2 {
		if _, a, err := s.importText(ctx, s.editor(), minutesText(0)); err != nil || len(a.codes) > 0 {
			return fmt.Errorf("the last import: %w %v", err, a.words)
		}
		if there, err := s.counts(ctx); err != nil || there != whole {
			s.breaksf("I4: the import after all kills made %s (%v)", there, err)
		}
	}
	s.final = &tally{}
	_, err := s.verify(ctx, s.databaseAtRest())
	return err
}

// killAt kills the server with its n-th statement from now on: before the database gets it, or just after.
func (s *scene) killAt(n int64, after bool) {
	var seen atomic.Int64
	p := s.server.Load()
	s.line.each(func([]byte) fate {
		if seen.Add(1) != n {
			return pass
		}
		if after {
			time.AfterFunc(2*time.Millisecond, p.kill)
			return pass
		}
		p.kill()
		return cutBefore
	})
}

func killImportSQLite(ctx context.Context, s *scene) error {
	whole, took, err := s.wholeImport(ctx)
	if err != nil {
		return err
	}
	if err := s.startEmpty(ctx); err != nil {
		return err
	}
	kills := s.suite.times(6, 60)
	for i := range kills {
		p := s.server.Load()
		at := time.Duration(float64(took) * (float64(i) + rand.Float64()) / float64(kills))
		time.AfterFunc(at, p.kill)
		_, _, _ = s.importText(ctx, s.editor(), minutesText(0)) // whether it was answered is of no matter here
		<-p.ended
		s.ledger.count(unknown)
		if err := s.wholeOrNothing(ctx, whole, fmt.Sprintf("after %s of %s", at.Round(time.Microsecond), took.Round(time.Millisecond))); err != nil {
			return err
		}
	}
	s.notef("%d kills, whole or nothing each time; %s", kills, whole)
	return s.finishImport(ctx, whole)
}
