package minutes

import "strings"

// A text is a source with its layout taken off: the characters that carry meaning, folded for matching, each with
// the place it has in the source and the kind of blank that stood before it. All of the grammar works on indices of
// ch; spans and values are made from them at the very end, so nothing is ever searched for again in the source.
type text struct {
	src  []rune
	ch   []rune  // folded
	pos  []int32 // ch[i] is src[pos[i]]
	gap  []gap   // what the layout put before ch[i]
	mate []int32 // index of the bracket that closes or opens the one at i, or -1

	traditional bool // whether it is written in traditional characters
}

// A gap is the blank before a character. Wider ones include the narrower.
type gap uint8

const (
	none  gap = iota
	blank     // one blank, as converters strew between characters
	wide      // several blanks, a tab, an ideographic space, the bar of a table
	far       // two ideographic spaces, as indent a paragraph
	line      // a line break
	empty     // an empty line, or a page break
)

// A stretch is a half-open range of the characters of a text.
type stretch struct{ a, b int }

func (s stretch) len() int    { return s.b - s.a }
func (s stretch) empty() bool { return s.b <= s.a }

// longestBracket is how far a bracket may be from its mate; one that is farther is taken for a stray.
const longestBracket = 400

// newText takes the source lines given off their layout. Lines that are not given are not part of the text.
func newText(src []rune, lines []stretch) *text {
	n := 0
	for _, l := range lines {
		n += l.len()
	}
	t := &text{src: src, ch: make([]rune, 0, n), pos: make([]int32, 0, n), gap: make([]gap, 0, n)}
	last := 0
	for _, l := range lines {
		before := line
		if l.a > last {
			before = empty
		}
		last = l.b + 1
		t.addLine(l, before)
	}
	t.matchBrackets()
	t.traditional = t.isTraditional()
	return t
}

// isTraditional reports whether some of a hundred characters at the beginning are matched as others.
func (t *text) isTraditional() bool {
	other, all := 0, 0
	for i := range min(len(t.ch), 2000) {
		if isHan(t.ch[i]) {
			all++
			if t.src[t.pos[i]] != t.ch[i] {
				other++
			}
		}
	}
	return other*20 > all
}

func (t *text) addLine(l stretch, before gap) {
	blanks := 0
	l.a = t.pastMarkdown(l)
	for i := l.a; i < l.b; i++ {
		r := t.src[i]
		switch {
		case r == '*' && i+1 < l.b && t.src[i+1] == '*' || r == '*' && i > l.a && t.src[i-1] == '*':
			continue // **bold**
		case r == '\t' || r == 0x3000 || r == '|' || r == '│' || r == '｜' || r == '┃':
			blanks += 2
			continue
		case isBlank(r):
			if r == ' ' || r == 0xa0 || r >= 0x2000 && r <= 0x200a {
				blanks++
			}
			continue
		}
		switch {
		case before != none || blanks == 0:
		case blanks == 1:
			before = blank
		case blanks >= 4:
			before = far
		default:
			before = wide
		}
		t.ch, t.pos, t.gap = append(t.ch, t.foldAt(i)), append(t.pos, int32(i)), append(t.gap, before)
		before, blanks = none, 0
	}
}

// pastMarkdown answers where a line begins behind the marks of a heading, a quotation or a list in Markdown.
func (t *text) pastMarkdown(l stretch) int {
	i := l.a
	for i < l.b && (t.src[i] == '#' || t.src[i] == '>' || isBlank(t.src[i])) {
		i++
	}
	if i+1 < l.b && (t.src[i] == '-' || t.src[i] == '*' || t.src[i] == '+') && t.src[i+1] == ' ' {
		i += 2
	}
	for j := l.a; j < i; j++ {
		if !isBlank(t.src[j]) {
			return i
		}
	}
	return l.a
}

// partLines takes a wide blank for a line break where what follows begins a part of the paper: some pages join all
// paragraphs on one line, their indents left between.
func (t *text) partLines() {
	for i := 1; i < len(t.ch); i++ {
		if t.gap[i] != far {
			continue
		}
		switch t.ch[i-1] {
		case '。', '；', '：', '）':
			t.gap[i] = line
		default:
			if t.structural(stretch{i, min(len(t.ch), i+60)}) {
				t.gap[i] = line
			}
		}
	}
}

// foldAt folds src[i]; a comma, colon or stop between digits is part of a number and stays.
func (t *text) foldAt(i int) rune {
	r := t.src[i]
	if (r == ',' || r == ':') && i > 0 && i+1 < len(t.src) && isDigit(t.src[i-1]) && isDigit(t.src[i+1]) {
		return r
	}
	return fold(r)
}

var closing = map[rune]rune{'《': '》', '〈': '〉', '「': '」', '（': '）', '“': '”', '‘': '’', '〔': '〕'}
var opened = map[rune]rune{'》': '《', '〉': '〈', '」': '「', '）': '（', '”': '“', '’': '‘', '〕': '〔'}

func (t *text) matchBrackets() {
	t.mate = make([]int32, len(t.ch))
	var open []int
	for i, r := range t.ch {
		t.mate[i] = -1
		if closing[r] != 0 {
			open = append(open, i)
			continue
		}
		if opened[r] == 0 {
			continue
		}
		for len(open) > 0 {
			j := open[len(open)-1]
			if i-j > longestBracket {
				open = open[:0]
				break
			}
			if t.ch[j] == opened[r] {
				t.mate[i], t.mate[j] = int32(j), int32(i)
				open = open[:len(open)-1]
				break
			}
			if r != '》' && r != '）' && r != '」' { // a quote may be stray; a title may hold one
				break
			}
			open = open[:len(open)-1]
		}
	}
}

// past answers the index after the bracket that opens at i, or i+1 where none opens.
func (t *text) past(i int) int {
	if m := t.mate[i]; int(m) > i {
		return int(m) + 1
	}
	return i + 1
}

// span answers the source range of a stretch.
func (t *text) span(s stretch) Span {
	if s.empty() {
		return Span{}
	}
	return Span{Start: int(t.pos[s.a]), End: int(t.pos[s.b-1]) + 1}
}

// value answers the source characters of a stretch without layout. Blanks between Latin words are kept, as one.
func (t *text) value(s stretch) string {
	var b strings.Builder
	for i := s.a; i < s.b; i++ {
		r := t.src[t.pos[i]]
		if i > s.a && t.gap[i] != none {
			before := t.ch[i-1]
			if isLatin(before) && (isLatin(t.ch[i]) || isDigit(t.ch[i])) || isDigit(before) && isLatin(t.ch[i]) {
				b.WriteByte(' ')
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

// folded answers the folded characters of a stretch.
func (t *text) folded(s stretch) string { return string(t.ch[s.a:s.b]) }

// has reports whether w stands at i and ends by limit.
func (t *text) has(i, limit int, w string) bool { return t.after(i, limit, w) >= 0 }

// after answers the index behind w at i, or -1.
func (t *text) after(i, limit int, w string) int {
	for _, r := range w {
		if i >= limit || t.ch[i] != r {
			return -1
		}
		i++
	}
	return i
}

// find answers where w first stands in s, or -1.
func (t *text) find(s stretch, w string) int {
	first := []rune(w)[0]
	for i := s.a; i < s.b; i++ {
		if t.ch[i] == first && t.has(i, s.b, w) {
			return i
		}
	}
	return -1
}

// contains reports whether w stands in s.
func (t *text) contains(s stretch, w string) bool { return t.find(s, w) >= 0 }

// ends reports whether s ends in w.
func (t *text) ends(s stretch, w string) bool {
	n := len([]rune(w))
	return s.len() >= n && t.has(s.b-n, s.b, w)
}

// trim takes marks and closing punctuation off both ends.
func (t *text) trim(s stretch) stretch {
	for !s.empty() && strings.ContainsRune("，；：。、！？ ·—", t.ch[s.a]) {
		s.a++
	}
	for !s.empty() && strings.ContainsRune("，；：。、！？ ", t.ch[s.b-1]) {
		s.b--
	}
	return s
}

// split cuts s at the given marks, outside brackets, and leaves the marks out.
func (t *text) split(s stretch, marks string) []stretch {
	var parts []stretch
	from := s.a
	for i := s.a; i < s.b; {
		if strings.ContainsRune(marks, t.ch[i]) {
			if i > from {
				parts = append(parts, stretch{from, i})
			}
			i++
			from = i
			continue
		}
		i = t.past(i)
	}
	if from < s.b {
		parts = append(parts, stretch{from, s.b})
	}
	return parts
}

// sentences cuts s after 。！？ outside brackets; a closing quote stays with its sentence.
func (t *text) sentences(s stretch) []stretch {
	var all []stretch
	from := s.a
	for i := s.a; i < s.b; {
		switch t.ch[i] {
		case '。', '！', '？':
			i++
			for i < s.b && (t.ch[i] == '”' || t.ch[i] == '’') && int(t.mate[i]) < from {
				i++
			}
			all = append(all, stretch{from, i})
			from = i
		default:
			i = min(t.past(i), s.b)
		}
	}
	if from < s.b {
		all = append(all, stretch{from, s.b})
	}
	return all
}

// clauses cuts s at ，；：。 outside brackets; the marks are left out.
func (t *text) clauses(s stretch) []stretch { return t.split(s, "，；：。！？") }
