package ingest

import (
	"slices"
	"strings"

	"github.com/minutebook/minutebook/minutes"
	"github.com/minutebook/minutebook/models"
)

func (p *planner) planDecisions(item *models.AgendaItem, s *minutes.AgendaItem, in *sitting, decided *int) {
	var have []*models.Decision
	if in != nil {
		have = in.decisions[item.ID]
	}
	pairs := pairUp(len(s.Decisions), len(have), func(i, j int) float64 {
		score := max(alike(s.Decisions[i].Text, have[j].Text), p.alikeQuote(s.Decisions[i].Span, have[j].ID))
		if score < 0.5 && (len(s.Decisions) != 1 || len(have) != 1) {
			return 0
		}
		return score + 0.01
	})
	for i := range s.Decisions {
		var known *models.Decision
		if pairs[i] >= 0 {
			known = have[pairs[i]]
		}
		*decided++
		p.planDecision(item, &s.Decisions[i], known, in, *decided)
	}
	for _, gone := range without(have, pairs) {
		p.withdraw(gone, []models.Record{gone})
	}
}

func (p *planner) planDecision(item *models.AgendaItem, s *minutes.Decision, known *models.Decision, in *sitting, position int) {
	at := spanOf(s.Span)
	want := &models.Decision{
		Position: position, Text: *shortened(&s.Text, maxQuote-1), AgendaItemID: item.ID, MeetingID: item.MeetingID, HeldOn: p.day,
	}
	want.ID = models.NewID()
	if known != nil {
		want.ID = known.ID
	}
	if outcome := models.DecisionOutcome(s.Outcome); outcome.Valid() {
		want.Outcome = &outcome
	}
	sources := []source{stated("", at), stated("text", at), stated("outcome", at)}
	sources = p.withCorrections(models.TypeDecision, want.ID, at, sources)
	p.facts(models.TypeDecision, want.ID, want.Text, sources)
	steps, papers := p.steps(want, s), p.decisionPapers(want, s)
	if known == nil {
		p.put(want)
		p.spansFor(want.ID, sources)
		p.addRows(papers)
		p.addRows(steps)
		return
	}
	have := cloned(known)
	m := p.merge(have)
	set(m, "position", &have.Position, want.Position)
	set(m, "text", &have.Text, want.Text)
	setOptional(m, "outcome", &have.Outcome, want.Outcome)
	m.list("documents", rows(in.decided[have.ID]), papers)
	m.list("steps", p.knownSteps(in, have.ID), steps)
	m.done(sources)
	p.reveal(known)
}

func (p *planner) decisionPapers(decision *models.Decision, s *minutes.Decision) []row {
	var out []row
	seen := map[models.ID]bool{}
	for _, title := range s.Documents {
		found := p.resolvePaper(title, p.text.locate(spanOf(s.Span), title))
		if found == nil || seen[found.record.ID] {
			continue
		}
		seen[found.record.ID] = true
		part := &models.DecisionDocument{DecisionID: decision.ID, DocumentID: found.record.ID, Position: len(out) + 1}
		out = append(out, row{part: part, like: likeness(func(k *models.DecisionDocument) bool { return k.DocumentID == part.DocumentID })})
	}
	return out
}

// knownStep is a step that is known, with its actors.
type knownStep struct {
	step   *models.DecisionStep
	actors []*models.StepActor
}

func (p *planner) knownSteps(in *sitting, decision models.ID) []any {
	var out []any
	for _, step := range in.steps[decision] {
		out = append(out, knownStep{step, in.actors[step.ID]})
	}
	return out
}

func (p *planner) steps(decision *models.Decision, s *minutes.Decision) []row {
	var out []row
	for i := range s.Steps {
		out = append(out, p.step(decision, &s.Steps[i], len(out)+1))
	}
	return out
}

func (p *planner) step(decision *models.Decision, s *minutes.Step, position int) row {
	at := spanOf(s.Span)
	step := &models.DecisionStep{
		DecisionID: decision.ID, Order: position, Kind: models.StepKind(s.Kind), TargetID: p.organizationID(s.Target),
		Condition: shortened(s.Condition, 500), Labels: models.Lines(slices.Clone(s.Actors)), Status: models.StepStatusOpen,
		DueOn: dueOn(p.text.squeeze(at), p.heldOn),
	}
	step.ID = models.NewID()
	if !step.Kind.Valid() {
		step.Kind = models.StepKindOther
	}
	if s.Document != nil {
		if found := p.resolvePaper(*s.Document, p.text.locate(at, *s.Document)); found != nil {
			step.DocumentID = &found.record.ID
		}
	}
	actors := p.stepActors(step, s)
	value := string(step.Kind)
	if len(s.Actors) > 0 {
		value += " " + strings.Join(s.Actors, "、")
	}
	p.fact(models.TypeDecision, decision.ID, "steps", value, at)
	return row{
		part: step, hanging: rows(actors), sources: []source{p.part(models.TypeDecision, s.Span)}, id: func() models.ID { return step.ID },
		like: likeness(func(k knownStep) bool { return sameStep(k.step, step) && sameActors(k.actors, actors) }),
		keep: keeping(func(k knownStep) {
			step.ID, step.Status, step.DoneOn = k.step.ID, k.step.Status, k.step.DoneOn
			for _, actor := range actors {
				actor.StepID = k.step.ID
			}
		}),
	}
}

func sameStep(a, b *models.DecisionStep) bool {
	return a.Kind == b.Kind && equalPointers(a.TargetID, b.TargetID) && equalPointers(a.DocumentID, b.DocumentID) &&
		equalPointers(a.Condition, b.Condition) && equalPointers(a.DueOn, b.DueOn) && slices.Equal(a.Labels, b.Labels)
}

func sameActors(a, b []*models.StepActor) bool {
	return slices.EqualFunc(a, b, func(x, y *models.StepActor) bool {
		return x.Role == y.Role && equalPointers(x.OrganizationID, y.OrganizationID) && equalPointers(x.PersonID, y.PersonID)
	})
}

// stepActors are those who do a step and in whose name it is done. A name in the list of those who took part is a person;
// every other is an organization, but for those of which that cannot be told, which stay in the words of the text only.
func (p *planner) stepActors(step *models.DecisionStep, s *minutes.Step) []*models.StepActor {
	var out []*models.StepActor
	at := spanOf(s.Span)
	add := func(names []string, role models.StepActorRole) {
		position := 0
		for _, name := range names {
			actor := &models.StepActor{StepID: step.ID, DecisionID: step.DecisionID, Role: role}
			switch {
			case p.isPerson(name) && role == models.StepActorDoes:
				one := p.personOfText(name, "")
				if one == nil {
					p.warnAt("ACTOR_UNCLEAR", name+" stands more than once in the list of those who took part; the step names nobody.", at)
					continue
				}
				actor.PersonID = &one.record.ID
			default:
				actor.OrganizationID = p.organizationID(&name)
				if actor.OrganizationID == nil {
					p.warnAt("ACTOR_UNCLEAR", "It cannot be told whether "+name+" is an organization or a person; the step keeps the words only.", at)
					continue
				}
			}
			position++
			actor.Position = position
			out = append(out, actor)
		}
	}
	add(s.Actors, models.StepActorDoes)
	add(s.InNameOf, models.StepActorInNameOf)
	return out
}
