package extract

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// The child's exit status is what it has to say; 2 is left to Go's own failures.
const (
	endNoEngine = 10 + iota
	endAgain
	endEncrypted
	endBroken
	endEmpty
	endNoText
	endUnmapped
	endMemory
	endTooMuch
	endTooManyPages
)

var childEnds = map[int]struct {
	code   Code
	reason string
}{
	endNoEngine:     {Unavailable, "PDF cannot be read on this machine now; try again, or send the text"},
	endAgain:        {Unavailable, "PDF can be read on this machine in a moment; try again"},
	endEncrypted:    {EncryptedPDF, "the PDF is locked with a password; save it without one"},
	endBroken:       {BrokenPDF, "the PDF is damaged or cut off; print it to a new PDF"},
	endEmpty:        {NoText, "the PDF shows no text"},
	endNoText:       {NoText, "the PDF has no text layer: its pages are pictures, run OCR on it first"},
	endUnmapped:     {NoText, "the PDF does not say which characters its fonts show; print it to a new PDF or run OCR on it"},
	endMemory:       {Bomb, "the PDF takes more memory to read than is allowed"},
	endTooMuch:      {TooLarge, "the PDF holds more text than is read"},
	endTooManyPages: {TooLarge, fmt.Sprintf("the PDF has more than %d pages", mostPages)},
}

const (
	mostPages = 3000
	// libraryMemory is all the memory the library gets, whatever the file asks for.
	libraryMemory = 192 << 20
)

// ended is an exit status as an error.
type ended int

func (e ended) Error() string { return childEnds[int(e)].reason }

// RunChild reads an order and a PDF from its input, writes the text to its output, and returns the exit status. It
// prepares everything first and limits its own process then, before it sees the file. The library is WebAssembly:
// it has no file, no connection and no clock but what it is given here, which is none.
func RunChild(stdin io.Reader, stdout, stderr io.Writer) int {
	err := readPDF(bufio.NewReaderSize(stdin, 1<<16), stdout, stderr)
	if err == nil {
		return 0
	}
	fmt.Fprintln(stderr, err)
	if end, ok := errors.AsType[ended](err); ok {
		return int(end)
	}
	return endNoEngine
}

func readPDF(in *bufio.Reader, stdout, stderr io.Writer) error {
	line, err := in.ReadBytes('\n')
	if err != nil {
		return err
	}
	var o order
	if err := json.Unmarshal(line, &o); err != nil {
		return err
	}
	var memory allocator
	engine, err := prepare(o.Cache, &memory)
	if err != nil {
		return err
	}
	if err := confine(o.Memory, o.CPU); err != nil {
		return err
	}
	if _, err := io.WriteString(stderr, readyLine); err != nil {
		return err
	}
	var data bytes.Buffer
	if _, err := data.ReadFrom(in); err != nil {
		return err
	}
	text, err := (&reader{engine: engine, left: o.Text}).document(data.Bytes())
	if err != nil && memory.exhausted {
		return fmt.Errorf("%w: %w", ended(endMemory), err)
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(stdout, text)
	return err
}

// prepare starts the library. A child that had to compile it holds six times the memory of one that did not, so it
// leaves the file to another once the result is in the cache. Where there is no cache it goes on as it is.
func prepare(cache string, memory *allocator) (pdfium.Pdfium, error) {
	if cache != "" {
		before := cached(cache)
		if engine, err := startEngine(cache, memory); err == nil {
			if cached(cache) > before {
				return nil, ended(endAgain)
			}
			return engine, nil
		}
	}
	engine, err := startEngine("", memory)
	debug.FreeOSMemory()
	return engine, err
}

// cached counts what wazero has put into its cache, in a folder for each of its versions.
func cached(dir string) int {
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil {
		return 0
	}
	return len(files)
}

// startEngine compiles the library, or takes it compiled from the cache.
func startEngine(cache string, memory *allocator) (pdfium.Pdfium, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if cache != "" {
		kept, err := wazero.NewCompilationCacheWithDir(cache)
		if err != nil {
			return nil, err
		}
		config = config.WithCompilationCache(kept)
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: experimental.WithMemoryAllocator(context.Background(), memory), MinIdle: 1, MaxIdle: 1, MaxTotal: 1,
		RuntimeConfig: config, FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, err
	}
	return pool.GetInstance(time.Minute)
}

// allocator gives the library its memory. It stands in for wazero's own limit, which refuses a module that declares
// a larger maximum, as this one does.
type allocator struct {
	memory    []byte
	exhausted bool
}

// Allocate reserves all of it at once: to grow by copying would take it twice, and what is not used costs nothing.
func (a *allocator) Allocate(_, _ uint64) experimental.LinearMemory {
	a.memory = make([]byte, 0, libraryMemory)
	return a
}

// Reallocate gives nil when there is no more, which the library sees as an allocation that failed.
func (a *allocator) Reallocate(size uint64) []byte {
	if size > uint64(cap(a.memory)) {
		a.exhausted = true
		return nil
	}
	return a.memory[:size]
}

// Free leaves the memory to the collector.
func (a *allocator) Free() { a.memory = nil }

// reader reads one document.
type reader struct {
	engine   pdfium.Pdfium
	left     int64
	visible  int // characters that show
	unmapped int // of them, those whose font does not say what they are
	pictures int // pages that are a picture without text
}

func (r *reader) document(data []byte) (string, error) {
	opened, err := r.engine.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case err == nil:
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return "", ended(endEncrypted)
	default:
		return "", brokenPDF(err)
	}
	count, err := r.engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return "", brokenPDF(err)
	}
	if count.PageCount > mostPages {
		return "", ended(endTooManyPages)
	}
	var text strings.Builder
	for i := range count.PageCount {
		page, err := r.page(opened.Document, i)
		if err != nil {
			return "", err
		}
		if r.left -= int64(len(page)); r.left < 0 {
			return "", ended(endTooMuch)
		}
		text.WriteString(page)
	}
	switch {
	case r.pictures*2 > count.PageCount:
		return "", ended(endNoText)
	case r.visible == 0:
		return "", ended(endEmpty)
	case r.unmapped*2 > r.visible:
		return "", ended(endUnmapped)
	}
	return text.String(), nil
}

func brokenPDF(cause error) error { return fmt.Errorf("%w: %w", ended(endBroken), cause) }
