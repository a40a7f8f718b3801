package search

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The rules that read minutes (package minutes) have a table of their own: theirs leaves out characters that simplified
// texts use in a meaning of their own and maps punctuation as the grammar needs it, and must keep as many characters as it
// got. Here everything that may stand for the same is made the same, as both sides of a comparison are folded.
//
//go:embed data/simplified.txt
var simplifiedPairs string

// class is what a character is to a search.
type class uint8

const (
	dropped class = iota // leaves no trace: accents, marks without a width
	blank                // ends a word
	mark                 // ends a word, and separates a run from what follows
	word                 // part of a word
	run                  // stands for itself: Chinese characters and other scripts without blanks
)

// others are characters that stand for one another although no table of simplified characters says so: 計畫 and 计划, 隨著 and
// 随着, 二○二六 and 二零二六.
const others = "画划 著着 瞭了 藉借 帐账 钜巨 祇只 妳你 汙污 庁厅 峯峰 羣群 零〇 ○〇 ◯〇"

// folding says what each character is folded to. One holds characters that are folded to one; several the others.
type folding struct {
	one        [1 << 16]rune
	class      [1 << 16]class
	several    map[rune][]rune
	simplified map[rune]rune
}

// letters are folded to others although Unicode does not take them apart.
var letters = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ø': "o", 'Ø': "o", 'đ': "d", 'Đ': "d", 'ł': "l", 'Ł': "l", 'þ': "th",
	'Þ': "th", 'ð': "d", 'Ð': "d", 'ı': "i",
}

var folded = sync.OnceValue(func() *folding {
	f := &folding{several: map[rune][]rune{}, simplified: map[rune]rune{}}
	for line := range strings.Lines(others + "\n" + simplifiedPairs) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for pair := range strings.FieldsSeq(line) {
			r := []rune(pair)
			if to, ok := f.simplified[r[1]]; ok { // 畫 is 画 is 划
				r[1] = to
			}
			f.simplified[r[0]] = r[1]
		}
	}
	for r := range rune(1 << 16) {
		f.class[r] = classOf(r)
		switch to := f.takeApart(r); len(to) {
		case 0:
			f.one[r] = -1
		case 1:
			f.one[r] = to[0]
		default:
			f.several[r] = to
		}
	}
	return f
})

// takeApart works out what a character is folded to.
func (f *folding) takeApart(r rune) []rune {
	if unicode.Is(unicode.Hangul, r) { // syllables would come apart into letters
		return []rune{r}
	}
	var out []rune
	for _, part := range norm.NFKD.String(string(r)) {
		if classOf(part) == dropped {
			continue
		}
		if to, ok := letters[part]; ok {
			out = append(out, []rune(to)...)
			continue
		}
		part = unicode.ToLower(part)
		if to, ok := f.simplified[part]; ok {
			part = to
		}
		out = append(out, part)
	}
	return out
}

func classOf(r rune) class {
	switch {
	case r < 0x80:
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			return word
		case r <= ' ', r == 0x7f:
			return blank
		}
		return mark
	case unicode.IsSpace(r), r == '·', r == '•', r == '‧', r == '∙', r == '・': // a dot within a name is written or not
		return blank
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc), r == unicode.ReplacementChar:
		return dropped
	case r == 'ー', unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo):
		return run
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.Is(unicode.Mc, r):
		return word
	}
	return mark
}

func (f *folding) classify(r rune) class {
	if r < 1<<16 {
		return f.class[r]
	}
	return classOf(r)
}

// writer writes the folded form of a text.
type writer struct {
	*folding
	out     strings.Builder
	at      []int32 // for each byte written, the character of the text it comes from
	places  bool    // whether to fill at
	last    class   // of the last character written: word, run, or dropped for none
	inWord  bool    // the last character read belongs to a word
	divided bool    // there was a mark since
}

// Fold returns the form in which texts are compared.
func Fold(text string) string {
	w := &writer{folding: folded()}
	w.out.Grow(len(text) + len(text)/8)
	w.write(text)
	return w.out.String()
}

func (w *writer) write(text string) {
	place := int32(-1)
	for _, r := range text {
		place++
		if r >= 1<<16 {
			for _, to := range w.takeApart(r) {
				w.put(to, place)
			}
			continue
		}
		switch to := w.one[r]; {
		case to > 0:
			w.put(to, place)
		case to == 0:
			for _, part := range w.several[r] {
				w.put(part, place)
			}
		}
	}
}

func (w *writer) put(r rune, place int32) {
	switch w.classify(r) {
	case blank:
		w.inWord = false
	case mark:
		w.inWord, w.divided = false, w.last != dropped
	case word:
		if w.divided && w.last == run {
			w.emit('\n', place)
		}
		if !w.inWord {
			w.emit(' ', place)
		}
		w.inWord, w.divided, w.last = true, false, word
		w.emit(r, place)
	case run:
		if w.divided {
			w.emit('\n', place)
		}
		w.inWord, w.divided, w.last = false, false, run
		w.emit(r, place)
	}
}

func (w *writer) emit(r rune, place int32) {
	before := w.out.Len()
	w.out.WriteRune(r)
	if w.places {
		for range w.out.Len() - before {
			w.at = append(w.at, place)
		}
	}
}

// Lines joins folded forms to one, of which each is a line: what is looked for is not found across two of them, and Lines of
// one form alone is found where that is a whole line.
func Lines(folded ...string) string {
	const between = "\n\n" // a folded form has no two line feeds one after the other
	var b strings.Builder
	for _, line := range folded {
		if line != "" {
			if b.Len() == 0 {
				b.WriteString(between)
			}
			b.WriteString(line + between)
		}
	}
	return b.String()
}
