package extract

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// word wraps the content of a body as word/document.xml.
func word(body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">` +
		`<w:body>` + body + `</w:body></w:document>`
}

// archiveOf makes a ZIP file of names and contents in turn.
func archiveOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// wordFile makes a DOCX of a body and further parts.
func wordFile(t testing.TB, body string, parts ...string) []byte {
	t.Helper()
	return archiveOf(t, append([]string{"[Content_Types].xml", `<Types/>`, "word/document.xml", word(body)}, parts...)...)
}

// pdfOf makes a PDF of objects; first and size are what its cross-reference table says, where they lie.
func pdfOf(first, size int, objects ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	offsets := make([]int, len(objects))
	for i, object := range objects {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n%d %d\n0000000000 65535 f \n", first, len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	if size == 0 {
		size = len(objects) + 1
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", size, start)
	return out.Bytes()
}

// pageOf makes the objects of a document of one page; /F1 is Helvetica and /F2 a Chinese font that is not in the
// file and has no table of characters, named by its encoding alone.
func pageOf(content, pageExtra, catalogExtra string) []string {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write([]byte(content))
	_ = z.Close()
	return []string{
		"<< /Type /Catalog /Pages 2 0 R " + catalogExtra + ">>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R" +
			" /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> " + pageExtra + ">>",
		fmt.Sprintf("<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", packed.Len(), packed.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		"<< /Type /Font /Subtype /Type0 /BaseFont /FangSong /Encoding /GBK-EUC-H /DescendantFonts [7 0 R] >>",
		"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /FangSong /DW 1000" +
			" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 8 0 R >>",
		"<< /Type /FontDescriptor /FontName /FangSong /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 800 /StemV 80 >>",
	}
}

func onePage(content, pageExtra, catalogExtra string) []byte {
	return pdfOf(0, 0, pageOf(content, pageExtra, catalogExtra)...)
}

// codeOf reads a file that must fail and gives the code.
func codeOf(t *testing.T, name string, data []byte, format Format, limits Limits) Code {
	t.Helper()
	return refusal(t, name, data, format, limits).Code
}

// refusal reads a file that must fail; the error must name the file and say why.
func refusal(t *testing.T, name string, data []byte, format Format, limits Limits) *Error {
	t.Helper()
	text, _, err := Text(context.Background(), name, data, format, Options{Limits: limits})
	var known *Error
	if !errors.As(err, &known) {
		t.Fatalf("%s: got text %.80q and error %v, want an *Error", name, text, err)
	}
	if known.Name != baseName(name) || !strings.HasPrefix(err.Error(), known.Name+": ") || len(known.Reason) < 10 || text != "" {
		t.Errorf("%s: error %q (text %.40q) does not name the file and the reason", name, err, text)
	}
	if strings.ContainsAny(err.Error(), "\n\x00") || len(err.Error()) > 400 {
		t.Errorf("%s: error %q is not one sentence", name, err)
	}
	return known
}

// textOf reads a file that must succeed.
func textOf(t *testing.T, name string, data []byte) (string, Format) {
	t.Helper()
	text, format, err := Text(context.Background(), name, data, "", Options{})
	if err != nil {
		t.Fatal(err)
	}
	return text, format
}
