package extract

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Code is the kind of reason why a file gives no text.
type Code string

// The reasons why a file gives no text.
const (
	Empty        Code = "EMPTY"         // nothing in it, or nothing but blanks
	Binary       Code = "BINARY"        // not text in any encoding that is known here
	TooLarge     Code = "TOO_LARGE"     // the file, or the text in it, is over the limit
	Bomb         Code = "BOMB"          // small on disk and huge when unpacked, or nested without end
	BrokenDOCX   Code = "BROKEN_DOCX"   // not a whole Word document
	BrokenPDF    Code = "BROKEN_PDF"    // not a whole PDF
	EncryptedPDF Code = "ENCRYPTED_PDF" // asks for a password
	NoText       Code = "NO_TEXT"       // a whole document without text: a scan, an empty form
	Unsupported  Code = "UNSUPPORTED"   // a known kind of file that is not read here
	Timeout      Code = "TIMEOUT"       // took longer than allowed
	Unavailable  Code = "UNAVAILABLE"   // this machine cannot read such files now; the file may be good
)

// Error says why a file gives no text, in one sentence that may be shown to whoever sent the file.
type Error struct {
	Name   string // the file's base name, without control characters
	Code   Code
	Reason string
	cause  error
}

func (e *Error) Error() string { return e.Name + ": " + e.Reason }

// Unwrap gives what went wrong underneath, for a log; it may be nil.
func (e *Error) Unwrap() error { return e.cause }

func fail(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Reason: fmt.Sprintf(format, args...)}
}

func tooLarge(limit int64) *Error {
	return fail(TooLarge, "the file is larger than %s, the most that is read", size(limit))
}

// named puts the file's name into an error; the end of a context stays what it is.
func named(name string, err error) error {
	var known *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		with := *known
		with.Name = baseName(name)
		return &with
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s: %w", baseName(name), err)
	}
	return &Error{Name: baseName(name), Code: Unavailable, Reason: "it could not be read on this machine", cause: err}
}

// baseName is the part of a path that may be shown: names come from strangers and lead elsewhere, or turn the
// direction of the line they stand in.
func baseName(path string) string {
	if i := strings.LastIndexAny(path, `/\`); i >= 0 {
		path = path[i+1:]
	}
	if name := clean(path, 80); name != "" && name != "." && name != ".." {
		return name
	}
	return "unnamed file"
}

// clean drops what does not print and cuts after a number of characters.
func clean(s string, most int) string {
	var b strings.Builder
	count := 0
	for _, r := range s {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			continue
		}
		if count == most {
			b.WriteRune('…')
			break
		}
		b.WriteRune(r)
		count++
	}
	return strings.TrimSpace(b.String())
}

func size(bytes int64) string {
	if bytes >= 1<<20 {
		return fmt.Sprintf("%d MiB", bytes>>20)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
