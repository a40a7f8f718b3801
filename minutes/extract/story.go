package extract

import "strings"

// story is a run of lines: a body, a cell, a text box.
type story struct {
	lines []string
	open  bool // the next paragraph belongs to the last line, for the mark between them was deleted
}

// paragraph adds a paragraph, which may have lines of its own.
func (s *story) paragraph(text string) {
	if s.open && len(s.lines) > 0 {
		s.lines[len(s.lines)-1] += text
	} else {
		s.lines = append(s.lines, text)
	}
	s.open = false
}

func (s *story) append(other story) {
	for _, line := range other.lines {
		s.paragraph(line)
	}
}

// endPart sets what follows apart by an empty line.
func (s *story) endPart() {
	s.open = false
	s.lines = append(s.lines, "")
}

// String joins the lines; of empty lines in a row one is kept, at the ends none.
func (s *story) String() string {
	var b strings.Builder
	empty := false
	for _, paragraph := range s.lines {
		for line := range strings.SplitSeq(paragraph, "\n") {
			line = strings.TrimRight(line, " \t\u3000\u00a0")
			if line == "" {
				empty = b.Len() > 0
				continue
			}
			if empty {
				b.WriteByte('\n')
				empty = false
			}
			b.WriteString(line)
			b.WriteByte('\n')
		}
	}
	return b.String()
}
