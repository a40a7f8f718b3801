package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"

	"github.com/minutebook/minutebook/ingest"
)

// parse prints what a file of minutes states, without a database.
func parse(ctx context.Context, i invocation) error {
	flags := flag.NewFlagSet(i.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	compact := flags.Bool("json", false, "on one line, for programs")
	format := flags.String("format", "auto", "text, markdown, html, docx, pdf, or auto to find out")
	if err := flags.Parse(i.args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("name one file: minutebook parse --json FILE")
	}
	kind, err := formatOf(*format)
	if err != nil {
		return err
	}
	record, err := ingest.Parse(ctx, flags.Arg(0), kind)
	if err != nil {
		return err
	}
	out := json.NewEncoder(i.out)
	out.SetEscapeHTML(false)
	if !*compact {
		out.SetIndent("", "  ")
	}
	return out.Encode(record)
}
