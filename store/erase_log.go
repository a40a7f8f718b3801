package store

import (
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/minutebook/minutebook/models"
)

// erasedField is the field of an ERASE entry that lists the entries which lost what they said.
const erasedField = "entries"

// erasedEntry is an entry that lost what it said, and the hash of what is left of it.
type erasedEntry struct {
	Change int64  `json:"change"`
	Left   string `json:"left"`
}

// remainder is the hash of an entry as it stands after an erasure: all of it, with its own hash.
func remainder(c *models.Change) string {
	parts := append(frame(nil, c), c.Content, []byte(c.FieldsJSON), reasonOf(c), merged(c), c.Batch[:], c.Hash)
	return hex.EncodeToString(hashOf(parts...))
}

// erasedIn reads the list of an ERASE entry.
func erasedIn(c *models.Change) ([]erasedEntry, error) {
	fields, err := fieldsOf(c)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(fields, func(f *models.FieldChange) bool { return f.Field == erasedField && f.After != nil })
	if i < 0 {
		return nil, nil
	}
	var all []erasedEntry
	err = json.Unmarshal([]byte(*fields[i].After), &all)
	return all, err
}
