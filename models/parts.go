package models

// SourceSpan is a stretch [Start, End) of a document's text, in Unicode code points, that states a record or one
// of its fields. OwnerID is the record or the part of a record (a step, a name, an addressee) that is stated.
type SourceSpan struct {
	ID         ID      `gorm:"column:id;primaryKey"`
	OwnerID    ID      `gorm:"column:owner_id"`
	Field      *string `gorm:"column:field"`
	DocumentID ID      `gorm:"column:document_id"`
	Start      int     `gorm:"column:start_at"`
	End        int     `gorm:"column:end_at"`
	Quote      string  `gorm:"column:quote"`
	Method     Method  `gorm:"column:method"`
	Confirmed  bool    `gorm:"column:confirmed"`

	Edges `gorm:"-"`
}

// TableName names the table for gorm.
func (*SourceSpan) TableName() string { return "source_spans" }

// Key returns the ID of the row.
func (p *SourceSpan) Key() ID { return p.ID }

// Identifier is the name of a record in another system.
type Identifier struct {
	ID      ID     `gorm:"column:id;primaryKey"`
	OwnerID ID     `gorm:"column:owner_id"`
	Scheme  string `gorm:"column:scheme"`
	Value   string `gorm:"column:value"`
}

// TableName names the table for gorm.
func (*Identifier) TableName() string { return "identifiers" }

// Name is one name of a person or an organization, OwnerID. Folded is the form names are matched by.
type Name struct {
	ID       ID       `gorm:"column:id;primaryKey"`
	OwnerID  ID       `gorm:"column:owner_id"`
	Position int      `gorm:"column:position"`
	Text     string   `gorm:"column:text"`
	Folded   string   `gorm:"column:folded"`
	Kind     NameKind `gorm:"column:kind"`

	Edges `gorm:"-"`
}

// TableName names the table for gorm.
func (*Name) TableName() string { return "names" }

// Key returns the ID of the row.
func (p *Name) Key() ID { return p.ID }

// Presentation is somebody reporting on or submitting a matter: an organization, a person or both.
type Presentation struct {
	ID             ID      `gorm:"column:id;primaryKey"`
	AgendaItemID   ID      `gorm:"column:agenda_item_id"`
	Position       int     `gorm:"column:position"`
	OrganizationID *ID     `gorm:"column:organization_id"`
	PersonID       *ID     `gorm:"column:person_id"`
	Role           *string `gorm:"column:role"`
	HeldOn         Date    `gorm:"column:held_on"` // Day of the meeting.
	Public         bool    `gorm:"column:public"`

	Edges `gorm:"-"`
}

// TableName names the table for gorm.
func (*Presentation) TableName() string { return "presentations" }

// Key returns the ID of the row.
func (p *Presentation) Key() ID { return p.ID }

// DecisionStep is one step of what a decision sets off. Labels are the actors as the text writes them.
type DecisionStep struct {
	ID         ID         `gorm:"column:id;primaryKey"`
	DecisionID ID         `gorm:"column:decision_id"`
	Order      int        `gorm:"column:position"`
	Kind       StepKind   `gorm:"column:kind"`
	TargetID   *ID        `gorm:"column:target_id"`
	DocumentID *ID        `gorm:"column:document_id"`
	Condition  *string    `gorm:"column:condition_text"`
	Labels     Lines      `gorm:"column:actor_labels"`
	Status     StepStatus `gorm:"column:status"`
	DueOn      *Date      `gorm:"column:due_on"`
	DoneOn     *Date      `gorm:"column:done_on"`

	Edges `gorm:"-"`
}

// TableName names the table for gorm.
func (*DecisionStep) TableName() string { return "decision_steps" }

// Key returns the ID of the row.
func (p *DecisionStep) Key() ID { return p.ID }

// Distribution is one addressee of a paper.
type Distribution struct {
	ID             ID               `gorm:"column:id;primaryKey"`
	DocumentID     ID               `gorm:"column:document_id"`
	Kind           DistributionKind `gorm:"column:kind"`
	Position       int              `gorm:"column:position"`
	Label          string           `gorm:"column:label"`
	OrganizationID *ID              `gorm:"column:organization_id"`
	Collective     bool             `gorm:"column:collective"`
	Public         bool             `gorm:"column:public"`

	Edges `gorm:"-"`
}

// TableName names the table for gorm.
func (*Distribution) TableName() string { return "distributions" }

// Key returns the ID of the row.
func (p *Distribution) Key() ID { return p.ID }

// ActorLabels returns who does the step, as the text writes it.
func (p *DecisionStep) ActorLabels() []string { return p.Labels }

// StepActor is an organization or a person that does a step (ACTOR) or in whose name it is done (IN_NAME_OF).
type StepActor struct {
	StepID         ID            `gorm:"column:step_id"`
	DecisionID     ID            `gorm:"column:decision_id"`
	Role           StepActorRole `gorm:"column:role"`
	Position       int           `gorm:"column:position"`
	OrganizationID *ID           `gorm:"column:organization_id"`
	PersonID       *ID           `gorm:"column:person_id"`
}

// TableName names the table for gorm.
func (*StepActor) TableName() string { return "step_actors" }

// StepActorRole is what an organization or a person is to a step.
type StepActorRole string

// Values of StepActorRole.
const (
	StepActorDoes     StepActorRole = "ACTOR"
	StepActorInNameOf StepActorRole = "IN_NAME_OF"
)

// AgendaItemDocument is a document under an agenda item.
type AgendaItemDocument struct {
	AgendaItemID ID           `gorm:"column:agenda_item_id"`
	MeetingID    ID           `gorm:"column:meeting_id"`
	DocumentID   ID           `gorm:"column:document_id"`
	Position     int          `gorm:"column:position"`
	Role         DocumentRole `gorm:"column:role"`
	ShortTitle   *string      `gorm:"column:short_title"`
}

// TableName names the table for gorm.
func (*AgendaItemDocument) TableName() string { return "agenda_item_documents" }

// DecisionDocument is a document a decision is about.
type DecisionDocument struct {
	DecisionID ID  `gorm:"column:decision_id"`
	DocumentID ID  `gorm:"column:document_id"`
	Position   int `gorm:"column:position"`
}

// TableName names the table for gorm.
func (*DecisionDocument) TableName() string { return "decision_documents" }

// DirectiveAddressee is an organization told to act.
type DirectiveAddressee struct {
	DirectiveID    ID  `gorm:"column:directive_id"`
	OrganizationID ID  `gorm:"column:organization_id"`
	Position       int `gorm:"column:position"`
}

// TableName names the table for gorm.
func (*DirectiveAddressee) TableName() string { return "directive_addressees" }

// AttendanceItem limits an attendance to an agenda item.
type AttendanceItem struct {
	AttendanceID ID  `gorm:"column:attendance_id"`
	AgendaItemID ID  `gorm:"column:agenda_item_id"`
	Position     int `gorm:"column:position"`
}

// TableName names the table for gorm.
func (*AttendanceItem) TableName() string { return "attendance_items" }
