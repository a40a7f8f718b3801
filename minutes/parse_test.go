package minutes

import (
	"encoding/json"
	"flag"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the golden files anew; read the difference before committing it")

func texts(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts in testdata:", err)
	}
	all := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(f), ".txt")] = string(b)
	}
	return all
}

// TestGolden compares what is read in each text of testdata with what was written down for it.
func TestGolden(t *testing.T) {
	for name, text := range texts(t) {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			e.SetIndent("", " ")
			if err := e.Encode(Parse(text)); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatalf("%v: run go test -update, then check the file by hand", err)
			}
			if b.String() != string(want) {
				t.Errorf("differs from %s at line %d; see go test -update and git diff", golden, firstDifference(b.String(), string(want)))
			}
		})
	}
}

func firstDifference(a, b string) int {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range x {
		if i >= len(y) || x[i] != y[i] {
			return i + 1
		}
	}
	return len(x) + 1
}

// TestSpansHoldTheirValues checks the property that every stated fact stands in the text where its span says.
func TestSpansHoldTheirValues(t *testing.T) {
	for name, text := range texts(t) {
		t.Run(name, func(t *testing.T) {
			checkSpans(t, text, Parse(text), true)
		})
	}
}

// TestNoMinutes checks texts that are no minutes: nothing is read into them, and a warning says so.
func TestNoMinutes(t *testing.T) {
	for _, text := range []string{"", " \n\t", "hello world", "今天天气很好。\n我们去公园。", "\xff\xfe\x00", "，。；：", "《《《《", "一、\n二、\n三、"} {
		rec := Parse(text)
		if len(rec.Attendance) > 0 || rec.Meeting.HeldOn != nil || rec.Meeting.Chair != nil {
			t.Errorf("%q: read %+v", text, rec)
		}
		if len(rec.Warnings) == 0 {
			t.Errorf("%q: no warning", text)
		}
		if rec.AgendaItems == nil || rec.Attendance == nil || rec.Distribution == nil || rec.Warnings == nil {
			t.Errorf("%q: a list is nil", text)
		}
	}
}

// checkSpans reports spans that lie outside the text, are out of order or, where strict, do not hold their value.
func checkSpans(t testing.TB, text string, rec Record, strict bool) {
	t.Helper()
	src := []rune(text)
	check := func(what string, s Span, values ...string) {
		t.Helper()
		if s.Start < 0 || s.End > len(src) || s.Start >= s.End {
			t.Errorf("%s: span %v of a text of %d characters", what, s, len(src))
			return
		}
		piece := squeeze(string(src[s.Start:s.End]))
		for _, v := range values {
			parted := strings.HasPrefix(what, "attendance") && inOrder(squeeze(v), piece) && len([]rune(piece)) < 14 // 余人事管理員孟真
			if strict && !parted && !strings.Contains(piece, squeeze(v)) {
				t.Errorf("%s: span %v holds %q, not %q", what, s, piece, v)
			}
		}
	}
	for field, s := range rec.Meeting.Spans {
		check("meeting."+field, s)
	}
	for field, s := range rec.Minutes.Spans {
		check("minutes."+field, s)
	}
	if c := rec.Meeting.Chair; c != nil {
		check("attendance of the chair", c.Span, c.Name, text0(c.Title))
	}
	last := -1
	for _, item := range rec.AgendaItems {
		check("item", item.Span, item.Title)
		if item.Span.Start < last {
			t.Errorf("item %d stands before the one above it", item.Position)
		}
		last = item.Span.Start
		for _, p := range item.Presenters {
			check("presenter", p.Span, text0(p.Organization), text0(p.Person), text0(p.Role))
		}
		for _, d := range item.Documents {
			check("document", d.Span, d.Title)
		}
		for _, d := range item.Decisions {
			check("decision", d.Span, d.Text)
			for _, s := range d.Steps {
				check("step", s.Span, append(append([]string{text0(s.Target)}, s.Actors...), s.InNameOf...)...)
			}
		}
		for _, d := range item.Directives {
			check("directive", d.Span, d.Text)
		}
	}
	for _, a := range rec.Attendance {
		if a.Name != nil {
			check("attendance", a.Span, *a.Name)
		} else {
			check("attendance", a.Span, text0(a.Organization))
		}
	}
	for _, d := range rec.Distribution {
		check("distribution", d.Span, d.Name)
	}
	for _, w := range rec.Warnings {
		if w.Span.Start < 0 || w.Span.End > len(src) || w.Span.Start > w.Span.End {
			t.Errorf("warning %s: span %v", w.Code, w.Span)
		}
	}
}

func text0(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// squeeze takes off white space and page marks, as values are compared.
func squeeze(s string) string {
	var b strings.Builder
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); strings.Trim(l, "—–- 0123456789") == "" && strings.ContainsAny(l, "—–-") {
			continue
		}
		for _, r := range l {
			if !isBlank(r) {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// FuzzParse checks that no text makes Parse panic or answer a span outside it.
func FuzzParse(f *testing.F) {
	for _, text := range texts(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || len(text) > 1<<16 {
			return
		}
		checkSpans(t, text, Parse(text), false)
	})
}

// hostile are texts that a scan which looks back or ahead without a bound would read in quadratic time.
func hostile(n int) map[string]string {
	repeat := func(s string) string { return strings.Repeat(s, n/len(s)+1) }
	opening := "2022年6月1日，市长王五主持召开市政府第7次常务会议，纪要如下：\n一、审议《甲办法》\n"
	return map[string]string{
		"one sentence":    opening + "会议强调，" + repeat("要做好工作"),
		"clauses":         opening + "会议强调，" + repeat("各单位要，由市财政局，"),
		"open brackets":   opening + repeat("《（"),
		"joined bodies":   opening + "出席：" + repeat("市财政局和"),
		"blank names":     opening + "出席：" + repeat("王 五 "),
		"items":           opening + repeat("二、听取甲情况汇报\n会议原则同意，由市财政局修改完善，以市政府名义印发。\n"),
		"one paragraph":   opening + repeat("会议听取了甲情况汇报。会议强调，各单位要落实。"),
		"titles":          opening + "会议审议了" + repeat("《甲乙丙丁办法》"),
		"numerals":        opening + repeat("一二三四五六七八九十"),
		"marks":           opening + "会议要求，" + repeat("（一）要一是二要1.①"),
		"short lines":     opening + "列席：" + repeat("王\n五\n"),
		"addressees":      opening + "主送：" + repeat("各镇人民政府，"),
		"steps":           opening + "会议原则同意甲，" + repeat("由市财政局牵头，经副市长李四审核后，提交市委常委会审议，"),
		"government":      repeat("人民政府"),
		"nothing but one": repeat("会"),
		"commas":          repeat("，"),
		"latin":           repeat("a b c 1. "),
	}
}

func BenchmarkParse(b *testing.B) {
	all := texts(b)
	var one strings.Builder
	for one.Len() < 10<<20 {
		one.WriteString(all["00-taicang-2022-08"])
	}
	b.Run("seed", func(b *testing.B) {
		b.SetBytes(int64(len(all["00-taicang-2022-08"])))
		for b.Loop() {
			Parse(all["00-taicang-2022-08"])
		}
	})
	b.Run("10MB", func(b *testing.B) {
		b.SetBytes(int64(one.Len()))
		b.ReportAllocs()
		for b.Loop() {
			Parse(one.String())
		}
	})
}

// BenchmarkWorst reads 10 MB of lines that cost the most: nothing but headings, verdicts, reports, lists of people.
func BenchmarkWorst(b *testing.B) {
	for _, line := range []string{"一、审议\n", "一、审议《关于加强城市管理的若干意见》\n", "（一）会议同意。\n", "会议听取了汇报。", "出席：张三、李四、王五\n"} {
		text := strings.Repeat(line, (10<<20)/len(line))
		b.Run(strings.TrimSpace(line), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Parse(text)
			}
		})
	}
}

// TestBounds reads more matters and people than any meeting has: what is left out is told.
func TestBounds(t *testing.T) {
	items := Parse(strings.Repeat("一、审议《关于加强城市管理的若干意见》\n", mostItems+5))
	if n := len(items.AgendaItems); n != mostItems || !warned(items, "TOO_MANY_ITEMS") {
		t.Errorf("%d items, warnings %v", n, items.Warnings)
	}
	var list strings.Builder
	surnames, given := "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高", "明华建国文军平志伟强永海波涛峰勇杰斌辉鹏晓春玉兰英秀芳娟敏静丽艳红梅霞"
	for _, a := range given {
		for _, b := range given {
			list.WriteString("出席：")
			for _, s := range surnames {
				list.WriteString(string([]rune{s, a, b}) + "、")
			}
			list.WriteString("王五\n")
		}
	}
	people := Parse(list.String())
	if n := len(people.Attendance); n < mostPeople/2 || n > mostPeople+1 || !warned(people, "TOO_MANY_PEOPLE") {
		t.Errorf("%d people, %d warnings", n, len(people.Warnings))
	}
}

func warned(r Record, kind string) bool {
	return slices.ContainsFunc(r.Warnings, func(w Warning) bool { return w.Code == kind })
}

// TestMutated cuts and splices the texts of testdata at random (with a fixed seed) and checks what FuzzParse checks.
func TestMutated(t *testing.T) {
	var all [][]rune
	for _, name := range slices.Sorted(maps.Keys(texts(t))) {
		all = append(all, []rune(texts(t)[name]))
	}
	rng := rand.New(rand.NewPCG(1, 2))
	piece := func(s []rune) []rune {
		a := rng.IntN(len(s))
		return s[a:min(len(s), a+rng.IntN(40))]
	}
	for range 1500 {
		s := slices.Clone(all[rng.IntN(len(all))])
		for range 1 + rng.IntN(30) {
			a := rng.IntN(len(s))
			b := min(len(s), a+rng.IntN(40))
			s = slices.Concat(s[:a], piece(all[rng.IntN(len(all))]), s[b:])
			if len(s) == 0 {
				s = []rune("会议")
			}
		}
		checkSpans(t, string(s), Parse(string(s)), false)
		if t.Failed() {
			t.Fatalf("in the text:\n%s", string(s))
		}
	}
}

// TestUnprinted checks what importers read of the seed and the JSON form leaves out.
func TestUnprinted(t *testing.T) {
	text := texts(t)["00-taicang-2022-08"]
	items := Parse(text).AgendaItems
	if len(items) != 9 {
		t.Fatalf("%d items, wanted 9", len(items))
	}
	src := []rune(text)
	for i, want := range []struct{ number, short, role string }{
		{"一、", "行动计划", "UNDER_REVIEW"}, {"二、", "实施方案", "UNDER_REVIEW"}, {"三、", "方案", "UNDER_REVIEW"}, {"四、", "行动计划", "UNDER_REVIEW"},
		{"五、", "工作要点", "UNDER_REVIEW"}, {"六、", "", ""}, {"七、", "专项规划", "UNDER_REVIEW"}, {"八、", "", ""}, {"九、", "规定", "STUDIED"},
	} {
		item := items[i]
		if item.Number != want.number {
			t.Errorf("item %d: number %q, wanted %q", i+1, item.Number, want.number)
		}
		if body := string(src[item.Body.Start:item.Body.End]); !strings.HasPrefix(body, "会议") {
			t.Errorf("item %d: body begins %.20q", i+1, body)
		}
		if want.role == "" {
			continue
		}
		if d := item.Documents[0]; d.ShortTitle != want.short || d.Role != want.role {
			t.Errorf("item %d: short title %q, role %q, wanted %q, %q", i+1, d.ShortTitle, d.Role, want.short, want.role)
		}
	}
	if d := items[4].Documents[1]; d.ShortTitle != "管理办法" {
		t.Errorf("item 5: the second short title is %q", d.ShortTitle)
	}
}
