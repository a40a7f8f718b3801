package ingest

import (
	"unicode"

	"github.com/minutebook/minutebook/minutes"
	"github.com/minutebook/minutebook/models"
)

// span is a stretch [start, end) of the text, in code points.
type span struct{ start, end int }

func spanOf(s minutes.Span) span { return span{s.Start, s.End} }

func (s span) empty() bool { return s.end <= s.start }

// text is the text of the minutes by its code points.
type text []rune

// quote is what stands in a span.
func (t text) quote(s span) string {
	if s.start < 0 || s.end > len(t) || s.empty() {
		return ""
	}
	return string(t[s.start:s.end])
}

// squeeze is a span without the blanks of the layout.
func (t text) squeeze(s span) string {
	out := make([]rune, 0, max(0, s.end-s.start))
	for i := max(0, s.start); i < min(s.end, len(t)); i++ {
		if !unicode.IsSpace(t[i]) {
			out = append(out, t[i])
		}
	}
	return string(out)
}

// locate finds a value within a span, whatever blanks and line breaks the layout put into it. Where it is not there, the
// span itself is what states it.
func (t text) locate(s span, value string) span {
	want := []rune(value)
	if len(want) == 0 {
		return s
	}
	for i := s.start; i < s.end && i < len(t); i++ {
		if t[i] != want[0] {
			continue
		}
		j, k := i, 0
		for j < s.end && j < len(t) && k < len(want) {
			switch {
			case t[j] == want[k]:
				k++
			case !unicode.IsSpace(t[j]):
				j = s.end
				continue
			}
			j++
		}
		if k == len(want) {
			return span{i, j}
		}
	}
	return s
}

// line is the number of the line, from 1, in which a place of the text stands.
func (t text) line(at int) int {
	n := 1
	for i := range min(at, len(t)) {
		if t[i] == '\n' {
			n++
		}
	}
	return n
}

// maxQuote is the longest quotation that is kept, in code points.
const maxQuote = 200_000

// source is a stretch that states a record (field empty) or one of its fields.
type source struct {
	field  string
	at     span
	method models.Method
}

func stated(field string, at span) source { return source{field, at, models.MethodRule} }

func concluded(field string, at span) source { return source{field, at, models.MethodDerived} }
