package ingest

import (
	"errors"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/minutes"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

func TestConvenerOf(t *testing.T) {
	title := "区委副书记、区长"
	for _, test := range []struct {
		body, text, given, document string
		want                        string // the name, or "" for a question
		places                      string
	}{
		{"太仓市人民政府", "", "", "", "太仓市人民政府", "太仓市"},
		{"望江区人民政府", "望江区人民政府会议纪要\n主办：云湖市望江区人民政府", "", "", "望江区人民政府", "云湖市望江区"},
		{"区政府", "主办：长宁区人民政府", "", "", "长宁区人民政府", "长宁区"},
		{"市政府党组", "中共云湖市人民政府党组会议纪要", "", "", "云湖市人民政府党组", "云湖市"},
		{"区政府", "", "", "长宁区打造特色入境游目的地行动方案", "长宁区人民政府", "长宁区"},
		{"区政府", "戴斌在会议室主持召开了区政府第1次常务会议", "", "", "", ""},
		{"区政府", "长宁区人民政府和\n静安区人民政府", "", "", "", ""},
		{"区政府", "", "长宁区人民政府", "", "长宁区人民政府", "长宁区"},
		{"局党组", "", "", "", "", ""},
		{"", "", "", "", "", ""},
		{"立法院", "", "", "", "立法院", ""},
		{strings.Repeat("长", 300), "", "", "", "", ""},
		{"××县人民政府", "", "", "", "", ""},
		{"××县人民政府", "", "沙河县人民政府", "", "沙河县人民政府", "沙河县"},
	} {
		record := &minutes.Record{Meeting: minutes.Meeting{Body: test.body, Chair: &minutes.Chair{Title: &title}}}
		if test.document != "" {
			record.AgendaItems = []minutes.AgendaItem{{Documents: []minutes.DocumentRef{{Title: test.document}}}}
		}
		got, err := convenerOf(record, text([]rune(test.text)), test.given)
		switch {
		case test.want == "" && !errors.Is(err, errNoBody):
			t.Errorf("%q: %q and %v, want a question", test.body, got.name, err)
		case test.want != "" && (err != nil || got.name != test.want || strings.Join(got.places, "") != test.places):
			t.Errorf("%q: %q of %v and %v, want %q of %s", test.body, got.name, got.places, err, test.want, test.places)
		}
	}
}

func TestImportWithoutDayOrBody(t *testing.T) {
	undated := replaced(t, sample(t, seedFile), "2022 年 6 月 1 日上午，", "", "2022 年 6 月 9 日", "", "2022年6月2日", "")
	nameless := "县长李明主持召开会议，纪要如下：\n一、会议听取了财政工作情况汇报。\n二、会议研究了防汛工作。\n"
	for _, test := range []struct {
		in   Input
		code Code
	}{
		{Input{Text: "今天天气很好。"}, NoMinutes},
		{Input{Text: ""}, NoMinutes},
		{Input{Text: "\xff\xfe"}, NoMinutes},
		{Input{Text: undated}, NoDay},
		{Input{Text: undated, HeldOn: "2022-06-01"}, ""},
		{Input{Text: nameless}, NoDayBody},
		{Input{Text: nameless, HeldOn: "2022-06-01"}, NoBody},
		{Input{Text: nameless, HeldOn: "2022-06-01", Body: "沙河县人民政府"}, ""},
	} {
		_, err := Read(test.in)
		var reason *Error
		if errors.As(err, &reason); (reason == nil) != (test.code == "") || reason != nil && reason.Code != test.code {
			t.Errorf("%.20q: %v, want %s", test.in.Text, err, test.code)
		}
	}
}

// The samples tell of one city with a district and a county; who is in several of them is one person.
func TestImportSamplesConnect(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		first := imported(t, db, Input{Name: "18", Text: sample(t, "yunhu-changwu-2026-18.txt")})
		second := imported(t, db, Input{Name: "21", Text: sample(t, "yunhu-changwu-2026-21.txt")})
		if first.Meeting == second.Meeting {
			t.Fatal("two meetings are one")
		}
		if got := counts(second)[models.TypePerson]; got[0] != 1 || got[2] != 27 {
			t.Errorf("people of the second meeting: %v; want one new, the recorder, and 27 known", got)
		}
		if questions := second.Questions(); len(questions) > 0 {
			t.Errorf("a question about %s", questions[0].Key)
		}
		if got := counts(second)[models.TypeDocument]; got[2] != 2 {
			t.Errorf("documents of the second meeting: %v; want two that were before the first", got)
		}
	})
}
