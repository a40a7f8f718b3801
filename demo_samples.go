package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/minutebook/minutebook/ingest"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// samplesFolder holds the minutes that `serve --demo` begins with, where it is started in the folder of the project.
const samplesFolder = "samples"

// importSamples brings the sample minutes into a database that holds no meeting yet, and says what it does.
func importSamples(ctx context.Context, db *store.Store, out io.Writer) error {
	page, err := db.Page(ctx, models.Actor{Role: models.RoleAdmin}, &store.Query{Entity: store.Schema.Meetings, Total: true})
	if err != nil {
		return err
	}
	if page.(*models.MeetingConnection).TotalCount > 0 {
		return nil
	}
	if _, err := os.Stat(samplesFolder); err != nil {
		return nil //nolint:nilerr // without samples the demonstration begins empty
	}
	batch := &ingest.Batch{Importer: ingest.NewImporter(db, models.Actor{Subject: "minutebook serve --demo", Role: models.RoleEditor})}
	fmt.Fprintln(out, "importing the sample minutes, once:")
	return batch.Run(ctx, ingest.Sources([]string{samplesFolder}), func(r ingest.Result) {
		if r.Err != nil {
			fmt.Fprintf(out, "  %s: %v\n", r.Path, r.Err)
			return
		}
		fmt.Fprintf(out, "  %s: %s\n", r.Path, r.Report.Title)
	})
}
