package store

import "github.com/minutebook/minutebook/models"

// Query describes a set of records of one entity and what to load of it. A Query is a tree: its branches lead along
// edges to further queries. The store answers it level by level, with one statement for the rows of each edge to
// many records, however many records there are; edges to one record are joined into the statement of their level.
type Query struct {
	Entity  *Entity
	Columns []*Column   // columns to load, besides the id
	Where   []Condition // all of these hold
	Sort    []Sort      // the id always comes last
	Page    *Page       // nil: all rows
	Rows    bool        // whether rows are wanted at all, or only counts
	Cursors bool        // whether cursors are wanted
	Uses    bool        // whether the columns of the link are wanted
	Total   bool        // whether the size of the whole set is wanted
	Groups  []*Grouping

	Branches []*Branch
	Met      *Met // along CoAttendees: which meetings count
}

// AtOnce is for how many parents one statement may ask.
func (q *Query) AtOnce() int {
	if q.Met != nil {
		return countedAtOnce
	}
	return maxParents
}

// Branch leads along an edge. Key is the name under which the result is kept at the record.
type Branch struct {
	Key   string
	Edge  *Edge
	Query *Query
	// Variants are the queries of a dynamic edge, by the type of the record found.
	Variants map[models.RecordType]*Query
}

// Page is a part of an ordered set. After and Before are exclusive bounds; a backward page holds the last records
// of what the bounds leave.
type Page struct {
	Size          int
	Backward      bool
	After, Before *Cursor
}

// Grouping counts the records of a set by one or two dimensions. Key is the name the result is kept under.
type Grouping struct {
	Key    string
	By     []*Dimension
	Having []Bound
	Order  models.GroupOrder
	First  int
	// Nodes are what to load of the records that keys stand for, by the place of the dimension; nil for none.
	Nodes []*Query
}

// Bound is a condition on a count.
type Bound struct {
	Op     Op
	Values []int
}
