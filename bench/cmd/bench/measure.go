package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/minutebook/minutebook/bench"
)

// runner asks everything.
type runner struct {
	o            options
	sample       *bench.Sample
	ours, theirs *bench.Process
	out          io.Writer

	asked []bench.Shot // to minutebook, of all questions
	times results
}

// shots makes the requests of a question for both servers, and checks that they get the same answer.
func (r *runner) shots(ctx context.Context, q bench.Question) (a, b []bench.Shot, err error) {
	cursor := ""
	for _, request := range q.Requests(r.sample, 200) {
		if at, ok := request.Variables["at"].(bench.Position); ok {
			delete(request.Variables, "at")
			if cursor == "" {
				if cursor, err = r.firstCursor(ctx, at.Organization); err != nil {
					return nil, nil, err
				}
			}
			if request.Variables["after"], err = bench.Rebase(cursor, at); err != nil {
				return nil, nil, err
			}
		}
		shot, err := bench.Post(r.ours.Address, q.Query, request.Variables)
		if err != nil {
			return nil, nil, err
		}
		a = append(a, shot)
		b = append(b, bench.Shot{Method: "GET", URL: "http://" + r.theirs.Address + request.Path})
	}
	for i := range min(len(a), 20) {
		if err := same(ctx, a[i], b[i]); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", q.Name, err)
		}
	}
	return a, b, nil
}

// same compares the data of two answers.
func same(ctx context.Context, a, b bench.Shot) error {
	var data [2]struct {
		Data   json.RawMessage
		Errors json.RawMessage
	}
	for i, shot := range []bench.Shot{a, b} {
		body, err := bench.Send(ctx, shot)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(body, &data[i]); err != nil {
			return fmt.Errorf("%w: %.500s", err, body)
		}
	}
	if string(data[0].Data) != string(data[1].Data) {
		return fmt.Errorf("the yardstick answers something else:\n%.1500s\n%s\n%.1500s", data[0].Data, data[0].Errors, data[1].Data)
	}
	return nil
}

func (r *runner) firstCursor(ctx context.Context, organization string) (string, error) {
	shot, err := bench.Post(r.ours.Address, bench.FirstPage, map[string]any{"id": organization})
	if err != nil {
		return "", err
	}
	answer, err := bench.Send(ctx, shot)
	return bench.EndCursor(answer), err
}

// questions measures Q1 to Q8 and prints their table.
func (r *runner) questions(ctx context.Context) error {
	r.questionHead()
	for _, q := range bench.Questions {
		if !r.o.wanted(q.Name) {
			continue
		}
		a, b, err := r.shots(ctx, q)
		if err != nil {
			return err
		}
		r.asked = append(r.asked, a...)
		scalars, err := scalarsOf(ctx, a)
		if err != nil {
			return err
		}
		for _, workers := range []int{1, 16} {
			m := &measurement{question: q, workers: workers, scalars: scalars}
			if err := r.rounds(ctx, m, a, b); err != nil {
				return err
			}
			r.questionRow(m)
		}
		if err := r.profile(ctx, q.Name, a); err != nil {
			return err
		}
	}
	return r.keep()
}

// measurement is a question at one concurrency.
type measurement struct {
	question     bench.Question
	workers      int
	scalars      float64
	ours, theirs bench.Result
	ratios       []float64 // of the rounds
}

// share is the median of the rounds' ratios.
func (m *measurement) share() float64 {
	slices.Sort(m.ratios)
	return m.ratios[len(m.ratios)/2]
}

// rounds asks both servers in turns. Half a round comes first that does not count: statements get prepared.
func (r *runner) rounds(ctx context.Context, m *measurement, a, b []bench.Shot) error {
	long := time.Duration(r.o.seconds * float64(time.Second))
	for i := -1; i < r.o.rounds; i++ {
		long := long
		if i < 0 {
			long /= 2
		}
		ours, err := bench.Load(ctx, a, m.workers, long, r.ours.Used)
		if err != nil {
			return err
		}
		theirs, err := bench.Load(ctx, b, m.workers, long, r.theirs.Used)
		if err != nil {
			return err
		}
		if i < 0 {
			continue
		}
		m.ratios = append(m.ratios, ours.PerSecond()/theirs.PerSecond())
		m.ours.Add(ours)
		m.theirs.Add(theirs)
	}
	return nil
}

// scalarsOf counts the values of the answers to some of the requests, and returns the mean.
func scalarsOf(ctx context.Context, shots []bench.Shot) (float64, error) {
	const some = 20
	n := 0
	for _, shot := range shots[:min(some, len(shots))] {
		body, err := bench.Send(ctx, shot)
		if err != nil {
			return 0, err
		}
		var answer struct{ Data any }
		if err := json.Unmarshal(body, &answer); err != nil {
			return 0, err
		}
		n += scalars(answer.Data)
	}
	return float64(n) / float64(min(some, len(shots))), nil
}

func scalars(value any) int {
	n := 0
	switch v := value.(type) {
	case map[string]any:
		for _, inner := range v {
			n += scalars(inner)
		}
	case []any:
		for _, inner := range v {
			n += scalars(inner)
		}
	default:
		n = 1
	}
	return n
}

// memory asks everything at once, at concurrency 64, and prints the most that was resident.
func (r *runner) memory(ctx context.Context) error {
	if len(r.asked) == 0 {
		return nil
	}
	most := r.ours.ResidentMB()
	done := make(chan error, 1)
	go func() {
		_, err := bench.Load(ctx, mixed(r.asked), 64, 10*time.Second, r.ours.Used)
		done <- err
	}()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			fmt.Fprintf(r.out, "\nMost resident while all questions are asked at once by 64 callers for 10 s: %d MB (bar 300). The yardstick holds %d MB.\n", most, r.theirs.ResidentMB())
			return err
		case <-tick.C:
			most = max(most, r.ours.ResidentMB())
		}
	}
}

// mixed puts requests into an order in which different questions stand beside each other.
func mixed(shots []bench.Shot) []bench.Shot {
	out := make([]bench.Shot, 0, len(shots))
	const stride = 211 // prime, and so each comes once
	for i := range shots {
		out = append(out, shots[i*stride%len(shots)])
	}
	return out
}

// explorations measures the questions of analysts, one after the other by one caller.
func (r *runner) explorations(ctx context.Context) error {
	r.explorationHead()
	for _, e := range bench.Explorations {
		if !r.o.wanted(e.Name) || r.o.noSearch && strings.HasPrefix(e.Name, "search") {
			continue
		}
		shots, err := e.Shots(r.sample, r.ours.Address, 300)
		if err != nil {
			return err
		}
		for _, shot := range shots[:3] {
			if err := good(ctx, shot); err != nil {
				return fmt.Errorf("%s: %w", e.Name, err)
			}
		}
		found, err := bench.Load(ctx, shots, 1, 4*time.Second, r.ours.Used)
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
		r.explorationRow(e, &found)
	}
	return nil
}

// good asks and fails where the answer has errors.
func good(ctx context.Context, shot bench.Shot) error {
	body, err := bench.Send(ctx, shot)
	if err == nil && bytes.HasPrefix(body, []byte(`{"errors"`)) {
		err = fmt.Errorf("%.500s", body)
	}
	return err
}

// profile keeps profiles of one question at concurrency 16, where that is wanted.
func (r *runner) profile(ctx context.Context, name string, shots []bench.Shot) error {
	if r.o.profiles == "" {
		return nil
	}
	if err := os.MkdirAll(r.o.profiles, 0o750); err != nil {
		return err
	}
	const seconds = 8
	done := make(chan error, 1)
	go func() {
		_, err := bench.Load(ctx, shots, 16, (seconds+1)*time.Second, r.ours.Used)
		done <- err
	}()
	admin := "http://" + strings.TrimSuffix(r.ours.Counters, "/metrics")
	for file, address := range map[string]string{
		name + ".cpu":    fmt.Sprintf("%s/debug/pprof/profile?seconds=%d", admin, seconds),
		name + ".allocs": fmt.Sprintf("%s/debug/pprof/allocs?seconds=%d", admin, seconds),
	} {
		if err := download(address, filepath.Join(r.o.profiles, file)); err != nil {
			return err
		}
	}
	return <-done
}

func download(address, file string) error {
	response, err := http.Get(address)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	return os.WriteFile(file, raw, 0o600)
}
