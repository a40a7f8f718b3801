package search

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func parse(t testing.TB, text string) Query {
	t.Helper()
	q, err := Parse(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return q
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "",
		"太仓市人民政府":                "太仓市人民政府",
		"行\n\n动计划":               "行动计划",
		"第 7 次　会议":               "第 7次会议",
		"第（7）次":                  "第\n 7\n次",
		"太倉市應急管理局":               "太仓市应急管理局",
		"ＡＢＣ　Müller, Straße":     " abc muller strasse",
		"《行动计划》，原则同意。":           "行动计划\n原则同意",
		"COVID-19 疫情":            " covid 19疫情",
		"阿卜杜拉·买买提":               "阿卜杜拉买买提",
		"长府会议纪要〔2025〕2号":         "长府会议纪要\n 2025 2号",
		"①\u200b市\u200d政\ufe0f府": " 1市政府",
		"㎡":                      " m2",
		"İstanbul":               " istanbul",
		"。。！":                    "",
		"한국어 テスト":                "한국어テスト",
		"\u2f00\uf900":           "一岂",
		"行動計畫，二○二六":              "行动计划\n二〇二六",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestFoldIsStable holds that a folded form folds to itself, so that it does not matter how often that is done.
func TestFoldIsStable(t *testing.T) {
	f := folded()
	for r := range rune(0x3ffff) {
		once := Fold(string(r))
		if strings.Contains(once, "\n") {
			t.Fatalf("%q: a line feed in %q", r, once)
		}
		if twice := Fold(once); twice != once {
			t.Errorf("%U %c: %q and then %q", r, r, once, twice)
		}
		if to, ok := f.simplified[r]; ok && Fold(string(to)) != once {
			t.Errorf("%c and %c are not the same", r, to)
		}
	}
}

// holds looks for the tokens of a term as a full-text index does: one after another, the last perhaps cut short.
func holds(tokens []string, term Term) bool {
	for i := range tokens {
		if i+len(term.Tokens) > len(tokens) {
			return false
		}
		fits := true
		for j, token := range term.Tokens {
			fits = fits && (tokens[i+j] == token.Text || token.Prefix && strings.HasPrefix(tokens[i+j], token.Text))
		}
		if fits {
			return true
		}
	}
	return false
}

// TestTokensSayTheSame compares what an index of the tokens finds with what looking for the terms in the folded form
// finds, on random texts in which few characters meet often.
func TestTokensSayTheSame(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	alphabet := []rune("市市市政府局aab7 \n，。《é·の")
	text := func(length int) string {
		out := make([]rune, length)
		for i := range out {
			out[i] = alphabet[rng.IntN(len(alphabet))]
		}
		return string(out)
	}
	found := 0
	for range 200_000 {
		long, short := text(2+rng.IntN(20)), text(1+rng.IntN(5))
		form := Fold(long)
		if rng.IntN(2) == 0 {
			form = Lines(Fold(text(5)), Fold(text(5))) + form
		}
		tokens := strings.Fields(Tokens(form))
		for _, term := range parse(t, short).Terms {
			want, got := strings.Contains(form, term.Text), holds(tokens, term)
			if want != got {
				t.Fatalf("%q in %q (%q in %q): %v by the text, %v by the tokens %v for %v", short, long, term.Text, form, want, got, tokens, term.Tokens)
			}
			if want {
				found++
			}
		}
	}
	if found < 10_000 {
		t.Errorf("only %d terms were found: the test shows little", found)
	}
}

// TestTokensSuitDatabases holds what InnoDB asks of words with its settings as they come.
func TestTokensSuitDatabases(t *testing.T) {
	long := strings.Repeat("x", 500)
	for token := range strings.FieldsSeq(Tokens(Fold("的 a i the who to what about 市政府1 é " + long))) {
		if len(token) < 3 || len(token) > 84 || strings.Trim(token, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			t.Errorf("token %q", token)
		}
		if stop := "a about an are as at be by com de en for from how i in is it la of on or that the this to was what when where who will with und www"; slices.Contains(strings.Fields(stop), token) {
			t.Errorf("token %q is one that MySQL leaves out", token)
		}
	}
	if q := parse(t, long[:100]); !holds(strings.Fields(Tokens(Fold(long))), q.Terms[0]) {
		t.Error("a long word is not found by its beginning")
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "",
		"   ":                     "",
		"***":                     "",
		"((":                      "",
		"+a -":                    " a",
		"@8":                      " 8",
		"公开 -市长":                  "公开|市长",
		"公开 公开":                   "公开",
		"科技計劃":                    "科技计划",
		"第7次":                     "第 7次",
		`"open  data" Plan`:       " open data| plan",
		`"open data`:              " open data",
		"同意，会议":                   "同意|会议",
		"COVID-19":                " covid 19",
		"title:x OR y NEAR(a)":    " title x| or| y| near a",
		"\x00\xff\ufffd\u202e":    "",
		strings.Repeat("+a ", 60): " a",
	} {
		var got []string
		for _, term := range parse(t, text).Terms {
			got = append(got, term.Text)
			if len(term.Tokens) == 0 {
				t.Errorf("%q: term %q has no tokens", text, term.Text)
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("Parse(%q) = %q, want %q", text, strings.Join(got, "|"), want)
		}
	}
	for _, text := range []string{strings.Repeat("市", 201), "a b c d e f g h i j k l m n o p q"} {
		if _, err := Parse(text); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
	if _, err := Parse(strings.Repeat("市", 200)); err != nil {
		t.Error(err)
	}
}

func TestSnippets(t *testing.T) {
	text := "会议听取了市科技局关于《太倉市科技創新行\n动计划》的汇报。会议原则同意该计划，由市科技局修改完善后以市政府名义印发。各镇要狠抓落实。"
	for _, c := range []struct {
		query string
		width int
		want  string
	}{
		{"太仓市科技", 20, "…技局关于《[太倉市科技]創新行\n动计划》的汇…"},
		{"行动计划", 12, "…創新[行\n动计划]》的汇报。…"},
		{"狠抓", 8, "…各镇要[狠抓]落实。"},
		{"名义 科技局", 28, "…划，由市[科技局]修改完善后以市政府[名义]印发。各镇要狠抓落实…"},
		{"不在", 20, ""},
		{"", 20, ""},
	} {
		var got []string
		for _, s := range Snippets(text, parse(t, c.query), c.width) {
			got = append(got, marked(s))
		}
		if strings.Join(got, "/") != c.want {
			t.Errorf("%q: got %q, want %q", c.query, strings.Join(got, "/"), c.want)
		}
	}
	whole := Snippets("Müller and the 市政府", parse(t, "mull 政府"), 0)
	if len(whole) != 1 || marked(whole[0]) != "[Müll]er and the 市[政府]" {
		t.Errorf("whole: %v", whole)
	}
}

// marked shows the ranges of a snippet in brackets.
func marked(s Snippet) string {
	runes := []rune(s.Text)
	var b strings.Builder
	at := 0
	for _, r := range s.Ranges {
		b.WriteString(string(runes[at:r.Start]) + "[" + string(runes[r.Start:r.End]) + "]")
		at = r.End
	}
	return b.String() + string(runes[at:])
}

func TestReading(t *testing.T) {
	lines := Lines(Reading(strings.Fields("hu wei jiang"))...)
	for _, text := range []string{"hwj", "huweijiang", "hu weijiang", "hu wei jiang", "Hú Wěijiāng", "weijiang", "huwj", "HWJ", "hw"} {
		if !parse(t, text).Fits(lines) {
			t.Errorf("%q is not found in %q", text, lines)
		}
	}
	for _, text := range []string{"wj", "huwang", "uwei"} {
		if parse(t, text).Fits(lines) {
			t.Errorf("%q is found in %q", text, lines)
		}
	}
	lines = Lines(Reading([]string{"lv", "bu"})...)
	for _, text := range []string{"lvbu", "lubu", "Lǚ Bù", "lyubu", "lb"} {
		if !parse(t, text).Fits(lines) {
			t.Errorf("%q is not found in %q", text, lines)
		}
	}
	if Reading([]string{"a1"}) != nil || Reading(nil) != nil {
		t.Error("what is no reading has one")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"*", `"`, "((", "~", "@8", "+a -", "***", "+(a", "__", "公开 -市长", "第7次", `"a b`, "\xff\x00", "ẞİ㎡ﷺ", "\U0002f800x"} {
		f.Add(s, "会议审议了《太仓市行动计划》，第 7 次 open-data")
	}
	f.Fuzz(func(t *testing.T, typed, text string) {
		q, err := Parse(typed)
		if err != nil {
			return
		}
		form := Fold(text)
		tokens := strings.Fields(Tokens(form))
		for _, term := range q.Terms {
			for _, token := range term.Tokens {
				if strings.Trim(token.Text, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" || len(token.Text) < 3 {
					t.Fatalf("%q: token %q", typed, token.Text)
				}
			}
			if strings.Contains(form, term.Text) && !holds(tokens, term) {
				t.Fatalf("%q: %q is in %q and its tokens %v are not in %v", typed, term.Text, form, term.Tokens, tokens)
			}
		}
		snippets := Snippets(text, q, 10)
		if q.Fits(form) != (len(snippets) > 0) && len(q.Terms) == 1 {
			t.Fatalf("%q in %q: fits %v, %d snippets", typed, text, q.Fits(form), len(snippets))
		}
		for _, s := range append(snippets, Snippets(text, q, 0)...) {
			last := 0
			for _, r := range s.Ranges {
				if r.Start < last || r.End <= r.Start || r.End > utf8.RuneCountInString(s.Text) {
					t.Fatalf("%q in %q: ranges %v of %q", typed, text, s.Ranges, s.Text)
				}
				last = r.End + 1
			}
		}
	})
}

func BenchmarkFoldTokens(b *testing.B) {
	text := strings.Repeat("会议听取并审议了市水务局关于《云湖市城市防洪排涝能力提升三年行动方案（2026—2028年）》起草情况的汇报。", 4)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Tokens(Fold(text))
	}
}
