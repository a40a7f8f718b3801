package faults

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// Soak is a long run of mixed load: writers, readers, imports and subscribers, while MariaDB is restarted again and again.
type Soak struct {
	Suite
	Duration time.Duration
	Every    time.Duration // between two restarts of MariaDB
	Pause    time.Duration // of each writer and reader between two requests
}

// peak is what the server held at most, and now.
type peak struct {
	mu        sync.Mutex
	now, most measures
}

func (p *peak) add(m measures) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = m
	p.most.goroutines, p.most.files, p.most.memory = max(p.most.goroutines, m.goroutines), max(p.most.files, m.files), max(p.most.memory, m.memory)
}

// soaking is the state of a run.
type soaking struct {
	*scene
	soak      *Soak
	peak      peak
	imports   map[string]bool // ids of meetings
	restarts  int
	followers []*follower
}

// Run runs it and writes what came of it. An error is an invariant that broke.
func (k *Soak) Run(ctx context.Context) error {
	k.pause = k.Pause
	at := &scene{suite: &k.Suite, row: Row{Name: "soak", Database: MariaDB}, dir: filepath.Join(k.Dir, "soak"), others: peopleOfMinutes}
	defer at.end()
	r := &soaking{scene: at, soak: k, imports: map[string]bool{}}
	if err := at.prepare(ctx); err != nil {
		return err
	}
	if err := at.start(ctx); err != nil {
		return err
	}
	return r.run(ctx)
}

func (r *soaking) run(ctx context.Context) error {
	started, err := r.server.Load().measure(ctx)
	if err != nil {
		return err
	}
	r.write(ctx, 3)
	r.look(ctx, 3)
	r.background(ctx, r.importing)
	r.background(ctx, r.measuring)
	for i := range 4 {
		f := &follower{soaking: r, name: fmt.Sprintf("subscriber %d", i+1), seen: map[string]bool{}}
		f.stop = len(r.stops)
		r.followers = append(r.followers, f)
		r.background(ctx, f.follow)
	}
	r.rest(ctx, min(time.Minute, r.soak.Duration/10))
	if r.base, err = r.server.Load().measure(ctx); err != nil {
		return err
	}
	if err := r.restarting(ctx); err != nil {
		return err
	}
	last := r.followers[0].stop
	for i, stop := range r.stops { // first those who write and read
		if i < last {
			stop()
		}
	}
	if err := r.caughtUp(ctx); err != nil {
		return err
	}
	r.halt()
	return r.report(ctx, started)
}

// caughtUp waits until each subscriber has been told as much as there is; who is not is found by compare.
func (r *soaking) caughtUp(ctx context.Context) error {
	there, err := r.counts(ctx)
	for began := time.Now(); err == nil && time.Since(began) < healTime; {
		behind := false
		for _, f := range r.followers {
			behind = behind || int(f.told.Load()) < there.Changes
		}
		if !behind {
			break
		}
		r.rest(ctx, 100*time.Millisecond)
	}
	return err
}

// background runs something until halt.
func (r *soaking) background(ctx context.Context, fn func(context.Context)) {
	ctx, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() { fn(ctx) })
	r.stopper(func() { cancel(); group.Wait() })
}

// restarting kills and restarts MariaDB until the time is over.
func (r *soaking) restarting(ctx context.Context) error {
	over := time.Now().Add(r.soak.Duration)
	for {
		left := time.Until(over)
		r.rest(ctx, min(left, r.soak.Every))
		if left <= r.soak.Every || ctx.Err() != nil {
			return ctx.Err()
		}
		if err := r.maria.Crash(); err != nil {
			return err
		}
		if err := r.maria.Resume(); err != nil {
			return err
		}
		r.restarts++
		r.settle(ctx)
		fmt.Fprintf(r.soak.Log, "%s left: restart %d, recovered; %d writes acknowledged; now %s\n",
			time.Until(over).Round(time.Second), r.restarts, r.ledger.acks(), r.peak.current())
	}
}

func (p *peak) current() measures {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

func (m measures) String() string {
	return fmt.Sprintf("%d goroutines, %d files, %.0f MB", m.goroutines, m.files, m.memory)
}

func (r *soaking) measuring(ctx context.Context) {
	for ctx.Err() == nil {
		if m, err := r.server.Load().measure(ctx); err == nil {
			r.peak.add(m)
		}
		r.rest(ctx, 5*time.Second)
	}
}

// importing imports minutes of ever new meetings, each until it is answered.
func (r *soaking) importing(ctx context.Context) {
	for n := 0; ctx.Err() == nil; n++ {
		for ctx.Err() == nil {
			id, a, err := r.importText(context.WithoutCancel(ctx), r.editor(), minutesText(n))
			if err == nil && id != "" {
				r.ledger.count(acknowledged)
				r.imports[id] = true
				break
			}
			r.ledger.count(unknown, a.codes...)
			r.rest(ctx, time.Second)
		}
		r.rest(ctx, 40*r.soak.Pause)
	}
}

// follower subscribes to the log, and resumes after each interruption where it was.
type follower struct {
	*soaking
	name   string
	cursor any
	seen   map[string]bool
	order  []string
	told   atomic.Int64
	stop   int // its place among what halt stops
}

func (f *follower) follow(ctx context.Context) {
	for ctx.Err() == nil {
		f.connection(ctx)
		f.rest(ctx, 500*time.Millisecond)
	}
}

// connection is told changes until the socket breaks.
func (f *follower) connection(ctx context.Context) {
	conn, err := f.connect(ctx, f.server.Load(), map[string]any{
		"query": "subscription($after: String) { changed(after: $after) { id cursor } }", "variables": map[string]any{"after": f.cursor},
	})
	if err != nil {
		return
	}
	defer func() { _ = conn.CloseNow() }()
	_ = listen(ctx, conn, f.hear) // it goes on at a new socket, whatever ended this one
}

// hear takes in one change that was told.
func (f *follower) hear(told []byte) error {
	var payload struct {
		Data struct{ Changed struct{ ID, Cursor string } }
	}
	if err := json.Unmarshal(told, &payload); err != nil || payload.Data.Changed.ID == "" {
		f.breaksf("%s was told %s", f.name, told)
		return errors.New("no change was told")
	}
	change := payload.Data.Changed
	if f.seen[change.ID] {
		f.breaksf("%s was told change %s twice", f.name, change.ID)
	}
	f.seen[change.ID], f.cursor = true, change.Cursor
	f.order = append(f.order, change.ID)
	f.told.Add(1)
	return nil
}

// changes reads the ids of the whole log.
func (s *scene) changes(ctx context.Context) ([]string, error) {
	const document = `query($after: String) { changes(first: 100, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }`
	var out []string
	var after any
	for {
		var page struct {
			Changes struct {
				Nodes    []struct{ ID string }
				PageInfo struct {
					EndCursor   string
					HasNextPage bool
				}
			}
		}
		if err := s.admin().must(ctx, document, map[string]any{"after": after}, &page); err != nil {
			return nil, err
		}
		for _, c := range page.Changes.Nodes {
			out = append(out, c.ID)
		}
		if after = page.Changes.PageInfo.EndCursor; !page.Changes.PageInfo.HasNextPage {
			return out, nil
		}
	}
}

// compare looks whether each subscriber was told every change from its first one on, in order.
func (r *soaking) compare(ctx context.Context) (told int, err error) {
	log, err := r.changes(ctx)
	if err != nil {
		return 0, err
	}
	at := map[string]int{}
	for i, id := range log {
		at[id] = i
	}
	for _, f := range r.followers {
		told += len(f.order)
		if len(f.order) == 0 {
			r.breaksf("%s was told nothing", f.name)
			continue
		}
		first, known := at[f.order[0]]
		if !known || len(log)-first != len(f.order) {
			r.breaksf("%s was told %d changes of the %d from its first on", f.name, len(f.order), len(log)-first)
			continue
		}
		for i, id := range f.order {
			if log[first+i] != id {
				r.breaksf("%s was told change %s in the place of %s", f.name, id, log[first+i])
				break
			}
		}
	}
	return told, nil
}

// report checks everything and prints it.
func (r *soaking) report(ctx context.Context, started measures) error {
	told, err := r.compare(ctx)
	if err != nil {
		return err
	}
	there, err := r.counts(ctx)
	if err != nil {
		return err
	}
	if there.Meetings != len(r.imports) || there.Attendances != 8*len(r.imports) {
		r.breaksf("I4: %d imports were acknowledged, there are %s", len(r.imports), there)
	}
	r.rest(ctx, min(200*time.Second, r.soak.Duration/10)) // connections to the database live for three minutes
	t, err := r.conclude(ctx)
	if err != nil {
		return err
	}
	w := r.soak.Log
	fmt.Fprintf(w, "\n%-34s %s\n", "duration", r.soak.Duration)
	fmt.Fprintf(w, "%-34s %d, each recovered within %.1f s\n", "restarts of MariaDB (kill -9)", r.restarts, r.recovery.Seconds())
	fmt.Fprintf(w, "%-34s %d, %d of them imports\n", "writes acknowledged", r.ledger.acknowledged, len(r.imports))
	fmt.Fprintf(w, "%-34s %d\n%-34s %d\n", "lost", t.lost, "doubled", t.doubled)
	fmt.Fprintf(w, "%-34s %d, %d found out by their keys\n", "without a certain answer", r.ledger.unknown, r.ledger.settled)
	fmt.Fprintf(w, "%-34s %d to %d subscribers, none missed or told twice\n", "changes told", told, len(r.followers))
	fmt.Fprintf(w, "%-34s %s\n%-34s %s\n%-34s %s\n%-34s %s\n", "at the start", started, "under load, after a minute", r.base, "at most", r.peak.most, "at the end", r.last)
	fmt.Fprintf(w, "%-34s %s\n", "errors by code", r.codes())
	return r.verdict(w)
}

func (r *soaking) verdict(w io.Writer) error {
	if len(r.problems) == 0 {
		fmt.Fprintln(w, "no invariant broke")
		return nil
	}
	for _, problem := range r.problems {
		fmt.Fprintln(w, problem)
	}
	return fmt.Errorf("%d invariants broke", len(r.problems))
}
