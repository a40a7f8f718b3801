package extract

import (
	"regexp"
	"strings"
)

// markdownText takes the markup from CommonMark with the tables of GitHub. The marks of lists stay, for they carry
// the numbers; links and pictures leave their words; cells stand apart by tabs. It works on lines and not on the
// tree of a Markdown library: those lose the marks, and take **《办法》**由 for no emphasis, as the standard has it
// for Chinese text.
func markdownText(text string) string {
	m := &markdown{lines: strings.Split(lineEnds.Replace(text), "\n")}
	for m.at < len(m.lines) {
		m.line(m.lines[m.at])
		m.at++
	}
	m.flush()
	return m.out.String()
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

type markdown struct {
	lines     []string
	at        int
	paragraph strings.Builder // lines that belong together, so that emphasis may go over a line's end
	out       strings.Builder
}

var (
	fence      = regexp.MustCompile("^ {0,3}(```+|~~~+)")
	heading    = regexp.MustCompile(`^ {0,3}#{1,6}(?:[ \t]+|$|(\p{Han}|[（《“]))`)
	headingEnd = regexp.MustCompile(`[ \t]+#+[ \t]*$`)
	underline  = regexp.MustCompile(`^ {0,3}=+[ \t]*$`)
	rule       = regexp.MustCompile(`^ {0,3}(?:-[ \t]*){3,}$|^ {0,3}(?:\*[ \t]*){3,}$|^ {0,3}(?:_[ \t]*){3,}$`)
	quote      = regexp.MustCompile(`^(?: {0,3}> ?)+`)
	listItem   = regexp.MustCompile(`^[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?`)
	reference  = regexp.MustCompile(`^ {0,3}\[[^\]^][^\]]*\]:[ \t]*\S+`)
	delimiters = regexp.MustCompile(`^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$`)
)

func (m *markdown) line(line string) {
	first := firstByte(line)
	if first == '>' {
		line = line[len(quote.FindString(line)):]
		first = firstByte(line)
	}
	switch {
	case first == 0:
		m.flush()
		m.out.WriteByte('\n')
	case strings.IndexByte("`~=-*_[#+0123456789", first) < 0 && !strings.Contains(line, "|"):
		m.add(line) // nearly every line; the expressions below are slow
	case fence.MatchString(line):
		m.code(fence.FindStringSubmatch(line)[1])
	case underline.MatchString(line) && m.paragraph.Len() > 0, rule.MatchString(line), reference.MatchString(line):
		m.flush()
	case heading.MatchString(line):
		m.flush()
		at := heading.FindStringSubmatchIndex(line)
		start := at[1]
		if at[2] >= 0 {
			start = at[2]
		}
		m.add(headingEnd.ReplaceAllString(line[start:], ""))
		m.flush()
	case m.isTable(line):
		m.table()
	case listItem.MatchString(line):
		m.flush()
		mark := listItem.FindString(line)
		m.out.WriteString(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(mark, "[ ] "), "[x] "), "[X] "))
		m.add(line[len(mark):])
	default:
		m.add(line)
	}
}

// firstByte gives the first byte that is no blank, 0 where there is none.
func firstByte(line string) byte {
	for i := range len(line) {
		if c := line[i]; c != ' ' && c != '\t' && c != '\v' && c != '\f' {
			return c
		}
	}
	return 0
}

func (m *markdown) add(line string) {
	if m.paragraph.Len() > 0 {
		m.paragraph.WriteByte('\n')
	}
	m.paragraph.WriteString(strings.TrimRight(strings.TrimSuffix(line, `\`), " \t"))
}

func (m *markdown) flush() {
	if m.paragraph.Len() == 0 {
		return
	}
	m.out.WriteString(plainInline(m.paragraph.String()))
	m.out.WriteByte('\n')
	m.paragraph.Reset()
}

// code copies the lines up to the fence that ends them.
func (m *markdown) code(mark string) {
	m.flush()
	for m.at++; m.at < len(m.lines); m.at++ {
		line := m.lines[m.at]
		if end := strings.TrimSpace(line); strings.HasPrefix(end, mark) && strings.Trim(end, mark[:1]) == "" {
			return
		}
		m.out.WriteString(line)
		m.out.WriteByte('\n')
	}
}

// isTable looks whether the next line is the row of dashes under a table's head.
func (m *markdown) isTable(line string) bool {
	return strings.Contains(line, "|") && m.at+1 < len(m.lines) && strings.Contains(m.lines[m.at+1], "-") &&
		strings.Contains(m.lines[m.at+1], "|") && delimiters.MatchString(m.lines[m.at+1])
}

func (m *markdown) table() {
	m.flush()
	head := m.at
	for ; m.at < len(m.lines); m.at++ {
		line := strings.TrimSpace(m.lines[m.at])
		if !strings.Contains(line, "|") {
			break
		}
		if m.at != head+1 {
			m.out.WriteString(strings.Join(rowCells(line), "\t"))
			m.out.WriteByte('\n')
		}
	}
	m.at--
}

func rowCells(line string) []string {
	line = strings.TrimPrefix(line, "|")
	if !strings.HasSuffix(line, `\|`) {
		line = strings.TrimSuffix(line, "|")
	}
	var cells []string
	start := 0
	for i := 0; i <= len(line); i++ {
		if i == len(line) || line[i] == '|' && (i == 0 || line[i-1] != '\\') {
			cells = append(cells, strings.ReplaceAll(plainInline(strings.TrimSpace(line[start:i])), "\n", " "))
			start = i + 1
		}
	}
	return cells
}
