package ingest

import (
	"strings"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// paper is a document before a meeting that is known, or that the import makes.
type paper struct {
	record *models.Document
	fresh  bool
	lastOn models.Date // last day on which it was before a meeting of the jurisdiction
}

// year is how long a paper whose title comes again every year is taken to be the same.
const year = 300 * 24 * time.Hour

// resolvePaper finds or makes the document of a title.
//
// A title with the mark of a draft (送审稿) and the same title without it, or with another, are one paper on its way: the
// record keeps the title under which it came first, and the report says so. Reports whose title names no year come
// again under the same title; they are the same only within some months.
func (p *planner) resolvePaper(title string, at span) *paper {
	if found := p.papers[title]; found != nil {
		return found
	}
	if len([]rune(title)) > maxTitle {
		p.warnAt("TITLE_TOO_LONG", "This is too long to be the title of a document; it was left out.", at)
		return nil
	}
	match := p.match(models.TypeDocument, title, "", at)
	bare, stage := cutStage(title)
	found := p.answeredPaper(match, bare)
	if found == nil && !p.refused(match.Key) {
		found = p.findPaper(match, bare, title)
	}
	if found == nil {
		found = &paper{fresh: true, record: &models.Document{Title: title, Kind: documentKind(title)}}
		found.record.ID = models.NewID()
		key := store.Fold(bare)
		p.known.papers[key] = append(p.known.papers[key], found)
		if match.Status == "" {
			match.Status, match.Why = models.ImportMatchNew, "no document of that title was before a meeting here"
		}
	} else if known, before := cutStage(found.record.Title); before != stage && store.Fold(known) == store.Fold(bare) {
		match.Why = "the same title at another stage: " + found.record.Title
	}
	found.lastOn = p.heldOn
	p.settle(match, found.record.ID, found.fresh)
	p.papers[title] = found
	p.order = append(p.order, found)
	return found
}

func (p *planner) answeredPaper(match *models.ImportMatch, bare string) *paper {
	answer := p.answers[match.Key]
	if answer == nil || answer.Record == nil {
		return nil
	}
	for _, one := range p.known.papers[store.Fold(bare)] {
		if one.record.ID == *answer.Record {
			match.Status, match.Why = models.ImportMatchKnown, "as a person has said"
			return one
		}
	}
	p.wrongAnswer("the answer to %s is not the id of a document of that title", match.Key)
	return nil
}

// findPaper looks for one paper of the title; two make a question.
func (p *planner) findPaper(match *models.ImportMatch, bare, title string) *paper {
	var fits []*paper
	for _, one := range p.known.papers[store.Fold(bare)] {
		if !recurring(bare) || one.fresh || near(one.lastOn, p.heldOn) {
			fits = append(fits, one)
		}
	}
	if len(fits) > 1 {
		var exact []*paper
		for _, one := range fits {
			if store.Fold(one.record.Title) == store.Fold(title) {
				exact = append(exact, one)
			}
		}
		if len(exact) == 1 {
			fits = exact
		}
	}
	switch len(fits) {
	case 0:
		return nil
	case 1:
		match.Status, match.Why = models.ImportMatchKnown, "the same title"
		if fits[0].fresh {
			match.Status = models.ImportMatchNew
		}
		return fits[0]
	}
	match.Status, match.Why = models.ImportMatchAmbiguous, "more than one document has this title"
	for _, one := range fits {
		match.Candidates = append(match.Candidates, &models.ImportCandidate{
			Type: models.TypeDocument, RecordID: one.record.ID, Name: one.record.Title, Score: 1 / float64(len(fits)), Why: "the same title",
		})
	}
	return nil
}

// near reports two days that lie less than some months apart; a day that is not known is near to none.
func near(a, b models.Date) bool {
	first, err := time.Parse(time.DateOnly, string(a))
	second, err2 := time.Parse(time.DateOnly, string(b))
	return err == nil && err2 == nil && first.Sub(second).Abs() < year
}

// numberOf is the number of a paper as the text writes it, without blanks: 第8号.
func (p *planner) numberOf() (string, span) {
	paper := p.record.Minutes
	if paper.DocumentNumber != nil {
		return *paper.DocumentNumber, spanOf(paper.Spans["documentNumber"])
	}
	if at, ok := paper.Spans["issueNumber"]; ok && paper.IssueNumber != nil {
		number := p.text.squeeze(spanOf(at))
		return strings.Trim(number, "()（）"), spanOf(at)
	}
	return "", span{}
}
