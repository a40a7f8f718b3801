package models

import "slices"

// ImportJobState is how an import job stands.
type ImportJobState string

// Values of ImportJobState. The last four are final.
const (
	JobQueued      ImportJobState = "QUEUED"
	JobRunning     ImportJobState = "RUNNING"
	JobSucceeded   ImportJobState = "SUCCEEDED"
	JobFailed      ImportJobState = "FAILED"
	JobInterrupted ImportJobState = "INTERRUPTED" // its server stopped
	JobCancelled   ImportJobState = "CANCELLED"
)

// Ended reports whether the state is final.
func (s ImportJobState) Ended() bool { return s != JobQueued && s != JobRunning }

// ImportStep is what an import does.
type ImportStep string

// Values of ImportStep, in the order in which they are done.
const (
	StepExtract ImportStep = "EXTRACT"
	StepParse   ImportStep = "PARSE"
	StepMatch   ImportStep = "MATCH"
	StepWrite   ImportStep = "WRITE"
)

// ImportSteps are the steps of an import in their order.
var ImportSteps = []ImportStep{StepExtract, StepParse, StepMatch, StepWrite}

// ImportJob is an import that runs apart from the request that asked for it. Server names the process that does it. A
// reader learns of what it did from the result, which the store keeps as JSON.
type ImportJob struct {
	ID         ID             `gorm:"column:id;primaryKey"`
	State      ImportJobState `gorm:"column:state"`
	Actor      string         `gorm:"column:actor"`
	ActorRole  Role           `gorm:"column:actor_role"`
	FileName   *string        `gorm:"column:file_name"`
	Bytes      int            `gorm:"column:bytes"`
	Step       *ImportStep    `gorm:"column:step"`
	Server     string         `gorm:"column:server"`
	CreatedAt  DateTime       `gorm:"column:created_at;autoCreateTime:false"`
	StartedAt  *DateTime      `gorm:"column:started_at"`
	SeenAt     *DateTime      `gorm:"column:seen_at"` // when its server last said that it is at it
	FinishedAt *DateTime      `gorm:"column:finished_at"`
	ResultJSON string         `gorm:"column:result"`

	Ahead  *int          `gorm:"-"` // jobs before it while it waits
	Result *ImportResult `gorm:"-"`
}

// TableName names the table for gorm.
func (*ImportJob) TableName() string { return "import_jobs" }

// ImportResult is how an import job ended: with what it did, or with a failure.
type ImportResult struct {
	Meeting   *ID              `json:"meeting,omitempty"`
	Document  *ID              `json:"document,omitempty"`
	Counts    []*ImportCount   `json:"counts,omitempty"`
	Questions []*ImportMatch   `json:"questions,omitempty"`
	Kept      []*ImportKept    `json:"kept,omitempty"`
	Warnings  []*ImportWarning `json:"warnings,omitempty"`
	Failure   *ImportJobError  `json:"failure,omitempty"`
}

// ImportJobError is why an import job did not succeed.
type ImportJobError struct {
	Code    string   `json:"code"`
	Message string   `json:"message"`
	Path    []string `json:"path"`
}

// StartImportPayload is the answer of startImport.
type StartImportPayload struct {
	Job              *ImportJob
	UserErrors       []*UserError
	ClientMutationID *string
}

// CancelImportPayload is the answer of cancelImport.
type CancelImportPayload struct {
	Job        *ImportJob
	UserErrors []*UserError
}

// result is never nil: a job that has not ended has an empty one.
func (j *ImportJob) result() *ImportResult {
	if j.Result == nil {
		return &ImportResult{}
	}
	return j.Result
}

// StepsDone counts the steps that are behind it.
func (j *ImportJob) StepsDone() int {
	if j.State == JobSucceeded {
		return len(ImportSteps)
	}
	if j.Step == nil {
		return 0
	}
	return max(0, slices.Index(ImportSteps, *j.Step))
}

// StepsTotal counts all steps.
func (j *ImportJob) StepsTotal() int { return len(ImportSteps) }

// Counts says how many records the import made, changed, left alone and withdrew.
func (j *ImportJob) Counts() []*ImportCount { return j.result().Counts }

// Questions are the names for which a person has to say what they stand for.
func (j *ImportJob) Questions() []*ImportMatch { return j.result().Questions }

// Kept are the fields that were left as a person had set them.
func (j *ImportJob) Kept() []*ImportKept { return j.result().Kept }

// Warnings are the stretches that were not understood.
func (j *ImportJob) Warnings() []*ImportWarning { return j.result().Warnings }

// Error is why the job did not succeed, nil otherwise.
func (j *ImportJob) Error() *ImportJobError { return j.result().Failure }

// MeetingID is the meeting that was imported, nil where none was.
func (j *ImportJob) MeetingID() *ID { return j.result().Meeting }

// DocumentID is the document that was imported, nil where none was.
func (j *ImportJob) DocumentID() *ID { return j.result().Document }
