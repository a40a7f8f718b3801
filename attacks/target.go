package attacks

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// Target is the server that is attacked.
type Target struct {
	URL    string            // without a slash at the end
	Tokens map[string]string // by role: VIEWER, EDITOR
	Slack  float64           // by which all time limits are wider
	pid    int               // of a server started here, 0 of another
	client *http.Client
}

// New returns a deployment as a target.
func New(url string, tokens map[string]string, slack float64) *Target {
	return &Target{
		URL: strings.TrimSuffix(url, "/"), Tokens: tokens, Slack: max(1, slack),
		client: &http.Client{Timeout: 2 * time.Minute, Transport: &http.Transport{
			MaxIdleConnsPerHost: 8, IdleConnTimeout: 10 * time.Second, // sooner than a server gives one up
		}},
	}
}

// Start starts the built program in production mode on a database, and returns it with what ends it.
func Start(ctx context.Context, binary, database, dir string, slack float64) (*Target, func(), error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		return nil, nil, err
	}
	secret := make([]byte, 48)
	_, _ = rand.Read(secret) // never fails
	environment := []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir, "MINUTEBOOK_ADDR=" + address, "MINUTEBOOK_DATABASE=" + database,
		"MINUTEBOOK_JWT_SECRET=" + base64.StdEncoding.EncodeToString(secret), "MINUTEBOOK_JWT_ISSUER=attacks", "MINUTEBOOK_JWT_AUDIENCE=minutebook",
		"MINUTEBOOK_RATE_REQUESTS=100000", "MINUTEBOOK_RATE_COST=100000000", // all cases come from one address
	}
	log, err := os.Create(dir + "/server.log")
	if err != nil {
		return nil, nil, err
	}
	command := exec.Command(binary, "serve")
	command.Env, command.Stdout, command.Stderr = environment, log, log
	if err := command.Start(); err != nil {
		return nil, nil, err
	}
	stop := func() { _, _, _ = command.Process.Kill(), command.Wait(), log.Close() }
	t := New("http://"+address, map[string]string{}, slack)
	t.pid = command.Process.Pid
	if err := errors.Join(t.wait(ctx), t.takeTokens(ctx, binary, environment)); err != nil {
		stop()
		text, _ := os.ReadFile(log.Name())
		return nil, nil, fmt.Errorf("%w\n%s", err, text)
	}
	return t, stop, nil
}

func (t *Target) wait(ctx context.Context) error {
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(50 * time.Millisecond) {
		if t.well(ctx) == nil {
			return nil
		}
	}
	return errors.New("the server did not start")
}

func (t *Target) takeTokens(ctx context.Context, binary string, environment []string) error {
	for _, role := range []string{"VIEWER", "EDITOR"} {
		command := exec.CommandContext(ctx, binary, "token", "--role", role, "--subject", "attacks")
		command.Env = environment
		out, err := command.Output()
		if err != nil {
			return fmt.Errorf("minutebook token: %w", err)
		}
		t.Tokens[role] = string(bytes.TrimSpace(out))
	}
	return nil
}

// well asks whether the server still answers.
func (t *Target) well(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, t.within(5*time.Second))
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, t.URL+"/healthz", nil)
	if err != nil {
		return err
	}
	response, err := t.client.Do(request)
	if err != nil {
		return fmt.Errorf("the server does not answer any more: %w", err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("/healthz says %d", response.StatusCode)
	}
	return nil
}

func (t *Target) within(d time.Duration) time.Duration { return time.Duration(float64(d) * t.Slack) }

// memory is what a server started here and its children hold, in MB; 0 where that cannot be said.
func (t *Target) memory() float64 {
	if t.pid == 0 {
		return 0
	}
	pids := []string{strconv.Itoa(t.pid)}
	tasks, _ := os.ReadDir("/proc/" + pids[0] + "/task")
	for _, task := range tasks {
		children, _ := os.ReadFile("/proc/" + pids[0] + "/task/" + task.Name() + "/children")
		pids = append(pids, strings.Fields(string(children))...)
	}
	total := 0.0
	for _, pid := range pids {
		status, _ := os.ReadFile("/proc/" + pid + "/status")
		_, after, found := strings.Cut(string(status), "VmRSS:")
		if fields := strings.Fields(after); found && len(fields) > 0 {
			kilobytes, _ := strconv.ParseFloat(fields[0], 64)
			total += kilobytes / 1024
		}
	}
	return total
}
