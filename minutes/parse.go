package minutes

// Parse reads the text of one set of minutes. It accepts anything, in time linear in its length; a text that is no
// minutes gives an empty record with a warning.
func Parse(source string) Record {
	src := []rune(source)
	paper, around := sourceLines(src)
	r := &reader{t: newText(src, paper), around: newText(src, around)}
	r.t.partLines()
	r.paras = r.t.paragraphs()
	r.sortParagraphs()
	r.readOpening()
	r.readPlace()
	r.readHead()
	r.readItems()
	r.readAttendance()
	r.readDistribution()
	r.readFoot()
	r.finish()
	return r.rec
}

// A reader holds what is known of one text while it is read, layer by layer.
type reader struct {
	t       *text
	around  *text // the lines of the page around the paper
	paras   []stretch
	kinds   []paraKind
	labels  []label // of the paragraphs that have one
	opening opening
	items   []item
	telling []stretch // paragraphs of the body that only tell who took part

	homeless   []stretch // what was said before any item was found
	listing    listing
	lastMatter int // the last paragraph that can open an item, or -1
	rec        Record
}

type paraKind uint8

const (
	plain    paraKind = iota
	labelled          // begins with a label
	listed            // goes on with the list that a label above it began
	foot              // 整理, 印发, （此件公开发布）, a date
)
