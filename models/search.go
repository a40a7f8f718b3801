package models

// SearchHit is a record that a search found. Rank says how well, in thousandths.
type SearchHit struct {
	ID       ID         `gorm:"column:id"`
	Type     RecordType `gorm:"column:record_type"`
	Rank     int        `gorm:"column:score"`
	Snippets []*Snippet `gorm:"-"`

	Edges `gorm:"-"`
}

// Key returns the ID of the record.
func (h *SearchHit) Key() ID { return h.ID }

// Score says how well the record fits; the same words give the same record the same score whatever else there is.
func (h *SearchHit) Score() float64 { return float64(h.Rank) / 1000 }

// Snippet is a stretch of a field that a search found something in. It is cut from the field; an ellipsis stands where
// the field goes on.
type Snippet struct {
	Field  string
	Text   string
	Ranges []*TextRange
}

// TextRange is a stretch [Start, End) of a text, in Unicode code points.
type TextRange struct{ Start, End int }

// Names under which the schema knows the pages of a search.
type (
	SearchConnection = Connection[SearchHit]
	SearchEdge       = Edge[SearchHit]
	SearchGroup      = Group
	SearchDimension  = Dimension
	SearchType       = RecordType
)
