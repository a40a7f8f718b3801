package models

// Outcome is what the answers of all mutations of records have.
type Outcome struct {
	UserErrors       []*UserError
	ClientMutationID *string
}

// Common returns the outcome that an answer has.
func (o *Outcome) Common() *Outcome { return o }

// Payload is the answer of a mutation that leaves a record behind.
type Payload[T any] struct {
	Outcome
	Record *T
}

// DeletePayload is the answer of a mutation that takes a record away.
type DeletePayload struct {
	Outcome
	DeletedID *string
}

// SetVisibilityPayload is the answer of setVisibility.
type SetVisibilityPayload struct {
	Outcome
	Record Record
}

// CompleteStepPayload is the answer of completeStep.
type CompleteStepPayload struct {
	Outcome
	Decision *Decision
}

// LinkPayload is the answer of a mutation that adds or removes one link of a record.
type LinkPayload struct {
	Outcome
	Record Record
}

// MergePayload is the answer of mergePeople and mergeOrganizations.
type MergePayload struct {
	Outcome
	Record Record
}

// UndoPayload is the answer of undo. Kept names what was left as it is because of later changes.
type UndoPayload struct {
	Outcome
	Record Record
	Kept   []string
}

// UpsertOutcome is what an upsert did to a record.
type UpsertOutcome string

// Values of UpsertOutcome.
const (
	UpsertCreated   UpsertOutcome = "CREATED"
	UpsertUpdated   UpsertOutcome = "UPDATED"
	UpsertUnchanged UpsertOutcome = "UNCHANGED"
)

// UpsertResult is what became of one record of an upsert of many.
type UpsertResult struct {
	ID      string
	Outcome UpsertOutcome
	Record  Record
}

// UpsertRecordsPayload is the answer of upsertRecords.
type UpsertRecordsPayload struct {
	Outcome
	Results []*UpsertResult
}
