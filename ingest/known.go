package ingest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// known is what is known before an import, as far as the text can touch it. The planner reads it and adds what it makes.
type known struct {
	directory *directory
	body      *organization // who met
	crowd     *crowd
	papers    map[string][]*paper // by the title without the mark of a draft
	meeting   *sitting            // the same meeting, where it is known
	alike     []*models.Meeting   // meetings of the same day and kind that may or may not be the same

	spans  map[models.ID][]*models.SourceSpan // of the meeting's records, by owner; of the text's document, all
	edited map[models.ID]map[string]bool      // fields that a person has set
	closed map[models.ID]bool                 // closed to the public by hand

	names   map[models.ID][]*models.Name // of the people that an earlier version of the text stated
	sourced []models.Record              // organizations, people and papers that an earlier version of the text stated
}

// sitting is a meeting that is known with everything that belongs to it.
type sitting struct {
	record      *models.Meeting
	documents   []*models.Document
	items       []*models.AgendaItem
	decisions   map[models.ID][]*models.Decision  // by item
	directives  map[models.ID][]*models.Directive // by item
	attendances []*models.Attendance

	presenters   map[models.ID][]*models.Presentation       // by item
	itemPapers   map[models.ID][]*models.AgendaItemDocument // by item
	steps        map[models.ID][]*models.DecisionStep       // by decision
	actors       map[models.ID][]*models.StepActor          // by step
	decided      map[models.ID][]*models.DecisionDocument   // by decision
	addressees   map[models.ID][]*models.DirectiveAddressee // by directive
	limits       map[models.ID][]*models.AttendanceItem     // by attendance
	distribution map[models.ID][]*models.Distribution       // by document
}

// document finds, among the minutes of a known meeting, the ones that the text is a version of: the same text, or a text
// most of whose lines are the same. Any other text of the same meeting is a capture of its own.
func (s *sitting) document(text string) *models.Document {
	for _, d := range s.documents {
		if d.Text != nil && *d.Text == text {
			return d
		}
	}
	for _, d := range s.documents {
		if d.Text != nil && sameVersion(*d.Text, text) || d.Text == nil && len(s.documents) == 1 {
			return d
		}
	}
	return nil
}

// sameVersion reports texts of which one is the other corrected. Two captures of the same paper, a page and a file, say the
// same in other lines; a text in a few long lines is compared by its sentences.
func sameVersion(a, b string) bool {
	const enough = 0.5
	linesA, linesB := pieces(a, "\n"), pieces(b, "\n")
	if min(len(linesA), len(linesB)) < 8 {
		return share(pieces(a, "\n。；"), pieces(b, "\n。；")) > enough
	}
	return share(linesA, linesB) > enough
}

func pieces(text, separators string) map[string]bool {
	out := map[string]bool{}
	for _, piece := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if piece = strings.TrimSpace(piece); len([]rune(piece)) > 3 {
			out[piece] = true
		}
	}
	return out
}

// share is how much of the larger of two sets is in the other.
func share(a, b map[string]bool) float64 {
	both := 0
	for piece := range a {
		if b[piece] {
			both++
		}
	}
	return float64(both) / float64(max(1, len(a), len(b)))
}

// alike measures how similar two titles or sentences are, from 0 to 1, by the pairs of characters they share (Dice).
func alike(a, b string) float64 {
	a, b = store.Fold(a), store.Fold(b)
	if a == b {
		return 1
	}
	pairs := func(s string) map[[2]rune]int {
		out, runes := map[[2]rune]int{}, []rune(s)
		for i := 0; i+1 < len(runes); i++ {
			out[[2]rune{runes[i], runes[i+1]}]++
		}
		return out
	}
	first, second := pairs(a), pairs(b)
	both, all := 0, 0
	for pair, n := range first {
		both += min(n, second[pair])
		all += n
	}
	for _, n := range second {
		all += n
	}
	if all == 0 {
		return 0
	}
	return 2 * float64(both) / float64(all)
}

// pairUp matches what the text states with what is known, one to one, the most similar first. The result holds, for each
// place of the text's list, the place in the known one, or -1.
func pairUp(stated, known int, similarity func(i, j int) float64) []int {
	out := make([]int, stated)
	for i := range out {
		out[i] = -1
	}
	type pair struct {
		i, j  int
		score float64
	}
	var pairs []pair
	for i := range stated {
		for j := range known {
			if score := similarity(i, j); score > 0 {
				pairs = append(pairs, pair{i, j, score})
			}
		}
	}
	// Equal ones keep the order of the text.
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.score, a.score) })
	taken := make([]bool, known)
	for _, p := range pairs {
		if out[p.i] < 0 && !taken[p.j] {
			out[p.i], taken[p.j] = p.j, true
		}
	}
	return out
}
