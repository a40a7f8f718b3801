package search

import (
	"slices"
	"strings"
	"unicode"
)

// maxSnippets is how many stretches of one text are shown, and maxPlaces how many places of one term are looked at.
const (
	maxSnippets = 3
	maxPlaces   = 200
)

// Snippet is a stretch of a text with the places where it has the terms of a query.
type Snippet struct {
	Text   string
	Ranges []Range
}

// Range is a stretch [Start, End) of the text of a snippet, in Unicode code points.
type Range struct{ Start, End int }

// place is where a text has a term.
type place struct {
	Range
	term int
}

// Snippets returns the stretches of a text, of about so many code points, that show best what the query found in it, at
// most three and none where it found nothing. A stretch that begins or ends within the text has an ellipsis there. A width
// of 0 takes the text as it is.
func Snippets(text string, q Query, width int) []Snippet {
	found := places(text, q)
	if len(found) == 0 {
		return nil
	}
	runes := []rune(text)
	if width <= 0 || width >= len(runes) {
		return []Snippet{cutOut(runes, found, 0, len(runes))}
	}
	var out []Snippet
	shown := map[int]bool{}
	for len(out) < maxSnippets {
		first, end := best(found, shown, width)
		if first < 0 {
			break
		}
		for _, p := range found[first:end] {
			shown[p.term] = true
		}
		from, to := around(runes, found[first].Start, found[end-1].End, width)
		out = append(out, cutOut(runes, found, from, to))
	}
	return out
}

// places finds the terms in a text, in the order of the text.
func places(text string, q Query) []place {
	w := &writer{folding: folded(), places: true}
	w.write(text)
	form := w.out.String()
	var found []place
	for i, term := range q.Terms {
		skip := 0
		if strings.HasPrefix(term.Text, " ") {
			skip = 1
		}
		for from, n := 0, 0; n < maxPlaces; n++ {
			at := strings.Index(form[from:], term.Text)
			if at < 0 {
				break
			}
			at += from
			from = at + len(term.Text)
			found = append(found, place{Range{int(w.at[at+skip]), int(w.at[from-1]) + 1}, i})
		}
	}
	slices.SortFunc(found, func(a, b place) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
	return found
}

// best returns the places [first, end) that fit into the width and have the most terms not yet shown; first is -1 where
// there are none. Places beyond the first that are too long are still taken.
func best(found []place, shown map[int]bool, width int) (first, end int) {
	first, most := -1, 0
	for i := range found {
		fresh := map[int]bool{}
		j := i
		for ; j < len(found) && (j == i || found[j].End-found[i].Start <= width); j++ {
			if !shown[found[j].term] {
				fresh[found[j].term] = true
			}
		}
		if len(fresh) > most {
			first, end, most = i, j, len(fresh)
		}
	}
	return first, end
}

// around returns a stretch of the width about [start, end): a third of what is left over stands before it, less where a
// sentence begins.
func around(runes []rune, start, end, width int) (from, to int) {
	end = min(end, start+width)
	from = max(0, start-(width-(end-start))/3)
	for i := start - 1; i >= from; i-- {
		if strings.ContainsRune("。；！？\n", runes[i]) {
			from = i + 1
			break
		}
	}
	to = min(len(runes), from+width)
	if to == len(runes) {
		from = min(from, max(0, to-width))
	}
	return from, to
}

// cutOut makes the snippet of a stretch.
func cutOut(runes []rune, found []place, from, to int) Snippet {
	for from < to && unicode.IsSpace(runes[from]) {
		from++
	}
	for to > from && unicode.IsSpace(runes[to-1]) {
		to--
	}
	s := Snippet{Text: string(runes[from:to])}
	shift := -from
	if strings.TrimSpace(string(runes[:from])) != "" {
		s.Text = "…" + s.Text
		shift++
	}
	if strings.TrimSpace(string(runes[to:])) != "" {
		s.Text += "…"
	}
	for _, p := range found {
		start, end := max(p.Start, from)+shift, min(p.End, to)+shift
		if start >= end {
			continue
		}
		if last := len(s.Ranges) - 1; last >= 0 && start <= s.Ranges[last].End {
			s.Ranges[last].End = max(end, s.Ranges[last].End)
			continue
		}
		s.Ranges = append(s.Ranges, Range{start, end})
	}
	return s
}
