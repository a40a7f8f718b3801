package extract

import (
	"io"
	"time"
)

// Limits is what reading one file may cost. Sizes are in bytes. A zero field means the value of DefaultLimits.
type Limits struct {
	File   int64 // of any file, as stored
	Markup int64 // of HTML and Markdown, as stored: what says nothing there takes memory all the same
	Text   int64 // of the text that comes out, in UTF-8; of PDF, PDFText

	DOCXEntries  int   // files in the archive
	DOCXInflated int64 // of all parts that are read, unpacked
	DOCXRatio    int64 // unpacked size of a part over its packed size, once it is over 1 MiB
	XMLTokens    int   // starts, ends and texts of elements, of a part
	Depth        int   // elements within elements, of XML; deeper HTML is read without its structure

	PDFMemory int64         // of the child process
	PDFCPU    time.Duration // of the child process, for one file
	PDFWall   time.Duration // likewise, by the clock
	PDFText   int64         // of the text that comes out of a PDF
}

// DefaultLimits are the limits for files from strangers.
func DefaultLimits() Limits {
	return Limits{
		// A thousand pages of Chinese are less than 2 MiB. Of as many short lines the parser makes 200 MB.
		File: 20 << 20, Markup: 8 << 20, Text: 2 << 20,
		DOCXEntries: 2000, DOCXInflated: 64 << 20, DOCXRatio: 100, XMLTokens: 2_000_000, Depth: 256,
		PDFMemory: 512 << 20, PDFCPU: 20 * time.Second, PDFWall: 30 * time.Second, PDFText: 2 << 20,
	}
}

func (l Limits) orDefaults() Limits {
	d := DefaultLimits()
	setDefault(&l.File, d.File)
	setDefault(&l.Markup, d.Markup)
	setDefault(&l.Text, d.Text)
	setDefault(&l.DOCXEntries, d.DOCXEntries)
	setDefault(&l.DOCXInflated, d.DOCXInflated)
	setDefault(&l.DOCXRatio, d.DOCXRatio)
	setDefault(&l.XMLTokens, d.XMLTokens)
	setDefault(&l.Depth, d.Depth)
	setDefault(&l.PDFMemory, d.PDFMemory)
	setDefault(&l.PDFCPU, d.PDFCPU)
	setDefault(&l.PDFWall, d.PDFWall)
	setDefault(&l.PDFText, d.PDFText)
	return l
}

func setDefault[T ~int | ~int64](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}

// Read takes a file's bytes from r, and stops with an *Error as soon as they are more than the limit, so that a
// large file costs no more memory than the largest one that is allowed.
func Read(name string, r io.Reader, limits Limits) ([]byte, error) {
	limits = limits.orDefaults()
	data, err := io.ReadAll(io.LimitReader(r, limits.File+1))
	if err != nil {
		return nil, &Error{Name: baseName(name), Code: Unavailable, Reason: "the file could not be read to its end", cause: err}
	}
	if int64(len(data)) > limits.File {
		return nil, named(name, tooLarge(limits.File))
	}
	return data, nil
}
