package store

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"

	"github.com/minutebook/minutebook/models"
)

// entry is a change that the log is going to say. It is numbered at the end of the transaction.
type entry struct {
	change models.Change
	fields []models.FieldChange
	// before says whether a guest saw the record before the change.
	before bool
	// record is the record as the change leaves it; nil when it leaves none.
	record  models.Record
	removed []removed
}

// note adds an entry to the log.
func (tx *Tx) note(operation models.ChangeOperation, record models.Record, e entry) *entry {
	meta := record.Meta()
	e.change.ID, e.change.Operation = models.NewID(), operation
	e.change.Type, e.change.Record, e.change.Version = record.RecordType(), meta.ID, meta.Version
	e.change.ActorName, e.change.ActorRole = actorName(tx.actor), tx.actor.Role
	e.change.At, e.change.Batch = tx.now, tx.act
	if operation != models.OperationDelete && operation != models.OperationMerge {
		e.record = record
	}
	tx.entries = append(tx.entries, &e)
	return &e
}

// actorName is the subject of a token as far as the log takes it: issuers elsewhere may give longer ones.
func actorName(actor models.Actor) string {
	const most = 200
	if runes := []rune(actor.Subject); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return actor.Subject
}

// public says whether a guest may read the entry: the record was to be seen before and is to be seen after. What was
// written while a record was closed stays closed when it is opened, and its closing is not announced; its deletion is,
// so that copies elsewhere can follow.
func (e *entry) public(tx *Tx) bool {
	after := e.before
	if e.record != nil {
		after = e.record.Meta().Public
		if now, known := tx.publics[e.change.Record]; known {
			after = now
		}
	}
	switch e.change.Operation {
	case models.OperationCreate, models.OperationPublish:
		return after
	case models.OperationDelete, models.OperationMerge:
		return e.before
	case models.OperationUnpublish, models.OperationErase: // an erasure lists entries that a guest may not see
		return false
	}
	return e.before && after
}

// writeLog numbers the entries and writes them. The row of change_head stays locked until the commit, so numbers grow in
// the order of commits and nobody ever sees a number without the ones before it.
func (tx *Tx) writeLog() error {
	if len(tx.entries) == 0 {
		return nil
	}
	var sequence int64
	var hash []byte
	err := tx.each("SELECT sequence, hash FROM change_head WHERE one = 1"+tx.s.dialect.exclusive(), nil,
		func(scan func(...any) error) error { return scan(&sequence, &hash) })
	if err != nil {
		return err
	}
	rows, kept := make([]any, len(tx.entries)), []any{}
	for i, e := range tx.entries {
		sequence++
		e.change.Sequence, e.change.Public = sequence, e.public(tx)
		e.change.FieldsJSON = fieldsJSON(e.fields)
		seal(hash, &e.change)
		hash = e.change.Hash
		rows[i] = &e.change
		if len(e.removed) > 0 {
			content, err := encodeRemoved(e.removed)
			if err != nil {
				return err
			}
			kept = append(kept, &removedRow{ChangeID: e.change.ID, Content: content})
		}
	}
	if err := tx.insert(&Schema.Changes.typing, rows); err != nil {
		return err
	}
	if err := tx.insert(&removedTyping, kept); err != nil {
		return err
	}
	return tx.exec("UPDATE change_head SET sequence = ?, hash = ? WHERE one = 1", sequence, hash)
}

func fieldsJSON(fields []models.FieldChange) string {
	if len(fields) == 0 {
		return "[]"
	}
	return jsonOf(fields)
}

// seal gives an entry its salt, the hash of what it says, and its hash.
func seal(previous []byte, c *models.Change) {
	c.Salt = make([]byte, 16)
	_, _ = rand.Read(c.Salt) // never fails: it ends the program instead
	c.Content = contentHash(c)
	c.Hash = chain(previous, c)
}

// contentHash is the hash of what an entry says beside who did what to which record: that can be erased, for a person's
// sake, while the hash stays in the chain. Without the salt nobody can try names against it.
func contentHash(c *models.Change) []byte {
	return hashOf(c.Salt, c.ID[:], []byte(c.FieldsJSON), reasonOf(c))
}

// reasonOf writes a reason so that one left empty is not the same as none.
func reasonOf(c *models.Change) []byte {
	if c.Reason == nil {
		return nil
	}
	return []byte("=" + *c.Reason)
}

// chain returns the hash of an entry: SHA-256 over the hash of the entry before it and everything the entry says, each part
// preceded by its length. What can be erased goes in as a hash of its own. Whether a guest may see the entry is not part of
// it: that changes when a record is closed.
func chain(previous []byte, c *models.Change) []byte {
	if c.Content == nil {
		fields := sha256.Sum256(append(c.ID[:], c.FieldsJSON...)) // entries from before there was a salt
		return hashOf(append(frame(previous, c), fields[:], reasonOf(c), merged(c), c.Batch[:])...)
	}
	return hashOf(append(frame(previous, c), c.Content, []byte("content"), merged(c), c.Batch[:])...)
}

// frame is what is never erased of an entry: its place, and who did what to which record when.
func frame(previous []byte, c *models.Change) [][]byte {
	return [][]byte{
		previous, eight(c.Sequence), c.ID[:], []byte(c.Operation), []byte(c.Type), c.Record[:],
		eight(int64(c.Version)), []byte(c.ActorName), []byte(c.ActorRole), []byte(c.At.String()),
	}
}

func merged(c *models.Change) []byte {
	if c.MergedID == nil {
		return nil
	}
	return c.MergedID[:]
}

// hashOf is SHA-256 over parts, each preceded by its length.
func hashOf(parts ...[]byte) []byte {
	hash := sha256.New()
	for _, part := range parts {
		_, _ = hash.Write(eight(int64(len(part)))) // a hash takes everything
		_, _ = hash.Write(part)
	}
	return hash.Sum(nil)
}

// eight writes a number as eight bytes.
func eight(n int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(n))
}
