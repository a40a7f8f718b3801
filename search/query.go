package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of what is looked for.
const (
	MaxLength = 200 // code points
	MaxTerms  = 16
)

// Query is what somebody looks for: a text fits when it has all terms. A Query without terms fits nothing.
type Query struct {
	Terms []Term
	// Whole is the folded form of all that was typed, to tell a text that is just that.
	Whole string
}

// Term is a stretch of characters that has to stand in a text as it is; only the last word may go on.
type Term struct {
	Text   string // folded
	Tokens []Token
}

// Token is a token of an index, or with Prefix the beginning of one. The tokens of a term stand one after another.
type Token struct {
	Text   string
	Prefix bool
}

// Word reports whether the token stands for a word, not for characters of a run.
func (t Token) Word() bool { return strings.HasPrefix(t.Text, wordToken) }

// Parse reads what somebody typed. Blanks separate terms, double quotes keep them together, and marks beside Chinese
// characters separate as well; nothing else means anything. Every string is a query; the only errors are the limits.
func Parse(text string) (Query, error) {
	if n := utf8.RuneCountInString(text); n > MaxLength {
		return Query{}, fmt.Errorf("has %d characters; search for %d at most", n, MaxLength)
	}
	q := Query{Whole: Fold(text)}
	for _, piece := range pieces(text) {
		for part := range strings.SplitSeq(Fold(piece), "\n") {
			if part != "" && !slices.ContainsFunc(q.Terms, func(t Term) bool { return t.Text == part }) {
				q.Terms = append(q.Terms, termOf(part))
			}
		}
	}
	if len(q.Terms) > MaxTerms {
		return Query{}, fmt.Errorf("has %d words; search for %d at most", len(q.Terms), MaxTerms)
	}
	return q, nil
}

// pieces cuts what was typed at its blanks, but not within double quotes.
func pieces(text string) []string {
	var out []string
	for i, part := range strings.Split(text, `"`) {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.FieldsFunc(part, unicode.IsSpace)...)
		}
	}
	return out
}

func termOf(folded string) Term {
	c := &cutter{query: true}
	c.cut(folded)
	return Term{Text: folded, Tokens: c.tokens}
}

// Length returns how many characters the terms have.
func (q Query) Length() int {
	n := 0
	for _, t := range q.Terms {
		n += Width(t.Text)
	}
	return n
}

// Fits reports whether a folded form has all terms.
func (q Query) Fits(folded string) bool {
	for _, t := range q.Terms {
		if !strings.Contains(folded, t.Text) {
			return false
		}
	}
	return len(q.Terms) > 0
}

// Width returns how many characters a folded form has, without what separates them.
func Width(folded string) int {
	return utf8.RuneCountInString(folded) - strings.Count(folded, " ") - strings.Count(folded, "\n")
}
