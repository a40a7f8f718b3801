package extract

import (
	"context"
	"encoding/xml"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

const levels = 9 // of a list, in Word

// numbering knows the lists of a document and counts them, so that 一、 and （一）, which Word makes itself and does
// not store, stand in the text.
type numbering struct {
	styles   map[string]style
	lists    map[string]*list // by numId
	counters map[*abstractList]*counter
}

// abstractList is the form of a list; lists of one form count together.
type abstractList struct {
	levels    [levels]level
	styleLink string // the style that holds the form instead
}

type level struct {
	start   int
	format  string
	text    string // with %1 for the number of the first level
	suffix  string // tab, space or nothing
	style   string // paragraphs of this style stand on this level
	legal   bool   // all numbers as 1, 2, 3
	restart int    // -1: after every higher level; 0: never; n: after level n
}

type list struct {
	form    string
	abs     *abstractList
	restart map[int]int // level → first number
	begun   bool
}

type counter struct {
	set   [levels]bool
	value [levels]int
}

type style struct {
	parent string
	numID  string
	level  int
}

// readStyles reads which styles of paragraphs are numbered.
func readStyles(ctx context.Context, a *archive, part string) (map[string]style, error) {
	styles := map[string]style{}
	err := a.read(ctx, part, func(x *xmlReader) error {
		id := ""
		return x.each(func(start xml.StartElement) error {
			s, value := styles[id], attr(start, "val")
			switch start.Name.Local {
			case "style":
				id = attr(start, "styleId")
				s = style{level: -1}
				if attr(start, "default") == "1" && attr(start, "type") == "paragraph" {
					styles[""] = style{parent: id, level: -1}
				}
			case "basedOn":
				s.parent = value
			case "numId":
				s.numID = value
			case "ilvl":
				s.level = levelOf(value)
			default:
				return nil
			}
			styles[id] = s
			return nil
		})
	})
	return styles, optional(err)
}

// optional forgives a part that is not there.
func optional(err error) error {
	if errors.Is(err, errNoPart) {
		return nil
	}
	return err
}

func levelOf(value string) int {
	if n, err := strconv.Atoi(value); err == nil && n >= 0 && n < levels {
		return n
	}
	return -1
}

func readNumbering(ctx context.Context, a *archive, part string, styles map[string]style) (*numbering, error) {
	n := &numbering{styles: styles, lists: map[string]*list{}, counters: map[*abstractList]*counter{}}
	forms := map[string]*abstractList{}
	err := a.read(ctx, part, func(x *xmlReader) error {
		r := numberingReader{n: n, forms: forms}
		return x.each(r.element)
	})
	for _, l := range n.lists {
		l.abs = forms[l.form]
	}
	for _, l := range n.lists {
		if l.abs == nil || l.abs.styleLink == "" {
			continue
		}
		if target := n.lists[styles[l.abs.styleLink].numID]; target != nil && target.abs != nil && target.abs.styleLink == "" {
			l.abs = target.abs
		}
	}
	return n, optional(err)
}

// numberingReader follows numbering.xml element by element.
type numberingReader struct {
	n        *numbering
	forms    map[string]*abstractList
	form     *abstractList
	list     *list
	level    *level
	override int
}

func (r *numberingReader) element(start xml.StartElement) error {
	value := attr(start, "val")
	switch start.Name.Local {
	case "abstractNum":
		r.form, r.list, r.level = &abstractList{}, nil, nil
		r.forms[attr(start, "abstractNumId")] = r.form
	case "numStyleLink":
		if r.form != nil {
			r.form.styleLink = value
		}
	case "num":
		r.list, r.form, r.level = &list{restart: map[int]int{}}, nil, nil
		r.n.lists[attr(start, "numId")] = r.list
	case "abstractNumId":
		if r.list != nil {
			r.list.form = value
		}
	case "lvlOverride":
		r.override = levelOf(attr(start, "ilvl"))
	case "startOverride":
		if first, err := strconv.Atoi(value); err == nil && r.list != nil && r.override >= 0 {
			r.list.restart[r.override] = first
		}
	case "lvl":
		r.level = nil
		if i := levelOf(attr(start, "ilvl")); i >= 0 && r.form != nil {
			r.level = &r.form.levels[i]
			*r.level = level{format: "decimal", restart: -1}
		}
	default:
		if r.level != nil {
			r.level.read(start.Name.Local, value, start)
		}
	}
	return nil
}

func (l *level) read(name, value string, start xml.StartElement) {
	number, _ := strconv.Atoi(value)
	switch name {
	case "start":
		l.start = number
	case "numFmt":
		l.format = value
	case "lvlText":
		l.text = clean(value, 64) // Word's own limit is near; a longer one would swell the text
	case "suff":
		l.suffix = value
	case "pStyle":
		l.style = value
	case "isLgl":
		l.legal = on(start)
	case "lvlRestart":
		l.restart = number
	}
}

// label counts a paragraph and gives its number as printed, or "".
func (n *numbering) label(props paragraphProperties) string {
	if n == nil {
		return ""
	}
	numID, at := props.numID, props.level
	if numID == "" {
		numID, at = n.byStyle(props)
	}
	l := n.lists[numID]
	if l == nil || l.abs == nil { // numId 0 takes the number away
		return ""
	}
	at = max(at, 0)
	c := n.counters[l.abs]
	if c == nil {
		c = &counter{}
		n.counters[l.abs] = c
	}
	if !l.begun {
		l.begun = true
		for i, first := range l.restart {
			c.set[i], c.value[i] = false, first
		}
	}
	c.count(l, at)
	return l.abs.shown(c, at)
}

// byStyle looks for the numbering of a style and of those it is based on.
func (n *numbering) byStyle(props paragraphProperties) (string, int) {
	id, at := props.style, props.level
	for range 16 {
		s, ok := n.styles[id]
		if !ok {
			return "", at
		}
		if at < 0 {
			at = s.level
		}
		if s.numID != "" {
			if l := n.lists[s.numID]; l != nil && l.abs != nil && at < 0 {
				at = l.abs.levelOfStyle(id)
			}
			return s.numID, at
		}
		id = s.parent
	}
	return "", at
}

func (a *abstractList) levelOfStyle(id string) int {
	for i, l := range a.levels {
		if l.style == id {
			return i
		}
	}
	return 0
}

// count moves the counter of a level on and sets the lower ones back.
func (c *counter) count(l *list, at int) {
	for i := range at + 1 {
		switch {
		case c.set[i] && i == at:
			c.value[i]++
		case !c.set[i]:
			first, own := l.restart[i]
			if !own {
				first = l.abs.levels[i].start
			}
			c.set[i], c.value[i] = true, first
		}
	}
	for i := at + 1; i < levels; i++ {
		if restart := l.abs.levels[i].restart; restart < 0 || restart > at {
			c.set[i] = false
		}
	}
}

// shown gives the number with what stands around it.
func (a *abstractList) shown(c *counter, at int) string {
	l := a.levels[at]
	if l.format == "bullet" {
		return "• "
	}
	var b strings.Builder
	for i := 0; i < len(l.text); i++ {
		if l.text[i] != '%' || i+1 == len(l.text) || l.text[i+1] < '1' || l.text[i+1] > '9' {
			b.WriteByte(l.text[i])
			continue
		}
		i++
		of := int(l.text[i] - '1')
		format := a.levels[of].format
		if l.legal {
			format = "decimal"
		}
		b.WriteString(numeral(format, c.value[of]))
	}
	return b.String() + l.gap(b.String())
}

// gap is what stands between a number and the text: nothing after the full-width marks, which bring their own space.
func (l *level) gap(label string) string {
	last, _ := utf8.DecodeLastRuneInString(label)
	if label == "" || l.suffix == "nothing" || last >= 0x2E80 {
		return ""
	}
	return " "
}
