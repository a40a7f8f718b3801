package bench

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// Process is a server under measurement. Counters is where it tells its allocations, in the form of Prometheus.
type Process struct {
	Address, Counters string
	cmd               *exec.Cmd
}

// Start starts a server and waits until it answers at a path.
func Start(ready, address, counters string, cmd *exec.Cmd) (*Process, error) {
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &Process{address, counters, cmd}
	for range 600 {
		response, err := http.Get("http://" + address + ready)
		if err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return p, nil
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.Stop()
	return nil, fmt.Errorf("%s does not answer", cmd.Path)
}

// Stop ends the server.
func (p *Process) Stop() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

// Used is a Meter of the server.
func (p *Process) Used() (cpu time.Duration, allocations uint64) {
	return p.cpu(), p.allocations()
}

// cpu is what the process has used of the processors, by Linux's count in hundredths of a second; 0 elsewhere.
func (p *Process) cpu() time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// AllocationsName is the counter of allocations among those of a process.
const AllocationsName = "go_memstats_mallocs_total"

// allocations is how many objects the process has allocated so far.
func (p *Process) allocations() uint64 {
	response, err := http.Get("http://" + p.Counters)
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		if value, found := strings.CutPrefix(lines.Text(), AllocationsName+" "); found {
			n, _ := strconv.ParseFloat(value, 64)
			return uint64(n)
		}
	}
	return 0
}

// ResidentMB is the memory of the process in MiB, by Linux's count; 0 elsewhere.
func (p *Process) ResidentMB() int {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	pages, _ := strconv.Atoi(strings.Fields(string(raw))[1])
	return pages * os.Getpagesize() >> 20
}
