package store

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/minutebook/minutebook/models"
)

// Fold returns the form in which names and titles are compared: compatible characters made one (NFKC), without white
// space, in small letters. Every name in the store has a folded form beside it.
func Fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(name))
}

// naturalKey returns what there is only one of in the world, hashed, or nil where only the id tells records apart:
//
//   - a meeting: its body, series, ordinal and term; where no term is known, the day stands for it, as bodies begin to
//     count anew;
//   - a set of minutes: its meeting and its text, as the same minutes may come as a page and as a file, which say it in other
//     lines; any other document: its issuer, title, and number or day of issue, as reports of
//     the same title come every year;
//   - an organization: its name under its parent;
//   - a membership: person, organization, role and first day;
//   - an attendance: meeting, person, organization and capacity, where the person is known.
//
// People have none: two of the same name may well be two.
func naturalKey(record models.Record) []byte {
	switch r := record.(type) {
	case *models.Meeting:
		if r.Series == nil || r.Ordinal == nil {
			return nil
		}
		when := string(r.HeldOn)
		if r.Term != nil {
			when = "term " + Fold(*r.Term)
		}
		return keyOf(r.BodyID.String(), Fold(*r.Series), strconv.Itoa(*r.Ordinal), when)
	case *models.Document:
		return documentKey(r)
	case *models.Organization:
		return keyOf(text(r.ParentID), Fold(r.Name))
	case *models.Membership:
		return keyOf(r.PersonID.String(), r.OrganizationID.String(), Fold(text(r.Role)), text(r.Start))
	case *models.Attendance:
		if r.PersonID == nil {
			return nil
		}
		return keyOf(r.MeetingID.String(), r.PersonID.String(), text(r.OrganizationID), string(r.Capacity))
	}
	return nil
}

func documentKey(r *models.Document) []byte {
	if r.Kind == models.DocumentKindMinutes && r.MeetingID != nil {
		return keyOf("minutes", r.MeetingID.String(), text(r.Text))
	}
	if r.IssuedByID == nil || r.Number == nil && r.IssuedOn == nil {
		return nil
	}
	return keyOf("paper", r.IssuedByID.String(), Fold(r.Title), Fold(text(r.Number)), text(r.IssuedOn))
}

// text writes what may not be there as text; nothing is empty.
func text[T any](value *T) string {
	if value == nil {
		return ""
	}
	return fmt.Sprint(*value)
}

func keyOf(parts ...string) []byte {
	hash := sha256.New()
	for _, part := range parts {
		_, _ = fmt.Fprintf(hash, "%d:%s", len(part), part) // a hash takes everything
	}
	return hash.Sum(nil)
}

// naturalField names the field that a duplicate is shown at.
func naturalField(e *Entity) string {
	switch e {
	case Schema.Meetings:
		return "ordinal"
	case Schema.Documents:
		return "title"
	case Schema.Organizations:
		return "name"
	}
	return "person"
}
