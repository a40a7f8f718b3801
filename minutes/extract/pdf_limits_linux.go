package extract

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// isolate gives the child a process group of its own, which is killed as a whole, and its death with this process.
func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// headroom is what a child may take on top of what it has when it begins to read, where the limit is too low for
// that: one that compiled the library has its whole limit behind it.
const headroom = 128 << 20

// confine sets the limits of the child itself, before it sees the first byte of the file. The memory limit is on
// data (RLIMIT_DATA), not on address space: Go reserves more than a gigabyte of addresses that it never uses. No
// file can be written any more, and none opened.
func confine(memory, cpuSeconds int64) error {
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err != nil {
		return err
	}
	spent := used.Utime.Sec + used.Stime.Sec + 1
	data, err := dataSize()
	if err != nil {
		return err
	}
	memory = max(memory, data+headroom)
	cpu := uint64(spent + max(cpuSeconds, 1))
	for _, l := range []struct {
		resource int
		soft     uint64
		hard     uint64
	}{
		{unix.RLIMIT_CORE, 0, 0},
		{unix.RLIMIT_FSIZE, 0, 0},
		{unix.RLIMIT_NOFILE, 0, 0},
		{unix.RLIMIT_DATA, uint64(memory), uint64(memory)},
		{unix.RLIMIT_CPU, cpu, cpu + 1},
	} {
		if err := unix.Setrlimit(l.resource, &unix.Rlimit{Cur: l.soft, Max: l.hard}); err != nil {
			return err
		}
	}
	return nil
}

func owned(info os.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid()
}

// dataSize is what RLIMIT_DATA counts, in bytes.
func dataSize() (int64, error) {
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(statm))
	if len(fields) < 6 {
		return 0, fmt.Errorf("/proc/self/statm has %d fields", len(fields))
	}
	pages, err := strconv.ParseInt(fields[5], 10, 64)
	return pages * int64(os.Getpagesize()), err
}
