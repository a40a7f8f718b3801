package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/resolvers"
	"github.com/minutebook/minutebook/store"
)

// exportRun is one run of export.
type exportRun struct {
	db       *store.Store
	log      *slog.Logger
	actor    models.Actor
	dir      string
	progress *progress
	out      io.Writer
}

// export writes files with what /export/ hands out. A list that was broken off is gone on with by the next run.
func export(ctx context.Context, i invocation) error {
	dir, public := ".", false
	c, targets, err := i.settings(func(flags *flag.FlagSet) {
		flags.StringVar(&dir, "dir", ".", "folder to write into")
		flags.BoolVar(&public, "public", false, "only what everybody may see")
	})
	if err != nil {
		return err
	}
	if len(targets) == 0 {
		return fmt.Errorf("name what to export: all.csv, all.jsonl, or %s, each with .csv or .jsonl; network.gexf; docs/analysis.md names the others",
			strings.Join(resolvers.ExportLists(), ", "))
	}
	db, err := openMigrated(ctx, c, i)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	run := &exportRun{db: db, log: newLogger(c, i.err), dir: dir, progress: newProgress(i.err, 0), out: i.out}
	if !public {
		run.actor = models.Actor{Subject: "minutebook export", Role: models.RoleAdmin}
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fmt.Errorf("--dir: %w", err)
	}
	var failed []error
	for _, target := range everyList(targets) {
		if err := run.file(ctx, target); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", target, err))
		}
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(failed...)
}

// everyList puts all lists in the place of all.csv and all.jsonl.
func everyList(targets []string) []string {
	var out []string
	for _, target := range targets {
		ending, all := strings.CutPrefix(target, "all.")
		if !all {
			out = append(out, target)
			continue
		}
		for _, name := range resolvers.ExportLists() {
			out = append(out, name+"."+ending)
		}
	}
	return out
}

// fileOf is the name of the file of a target: its path and the values of its parameters.
func fileOf(target string) string {
	path, query, _ := strings.Cut(target, "?")
	ending := filepath.Ext(path)
	parts := []string{strings.TrimSuffix(path, ending)}
	values, _ := url.ParseQuery(query) // the export says what is wrong with it
	for _, key := range []string{"kind", "body", "from", "to", "minWeight", "first"} {
		if value := values.Get(key); value != "" {
			parts = append(parts, value)
		}
	}
	clean := func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}
	return strings.Map(clean, strings.Join(parts, "-")) + "." + strings.Map(clean, strings.TrimPrefix(ending, "."))
}

// mark is how much of a file that is not complete is whole, and where it goes on.
type mark struct {
	Target string `json:"target"`
	Public bool   `json:"public"`
	Size   int64  `json:"size"`
	Rows   int    `json:"rows"`
	Next   string `json:"next"`
}

// file writes one file. Until it is complete it is called FILE.part, with a mark beside it after each page.
func (e *exportRun) file(ctx context.Context, target string) error {
	path := filepath.Join(e.dir, fileOf(target))
	part, err := os.OpenFile(path+".part", os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // in the folder that the caller names
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }()
	m := mark{Target: target, Public: e.actor.Role == ""}
	asked := e.resume(path, part, &m)
	before := m.Rows
	done, err := resolvers.ExportTo(ctx, e.db, e.log, e.actor, asked, part, func(page resolvers.Exported) error {
		m.Next, m.Rows = page.Next, before+page.Rows
		e.progress.line(fmt.Sprintf("%s: %d rows", target, m.Rows))
		return m.write(path, part)
	})
	e.progress.clear()
	switch {
	case err != nil && m.Next == "": // nothing was begun
		return errors.Join(err, os.Remove(path+".part"))
	case err != nil || !done.Complete:
		return fmt.Errorf("broken off after %d rows: the same command goes on from there", m.Rows)
	}
	if err := errors.Join(part.Sync(), part.Close(), os.Rename(path+".part", path)); err != nil {
		return err
	}
	_ = os.Remove(path + ".next") // there is none where one page was enough
	fmt.Fprintf(e.out, "%s: %d rows\n", path, before+done.Rows)
	return nil
}

// resume cuts a file back to what its mark says is whole, and returns what to ask for. Without a mark of the same export
// the file begins anew.
func (e *exportRun) resume(path string, part *os.File, m *mark) (asked string) {
	var left mark
	text, err := os.ReadFile(path + ".next") //nolint:gosec // beside it
	info, failed := part.Stat()
	marked := err == nil && failed == nil && json.Unmarshal(text, &left) == nil
	if !marked || left.Target != m.Target || left.Public != m.Public || left.Size > info.Size() || cut(part, left.Size) != nil {
		_ = cut(part, 0)
		return m.Target
	}
	*m = left
	separator := "?"
	if strings.Contains(m.Target, "?") {
		separator = "&"
	}
	return m.Target + separator + "after=" + url.QueryEscape(m.Next)
}

// cut makes a file end at size, and goes on writing there.
func cut(file *os.File, size int64) error {
	if err := file.Truncate(size); err != nil {
		return err
	}
	_, err := file.Seek(size, io.SeekStart)
	return err
}

// write puts the mark beside the file, once what it speaks of is on the disk.
func (m *mark) write(path string, part *os.File) error {
	if err := part.Sync(); err != nil {
		return err
	}
	at, err := part.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	m.Size = at
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".next.new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".next.new", path+".next")
}
