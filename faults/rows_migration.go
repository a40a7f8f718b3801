package faults

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"
)

// migrationRows are migrations that are cut, and servers that start at once.
func migrationRows() []Row {
	return []Row{
		{"kill-migration", MariaDB, "kill -9 of a migration at every statement", false, killMigration},
		{"kill-migration", SQLite, "kill -9 of a migration at moments all over it", true, killMigrationSQLite},
		{"servers-at-once", MariaDB, "four servers start at once on an empty database", false, serversAtOnce},
	}
}

// empty makes the database anew. No server may be on it.
func (s *scene) empty() error {
	if path, ok := strings.CutPrefix(s.database, "sqlite:"); ok {
		for _, ending := range []string{"", "-wal", "-shm", ".lock"} {
			if err := os.Remove(path + ending); err != nil && !os.IsNotExist(err) {
				return err
			}
		}
		return nil
	}
	_, err := s.maria.Empty(s.database[strings.LastIndex(s.database, "/")+1:])
	return err
}

// migrate runs the migration in a process and gives it to kill.
func (s *scene) migrate(ctx context.Context, kill func(*exec.Cmd)) error {
	command := exec.CommandContext(ctx, s.program.binary, "migrate")
	command.Env = s.program.env
	if err := command.Start(); err != nil {
		return err
	}
	kill(command)
	_ = command.Wait() // that it was killed is the point
	return nil
}

// completes looks whether a migration that was cut is completed by the next run.
func (s *scene) completes(ctx context.Context, when string) {
	for _, args := range [][]string{{"migrate"}, {"migrate", "--status"}} {
		if out, err := s.program.run(ctx, args...); err != nil {
			s.breaksf("cut %s: minutebook %s: %v\n%s", when, strings.Join(args, " "), err, out)
			return
		}
	}
}

func killMigration(ctx context.Context, s *scene) error {
	var seen atomic.Int64
	s.line.each(func([]byte) fate { seen.Add(1); return pass })
	if _, err := s.program.run(ctx, "migrate"); err != nil {
		return err
	}
	all, kills := seen.Load(), 0
	for n := int64(1); n <= all; n += int64(s.suite.times(40, 1)) {
		if err := s.empty(); err != nil {
			return err
		}
		after := n%2 == 0
		var at atomic.Int64
		err := s.migrate(ctx, func(command *exec.Cmd) {
			s.line.each(func([]byte) fate {
				if at.Add(1) != n {
					return pass
				}
				_ = command.Process.Kill()
				if after {
					return cutAfter
				}
				return cutBefore
			})
		})
		s.line.each(nil)
		if err != nil {
			return err
		}
		kills++
		s.completes(ctx, fmt.Sprintf("at statement %d of %d (sent: %t)", n, all, after))
	}
	s.notef("%d kills in %d statements", kills, all)
	return s.worksAfterMigration(ctx)
}

// worksAfterMigration writes something.
func (s *scene) worksAfterMigration(ctx context.Context) error {
	if err := s.start(ctx); err != nil {
		return err
	}
	_, err := s.makePerson(ctx, "迁移后")
	return err
}

func killMigrationSQLite(ctx context.Context, s *scene) error {
	began := time.Now()
	if _, err := s.program.run(ctx, "migrate"); err != nil {
		return err
	}
	took := time.Since(began)
	kills := s.suite.times(5, 40)
	for i := range kills {
		if err := s.empty(); err != nil {
			return err
		}
		at := time.Duration(float64(took) * (float64(i) + rand.Float64()) / float64(kills))
		if err := s.migrate(ctx, func(command *exec.Cmd) { time.Sleep(at); _ = command.Process.Kill() }); err != nil {
			return err
		}
		s.completes(ctx, fmt.Sprintf("after %s", at))
	}
	s.notef("%d kills", kills)
	return s.worksAfterMigration(ctx)
}

func serversAtOnce(ctx context.Context, s *scene) error {
	for range s.suite.times(1, 5) {
		if err := s.empty(); err != nil {
			return err
		}
		all := make([]*process, 4)
		for i := range all {
			p, err := s.program.serve()
			if err != nil {
				return err
			}
			defer p.kill()
			all[i] = p
		}
		for _, p := range all {
			if err := p.ready(ctx, startTime); err != nil {
				s.breaksf("a server of four: %v", err)
			}
		}
		for _, p := range all {
			p.kill()
		}
	}
	return s.worksAfterMigration(ctx)
}
