package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/minutebook/minutebook/auth"
)

// syncBuffer is a log that a test reads while the program writes.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// environment of a program of its own: a database in a directory of the test, free ports, a fresh secret.
func testEnvironment(t *testing.T, more ...string) func(string) string {
	t.Helper()
	values := map[string]string{
		"MINUTEBOOK_ADDR": freeAddress(t), "MINUTEBOOK_ADMIN_ADDR": freeAddress(t),
		"MINUTEBOOK_DATABASE":   "sqlite:" + filepath.Join(t.TempDir(), "test.db"),
		"MINUTEBOOK_JWT_SECRET": auth.GenerateSecret(), "MINUTEBOOK_JWT_ISSUER": "tests", "MINUTEBOOK_JWT_AUDIENCE": "minutebook",
	}
	for i := 0; i+1 < len(more); i += 2 {
		values["MINUTEBOOK_"+more[i]] = more[i+1]
	}
	return func(name string) string { return values[name] }
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

// command runs a command to its end and returns its status and what it printed.
func runCommand(getenv func(string) string, args ...string) (status int, out, complaint string) {
	var stdout, stderr bytes.Buffer
	status = run(context.Background(), args, getenv, console{strings.NewReader(""), &stdout, &stderr})
	return status, stdout.String(), stderr.String()
}

// started is a program that serves.
type started struct {
	t      *testing.T
	getenv func(string) string
	base   string
	stop   context.CancelFunc
	status chan int
	out    *syncBuffer
	log    *syncBuffer
}

func start(t *testing.T, getenv func(string) string, args ...string) *started {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	s := &started{t: t, getenv: getenv, base: "http://" + getenv("MINUTEBOOK_ADDR"), stop: stop, status: make(chan int, 1), out: &syncBuffer{}, log: &syncBuffer{}}
	go func() {
		s.status <- run(ctx, append([]string{"serve"}, args...), getenv, console{strings.NewReader(""), s.out, s.log})
	}()
	t.Cleanup(stop)
	for range 600 {
		if code, _ := s.get("/readyz"); code == 200 {
			return s
		}
		select {
		case code := <-s.status:
			t.Fatalf("ended with %d: %s", code, s.log)
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatalf("not ready within 30 s: %s", s.log)
	return nil
}

func (s *started) get(path string) (int, string) {
	return s.fetch(s.base + path)
}

func (s *started) fetch(url string) (int, string) {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 10 * time.Second}
	response, err := client.Get(url)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = response.Body.Close() }()
	text, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(text)
}

func (s *started) end() int {
	s.t.Helper()
	s.stop()
	select {
	case status := <-s.status:
		return status
	case <-time.After(25 * time.Second):
		s.t.Fatal("does not stop")
		return -1
	}
}

func TestServe(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	getenv := testEnvironment(t)
	s := start(t, getenv)
	for path, want := range map[string]int{
		"/healthz": 200, "/readyz": 200, "/schema.graphql": 200, "/graphql?query={__typename}": 200, "/graphiql": 404,
		"/debug/pprof/cmdline": 404, "/debug/vars": 404, "/metrics": 404, "/.git/config": 404,
	} {
		if status, text := s.get(path); status != want {
			t.Errorf("%s: %d, want %d: %.200s", path, status, want, text)
		}
	}
	if status, text := s.fetch("http://" + getenv("MINUTEBOOK_ADMIN_ADDR") + "/metrics"); status != 200 ||
		!strings.Contains(text, "\ngo_goroutines ") || !strings.Contains(text, `minutebook_request_seconds_count{route="graphql",status="200"}`) {
		t.Errorf("/metrics: %d %.300s", status, text)
	}
	if status := s.end(); status != exitGood {
		t.Errorf("ended with %d: %s", status, s.log)
	}
	if strings.Contains(s.log.String(), getenv("MINUTEBOOK_JWT_SECRET")) {
		t.Error("the secret is in the log")
	}
}

func TestToken(t *testing.T) {
	getenv := testEnvironment(t)
	status, out, complaint := runCommand(getenv, "token", "--role", "EDITOR", "--subject", "somebody")
	if status != exitGood || strings.Count(out, ".") != 2 || strings.TrimSpace(out)+"\n" != out {
		t.Fatalf("%d %q %q", status, out, complaint)
	}
	s := start(t, getenv)
	request, _ := http.NewRequest(http.MethodGet, s.base+"/graphql?query={viewer{subject,role}}", nil)
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(out))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct {
		Data struct {
			Viewer struct {
				Subject string `json:"subject"`
				Role    string `json:"role"`
			} `json:"viewer"`
		} `json:"data"`
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || answer.Data.Viewer.Role != "EDITOR" || answer.Data.Viewer.Subject != "somebody" {
		t.Errorf("%d %+v %v", response.StatusCode, answer, err)
	}
	http.DefaultClient.CloseIdleConnections()
	if status := s.end(); status != exitGood {
		t.Errorf("ended with %d: %s", status, s.log)
	}
}

func TestTokenRefuses(t *testing.T) {
	for _, args := range [][]string{
		{"token", "--role", "KING", "--subject", "x"}, {"token", "--role", "ADMIN"}, {"token", "--role", "ADMIN", "--subject", "x", "--ttl", "-1h"},
		{"token", "--role", "ADMIN", "--subject", "x", "more"},
	} {
		if status, out, _ := runCommand(testEnvironment(t), args...); status == exitGood || out != "" {
			t.Errorf("%v: %d %q", args, status, out)
		}
	}
}

func TestMigrate(t *testing.T) {
	getenv := testEnvironment(t)
	if status, _, complaint := runCommand(getenv, "migrate", "--status"); status == exitGood {
		t.Errorf("a database that is not there is called good: %s", complaint)
	}
	status, out, complaint := runCommand(getenv, "migrate")
	if status != exitGood || out == "" {
		t.Errorf("%d %q %q", status, out, complaint)
	}
	if status, again, _ := runCommand(getenv, "migrate", "--status"); status != exitGood || again != out {
		t.Errorf("the status afterwards: %d %q, want %q", status, again, out)
	}
}

func TestStartRefuses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	for _, c := range []struct {
		name string
		set  []string
		want string
	}{
		{"no secret", []string{"JWT_SECRET", ""}, "MINUTEBOOK_JWT_SECRET"},
		{"short secret", []string{"JWT_SECRET", "k7Jq2mXw9ZrT4vB8nLs5pYd3Hf6Gc1"}, "MINUTEBOOK_JWT"},
		{"known secret", []string{"JWT_SECRET", "changemechangemechangemechangemechangeme"}, "MINUTEBOOK_JWT"},
		{"no issuer", []string{"JWT_ISSUER", ""}, "MINUTEBOOK_JWT_ISSUER"},
		{"no audience", []string{"JWT_AUDIENCE", ""}, "MINUTEBOOK_JWT_AUDIENCE"},
		{"taken address", []string{"ADDR", taken.Addr().String()}, "MINUTEBOOK_ADDR"},
		{"taken admin address", []string{"ADMIN_ADDR", taken.Addr().String()}, "MINUTEBOOK_ADMIN_ADDR"},
		{"no database", []string{"DATABASE", "mysql://minutebook:ZZPASSWORD@127.0.0.1:1/minutebook"}, "MINUTEBOOK_DATABASE"},
	} {
		getenv := testEnvironment(t, c.set...)
		status, _, complaint := runCommand(getenv, "serve")
		if status != exitFailed || !strings.Contains(complaint, c.want) {
			t.Errorf("%s: %d %s", c.name, status, complaint)
		}
		for _, secret := range []string{"k7Jq2mXw9ZrT4vB8nLs5pYd3Hf6Gc1", "changeme", "ZZPASSWORD", "goroutine "} {
			if strings.Contains(complaint, secret) {
				t.Errorf("%s: prints %s: %s", c.name, secret, complaint)
			}
		}
	}
}

func TestDemo(t *testing.T) {
	t.Chdir(t.TempDir())
	getenv := testEnvironment(t, "JWT_SECRET", "", "JWT_ISSUER", "", "JWT_AUDIENCE", "")
	s := start(t, getenv, "--demo")
	if status, _ := s.get("/graphiql"); status == 404 {
		t.Error("no GraphiQL in the demonstration")
	}
	if out := s.out.String(); !strings.Contains(out, s.base+"/graphql") || !strings.Contains(out, "curl ") {
		t.Errorf("what is printed does not help: %s", out)
	}
	if status := s.end(); status != exitGood {
		t.Errorf("ended with %d: %s", status, s.log)
	}
	first, err := os.ReadFile(demoSecretFile)
	info, _ := os.Stat(demoSecretFile)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the secret: %v %v", info, err)
	}
	if kept, err := keptSecret(demoSecretFile); err != nil || kept != strings.TrimSpace(string(first)) {
		t.Errorf("the secret is not kept: %v", err)
	}
	if status, _, complaint := runCommand(testEnvironment(t, "MODE", "production"), "serve", "--demo"); status == exitGood || !strings.Contains(complaint, "--demo") {
		t.Errorf("a demonstration in production: %d %s", status, complaint)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"help"}, {"--help"}, {"serve", "--help"}} {
		status, out, _ := runCommand(testEnvironment(t), args...)
		if status != exitGood || !strings.Contains(out, "MINUTEBOOK_LIMIT_BODY") || !strings.Contains(out, "migrate") {
			t.Errorf("%v: %d %s", args, status, out)
		}
	}
	if status, _, complaint := runCommand(testEnvironment(t), "nonsense"); status != exitUsage || !strings.Contains(complaint, "nonsense") {
		t.Errorf("an unknown command: %d %s", status, complaint)
	}
}

// Many who ask at once share a check; who asks after it began gets a new one.
func TestReadiness(t *testing.T) {
	var checks atomic.Int32
	going := make(chan struct{})
	r := newReadiness(func(context.Context) error {
		if checks.Add(1) == 1 {
			<-going
		}
		return nil
	})
	var asking sync.WaitGroup
	ask := func() { asking.Go(func() { _ = r.now(t.Context()) }) }
	ask()
	for checks.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	for range 20 {
		ask()
	}
	time.Sleep(50 * time.Millisecond)
	close(going)
	asking.Wait()
	if n := checks.Load(); n != 2 {
		t.Errorf("21 questions in two waves took %d checks, want 2", n)
	}
	if _ = r.now(t.Context()); checks.Load() != 3 {
		t.Error("a question after all of them is answered from before")
	}
}
