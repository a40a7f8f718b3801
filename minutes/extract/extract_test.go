package extract

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

const sample = "望海市人民政府第3次常务会议纪要\r\n\r\n2026年3月12日上午，市长林海主持召开会议，审议《望海市海堤维护办法》。\n\n　　一、出席：林海、周航、沈渔\n"

const traditional = "望海市人民政府第3次常務會議紀要\n\n2026年3月12日上午，市長林海主持召開會議，審議《望海市海堤維護辦法》等事項，會議原則同意該辦法。\n"

func TestEncodings(t *testing.T) {
	in := func(e encoding.Encoding, text string) []byte {
		data, err := e.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"UTF-8", []byte(sample), sample},
		{"UTF-8 with mark", append([]byte{0xEF, 0xBB, 0xBF}, sample...), sample},
		{"UTF-16 little with mark", in(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), sample), sample},
		{"UTF-16 big with mark", in(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), sample), sample},
		{"UTF-16 little", in(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), sample), sample},
		{"UTF-16 big", in(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), sample), sample},
		{"GB18030", in(simplifiedchinese.GB18030, sample), sample},
		{"GB18030 with four bytes", in(simplifiedchinese.GB18030, sample+"𠮷𫖮㐂"), sample + "𠮷𫖮㐂"},
		{"GBK, two characters", in(simplifiedchinese.GBK, "林海"), "林海"},
		{"GBK, traditional", in(simplifiedchinese.GBK, traditional), traditional},
		{"Big5", in(traditionalchinese.Big5, traditional), traditional},
		{"UTF-8 cut in a character", []byte(sample)[:len(sample)-3], strings.ToValidUTF8(sample[:len(sample)-3], "\uFFFD")},
		{"UTF-8 with damage", []byte(strings.Replace(sample, "上午", "上\xe5\x8d", 1)), strings.Replace(sample, "上午", "上\uFFFD", 1)},
	} {
		if got, format := textOf(t, "a.txt", c.data); got != c.want || format != Plain {
			t.Errorf("%s: got %s %q, want %q", c.name, format, got, c.want)
		}
	}
}

func TestPlainTextIsKeptAsItIs(t *testing.T) {
	for _, text := range []string{sample, "# 标题\n**重**\n", "a\tb\fc\vd", "  \n一、审议\n\n\n"} {
		if got, _ := textOf(t, "a.txt", []byte(text)); got != text {
			t.Errorf("got %q, want %q", got, text)
		}
	}
}

// TestCorpus reads the evaluation texts where they are at hand: spans count in them, so not a character may change.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob("../../../shared/corpus/texts/*.txt")
	if err != nil || len(files) == 0 {
		t.Skip("the corpus is not here")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got, format := textOf(t, file, data); got != string(data) || format != Plain {
			t.Errorf("%s: read as %s, changed: %t", file, format, got != string(data))
		}
		gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes(data)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := textOf(t, file, gb); got != string(data) {
			t.Errorf("%s: changed by GB18030", file)
		}
	}
}

func TestDetect(t *testing.T) {
	docx := string(wordFile(t, para("x")))
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 100)
	utf16 := func(s string) string { return strings.Join(strings.Split(s, ""), "\x00") }
	for _, c := range []struct {
		name, data string
		want       Format
		code       Code
	}{
		{"a.txt", "会议纪要", Plain, ""},
		{"", "会议纪要", Plain, ""},
		{"a.txt", "# 会议纪要", Plain, ""},
		{"a.md", "# 会议纪要", Markdown, ""},
		{"a.MARKDOWN", "会议纪要", Markdown, ""},
		{"a.txt", "<!DOCTYPE html><html>", HTML, ""},
		{"a.doc", "\ufeff\n<HTML xmlns:o='x'>", HTML, ""},
		{"a", "<?xml version='1.0'?>\n<!-- saved --><html>", HTML, ""},
		{"a.html", "会议<br>纪要", HTML, ""},
		{"a.html", "会议纪要", Plain, ""},
		{"a.txt", "<张三>发言", Plain, ""},
		{"a.txt", "%PDF-1.4\n", PDF, ""},
		{"a.pdf", "junk\n%PDF-1.7\n", PDF, ""},
		{"a.txt", "文件的开头是%PDF-1.7", Plain, ""},
		{"a.pdf", "MZ\x90\x00\x03\x00", "", Unsupported},
		{"a.pdf", "会议纪要", "", BrokenPDF},
		{"a.docx", "会议纪要", "", BrokenDOCX},
		{"a.zip", docx, DOCX, ""},
		{"a", "PK\x03\x04 xl/workbook.xml", "", Unsupported},
		{"a", "PK\x03\x04 ppt/presentation.xml", "", Unsupported},
		{"a", "PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.text", "", Unsupported},
		{"a", "PK\x03\x04 OFD.xml", "", Unsupported},
		{"a.zip", "PK\x03\x04 a.txt", "", Unsupported},
		{"a.doc", ole + utf16("WordDocument"), "", Unsupported},
		{"a.xls", ole + utf16("Workbook"), "", Unsupported},
		{"a.docx", ole + utf16("EncryptedPackage"), "", Unsupported},
		{"a.wps", ole, "", Unsupported},
		{"a.txt", "\x89PNG\r\n\x1a\n", "", Unsupported},
		{"a.rtf", `{\rtf1`, "", Unsupported},
		{"a.doc", "MIME-Version: 1.0\nContent-Type: multipart/related", "", Unsupported},
		{"a.txt", "", "", Empty},
		{"a.txt", "\ufeff", "", Empty},
		{"a.txt", " \r\n\t", "", Empty},
	} {
		got, err := Detect(c.name, []byte(c.data))
		code := Code("")
		if known, ok := errors.AsType[*Error](err); ok {
			code = known.Code
		}
		if got != c.want || code != c.code {
			t.Errorf("Detect(%q, %.40q) = %q, %v; want %q, %q", c.name, c.data, got, err, c.want, c.code)
		}
	}
}

func TestRefusals(t *testing.T) {
	random := make([]byte, 5000)
	for i := range random {
		random[i] = byte(i*i*7 + i>>3*13)
	}
	for _, c := range []struct {
		name   string
		data   []byte
		format Format
		limits Limits
		want   Code
	}{
		{"empty.txt", nil, "", Limits{}, Empty},
		{"mark.txt", []byte{0xEF, 0xBB, 0xBF}, "", Limits{}, Empty},
		{"full-width blanks.txt", []byte("　　\n"), "", Limits{}, Empty},
		{"blank.md", []byte("---\n\n"), "", Limits{}, Empty},
		{"blank.html", []byte("<html><script>x</script></html>"), "", Limits{}, NoText},
		{"random", random, "", Limits{}, Binary},
		{"nul.txt", []byte("会议\x00纪要"), "", Limits{}, Binary},
		{"controls.txt", bytes.Repeat([]byte{1, 2, 'a'}, 50), "", Limits{}, Binary},
		{"latin.txt", []byte("Le proc\xe8s-verbal a \xe9t\xe9 approuv\xe9 \xe0 l'unanimit\xe9"), "", Limits{}, Binary},
		{"large.txt", bytes.Repeat([]byte("x"), 1001), "", Limits{File: 1000}, TooLarge},
		{"large.docx", wordFile(t, para("x")), "", Limits{File: 100}, TooLarge},
		{"long.docx", wordFile(t, strings.Repeat(para("一二三四五六七八九十"), 50)), "", Limits{Text: 1000}, TooLarge},
		{"long.txt", bytes.Repeat([]byte("x"), 1001), "", Limits{Text: 1000}, TooLarge},
		{"large.md", bytes.Repeat([]byte("x\n"), 1001), "", Limits{Markup: 1000}, TooLarge},
		{"large.html", bytes.Repeat([]byte("<p>"), 400), "", Limits{Markup: 1000}, TooLarge},
		{"pieces.docx", wordFile(t, strings.Repeat("<w:p/>", 500)), "", Limits{XMLTokens: 1000}, Bomb},
		{"a.txt", []byte("x"), "ODT", Limits{}, Unsupported},
		{"a.txt", []byte("会议纪要"), PDF, Limits{}, BrokenPDF},
		{"a.txt", []byte("会议纪要"), DOCX, Limits{}, BrokenDOCX},
		{"a.docx", wordFile(t, para("x")), Plain, Limits{}, Binary},
	} {
		if got := codeOf(t, c.name, c.data, c.format, c.limits); got != c.want {
			t.Errorf("%s: code %s, want %s", c.name, got, c.want)
		}
	}
}

func TestNamesInErrors(t *testing.T) {
	for name, want := range map[string]string{
		"../../zzescape\u202etxt.exe": "zzescapetxt.exe",
		`C:\Users\x\纪要.doc`:           "纪要.doc",
		"a\x1b[31m\nb\x00.txt":        "a[31mb.txt",
		"":                            "unnamed file",
		"/tmp/":                       "unnamed file",
		"..":                          "unnamed file",
		"bad\xff.txt":                 "bad.txt",
		strings.Repeat("长", 200):      strings.Repeat("长", 80) + "…",
	} {
		_, _, err := Text(context.Background(), name, nil, "", Options{})
		if got := err.Error(); got != want+": the file is empty" {
			t.Errorf("%q: got %q", name, got)
		}
	}
}

func TestRead(t *testing.T) {
	if data, err := Read("a.txt", strings.NewReader("12345"), Limits{File: 5}); string(data) != "12345" || err != nil {
		t.Errorf("got %q, %v", data, err)
	}
	endless := &counted{}
	_, err := Read("dir/a.txt", endless, Limits{File: 1 << 20})
	var known *Error
	if !errors.As(err, &known) || known.Code != TooLarge || known.Name != "a.txt" {
		t.Errorf("got %v", err)
	}
	if endless.given > 2<<20 {
		t.Errorf("read %d bytes of a file that is too large", endless.given)
	}
}

// counted is a file without end.
type counted struct{ given int }

func (c *counted) Read(p []byte) (int, error) {
	c.given += len(p)
	return len(p), nil
}

// TestHostileText holds the reader of each text format to linear time on what makes such readers sweat.
func TestHostileText(t *testing.T) {
	const length = 1 << 20
	for _, c := range []struct{ name, unit string }{
		{"a.md", "*a "}, {"a.md", "["}, {"a.md", "[]("}, {"a.md", "**a_b_"}, {"a.md", "`a``b"}, {"a.md", "<a "}, {"a.md", "<!--"},
		{"a.md", "|-|\n"}, {"a.md", "> > - "}, {"a.md", "a\n"}, {"a.md", "![[]"}, {"a.md", "#"}, {"a.md", "- "}, {"a.md", "&amp"}, {"a.md", `\`},
		{"a.html", "<div>"}, {"a.html", "<table><tr><td>"}, {"a.html", "<p>a</td>"}, {"a.html", "<b><i>"}, {"a.html", "<a b='"}, {"a.html", "<a b c=d "},
		{"a.html", "<ol><li>a"}, {"a.html", "<span hidden>"}, {"a.html", "&lt;"}, {"a.html", "</table>"}, {"a.html", "<!--"}, {"a.html", "<svg><![CDATA["},
		{"a.txt", "《"}, {"a.txt", "一、审议\n"}, {"a.txt", "\xb0\xa1"}, {"a.txt", "<!--"},
	} {
		data := []byte("<p>" + strings.Repeat(c.unit, length/len(c.unit)))
		if c.name != "a.html" {
			data = data[3:]
		}
		start := time.Now()
		_, _, err := Text(context.Background(), c.name, data, "", Options{})
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s of %q took %v (%v)", c.name, c.unit, took, err)
		} else {
			t.Logf("%s of %q: %v", c.name, c.unit, took)
		}
	}
}
