package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"github.com/minutebook/minutebook/ingest"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// importFlags are the flags of `import`.
type importFlags struct {
	format, heldOn, body  string
	publish, dryRun, json bool
}

// importFiles brings files of minutes into the database. A file that fails does not stop the others.
func importFiles(ctx context.Context, i invocation) error {
	var f importFlags
	c, paths, err := i.settings(func(flags *flag.FlagSet) {
		flags.StringVar(&f.format, "format", "auto", "text, markdown, html, docx, pdf, or auto to find out")
		flags.StringVar(&f.heldOn, "held-on", "", "day of the meeting, for texts that do not say it: 2022-06-01")
		flags.StringVar(&f.body, "body", "", "full name of the body that met, for texts that say it short or not at all")
		flags.BoolVar(&f.publish, "publish", false, "make everything public, not only what is marked for publication")
		flags.BoolVar(&f.dryRun, "dry-run", false, "only say what would be done")
		flags.BoolVar(&f.json, "json", false, "a JSON object for each file, a line each")
	})
	if err == nil {
		err = checkPaths(paths)
	}
	if err != nil {
		return err
	}
	batch, err := f.batch()
	if err != nil {
		return err
	}
	c.LogLevel = "error" // slow statements are no news while much is written
	db, err := store.Open(ctx, c.Database, store.Options{Logger: newLogger(c, i.err)})
	if err != nil {
		return fmt.Errorf("MINUTEBOOK_DATABASE: %w", err)
	}
	defer func() { _ = db.Close() }()
	if err := db.Migrate(ctx); err != nil {
		return fmt.Errorf("the database cannot be migrated: %w", err)
	}
	batch.Importer = ingest.NewImporter(db, models.Actor{Subject: "minutebook import", Role: models.RoleEditor})
	return runBatch(ctx, i, batch, ingest.Sources(paths), f)
}

func checkPaths(paths []string) error {
	if len(paths) == 0 {
		return errors.New("name the files or folders to import: minutebook import FILE…")
	}
	for _, path := range paths {
		if strings.HasPrefix(path, "--") {
			return fmt.Errorf("%s stands behind a file: flags come first", path)
		}
	}
	return nil
}

// batch makes a batch of the flags.
func (f importFlags) batch() (*ingest.Batch, error) {
	b := &ingest.Batch{Preview: f.dryRun, Input: ingest.Input{Body: f.body}}
	var err error
	if b.Format, err = formatOf(f.format); err != nil {
		return nil, err
	}
	if f.heldOn != "" {
		if b.Input.HeldOn, err = models.ParseDate(f.heldOn); err != nil {
			return nil, fmt.Errorf("--held-on: %w", err)
		}
	}
	if f.publish {
		b.Input.Visibility = models.VisibilityPublic
	}
	return b, nil
}

// formatOf reads the flag format.
func formatOf(name string) (string, error) {
	switch name = strings.ToUpper(name); name {
	case "AUTO":
		return "", nil
	case "TEXT", "MARKDOWN", "HTML", "DOCX", "PDF":
		return name, nil
	case "TXT", "MD":
		return map[string]string{"TXT": "TEXT", "MD": "MARKDOWN"}[name], nil
	}
	return "", errors.New("--format is text, markdown, html, docx, pdf or auto")
}

// runBatch imports, with the report on the standard output and the progress beside it.
func runBatch(ctx context.Context, i invocation, b *ingest.Batch, sources []ingest.Source, f importFlags) error {
	progress := newProgress(i.err, len(sources))
	failed := 0
	stopped := b.Run(ctx, sources, func(r ingest.Result) {
		progress.clear()
		if r.Err != nil {
			failed++
			fmt.Fprintf(i.err, "minutebook import: %s\n", failureOf(r))
		}
		switch {
		case f.json:
			writeJSON(i.out, r)
		case r.Err == nil:
			writeReport(i.out, r, f.dryRun)
		}
		progress.step()
	})
	progress.finish()
	if stopped != nil {
		return stopped
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d files were not imported", failed, len(sources))
	}
	if len(sources) == 0 {
		return errors.New("there are no files of minutes in what was named")
	}
	return nil
}

// failureOf is one sentence that names the file and the reason.
func failureOf(r ingest.Result) string {
	if reason, ok := errors.AsType[*ingest.Error](r.Err); ok {
		return r.Path + ": " + reason.Reason + hintOf(reason.Code)
	}
	return r.Path + ": " + r.Err.Error()
}

// hintOf names the flag that helps.
func hintOf(code ingest.Code) string {
	switch code {
	case ingest.NoDay:
		return " with --held-on"
	case ingest.NoDayBody:
		return " with --held-on and --body"
	case ingest.NoBody:
		return " with --body"
	}
	return ""
}
