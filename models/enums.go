package models

// MeetingState is the state of a meeting.
type MeetingState string

// Values of MeetingState.
const (
	MeetingStateScheduled MeetingState = "SCHEDULED" // Planned.
	MeetingStateHeld      MeetingState = "HELD"      // Held.
	MeetingStateCancelled MeetingState = "CANCELLED" // Will not be held.
)

// Valid reports whether the value is one of the enumeration.
func (v MeetingState) Valid() bool {
	switch v {
	case MeetingStateScheduled, MeetingStateHeld, MeetingStateCancelled:
		return true
	}
	return false
}

// AgendaItemKind is what a meeting did with a matter.
type AgendaItemKind string

// Values of AgendaItemKind.
const (
	AgendaItemKindDeliberate     AgendaItemKind = "DELIBERATE"      // 审议: deliberated on it.
	AgendaItemKindHearReport     AgendaItemKind = "HEAR_REPORT"     // 听取: heard a report.
	AgendaItemKindStudy          AgendaItemKind = "STUDY"           // 学习, 传达学习: studied a text.
	AgendaItemKindConvey         AgendaItemKind = "CONVEY"          // 传达, 通报: passed it on.
	AgendaItemKindDiscuss        AgendaItemKind = "DISCUSS"         // 讨论, 研究: discussed it.
	AgendaItemKindApproveMinutes AgendaItemKind = "APPROVE_MINUTES" // Approved earlier minutes.
	AgendaItemKindOther          AgendaItemKind = "OTHER"           // Anything else.
)

// Valid reports whether the value is one of the enumeration.
func (v AgendaItemKind) Valid() bool {
	switch v {
	case AgendaItemKindDeliberate, AgendaItemKindHearReport, AgendaItemKindStudy, AgendaItemKindConvey,
		AgendaItemKindDiscuss, AgendaItemKindApproveMinutes, AgendaItemKindOther:
		return true
	}
	return false
}

// DecisionOutcome is the kind of outcome of a decision.
type DecisionOutcome string

// Values of DecisionOutcome.
const (
	DecisionOutcomeApproved            DecisionOutcome = "APPROVED"              // 同意, 通过.
	DecisionOutcomeApprovedInPrinciple DecisionOutcome = "APPROVED_IN_PRINCIPLE" // 原则同意, 原则通过.
	DecisionOutcomeApprovedAsAmended   DecisionOutcome = "APPROVED_AS_AMENDED"   // Approved with changes.
	DecisionOutcomeNoted               DecisionOutcome = "NOTED"                 // Taken note of.
	DecisionOutcomePostponed           DecisionOutcome = "POSTPONED"             // Put off.
	DecisionOutcomeReferred            DecisionOutcome = "REFERRED"              // Sent to another body.
	DecisionOutcomeReturned            DecisionOutcome = "RETURNED"              // Sent back.
	DecisionOutcomeWithdrawn           DecisionOutcome = "WITHDRAWN"             // Taken back by those who brought it.
	DecisionOutcomeRejected            DecisionOutcome = "REJECTED"              // Refused.
	DecisionOutcomeOther               DecisionOutcome = "OTHER"                 // A duty or a finding without approval.
)

// Valid reports whether the value is one of the enumeration.
func (v DecisionOutcome) Valid() bool {
	switch v {
	case DecisionOutcomeApproved, DecisionOutcomeApprovedInPrinciple, DecisionOutcomeApprovedAsAmended,
		DecisionOutcomeNoted, DecisionOutcomePostponed, DecisionOutcomeReferred, DecisionOutcomeReturned,
		DecisionOutcomeWithdrawn, DecisionOutcomeRejected, DecisionOutcomeOther:
		return true
	}
	return false
}

// StepKind is the kind of a step of a decision.
type StepKind string

// Values of StepKind.
const (
	StepKindRevise    StepKind = "REVISE"    // 修改完善.
	StepKindReview    StepKind = "REVIEW"    // 审核把关.
	StepKindSubmit    StepKind = "SUBMIT"    // 提交, 提请, 报请 to a body.
	StepKindIssue     StepKind = "ISSUE"     // 印发.
	StepKindImplement StepKind = "IMPLEMENT" // 组织实施, 落实.
	StepKindOther     StepKind = "OTHER"     // Any other duty.
)

// Valid reports whether the value is one of the enumeration.
func (v StepKind) Valid() bool {
	switch v {
	case StepKindRevise, StepKindReview, StepKindSubmit, StepKindIssue, StepKindImplement, StepKindOther:
		return true
	}
	return false
}

// StepStatus is the state of a step.
type StepStatus string

// Values of StepStatus.
const (
	StepStatusOpen      StepStatus = "OPEN"      // To be done.
	StepStatusDone      StepStatus = "DONE"      // Done.
	StepStatusOverdue   StepStatus = "OVERDUE"   // Open past the day it was due.
	StepStatusCancelled StepStatus = "CANCELLED" // No longer to be done.
)

// Valid reports whether the value is one of the enumeration.
func (v StepStatus) Valid() bool {
	switch v {
	case StepStatusOpen, StepStatusDone, StepStatusOverdue, StepStatusCancelled:
		return true
	}
	return false
}

// DocumentKind is the kind of a paper.
type DocumentKind string

// Values of DocumentKind.
const (
	DocumentKindMinutes    DocumentKind = "MINUTES"    // 纪要.
	DocumentKindPlan       DocumentKind = "PLAN"       // 规划, 计划, 方案.
	DocumentKindMeasures   DocumentKind = "MEASURES"   // 办法, 细则.
	DocumentKindRegulation DocumentKind = "REGULATION" // 条例, 规定.
	DocumentKindReport     DocumentKind = "REPORT"     // 报告, 汇报.
	DocumentKindOpinion    DocumentKind = "OPINION"    // 意见.
	DocumentKindNotice     DocumentKind = "NOTICE"     // 通知.
	DocumentKindOther      DocumentKind = "OTHER"      // Anything else.
)

// Valid reports whether the value is one of the enumeration.
func (v DocumentKind) Valid() bool {
	switch v {
	case DocumentKindMinutes, DocumentKindPlan, DocumentKindMeasures, DocumentKindRegulation, DocumentKindReport,
		DocumentKindOpinion, DocumentKindNotice, DocumentKindOther:
		return true
	}
	return false
}

// DocumentRole is what a document was to an item.
type DocumentRole string

// Values of DocumentRole.
const (
	DocumentRoleUnderReview DocumentRole = "UNDER_REVIEW" // Before the meeting for a decision.
	DocumentRoleReport      DocumentRole = "REPORT"       // The report heard.
	DocumentRoleStudied     DocumentRole = "STUDIED"      // The text studied.
	DocumentRoleBackground  DocumentRole = "BACKGROUND"   // Mentioned.
)

// Valid reports whether the value is one of the enumeration.
func (v DocumentRole) Valid() bool {
	switch v {
	case DocumentRoleUnderReview, DocumentRoleReport, DocumentRoleStudied, DocumentRoleBackground:
		return true
	}
	return false
}

// OrganizationKind is the kind of an organization.
type OrganizationKind string

// Values of OrganizationKind.
const (
	OrganizationKindGovernment  OrganizationKind = "GOVERNMENT"  // Government of a place, or its office.
	OrganizationKindParty       OrganizationKind = "PARTY"       // Organ of a party.
	OrganizationKindLegislature OrganizationKind = "LEGISLATURE" // Assembly or council.
	OrganizationKindCourt       OrganizationKind = "COURT"       // Court or procuratorate.
	OrganizationKindDepartment  OrganizationKind = "DEPARTMENT"  // Bureau, commission or office of a government.
	OrganizationKindSubdivision OrganizationKind = "SUBDIVISION" // Town, township, street or zone.
	OrganizationKindCompany     OrganizationKind = "COMPANY"     // Company or bank.
	OrganizationKindInstitution OrganizationKind = "INSTITUTION" // School, hospital, centre.
	OrganizationKindAssociation OrganizationKind = "ASSOCIATION" // Association or union.
	OrganizationKindCommittee   OrganizationKind = "COMMITTEE"   // Committee, board or working group.
	OrganizationKindCollective  OrganizationKind = "COLLECTIVE"  // A group without a name of its own: 各镇人民政府.
	OrganizationKindOther       OrganizationKind = "OTHER"       // Anything else.
)

// Valid reports whether the value is one of the enumeration.
func (v OrganizationKind) Valid() bool {
	switch v {
	case OrganizationKindGovernment, OrganizationKindParty, OrganizationKindLegislature, OrganizationKindCourt,
		OrganizationKindDepartment, OrganizationKindSubdivision, OrganizationKindCompany, OrganizationKindInstitution,
		OrganizationKindAssociation, OrganizationKindCommittee, OrganizationKindCollective, OrganizationKindOther:
		return true
	}
	return false
}

// AttendanceCapacity is the capacity in which somebody takes part.
type AttendanceCapacity string

// Values of AttendanceCapacity.
const (
	AttendanceCapacityPresiding      AttendanceCapacity = "PRESIDING"      // 主持.
	AttendanceCapacityAttending      AttendanceCapacity = "ATTENDING"      // 出席.
	AttendanceCapacityObserving      AttendanceCapacity = "OBSERVING"      // 列席.
	AttendanceCapacityInvited        AttendanceCapacity = "INVITED"        // 应邀, 邀请.
	AttendanceCapacityRepresentative AttendanceCapacity = "REPRESENTATIVE" // 代表: sent by a body.
	AttendanceCapacityRecorder       AttendanceCapacity = "RECORDER"       // 记录.
)

// Valid reports whether the value is one of the enumeration.
func (v AttendanceCapacity) Valid() bool {
	switch v {
	case AttendanceCapacityPresiding, AttendanceCapacityAttending, AttendanceCapacityObserving,
		AttendanceCapacityInvited, AttendanceCapacityRepresentative, AttendanceCapacityRecorder:
		return true
	}
	return false
}

// AttendanceStatus says whether somebody took part.
type AttendanceStatus string

// Values of AttendanceStatus.
const (
	AttendanceStatusPresent AttendanceStatus = "PRESENT" // Took part.
	AttendanceStatusExcused AttendanceStatus = "EXCUSED" // 请假: absent with leave.
	AttendanceStatusAbsent  AttendanceStatus = "ABSENT"  // 缺席.
)

// Valid reports whether the value is one of the enumeration.
func (v AttendanceStatus) Valid() bool {
	switch v {
	case AttendanceStatusPresent, AttendanceStatusExcused, AttendanceStatusAbsent:
		return true
	}
	return false
}

// DistributionKind says how a paper is addressed.
type DistributionKind string

// Values of DistributionKind.
const (
	DistributionKindTo DistributionKind = "TO" // 主送, 发.
	DistributionKindCc DistributionKind = "CC" // 抄送, 送.
)

// Valid reports whether the value is one of the enumeration.
func (v DistributionKind) Valid() bool {
	switch v {
	case DistributionKindTo, DistributionKindCc:
		return true
	}
	return false
}

// NameKind is the kind of a name.
type NameKind string

// Values of NameKind.
const (
	NameKindOfficial NameKind = "OFFICIAL" // The official name.
	NameKindShort    NameKind = "SHORT"    // A short form.
	NameKindFormer   NameKind = "FORMER"   // A name no longer used.
	NameKindAlias    NameKind = "ALIAS"    // Another name, for example of a merged record.
)

// Valid reports whether the value is one of the enumeration.
func (v NameKind) Valid() bool {
	switch v {
	case NameKindOfficial, NameKindShort, NameKindFormer, NameKindAlias:
		return true
	}
	return false
}
