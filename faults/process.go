package faults

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// program is the built minutebook with the settings of a scene.
type program struct {
	binary string
	dir    string // of a scene: logs and temporary files
	env    []string
}

func newProgram(binary, dir, database string) (*program, error) {
	temporary := filepath.Join(dir, "tmp")
	if err := os.MkdirAll(temporary, 0o700); err != nil {
		return nil, err
	}
	return &program{binary: binary, dir: dir, env: []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + temporary, "MINUTEBOOK_DATABASE=" + database, "MINUTEBOOK_MODE=production",
		"MINUTEBOOK_JWT_SECRET=a secret of the fault suite, long enough", "MINUTEBOOK_JWT_ISSUER=faults", "MINUTEBOOK_JWT_AUDIENCE=minutebook",
		// Faults are what is looked at here, not how much one address may ask.
		"MINUTEBOOK_RATE_REQUESTS=1000000", "MINUTEBOOK_RATE_COST=100000000",
		"MINUTEBOOK_RATE_REQUESTS_USER=1000000", "MINUTEBOOK_RATE_COST_USER=100000000", "MINUTEBOOK_SOCKETS_PER_IP=100",
	}}, nil
}

// run runs a command of the program to its end and returns what it printed.
func (p *program) run(ctx context.Context, args ...string) (string, error) {
	command := exec.CommandContext(ctx, p.binary, args...)
	command.Env = p.env
	var out, complaint bytes.Buffer
	command.Stdout, command.Stderr = &out, &complaint
	if err := command.Run(); err != nil {
		return out.String(), fmt.Errorf("minutebook %s: %w\n%s", strings.Join(args, " "), err, complaint.String())
	}
	return out.String(), nil
}

func (p *program) token(ctx context.Context, role, subject string) (string, error) {
	out, err := p.run(ctx, "token", "--role", role, "--subject", subject, "--ttl", "12h")
	return strings.TrimSpace(out), err
}

// process is a server that runs.
type process struct {
	command *exec.Cmd
	base    string
	admin   string
	log     string
	ended   chan struct{}
	err     error // once ended is closed
}

// startTime is how long a server may take until it is ready.
const startTime = 60 * time.Second

// serve starts a server, which may not be ready yet.
func (p *program) serve(more ...string) (*process, error) {
	address, admin := freeAddress(), freeAddress()
	log, err := os.CreateTemp(p.dir, "server-*.log")
	if err != nil {
		return nil, err
	}
	defer func() { _ = log.Close() }()
	s := &process{base: "http://" + address, admin: "http://" + admin, log: log.Name(), ended: make(chan struct{})}
	s.command = exec.Command(p.binary, "serve")
	s.command.Env = append(append([]string{}, p.env...), append(more, "MINUTEBOOK_ADDR="+address, "MINUTEBOOK_ADMIN_ADDR="+admin)...)
	s.command.Stdout, s.command.Stderr = log, log
	if err := s.command.Start(); err != nil {
		return nil, err
	}
	go func() {
		s.err = s.command.Wait()
		close(s.ended)
	}()
	return s, nil
}

// ready waits until the server says that it is.
func (s *process) ready(ctx context.Context, within time.Duration) error {
	for deadline := time.Now().Add(within); time.Now().Before(deadline); {
		if s.status(ctx, "/readyz") == http.StatusOK {
			return nil
		}
		select {
		case <-s.ended:
			return fmt.Errorf("the server ended: %w\n%s", s.err, s.logEnd())
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
	return fmt.Errorf("the server was not ready within %s\n%s", within, s.logEnd())
}

// status asks a path and returns the status of the answer, 0 for none within three seconds.
func (s *process) status(ctx context.Context, path string) int {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+path, nil)
	if err != nil {
		return 0
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0
	}
	_ = response.Body.Close()
	return response.StatusCode
}

// kill ends the server as a crash would.
func (s *process) kill() {
	_ = s.command.Process.Kill()
	<-s.ended
}

// terminate asks the server to end and returns how long it took and what it ended with.
func (s *process) terminate(within time.Duration) (time.Duration, error) {
	began := time.Now()
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return 0, err
	}
	select {
	case <-s.ended:
		return time.Since(began), s.err
	case <-time.After(within):
		s.kill()
		return time.Since(began), fmt.Errorf("the server did not end within %s of SIGTERM", within)
	}
}

func (s *process) logEnd() string {
	text, err := os.ReadFile(s.log)
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2000):])
}

// measures are what the server holds.
type measures struct {
	goroutines, files int
	memory            float64 // in MB
}

// measure reads the metrics of the admin address.
func (s *process) measure(ctx context.Context) (m measures, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.admin+"/metrics", nil)
	if err != nil {
		return m, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return m, err
	}
	defer func() { _ = response.Body.Close() }()
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		name, text, _ := strings.Cut(lines.Text(), " ")
		value, _ := strconv.ParseFloat(text, 64)
		switch name {
		case "go_goroutines":
			m.goroutines = int(value)
		case "process_open_fds":
			m.files = int(value)
		case "process_resident_memory_bytes":
			m.memory = value / (1 << 20)
		}
	}
	return m, lines.Err()
}

func freeAddress() string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err) // a machine without a loopback address
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}
