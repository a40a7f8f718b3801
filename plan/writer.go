package plan

import (
	"sync"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// writer answers one operation along its shapes. Each level is read once and written to a buffer row by row, with
// holes where the answers of the levels below go; when those are there, everything is put together in one pass. Writers
// and what they hold are used again.
type writer struct {
	reader *store.Reader
	vars   map[string]any
	out    []byte
	levels []*filled // the first used of them belong to the answer at hand
	used   int
}

// filled is what a level holds: the written rows in the order they were read, and where those of each parent stand.
type filled struct {
	shape   *shape
	query   *store.Query // of the shape, with its cursors filled in
	of      *owners      // whose rows these are: parents, or the ids asked for; nil at the root
	buf     []byte
	count   int           // rows
	cursors []string      // of the rows, where they are asked for
	forms   []writtenForm // for each row, one for each form of the shape
	holes   []hole
	sets    []rowSet // by the places of the owners; one at the root
	totals  map[models.ID]int
	groups  map[*groupForm]*filledGroups
	below   []*filled // as shape.below
	owners  []*owners // as shape.owners
}

// writtenForm is one row in one form: a piece of the buffer and the holes in it.
type writtenForm struct{ start, end, firstHole, endHole int }

// hole is a place where the answer of a level below goes.
type hole struct {
	at     int
	member *member
	owner  int // place among the owners
}

// rowSet is where the rows under one parent stand.
type rowSet struct {
	from, to int
	more     bool
}

// owners are the records that a level below is asked for, each once.
type owners struct {
	ids    []models.ID
	places map[models.ID]int // nil while there is at most one
}

// place returns the place of an id, and -1 where it is not there.
func (o *owners) place(id models.ID) int {
	if len(o.ids) > 0 && o.ids[len(o.ids)-1] == id {
		return len(o.ids) - 1
	}
	if at, known := o.places[id]; known {
		return at
	}
	return -1
}

// add adds an id and returns its place.
func (o *owners) add(id models.ID) int {
	if at := o.place(id); at >= 0 {
		return at
	}
	at := len(o.ids)
	o.ids = append(o.ids, id)
	switch {
	case at == 0:
		return 0
	case o.places == nil:
		o.places = map[models.ID]int{o.ids[0]: 0}
	case len(o.places) == 0: // used again
		o.places[o.ids[0]] = 0
	}
	o.places[id] = at
	return at
}

// filledGroups is what a grouping holds.
type filledGroups struct {
	byParent map[models.ID][]filledGroup
	texts    []byte    // of keys that stand for no record
	nodes    []*filled // as groupForm.nodes
}

// filledGroup is one group: how many there are, and by what.
type filledGroup struct {
	count int
	keys  [maxDimensions]filledKey
}

// filledKey is the value of a dimension: the id of a record, or a piece of the texts.
type filledKey struct {
	there    bool
	id       models.ID
	from, to int
}

var writers = sync.Pool{New: func() any { return &writer{} }}

func newWriter(reader *store.Reader, vars map[string]any, out []byte) *writer {
	w := writers.Get().(*writer)
	w.reader, w.vars, w.out, w.used = reader, vars, out, 0
	return w
}

// Bounds of what a writer holds until it is used again.
const (
	maxKeptLevels = 32
	maxKeptBuffer = 512 << 10
)

// free gives the writer back. Nobody may hold anything of it but its output any more.
func (w *writer) free() {
	held := 0
	for _, f := range w.levels {
		held += cap(f.buf)
	}
	if held > maxKeptBuffer || len(w.levels) > maxKeptLevels {
		return
	}
	for _, f := range w.levels[:w.used] {
		f.clear()
	}
	w.reader, w.vars, w.out = nil, nil, nil
	writers.Put(w)
}

// fill takes a level that is used no more, or a new one.
func (w *writer) fill(s *shape, of *owners) *filled {
	if w.used == len(w.levels) {
		w.levels = append(w.levels, &filled{})
	}
	f := w.levels[w.used]
	w.used++
	f.shape, f.query, f.of = s, s.query, of
	sets := 1
	if of != nil {
		sets = len(of.ids)
	}
	f.sets = append(f.sets[:0], make([]rowSet, sets)...)
	for len(f.owners) < len(s.owners) {
		f.owners = append(f.owners, &owners{})
	}
	return f
}

// clear forgets everything but the memory.
func (f *filled) clear() {
	for _, o := range f.owners {
		o.ids = o.ids[:0]
		clear(o.places)
	}
	clear(f.cursors)
	*f = filled{buf: f.buf[:0], cursors: f.cursors[:0], forms: f.forms[:0], holes: f.holes[:0], sets: f.sets[:0], below: f.below[:0], owners: f.owners}
}
