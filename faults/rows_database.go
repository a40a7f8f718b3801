package faults

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// databaseRows are faults of MariaDB itself.
func databaseRows() []Row {
	return []Row{
		{"kill-database", MariaDB, "kill -9 of MariaDB under 8 writers, three times", true, killDatabase},
		{"deadlock", MariaDB, "locks taken crosswise with another session, 30 times", false, deadlock},
		{"lock-wait", MariaDB, "a row held for 6 s, then for 25 s (error 1205)", false, lockWait},
		{"read-only", MariaDB, "SET GLOBAL read_only = 1 for 5 s", false, readOnly},
		{"too-many-connections", MariaDB, "all connections taken by others for 5 s", false, tooManyConnections},
		{"gone-away", MariaDB, "every connection of the server killed, 20 times", false, goneAway},
		{"disk-full", MariaDB, "no space left for the data of MariaDB", false, mariaDiskFull},
		{"stuck-database", MariaDB, "MariaDB stopped for 20 s (SIGSTOP)", false, stuckDatabase},
	}
}

// underLoad starts the server, eight writers and four readers, lets them work, plays the fault, and stops them.
func underLoad(ctx context.Context, s *scene, fault func() error) error {
	if err := s.start(ctx); err != nil {
		return err
	}
	s.write(ctx, 8)
	s.look(ctx, 4)
	defer s.halt()
	s.rest(ctx, 2*time.Second)
	if err := s.baseline(ctx); err != nil {
		return err
	}
	return fault()
}

func killDatabase(ctx context.Context, s *scene) error {
	return underLoad(ctx, s, func() error {
		for range s.suite.times(1, 3) {
			s.rest(ctx, time.Second)
			if err := s.maria.Crash(); err != nil {
				return err
			}
			s.rest(ctx, time.Second)
			if err := s.maria.Resume(); err != nil {
				return err
			}
			s.settle(ctx)
		}
		return nil
	})
}

// deadlock takes what the server takes second first, and then what it has taken first. Every other time it has written so
// much that MariaDB finds the server's transaction the cheaper one to end.
func deadlock(ctx context.Context, s *scene) error {
	if err := s.start(ctx); err != nil {
		return err
	}
	if err := s.statements(ctx, "CREATE TABLE faults_deadlock.ballast (n INT PRIMARY KEY AUTO_INCREMENT, t CHAR(200))"); err != nil {
		return err
	}
	e, err := s.makePerson(ctx, "死锁")
	if err != nil {
		return err
	}
	met := 0
	for i := range s.suite.times(8, 30) {
		tx, letGo, err := s.hold(ctx, "UPDATE change_head SET sequence = sequence WHERE one = 1")
		if err != nil {
			return err
		}
		if i%2 == 1 {
			if _, err := tx.ExecContext(ctx, "INSERT INTO ballast (t) SELECT 'x' FROM information_schema.columns LIMIT 500"); err != nil {
				return err
			}
		}
		reading := letters(i + 1000)
		answered := make(chan error, 1)
		go func() { answered <- s.update(ctx, &e, reading) }()
		s.rest(ctx, 150*time.Millisecond) // the server has the person now and waits for the log
		switch _, err := tx.ExecContext(ctx, "UPDATE people SET pinyin = pinyin WHERE name = ?", e.Name); {
		case err == nil:
			met++
			if err := tx.Rollback(); err != nil {
				return err
			}
		case !strings.Contains(err.Error(), "1213"):
			return err
		}
		letGo()
		if err := <-answered; err != nil {
			s.breaksf("a write that ran into a deadlock failed: %v", err)
		}
	}
	s.notef("the server lost %d deadlocks and ran again", met)
	return nil
}

// makePerson creates somebody for a row that works on one record.
func (s *scene) makePerson(ctx context.Context, name string) (entry, error) {
	e := entry{Name: name, Pinyin: "v a", Visibility: "PUBLIC", Outcome: acknowledged}
	a, err := s.editor().do(ctx, createDocument, map[string]any{"input": map[string]any{"name": name, "pinyin": e.Pinyin, "visibility": "PUBLIC"}})
	if err == nil && len(a.codes) > 0 {
		err = fmt.Errorf("%v", a.words)
	}
	if err != nil {
		return e, err
	}
	made, problems, err := written(a.data)
	if err != nil || made == nil {
		return e, fmt.Errorf("create %s: %w %+v", name, err, problems)
	}
	e.ID, e.Version = made.ID, made.Version
	s.ledger.count(acknowledged)
	return e, s.ledger.note(e)
}

// errUncertain is an update without a certain answer.
var errUncertain = errors.New("no certain answer")

// update changes the reading of a person and notes what came of it.
func (s *scene) update(ctx context.Context, e *entry, reading string) error {
	a, err := s.editor().do(ctx, updateDocument, map[string]any{"id": e.ID, "patch": map[string]any{"pinyin": reading}, "version": e.Version})
	s.ledger.count("", a.codes...)
	if err != nil || len(a.codes) > 0 {
		s.ledger.count(unknown)
		e.Perhaps = reading
		return errors.Join(errUncertain, err, s.ledger.note(*e))
	}
	made, problems, err := written(a.data)
	if err != nil || made == nil {
		return fmt.Errorf("%w %+v", err, problems)
	}
	e.Pinyin, e.Version = reading, made.Version
	s.ledger.count(acknowledged)
	return s.ledger.note(*e)
}

func lockWait(ctx context.Context, s *scene) error {
	if err := s.start(ctx); err != nil {
		return err
	}
	e, err := s.makePerson(ctx, "等锁")
	if err != nil {
		return err
	}
	for i, held := range []time.Duration{6 * time.Second, 25 * time.Second} {
		_, letGo, err := s.hold(ctx, "UPDATE people SET pinyin = pinyin WHERE name = ?", e.Name)
		if err != nil {
			return err
		}
		time.AfterFunc(held, letGo)
		began := time.Now()
		err = s.update(ctx, &e, letters(2000+i))
		took := time.Since(began).Round(10 * time.Millisecond)
		switch {
		case held < 10*time.Second && err != nil:
			s.breaksf("a write that waited for a lock failed after %s: %v", took, err)
		case held > 10*time.Second && err == nil:
			s.breaksf("a write was acknowledged after %s while the row was locked", took)
		case took > slowest:
			s.breaksf("I8: it took %s", took)
		}
		s.notef("held %s: answered after %s", held, took)
		if held > took {
			s.rest(ctx, held-took+100*time.Millisecond)
		}
	}
	s.settle(ctx)
	return nil
}

func readOnly(ctx context.Context, s *scene) error {
	return underLoad(ctx, s, func() error {
		if err := s.statements(ctx, "SET GLOBAL read_only = 1"); err != nil {
			return err
		}
		s.rest(ctx, time.Second)
		acks := s.ledger.acks()
		s.checkReads(ctx, 20)
		s.rest(ctx, 3*time.Second)
		if more := s.ledger.acks() - acks; more > 0 {
			s.breaksf("%d writes were acknowledged by a database that is read-only", more)
		}
		if err := s.statements(ctx, "SET GLOBAL read_only = 0"); err != nil {
			return err
		}
		s.settle(ctx)
		return nil
	})
}

// checkReads reads some times and wants an answer each time.
func (s *scene) checkReads(ctx context.Context, times int) {
	for range times {
		if a, err := s.client("").do(ctx, "{ people(first: 1) { nodes { name } } }", nil); err != nil || len(a.codes) > 0 {
			s.breaksf("reads should go on: %v %v", err, a.words)
			return
		}
	}
}

// tooManyConnections takes all connections there are.
func tooManyConnections(ctx context.Context, s *scene) error {
	return underLoad(ctx, s, func() error {
		db, err := openSQL(s.maria.URL(""))
		if err != nil {
			return err
		}
		defer func() { _ = db.Close() }()
		conn, err := db.Conn(ctx)
		if err != nil {
			return err
		}
		defer func() { _ = conn.Close() }()
		if _, err := conn.ExecContext(ctx, "SET GLOBAL max_connections = 12"); err != nil {
			return err
		}
		taken := make([]*sql.Conn, 0, 20)
		for range 20 { // those of others are killed, and their places taken before they are back
			_ = killConnections(ctx, conn)
			for range 3 {
				if c, err := db.Conn(ctx); err == nil {
					taken = append(taken, c)
				}
			}
		}
		s.rest(ctx, 5*time.Second)
		for _, c := range taken {
			_ = c.Close()
		}
		_, err = conn.ExecContext(ctx, "SET GLOBAL max_connections = 1000")
		db.SetMaxIdleConns(0)
		if err != nil {
			return err
		}
		s.notef("%d connections taken", len(taken))
		s.settle(ctx)
		return nil
	})
}

// killConnections kills all connections of the server under test.
func killConnections(ctx context.Context, conn *sql.Conn) error {
	rows, err := conn.QueryContext(ctx, "SELECT id FROM information_schema.processlist WHERE user = ?", appUser)
	if err != nil {
		return err
	}
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, id := range ids {
		_, _ = conn.ExecContext(ctx, fmt.Sprintf("KILL %d", id)) // it may be gone by itself
	}
	return nil
}

func goneAway(ctx context.Context, s *scene) error {
	return underLoad(ctx, s, func() error {
		db, err := openSQL(s.maria.URL(""))
		if err != nil {
			return err
		}
		defer func() { _ = db.Close() }()
		conn, err := db.Conn(ctx)
		if err != nil {
			return err
		}
		defer func() { _ = conn.Close() }()
		for range s.suite.times(5, 20) {
			s.rest(ctx, 300*time.Millisecond)
			if err := killConnections(ctx, conn); err != nil {
				return err
			}
		}
		s.settle(ctx)
		return nil
	})
}

// mariaDiskFull gives MariaDB a disk of its own, where only its log of messages is not, and fills it.
func mariaDiskFull(ctx context.Context, s *scene) error {
	disk, unmount, err := tmpfs(filepath.Join(s.dir, "disk"), 400)
	if err != nil {
		return err
	}
	defer unmount()
	place := filepath.Join(disk, "mariadb")
	if err := errors.Join(os.Mkdir(place, 0o700), os.Symlink(filepath.Join(s.dir, "mariadb.log"), filepath.Join(place, "log"))); err != nil {
		return err
	}
	own, err := startMariaDB(place)
	if err != nil {
		return err
	}
	defer func() { _ = own.Crash() }()
	s.line.close()
	s.maria = own
	if err := s.prepare(ctx); err != nil {
		return err
	}
	return underLoad(ctx, s, func() error {
		ballast := filepath.Join(disk, "ballast")
		if err := fill(ballast); err != nil {
			return err
		}
		acks := s.ledger.acks()
		s.swell(ctx, 8*time.Second)
		alive := own.PID() != 0
		if alive {
			s.checkReads(ctx, 5)
		}
		if s.server.Load().status(ctx, "/healthz") != 200 {
			s.breaksf("I8: /healthz does not answer while the disk is full")
		}
		s.notef("%d writes were acknowledged after the disk was full", s.ledger.acks()-acks)
		if err := os.Remove(ballast); err != nil {
			return err
		}
		if !alive {
			s.notef("MariaDB ended itself, as it does when a rollback finds no room, and was restarted")
			if err := own.Resume(); err != nil {
				return err
			}
		}
		s.settle(ctx)
		_, err := s.concludeBefore(ctx)
		return err
	})
}

// concludeBefore checks what conclude would, for rows whose database is gone afterwards.
func (s *scene) concludeBefore(ctx context.Context) (tally, error) {
	s.halt()
	t, err := s.check(ctx)
	s.final = &t
	return t, err
}

// swell sends documents with long texts until the disk has to grow.
func (s *scene) swell(ctx context.Context, d time.Duration) {
	const document = `mutation($title: String!, $text: String!) { createDocument(input: {title: $title, kind: OTHER, text: $text}) {
		document { id } userErrors { code message } } }`
	text := strings.Repeat("纪要", 30_000)
	var group sync.WaitGroup
	for i := range 4 {
		group.Go(func() {
			for began, n := time.Now(), 0; time.Since(began) < d; n++ {
				a, _ := s.editor().do(ctx, document, map[string]any{"title": fmt.Sprintf("长文%d-%d", i, n), "text": text})
				s.ledger.count("", a.codes...)
				s.rest(ctx, 10*time.Millisecond)
			}
		})
	}
	group.Wait()
}

// stuckDatabase stops MariaDB so that it neither answers nor refuses.
func stuckDatabase(ctx context.Context, s *scene) error {
	return underLoad(ctx, s, func() error {
		if err := s.signal(syscall.SIGSTOP); err != nil {
			return err
		}
		s.rest(ctx, 5*time.Second)
		p := s.server.Load()
		if status := p.status(ctx, "/readyz"); status != 503 {
			s.breaksf("I8: /readyz says %d while the database is stuck", status)
		}
		if status := p.status(ctx, "/healthz"); status != 200 {
			s.breaksf("I8: /healthz says %d while the database is stuck", status)
		}
		s.rest(ctx, 15*time.Second)
		if err := s.signal(syscall.SIGCONT); err != nil {
			return err
		}
		s.settle(ctx)
		return nil
	})
}
