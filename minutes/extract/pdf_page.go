package extract

import (
	"math"
	"unicode"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
)

// glyph is a character on a page as it is seen, the page turned upright: x grows to the right, y upwards.
type glyph struct {
	char                     rune
	left, right, bottom, top float64 // of the whole square of the character, not of its ink
	base                     float64 // the line it stands on
	spaced                   bool    // the library sees a blank before it
}

// mostOnPage is many times what can be read on a page.
const mostOnPage = 200_000

func (g glyph) size() float64 { return max(g.top-g.bottom, 0.1) }

// page gives the text of a page in the order it is read.
func (r *reader) page(document references.FPDF_DOCUMENT, index int) (string, error) {
	loaded, err := r.engine.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: document, Index: index})
	if err != nil {
		return "", brokenPDF(err)
	}
	page := requests.Page{ByReference: &loaded.Page}
	glyphs, err := r.glyphs(page)
	if err != nil {
		return "", err
	}
	if len(glyphs) == 0 && r.hasPicture(page) {
		r.pictures++
	}
	if _, err := r.engine.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}); err != nil {
		return "", brokenPDF(err)
	}
	return layOut(glyphs), nil
}

func (r *reader) hasPicture(page requests.Page) bool {
	count, err := r.engine.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if err != nil {
		return false
	}
	for i := range min(count.Count, 1000) {
		object, err := r.engine.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: i})
		if err != nil {
			return false
		}
		kind, err := r.engine.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
		if err == nil && kind.Type == enums.FPDF_PAGEOBJ_IMAGE {
			return true
		}
	}
	return false
}

// glyphs reads the characters of a page that lie within its borders, in the order in which the file draws them.
func (r *reader) glyphs(page requests.Page) ([]glyph, error) {
	text, err := r.engine.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return nil, brokenPDF(err)
	}
	defer func() {
		// A failure here shows again when the page is closed.
		_, _ = r.engine.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	}()
	count, err := r.engine.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return nil, brokenPDF(err)
	}
	if count.Count > mostOnPage || int64(count.Count) > r.left {
		return nil, ended(endTooMuch)
	}
	turn, err := r.turn(page)
	if err != nil {
		return nil, err
	}
	var glyphs []glyph
	spaced := false
	var half rune
	for i := range count.Count {
		char, generated, err := r.char(text.TextPage, i)
		if err != nil {
			return nil, err
		}
		if half != 0 {
			char, half = utf16.DecodeRune(half, char), 0
		} else if utf16.IsSurrogate(char) {
			half = char
			continue
		}
		if generated || unicode.IsSpace(char) {
			spaced = true
			continue
		}
		g, ok := r.place(text.TextPage, i, turn)
		if !ok {
			continue
		}
		r.visible++
		if char == 0 || char == unicode.ReplacementChar || unicode.Is(unicode.Co, char) {
			r.unmapped++
		}
		g.char, g.spaced, spaced = shown(char), spaced, false
		glyphs = append(glyphs, g)
	}
	return glyphs, nil
}

func (r *reader) char(text references.FPDF_TEXTPAGE, i int) (rune, bool, error) {
	code, err := r.engine.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: i})
	if err != nil {
		return 0, false, brokenPDF(err)
	}
	generated, err := r.engine.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: text, Index: i})
	if err != nil {
		return 0, false, brokenPDF(err)
	}
	return rune(code.Unicode), generated.IsGenerated, nil
}

// shown is the character as text has it: hyphens that the library marks as its own guess are hyphens again, and
// what the font does not name stays visible as damage.
func shown(char rune) rune {
	switch {
	case char == 2 || char == 0xFFFE:
		return '-'
	case char == 0 || unicode.IsControl(char):
		return unicode.ReplacementChar
	}
	return char
}

// turn is how a page is turned when shown, and what of it is shown.
type turn struct {
	quarters int
	border   structs.FPDF_FS_RECTF
}

func (r *reader) turn(page requests.Page) (turn, error) {
	rotation, err := r.engine.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: page})
	if err != nil {
		return turn{}, brokenPDF(err)
	}
	box, err := r.engine.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: page})
	if err != nil {
		return turn{}, brokenPDF(err)
	}
	return turn{quarters: int(rotation.PageRotation), border: box.Rect}, nil
}

// place gives where a character is seen, false for one outside the page.
func (r *reader) place(text references.FPDF_TEXTPAGE, i int, t turn) (glyph, bool) {
	box, err := r.engine.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: i})
	if err != nil {
		return glyph{}, false // a character without a shape
	}
	origin, err := r.engine.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: i})
	if err != nil {
		return glyph{}, false
	}
	b := box.Rect
	x, y := (b.Left+b.Right)/2, (b.Bottom+b.Top)/2
	inside := x >= t.border.Left && x <= t.border.Right && y >= t.border.Bottom && y <= t.border.Top
	if !inside || math.IsNaN(origin.X+origin.Y) || math.IsInf(origin.X+origin.Y, 0) {
		return glyph{}, false
	}
	return t.upright(float64(b.Left), float64(b.Right), float64(b.Bottom), float64(b.Top), origin.X, origin.Y), true
}

// upright turns a place by the page's rotation, which is clockwise, in quarters.
func (t turn) upright(left, right, bottom, top, x, y float64) glyph {
	switch t.quarters {
	case 1:
		return glyph{left: bottom, right: top, bottom: -right, top: -left, base: -x}
	case 2:
		return glyph{left: -right, right: -left, bottom: -top, top: -bottom, base: -y}
	case 3:
		return glyph{left: -top, right: -bottom, bottom: left, top: right, base: x}
	}
	return glyph{left: left, right: right, bottom: bottom, top: top, base: y}
}
