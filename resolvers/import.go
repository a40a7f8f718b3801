package resolvers

import (
	"bytes"
	"context"
	"errors"
	"io"
	"reflect"

	"github.com/99designs/gqlgen/graphql"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/ingest"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// preview answers previewImport.
func (r *Resolver) preview(ctx context.Context, input map[string]any, resolutions []map[string]any) (*models.ImportPreview, error) {
	out := &models.ImportPreview{
		Counts: []*models.ImportCount{}, Matches: []*models.ImportMatch{}, Facts: []*models.ImportFact{}, Warnings: []*models.ImportWarning{},
		Values: []*models.ImportValue{},
	}
	report, reading, err := r.ingest(ctx, input, resolutions, ingest.Preview)
	if out.UserErrors, err = importFailures(err); err != nil || report == nil {
		return out, err
	}
	text, format := reading.Text(), reading.Format()
	out.Text, out.Counts, out.Matches = &text, report.Counts, report.Matches
	out.Facts, out.Warnings = append(out.Facts, report.Facts...), append(out.Warnings, report.Warnings...)
	out.Values = append(out.Values, reading.Values()...)
	if format != "" {
		out.Format = &format
	}
	refer(report.Matches, report.Kept)
	return out, nil
}

// importMinutes answers importMinutes.
func (r *Resolver) importMinutes(ctx context.Context, input map[string]any, resolutions []map[string]any) (*models.ImportPayload, error) {
	out := &models.ImportPayload{
		Counts: []*models.ImportCount{}, Questions: []*models.ImportMatch{}, Kept: []*models.ImportKept{}, Warnings: []*models.ImportWarning{},
	}
	if id, ok := present(input)["clientMutationId"].(string); ok {
		out.ClientMutationID = &id
	}
	report, _, err := r.ingest(ctx, input, resolutions, ingest.Import)
	if out.UserErrors, err = importFailures(err); err != nil || report == nil {
		return out, err
	}
	out.MeetingID, out.DocumentID, out.Counts, out.Questions = &report.Meeting, &report.Document, report.Counts, report.Questions()
	out.Kept, out.Warnings = append(out.Kept, report.Kept...), append(out.Warnings, report.Warnings...)
	refer(report.Matches, report.Kept)
	return out, nil
}

// ingest reads what was sent and runs one of the two steps with it.
func (r *Resolver) ingest(
	ctx context.Context, input map[string]any, resolutions []map[string]any,
	step func(context.Context, *store.Store, models.Actor, *ingest.Reading) (*ingest.Report, error),
) (*ingest.Report, *ingest.Reading, error) {
	reading, err := readImport(ctx, input, resolutions)
	if err != nil {
		return nil, nil, err
	}
	report, err := step(ctx, r.Store, auth.ActorFrom(ctx), reading)
	return report, reading, err
}

// readImport reads the minutes of an ImportInput.
func readImport(ctx context.Context, input map[string]any, resolutions []map[string]any) (*ingest.Reading, error) {
	file, in, err := importOf(input, resolutions)
	if err != nil {
		return nil, err
	}
	return ingest.ReadFile(ctx, file, in)
}

// importOf returns what an ImportInput hands over.
func importOf(input map[string]any, resolutions []map[string]any) (ingest.File, ingest.Input, error) {
	input = present(input)
	in, none := ingest.Input{}, ingest.File{}
	in.Name, _ = input["filename"].(string)
	in.Body, _ = input["body"].(string)
	in.HeldOn, _ = input["heldOn"].(models.Date)
	in.Visibility, _ = input["visibility"].(models.Visibility)
	var err error
	if in.Resolutions, err = readResolutions(resolutions); err != nil {
		return none, in, err
	}
	if list, ok := input["corrections"].([]map[string]any); ok {
		in.Corrections = readCorrections(list)
	}
	text, hasText := input["text"].(string)
	upload, hasFile := input["file"].(graphql.Upload)
	if hasText == hasFile {
		return none, in, &models.UserError{Code: models.CodeInvalid, Message: "give either text or file", Path: []string{"text"}}
	}
	file := ingest.File{Name: in.Name, Data: []byte(text)}
	file.Format, _ = input["format"].(string)
	if hasFile {
		if file.Name == "" {
			file.Name = upload.Filename
		}
		if _, err = upload.File.Seek(0, io.SeekStart); err != nil { // it was read before where a transaction is run again
			return none, in, faultf(codeFile, "the file could not be read to its end")
		}
		data := bytes.NewBuffer(make([]byte, 0, max(0, upload.Size)+bytes.MinRead))
		_, err = data.ReadFrom(upload.File)
		if file.Data = data.Bytes(); err != nil {
			return none, in, faultf(codeFile, "the file could not be read to its end")
		}
	} else if file.Format == "" {
		file.Format = "TEXT"
	}
	return file, in, nil
}

// present returns the values of an input that were given: gqlgen hands optional ones over as pointers.
func present(input map[string]any) map[string]any {
	out := make(map[string]any, len(input))
	for name, value := range input {
		v := reflect.ValueOf(value)
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		if v.IsValid() {
			out[name] = v.Interface()
		}
	}
	return out
}

func readCorrections(corrections []map[string]any) []*models.ImportCorrection {
	out := make([]*models.ImportCorrection, len(corrections))
	for i, values := range corrections {
		values = present(values)
		one := &models.ImportCorrection{}
		one.Path, _ = values["path"].(string)
		if value, ok := values["value"].(string); ok {
			one.Value = &value
		}
		if start, ok := values["start"].(int); ok {
			one.Start = &start
		}
		if end, ok := values["end"].(int); ok {
			one.End = &end
		}
		out[i] = one
	}
	return out
}

func readResolutions(resolutions []map[string]any) ([]*models.MatchResolution, error) {
	out := make([]*models.MatchResolution, len(resolutions))
	for i, values := range resolutions {
		values = present(values)
		one := &models.MatchResolution{}
		one.Key, _ = values["key"].(string)
		one.CreateNew, _ = values["createNew"].(bool)
		if id, ok := values["record"].(string); ok {
			_, key, err := models.DecodeID(id)
			if err != nil {
				return nil, models.At("resolutions", err)
			}
			one.Record = &key
		}
		if one.CreateNew == (one.Record != nil) {
			return nil, &models.UserError{
				Code: models.CodeInvalid, Message: one.Key + ": give either a record or createNew: true", Path: []string{"resolutions"},
			}
		}
		out[i] = one
	}
	return out, nil
}

// importFailures parts what the sender of a text can mend by another input from files that cannot be read.
func importFailures(err error) ([]*models.UserError, error) {
	var reason *ingest.Error
	if !errors.As(err, &reason) {
		expected, err := failures(err, "")
		for _, problem := range expected {
			if len(problem.Path) > 0 && problem.Path[0] != "resolutions" {
				problem.Path = append([]string{"input"}, problem.Path...)
			}
		}
		return expected, err
	}
	field := ""
	switch reason.Code {
	case ingest.Unreadable:
		return []*models.UserError{}, faultf(codeFile, "%s", reason.Error())
	case ingest.NoMinutes:
		return []*models.UserError{}, faultf(codeImport, "%s", reason.Error())
	case ingest.NoDay, ingest.NoDayBody:
		field = "heldOn"
	case ingest.NoBody:
		field = "body"
	}
	return []*models.UserError{{Code: models.CodeInvalid, Message: reason.Error(), Path: []string{"input", field}}}, nil
}

// refer lets all records that matches and kept fields name be loaded together.
func refer(matches []*models.ImportMatch, kept []*models.ImportKept) {
	all := &models.References{}
	for _, m := range matches {
		m.References = all
		if m.RecordID != nil {
			all.Add(m.Type, *m.RecordID)
		}
		for _, c := range m.Candidates {
			c.References = all
			all.Add(c.Type, c.RecordID)
		}
	}
	for _, k := range kept {
		k.References = all
		all.Add(k.Type, k.RecordID)
	}
}

// reference returns a record that a report names, nil where there is none to see.
func (r *Resolver) reference(ctx context.Context, all *models.References, t models.RecordType, id *models.ID) (models.Record, error) {
	if id == nil {
		return nil, nil
	}
	found, err := all.Load(graphql.GetFieldContext(ctx).Field.Field, t, *id, func(ids []models.ID) (map[models.ID]any, error) {
		return r.records(ctx, t, ids)
	})
	record, _ := found.(models.Record)
	return record, err
}

// importedRecord loads a record that an import left behind.
func importedRecord[T any](ctx context.Context, r *Resolver, t models.RecordType, id *models.ID) (*T, error) {
	if id == nil {
		return nil, nil
	}
	return rootRecord[T](ctx, r, models.EncodeID(t, *id))
}
