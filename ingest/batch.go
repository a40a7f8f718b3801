package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/minutes"
	"github.com/minutebook/minutebook/minutes/extract"
	"github.com/minutebook/minutebook/models"
)

// fileEndings are those of the names of files that are taken from a folder.
var fileEndings = []string{".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".pdf"}

// Source is a file to import, or why a path names none.
type Source struct {
	Path string
	Err  error
}

// Sources lists the files of paths. A file stands for itself; a folder for the files of minutes in it and in its folders,
// in the order of their names, without hidden ones and README. A link in a folder that leads out of it is refused.
func Sources(paths []string) []Source {
	var out []Source
	for _, path := range paths {
		info, err := os.Stat(path) //nolint:gosec // whoever runs the command names the files
		switch {
		case err != nil:
			out = append(out, Source{path, &Error{path, Unreadable, "there is no such file, or it may not be read"}})
		case info.IsDir():
			out = append(out, folder(path)...)
		default:
			out = append(out, Source{Path: path})
		}
	}
	return out
}

// folder lists the files of minutes in a folder.
func folder(root string) []Source {
	var out []Source
	root = strings.TrimRight(root, string(filepath.Separator)) + string(filepath.Separator) // so that a link to a folder is followed
	//nolint:gosec // whoever runs the command names the folder
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error { // the function returns no error of its own
		name := entry.Name()
		switch {
		case err != nil:
			out = append(out, Source{path, &Error{path, Unreadable, "it may not be read"}})
			return nil //nolint:nilerr // the others are read all the same
		case strings.HasPrefix(name, ".") && path != root:
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir(), !slices.Contains(fileEndings, strings.ToLower(filepath.Ext(name))), strings.HasPrefix(strings.ToUpper(name), "README"):
			return nil
		case entry.Type()&fs.ModeSymlink != 0 && !inside(root, path):
			out = append(out, Source{path, &Error{path, Unreadable, "it is a link that leads out of the folder"}})
			return nil
		}
		out = append(out, Source{Path: path})
		return nil
	})
	return out
}

// inside reports whether a link leads to a file within a folder.
func inside(root, path string) bool {
	base, err := filepath.EvalSymlinks(root)
	target, err2 := filepath.EvalSymlinks(path)
	if err != nil || err2 != nil {
		return false
	}
	relative, err := filepath.Rel(base, target)
	return err == nil && filepath.IsLocal(relative)
}

// Result is what became of one file.
type Result struct {
	Path   string
	Report *Report // nil where Err says why
	Err    error
}

// Batch imports many files: some are read while one is written.
type Batch struct {
	Importer *Importer
	Input    Input // what holds for all files
	Format   string
	Preview  bool // only say what would be done
}

// Run imports the files, in their order, and tells each result as soon as it is there. A file that fails does not stop the
// others. It returns an error when it had to stop: the context ended, or the database cannot be reached.
func (b *Batch) Run(ctx context.Context, sources []Source, tell func(Result)) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for next := range b.read(ctx, sources) {
		one := <-next
		if one.err == nil {
			one.report, one.err = b.write(ctx, one.reading)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(one.err, models.ErrUnavailable) {
			return fmt.Errorf("%s: %w", one.path, one.err)
		}
		tell(Result{one.path, one.report, one.err})
	}
	return ctx.Err()
}

func (b *Batch) write(ctx context.Context, r *Reading) (*Report, error) {
	if b.Preview {
		return Preview(ctx, b.Importer.db, b.Importer.actor, r)
	}
	return b.Importer.Import(ctx, r)
}

// one is a file on its way.
type one struct {
	path    string
	reading *Reading
	report  *Report
	err     error
}

// read reads the files, as many at once as there are processors, and hands them over in their order. It is never far ahead,
// so that many files cost no more memory than few.
func (b *Batch) read(ctx context.Context, sources []Source) <-chan chan one {
	ahead := runtime.GOMAXPROCS(0)
	queue := make(chan chan one, ahead)
	slots := make(chan struct{}, ahead)
	go func() {
		defer close(queue)
		for _, source := range sources {
			place := make(chan one, 1)
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				return
			}
			go func() {
				place <- b.readOne(ctx, source)
				<-slots
			}()
			select {
			case queue <- place:
			case <-ctx.Done():
				return
			}
		}
	}()
	return queue
}

func (b *Batch) readOne(ctx context.Context, source Source) one {
	out := one{path: source.Path, err: source.Err}
	if out.err != nil {
		return out
	}
	var data []byte
	if data, out.err = content(source.Path); out.err == nil {
		out.reading, out.err = ReadFile(ctx, File{source.Path, data, b.Format}, b.Input)
	}
	return out
}

// content reads a file that is one, up to the largest that is allowed.
func content(path string) ([]byte, error) {
	file, err := os.Open(path) //nolint:gosec // whoever runs the command names the file
	if err != nil {
		return nil, &Error{path, Unreadable, "it may not be read"}
	}
	defer func() { _ = file.Close() }()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, &Error{path, Unreadable, "it is no file"}
	}
	data, err := extract.Read(path, file, extract.Limits{})
	return data, fileError(err)
}

// Parse reads a file and gives the record of what it states, whether or not that can be imported. Its text may be as long as
// the file: nobody else waits for the memory it takes.
func Parse(ctx context.Context, path, format string) (minutes.Record, error) {
	data, err := content(path)
	if err != nil {
		return minutes.Record{}, err
	}
	limits := extract.DefaultLimits()
	limits.Text, limits.Markup = limits.File, limits.File
	text, _, err := extract.Text(ctx, path, data, extract.Format(format), extract.Options{Limits: limits})
	if err != nil {
		return minutes.Record{}, fileError(err)
	}
	return minutes.Parse(text), nil
}
