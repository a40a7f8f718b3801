package ingest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/minutebook/minutebook/minutes"
	"github.com/minutebook/minutebook/models"
)

// convener is who met, as far as the text alone tells.
type convener struct {
	name      string   // fullest name
	written   string   // short form in the sentence that says who met
	places    []string // of the jurisdiction, the widest first
	concluded string   // why, where the place was concluded from other parts of the text
}

// convenerOf says who met. A short form that fits every place (区政府) is completed by the full name, where it stands anywhere in
// the text, or by the one place of that level of which the rest of the text speaks: its papers, its chair, its offices.
// Otherwise a person has to say.
func convenerOf(record *minutes.Record, source text, body string) (convener, error) {
	c := convener{name: record.Meeting.Body, written: record.Meeting.BodyAsWritten}
	if body != "" {
		c.name = strings.TrimSpace(body)
	}
	switch {
	case c.name == "":
		return c, fmt.Errorf("%w: the text does not say who met; name the body that met", errNoBody)
	case blanked(c.name):
		return c, fmt.Errorf("%w: the text leaves the name of the body that met out (%s); name it", errNoBody, c.name)
	case len([]rune(c.name)) > maxName:
		return c, fmt.Errorf("%w: what stands where the body that met should be is too long to be a name; name the body that met", errNoBody)
	}
	c.places, _ = cutPlaces(withoutParty(c.name))
	switch {
	case len(c.places) == 1 && rank(last(c.places[0])) == 2:
		c.places = append(placesBefore(source, []string{c.name}, 3), c.places...)
		return c, nil
	case len(c.places) > 0 || !placeless(c.name):
		return c, nil
	}
	return c.complete(record, source)
}

// blanked reports whether a name is a form to be filled in: ××县人民政府, XX市财政局.
func blanked(name string) bool {
	rest := strings.TrimLeft(name, "×xXｘＸ*＊○□")
	return utf8.RuneCountInString(name)-utf8.RuneCountInString(rest) > 1
}

// complete finds the place of a body that is called by a short form only.
func (c convener) complete(record *minutes.Record, source text) (convener, error) {
	runes := []rune(c.name)
	if rank(runes[0]) < 2 || strings.ContainsRune("局厅院校处党本我", runes[0]) {
		return c, fmt.Errorf("%w: the text calls the body that met only %s; give its full name", errNoBody, c.name)
	}
	cores := []string{string(runes[1:])}
	if strings.HasPrefix(cores[0], "政府") {
		cores = append(cores, "人民"+cores[0])
	}
	found := placesBefore(source, cores, rank(runes[0]))
	if n := len(found); n == 0 || level(last(found[n-1])) != level(runes[0]) {
		found = placesIn(record, level(runes[0]))
		if len(found) != 1 {
			return c, fmt.Errorf("%w: the text calls the body that met only %s; give its full name", errNoBody, c.name)
		}
		c.concluded = fmt.Sprintf("The text calls the body that met only %s; it was taken to be that of %s, "+
			"the only place of this level that the text speaks of.", c.name, found[0])
	}
	c.written, c.places = c.name, found
	c.name = strings.Join(found, "") + cores[len(cores)-1]
	return c, nil
}

func withoutParty(name string) string {
	return strings.TrimPrefix(strings.TrimPrefix(name, "中国共产党"), "中共")
}

// placesBefore finds the places that stand before one of the names wherever the text writes it after a place: 云湖市 before
// 望江区人民政府. Lowest is the least rank of the last of them. Where the text says different ones, there are none.
func placesBefore(source text, names []string, lowest int) []string {
	const longest = 14
	var found []string
	for _, name := range names {
		want := []rune(name)
		for i := 1; i+len(want) <= len(source); i++ {
			if !slices.Equal(source[i:i+len(want)], want) {
				continue
			}
			start := i
			for start > 0 && i-start < longest && unicode.Is(unicode.Han, source[start-1]) {
				start--
			}
			places, rest := cutPlaces(withoutParty(string(source[start:i])))
			if n := len(places); n == 0 || rest != "" || rank(last(places[n-1])) < lowest {
				continue
			}
			if found != nil && !slices.Equal(found, places) {
				return nil
			}
			found = places
		}
	}
	return found
}

// placeless reports a name that could be that of a body of any place, or of any office: 区政府, 局党组.
func placeless(name string) bool {
	runes := []rune(name)
	if len(runes) > 8 {
		return false
	}
	if rank(runes[0]) >= 2 && !isWord(name) && len(runes) > 1 {
		return true
	}
	return strings.ContainsRune("局厅院校处党本我", runes[0])
}

// placesIn lists the places of a level that the text speaks of: at the beginning of the titles of its papers, of the
// office of its chair, and of names of organizations.
func placesIn(record *minutes.Record, of rune) []string {
	var texts []string
	if chair := record.Meeting.Chair; chair != nil && chair.Title != nil {
		texts = append(texts, *chair.Title)
	}
	for _, item := range record.AgendaItems {
		for _, d := range item.Documents {
			texts = append(texts, d.Title, strings.TrimPrefix(d.Title, "关于"))
		}
	}
	for _, p := range []*string{record.Minutes.IssuedBy, record.Minutes.CompiledBy} {
		if p != nil {
			texts = append(texts, *p)
		}
	}
	var found []string
	for _, text := range texts {
		places, _ := cutPlaces(withoutParty(text))
		for _, place := range places {
			if level(last(place)) == of && !slices.Contains(found, place) {
				found = append(found, place)
			}
		}
	}
	return found
}

// maxName and maxTitle are the longest names and titles that are kept, in characters.
const (
	maxName  = 120
	maxTitle = 480
)

// meetingTitle names a meeting by body, series, term or year, and number: 太仓市人民政府常务会议第7次.
func meetingTitle(body string, m *minutes.Meeting, heldOn models.Date) string {
	series := m.Series
	if series == "" {
		series = "会议"
	}
	title := named(body, series)
	switch {
	case m.Ordinal == nil:
		return title + "（" + string(heldOn) + "）"
	case m.Year != nil:
		title += fmt.Sprintf("%d年", *m.Year)
	case m.Term != nil:
		title += fmt.Sprintf("第%d届", *m.Term)
	}
	return title + fmt.Sprintf("第%d次", *m.Ordinal)
}

// named puts a kind of meeting behind the name of a body, without saying twice what both say: 市政府党组 and 党组会议.
func named(body, series string) string {
	words := []rune(series)
	for n := len(words) - 1; n > 0; n-- {
		if strings.HasSuffix(body, string(words[:n])) {
			return body + string(words[n:])
		}
	}
	return body + series
}

// sameMeeting reports a known meeting that is the one of the text: of its series, with the same number in the same term or
// on the same day. The body is the same already.
func sameMeeting(known *models.Meeting, m *minutes.Meeting, heldOn models.Date) bool {
	if !equalText(known.Series, m.Series) {
		return false
	}
	if m.Ordinal == nil || known.Ordinal == nil {
		return false
	}
	term := termOf(m)
	switch {
	case *known.Ordinal != *m.Ordinal:
		return false
	case term != nil && known.Term != nil && *term == *known.Term:
		return true
	case term != nil && known.Term != nil:
		return false
	}
	return known.HeldOn == heldOn
}

// maybeSame reports a known meeting without a number that may be the one of the text.
func maybeSame(known *models.Meeting, m *minutes.Meeting, heldOn models.Date) bool {
	return equalText(known.Series, m.Series) && known.HeldOn == heldOn && (m.Ordinal == nil || known.Ordinal == nil)
}

func equalText(a *string, b string) bool { return a == nil && b == "" || a != nil && *a == b }

// termOf is the term of a meeting as it is stored: the number of the term, or the year in which meetings are counted.
func termOf(m *minutes.Meeting) *string {
	var term string
	switch {
	case m.Term != nil:
		term = strconv.Itoa(*m.Term)
	case m.Year != nil:
		term = strconv.Itoa(*m.Year)
	default:
		return nil
	}
	return &term
}

// sameBusiness reports two lists of titles of items of which at least half are the same.
func sameBusiness(a, b []string) bool {
	pairs := pairUp(len(a), len(b), func(i, j int) float64 {
		if s := alike(a[i], b[j]); s >= 0.7 {
			return s
		}
		return 0
	})
	both := 0
	for _, j := range pairs {
		if j >= 0 {
			both++
		}
	}
	return both > 0 && 2*both >= max(len(a), len(b))
}
