package minutes

import (
	"slices"
	"strings"
)

// words is a list of words that can be looked up where they begin and where they end.
type words struct {
	byFirst map[rune][][]rune
	byLast  map[rune][][]rune
}

// newWords reads words separated by blanks. They are folded, so a list may be written as its writers write.
func newWords(list string) *words {
	w := &words{byFirst: map[rune][][]rune{}, byLast: map[rune][][]rune{}}
	for word := range strings.FieldsSeq(list) {
		r := []rune(word)
		for i := range r {
			r[i] = fold(r[i])
		}
		w.byFirst[r[0]] = append(w.byFirst[r[0]], r)
		last := r[len(r)-1]
		w.byLast[last] = append(w.byLast[last], r)
	}
	longest := func(a, b []rune) int { return len(b) - len(a) }
	for _, group := range w.byFirst {
		slices.SortFunc(group, longest)
	}
	for _, group := range w.byLast {
		slices.SortFunc(group, longest)
	}
	return w
}

// at answers the length of the longest word that begins at i and ends by limit, or 0.
func (w *words) at(ch []rune, i, limit int) int {
	if i >= limit {
		return 0
	}
	for _, word := range w.byFirst[ch[i]] {
		if i+len(word) <= limit && slices.Equal(ch[i:i+len(word)], word) {
			return len(word)
		}
	}
	return 0
}

// before answers the length of the longest word that ends before j and begins at or after from, or 0.
func (w *words) before(ch []rune, from, j int) int {
	if j <= from {
		return 0
	}
	for _, word := range w.byLast[ch[j-1]] {
		if j-len(word) >= from && slices.Equal(ch[j-len(word):j], word) {
			return len(word)
		}
	}
	return 0
}

// first answers where a word of the list first stands in [a,b), and its length; -1 where none does.
func (w *words) first(ch []rune, a, b int) (int, int) {
	for i := a; i < b; i++ {
		if n := w.at(ch, i, b); n > 0 {
			return i, n
		}
	}
	return -1, 0
}

// in reports whether one of the words stands in [a,b).
func (w *words) in(ch []rune, a, b int) bool {
	i, _ := w.first(ch, a, b)
	return i >= 0
}

// is reports whether [a,b) is one of the words.
func (w *words) is(ch []rune, a, b int) bool { return b > a && w.at(ch, a, b) == b-a }

// run answers the index after as many words of the list as follow one another from i.
func (w *words) run(ch []rune, i, limit int) int {
	for {
		n := w.at(ch, i, limit)
		if n == 0 {
			return i
		}
		i += n
	}
}
