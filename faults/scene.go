package faults

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/minutebook/minutebook/store/storetest"
)

// slowest is the longest a request may take by the settings: 5 s for a turn, 15 s for a mutation, and some for the machine.
const slowest = 22 * time.Second

// healTime is how long the server may take after a fault until all is as before.
const healTime = 10 * time.Second

// scene is one row of the table being played.
type scene struct {
	suite    *Suite
	row      Row
	dir      string
	database string // setting of the database, without a line
	maria    *storetest.Server
	line     *line // nil on SQLite
	program  *program
	ledger   *ledger
	server   atomic.Pointer[process]
	clients  struct {
		sync.Mutex
		tokens map[string]string
		made   map[string]*client // by base and role
	}
	base    measures // under load, before the fault
	last    measures // at the end
	final   *tally   // where the checks were made before the end
	writers int
	ending  atomic.Bool
	stops   []func()        // of writers and readers
	others  map[string]bool // names of people that are there besides those of the ledger

	mu       sync.Mutex
	problems []string
	notes    []string
	recovery time.Duration // the longest of the row
}

// breaksf notes that an invariant is broken.
func (s *scene) breaksf(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if text := fmt.Sprintf(format, args...); len(s.problems) < 20 {
		s.problems = append(s.problems, text)
	}
}

// notef adds to what the table says of the row.
func (s *scene) notef(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notes = append(s.notes, fmt.Sprintf(format, args...))
}

func (s *scene) over(ctx context.Context) bool { return ctx.Err() != nil || s.ending.Load() }

// prepare makes an empty database for the row, and the program that is to use it.
func (s *scene) prepare(ctx context.Context) (err error) {
	if err = os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	var through string // what the program is told of where the database is
	if s.row.Database == SQLite {
		s.database = "sqlite:" + filepath.Join(s.dir, "minutebook.db")
		through = s.database
	} else {
		if s.maria == nil {
			if s.maria, err = s.suite.mariadb(); err != nil {
				return err
			}
		}
		name := "faults_" + strings.ReplaceAll(s.row.Name, "-", "_")
		if s.database, err = s.maria.Empty(name); err != nil {
			return err
		}
		if s.database, err = s.appointUser(ctx, name); err != nil {
			return err
		}
		if through, s.line, err = newLine(s.database); err != nil {
			return err
		}
	}
	if s.program, err = newProgram(s.suite.Binary, s.dir, through); err != nil {
		return err
	}
	s.clients.tokens = map[string]string{"": ""}
	s.clients.made = map[string]*client{}
	for _, role := range []string{"ADMIN", "EDITOR", "VIEWER"} {
		if s.clients.tokens[role], err = s.program.token(ctx, role, strings.ToLower(role)); err != nil {
			return err
		}
	}
	s.ledger, err = newLedger(filepath.Join(s.dir, "ledger.jsonl"))
	return err
}

// start starts the server and waits until it is ready.
func (s *scene) start(ctx context.Context, more ...string) error {
	p, err := s.program.serve(more...)
	if err != nil {
		return err
	}
	s.server.Store(p)
	return p.ready(ctx, startTime)
}

// client returns the client of a role at the server that runs now; "" is a guest.
func (s *scene) client(role string) *client { return s.clientAt(s.server.Load(), role) }

func (s *scene) clientAt(p *process, role string) *client {
	s.clients.Lock()
	defer s.clients.Unlock()
	name := p.base + " " + role
	if s.clients.made[name] == nil {
		s.clients.made[name] = newClient(p.base, s.clients.tokens[role])
	}
	return s.clients.made[name]
}

func (s *scene) editor() *client { return s.client("EDITOR") }
func (s *scene) admin() *client  { return s.client("ADMIN") }

// look has so many guests read all the time, and looks at what they get, until stop is called.
func (s *scene) look(ctx context.Context, guests int) (stop func()) {
	const document = `{ people(first: 50, orderBy: [{field: CREATED_AT, direction: DESC}]) { totalCount nodes { name visibility } } }`
	ended := make(chan struct{})
	var group sync.WaitGroup
	for range guests {
		group.Go(func() {
			for {
				select {
				case <-ended:
					return
				case <-ctx.Done():
					return
				case <-time.After(5 * s.suite.pause):
				}
				began := time.Now()
				a, err := s.client("").do(ctx, document, nil)
				if took := time.Since(began); took > slowest {
					s.breaksf("I8: a read took %s", took.Round(time.Millisecond))
				}
				s.ledger.count("", a.codes...)
				if err != nil || len(a.codes) > 0 {
					if a.has("INTERNAL") {
						s.breaksf("a read ended as an internal error: %v", a.words)
					}
					continue
				}
				var found struct{ People struct{ Nodes []person } }
				if err := json.Unmarshal(a.data, &found); err != nil {
					s.breaksf("I8: %v in %.200s", err, a.data)
				}
				for _, p := range found.People.Nodes {
					if p.Visibility != "PUBLIC" {
						s.breaksf("I7: a guest was shown %s, which is %s", p.Name, p.Visibility)
					}
				}
			}
		})
	}
	return s.stopper(func() { close(ended); group.Wait() })
}

// stopper makes a function that may be called twice, and notes it for halt.
func (s *scene) stopper(stop func()) func() {
	stop = sync.OnceFunc(stop)
	s.stops = append(s.stops, stop)
	return stop
}

// halt stops all writers and readers.
func (s *scene) halt() {
	s.ending.Store(true)
	for _, stop := range s.stops {
		stop()
	}
}

// settle waits after a fault until the server is ready and writes are acknowledged again, and notes how long that took.
func (s *scene) settle(ctx context.Context) {
	began := time.Now()
	const document = `mutation($name: String!) { createPerson(input: {name: $name, pinyin: "v healed", visibility: PUBLIC, idempotencyKey: $name}) {
		person { id version name pinyin visibility } userErrors { code message } } }`
	s.mu.Lock()
	s.writers++
	name := fmt.Sprintf("H%03d痊愈", s.writers)
	s.mu.Unlock()
	e := entry{Name: name, Pinyin: "v healed", Visibility: "PUBLIC", Outcome: unknown}
	for {
		_ = s.ledger.note(e)
		s.ledger.count("")
		a, err := s.admin().do(ctx, document, map[string]any{"name": name})
		if err == nil && len(a.codes) == 0 && s.server.Load().status(ctx, "/readyz") == 200 {
			made, problems, err := written(a.data)
			if err != nil || made == nil {
				s.breaksf("I9: after the fault: %v %+v", err, problems)
				return
			}
			e.ID, e.Version, e.Outcome = made.ID, made.Version, acknowledged
			s.ledger.count(acknowledged)
			_ = s.ledger.note(e)
			break
		}
		if time.Since(began) > time.Minute {
			s.breaksf("I9: a minute after the fault writes still fail: %v %v", err, a.words)
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	// As before is when nothing fails any more: a pool may still hold connections that are dead.
	first := time.Since(began)
	const calm = 2 * time.Second
	for time.Since(began) < 2*healTime && time.Since(later(began, s.ledger.lastFailure())) < calm {
		s.rest(ctx, 50*time.Millisecond)
	}
	took := max(first, s.ledger.lastFailure().Sub(began))
	if took > healTime {
		s.breaksf("I9: %s after the fault requests still failed", took.Round(10*time.Millisecond))
	}
	s.mu.Lock()
	s.recovery = max(s.recovery, took)
	s.mu.Unlock()
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// rest lets things be for a while.
func (s *scene) rest(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// baseline measures the server after some work and before the fault.
func (s *scene) baseline(ctx context.Context) (err error) {
	s.base, err = s.server.Load().measure(ctx)
	return err
}

// backToBaseline waits until the server holds what it held before (I10). A pool may keep its connections, and each costs a
// file; of memory, the collector keeps what it may.
func (s *scene) backToBaseline(ctx context.Context) {
	const more, pool, megabytes = 40, 40, 300
	var now measures
	var err error
	for range 60 {
		if now, err = s.server.Load().measure(ctx); err != nil {
			s.breaksf("I10: %v", err)
			return
		}
		s.last = now
		if now.goroutines <= s.base.goroutines+more && now.files <= s.base.files+pool && now.memory < s.base.memory+megabytes {
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
	s.breaksf("I10: before the fault %+v, half a minute after it %+v", s.base, now)
}

// leftOver looks for temporary files after the server has ended.
func (s *scene) leftOver() {
	left, err := filepath.Glob(filepath.Join(s.dir, "tmp", "*"))
	if err != nil || len(left) > 0 {
		s.breaksf("I10: temporary files stay: %v %v", left, err)
	}
}

// end ends what the scene started.
func (s *scene) end() {
	if p := s.server.Load(); p != nil {
		p.kill()
	}
	if s.line != nil {
		s.line.close()
	}
	s.clients.Lock()
	for _, c := range s.clients.made {
		c.http.CloseIdleConnections()
	}
	s.clients.Unlock()
}

// codes says which errors came how often.
func (s *scene) codes() string {
	s.ledger.mu.Lock()
	defer s.ledger.mu.Unlock()
	var out []string
	for code, n := range s.ledger.codes {
		if code != "" {
			out = append(out, fmt.Sprintf("%d %s", n, code))
		}
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}
