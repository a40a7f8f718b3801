package extract

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// warm fills the cache of the compiled library, so that what is measured next is the file.
func warm(t testing.TB) {
	t.Helper()
	if _, _, err := Text(context.Background(), "a.pdf", onePage("BT /F1 12 Tf 50 700 Td (x) Tj ET", "", ""), "", Options{}); err != nil {
		t.Fatal(err)
	}
}

// childCost gives how the child ends on a PDF and the most memory it held, in bytes.
func childCost(t testing.TB, data []byte) (Code, int64) {
	t.Helper()
	warm(t)
	limits := DefaultLimits()
	order := `{"cache":"` + cacheDir() + `","memory":536870912,"cpu":20,"text":8388608}` + "\n"
	c, err := newChild(context.Background(), io.MultiReader(strings.NewReader(order), strings.NewReader(string(data))), limits)
	if err != nil {
		t.Fatal(err)
	}
	c.run(limits.PDFWall)
	_, ended := c.outcome(context.Background(), limits)
	var peak int64
	if _, line, ok := strings.Cut(c.said.text(), peakLine); ok {
		if peak, err = strconv.ParseInt(strings.TrimSpace(line), 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	var known *Error
	if errors.As(ended, &known) {
		return known.Code, peak << 10
	}
	return "", peak << 10
}

// noChildren fails when a process started here is still there.
func noChildren(t testing.TB) {
	t.Helper()
	lists, err := filepath.Glob("/proc/" + strconv.Itoa(os.Getpid()) + "/task/*/children")
	if err != nil || len(lists) == 0 {
		t.Skip("this kernel does not list children")
	}
	for _, list := range lists {
		if found, err := os.ReadFile(list); err == nil && strings.TrimSpace(string(found)) != "" {
			t.Errorf("children left: %s", found)
		}
	}
}

// TestChildIsConfined reads the limits of a child that is at work.
func TestChildIsConfined(t *testing.T) {
	warm(t)
	hold, write := io.Pipe()
	limits := DefaultLimits()
	order := `{"cache":"` + cacheDir() + `","memory":536870912,"cpu":20,"text":8388608}` + "\n"
	c, err := newChild(context.Background(), io.MultiReader(strings.NewReader(order), hold), limits)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.run(limits.PDFWall)
	}()
	<-c.said.ready
	set, err := os.ReadFile("/proc/" + strconv.Itoa(c.cmd.Process.Pid) + "/limits")
	if err != nil {
		t.Fatal(err)
	}
	environment, err := os.ReadFile("/proc/" + strconv.Itoa(c.cmd.Process.Pid) + "/environ")
	if err != nil {
		t.Fatal(err)
	}
	write.CloseWithError(io.ErrUnexpectedEOF)
	<-done
	for _, want := range []string{"Max data size 536870912 536870912", "Max file size 0 0", "Max core file size 0 0", "Max open files 0 0"} {
		if !strings.Contains(strings.Join(strings.Fields(string(set)), " "), want) {
			t.Errorf("not limited: %s\n%s", want, set)
		}
	}
	for _, variable := range strings.Split(strings.TrimRight(string(environment), "\x00"), "\x00") {
		if !strings.HasPrefix(variable, "GOMEMLIMIT=") && !strings.HasPrefix(variable, "GOTRACEBACK=") {
			t.Errorf("the child sees %s", variable)
		}
	}
}
