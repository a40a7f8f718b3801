package extract

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// check holds any outcome to what Text promises: valid text that is not blank, or an *Error with a code.
func check(t *testing.T, name string, data []byte, format Format) string {
	t.Helper()
	limits := Limits{File: 1 << 20, DOCXInflated: 4 << 20, Text: 4 << 20}
	text, _, err := Text(context.Background(), name, data, format, Options{Limits: limits})
	var known *Error
	switch {
	case err == nil && (!utf8.ValidString(text) || strings.TrimSpace(text) == ""):
		t.Fatalf("no error and the text %q", text)
	case err != nil && (!errors.As(err, &known) || known.Code == "" || known.Code == Unavailable || text != ""):
		t.Fatalf("text %q and error %v", text, err)
	}
	return text
}

func FuzzPlainText(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("\xff\xfe\x00\x4e"))
	f.Add([]byte("\xb0\xa1\x81\x30\x81\x30"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text := check(t, "a.txt", data, Plain)
		if text != "" && utf8.Valid(data) && !strings.HasSuffix(string(data), text) && !strings.Contains(string(data), "\x00") {
			t.Fatalf("%q became %q", data, text)
		}
	})
}

func FuzzMarkdownText(f *testing.F) {
	for _, seed := range []string{"# 题\n\n**重** [a](b) `c`\n", "|a|b|\n|-|-|\n|c|d|\n", "> 1. *x\n```\n", "<!-- <b>&amp;\\*", "![[]()](())"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if text := check(t, "a.md", data, Markdown); len(text) > 3*len(data)+100 {
			t.Fatalf("%d bytes swell to %d", len(data), len(text))
		}
	})
}

func FuzzHTMLText(f *testing.F) {
	for _, seed := range []string{"<html><p>一<table><tr><td>二<ol start=3><li>三", "<div hidden><p>x</div>y</td></tr>", "<pre>\n<textarea></p></table><nav>", "<!--<script>&#x1F600;"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if text := check(t, "a.html", data, HTML); len(text) > 10*len(data)+100 {
			t.Fatalf("%d bytes swell to %d", len(data), len(text))
		}
	})
}

func FuzzDOCXText(f *testing.F) {
	f.Add([]byte(word(para("正文")+numbered("1", "0", "审议"))), []byte(numberingXML), []byte(stylesXML))
	f.Add([]byte(word(`<w:tbl><w:tr><w:tc><w:sdt><w:sdtContent>`+para("x")+`</w:sdtContent></w:sdt></w:tc></w:tr></w:tbl>`)), []byte(""), []byte("<a/>"))
	f.Add([]byte("<w:p><wp:positionV><wp:posOffset><a/>"), []byte("<num><lvl>"), []byte(""))
	f.Fuzz(func(t *testing.T, document, numbers, styles []byte) {
		check(t, "a.docx", archiveOf(t, "word/document.xml", string(document), "word/numbering.xml", string(numbers), "word/styles.xml", string(styles)), DOCX)
	})
}

// FuzzArchive gives the bytes of the archive itself.
func FuzzArchive(f *testing.F) {
	f.Add(wordFile(f, para("正文")))
	f.Fuzz(func(t *testing.T, data []byte) { check(t, "a.docx", data, DOCX) })
}

func FuzzDetect(f *testing.F) {
	f.Add("a.md", []byte("# x"))
	f.Add("", []byte("%PDF-1.4"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if format, err := Detect(name, data); (format == "") == (err == nil) {
			t.Fatalf("%q, %v", format, err)
		}
	})
}

// FuzzLayout lays out characters at any places: none may be lost and none made.
func FuzzLayout(f *testing.F) {
	f.Add([]byte{10, 10, 12, 30, 10, 12, 10, 40, 12, 200, 40, 9})
	f.Fuzz(func(t *testing.T, data []byte) {
		var glyphs []glyph
		var want []rune
		for i := 0; i+2 < len(data) && len(glyphs) < 3000; i += 3 {
			x, y, size := float64(data[i])*2, float64(data[i+1])*3, float64(data[i+2]%40)-2
			char := rune('一' + i)
			glyphs = append(glyphs, glyph{char: char, left: x, right: x + size, bottom: y - size/5, top: y + size, base: y})
			want = append(want, char)
		}
		var got []rune
		for _, r := range layOut(glyphs) {
			if r >= '一' {
				got = append(got, r)
			}
		}
		slices.Sort(got)
		if string(got) != string(want) {
			t.Fatalf("got %q, want %q", string(got), string(want))
		}
	})
}
