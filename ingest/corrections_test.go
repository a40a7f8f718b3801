package ingest

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// stretch is where words first stand in the seed.
func stretch(t testing.TB, text, words string) (start, end *int) {
	t.Helper()
	before, _, ok := strings.Cut(text, words)
	if !ok {
		t.Fatalf("%q is not in the text", words)
	}
	a := len([]rune(before))
	b := a + len([]rune(words))
	return &a, &b
}

func correction(path, value string) *models.ImportCorrection {
	return &models.ImportCorrection{Path: path, Value: &value}
}

// at gives a correction its stretch.
func at(t testing.TB, c *models.ImportCorrection, text, words string) *models.ImportCorrection {
	t.Helper()
	c.Start, c.End = stretch(t, text, words)
	return c
}

// valuesOf are the values of a reading by path.
func valuesOf(r *Reading) map[string]*models.ImportValue {
	out := map[string]*models.ImportValue{}
	for _, v := range r.Values() {
		out[v.Path] = v
	}
	return out
}

// seatOf finds the path of somebody in the list.
func seatOf(t testing.TB, r *Reading, name string) string {
	t.Helper()
	for path, v := range valuesOf(r) {
		if strings.HasPrefix(path, "attendance[") && strings.HasSuffix(path, ".name") && v.Value != nil && *v.Value == name {
			return strings.TrimSuffix(path, ".name")
		}
	}
	t.Fatalf("%s is not in the list", name)
	return ""
}

func TestCorrectionsReachTheGraphAndStay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		in := seed(t)
		read, err := Read(in)
		if err != nil {
			t.Fatal(err)
		}
		seat, other := seatOf(t, read, "王勇"), seatOf(t, read, "郁颖珠")
		behind := "attendance[" + strconv.Itoa(len(read.record.Attendance)) + "]"
		in.Corrections = []*models.ImportCorrection{
			at(t, correction("meeting.place", "市行政中心"), in.Text, "太仓市"),
			correction("agendaItems[0].title", "学习一件事"),
			correction("agendaItems[1].decisions[0].outcome", "NOTED"),
			correction(seat+".name", "王永"),
			{Path: other},
			at(t, &models.ImportCorrection{Path: behind}, in.Text, "胡卫江"),
			correction(behind+".name", "周海"),
			correction(behind+".organization", "人防办"),
			{Path: "agendaItems[1].presenters[0]"},
		}
		report := imported(t, db, in)
		checkSpans(t, db, report)
		described := describe(t, db, report.Meeting)
		for _, there := range []string{"王永 | 市委宣传部", "学习一件事", "市行政中心", "周海 | 人防办"} {
			if !strings.Contains(described, there) {
				t.Errorf("%s is not in the graph", there)
			}
		}
		for _, gone := range []string{"王勇", "郁颖珠 |"} {
			if strings.Contains(described, gone) {
				t.Errorf("%s is in the graph", gone)
			}
		}
		look(t, db, func(tx *store.Tx) error {
			var fields []string
			for _, s := range all[models.SourceSpan](t, tx, "method", "HUMAN") {
				if s.Field != nil {
					fields = append(fields, *s.Field)
				}
			}
			for _, want := range []string{"place", "title", "outcome", "person", "label", "presenters", "organization"} {
				if !slices.Contains(fields, want) {
					t.Errorf("no span of method HUMAN states %s", want)
				}
			}
			return nil
		})

		last := lastChange(t, db)
		again := imported(t, db, in)
		if again.Changed() || lastChange(t, db) != last {
			t.Errorf("the same text with the same corrections changed something: %v", counts(again))
		}
		plain := seed(t)
		kept := imported(t, db, plain)
		if len(kept.Kept) < 5 {
			t.Errorf("the text without the corrections kept %d fields only", len(kept.Kept))
		}
		described = describe(t, db, report.Meeting)
		for _, there := range []string{"王永 | 市委宣传部", "学习一件事", "市行政中心", "周海 | 人防办"} {
			if !strings.Contains(described, there) {
				t.Errorf("the text without the corrections took %s back", there)
			}
		}
		in.Corrections = append(in.Corrections, correction("meeting.place", "三楼会议室"))
		imported(t, db, in)
		if described = describe(t, db, report.Meeting); !strings.Contains(described, "三楼会议室") {
			t.Error("another correction does not replace the first")
		}
	})
}

func TestCorrectionOfTheWordsOfAStretch(t *testing.T) {
	in := seed(t)
	in.Corrections = []*models.ImportCorrection{
		at(t, &models.ImportCorrection{Path: "meeting.place"}, in.Text, "胡卫江"),
		at(t, &models.ImportCorrection{Path: "agendaItems[0].text"}, in.Text, "第 8 号"),
		correction("meeting.heldOn", "2022-06-02"),
		correction("meeting.body", "昆山市人民政府"),
	}
	r, err := Read(in)
	if err != nil {
		t.Fatal(err)
	}
	v := valuesOf(r)["meeting.place"]
	if v.Value == nil || *v.Value != "胡卫江" || v.Method != models.MethodHuman || *v.End-*v.Start != 3 {
		t.Errorf("the place is %+v", v)
	}
	if r.heldOn != "2022-06-02" || r.convener.name != "昆山市人民政府" {
		t.Errorf("the meeting is of %s on %s", r.convener.name, r.heldOn)
	}
}

func TestWrongCorrections(t *testing.T) {
	in := seed(t)
	for _, c := range []*models.ImportCorrection{
		correction("", "x"), correction("nothing", "x"), correction("attendance[999].name", "x"), correction("attendance[99999999999999999999]", "x"),
		correction("attendance[0]", "x"), correction("meeting.heldOn", "yesterday"), correction("meeting.ordinal", "-1"), correction("agendaItems[0].kind", "DANCE"),
		correction("agendaItems[0].title", " "), correction("agendaItems[0].text", "x"), {Path: "meeting.place", Start: new(int)},
		{Path: "meeting.place", Start: new(int), End: new(int)}, at(t, &models.ImportCorrection{Path: "agendaItems[0].decisions[" + "0" + "].steps[50]"}, in.Text, "第 8 号"),
		correction("minutes.publication", "SECRET"),
	} {
		in.Corrections = []*models.ImportCorrection{c}
		_, err := Read(in)
		var problem *models.UserError
		if !errors.As(err, &problem) || problem.Code != models.CodeInvalid || len(problem.Path) != 3 || problem.Path[0] != "corrections" {
			t.Errorf("%s: %v", c.Path, err)
		}
	}
}
