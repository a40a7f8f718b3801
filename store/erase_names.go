package store

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/minutebook/minutebook/models"
)

// erasedMark stands for one character of a name that was erased.
const erasedMark = '■'

// nameMatcher finds names in texts: also such as are spread out (王　芳) or broken by a line, in capitals or small letters.
// Names of others that begin, end or lie around one of them are found as well and stay.
type nameMatcher struct {
	pattern *regexp.Regexp
	names   map[string]bool // folded
	likes   []string        // for LIKE: the characters of each name in their order
}

func newNameMatcher(names, others []string) *nameMatcher {
	m := &nameMatcher{names: map[string]bool{}}
	for _, name := range names {
		m.names[Fold(name)] = true
		var like strings.Builder
		like.WriteByte('%')
		for _, r := range strings.ToLower(name) {
			if !unicode.IsSpace(r) {
				like.WriteString(likely(r) + "%")
			}
		}
		m.likes = append(m.likes, like.String())
	}
	all := slices.Concat(others, names)
	slices.SortStableFunc(all, func(a, b string) int { return len([]rune(b)) - len([]rune(a)) })
	patterns := make([]string, len(all))
	for i, name := range all {
		patterns[i] = spread(name)
	}
	m.pattern = regexp.MustCompile("(?i)(?:" + strings.Join(patterns, "|") + ")")
	return m
}

// likely writes a character for LIKE with the escape character !.
func likely(r rune) string {
	if strings.ContainsRune("%_!", r) {
		return "!" + string(r)
	}
	return string(r)
}

// spread is a pattern of a name. White space may stand between characters, except within a word of letters.
func spread(name string) string {
	runes := []rune(strings.Join(strings.Fields(name), " "))
	var b strings.Builder
	for i, r := range runes {
		switch {
		case r == ' ':
			b.WriteString(`[\s\p{Zs}]+`)
			continue
		case i > 0 && runes[i-1] != ' ' && (!wordy(r) || !wordy(runes[i-1])):
			b.WriteString(`[\s\p{Zs}]{0,4}`)
		}
		b.WriteString(regexp.QuoteMeta(string(r)))
	}
	return b.String()
}

// wordy reports whether a character makes words with its neighbours, as those of Chinese do not.
func wordy(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// stretch is a stretch of a text in code points.
type stretch struct{ start, end int }

func (s stretch) within(all []stretch) bool {
	return slices.ContainsFunc(all, func(o stretch) bool { return o.start <= s.start && s.end <= o.end })
}

// find returns where the names stand in a text, in bytes.
func (m *nameMatcher) find(text string) [][]int {
	return slices.DeleteFunc(m.pattern.FindAllStringIndex(text, -1), func(at []int) bool {
		found := text[at[0]:at[1]]
		return joined(text[:at[0]], found) || joined(found, text[at[1]:]) || !m.names[Fold(found)]
	})
}

// joined reports whether a word goes on from one text to the next.
func joined(text, next string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	first, _ := utf8.DecodeRuneInString(next)
	return wordy(last) && wordy(first)
}

// stretches returns where the names stand in a text.
func (m *nameMatcher) stretches(text string) []stretch {
	var out []stretch
	runes, bytes := 0, 0
	for _, at := range m.find(text) {
		start := runes + utf8.RuneCountInString(text[bytes:at[0]])
		runes = start + utf8.RuneCountInString(text[at[0]:at[1]])
		bytes = at[1]
		out = append(out, stretch{start, runes})
	}
	return out
}

// marks says for each time the names stand in a text whether it means the person.
type marks []bool

func (m marks) number() int {
	n := 0
	for _, mine := range m {
		if mine {
			n++
		}
	}
	return n
}

// fits applies what is known of one text to another one, such as an earlier version: one by one where the names stand there
// as often, and all where all were the person's. Otherwise nothing is known.
func (m marks) fits(n int) marks {
	if len(m) == n {
		return m
	}
	if len(m) > 0 && m.number() == len(m) {
		return every(n)
	}
	return make(marks, n)
}

func every(n int) marks {
	out := make(marks, n)
	for i := range out {
		out[i] = true
	}
	return out
}

// mask covers the names that are marked, character by character; white space within them stays.
func (m *nameMatcher) mask(text string, mine marks) string {
	var b strings.Builder
	at := 0
	for i, found := range m.find(text) {
		if i < len(mine) && mine[i] {
			b.WriteString(text[at:found[0]])
			b.WriteString(covered(text[found[0]:found[1]]))
			at = found[1]
		}
	}
	return b.String() + text[at:]
}

// covered is a text of as many characters that says nothing.
func covered(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return r
		}
		return erasedMark
	}, text)
}

// jsonStrings finds the strings of a text of JSON, and those that are the value of a key.
var (
	jsonStrings = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	nameValues  = regexp.MustCompile(`("(?:text|value)":)("(?:[^"\\]|\\.)*")`)
)

// maskJSON covers names in the strings of a text of JSON, which keeps its form. It returns how often they stand there and how
// many of these were covered; which is asked for the marks of a text with so many of them.
func (m *nameMatcher) maskJSON(text string, which func(n int) marks) (out string, found, done int) {
	for _, raw := range jsonStrings.FindAllString(text, -1) {
		found += len(m.find(unquoted(raw)))
	}
	mine, next := which(found), 0
	done = mine.number()
	return jsonStrings.ReplaceAllStringFunc(text, func(raw string) string {
		plain := unquoted(raw)
		n := len(m.find(plain))
		some := mine[next : next+n]
		next += n
		if some.number() == 0 {
			return raw
		}
		return jsonOf(m.mask(plain, some))
	}), found, done
}

func unquoted(raw string) string {
	var plain string
	_ = json.Unmarshal([]byte(raw), &plain) // what is no string says nothing
	return plain
}

// forms collects the names to look for: those the person has and had, and those that the operator adds.
func (e *eraser) forms() error {
	all := []string{e.subject.Name}
	for id := range e.self {
		parts, err := e.tx.readParts(namesField, id)
		if err != nil {
			return err
		}
		for _, p := range parts[id] {
			all = append(all, p.row.(*models.Name).Text)
		}
		former, err := e.former(id)
		if err != nil {
			return err
		}
		all = append(all, former...)
	}
	seen := map[string]bool{"": true}
	for _, name := range append(all, e.what.Names...) {
		name = strings.TrimSpace(name)
		switch key := Fold(name); {
		case seen[key] || strings.Trim(key, string(erasedMark)) == "":
		case len([]rune(key)) == 1:
			e.tooShort = append(e.tooShort, name)
		default:
			seen[key] = true
			e.names = append(e.names, name)
		}
	}
	if len(e.names) == 0 {
		return refused("there is no name left to look for: the person has been erased, or has a name of one character")
	}
	return nil
}

// former returns the names that the log says a record had.
func (e *eraser) former(id models.ID) ([]string, error) {
	rows, err := e.tx.find(&Schema.Changes.typing, nil, "sequence", "record_id = ?", id)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, row := range rows {
		fields, err := fieldsOf(row.(*models.Change))
		if err != nil {
			return nil, err
		}
		for _, f := range fields {
			for _, value := range []*string{f.Before, f.After} {
				switch {
				case value == nil:
				case f.Field == "name":
					names = append(names, unquoted(*value))
				case f.Field == "names":
					for _, found := range nameValues.FindAllStringSubmatch(*value, -1) {
						names = append(names, unquoted(found[2]))
					}
				}
			}
		}
	}
	return names, nil
}

// others finds the people who bear one of the names, and the names of others that hold one of them.
func (e *eraser) others() error {
	e.namesakes = map[models.ID]bool{}
	e.matcher = newNameMatcher(e.names, nil)
	var longer []string
	look := func(query string) error {
		like, args := e.like("t.text")
		return e.tx.each(fmt.Sprintf(query, like), args, func(scan func(...any) error) error {
			var id models.ID
			var name string
			err := scan(&id, &name)
			switch {
			case e.self[id]:
			case e.matcher.names[Fold(name)]:
				e.namesakes[id] = true
			default:
				longer = append(longer, name)
			}
			return err
		})
	}
	if err := look("SELECT id, text FROM (SELECT id, name AS text FROM people) t WHERE %s"); err != nil {
		return err
	}
	if err := look("SELECT t.owner_id, t.text FROM names t JOIN people p ON p.id = t.owner_id WHERE %s"); err != nil {
		return err
	}
	e.matcher = newNameMatcher(e.names, longer)
	if e.what.Everywhere && len(e.namesakes) > 0 {
		return refused("%d others bear the name: not every text can mean this person; name the records that do", len(e.namesakes))
	}
	if e.what.Reason != "" && len(e.matcher.find(e.what.Reason)) > 0 {
		return refused("the reason holds the name, and would keep it in the log")
	}
	return nil
}

// like is a condition that holds where a column may hold one of the names.
func (e *eraser) like(columns ...string) (string, []any) {
	var conditions []string
	var args []any
	for _, column := range columns {
		for _, like := range e.matcher.likes {
			conditions = append(conditions, "LOWER("+column+") LIKE ? ESCAPE '!'")
			args = append(args, like)
		}
	}
	return "(" + strings.Join(conditions, " OR ") + ")", args
}

// likePlain writes a text for LIKE with the escape character !.
func likePlain(text string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteString(likely(r))
	}
	return b.String()
}
