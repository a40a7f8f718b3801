package models

// Names under which the schema knows the pages of each type.
type (
	MeetingConnection            = Connection[Meeting]
	MeetingEdge                  = Edge[Meeting]
	MeetingGroup                 = Group
	MeetingDimension             = Dimension
	AgendaItemConnection         = Connection[AgendaItem]
	AgendaItemEdge               = Edge[AgendaItem]
	AgendaItemGroup              = Group
	AgendaItemDimension          = Dimension
	DecisionConnection           = Connection[Decision]
	DecisionEdge                 = Edge[Decision]
	DecisionGroup                = Group
	DecisionDimension            = Dimension
	DirectiveConnection          = Connection[Directive]
	DirectiveEdge                = Edge[Directive]
	DirectiveGroup               = Group
	DirectiveDimension           = Dimension
	DocumentConnection           = Connection[Document]
	DocumentEdge                 = Edge[Document]
	DocumentGroup                = Group
	DocumentDimension            = Dimension
	OrganizationConnection       = Connection[Organization]
	OrganizationEdge             = Edge[Organization]
	OrganizationGroup            = Group
	OrganizationDimension        = Dimension
	PersonConnection             = Connection[Person]
	PersonEdge                   = Edge[Person]
	PersonGroup                  = Group
	PersonDimension              = Dimension
	MembershipConnection         = Connection[Membership]
	MembershipEdge               = Edge[Membership]
	MembershipGroup              = Group
	MembershipDimension          = Dimension
	AttendanceConnection         = Connection[Attendance]
	AttendanceEdge               = Edge[Attendance]
	AttendanceGroup              = Group
	AttendanceDimension          = Dimension
	PresentationConnection       = Connection[Presentation]
	PresentationEdge             = Edge[Presentation]
	PresentationGroup            = Group
	PresentationDimension        = Dimension
	ChangeConnection             = Connection[Change]
	ChangeEdge                   = Edge[Change]
	AgendaItemDocumentConnection = Connection[Document]
	AgendaItemDocumentEdge       = Edge[Document]
	WebhookDeliveryConnection    = Connection[WebhookDelivery]
	WebhookDeliveryEdge          = Edge[WebhookDelivery]
)

// Names under which the schema knows the answers of mutations.
type (
	CreateMeetingPayload      = Payload[Meeting]
	UpdateMeetingPayload      = Payload[Meeting]
	DeleteMeetingPayload      = DeletePayload
	CreateAgendaItemPayload   = Payload[AgendaItem]
	UpdateAgendaItemPayload   = Payload[AgendaItem]
	DeleteAgendaItemPayload   = DeletePayload
	CreateDecisionPayload     = Payload[Decision]
	UpdateDecisionPayload     = Payload[Decision]
	DeleteDecisionPayload     = DeletePayload
	CreateDirectivePayload    = Payload[Directive]
	UpdateDirectivePayload    = Payload[Directive]
	DeleteDirectivePayload    = DeletePayload
	CreateDocumentPayload     = Payload[Document]
	UpdateDocumentPayload     = Payload[Document]
	DeleteDocumentPayload     = DeletePayload
	CreateOrganizationPayload = Payload[Organization]
	UpdateOrganizationPayload = Payload[Organization]
	DeleteOrganizationPayload = DeletePayload
	CreatePersonPayload       = Payload[Person]
	UpdatePersonPayload       = Payload[Person]
	DeletePersonPayload       = DeletePayload
	CreateMembershipPayload   = Payload[Membership]
	UpdateMembershipPayload   = Payload[Membership]
	DeleteMembershipPayload   = DeletePayload
	CreateAttendancePayload   = Payload[Attendance]
	UpdateAttendancePayload   = Payload[Attendance]
	DeleteAttendancePayload   = DeletePayload
)
