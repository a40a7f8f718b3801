package extract

import (
	"cmp"
	"slices"
	"strings"
)

// A PDF knows characters and their places, no lines, columns or paragraphs. Characters that follow each other on one
// base line are a run; runs that are drawn one below the other are a block, and where the drawing goes back up the
// page a new block begins. A block drawn beside another is a column of its own when both have several lines;
// otherwise blocks that overlap are one. The lines of a block are put in order from top to bottom, whatever the
// order in which they were drawn.

// run is a row of characters drawn one after the other.
type run struct {
	glyphs      []glyph
	left, right float64
	base, size  float64
}

// line is what is read from left to right in one go.
type line struct {
	runs        []*run
	left, right float64
	base, size  float64
}

// block is a part of the page with an order of its own.
type block struct {
	runs                     []*run
	left, right, bottom, top float64
	drawn                    int // its place in the order of drawing
}

// layOut gives the text of a page, a line for a line.
func layOut(glyphs []glyph) string {
	if len(glyphs) == 0 {
		return ""
	}
	blocks := mergeBlocks(blocksOf(runsOf(glyphs)))
	var parts [][]line
	for _, b := range readingOrder(blocks, 0) {
		parts = append(parts, b.lines())
	}
	return printLines(parts)
}

func runsOf(glyphs []glyph) []*run {
	var runs []*run
	var last *run
	for _, g := range glyphs {
		if last == nil || !last.takes(g) {
			last = &run{left: g.left, right: g.right, base: g.base, size: g.size()}
			runs = append(runs, last)
		}
		last.glyphs = append(last.glyphs, g)
		last.left, last.right = min(last.left, g.left), max(last.right, g.right)
		last.size = max(last.size, g.size())
	}
	return runs
}

// takes says whether a character goes on where the run ends: on its line and right behind it. What fits into a gap,
// as the quotation marks of another font do, may be drawn later and must not be put behind.
func (r *run) takes(g glyph) bool {
	size := max(r.size, g.size())
	near := g.left-r.right < 0.3*size && g.left > r.glyphs[len(r.glyphs)-1].left-0.2*size
	return near && abs(g.base-r.base) < 0.4*size
}

func abs(x float64) float64 { return max(x, -x) }

func blocksOf(runs []*run) []*block {
	var blocks []*block
	var last *block
	var before *run
	for _, r := range runs {
		if last == nil || r.base > before.base+0.8*max(r.size, before.size) {
			last = &block{left: r.left, right: r.right, bottom: r.base, top: r.base + r.size, drawn: len(blocks)}
			blocks = append(blocks, last)
		}
		last.add(r)
		before = r
	}
	return blocks
}

func (b *block) add(r *run) {
	b.runs = append(b.runs, r)
	b.left, b.right = min(b.left, r.left), max(b.right, r.right)
	b.bottom, b.top = min(b.bottom, r.base-0.2*r.size), max(b.top, r.base+0.8*r.size)
}

func (b *block) overlaps(o *block) bool {
	return b.left < o.right && o.left < b.right && b.bottom < o.top && o.bottom < b.top
}

const (
	mostBlocks  = 200 // a page of more pieces than this is read by lines alone
	columnLines = 4   // lines that stand beside each other make two columns
)

// mergeBlocks makes one of those that overlap, unless they are columns.
func mergeBlocks(blocks []*block) []*block {
	if len(blocks) > mostBlocks {
		for _, b := range blocks[1:] {
			for _, r := range b.runs {
				blocks[0].add(r)
			}
		}
		return blocks[:1]
	}
	for again := true; again; {
		again = false
		for i := 0; i < len(blocks); i++ {
			for j := i + 1; j < len(blocks); j++ {
				if !blocks[i].overlaps(blocks[j]) || columns(blocks[i], blocks[j]) {
					continue
				}
				for _, r := range blocks[j].runs {
					blocks[i].add(r)
				}
				blocks = slices.Delete(blocks, j, j+1)
				again = true
				j--
			}
		}
	}
	return blocks
}

// columns says whether two blocks, although the frames around them overlap (a title over both belongs to one of
// them), have several lines beside each other that do not meet.
func columns(a, b *block) bool {
	beside := func(of, in *block) (left, right float64, lines int) {
		left, right = of.right, of.left
		for _, l := range of.lines() {
			if l.base >= in.bottom && l.base <= in.top {
				left, right = min(left, l.left), max(right, l.right)
				lines++
			}
		}
		return left, right, lines
	}
	aLeft, aRight, aLines := beside(a, b)
	bLeft, bRight, bLines := beside(b, a)
	return aLines >= columnLines && bLines >= columnLines && (aRight <= bLeft || bRight <= aLeft)
}

// lines groups the runs of a block by their base lines.
func (b *block) lines() []line {
	runs := slices.Clone(b.runs)
	slices.SortStableFunc(runs, func(x, y *run) int { return cmp.Compare(y.base, x.base) })
	var lines []line
	for _, r := range runs {
		if n := len(lines); n > 0 && lines[n-1].base-r.base < 0.45*max(lines[n-1].size, r.size) {
			l := &lines[n-1]
			l.runs = append(l.runs, r)
			l.left, l.right, l.size = min(l.left, r.left), max(l.right, r.right), max(l.size, r.size)
			continue
		}
		lines = append(lines, line{runs: []*run{r}, left: r.left, right: r.right, base: r.base, size: r.size})
	}
	for _, l := range lines {
		slices.SortStableFunc(l.runs, func(x, y *run) int { return cmp.Compare(x.left, y.left) })
	}
	return lines
}

// readingOrder cuts the page at white space, first across, then down, and what cannot be cut is read as it was drawn.
func readingOrder(blocks []*block, depth int) []*block {
	if len(blocks) < 2 || depth > 20 {
		return blocks
	}
	rows := cut(blocks, func(b *block) (float64, float64) { return -b.top, -b.bottom })
	if len(rows) == 1 {
		rows = cut(blocks, func(b *block) (float64, float64) { return b.left, b.right })
	}
	if len(rows) == 1 {
		slices.SortFunc(blocks, func(x, y *block) int { return cmp.Compare(x.drawn, y.drawn) })
		return blocks
	}
	var order []*block
	for _, row := range rows {
		order = append(order, readingOrder(row, depth+1)...)
	}
	return order
}

// cut parts blocks where no block reaches over, in the direction that `reach` measures.
func cut(blocks []*block, reach func(*block) (float64, float64)) [][]*block {
	sorted := slices.Clone(blocks)
	slices.SortStableFunc(sorted, func(x, y *block) int {
		a, _ := reach(x)
		b, _ := reach(y)
		return cmp.Compare(a, b)
	})
	var parts [][]*block
	var end float64
	for _, b := range sorted {
		from, to := reach(b)
		if len(parts) == 0 || from >= end {
			parts = append(parts, nil)
			end = to
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], b)
		end = max(end, to)
	}
	return parts
}

// printLines writes the lines. The first line of a paragraph keeps its indent as two blanks of full width, and a
// gap that is wider than between the lines of a paragraph is an empty line.
func printLines(parts [][]line) string {
	margins := pageMargins(parts)
	var b strings.Builder
	var above *line
	for _, lines := range parts {
		for _, l := range lines {
			if above != nil && margins.parted(*above, l) {
				b.WriteByte('\n')
			}
			above = &l
			if margins.indented(l) {
				b.WriteString("\u3000\u3000")
			}
			b.WriteString(l.text())
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// margins are those of the page's running text, size that of its characters, pitch from one line to the next.
type margins struct{ left, right, pitch, size float64 }

// parted says whether the gap between two lines is wider than between the lines of a paragraph, which grows with
// the characters.
func (m margins) parted(above, below line) bool {
	usual := m.pitch * max(1, min(above.size, below.size)/m.size)
	return usual > 0 && above.base-below.base > 1.6*usual
}

func pageMargins(parts [][]line) margins {
	var m margins
	var lefts, pitches, sizes []float64
	for _, lines := range parts {
		for i, l := range lines {
			lefts = append(lefts, l.left)
			sizes = append(sizes, l.size)
			m.right = max(m.right, l.right)
			if i > 0 {
				pitches = append(pitches, lines[i-1].base-l.base)
			}
		}
	}
	slices.Sort(lefts)
	slices.Sort(pitches)
	slices.Sort(sizes)
	m.size = sizes[len(sizes)/2]
	if len(pitches) > 0 {
		m.pitch = pitches[len(pitches)/2]
	}
	m.left = lefts[0]
	// A margin is where several lines begin; one line that hangs out is none.
	need := max(2, len(lefts)/8)
	for i := 0; i+need <= len(lefts); i++ {
		if lefts[i+need-1]-lefts[i] < 3 {
			m.left = lefts[i]
			break
		}
	}
	return m
}

// indented tells the first line of a paragraph, two squares in, from one in the middle of the page.
func (m margins) indented(l line) bool {
	in, out := (l.left-m.left)/l.size, (m.right-l.right)/l.size
	return in > 1.2 && in < 2.7 && (out < 1.2 || abs(in-out) > 1)
}

// text writes a line: a blank where the page has a gap, a tab where the gap is that of a table.
func (l line) text() string {
	var b strings.Builder
	var last *glyph
	for _, r := range l.runs {
		for i := range r.glyphs {
			g := &r.glyphs[i]
			if last != nil {
				b.WriteString(gapText(last, g))
			}
			b.WriteRune(g.char)
			last = g
		}
	}
	return b.String()
}

func gapText(a, b *glyph) string {
	size := max(a.size(), b.size())
	gap := (b.left - a.right) / size
	switch {
	case gap > 2.5:
		return "\t"
	case gap > 0.6, b.spaced && gap > 0.15, gap > 0.25 && !wide(a.char) && !wide(b.char):
		return " "
	}
	return ""
}
