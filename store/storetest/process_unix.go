//go:build unix

package storetest

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// lock waits until it holds the file, and returns what lets it go. The system lets go of it when the process ends.
func lock(path string) (func(), error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	return func() { _ = file.Close() }, err
}

// own refuses a folder that another user made first.
func own(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if status, ok := info.Sys().(*syscall.Stat_t); !ok || int(status.Uid) != os.Getuid() || !info.IsDir() {
		return fmt.Errorf("%s belongs to somebody else: remove it or set TMPDIR", dir)
	}
	return nil
}

// apart gives the server a session of its own, so that it outlives the test and no key press reaches it.
func apart() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

func terminate(process *os.Process) error { return process.Signal(syscall.SIGTERM) }

// isServer says whether the process lives and, where the system tells, is a mariadbd: numbers are used again.
func isServer(pid int) bool {
	if pid <= 0 || syscall.Kill(pid, 0) != nil {
		return false
	}
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return true
	}
	name, state, _ := strings.Cut(string(status), ") ")
	return strings.HasSuffix(name, "(mariadbd") && !strings.HasPrefix(state, "Z")
}
