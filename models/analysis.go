package models

// EdgeKind is how two records of the graph are tied. Edges have a direction, as the words have, but walks go both ways.
type EdgeKind string

// Values of EdgeKind, those that say most first.
const (
	EdgeChaired     EdgeKind = "CHAIRED"      // person → meeting
	EdgeAttended    EdgeKind = "ATTENDED"     // person → meeting
	EdgeHeld        EdgeKind = "HELD"         // organization → meeting
	EdgePresented   EdgeKind = "PRESENTED"    // organization or person → agenda item
	EdgeOwes        EdgeKind = "OWES"         // organization or person → decision
	EdgeTold        EdgeKind = "TOLD"         // directive → organization
	EdgeIssued      EdgeKind = "ISSUED"       // organization → document
	EdgeReceived    EdgeKind = "RECEIVED"     // organization → document
	EdgeMember      EdgeKind = "MEMBER"       // person → organization
	EdgeAttendedFor EdgeKind = "ATTENDED_FOR" // person → organization
	EdgeConcerns    EdgeKind = "CONCERNS"     // agenda item or decision → document
	EdgeDecided     EdgeKind = "DECIDED"      // agenda item → decision
	EdgeInstructed  EdgeKind = "INSTRUCTED"   // agenda item → directive
	EdgeOnAgenda    EdgeKind = "ON_AGENDA"    // agenda item → meeting
	EdgeRecords     EdgeKind = "RECORDS"      // document → meeting
	EdgeParent      EdgeKind = "PARENT"       // organization → organization
)

// GraphEdge is a tie between two records. Record is the one that makes the tie, the newest where there are Count of them;
// Sources are the sentences that state it, and Method how it came from them (nil where no sentence is known).
type GraphEdge struct {
	From, To, Record Record
	Kind             EdgeKind
	Count            int
	Method           *Method
	Sources          []*SourceSpan
}

// EdgeCount is how many records are tied to one by a kind of edge.
type EdgeCount struct {
	Kind  EdgeKind
	Count int
}

// Neighborhood is what lies around a record.
type Neighborhood struct {
	Nodes     []Record
	Edges     []*GraphEdge
	Counts    []*EdgeCount
	PageInfo  PageInfo
	Truncated bool
}

// Path is a way from one record to another.
type Path struct {
	Length       int
	Nodes        []Record
	Hops         []*GraphEdge
	Alternatives []*Path
}

// NetworkKind is what ties the nodes of a network.
type NetworkKind string

// Values of NetworkKind.
const (
	NetworkCoAttendance NetworkKind = "CO_ATTENDANCE" // people who sat in the same meetings
	NetworkPresentsTo   NetworkKind = "PRESENTS_TO"   // who brings items to which body
	NetworkOwes         NetworkKind = "OWES"          // who has open steps of the decisions of which body
	NetworkDirectedAt   NetworkKind = "DIRECTED_AT"   // which body tells whom
)

// Network is a graph made of counts: everything in it is DERIVED.
type Network struct {
	Nodes       []*NetworkNode
	Edges       []*NetworkEdge
	Meetings    int
	TotalNodes  int
	TotalEdges  int
	Exact       bool
	Truncated   bool
	Explanation string
}

// NetworkNode is a record in a network, with its measures.
type NetworkNode struct {
	Record      Record
	Degree      int
	Weight      int
	PageRank    float64
	Betweenness float64
	Community   int
}

// NetworkEdge ties two nodes of a network.
type NetworkEdge struct {
	From, To     Record
	Weight       int
	Denominators NetworkDenominators
	Method       Method
	Evidence     []Record
	Sources      []*SourceSpan
}

// NetworkDenominators say what the weight of an edge is a part of.
type NetworkDenominators struct{ From, To, All int }

// TimelineKind is what happened to a record on a day: a kind of edge, or DUE, DONE or LEFT.
type TimelineKind string

// Values of TimelineKind that are no kinds of edges.
const (
	TimelineDue  TimelineKind = "DUE"
	TimelineDone TimelineKind = "DONE"
	TimelineLeft TimelineKind = "LEFT"
)

// TimelineEntry is something dated about a record.
type TimelineEntry struct {
	Date   Date
	Kind   TimelineKind
	Record Record
}

// TimelineEdge is an entry with the cursor to page from.
type TimelineEdge struct {
	Cursor string
	Node   *TimelineEntry
}

// TimelineConnection is a page of a timeline.
type TimelineConnection struct {
	Edges    []*TimelineEdge
	Nodes    []*TimelineEntry
	PageInfo PageInfo
}

// CoAttendanceEdge is somebody who was in the same meetings, with how many.
type CoAttendanceEdge struct {
	Cursor   string
	Node     *Person
	Meetings int
}

// CoAttendanceConnection is a page of the people who were in the same meetings as one person.
type CoAttendanceConnection struct {
	Edges      []*CoAttendanceEdge
	Nodes      []*Person
	PageInfo   PageInfo
	TotalCount int
}
