package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// docxText reads a Word document: the body as Word would print it, then the foot- and endnotes. Headers and
// footers are left out (they repeat on every page). Names in the archive are only compared, never used as paths,
// and nothing that the document refers to is fetched.
func docxText(ctx context.Context, data []byte, limits Limits) (string, error) {
	a, err := openArchive(data, limits)
	if err != nil {
		return "", err
	}
	main, err := a.mainPart(ctx)
	if err != nil {
		return "", err
	}
	folder := path.Dir(main)
	styles, err := readStyles(ctx, a, path.Join(folder, "styles.xml"))
	if err != nil {
		return "", err
	}
	numbers, err := readNumbering(ctx, a, path.Join(folder, "numbering.xml"), styles)
	if err != nil {
		return "", err
	}
	var text story
	for _, part := range []string{main, path.Join(folder, "footnotes.xml"), path.Join(folder, "endnotes.xml")} {
		err := a.read(ctx, part, func(x *xmlReader) error {
			b := body{xmlReader: x, numbers: numbers, limit: limits.Text}
			return b.document(&text)
		})
		if err != nil && (part == main || !errors.Is(err, errNoPart)) {
			return "", err
		}
		text.endPart()
	}
	return text.String(), nil
}

// archive is an open DOCX with what may still be unpacked of it.
type archive struct {
	files  map[string]*zip.File
	limits Limits
	left   int64
}

var errNoPart = errors.New("no such part")

// openArchive counts the entries as bytes before the directory is read: reading it costs memory for each.
func openArchive(data []byte, limits Limits) (*archive, error) {
	if bytes.Count(data, []byte("PK\x01\x02")) > limits.DOCXEntries {
		return nil, fail(Bomb, "the archive has more than %d entries, which no Word document has", limits.DOCXEntries)
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, broken(err, "the archive is damaged or cut off")
	}
	a := &archive{files: map[string]*zip.File{}, limits: limits, left: limits.DOCXInflated}
	for _, f := range r.File {
		name := strings.TrimPrefix(f.Name, "/")
		if _, twice := a.files[name]; !twice {
			a.files[name] = f
		}
	}
	return a, nil
}

func broken(cause error, format string, args ...any) *Error {
	e := fail(BrokenDOCX, format, args...)
	e.cause = cause
	return e
}

// mainPart finds the document's body as the package says; nearly always it is word/document.xml.
func (a *archive) mainPart(ctx context.Context) (string, error) {
	found := "word/document.xml"
	err := a.read(ctx, "_rels/.rels", func(x *xmlReader) error {
		return x.each(func(start xml.StartElement) error {
			if start.Name.Local == "Relationship" && strings.HasSuffix(attr(start, "Type"), "/officeDocument") {
				found = path.Clean(strings.TrimPrefix(attr(start, "Target"), "/"))
			}
			return nil
		})
	})
	if err != nil && !errors.Is(err, errNoPart) {
		return "", err
	}
	if a.files[found] == nil {
		return "", broken(nil, "the Word document has no body (%s); open it in Word and save it again", clean(found, 60))
	}
	return found, nil
}

// read unpacks a part piece by piece while f reads it.
func (a *archive) read(ctx context.Context, name string, f func(*xmlReader) error) error {
	file := a.files[name]
	if file == nil {
		return errNoPart
	}
	in, err := file.Open()
	if err != nil {
		return broken(err, "%s in the archive cannot be unpacked", clean(name, 60))
	}
	defer func() { _ = in.Close() }()
	counted := &meter{in: in, a: a, packed: int64(min(file.CompressedSize64, 1<<40))}
	err = f(newXMLReader(ctx, counted, a.limits))
	if counted.err != nil { // the parser may have seen something else wrong in what came before
		err = counted.err
	}
	var known *Error
	if err == nil || errors.As(err, &known) || ctx.Err() != nil {
		return err
	}
	return broken(err, "%s in the archive is not well-formed; open the document in Word and save it again", clean(name, 60))
}

// mostAtOnce is how much XML may go by without the end of a tag or text, which the parser holds in memory whole.
const mostAtOnce = 4 << 20

// meter stops the unpacking that swells.
type meter struct {
	in           io.Reader
	a            *archive
	packed, seen int64
	since        int64 // the last token
	err          error
}

func (m *meter) Read(p []byte) (int, error) {
	if m.err != nil {
		return 0, m.err
	}
	n, err := m.in.Read(p)
	m.seen += int64(n)
	m.since += int64(n)
	m.a.left -= int64(n)
	switch {
	case m.a.left < 0:
		m.err = fail(Bomb, "unpacked it is larger than %s", size(m.a.limits.DOCXInflated))
	case m.seen > 1<<20 && m.seen/m.a.limits.DOCXRatio > m.packed:
		m.err = fail(Bomb, "it swells to more than %d times its size when unpacked", m.a.limits.DOCXRatio)
	case m.since > mostAtOnce:
		m.err = fail(Bomb, "one piece of its XML is larger than %s", size(mostAtOnce))
	default:
		return n, err
	}
	return 0, m.err
}
