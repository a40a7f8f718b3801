package extract

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

// TestMain lets the test's own binary be the child that reads PDF, as a program's main does.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == ChildArgument {
		os.Exit(measuredChild())
	}
	goleak.VerifyTestMain(m)
}

const peakLine = "peak memory in KiB: "

// measuredChild adds to what the child says the most memory it held. The file that tells is opened first, for the
// child may open none later; what rusage tells begins with the memory of the process that started it.
func measuredChild() int {
	status, err := os.Open("/proc/self/status")
	code := RunChild(os.Stdin, os.Stdout, os.Stderr)
	if err != nil {
		return code
	}
	text, err := io.ReadAll(status)
	if _, after, ok := strings.Cut(string(text), "VmHWM:"); ok && err == nil {
		fmt.Fprintln(os.Stderr, peakLine+strings.Fields(after)[0])
	}
	return code
}
