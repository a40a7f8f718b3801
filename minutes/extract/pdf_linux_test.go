package extract

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
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
		if peak, err = strconv.ParseInt(strings.Fields(line)[0], 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	if known, ok := errors.AsType[*Error](ended); ok {
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
	for variable := range strings.SplitSeq(strings.TrimRight(string(environment), "\x00"), "\x00") {
		if !strings.HasPrefix(variable, "GOMEMLIMIT=") && !strings.HasPrefix(variable, "GOTRACEBACK=") {
			t.Errorf("the child sees %s", variable)
		}
	}
}

// TestHostilePDF reads files that kill or hang other readers.
func TestHostilePDF(t *testing.T) {
	catalog := "<< /Type /Catalog /Pages 2 0 R >>"
	empty := []string{catalog, "<< /Type /Pages /Kids [] /Count 0 >>"}
	line := "BT /F1 12 Tf (" + strings.Repeat("A", 1000) + ") Tj ET\n"
	for _, c := range []struct {
		name string
		data []byte
		want []Code // no code: it may also give text
	}{
		{"first object 1,999,999,990.pdf", pdfOf(1_999_999_990, 0, empty...), []Code{BrokenPDF, NoText}},
		{"two thousand million objects.pdf", pdfOf(0, 2_000_000_000, empty...), []Code{BrokenPDF, NoText}},
		{"its own child.pdf", pdfOf(0, 0, catalog, "<< /Type /Pages /Kids [2 0 R] /Count 1000000000 >>"), []Code{BrokenPDF, NoText, TooLarge}},
		{"string without end.pdf", onePage("BT /F1 12 Tf <61", "", ""), []Code{NoText}},
		{"128 MB from 270 KB.pdf", onePage(strings.Repeat(line, 128_000), "", ""), []Code{Bomb, TooLarge, Timeout}},
		{"arrays in arrays.pdf", onePage("BT ET", "/X "+strings.Repeat("[", 3_000_000)+strings.Repeat("]", 3_000_000)+" ", ""), []Code{BrokenPDF, NoText, Bomb}},
		{"also a ZIP.pdf", append(onePage("BT ET", "", ""), wordFile(t, para("x"))...), []Code{NoText}},
	} {
		got, rss := childCost(t, c.data)
		if !slices.Contains(c.want, got) {
			t.Errorf("%s: %s, want one of %v", c.name, got, c.want)
		}
		if rss == 0 || rss > 300<<20 {
			t.Errorf("%s: the child took %d MiB", c.name, rss>>20)
		}
		t.Logf("%s: %s, %d MiB", c.name, got, rss>>20)
	}
	script := onePage("BT /F1 12 Tf 50 700 Td (harmless) Tj ET", "", `/OpenAction << /S /JavaScript /JS (app.alert\('ZZSCRIPT'\)) >> `)
	if got, _ := textOf(t, "a.pdf", script); got != "harmless\n" {
		t.Errorf("a script: got %q", got)
	}
}

// manyPages share one content that takes long to read.
func manyPages(t testing.TB) []byte {
	t.Helper()
	objects := pageOf(strings.Repeat("BT /F1 12 Tf 50 700 Td (A) Tj ET\n1 0 0 1 1 1 cm\n", 20_000), "", "")
	objects[1] = "<< /Type /Pages /Kids [" + strings.Repeat("3 0 R ", 1000) + "] /Count 1000 >>"
	return pdfOf(0, 0, objects...)
}

func TestPDFTime(t *testing.T) {
	warm(t)
	data := manyPages(t)
	start := time.Now()
	if got := codeOf(t, "slow.pdf", data, "", Limits{PDFWall: 500 * time.Millisecond, PDFText: 1 << 30}); got != Timeout {
		t.Errorf("wall: %s", got)
	}
	if got := codeOf(t, "slow.pdf", data, "", Limits{PDFCPU: time.Second, PDFText: 1 << 30}); got != Timeout {
		t.Errorf("CPU: %s", got)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if _, _, err := Text(ctx, "slow.pdf", data, "", Options{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("context: %v", err)
	}
	t.Logf("all three ended after %v", time.Since(start))
	noChildren(t)
}
