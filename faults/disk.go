package faults

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// tmpfs mounts a small disk, which needs root on Linux.
func tmpfs(dir string, megabytes int) (string, func(), error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", nil, err
	}
	output, err := exec.Command("mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%dm", megabytes), "tmpfs", dir).CombinedOutput()
	if err != nil {
		return "", nil, fmt.Errorf("%w: a small disk cannot be mounted (%s)", errNotHere, firstLine(output))
	}
	return dir, func() { _ = exec.Command("umount", "-l", dir).Run() }, nil
}

func firstLine(text []byte) string {
	for i, b := range text {
		if b == '\n' {
			return string(text[:i])
		}
	}
	return string(text)
}

// fill writes a file until the disk is full.
func fill(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	_, full := io.CopyN(file, zeroes{}, 1<<40)
	if err := file.Close(); err != nil {
		return err
	}
	if full == nil {
		return errors.New("a disk that does not become full")
	}
	return nil
}

// zeroes is a reader without end.
type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) { clear(p); return len(p), nil }
