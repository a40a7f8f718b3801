package resolvers

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// hostile are strings that mean something to a full-text index, to LIKE or to SQL, and others that people type by mistake.
var hostile = []string{
	"", " ", "+", "-", "*", "~", "@", "<", ">", "(", ")", "((", "))", `"`, `""`, `"""`, "'", "''", "`", `\`, `\\`, "%", "_", "%%", "%_%", ";", "--", "/*", "*/", "#",
	"a@b", "@8", "@@", "+a -", "-a", "+a +", "a*", "*a", "a**", "~a", "<a >b", "(a", "a)", "(a b) c", `"a`, `a"`, `"a b" c`, "a-b", "a+b", "+会 -议", "会*", "(会议", "会议)", "@会", `"会议`,
	"会议 NEAR 审议", "NEAR(会议 审议)", "会议 AND", "OR", "NOT 会议", "AND OR NOT", "title:会议", "{会议}", "[会议]", "^会议", "会议^2", "会议~1", "rowid:1", "tokens:x",
	"' OR 1=1 --", "'; DROP TABLE meetings; --", "1) UNION SELECT password_hash FROM accounts --", "${7*7}", "{{7*7}}", "<script>alert(1)</script>", "\x00", "a\x00b", "\x1a", "\u200b", "\u202e会议",
	"\ufeff会议", "\U0001F600", "\U0001F468\u200d\U0001F469", "e\u0301", "\ufffd", "会\n议", "会\t议", "　会议　", "ｈｕｉ", "㍿", "ﬁ", "İ", "ß", "\U00020000\U0002A6D6", "xx", "zz", "zzabc", "x1234", "_", "__",
	strings.Repeat("*", 200), strings.Repeat("(", 200), strings.Repeat(`"`, 199), strings.Repeat("a", 200), strings.Repeat("会", 200), strings.Repeat("a ", 16),
}

// TestEveryStringIsASearch types hostile and random strings into the search and into the comparisons of filters: each has an
// answer, on both databases.
func TestEveryStringIsASearch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		_, schema := schemas(sampled(t, database, store.Options{}))
		rng := rand.New(rand.NewPCG(31, 32))
		pieces := append([]string{"会", "议", "会议", "审议", "a", "ab", "8", "hu", " ", "　", "，"}, hostile[:60]...)
		texts := hostile
		for range 300 {
			var b strings.Builder
			for range 1 + rng.IntN(8) {
				b.WriteString(pieces[rng.IntN(len(pieces))])
			}
			texts = append(texts, b.String())
		}
		const query = `query ($text: String!) {
			search(query: $text, first: 3) { totalCount groups(by: [TYPE]) { count } nodes { score snippets { text ranges { start end } } } }
			meetings(filter: {title: {matches: $text}}) { totalCount }
			people(filter: {or: [{name: {contains: $text}}, {name: {startsWith: $text}}]}) { totalCount }
		}`
		found := 0
		for _, text := range texts {
			response := ask(t, schema, readers[1], query, map[string]any{"text": text})
			if len(response.Errors) > 0 && !strings.Contains(fmt.Sprint(response.Errors), "at most") { // of words
				t.Errorf("%q: %v", text, response.Errors)
			}
			var answer struct{ Search struct{ TotalCount int } }
			if json.Unmarshal(response.Data, &answer) == nil && answer.Search.TotalCount > 0 {
				found++
			}
		}
		if found < 50 {
			t.Errorf("%d of %d strings found something: the test shows little", found, len(texts))
		}
	})
}
