package models

import "sync"

// ImportPreview is what an import would do, and what the text was understood to say.
type ImportPreview struct {
	Text       *string
	Format     *string
	Counts     []*ImportCount
	Matches    []*ImportMatch
	Facts      []*ImportFact
	Warnings   []*ImportWarning
	Values     []*ImportValue
	UserErrors []*UserError
}

// ImportPayload is what an import did. MeetingID and DocumentID are nil where nothing was imported.
type ImportPayload struct {
	Outcome
	MeetingID  *ID
	DocumentID *ID
	Counts     []*ImportCount
	Questions  []*ImportMatch
	Kept       []*ImportKept
	Warnings   []*ImportWarning
}

// ImportCount says how many records of a type an import made, changed, left alone and withdrew.
type ImportCount struct {
	Type                                   RecordType
	Created, Updated, Unchanged, Withdrawn int
}

// ImportMatchStatus is what became of a name in the text.
type ImportMatchStatus string

// Values of ImportMatchStatus.
const (
	ImportMatchKnown     ImportMatchStatus = "KNOWN"     // it is the record
	ImportMatchNew       ImportMatchStatus = "NEW"       // no record fits; one is made
	ImportMatchAmbiguous ImportMatchStatus = "AMBIGUOUS" // a person has to say which; until then a record of its own is made
)

// ImportMatch is a name in the text and the record it was found to stand for. Key names it in a MatchResolution.
type ImportMatch struct {
	Key, Name  string
	Type       RecordType
	Status     ImportMatchStatus
	RecordID   *ID // nil for a record that a preview would make
	Why        string
	Start, End *int
	Candidates []*ImportCandidate
	References *References `json:"-"`
}

// ImportCandidate is a record that a name may stand for.
type ImportCandidate struct {
	Type     RecordType
	RecordID ID
	Name     string
	Score    float64
	Why      string

	References *References `json:"-"`
}

// ImportFact is one thing the text states, with the stretch [Start, End) of its code points that states it. Field is nil
// for the record as a whole. Record numbers the records of the preview from 1.
type ImportFact struct {
	Type       RecordType
	Effect     ImportEffect
	Record     int
	Field      *string
	Value      string
	Start, End int
}

// ImportEffect is what becomes of a record that a text states.
type ImportEffect string

// Values of ImportEffect.
const (
	ImportCreates ImportEffect = "CREATED"
	ImportUpdates ImportEffect = "UPDATED"
	ImportLeaves  ImportEffect = "UNCHANGED"
)

// ImportWarning is a stretch of the text that was not understood, or was with doubt. Line counts from 1. The places are nil
// where the warning is about the whole text.
type ImportWarning struct {
	Code, Message    string
	Start, End, Line *int
}

// ImportKept is a field that the import left as a person had set it; nil for a record that stays although the text no
// longer states it.
type ImportKept struct {
	Type     RecordType
	RecordID ID
	Field    *string

	References *References `json:"-"`
}

// References are the records that one answer names, so that they are loaded together, whichever is asked for first.
type References struct {
	IDs map[RecordType][]ID

	lock   sync.Mutex
	loaded map[any]map[ID]any
}

// Add notes a record that the answer names.
func (r *References) Add(t RecordType, id ID) {
	if r.IDs == nil {
		r.IDs = map[RecordType][]ID{}
	}
	r.IDs[t] = append(r.IDs[t], id)
}

// Load returns a record. Selection stands for what is asked of it; for each selection and type, load runs once, for all
// records of the type.
func (r *References) Load(selection any, t RecordType, id ID, load func([]ID) (map[ID]any, error)) (any, error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	key := [2]any{selection, t}
	if r.loaded[key] == nil {
		found, err := load(r.IDs[t])
		if err != nil {
			return nil, err
		}
		if r.loaded == nil {
			r.loaded = map[any]map[ID]any{}
		}
		r.loaded[key] = found
	}
	return r.loaded[key][id], nil
}

// ImportValue is one value of what was read, by the path that an ImportCorrection names. Start and End are nil where no
// stretch of the text states it.
type ImportValue struct {
	Path                    string
	Type                    RecordType
	Value                   *string
	Start, End              *int
	Method                  Method
	List, Required, Removed bool
}

// ImportCorrection is what a person says that the text says at a place of what was read.
type ImportCorrection struct {
	Path       string  `json:"path"`
	Value      *string `json:"value,omitempty"`
	Start, End *int    `json:",omitempty"`
}

// MatchResolution is the answer of a person to a question: the name with the key is the record, or a new one.
type MatchResolution struct {
	Key       string
	Record    *ID
	CreateNew bool
}
