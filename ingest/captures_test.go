package ingest

import (
	"strings"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// asFile is a text as the text layer of a printed file has it: lines of so many characters, without the list of recipients.
func asFile(text string, width int) string {
	if at := strings.Index(text, "主送："); at >= 0 {
		text = text[:at]
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		runes := []rune(strings.TrimRight(line, "\n"))
		for len(runes) > width {
			b.WriteString(string(runes[:width]) + "\n")
			runes = runes[width:]
		}
		b.WriteString(string(runes) + "\n")
	}
	return b.String()
}

// page is the seed as a page has it, a paragraph a line.
func page(t testing.TB) string {
	t.Helper()
	return sample(t, "yunhu-changwu-2026-18.txt")
}

func TestImportTwoCapturesOfOneMeeting(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		first := imported(t, db, Input{Name: "page", Text: page(t)})
		alone := describe(t, db, first.Meeting)
		file := Input{Name: "file", Text: asFile(page(t), 38)}
		second := imported(t, db, file)
		if second.Meeting != first.Meeting {
			t.Fatal("the second capture is another meeting")
		}
		if second.Document == first.Document {
			t.Fatal("the second capture has no document of its own")
		}
		for recordType, got := range counts(second) {
			if recordType != models.TypeDocument && got[0]+got[3] > 0 {
				t.Errorf("%s: created, updated, unchanged, withdrawn %v; a second capture makes none and withdraws none", recordType, got)
			}
		}
		checkSpans(t, db, second)
		both := describe(t, db, first.Meeting)
		for line := range strings.Lines(alone) {
			if !strings.Contains(both, line) {
				t.Errorf("with the second capture this is gone: %s", line)
			}
		}
		look(t, db, func(tx *store.Tx) error {
			item := all[models.AgendaItem](t, tx, "meeting_id", first.Meeting)[0]
			from := map[models.ID]bool{}
			for _, s := range all[models.SourceSpan](t, tx, "owner_id", item.ID) {
				from[s.DocumentID] = true
			}
			if len(from) != 2 {
				t.Errorf("the first item has sources in %d documents, want 2", len(from))
			}
			return nil
		})
		for _, in := range []Input{{Name: "page", Text: page(t)}, file} {
			before := lastChange(t, db)
			again := imported(t, db, in)
			if after := lastChange(t, db); after != before {
				t.Errorf("%s a second time wrote %d entries: %v", in.Name, after-before, counts(again))
			}
		}
	})
}

// A fact that one capture corrects away stays as long as the other states it.
func TestImportCorrectionOfOneCapture(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		first := imported(t, db, Input{Name: "page", Text: page(t)})
		imported(t, db, Input{Name: "file", Text: asFile(page(t), 38)})
		imported(t, db, Input{Name: "page", Text: replaced(t, page(t), "市司法局裴守正，", "")})
		if described := describe(t, db, first.Meeting); !strings.Contains(described, "裴守正") {
			t.Error("somebody whom the second capture names is gone")
		}
		imported(t, db, Input{Name: "file", Text: replaced(t, asFile(page(t), 38), "裴守正", "裴守政")})
		described := describe(t, db, first.Meeting)
		if strings.Contains(described, "裴守正") || !strings.Contains(described, "裴守政") {
			t.Error("the correction of the second capture was not taken over")
		}
	})
}
