package extract

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
)

// xmlReader reads the XML of a document from a stranger: no document type (and so no entities), no more elements
// within elements than allowed, an end when the context ends.
type xmlReader struct {
	ctx    context.Context
	in     *meter
	dec    *xml.Decoder
	limits Limits
	depth  int
	tokens int
}

func newXMLReader(ctx context.Context, in *meter, limits Limits) *xmlReader {
	return &xmlReader{ctx: ctx, in: in, dec: xml.NewDecoder(in), limits: limits}
}

// next gives the next token that is a start, an end or text.
func (x *xmlReader) next() (xml.Token, error) {
	for {
		if x.tokens++; x.tokens%4096 == 0 && x.ctx.Err() != nil {
			return nil, x.ctx.Err()
		}
		if x.tokens > x.limits.XMLTokens {
			return nil, fail(Bomb, "its XML has more than %d pieces", x.limits.XMLTokens)
		}
		token, err := x.dec.Token()
		if err != nil {
			return nil, err
		}
		x.in.since = 0
		switch token.(type) {
		case xml.Directive:
			return nil, fail(BrokenDOCX, "its XML declares a document type or entities, which a Word document may not")
		case xml.StartElement:
			if x.depth++; x.depth > x.limits.Depth {
				return nil, fail(Bomb, "its XML is nested more than %d elements deep", x.limits.Depth)
			}
			return token, nil
		case xml.EndElement:
			x.depth--
			return token, nil
		case xml.CharData:
			return token, nil
		}
	}
}

// children calls f at each child of the element that was just opened; f must read the child to its end. Text
// between the children is passed over.
func (x *xmlReader) children(f func(xml.StartElement) error) error {
	for {
		token, err := x.next()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := f(t.Copy()); err != nil {
				return err
			}
		}
	}
}

// each calls f at the start of every element, to the end of the stream.
func (x *xmlReader) each(f func(xml.StartElement) error) error {
	for {
		token, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok {
			if err := f(start); err != nil {
				return err
			}
		}
	}
}

// skip reads to the end of the element that was just opened.
func (x *xmlReader) skip() error {
	return x.children(func(xml.StartElement) error { return x.skip() })
}

func attr(start xml.StartElement, local string) string {
	for _, a := range start.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// on reads Word's switches: present means on unless the value says otherwise.
func on(start xml.StartElement) bool {
	switch attr(start, "val") {
	case "0", "false", "off":
		return false
	}
	return true
}
