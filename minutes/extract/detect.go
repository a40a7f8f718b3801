package extract

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Detect says what format a file has: by its content first, for names lie, and by the ending of its name where
// the content leaves the choice (Markdown or plain text). The error is an *Error for kinds that are not read.
func Detect(name string, data []byte) (Format, error) {
	format, err := detect(name, data)
	return format, named(name, err)
}

func detect(name string, data []byte) (Format, error) {
	start := bytes.TrimLeft(bytes.TrimPrefix(data, markUTF8), " \t\r\n\f\v")
	if len(start) == 0 {
		return "", without(Plain)
	}
	ending := strings.ToLower(filepath.Ext(name))
	if isPDF(start, ending) {
		return PDF, nil
	}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06")) {
		return archiveFormat(data, ending)
	}
	if kind := foreign(data, start); kind != "" {
		return "", fail(Unsupported, "it is %s, which is not read; save it as DOCX, PDF or text", kind)
	}
	switch ending {
	case ".pdf":
		return "", fail(BrokenPDF, "it is no PDF although its name says so")
	case ".docx":
		return "", fail(BrokenDOCX, "it is no Word document although its name says so")
	}
	return textFormat(data, ending)
}

var versionOfPDF = regexp.MustCompile(`%PDF-[0-9]`)

// isPDF allows the junk before the mark that readers allow, but not in a text that only speaks of PDF.
func isPDF(start []byte, ending string) bool {
	at := versionOfPDF.FindIndex(start[:min(len(start), 1024)])
	return at != nil && (at[0] == 0 || ending == ".pdf" || bytes.IndexByte(start[:at[0]], 0) >= 0)
}

// archiveFormat looks at names in the archive as bytes, without opening it: what is named there is all that is asked.
func archiveFormat(data []byte, ending string) (Format, error) {
	has := func(name string) bool { return bytes.Contains(data, []byte(name)) }
	switch {
	case has("word/document") || ending == ".docx":
		return DOCX, nil
	case has("xl/workbook"):
		return "", fail(Unsupported, "it is an Excel workbook, which is not read; save it as DOCX, PDF or text")
	case has("ppt/presentation"):
		return "", fail(Unsupported, "it is a PowerPoint presentation, which is not read; save it as DOCX, PDF or text")
	case has("mimetypeapplication/vnd.oasis.opendocument"):
		return "", fail(Unsupported, "it is an OpenDocument file, which is not read; save it as DOCX, PDF or text")
	case has("OFD.xml"):
		return "", fail(Unsupported, "it is an OFD document, which is not read; export it as PDF")
	}
	return "", fail(Unsupported, "it is a ZIP archive; unpack it and send the files in it")
}

// signatures of kinds that people send by mistake.
var signatures = []struct{ mark, kind string }{
	{"\x89PNG\r\n\x1a\n", "a PNG picture"},
	{"\xFF\xD8\xFF", "a JPEG picture"},
	{"GIF8", "a GIF picture"},
	{"II*\x00", "a TIFF picture"},
	{"MM\x00*", "a TIFF picture"},
	{"\x1F\x8B\x08", "a gzip archive"},
	{"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"},
	{"Rar!\x1A\x07", "a RAR archive"},
	{"{\\rtf", "an RTF document"},
	{"MZ\x90\x00", "a program"},
	{"\x7FELF", "a program"},
	{"SQLite format 3\x00", "a database"},
	{"%!PS-Adobe", "a PostScript file"},
}

func foreign(data, start []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.mark)) {
			return s.kind
		}
	}
	if bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
		return compound(data)
	}
	head := bytes.ToLower(start[:min(len(start), 2048)])
	if bytes.HasPrefix(head, []byte("mime-version:")) && bytes.Contains(head, []byte("multipart/related")) {
		return "a web archive (MHTML)"
	}
	return ""
}

// compound tells apart what Office keeps in its old container, by names that stand there in UTF-16.
func compound(data []byte) string {
	has := func(name string) bool {
		return bytes.Contains(data, []byte(strings.Join(strings.Split(name, ""), "\x00")))
	}
	switch {
	case has("EncryptedPackage"):
		return "an Office document that is locked with a password"
	case has("WordDocument"):
		return "a Word 97 document (.doc)"
	case has("Workbook"):
		return "an Excel 97 workbook (.xls)"
	}
	return "a document of an old Office program"
}

var startOfHTML = regexp.MustCompile(`(?i)^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<(!doctype\s+html|html|head|body|title|meta|div|table|p|h[1-6]|span|br|script|style)[\s>/]`)

var anyTag = regexp.MustCompile(`(?i)<(html|body|div|p|br|table|span|h[1-6]|ul|ol|section|article)[\s>/]`)

// textFormat chooses among the formats that are text.
func textFormat(data []byte, ending string) (Format, error) {
	text, ok := decodeBytes(beginning(data))
	switch {
	case ending == ".md" || ending == ".markdown":
		return Markdown, nil
	case !ok:
		return Plain, nil
	case startOfHTML.MatchString(strings.TrimLeft(text, " \t\r\n\f\v")):
		return HTML, nil
	case (ending == ".html" || ending == ".htm" || ending == ".xhtml") && anyTag.MatchString(text):
		return HTML, nil
	}
	return Plain, nil
}

// beginning is enough of a text to know it by, not cut within a character.
func beginning(data []byte) []byte {
	const enough = 1 << 16
	if len(data) <= enough {
		return data
	}
	end := enough
	for end > enough-8 && data[end-1] >= utf8.RuneSelf {
		end--
	}
	return data[:end]
}
