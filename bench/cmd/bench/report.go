package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/minutebook/minutebook/bench"
)

// head prints on what and of what this is a measurement.
func (r *runner) head(ctx context.Context, db *sql.DB) {
	version := "a database of unknown version"
	_ = db.QueryRowContext(ctx, "SELECT VERSION()").Scan(&version)
	fmt.Fprintf(r.out, "Size %s, commit %s, %s, %s, %d processors (%s), MariaDB %s on loopback, load of the machine at the start %s. "+
		"%d rounds of %.1f s in turns, as a guest, with visibility, cost and cursors on.\n\n",
		r.o.size, commit(), time.Now().Format(time.DateOnly), runtime.Version(), runtime.NumCPU(), processor(), version, machineLoad(), r.o.rounds, r.o.seconds)
}

func commit() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

func processor() string {
	raw, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(raw)) {
		if name, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}

func machineLoad() string {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Fields(string(raw))[0]
}

func (r *runner) questionHead() {
	fmt.Fprintln(r.out, "| question | callers | share | a second | by hand | CPU ms | by hand | ratio | allocations | by hand | more, per scalar | p50 ms | p99 ms | p99 to S | bytes |")
	fmt.Fprintln(r.out, "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")
}

func (r *runner) questionRow(m *measurement) {
	cpu, byHand := ms(m.ours.CPUPerRequest()), ms(m.theirs.CPUPerRequest())
	allocations, allocationsByHand := m.ours.AllocationsPerRequest(), m.theirs.AllocationsPerRequest()
	p99 := ms(m.ours.Percentile(99))
	key := fmt.Sprintf("%s at %d", m.question.Name, m.workers)
	r.times.put(key, p99)
	fmt.Fprintf(r.out, "| %s %s | %d | **%.2f** | %.0f | %.0f | %.3f | %.3f | **%.2f** | %.0f | %.0f | %.2f | %.2f | %.2f | %s | %d |\n",
		m.question.Name, m.question.About, m.workers, m.share(), m.ours.PerSecond(), m.theirs.PerSecond(), cpu, byHand, cpu/byHand,
		allocations, allocationsByHand, (allocations-allocationsByHand)/m.scalars, ms(m.ours.Percentile(50)), p99, r.toSmall(key, p99), m.ours.Bytes)
}

func (r *runner) explorationHead() {
	fmt.Fprintln(r.out, "\n| question of an analyst, one caller | p50 ms | p99 ms | bar ms | asked | bytes |")
	fmt.Fprintln(r.out, "|---|---|---|---|---|---|")
}

func (r *runner) explorationRow(e bench.Exploration, found *bench.Result) {
	bar, p99 := "", found.Percentile(99)
	if e.Bar > 0 {
		bar = fmt.Sprintf("%.0f", ms(e.Bar))
		if p99 > e.Bar {
			bar += ", **missed**"
		}
	}
	fmt.Fprintf(r.out, "| %s | %.1f | %.1f | %s | %d | %d |\n", e.Name, ms(found.Percentile(50)), ms(p99), bar, len(found.Times), found.Bytes)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// results are the times of a size, kept for the comparison with another.
type results map[string]float64

func (t *results) put(key string, p99 float64) {
	if *t == nil {
		*t = results{}
	}
	(*t)[key] = p99
}

// keep writes the times of a whole run.
func (r *runner) keep() error {
	if r.o.results == "" || r.o.only != "" {
		return nil
	}
	raw, err := json.MarshalIndent(r.times, "", " ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(r.o.results, 0o750); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(r.o.results, r.o.size+".json"), raw, 0o600)
}

// toSmall says how many times as long the slowest in a hundred take as they took at size S, where that is known.
func (r *runner) toSmall(key string, p99 float64) string {
	raw, err := os.ReadFile(filepath.Join(r.o.results, "S.json"))
	var small results
	if r.o.size == "S" || err != nil || json.Unmarshal(raw, &small) != nil || small[key] == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f×", p99/small[key])
}
