package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// at writes Chinese text at a place of the page, in the encoding of /F2, 16 points high.
func at(t testing.TB, x, y int, text string) string {
	t.Helper()
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("BT /F2 16 Tf %d %d Td <%X> Tj ET\n", x, y, gbk)
}

func TestPDFGolden(t *testing.T) {
	data, err := os.ReadFile("testdata/chromium.pdf")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/chromium.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got, format := textOf(t, "a.pdf", data); got != string(want) || format != PDF {
		t.Errorf("got %s\n%s", format, got)
	}
}

func TestPDFLayout(t *testing.T) {
	put := func(x, y int, text string) string { return at(t, x, y, text) }
	var left, right strings.Builder
	for i := range 6 {
		left.WriteString(put(50, 600-i*24, fmt.Sprintf("左栏第%d行的文字是这些", i+1)))
		right.WriteString(put(320, 600-i*24, fmt.Sprintf("右栏第%d行的文字是这些", i+1)))
	}
	var columns strings.Builder
	for _, side := range []string{"左", "右"} {
		for i := range 6 {
			fmt.Fprintf(&columns, "%s栏第%d行的文字是这些\n", side, i+1)
		}
	}
	for _, c := range []struct{ name, content, extra, want string }{
		{"a font without table of characters", put(50, 700, "望海市人民政府常务会议纪要（第3号）"), "", "望海市人民政府常务会议纪要（第3号）\n"},
		{"lines drawn from below", put(50, 650, "第二行") + put(50, 674, "第一行"), "", "第一行\n第二行\n"},
		{"pieces of a line", put(98, 700, "会议") + put(50, 700, "市政府"), "", "市政府会议\n"},
		{"a head drawn last", put(50, 600, "正文一") + put(50, 576, "正文二") + put(50, 552, "正文三") + put(50, 780, "页眉"), "", "页眉\n\n正文一\n正文二\n正文三\n"},
		{"an indent", put(82, 700, "首行缩进的段落从这里开始，写满一行") + put(50, 676, "续行写到右边为止，字数比上面的再多两个") + put(50, 652, "再续"), "",
			"　　首行缩进的段落从这里开始，写满一行\n续行写到右边为止，字数比上面的再多两个\n再续\n"},
		{"a row of a table", put(50, 700, "出席") + put(150, 700, "林海、周航"), "", "出席\t林海、周航\n"},
		{"two columns", put(50, 640, "横跨两栏的标题在这里，它属于左栏的块，很长很长很长") + left.String() + right.String(), "", "横跨两栏的标题在这里，它属于左栏的块，很长很长很长\n\n" + columns.String()},
		{"Latin words", "BT /F1 12 Tf 50 700 Td (Sea ) Tj (wall) Tj 60 0 Td (3.5 km) Tj ET", "", "Sea wall 3.5 km\n"},
		{"beside the page", put(50, 700, "页内") + put(700, 650, "页外") + put(50, 900, "页上"), "", "页内\n"},
		{"a page that lies", "q 0 1 -1 0 595 0 cm BT /F1 12 Tf 50 500 Td (first line) Tj 0 -24 Td (second line) Tj ET Q", "/Rotate 90 ", "first line\nsecond line\n"},
		{"a page that lies on the other side", "q 0 -1 1 0 0 842 cm BT /F1 12 Tf 50 500 Td (first line) Tj 0 -24 Td (second line) Tj ET Q", "/Rotate 270 ", "first line\nsecond line\n"},
		{"a page on its head", "q -1 0 0 -1 595 842 cm " + put(50, 500, "第一行") + put(50, 476, "第二行") + " Q", "/Rotate 180 ", "第一行\n第二行\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, _ := textOf(t, "a.pdf", onePage(c.content, c.extra, "")); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestPDFRefusals(t *testing.T) {
	file := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	whole := onePage(at(t, 50, 700, "正文"), "", "")
	scan := pdfOf(0, 0, "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
		"<< /Length 29 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q \nendstream",
		"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\x00\nendstream")
	for _, c := range []struct {
		name   string
		data   []byte
		limits Limits
		want   Code
		says   string
	}{
		{"locked.pdf", file("encrypted.pdf"), Limits{}, EncryptedPDF, "password"},
		{"scan.pdf", scan, Limits{}, NoText, "OCR"},
		{"blank.pdf", onePage("", "", ""), Limits{}, NoText, "no text"},
		{"cut.pdf", whole[:200], Limits{}, BrokenPDF, "damaged"},
		{"mark.pdf", []byte("%PDF-1.4"), Limits{}, BrokenPDF, "damaged"},
		{"noise.pdf", append([]byte("%PDF-1.4"), bytes.Repeat([]byte{0, 255, 7}, 10_000)...), Limits{}, BrokenPDF, "damaged"},
		{"long.pdf", onePage(strings.Repeat(at(t, 50, 700, strings.Repeat("长", 30)), 3)+at(t, 50, 600, strings.Repeat("文", 30)), "", ""), Limits{PDFText: 100}, TooLarge, "text"},
	} {
		if err := refusal(t, c.name, c.data, "", c.limits); err.Code != c.want || !strings.Contains(err.Reason, c.says) {
			t.Errorf("%v (%s); want %s and %q", err, err.Code, c.want, c.says)
		}
	}
	if got, _ := textOf(t, "a.pdf", file("owner-password.pdf")); got != "secret\n" {
		t.Errorf("a PDF with a password for changes only: got %q", got)
	}
}

// TestPDFWaitsForItsTurn holds the one place for a child and asks for another.
func TestPDFWaitsForItsTurn(t *testing.T) {
	children <- struct{}{}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	_, _, err := Text(ctx, "a.pdf", onePage("", "", ""), "", Options{})
	<-children
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// TestPDFCache reads with a new cache, which takes two children, and with none.
func TestPDFCache(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the library twice")
	}
	data := onePage("BT /F1 12 Tf 50 700 Td (text) Tj ET", "", "")
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	cold := t.TempDir()
	for _, dir := range []string{cold, cold, filepath.Join(blocked, "x")} {
		start := time.Now()
		if text, _, err := Text(context.Background(), "a.pdf", data, "", Options{CacheDir: dir}); text != "text\n" || err != nil {
			t.Errorf("got %q, %v", text, err)
		}
		t.Log(time.Since(start))
	}
	if got := cached(cold); got != 1 {
		t.Errorf("%d files in the cache", got)
	}
}

// TestRunChild holds the child to its contract without a process: what it answers to orders that are none.
func TestRunChild(t *testing.T) {
	for _, in := range []string{"", "\n", "not JSON\n", "{"} {
		var out, complaint bytes.Buffer
		if code := RunChild(strings.NewReader(in), &out, &complaint); code != endNoEngine || out.Len() != 0 || complaint.Len() == 0 {
			t.Errorf("%q: exit %d, output %q, complaint %q", in, code, out.String(), complaint.String())
		}
	}
	seen := map[string]bool{}
	for code, end := range childEnds {
		if code < 10 || end.code == "" || end.reason == "" || seen[end.reason] {
			t.Errorf("exit %d means %+v", code, end)
		}
		seen[end.reason] = true
	}
}

func TestPrivate(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "a", "b")
	for _, when := range []string{"a new folder", "a folder that is there"} {
		if !private(dir, true) {
			t.Errorf("%s is not private", when)
		}
	}
	open := filepath.Join(root, "open")
	if err := os.Mkdir(open, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(open, 0o777); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(root, "link")
	if err := os.Symlink(filepath.Join(root, "a"), link); err != nil {
		t.Fatal(err)
	}
	if private(open, false) || private(link, false) || private(filepath.Join(root, "no", "parent"), false) {
		t.Error("a folder that others can write to, or a link, passes for private")
	}
}
