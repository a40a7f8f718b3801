package ingest

import (
	"sync"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

// The same text sent many times at once is one meeting.
func TestImportAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		text := sample(t, "yunhu-zhuanti-2026-12.txt") // without a number, so that no key keeps two apart
		var wait sync.WaitGroup
		reports := make([]*Report, 6)
		for i := range reports {
			wait.Go(func() {
				r, err := Read(Input{Text: text})
				if err != nil {
					t.Error(err)
					return
				}
				if reports[i], err = Import(t.Context(), db, editor, r); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		made := 0
		for _, report := range reports {
			if report == nil || report.Meeting != reports[0].Meeting {
				t.Fatal("the same text at once is more than one meeting")
			}
			if report.Changed() {
				made++
			}
		}
		if made != 1 {
			t.Errorf("%d of the imports changed something, want 1", made)
		}
	})
}

// Two meetings of one day without a number are the same when they took up the same, and a question when they did not.
func TestImportMeetingsWithoutANumber(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		text := sample(t, "yunhu-zhuanti-2026-12.txt")
		first := imported(t, db, Input{Text: text})
		file := imported(t, db, Input{Text: asFile(text, 60)})
		if file.Meeting != first.Meeting {
			t.Error("a second capture of a meeting without a number is another meeting")
		}
		other := Input{Text: replaced(t, text,
			"关于东门泵站扩建工程用地问题", "关于校车运行安全", "关于管网雨污分流改造问题", "关于食堂明厨亮灶", "关于临时用电问题", "关于暑期托管", "关于资金拨付问题", "关于教师培训")}
		preview, err := Read(other)
		if err != nil {
			t.Fatal(err)
		}
		report, err := Preview(t.Context(), db, editor, preview)
		if err != nil {
			t.Fatal(err)
		}
		var question *models.ImportMatch
		for _, q := range report.Questions() {
			if q.Type == models.TypeMeeting {
				question = q
			}
		}
		if question == nil || len(question.Candidates) != 1 || question.Candidates[0].RecordID != first.Meeting {
			t.Fatalf("no question about the meeting of the same day: %+v", report.Questions())
		}
		other.Resolutions = []*models.MatchResolution{{Key: question.Key, CreateNew: true}}
		if second := imported(t, db, other); second.Meeting == first.Meeting {
			t.Error("a meeting that a person called new is the known one")
		}
		other.Text = replaced(t, other.Text, "关于校车运行安全", "关于校车运行安全问题")
		other.Resolutions = []*models.MatchResolution{{Key: question.Key, Record: &first.Meeting}}
		if again := imported(t, db, other); again.Meeting != first.Meeting {
			t.Error("a meeting that a person named is another")
		}
	})
}
