// Package minutes reads the text of minutes and says what it states: the meeting, its agenda items with
// presenters, documents, decisions and directives, who attended, to whom the paper was sent, each fact with
// the span of the text that states it, and a warning for every stretch that was not understood.
//
// Parse is pure: it reads no clock and no file, makes no ids and knows no database. It does not guess: what the
// text does not say is absent from the Record.
package minutes

import "encoding/json"

// Span is a half-open range [Start, End) of the text, in Unicode code points.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Record is what one set of minutes states. Its JSON form is the one that `minutebook parse --json` prints:
// lists are never null, dates are YYYY-MM-DD, strings stand as the text writes them, short forms unexpanded,
// without the blanks and line breaks of the layout.
type Record struct {
	Meeting      Meeting        `json:"meeting"`
	Minutes      Paper          `json:"minutes"`
	AgendaItems  []AgendaItem   `json:"agendaItems"`
	Attendance   []Attendance   `json:"attendance"`
	Distribution []Distribution `json:"distribution"`
	Warnings     []Warning      `json:"warnings"`
}

// Meeting is the sitting that the minutes record. Spans holds one span for each stated field, by its JSON name.
type Meeting struct {
	Body          string          `json:"body"`
	BodyAsWritten string          `json:"bodyAsWritten,omitempty"`
	Series        string          `json:"series,omitempty"`
	Ordinal       *int            `json:"ordinal"`
	Term          *int            `json:"term"`
	Year          *int            `json:"year"`
	HeldOn        *string         `json:"heldOn"`
	TimeOfDay     *string         `json:"timeOfDay"`
	Place         *string         `json:"place"`
	Chair         *Chair          `json:"chair"`
	Spans         map[string]Span `json:"spans"`
}

// Chair is the person who presided.
type Chair struct {
	Name  string  `json:"name"`
	Title *string `json:"title"`
	Span  Span    `json:"span"`
}

// Paper is the minutes as a document of their own. Publication is PUBLIC (公开发布), ON_REQUEST (依申请公开),
// NOT_PUBLIC (不予公开) or nil.
type Paper struct {
	IssueNumber    *int            `json:"issueNumber"`
	DocumentNumber *string         `json:"documentNumber"`
	IssuedBy       *string         `json:"issuedBy"`
	IssuedOn       *string         `json:"issuedOn"`
	CompiledBy     *string         `json:"compiledBy"`
	CompiledOn     *string         `json:"compiledOn"`
	Publication    *string         `json:"publication"`
	Spans          map[string]Span `json:"spans"`
}

// AgendaItem is a matter the meeting took up. Span covers its heading, Body everything said under it.
type AgendaItem struct {
	Position   int           `json:"position"`
	Number     string        `json:"-"` // as written: 一、, （二）, 议题三
	Kind       string        `json:"kind"`
	Title      string        `json:"title"`
	Presenters []Presenter   `json:"presenters"`
	Documents  []DocumentRef `json:"documents"`
	Decisions  []Decision    `json:"decisions"`
	Directives []Directive   `json:"directives"`
	Span       Span          `json:"span"`
	Body       Span          `json:"-"`
}

// Presenter is who reports or submits an item. At least one of Organization and Person is set.
type Presenter struct {
	Organization *string `json:"organization"`
	Person       *string `json:"person"`
	Role         *string `json:"role"`
	Span         Span    `json:"span"`
}

// DocumentRef is a document before the meeting under one item. ShortTitle is the form the same item uses for it
// afterwards (《行动计划》), empty where it uses none; Role is UNDER_REVIEW, REPORT, STUDIED or BACKGROUND.
// In JSON it is its full title alone.
type DocumentRef struct {
	Title      string
	ShortTitle string
	Role       string
	Span       Span
}

// MarshalJSON writes the title alone, as the contract of `parse --json` has it.
func (d DocumentRef) MarshalJSON() ([]byte, error) { return json.Marshal(d.Title) }

// Decision is an outcome with its object. Outcome is one of APPROVED, APPROVED_IN_PRINCIPLE, APPROVED_AS_AMENDED,
// NOTED, POSTPONED, REFERRED, RETURNED, REJECTED, OTHER. Documents are full titles.
type Decision struct {
	Outcome   string   `json:"outcome"`
	Text      string   `json:"text"`
	Documents []string `json:"documents"`
	Steps     []Step   `json:"steps"`
	Span      Span     `json:"span"`
}

// Step is one duty of the chain that a decision sets off: REVISE, REVIEW, SUBMIT, ISSUE, IMPLEMENT or OTHER.
type Step struct {
	Kind      string   `json:"kind"`
	Actors    []string `json:"actors"`
	Target    *string  `json:"target"`
	InNameOf  []string `json:"inNameOf"`
	Document  *string  `json:"document"`
	Condition *string  `json:"condition"`
	Span      Span     `json:"span"`
}

// Directive is one point of what the meeting emphasised or demanded.
type Directive struct {
	Label      *string  `json:"label"`
	Text       string   `json:"text"`
	Addressees []string `json:"addressees"`
	Span       Span     `json:"span"`
}

// Attendance is one person's (or one body's unnamed representative's) part in the meeting. Capacity is PRESIDING,
// ATTENDING, OBSERVING, INVITED, REPRESENTATIVE or RECORDER; Status PRESENT, EXCUSED or ABSENT. Items are
// positions of agenda items where the text limits the presence to some.
type Attendance struct {
	Name         *string `json:"name"`
	Organization *string `json:"organization"`
	Title        *string `json:"title"`
	Capacity     string  `json:"capacity"`
	Status       string  `json:"status"`
	Reason       *string `json:"reason"`
	Items        []int   `json:"items"`
	Span         Span    `json:"span"`
}

// Distribution is one addressee of the paper: TO (主送, 发) or CC (抄送, 送). Collective marks a group without a
// name of its own, such as 各镇人民政府.
type Distribution struct {
	Kind       string `json:"kind"`
	Name       string `json:"name"`
	Collective bool   `json:"collective"`
	Span       Span   `json:"span"`
}

// Warning names a stretch of text that carries meaning and was not understood, or was understood with doubt.
type Warning struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Span    Span   `json:"span"`
}
