package extract

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

// TestMain lets the test's own binary be the child that reads PDF, as a program's main does.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == ChildArgument {
		os.Exit(RunChild(os.Stdin, os.Stdout, os.Stderr))
	}
	goleak.VerifyTestMain(m)
}
