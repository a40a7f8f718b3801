// Package models holds the records of the graph: their fields, ids, enumerations, the kinds of errors, and the
// pages in which they are handed out. It knows neither GraphQL nor SQL beyond the column names in its tags, and
// imports nothing of ours.
package models

// Base is what every record carries. Public is what a guest may see: the record's own visibility together with
// that of everything it belongs to, kept up to date by the store.
type Base struct {
	ID         ID         `gorm:"column:id;primaryKey"`
	Version    int        `gorm:"column:version"`
	Visibility Visibility `gorm:"column:visibility"`
	Public     bool       `gorm:"column:public"`
	NaturalKey []byte     `gorm:"column:natural_key"` // see the store; nil where a record has no key but its id
	CreatedAt  DateTime   `gorm:"column:created_at;autoCreateTime:false"`
	UpdatedAt  DateTime   `gorm:"column:updated_at;autoUpdateTime:false"`

	Edges `gorm:"-"`
}

// Meta returns the record's Base.
func (b *Base) Meta() *Base { return b }

// Key returns the record's ID.
func (b *Base) Key() ID { return b.ID }

// Edges holds what has been loaded along the edges of one record, by the name under which the request asked for
// it, so that two aliases of one field stay apart.
type Edges struct{ loaded map[string]any }

// Loaded returns what was loaded under a name, and whether anything was; nil is a valid thing to have been loaded.
func (e *Edges) Loaded(name string) (any, bool) {
	value, ok := e.loaded[name]
	return value, ok
}

// SetLoaded keeps what was loaded under a name.
func (e *Edges) SetLoaded(name string, value any) {
	if e.loaded == nil {
		e.loaded = make(map[string]any, 4)
	}
	e.loaded[name] = value
}

// Node is everything with an id of its own.
type Node interface {
	NodeID() string
}

// Record is what every record of the graph can do.
type Record interface {
	Node
	RecordType() RecordType
	Meta() *Base
	TableName() string
}

// RecordType names a type of record.
type RecordType string

// Types of records.
const (
	TypeMeeting      RecordType = "MEETING"
	TypeAgendaItem   RecordType = "AGENDA_ITEM"
	TypeDecision     RecordType = "DECISION"
	TypeDirective    RecordType = "DIRECTIVE"
	TypeDocument     RecordType = "DOCUMENT"
	TypeOrganization RecordType = "ORGANIZATION"
	TypePerson       RecordType = "PERSON"
	TypeMembership   RecordType = "MEMBERSHIP"
	TypeAttendance   RecordType = "ATTENDANCE"
)

// Visibility says who may see a record.
type Visibility string

// Values of Visibility.
const (
	VisibilityPublic   Visibility = "PUBLIC"
	VisibilityInternal Visibility = "INTERNAL"
)

// Valid reports whether the value is one of the enumeration.
func (v Visibility) Valid() bool { return v == VisibilityPublic || v == VisibilityInternal }

// Method says how a fact came into the graph.
type Method string

// Values of Method.
const (
	MethodRule    Method = "RULE"
	MethodHuman   Method = "HUMAN"
	MethodImport  Method = "IMPORT"
	MethodDerived Method = "DERIVED" // never printed as if a text had stated it
)
