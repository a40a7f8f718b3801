package faults

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
)

// writeRows are clients that do the same at the same time.
func writeRows() []Row {
	var rows []Row
	for _, database := range []string{MariaDB, SQLite} {
		rows = append(rows,
			Row{"equal-submissions", database, "50 times the same request with one key, at once", true, equalSubmissions},
			Row{"equal-imports", database, "8 times the same minutes, at once", false, equalImports},
			Row{"editors", database, "8 editors of one record with expectedVersion", database == MariaDB, editors},
		)
	}
	return rows
}

// servers starts the server, and on MariaDB a second one beside it.
func (s *scene) servers(ctx context.Context) (all []*process, stop func(), err error) {
	if err := s.start(ctx); err != nil {
		return nil, nil, err
	}
	all = []*process{s.server.Load()}
	if s.row.Database == SQLite {
		return all, func() {}, nil
	}
	second, err := s.program.serve()
	if err != nil {
		return nil, nil, err
	}
	return append(all, second), second.kill, second.ready(ctx, startTime)
}

func equalSubmissions(ctx context.Context, s *scene) error {
	all, stop, err := s.servers(ctx)
	if err != nil {
		return err
	}
	defer stop()
	for round := range s.suite.times(2, 10) {
		e := entry{Name: fmt.Sprintf("同一%d", round), Pinyin: "v same", Visibility: "PUBLIC", Outcome: acknowledged, Version: 1}
		input := map[string]any{"name": e.Name, "pinyin": e.Pinyin, "visibility": e.Visibility, "idempotencyKey": e.Name}
		ids := map[string]int{}
		var mu sync.Mutex
		var group sync.WaitGroup
		for i := range 50 {
			group.Go(func() {
				for { // a server with too much to do asks to try again
					a, err := s.clientAt(all[i%len(all)], "EDITOR").do(ctx, createDocument, map[string]any{"input": input})
					s.ledger.count("", a.codes...)
					if err == nil && a.has("UNAVAILABLE") {
						continue
					}
					made, problems, readErr := written(a.data)
					if err != nil || readErr != nil || made == nil {
						s.breaksf("I2: %v %v %v %+v", err, readErr, a.words, problems)
						return
					}
					mu.Lock()
					ids[made.ID]++
					mu.Unlock()
					s.ledger.count(acknowledged)
					return
				}
			})
		}
		group.Wait()
		if len(ids) != 1 {
			s.breaksf("I2: 50 equal requests were answered with %d records", len(ids))
		}
		for e.ID = range ids {
		}
		if err := s.ledger.note(e); err != nil {
			return err
		}
	}
	return nil
}

func equalImports(ctx context.Context, s *scene) error {
	all, stop, err := s.servers(ctx)
	if err != nil {
		return err
	}
	defer stop()
	meetings := map[string]bool{}
	var mu sync.Mutex
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for {
				id, a, err := s.importText(ctx, s.clientAt(all[i%len(all)], "EDITOR"), minutesText(0))
				if err == nil && a.has("UNAVAILABLE") {
					s.ledger.count(refused, a.codes...)
					continue
				}
				if err != nil || id == "" {
					s.breaksf("I4: %v %v", err, a.words)
					return
				}
				s.ledger.count(acknowledged)
				mu.Lock()
				meetings[id] = true
				mu.Unlock()
				return
			}
		})
	}
	group.Wait()
	if len(meetings) != 1 {
		s.breaksf("I2, I4: 8 equal imports made %d meetings", len(meetings))
	}
	there, err := s.counts(ctx)
	if err != nil {
		return err
	}
	if there.Meetings != 1 || there.Documents != wantedDocuments || there.Attendances == 0 {
		s.breaksf("I4: 8 equal imports left %+v", there)
	}
	s.notef("%s", there)
	s.final = &tally{}
	_, err = s.verify(ctx, s.databaseAtRest())
	return err
}

// databaseAtRest is the database, with no server on it where it bears only one process.
func (s *scene) databaseAtRest() string {
	if s.row.Database == SQLite {
		_, _ = s.server.Load().terminate(slowest)
	}
	return s.database
}

// editors have eight clients change one record as fast as they can; each reads again after a conflict.
func editors(ctx context.Context, s *scene) error {
	all, stop, err := s.servers(ctx)
	if err != nil {
		return err
	}
	defer stop()
	e, err := s.makePerson(ctx, "众人改")
	if err != nil {
		return err
	}
	const each = 20
	var conflicts atomic.Int64
	var mu sync.Mutex
	won := map[int]string{1: e.Pinyin} // by version
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			version := e.Version
			for n := 0; n < each; {
				reading := letters(i*1000 + n + 1) // letters(0) is there already, and a change of nothing makes no version
				a, err := s.clientAt(all[i%len(all)], "EDITOR").do(ctx, updateDocument, map[string]any{"id": e.ID, "patch": map[string]any{"pinyin": reading}, "version": version})
				s.ledger.count("", a.codes...)
				if err == nil && a.has("UNAVAILABLE") {
					continue
				}
				made, problems, readErr := written(a.data)
				switch {
				case err != nil || readErr != nil:
					s.breaksf("I5: %v %v %v", err, readErr, a.words)
					return
				case made != nil:
					mu.Lock()
					if before, twice := won[made.Version]; twice {
						s.breaksf("I5: version %d was given to %q and to %q", made.Version, before, reading)
					}
					won[made.Version] = reading
					mu.Unlock()
					s.ledger.count(acknowledged)
					version, n = made.Version, n+1
				case len(problems) == 1 && problems[0].Code == "CONFLICT" && problems[0].CurrentVersion > version:
					conflicts.Add(1)
					version = problems[0].CurrentVersion
				default:
					s.breaksf("I5: %+v", problems)
					return
				}
			}
		})
	}
	group.Wait()
	last := 1 + 8*each
	e.Version, e.Pinyin = last, won[last]
	s.notef("%d conflicts", conflicts.Load())
	return s.ledger.note(e)
}
