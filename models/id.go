package models

import (
	"crypto/rand"
	"database/sql/driver"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"sync"
	"time"
)

// ID is the key of a row: a UUIDv7 (RFC 9562), 16 bytes, ordered by the time it was made. The program makes it, so
// a tree of records is inserted in bulk without asking the database for keys.
type ID [16]byte

var lastID struct {
	sync.Mutex
	stamp uint64
}

// NewID returns a fresh ID. IDs made by one process grow strictly: the 12 bits after the milliseconds count within
// a millisecond, as RFC 9562, section 6.2, method 3 allows.
func NewID() ID {
	var id ID
	if _, err := rand.Read(id[8:]); err != nil {
		panic(err) // crypto/rand never fails on the systems Go supports
	}
	now := time.Now()
	stamp := uint64(now.UnixMilli())<<12 | uint64(now.Nanosecond()%1e6)*4096/1e6
	lastID.Lock()
	if stamp <= lastID.stamp {
		stamp = lastID.stamp + 1
	}
	lastID.stamp = stamp
	lastID.Unlock()
	binary.BigEndian.PutUint64(id[:8], stamp>>12<<16|0x7000|stamp&0xfff)
	id[8] = id[8]&0x3f | 0x80
	return id
}

// IsZero reports whether the ID is the zero value, which no record has.
func (id ID) IsZero() bool { return id == ID{} }

// String returns the 22 characters of the ID in base64url, for logs and errors.
func (id ID) String() string { return base64.RawURLEncoding.EncodeToString(id[:]) }

// Value implements driver.Valuer: the 16 bytes, or NULL for the zero ID.
func (id ID) Value() (driver.Value, error) {
	if id.IsZero() {
		return nil, nil
	}
	return id[:], nil
}

// Scan implements sql.Scanner.
func (id *ID) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*id = ID{}
	case []byte:
		if len(v) != len(id) {
			return fmt.Errorf("an id of %d bytes, want 16", len(v))
		}
		copy(id[:], v)
	case string:
		return id.Scan([]byte(v))
	default:
		return fmt.Errorf("an id of type %T", src)
	}
	return nil
}

// idTags are the prefixes of the ids that the API shows, one for each type of record.
var idTags = map[RecordType]string{
	TypeMeeting: "meeting", TypeAgendaItem: "item", TypeDecision: "decision", TypeDirective: "directive",
	TypeDocument: "document", TypeOrganization: "org", TypePerson: "person", TypeMembership: "membership",
	TypeAttendance: "attendance",
}

var tagTypes = func() map[string]RecordType {
	types := make(map[string]RecordType, len(idTags))
	for recordType, tag := range idTags {
		types[tag] = recordType
	}
	return types
}()

// IDTag returns what the ids of a type of record begin with, before the underscore.
func IDTag(recordType RecordType) string { return idTags[recordType] }

// EncodeID returns the id of a record as the API shows it: opaque to clients, carrying the type of the record.
func EncodeID(recordType RecordType, id ID) string {
	return idTags[recordType] + "_" + id.String()
}

// DecodeID reads an id that EncodeID made. Everything else, also another spelling of the same bytes, is an error of
// kind ErrBadInput that does not repeat what was given.
func DecodeID(s string) (RecordType, ID, error) {
	tag, _, _ := strings.Cut(s, "_")
	recordType, known := tagTypes[tag]
	if !known {
		return "", ID{}, BadInput("not an id of this API")
	}
	id, err := DecodeTagged(tag, s)
	return recordType, id, err
}

// Tags of the ids of what is no record.
const (
	TagImportJob = "import"
	TagWebhook   = "webhook"
	TagDelivery  = "delivery"
)

// EncodeTagged returns an id as the API shows it, with what its ids begin with.
func EncodeTagged(tag string, id ID) string { return tag + "_" + id.String() }

// DecodeTagged reads an id that EncodeTagged made with that tag, as strictly as DecodeID.
func DecodeTagged(tag, s string) (ID, error) {
	rest, found := strings.CutPrefix(s, tag+"_")
	if !found || len(rest) != 22 {
		return ID{}, BadInput("not an id of this API")
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(rest)
	if err != nil {
		return ID{}, BadInput("not an id of this API")
	}
	return ID(raw), nil
}
