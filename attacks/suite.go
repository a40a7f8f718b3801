package attacks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Result is what became of a case.
type Result struct {
	Case
	Err     error
	Skipped bool
	Took    time.Duration
	Memory  float64 // the most that the server held meanwhile, in MB
}

// Cases returns all cases.
func Cases() []Case {
	return slices.Concat(transportCases(), parsingCases(), limitCases(), tokenCases(), injectionCases(), uploadCases(), slowCases(), leakCases())
}

// maxMemory is what the server and its children may hold at any moment, in MB.
const maxMemory = 300

// Run runs cases one after the other, those whose id or group is among only, or all.
func Run(ctx context.Context, t *Target, only []string, told func(Result)) []Result {
	var results []Result
	for _, c := range Cases() {
		if len(only) > 0 && !slices.Contains(only, c.ID) && !slices.Contains(only, c.Group) {
			continue
		}
		began := time.Now()
		most, stop := t.watch()
		err := c.run(ctx, t)
		stop()
		r := Result{Case: c, Err: err, Skipped: errors.Is(err, errSkipped), Took: time.Since(began), Memory: *most}
		if err == nil && r.Memory > max(maxMemory, c.memory) {
			r.Err = fmt.Errorf("the server held %.0f MB", r.Memory)
		}
		results = append(results, r)
		told(r)
	}
	return results
}

// watch looks at the memory of a server started here until stopped.
func (t *Target) watch() (most *float64, stop func()) {
	most = new(float64)
	if t.pid == 0 {
		return most, func() {}
	}
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			*most = max(*most, t.memory())
			select {
			case <-end:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	return most, func() { close(end); <-ended }
}

// Print writes a table by groups, and what failed. It returns how many did.
func Print(w io.Writer, results []Result) int {
	var groups []string
	passed, failed, skipped := map[string]int{}, map[string]int{}, map[string]int{}
	memory := map[string]float64{}
	for _, r := range results {
		if !slices.Contains(groups, r.Group) {
			groups = append(groups, r.Group)
		}
		switch {
		case r.Skipped:
			skipped[r.Group]++
		case r.Err != nil:
			failed[r.Group]++
		default:
			passed[r.Group]++
		}
		memory[r.Group] = max(memory[r.Group], r.Memory)
	}
	fmt.Fprintf(w, "%-12s %7s %7s %8s %10s\n", "group", "passed", "failed", "not run", "most MB")
	all := 0
	for _, g := range groups {
		fmt.Fprintf(w, "%-12s %7d %7d %8d %10.0f\n", g, passed[g], failed[g], skipped[g], memory[g])
		all += failed[g]
	}
	for _, r := range results {
		if r.Err != nil {
			word := "FAILED"
			if r.Skipped {
				word = "not run"
			}
			fmt.Fprintf(w, "%s %s (%s): %s\n", word, r.ID, r.About, strings.ReplaceAll(r.Err.Error(), "\n", " "))
		}
	}
	return all
}
