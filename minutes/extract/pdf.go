package extract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"
)

// ChildArgument as the first argument makes a program that uses this package the child that reads one PDF: its
// main has to call RunChild with its standard streams then, and to exit with what it returns.
const ChildArgument = "__read-pdf"

// startUp is how long the child may take until it is ready for the file; without a cache it compiles the library,
// which takes five seconds of an idle machine and far longer on a busy one. No byte of the file is read before.
const startUp = 3 * time.Minute

// children bounds the memory of all children: one at a time.
var children = make(chan struct{}, 1)

// order is the line before the PDF on the child's standard input.
type order struct {
	Cache  string `json:"cache"`
	Memory int64  `json:"memory"`
	CPU    int64  `json:"cpu"` // seconds
	Text   int64  `json:"text"`
}

// pdfText has a child process read the PDF and kills it when it is over a limit or no longer wanted.
func pdfText(ctx context.Context, data []byte, limits Limits, cache string) (string, error) {
	if !isPDF(bytes.TrimLeft(data, " \t\r\n\f\v"), ".pdf") {
		return "", fail(BrokenPDF, "it is no PDF")
	}
	select {
	case children <- struct{}{}:
		defer func() { <-children }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	debug.FreeOSMemory() // the child needs what this process keeps of files read before
	if cache == "" {
		cache = cacheDir()
	}
	head, err := json.Marshal(order{Cache: cache, Memory: limits.PDFMemory, CPU: int64(limits.PDFCPU / time.Second), Text: limits.PDFText})
	if err != nil {
		return "", err
	}
	head = append(head, '\n')
	for again := false; ; again = true {
		c, err := newChild(ctx, io.MultiReader(bytes.NewReader(head), bytes.NewReader(data)), limits)
		if err != nil {
			return "", err
		}
		c.run(limits.PDFWall)
		if !again && c.wantsAgain() {
			continue
		}
		return c.outcome(ctx, limits)
	}
}

// wantsAgain says whether the child has only filled the cache and is to be started anew.
func (c *child) wantsAgain() bool {
	return c.cmd.ProcessState != nil && c.cmd.ProcessState.ExitCode() == endAgain
}

// child is one run of the process.
type child struct {
	cmd     *exec.Cmd
	cancel  context.CancelFunc
	out     capped
	said    signal // its standard error
	late    bool
	waitErr error
}

func newChild(ctx context.Context, in io.Reader, limits Limits) (*child, error) {
	program, err := self()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	c := &child{cancel: cancel, out: capped{left: limits.PDFText}, said: signal{ready: make(chan struct{})}}
	c.cmd = exec.CommandContext(ctx, program, ChildArgument) //nolint:gosec // the program is this one
	c.cmd.Env = []string{"GOMEMLIMIT=" + strconv.FormatInt(limits.PDFMemory/4*3, 10), "GOTRACEBACK=none"}
	c.cmd.Dir = string(os.PathSeparator)
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = in, &c.out, &c.said
	c.cmd.WaitDelay = 2 * time.Second
	isolate(c.cmd)
	return c, nil
}

// self is the program that runs: on Linux also when its file has been replaced since.
func self() (string, error) {
	if runtime.GOOS == "linux" {
		if _, err := os.Stat("/proc/self/exe"); err == nil {
			return "/proc/self/exe", nil
		}
	}
	return os.Executable()
}

// run starts the process and waits for its end. The thread is kept, for the process is told to die with the thread
// that started it.
func (c *child) run(wall time.Duration) {
	defer c.cancel()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if c.waitErr = c.cmd.Start(); c.waitErr != nil {
		return
	}
	done := make(chan struct{})
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		c.late = c.watch(wall, done)
	}()
	c.waitErr = c.cmd.Wait()
	close(done)
	<-watched
}

// watch ends the process when its time is up and says so.
func (c *child) watch(wall time.Duration, done <-chan struct{}) bool {
	timer := time.NewTimer(startUp)
	defer timer.Stop()
	ready := c.said.ready
	for {
		select {
		case <-done:
			return false
		case <-ready:
			ready = nil
			timer.Reset(wall)
		case <-timer.C:
			c.cancel()
			return true
		}
	}
}

// outcome reads what the end of the process means.
func (c *child) outcome(ctx context.Context, limits Limits) (string, error) {
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	state := c.cmd.ProcessState
	if state == nil || !c.said.isReady() {
		e := fail(Unavailable, "PDF cannot be read on this machine now; try again, or send the text")
		e.cause = errors.Join(c.waitErr, errors.New(clean(c.said.text(), 300)))
		return "", e
	}
	if c.late {
		return "", fail(Timeout, "the PDF takes longer than %s to read", limits.PDFWall)
	}
	code := state.ExitCode()
	if code == 0 && c.waitErr == nil {
		return strings.ToValidUTF8(c.out.String(), "\uFFFD"), nil
	}
	var reason *Error
	switch e, known := childEnds[code]; {
	case known:
		reason = fail(e.code, "%s", e.reason)
	case c.out.over:
		reason = fail(TooLarge, "the PDF holds more than %s of text", size(limits.PDFText))
	case state.UserTime()+state.SystemTime() >= limits.PDFCPU:
		reason = fail(Timeout, "the PDF takes more than %s of computing to read", limits.PDFCPU)
	case strings.Contains(c.said.text(), "out of memory"), strings.Contains(c.said.text(), "cannot allocate"):
		reason = fail(Bomb, "the PDF takes more than %s of memory to read", size(limits.PDFMemory))
	default:
		reason = fail(BrokenPDF, "the PDF is damaged so that it cannot be read; print it to a new PDF")
	}
	reason.cause = errors.Join(c.waitErr, errors.New(clean(c.said.text(), 300)))
	return "", reason
}

// capped keeps what is written up to a limit; beyond it a write fails, which closes the pipe.
type capped struct {
	bytes.Buffer
	left int64
	over bool
}

func (c *capped) Write(p []byte) (int, error) {
	if c.left -= int64(len(p)); c.left < 0 {
		c.over = true
		return 0, io.ErrShortWrite
	}
	return c.Buffer.Write(p)
}

const readyLine = "ready\n"

// signal takes the child's standard error: the line that says it is ready for the file, and the first of what it
// complains of.
type signal struct {
	mu    sync.Mutex
	buf   []byte
	ready chan struct{}
	seen  bool
}

func (s *signal) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if room := 4096 - len(s.buf); room > 0 {
		s.buf = append(s.buf, p[:min(room, len(p))]...)
	}
	if !s.seen && bytes.HasPrefix(s.buf, []byte(readyLine)) {
		s.seen = true
		close(s.ready)
	}
	return len(p), nil
}

func (s *signal) isReady() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen
}

func (s *signal) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.TrimPrefix(string(s.buf), readyLine)
}
