package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/minutebook/minutebook/ingest"
	"github.com/minutebook/minutebook/models"
)

// mostLines bounds the warnings and the questions that are printed of one file.
const mostLines = 20

var typeWords = map[models.RecordType][2]string{
	models.TypeMeeting: {"meeting", "meetings"}, models.TypeDocument: {"document", "documents"}, models.TypeAgendaItem: {"item", "items"},
	models.TypeDecision: {"decision", "decisions"}, models.TypeDirective: {"directive", "directives"},
	models.TypeAttendance: {"attendance", "attendances"}, models.TypePerson: {"person", "people"},
	models.TypeOrganization: {"organization", "organizations"},
}

// writeReport prints what an import did, for people.
func writeReport(w io.Writer, r ingest.Result, dryRun bool) {
	would := ""
	if dryRun {
		would = "would be "
	}
	fmt.Fprintf(w, "%s: %s, %s\n", r.Path, r.Report.Title, r.Report.HeldOn)
	for _, kind := range []struct {
		word  string
		count func(*models.ImportCount) int
	}{
		{would + "created", func(c *models.ImportCount) int { return c.Created }},
		{would + "updated", func(c *models.ImportCount) int { return c.Updated }},
		{would + "withdrawn", func(c *models.ImportCount) int { return c.Withdrawn }},
		{"unchanged", func(c *models.ImportCount) int { return c.Unchanged }},
	} {
		if list := counted(r.Report.Counts, kind.count); list != "" {
			fmt.Fprintf(w, "  %s: %s\n", kind.word, list)
		}
	}
	writeKept(w, r.Report.Kept)
	writeWarnings(w, r.Report.Warnings)
	writeQuestions(w, r.Report.Questions())
}

func counted(counts []*models.ImportCount, of func(*models.ImportCount) int) string {
	var parts []string
	for _, c := range counts {
		switch n := of(c); n {
		case 0:
		case 1:
			parts = append(parts, "1 "+typeWords[c.Type][0])
		default:
			parts = append(parts, fmt.Sprintf("%d %s", n, typeWords[c.Type][1]))
		}
	}
	return strings.Join(parts, ", ")
}

func writeKept(w io.Writer, kept []*models.ImportKept) {
	for _, k := range kept {
		what := "the record"
		if k.Field != nil {
			what = *k.Field
		}
		fmt.Fprintf(w, "  kept as edited: %s of %s\n", what, models.EncodeID(k.Type, k.RecordID))
	}
}

func writeWarnings(w io.Writer, warnings []*models.ImportWarning) {
	for n, warning := range warnings {
		if n == mostLines {
			fmt.Fprintf(w, "  and %d more warnings\n", len(warnings)-n)
			return
		}
		place := "warning"
		if warning.Line != nil {
			place = fmt.Sprintf("line %d", *warning.Line)
		}
		fmt.Fprintf(w, "  %s: %s (%s)\n", place, warning.Message, warning.Code)
	}
}

func writeQuestions(w io.Writer, questions []*models.ImportMatch) {
	for n, q := range questions {
		if n == mostLines {
			fmt.Fprintf(w, "  and %d more questions\n", len(questions)-n)
			return
		}
		fmt.Fprintf(w, "  question %s: %s\n", q.Key, q.Why)
		for _, c := range q.Candidates {
			fmt.Fprintf(w, "    %s %s, %s\n", models.EncodeID(c.Type, c.RecordID), c.Name, c.Why)
		}
	}
}

// writeJSON prints what became of a file, for programs.
func writeJSON(w io.Writer, r ingest.Result) {
	type candidate struct {
		ID    string  `json:"id"`
		Name  string  `json:"name"`
		Score float64 `json:"score"`
		Why   string  `json:"why"`
	}
	type question struct {
		Key        string      `json:"key"`
		Name       string      `json:"name"`
		Type       string      `json:"type"`
		Why        string      `json:"why"`
		Candidates []candidate `json:"candidates"`
	}
	type warning struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		Line    *int   `json:"line,omitempty"`
	}
	type line struct {
		File      string                    `json:"file"`
		Error     string                    `json:"error,omitempty"`
		Meeting   string                    `json:"meeting,omitempty"`
		Title     string                    `json:"title,omitempty"`
		HeldOn    string                    `json:"heldOn,omitempty"`
		Counts    map[string]map[string]int `json:"counts"`
		Warnings  []warning                 `json:"warnings"`
		Questions []question                `json:"questions"`
	}
	out := line{File: r.Path, Counts: map[string]map[string]int{}, Warnings: []warning{}, Questions: []question{}}
	if r.Err != nil {
		out.Error = failureOf(r)
	} else {
		out.Meeting, out.Title, out.HeldOn = models.EncodeID(models.TypeMeeting, r.Report.Meeting), r.Report.Title, string(r.Report.HeldOn)
		for _, c := range r.Report.Counts {
			out.Counts[string(c.Type)] = map[string]int{"created": c.Created, "updated": c.Updated, "unchanged": c.Unchanged, "withdrawn": c.Withdrawn}
		}
		for _, w := range r.Report.Warnings {
			out.Warnings = append(out.Warnings, warning{w.Code, w.Message, w.Line})
		}
		for _, q := range r.Report.Questions() {
			one := question{Key: q.Key, Name: q.Name, Type: string(q.Type), Why: q.Why, Candidates: []candidate{}}
			for _, c := range q.Candidates {
				one.Candidates = append(one.Candidates, candidate{models.EncodeID(c.Type, c.RecordID), c.Name, c.Score, c.Why})
			}
			out.Questions = append(out.Questions, one)
		}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(out) //nolint:errchkjson // scores are numbers; a broken pipe ends the program by itself
}
