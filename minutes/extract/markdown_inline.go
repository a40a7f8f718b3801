package extract

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plainInline takes the marks within a paragraph: emphasis, code, links, pictures, tags, escapes, entities. One
// pass writes the text and notes which of the bytes written may prove to be marks; those that find their partner
// are dropped at the end. So the time is linear whatever the paragraph; the notes are small, for a paragraph that
// is longer than any real one is read in pieces.
func plainInline(text string) string {
	if !strings.ContainsAny(text, "*_`[]<&\\~") {
		return text
	}
	var out strings.Builder
	for text != "" {
		end := min(len(text), mostInline)
		for end < len(text) && !utf8.RuneStart(text[end]) {
			end++
		}
		s := &inlineScan{in: text[:end]}
		for s.at < end {
			s.step()
		}
		s.pairEmphasis()
		out.WriteString(html.UnescapeString(s.result()))
		text = text[end:]
	}
	return out.String()
}

const mostInline = 64 << 10

type inlineScan struct {
	in       string
	at       int
	out      []byte
	dropped  []stretch
	brackets []int // where an open [ stands in out
	runs     []markRun
	ends     map[string]int // where an end of a mark was last found in the input
}

type stretch struct{ from, to int }

// markRun is a row of * or _ or ~ in out.
type markRun struct {
	char        byte
	at, left    int // left is how many are not yet paired; those dropped by an opener are at its end
	opens, ends bool
	used        int // dropped from its start, as an ender
}

func (s *inlineScan) step() {
	rest := s.in[s.at:]
	switch c := rest[0]; c {
	case '\\':
		if len(rest) > 1 && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", rest[1]) >= 0 {
			s.escaped(rest[1])
			return
		}
		s.copy(1)
	case '`':
		s.code(rest)
	case '!':
		if len(rest) > 1 && rest[1] == '[' {
			s.at++
			return
		}
		s.copy(1)
	case '[':
		s.brackets = append(s.brackets, len(s.out))
		s.copy(1)
	case ']':
		s.closeBracket(rest)
	case '<':
		s.tag(rest)
	case '*', '_', '~':
		s.marks(rest, c)
	default:
		next := strings.IndexAny(rest[1:], "*_`[]<\\~!")
		if next < 0 {
			next = len(rest) - 1
		}
		s.copy(next + 1)
	}
}

func (s *inlineScan) copy(n int) {
	s.out = append(s.out, s.in[s.at:s.at+n]...)
	s.at += n
}

// escaped writes a character that is no mark; & as an entity, for entities are undone at the end.
func (s *inlineScan) escaped(c byte) {
	if c == '&' {
		s.out = append(s.out, "&amp;"...)
	} else {
		s.out = append(s.out, c)
	}
	s.at += 2
}

// most is how far the end of a mark is looked for.
const most = 2000

// find gives where in the input, from the place reached, an end of a mark stands, or a place behind the input. It
// looks at no byte twice, so that marks without end cost no more than others.
func (s *inlineScan) find(end string) int {
	if s.ends == nil {
		s.ends = map[string]int{}
	}
	at, known := s.ends[end]
	if !known || at < s.at {
		if i := strings.Index(s.in[s.at:], end); i >= 0 {
			at = s.at + i
		} else {
			at = len(s.in) + 1
		}
		s.ends[end] = at
	}
	return at
}

func (s *inlineScan) code(rest string) {
	ticks := len(rest) - len(strings.TrimLeft(rest, "`"))
	ticks = min(ticks, most)
	within := rest[ticks:min(len(rest), ticks+most)]
	if end := strings.Index(within, rest[:ticks]); end >= 0 && ticks < 10 {
		s.out = append(s.out, strings.ReplaceAll(strings.TrimSpace(within[:end]), "&", "&amp;")...)
		s.at += ticks + end + ticks
		return
	}
	s.copy(ticks)
}

// closeBracket makes [words](target) and [words][reference] into words.
func (s *inlineScan) closeBracket(rest string) {
	if len(s.brackets) == 0 {
		s.copy(1)
		return
	}
	open := s.brackets[len(s.brackets)-1]
	s.brackets = s.brackets[:len(s.brackets)-1]
	target := linkTarget(rest[1:])
	if target == 0 {
		s.copy(1)
		return
	}
	s.dropped = append(s.dropped, stretch{open, open + 1})
	s.at += 1 + target
}

// linkTarget gives the length of the (target) at the start of a text, 0 where there is none.
func linkTarget(rest string) int {
	if rest == "" || rest[0] != '(' {
		return 0
	}
	depth := 0
	for i := 0; i < len(rest) && i < most && depth <= 32; i++ { // CommonMark's own limit of depth
		switch rest[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		case '\\':
			i++
		}
	}
	return 0
}

// tag drops HTML, but keeps the lines and cells it makes, and the address of <https://…>.
func (s *inlineScan) tag(rest string) {
	if strings.HasPrefix(rest, "<!--") {
		if end := s.find("-->"); end < len(s.in) {
			s.at = end + 3
			return
		}
	}
	end := s.find(">") - s.at
	if end < 2 || end > min(len(rest), most) || (!isLetter(rest[1]) && (rest[1] != '/' || !isLetter(rest[2]))) {
		s.copy(1)
		return
	}
	inner := rest[1:end]
	s.at += end + 1
	if strings.Contains(inner, "://") && !strings.ContainsAny(inner, " \t\n\"'") || !strings.ContainsAny(inner, " /\n") && strings.Contains(inner, "@") {
		s.out = append(s.out, inner...)
		return
	}
	name := strings.ToLower(inner)
	if i := strings.IndexAny(name[1:], " \t\n/"); i >= 0 {
		name = name[:i+1]
	}
	switch name {
	case "br", "/tr", "/p", "/div", "/li", "/table", "/h1", "/h2", "/h3":
		s.out = append(s.out, '\n')
	case "/td", "/th":
		s.out = append(s.out, '\t')
	}
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// marks notes a row of * _ or ~, by the rules of CommonMark but for punctuation, which in Chinese text stands at the
// edge of what is emphasised (**《办法》**由): a row opens also before an opening bracket or quotation mark, and ends
// after any. It does not open before other punctuation: names are masked as in 张**、李**.
func (s *inlineScan) marks(rest string, c byte) {
	n := len(rest) - len(strings.TrimLeft(rest, string(c)))
	before, _ := utf8.DecodeLastRuneInString(s.in[:s.at])
	after, _ := utf8.DecodeRuneInString(rest[n:])
	run := markRun{char: c, at: len(s.out), left: n}
	run.opens = s.at+n < len(s.in) && !unicode.IsSpace(after) &&
		(!letter(before) || !unicode.IsPunct(after) || unicode.In(after, unicode.Ps, unicode.Pi))
	run.ends = s.at > 0 && !unicode.IsSpace(before)
	switch {
	case c == '_':
		run.opens, run.ends = run.opens && !letter(before), run.ends && !letter(after)
	case before < utf8.RuneSelf && after < utf8.RuneSelf && letter(before) && letter(after): // 3*4
		run.opens, run.ends = false, false
	}
	if c != '~' || n == 2 {
		s.runs = append(s.runs, run)
	}
	s.copy(n)
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// pairEmphasis pairs every row that may end with the nearest one before it of the same sign that may open.
func (s *inlineScan) pairEmphasis() {
	open := map[byte][]int{}
	for i := range s.runs {
		run := &s.runs[i]
		for run.ends && run.left > 0 && len(open[run.char]) > 0 {
			stack := open[run.char]
			opener := &s.runs[stack[len(stack)-1]]
			n := min(opener.left, run.left)
			opener.left -= n
			end := opener.at + opener.used + opener.left
			s.dropped = append(s.dropped, stretch{end, end + n}, stretch{run.at + run.used, run.at + run.used + n})
			run.left -= n
			run.used += n
			if opener.left == 0 {
				open[run.char] = stack[:len(stack)-1]
			}
		}
		if run.opens && run.left > 0 {
			open[run.char] = append(open[run.char], i)
		}
	}
}

// result is what was written without what was dropped.
func (s *inlineScan) result() string {
	gone := make([]bool, len(s.out))
	for _, d := range s.dropped {
		for i := d.from; i < d.to; i++ {
			gone[i] = true
		}
	}
	kept := s.out[:0]
	for i, c := range s.out {
		if !gone[i] {
			kept = append(kept, c)
		}
	}
	return string(kept)
}
