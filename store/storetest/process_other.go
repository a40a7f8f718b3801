//go:build !unix

package storetest

import (
	"errors"
	"os"
	"syscall"
)

func lock(string) (func(), error) {
	return nil, errors.New("a server is started on Unix only: name one in MINUTEBOOK_TEST_MYSQL")
}

func own(string) error { return nil }

func apart() *syscall.SysProcAttr { return nil }

func terminate(process *os.Process) error { return process.Kill() }

func isServer(int) bool { return false }
