package extract

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// body walks WordprocessingML (ISO/IEC 29500-1) and keeps what a reader of the printed page sees: inserted text,
// text boxes, content controls, numbers of lists; not deleted or hidden text, field codes, or the second form of
// what is stored twice (mc:Fallback). Elements are known by their local names, for the strict and the transitional
// form differ in namespaces only.
type body struct {
	*xmlReader
	numbers *numbering
	limit   int64
	written int64
}

// document reads a whole part.
func (b *body) document(to *story) error {
	for {
		token, err := b.next()
		if err != nil {
			return err
		}
		if _, ok := token.(xml.StartElement); ok {
			return b.blocks(to)
		}
	}
}

// blocks reads the paragraphs and tables in the element that was just opened.
func (b *body) blocks(to *story) error {
	return b.children(func(start xml.StartElement) error { return b.block(start, to) })
}

func (b *body) block(start xml.StartElement, to *story) error {
	switch start.Name.Local {
	case "p":
		return b.paragraph(to)
	case "tbl":
		return b.table(to)
	case "sdt":
		return b.control(func(s xml.StartElement) error { return b.block(s, to) })
	case "AlternateContent":
		return b.alternate(func(s xml.StartElement) error { return b.block(s, to) })
	case "footnote", "endnote":
		if kind := attr(start, "type"); kind != "" && kind != "normal" {
			return b.skip()
		}
		return b.blocks(to)
	case "body", "ins", "moveTo", "customXml", "smartTag":
		return b.blocks(to)
	}
	return b.skip()
}

// control reads a content control; one that shows its prompt (单击此处输入文字) holds nothing.
func (b *body) control(f func(xml.StartElement) error) error {
	prompt := false
	return b.children(func(start xml.StartElement) error {
		switch {
		case start.Name.Local == "sdtPr":
			return b.children(func(s xml.StartElement) error {
				prompt = prompt || s.Name.Local == "showingPlcHdr" && on(s)
				return b.skip()
			})
		case start.Name.Local == "sdtContent" && !prompt:
			return b.children(f)
		}
		return b.skip()
	})
}

// alternate reads the first choice of content that is stored in several forms, or the fallback where there is none.
func (b *body) alternate(f func(xml.StartElement) error) error {
	taken := false
	return b.children(func(start xml.StartElement) error {
		if name := start.Name.Local; taken || name != "Choice" && name != "Fallback" {
			return b.skip()
		}
		taken = true
		return b.children(f)
	})
}

func (b *body) table(to *story) error {
	return b.children(func(start xml.StartElement) error { return b.row(start, to) })
}

// row adds a line for a row. Cells of several paragraphs make several lines.
func (b *body) row(start xml.StartElement, to *story) error {
	again := func(s xml.StartElement) error { return b.row(s, to) }
	switch start.Name.Local {
	case "sdt":
		return b.control(again)
	case "ins", "customXml":
		return b.children(again)
	case "tr":
	default:
		return b.skip()
	}
	var cells []string
	deleted := false
	if err := b.children(func(s xml.StartElement) error {
		if s.Name.Local == "trPr" {
			return b.children(func(p xml.StartElement) error {
				deleted = deleted || p.Name.Local == "del"
				return b.skip()
			})
		}
		return b.cell(s, &cells)
	}); err != nil {
		return err
	}
	if line := strings.TrimRight(strings.Join(cells, "\t"), "\t\n "); line != "" && !deleted {
		to.paragraph(line)
	}
	return nil
}

func (b *body) cell(start xml.StartElement, cells *[]string) error {
	again := func(s xml.StartElement) error { return b.cell(s, cells) }
	switch start.Name.Local {
	case "sdt":
		return b.control(again)
	case "ins", "customXml":
		return b.children(again)
	case "tc":
	default:
		return b.skip()
	}
	var content story
	if err := b.blocks(&content); err != nil {
		return err
	}
	*cells = append(*cells, strings.TrimSuffix(content.String(), "\n"))
	return nil
}

// paragraph is read with the text boxes that are anchored in it, which stand above or below it.
type paragraph struct {
	text         strings.Builder
	above, below story
	boxAbove     bool // where the drawing that is being read stands
	markDeleted  bool
}

func (b *body) paragraph(to *story) error {
	p := &paragraph{}
	var label string
	err := b.children(func(start xml.StartElement) error {
		if start.Name.Local != "pPr" {
			return b.inline(start, p)
		}
		props, err := b.properties()
		label, p.markDeleted = b.numbers.label(props), props.markDeleted
		return err
	})
	if err != nil {
		return err
	}
	to.append(p.above)
	to.paragraph(label + p.text.String())
	to.open = p.markDeleted
	to.append(p.below)
	if b.written += int64(len(label) + p.text.Len()); b.written > b.limit {
		return fail(TooLarge, "it holds more than %s of text", size(b.limit))
	}
	return nil
}

// paragraphProperties is what of a paragraph's properties changes its text.
type paragraphProperties struct {
	style       string
	numID       string // "" when the paragraph itself does not say
	level       int
	markDeleted bool
}

func (b *body) properties() (paragraphProperties, error) {
	props := paragraphProperties{level: -1}
	err := b.children(func(start xml.StartElement) error {
		switch start.Name.Local {
		case "pStyle":
			props.style = attr(start, "val")
		case "numPr":
			return b.children(func(s xml.StartElement) error {
				props.readNumPr(s)
				return b.skip()
			})
		case "rPr":
			return b.children(func(s xml.StartElement) error {
				props.markDeleted = props.markDeleted || s.Name.Local == "del"
				return b.skip()
			})
		}
		return b.skip()
	})
	return props, err
}

func (props *paragraphProperties) readNumPr(start xml.StartElement) {
	switch start.Name.Local {
	case "numId":
		props.numID = attr(start, "val")
	case "ilvl":
		if level, err := strconv.Atoi(attr(start, "val")); err == nil && level >= 0 && level < levels {
			props.level = level
		}
	}
}

// inline reads what stands in a paragraph. Elements that are not named here are looked through: text may stand in
// any wrapper, and only w:t holds text.
func (b *body) inline(start xml.StartElement, p *paragraph) error {
	again := func(s xml.StartElement) error { return b.inline(s, p) }
	switch start.Name.Local {
	case "r":
		return b.run(p)
	case "t":
		return b.characters(start, p)
	case "tab", "ptab":
		p.text.WriteByte('\t')
	case "br", "cr":
		p.text.WriteByte('\n')
	case "noBreakHyphen":
		p.text.WriteByte('-')
	case "sym":
		if code, err := strconv.ParseUint(attr(start, "char"), 16, 32); err == nil && code < 0xE000 && code >= ' ' {
			p.text.WriteString(string(rune(code)))
		}
	case "textpath": // lettering as art, as red heads use it
		p.text.WriteString(attr(start, "string"))
	case "positionV":
		return b.position(start, p)
	case "drawing", "pict":
		p.boxAbove = false
		return b.children(again)
	case "shape", "rect":
		if style := attr(start, "style"); style != "" {
			p.boxAbove = aboveByStyle(style)
		}
		return b.children(again)
	case "txbxContent":
		return b.box(p)
	case "sdt":
		return b.control(again)
	case "AlternateContent":
		return b.alternate(again)
	case "del", "moveFrom", "rt", "instrText", "delText", "pPr", "tbl", "p", "binData":
	default:
		return b.children(again)
	}
	return b.skip()
}

// run reads a run; its properties come first and may hide the rest.
func (b *body) run(p *paragraph) error {
	hidden := false
	return b.children(func(start xml.StartElement) error {
		if start.Name.Local == "rPr" {
			return b.children(func(s xml.StartElement) error {
				hidden = hidden || s.Name.Local == "vanish" && on(s)
				return b.skip()
			})
		}
		if hidden {
			return b.skip()
		}
		return b.inline(start, p)
	})
}

func (b *body) characters(start xml.StartElement, p *paragraph) error {
	var text strings.Builder
	for {
		token, err := b.next()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.StartElement:
			if err := b.skip(); err != nil {
				return err
			}
		case xml.EndElement:
			s := blanks.Replace(text.String())
			if attr(start, "space") != "preserve" {
				s = strings.Trim(s, " ")
			}
			p.text.WriteString(s)
			return nil
		}
	}
}

// blanks makes one line of a text, without the characters that are not seen.
var blanks = strings.NewReplacer("\r", "", "\n", " ", "\t", " ", "\u200b", "", "\ufeff", "", "\u00ad", "")

// box reads a text box.
func (b *body) box(p *paragraph) error {
	place := &p.below
	if p.boxAbove {
		place = &p.above
	}
	return b.blocks(place)
}

const (
	thirdOfPage = 3_600_000 // of A4, in EMU of 914,400 to the inch
	atTop       = "top"
)

// position reads where a drawing stands: a box in the upper third of the page, or at the paragraph's first line
// or over it, is read before the paragraph.
func (b *body) position(start xml.StartElement, p *paragraph) error {
	relative := attr(start, "relativeFrom")
	return b.children(func(child xml.StartElement) error {
		token, err := b.next()
		if err != nil {
			return err
		}
		text, ok := token.(xml.CharData)
		if !ok {
			if _, end := token.(xml.EndElement); end {
				return nil
			}
			return b.skipTwice()
		}
		value := strings.TrimSpace(string(text))
		offset, err := strconv.Atoi(value)
		switch {
		case err != nil:
			p.boxAbove = value == atTop
		case relative == "paragraph" || relative == "line":
			p.boxAbove = offset <= 0
		default:
			p.boxAbove = offset < thirdOfPage
		}
		return b.skip()
	})
}

func (b *body) skipTwice() error {
	if err := b.skip(); err != nil {
		return err
	}
	return b.skip()
}

// aboveByStyle does for VML what position does for DrawingML.
func aboveByStyle(style string) bool {
	top, page := 0.0, false
	for rule := range strings.SplitSeq(style, ";") {
		name, value, _ := strings.Cut(rule, ":")
		switch strings.TrimSpace(name) {
		case "margin-top":
			top, _ = strconv.ParseFloat(strings.TrimRight(strings.TrimSpace(value), "ptincmx"), 64)
		case "mso-position-vertical-relative":
			page = strings.TrimSpace(value) != "text"
		}
	}
	if page {
		return top < thirdOfPage/12700
	}
	return top <= 0
}
