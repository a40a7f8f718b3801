package ingest

import (
	"context"
	"errors"
	"runtime/debug"

	"github.com/minutebook/minutebook/minutes/extract"
	"github.com/minutebook/minutebook/models"
)

// Unreadable is the kind of reason why no text could be had from a file.
const Unreadable Code = "UNREADABLE"

// File is a file of minutes, as it was sent.
type File struct {
	Name   string
	Data   []byte
	Format string // TEXT, MARKDOWN, HTML, DOCX or PDF; empty: find out
}

// readers are those who read a file at the same time: the largest one that is allowed takes 200 MB.
var readers = make(chan struct{}, 2)

// large is the size of a file that takes much memory to read.
const large = 1 << 20

// ReadFile takes the text out of a file and reads it as minutes. What the file says stands in place of the name, text and
// format of the input. Errors are of type *Error, but for the end of the context and for what is wrong with this machine.
func ReadFile(ctx context.Context, file File, in Input) (*Reading, error) {
	return readFile(ctx, file, in, func(models.ImportStep) {})
}

// readFile is ReadFile that tells each step before it is done.
func readFile(ctx context.Context, file File, in Input, before func(models.ImportStep)) (*Reading, error) {
	select {
	case readers <- struct{}{}:
		defer func() { <-readers }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if len(file.Data) > large {
		debug.FreeOSMemory() // what others have left must not add to it
	}
	before(models.StepExtract)
	text, format, err := extract.Text(ctx, file.Name, file.Data, extract.Format(file.Format), extract.Options{})
	if err != nil {
		return nil, fileError(err)
	}
	before(models.StepParse)
	in.Name, in.Text, in.Format = file.Name, text, string(format)
	return Read(in)
}

// fileError makes an *Error of what is wrong with a file.
func fileError(err error) error {
	var reason *extract.Error
	if errors.As(err, &reason) && reason.Code != extract.Unavailable {
		return &Error{reason.Name, Unreadable, reason.Reason}
	}
	return err
}

// Values are the values of what was read, corrected, by their paths.
func (r *Reading) Values() []*models.ImportValue { return r.corrected.values }

// Text is the text that was read, in which spans count.
func (r *Reading) Text() string { return r.text }

// Format is the format of the file that the text came from, or empty.
func (r *Reading) Format() string { return r.format }
