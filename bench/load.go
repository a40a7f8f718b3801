package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Shot is one request as it is sent.
type Shot struct {
	Method, URL string
	Body        []byte
}

// Result is what one round of load found.
type Result struct {
	PerSecond     float64
	P50, P99      time.Duration
	CPUPerRequest time.Duration // of the server's process
	Bytes         int
}

// client keeps enough connections open for the highest concurrency.
var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256, MaxConnsPerHost: 256, DisableCompression: true}}

// Send sends one request and returns the body of a good answer.
func Send(ctx context.Context, shot Shot) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, shot.Method, shot.URL, bytes.NewReader(shot.Body))
	if err != nil {
		return nil, err
	}
	if shot.Body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	response, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s: status %d: %.300s", shot.Method, shot.URL, response.StatusCode, body)
	}
	return body, err
}

// Load asks in a closed loop: each of the workers sends its next request when the answer to the last is there.
func Load(ctx context.Context, shots []Shot, workers int, long time.Duration, pid int) (Result, error) {
	ctx, cancel := context.WithTimeout(ctx, long+10*time.Second)
	defer cancel()
	var next atomic.Int64
	var all sync.Mutex
	var times []time.Duration
	var failed error
	var size int
	before, started := cpuTime(pid), time.Now()
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			var mine []time.Duration
			for time.Since(started) < long {
				at := time.Now()
				body, err := Send(ctx, shots[int(next.Add(1))%len(shots)])
				mine = append(mine, time.Since(at))
				if err != nil {
					all.Lock()
					failed = err
					all.Unlock()
					return
				}
				size = len(body)
			}
			all.Lock()
			times = append(times, mine...)
			all.Unlock()
		})
	}
	group.Wait()
	took := time.Since(started)
	if failed != nil || len(times) == 0 {
		return Result{}, fmt.Errorf("%d answers, then: %w", len(times), failed)
	}
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	return Result{
		PerSecond: float64(len(times)) / took.Seconds(), P50: times[len(times)/2], P99: times[len(times)*99/100],
		CPUPerRequest: (cpuTime(pid) - before) / time.Duration(len(times)), Bytes: size,
	}, nil
}

// cpuTime is what a process has used of the processors, by Linux's count in hundredths of a second; 0 elsewhere.
func cpuTime(pid int) time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// ResidentMB is the memory of a process in MiB, by Linux's count; 0 elsewhere.
func ResidentMB(pid int) int {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	pages, _ := strconv.Atoi(strings.Fields(string(raw))[1])
	return pages * os.Getpagesize() >> 20
}
