package models

// MergePayload is the answer of mergePeople and mergeOrganizations.
type MergePayload struct {
	Record     Record
	UserErrors []*UserError
}

// UndoPayload is the answer of undo. Kept names what was left as it is because of later changes.
type UndoPayload struct {
	Record     Record
	Kept       []string
	UserErrors []*UserError
}
