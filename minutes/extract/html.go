package extract

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlText gives what a browser would show of a page, a line for each block. It reads the page as a stream of
// tags, without building its tree: a tree takes fifty times the memory of the page, and a page made for it far more.
// Not shown: scripts, styles, navigation, controls of forms, whatever the page itself hides by attribute.
func htmlText(ctx context.Context, text string, limits Limits) (string, error) {
	p := &page{depth: limits.Depth, stories: []*story{{}}}
	z := html.NewTokenizer(strings.NewReader(text))
	for tokens := 0; ; tokens++ {
		if tokens%4096 == 0 && ctx.Err() != nil {
			return "", ctx.Err()
		}
		switch z.Next() {
		case html.ErrorToken:
			return p.finish(), nil
		case html.TextToken:
			if !p.hidden() {
				p.text(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			p.start(newElement(name, more, z))
		case html.EndTagToken:
			name, _ := z.TagName()
			p.end(atom.Lookup(name))
		}
	}
}

// element is an open tag with what of it changes the text.
type element struct {
	tag    atom.Atom
	hidden bool
	pre    bool
	marker string // of ol: the form of its numbers
	next   int    // of ol: the number of the next li
	cells  []string
}

// newElement reads a tag's attributes.
func newElement(name []byte, more bool, z *html.Tokenizer) element {
	e := element{tag: atom.Lookup(name), next: 1, marker: "1"}
	e.hidden = unseen[e.tag]
	e.pre = e.tag == atom.Pre
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		e.attribute(string(key), string(value))
	}
	return e
}

func (e *element) attribute(key, value string) {
	switch key {
	case "hidden":
		e.hidden = true
	case "aria-hidden":
		e.hidden = e.hidden || value == "true"
	case "role":
		e.hidden = e.hidden || value == "navigation"
	case "style":
		style := strings.ToLower(strings.Join(strings.Fields(value), ""))
		e.hidden = e.hidden || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
		if _, kind, ok := strings.Cut(style, "list-style"); ok {
			_, kind, _ = strings.Cut(kind, ":")
			kind, _, _ = strings.Cut(kind, ";")
			e.marker = kind
		}
	case "type":
		e.marker = value
	case "start", "value":
		if n, err := strconv.Atoi(value); err == nil && n > -1_000_000 && n < 1_000_000 {
			e.next = n
		}
	}
}

// page collects the text. A cell has a story of its own, so that its blocks stay in it.
type page struct {
	depth   int
	open    []element
	stories []*story
	line    strings.Builder
	blank   rune // white space seen and not yet written: 0, ' ' or '\n'
	last    rune // written in this line
	label   string
}

func (p *page) hidden() bool { return len(p.open) > 0 && p.open[len(p.open)-1].hidden }

func (p *page) start(e element) {
	switch e.tag {
	case atom.Br, atom.Hr:
		if !p.hidden() {
			p.breakLine()
		}
		return
	case atom.Plaintext, atom.Area, atom.Base, atom.Col, atom.Embed, atom.Img, atom.Input, atom.Link, atom.Meta,
		atom.Param, atom.Source, atom.Track, atom.Wbr:
		return
	}
	p.closeImplied(e.tag)
	inside := p.hidden()
	if blocks[e.tag] && !inside {
		p.breakLine()
	}
	if !blocks[e.tag] && !e.hidden && !inside {
		return // it changes nothing, so neither will its end
	}
	if len(p.open) >= p.depth {
		return
	}
	e.hidden = e.hidden || inside
	if n := len(p.open); n > 0 && p.open[n-1].pre {
		e.pre = true
	}
	p.open = append(p.open, e)
	if e.hidden {
		return
	}
	switch e.tag {
	case atom.Td, atom.Th:
		p.stories = append(p.stories, &story{})
	case atom.Li:
		p.label = p.number()
	}
}

// number gives the mark of a list item, where its list numbers them.
func (p *page) number() string {
	if len(p.open) < 2 || p.open[len(p.open)-2].tag != atom.Ol {
		return ""
	}
	list := &p.open[len(p.open)-2]
	if own := p.open[len(p.open)-1].next; own != 1 {
		list.next = own
	}
	n := list.next
	list.next++
	switch {
	case strings.HasPrefix(list.marker, "none"), strings.HasPrefix(list.marker, "disc"):
		return ""
	case list.marker == "a", strings.HasPrefix(list.marker, "lower-a"), strings.HasPrefix(list.marker, "lower-l"):
		return numeral("lowerLetter", n) + ". "
	case list.marker == "A", strings.HasPrefix(list.marker, "upper-a"), strings.HasPrefix(list.marker, "upper-l"):
		return numeral("upperLetter", n) + ". "
	case list.marker == "i", strings.HasPrefix(list.marker, "lower-r"):
		return numeral("lowerRoman", n) + ". "
	case list.marker == "I", strings.HasPrefix(list.marker, "upper-r"):
		return numeral("upperRoman", n) + ". "
	case strings.Contains(list.marker, "cjk"), strings.Contains(list.marker, "chinese"):
		return numeral("chineseCounting", n) + "、"
	}
	return strconv.Itoa(n) + ". "
}

// closeImplied closes what the start of a tag ends without an end tag of its own.
func (p *page) closeImplied(tag atom.Atom) {
	switch tag {
	case atom.Li:
		p.closeWithin(atom.Li, atom.Ul, atom.Ol)
	case atom.Dt, atom.Dd:
		p.closeWithin(atom.Dt, atom.Dl)
		p.closeWithin(atom.Dd, atom.Dl)
	case atom.Td, atom.Th:
		p.closeWithin(atom.Td, atom.Tr, atom.Table)
		p.closeWithin(atom.Th, atom.Tr, atom.Table)
	case atom.Tr, atom.Tbody, atom.Thead, atom.Tfoot:
		p.closeWithin(atom.Tr, atom.Table)
	default:
		if blocks[tag] {
			p.closeWithin(atom.P)
		}
	}
}

// closeWithin closes the innermost open tag, unless one of the borders, or a cell, is open inside it.
func (p *page) closeWithin(tag atom.Atom, borders ...atom.Atom) {
	for i, v := range slices.Backward(p.open) {
		at := v.tag
		if at == tag {
			p.closeTo(i)
			return
		}
		if slices.Contains(borders, at) {
			return
		}
		if (at == atom.Td || at == atom.Th) && tag != atom.Tr {
			return
		}
	}
}

func (p *page) end(tag atom.Atom) {
	switch tag {
	case atom.P, atom.Br:
		if !p.hidden() {
			p.breakLine()
		}
		p.closeWithin(atom.P)
	case atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Body, atom.Html:
		for i, v := range slices.Backward(p.open) {
			if v.tag == tag {
				p.closeTo(i)
				return
			}
			if v.tag == atom.Table && tag != atom.Body && tag != atom.Html {
				return
			}
		}
	default:
		p.closeWithin(tag)
	}
}

// closeTo closes all open tags from the innermost to the one at i.
func (p *page) closeTo(i int) {
	for len(p.open) > i {
		e := p.open[len(p.open)-1]
		p.open = p.open[:len(p.open)-1]
		if e.hidden {
			continue
		}
		p.breakLine()
		switch e.tag {
		case atom.Td, atom.Th:
			p.endCell()
		case atom.Tr:
			p.addLine(strings.TrimRight(strings.Join(e.cells, "\t"), "\t\n "))
		}
	}
}

// endCell gives the cell's text to the row that is open around it, or leaves it as lines where there is none.
func (p *page) endCell() {
	last := len(p.stories) - 1
	text := strings.TrimSuffix(p.stories[last].String(), "\n")
	p.stories = p.stories[:last]
	for i := len(p.open) - 1; i >= 0 && p.open[i].tag != atom.Table; i-- {
		if p.open[i].tag == atom.Tr {
			p.open[i].cells = append(p.open[i].cells, text)
			return
		}
	}
	p.addLine(text)
}

func (p *page) addLine(text string) {
	if text != "" {
		p.stories[len(p.stories)-1].paragraph(text)
	}
}

func (p *page) breakLine() {
	p.addLine(p.line.String())
	p.line.Reset()
	p.blank, p.last = 0, 0
}

// text writes characters as a browser does: white space is one blank, none at the ends of a line, and none for a
// line break between two Chinese characters.
func (p *page) text(s string) {
	pre := len(p.open) > 0 && p.open[len(p.open)-1].pre
	for _, r := range s {
		switch r {
		case '\n':
			if pre {
				p.breakLine()
				continue
			}
			p.blank = '\n'
		case ' ', '\t', '\r', '\f', '\u00a0':
			if p.blank == 0 {
				p.blank = ' '
			}
		case '\u200b', '\ufeff', '\u00ad', 0:
		default:
			p.rune(r)
		}
	}
}

func (p *page) rune(r rune) {
	if p.last == 0 {
		p.line.WriteString(p.label)
		p.label = ""
	} else if p.blank == ' ' || p.blank == '\n' && (!wide(p.last) || !wide(r)) {
		p.line.WriteByte(' ')
	}
	p.blank, p.last = 0, r
	p.line.WriteRune(r)
}

// wide tells the characters that fill a square: Chinese, and the punctuation of its width.
func wide(r rune) bool {
	return r >= 0x2E80 && r < 0xD800 || r >= 0xF900 && r <= 0xFAFF || r >= 0xFF01 && r <= 0xFF60 || r >= 0x20000
}

func (p *page) finish() string {
	p.closeTo(0)
	p.breakLine()
	return p.stories[0].String()
}

func tags(list ...atom.Atom) map[atom.Atom]bool {
	set := make(map[atom.Atom]bool, len(list))
	for _, tag := range list {
		set[tag] = true
	}
	return set
}

var blocks = tags(atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center,
	atom.Dd, atom.Details, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer,
	atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Html, atom.Legend, atom.Li,
	atom.Main, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot,
	atom.Th, atom.Thead, atom.Tr, atom.Ul)

// unseen are the tags whose content is not the page's text.
var unseen = tags(atom.Audio, atom.Button, atom.Canvas, atom.Datalist, atom.Del, atom.Iframe, atom.Math, atom.Nav,
	atom.Noembed, atom.Noframes, atom.Noscript, atom.Object, atom.Rp, atom.Rt, atom.Script, atom.Select, atom.Style,
	atom.Svg, atom.Template, atom.Textarea, atom.Title, atom.Video)
