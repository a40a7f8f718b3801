// Command bench measures minutebook against the yardstick, in one interleaved run, and prints a table of ratios.
//
//	bench --database mysql://user:password@host:port/name --binary ./minutebook [--size S] [--seconds 3] [--rounds 2]
//
// The database is filled when it is empty. Only ratios of one run mean anything.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/minutebook/minutebook/bench"
	"github.com/minutebook/minutebook/bench/yardstick"
	"github.com/minutebook/minutebook/store"
)

type options struct {
	database, binary, size, only string
	seconds, rounds              int
}

func main() {
	if len(os.Args) == 4 && os.Args[1] == "yardstick" {
		exit(serveYardstick(os.Args[2], os.Args[3]))
	}
	var o options
	flag.StringVar(&o.database, "database", "", "mysql://user:password@host:port/name, filled when empty")
	flag.StringVar(&o.binary, "binary", "./minutebook", "the program to measure")
	flag.StringVar(&o.size, "size", "S", "data set: XS, S or L")
	flag.StringVar(&o.only, "only", "", "questions, as Q1,Q3; all where empty")
	flag.IntVar(&o.seconds, "seconds", 3, "length of one measurement")
	flag.IntVar(&o.rounds, "rounds", 2, "how often each is measured; the best counts")
	flag.Parse()
	exit(run(context.Background(), o))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func serveYardstick(database, address string) error {
	db, err := bench.Open(database)
	if err != nil {
		return err
	}
	server, err := yardstick.New(context.Background(), db)
	if err != nil {
		return err
	}
	return http.ListenAndServe(address, server)
}

// prepare migrates and fills the database.
func prepare(ctx context.Context, o options) (*bench.Sample, error) {
	size, known := bench.Sizes[o.size]
	if !known {
		return nil, fmt.Errorf("there is no size %q", o.size)
	}
	s, err := store.Open(ctx, o.database, store.Options{})
	if err != nil {
		return nil, err
	}
	err = errors.Join(s.Migrate(ctx), s.Close())
	if err != nil {
		return nil, err
	}
	db, err := bench.Open(o.database)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	var meetings int
	if err := db.QueryRowContext(ctx, "SELECT COUNT(*) FROM meetings").Scan(&meetings); err != nil {
		return nil, err
	}
	if meetings == 0 {
		started := time.Now()
		if _, err := bench.Generate(ctx, db, size, func(n int) { fmt.Fprintf(os.Stderr, "%d meetings\n", n) }); err != nil {
			return nil, err
		}
		for _, table := range []string{"meetings", "agenda_items", "attendances", "presentations", "directives", "decisions", "documents"} {
			if _, err := db.ExecContext(ctx, "ANALYZE TABLE "+table); err != nil {
				return nil, err
			}
		}
		fmt.Fprintf(os.Stderr, "made size %s in %s\n", size.Name, time.Since(started).Round(time.Second))
	}
	return bench.TakeSample(db)
}

// process is a server under measurement.
type process struct {
	cmd     *exec.Cmd
	address string
}

func start(ready string, address string, cmd *exec.Cmd) (*process, error) {
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	for range 200 {
		response, err := http.Get("http://" + address + ready)
		if err == nil {
			_ = response.Body.Close()
			return &process{cmd, address}, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	_ = cmd.Process.Kill()
	return nil, fmt.Errorf("%s does not answer", cmd.Path)
}

func (p *process) stop() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// servers starts both.
func servers(o options) (ours, theirs *process, err error) {
	address, err := freeAddress()
	if err != nil {
		return nil, nil, err
	}
	cmd := exec.Command(o.binary, "serve")
	cmd.Env = append(os.Environ(), "MINUTEBOOK_ADDR="+address, "MINUTEBOOK_DATABASE="+o.database, "MINUTEBOOK_MODE=production", "MINUTEBOOK_LOG_LEVEL=warn",
		"MINUTEBOOK_JWT_SECRET=b5Jq2mXw9ZrT4vB8nLs5pYd3Hf6Gc1eKuAoRi0", "MINUTEBOOK_JWT_ISSUER=bench", "MINUTEBOOK_JWT_AUDIENCE=bench",
		"MINUTEBOOK_RATE_REQUESTS=10000000", "MINUTEBOOK_RATE_COST=1000000000", "MINUTEBOOK_LIMIT_COST=1000000", "MINUTEBOOK_CONCURRENT=64")
	if ours, err = start("/readyz", address, cmd); err != nil {
		return nil, nil, err
	}
	if address, err = freeAddress(); err == nil {
		theirs, err = start("/q2", address, exec.Command(os.Args[0], "yardstick", o.database, address))
	}
	if err != nil {
		ours.stop()
	}
	return ours, theirs, err
}

// shots makes the requests of a question for both servers, and checks that they get the same answer.
func shots(ctx context.Context, q bench.Question, s *bench.Sample, ours, theirs string) (a, b []bench.Shot, err error) {
	cursor := ""
	for _, request := range q.Requests(s, 200) {
		if at, ok := request.Variables["at"].(bench.Position); ok {
			delete(request.Variables, "at")
			if cursor == "" {
				if cursor, err = firstCursor(ctx, ours, at.Organization); err != nil {
					return nil, nil, err
				}
			}
			if request.Variables["after"], err = bench.Rebase(cursor, at); err != nil {
				return nil, nil, err
			}
		}
		body, err := json.Marshal(map[string]any{"query": q.Query, "variables": request.Variables})
		if err != nil {
			return nil, nil, err
		}
		a = append(a, bench.Shot{Method: "POST", URL: "http://" + ours + "/graphql", Body: body})
		b = append(b, bench.Shot{Method: "GET", URL: "http://" + theirs + request.Path})
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

func firstCursor(ctx context.Context, server, organization string) (string, error) {
	body, err := json.Marshal(map[string]any{"variables": map[string]any{"id": organization},
		"query": bench.FirstPage})
	if err != nil {
		return "", err
	}
	answer, err := bench.Send(ctx, bench.Shot{Method: "POST", URL: "http://" + server + "/graphql", Body: body})
	if err != nil {
		return "", err
	}
	return bench.EndCursor(answer), nil
}

func run(ctx context.Context, o options) error {
	sample, err := prepare(ctx, o)
	if err != nil {
		return err
	}
	ours, theirs, err := servers(o)
	if err != nil {
		return err
	}
	defer ours.stop()
	defer theirs.stop()
	fmt.Printf("size %s, best of %d rounds of %d s\n\n", o.size, o.rounds, o.seconds)
	fmt.Println("| question | concurrency | minutebook /s | by hand /s | ratio | p50 | p99 | CPU | CPU by hand | bytes |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|---|")
	for _, q := range bench.Questions {
		if o.only != "" && !strings.Contains(o.only, q.Name) {
			continue
		}
		a, b, err := shots(ctx, q, sample, ours.address, theirs.address)
		if err != nil {
			return err
		}
		for _, workers := range []int{1, 16} {
			if err := measure(ctx, o, q, workers, a, b, ours, theirs); err != nil {
				return err
			}
		}
	}
	fmt.Printf("\nresident: minutebook %d MB, by hand %d MB\n", bench.ResidentMB(ours.cmd.Process.Pid), bench.ResidentMB(theirs.cmd.Process.Pid))
	return nil
}

// measure measures both servers in turn and prints a row.
func measure(ctx context.Context, o options, q bench.Question, workers int, a, b []bench.Shot, ours, theirs *process) error {
	var best, byHand bench.Result
	long := time.Duration(o.seconds) * time.Second
	for range o.rounds {
		r, err := bench.Load(ctx, a, workers, long, ours.cmd.Process.Pid)
		if err != nil {
			return err
		}
		if r.PerSecond > best.PerSecond {
			best = r
		}
		if r, err = bench.Load(ctx, b, workers, long, theirs.cmd.Process.Pid); err != nil {
			return err
		}
		if r.PerSecond > byHand.PerSecond {
			byHand = r
		}
	}
	fmt.Printf("| %s %s | %d | %.0f | %.0f | **%.2f** | %.2f ms | %.2f ms | %.2f ms | %.2f ms | %d |\n", q.Name, q.About, workers, best.PerSecond, byHand.PerSecond,
		best.PerSecond/byHand.PerSecond, ms(best.P50), ms(best.P99), ms(best.CPUPerRequest), ms(byHand.CPUPerRequest), best.Bytes)
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
