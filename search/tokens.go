package search

import "strings"

const (
	runToken  = 'x'  // begins the tokens of runs
	wordToken = "zz" // begins those of words; no list of words to leave out has one that begins so
	divider   = "_"  // stands where a mark separates a word from what is beside it; too short for MySQL, which does without
	maxToken  = 80   // InnoDB leaves out tokens of more than 84 characters
	digits    = "0123456789abcdefghijklmnopqrstuv"
)

// Tokens returns what a full-text index holds of a text in its folded form, with blanks between the tokens.
func Tokens(folded string) string {
	c := &cutter{out: make([]byte, 0, len(folded)*10/3+16)}
	c.cut(folded)
	return string(c.out)
}

// cutter cuts a folded form into tokens.
type cutter struct {
	out   []byte
	token []byte
	// query leaves away what the last run or word of a query does not say: how it goes on.
	query  bool
	tokens []Token
}

func (c *cutter) cut(text string) {
	after := dropped // class of what stands before
	for i := 0; i < len(text); {
		switch text[i] {
		case '\n':
			for i < len(text) && text[i] == '\n' {
				i++
			}
			if i < len(text) && (after == word || after == run && text[i] == ' ') {
				c.add(append(c.token[:0], divider...), false)
			}
		case ' ':
			end := i + 1 + wordLength(text[i+1:])
			c.add(c.word(text[i+1:end]), end == len(text))
			i, after = end, word
		default:
			end := i + strings.IndexAny(text[i:]+"\n", " \n")
			c.run(text[i:end], end == len(text))
			i, after = end, run
		}
	}
}

// wordLength returns the bytes of the word at the head of a folded form.
func wordLength(text string) int {
	f := folded()
	for i, r := range text {
		if r == ' ' || r == '\n' || f.classify(r) == run {
			return i
		}
	}
	return len(text)
}

// run adds the tokens of a run. The end of a text ends a run; the end of a query does not.
func (c *cutter) run(text string, last bool) {
	before, n := rune(0), 0
	for _, r := range text {
		if n++; n > 1 {
			c.add(appendRune(appendRune(append(c.token[:0], runToken), before), r), false)
		}
		before = r
	}
	if !c.query || !last || n == 1 {
		c.add(appendRune(append(c.token[:0], runToken), before), last)
	}
}

// word encodes a word: letters without accents and digits as they are, others by their numbers.
func (c *cutter) word(text string) []byte {
	token := append(c.token[:0], wordToken...) //nolint:gocritic // the room of the last token is used again
	for _, r := range text {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			token = append(token, byte(r))
		} else {
			token = appendRune(append(token, '_'), r)
		}
	}
	return token[:min(len(token), maxToken)]
}

// add adds a token; open says that what is looked for may go on there.
func (c *cutter) add(token []byte, open bool) {
	c.token = token
	if c.query {
		c.tokens = append(c.tokens, Token{string(token), open})
		return
	}
	if len(c.out) > 0 {
		c.out = append(c.out, ' ')
	}
	c.out = append(c.out, token...)
}

// appendRune writes a character as four digits of five bits; the scripts that make runs have no more.
func appendRune(token []byte, r rune) []byte {
	return append(token, digits[r>>15&31], digits[r>>10&31], digits[r>>5&31], digits[r&31])
}
