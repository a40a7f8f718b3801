package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Shot is one request as it is sent.
type Shot struct {
	Method, URL string
	Body        []byte
}

// Result is what load found. Results of several rounds are added up with Add.
type Result struct {
	Times       []time.Duration // of each request
	Took        time.Duration
	CPU         time.Duration // of the server's process
	Allocations uint64        // of the server's process
	Bytes       int           // of the last answer
}

// Add adds another round.
func (r *Result) Add(other Result) {
	r.Times = append(r.Times, other.Times...)
	r.Took += other.Took
	r.CPU += other.CPU
	r.Allocations += other.Allocations
	r.Bytes = other.Bytes
}

// PerSecond is how many requests were answered in a second.
func (r *Result) PerSecond() float64 { return float64(len(r.Times)) / r.Took.Seconds() }

// Percentile is the time within which so many of a hundred requests were answered.
func (r *Result) Percentile(of int) time.Duration {
	if len(r.Times) == 0 {
		return 0
	}
	slices.Sort(r.Times)
	return r.Times[min(len(r.Times)-1, len(r.Times)*of/100)]
}

// CPUPerRequest is the time on the processors that the server took for one request.
func (r *Result) CPUPerRequest() time.Duration { return r.CPU / time.Duration(max(1, len(r.Times))) }

// AllocationsPerRequest is what the server allocated for one request.
func (r *Result) AllocationsPerRequest() float64 {
	return float64(r.Allocations) / float64(max(1, len(r.Times)))
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

// Meter reads what a server has used so far.
type Meter func() (cpu time.Duration, allocations uint64)

// Load asks in a closed loop: each of the workers sends its next request when the answer to the last is there.
func Load(ctx context.Context, shots []Shot, workers int, long time.Duration, meter Meter) (Result, error) {
	ctx, cancel := context.WithTimeout(ctx, long+30*time.Second)
	defer cancel()
	var next atomic.Int64
	var all sync.Mutex
	var result Result
	var failed error
	cpu, allocations := meter()
	started := time.Now()
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			var mine Result
			var err error
			for time.Since(started) < long && err == nil {
				at := time.Now()
				var body []byte
				body, err = Send(ctx, shots[int(next.Add(1))%len(shots)])
				mine.Times = append(mine.Times, time.Since(at))
				mine.Bytes = len(body)
			}
			all.Lock()
			defer all.Unlock()
			result.Add(mine)
			if err != nil {
				failed = err
			}
		})
	}
	group.Wait()
	result.Took = time.Since(started)
	cpuAfter, allocationsAfter := meter()
	result.CPU, result.Allocations = cpuAfter-cpu, allocationsAfter-allocations
	if failed != nil {
		return Result{}, fmt.Errorf("%d answers, then: %w", len(result.Times), failed)
	}
	return result, nil
}
