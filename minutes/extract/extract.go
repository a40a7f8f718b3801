// Package extract turns the bytes of a file into the plain text in which the spans of a Record count. It reads
// plain text, Markdown, HTML, DOCX and the text layer of PDF.
//
// It does not understand what it reads: no heading, name or date means anything here. It writes no file besides
// the cache of the compiled PDF library, opens no connection, follows no link and recognises no pictures of text.
//
// Files come from strangers. Every format has limits, and PDF, whose readers can be made to take all memory or
// never to end, is read in a child process of this same program: main must call RunChild when its first argument
// is ChildArgument.
package extract

import (
	"context"
	"strings"
)

// Format is a kind of file.
type Format string

// The formats that Text reads. An empty Format means: find out.
const (
	Plain    Format = "TEXT"
	Markdown Format = "MARKDOWN"
	HTML     Format = "HTML"
	DOCX     Format = "DOCX"
	PDF      Format = "PDF"
)

// Options are what a caller may set. The zero value is good.
type Options struct {
	// Limits holds what a file may cost; a zero field means its default.
	Limits Limits
	// CacheDir is where the compiled PDF library is kept between runs. Empty means a folder of the user's cache
	// folder, or of the folder for temporary files where there is none.
	CacheDir string
}

// Text gives the text of a file and the format it was read as. The name serves for messages and as a hint of the
// format. Errors are of type *Error, but for the error of a context that ended.
//
// The text of a Plain file is exactly its characters, decoded and without byte order mark. In the other formats a
// paragraph is a line (in PDF, a line is a line of the page) and the cells of a table's row stand apart by tabs.
func Text(ctx context.Context, name string, data []byte, format Format, opts Options) (string, Format, error) {
	text, format, err := read(ctx, data, Format(strings.ToUpper(string(format))), name, opts)
	return text, format, named(name, err)
}

func read(ctx context.Context, data []byte, format Format, name string, opts Options) (string, Format, error) {
	if err := ctx.Err(); err != nil {
		return "", format, err
	}
	limits := opts.Limits.orDefaults()
	if int64(len(data)) > limits.File {
		return "", format, tooLarge(limits.File)
	}
	if format == "" {
		found, err := detect(name, data)
		if err != nil {
			return "", "", err
		}
		format = found
	}
	if (format == HTML || format == Markdown) && int64(len(data)) > limits.Markup {
		return "", format, tooLarge(limits.Markup)
	}
	text, err := readAs(ctx, data, format, limits, opts.CacheDir)
	if err == nil && int64(len(text)) > limits.Text {
		err = fail(TooLarge, "it holds more than %s of text", size(limits.Text))
	}
	if err == nil && strings.TrimSpace(text) == "" {
		err = without(format)
	}
	if err != nil {
		return "", format, err
	}
	return text, format, nil
}

func readAs(ctx context.Context, data []byte, format Format, limits Limits, cache string) (string, error) {
	switch format {
	case DOCX:
		return docxText(ctx, data, limits)
	case PDF:
		return pdfText(ctx, data, limits, cache)
	case Plain, Markdown, HTML:
	default:
		return "", fail(Unsupported, "the format %q is not known; use TEXT, MARKDOWN, HTML, DOCX or PDF", clean(string(format), 20))
	}
	text, err := decode(data)
	if err != nil {
		return "", err
	}
	switch format {
	case HTML:
		return htmlText(ctx, text, limits)
	case Markdown:
		return markdownText(text), nil
	}
	return text, nil
}

// without says that a file of a format holds no text.
func without(format Format) *Error {
	switch format {
	case PDF:
		return fail(NoText, "the PDF has no text layer: its pages are pictures, run OCR on it first")
	case DOCX, HTML:
		return fail(NoText, "there is no text in it")
	}
	return fail(Empty, "the file is empty")
}
