package minutes

// itemFacts is what an item has yielded while it is being read.
type itemFacts struct {
	position   int
	kind       string
	documents  []document
	presenters []presenter
	decisions  []decision
	directives []directive
	open       *decision // a decision that the next sentence may go on with
}

type document struct {
	at     stretch
	folded string
	short  string
	role   string
}

type presenter struct {
	organization, person, role stretch
	at                         stretch
}

func (it *itemFacts) titles() []stretch {
	var all []stretch
	for _, d := range it.documents {
		all = append(all, d.at)
	}
	return all
}

func (it *itemFacts) has(folded string) bool {
	for _, d := range it.documents {
		if d.folded == folded {
			return true
		}
	}
	return false
}

// noteShort keeps the short form that the item uses for one of its documents.
func (it *itemFacts) noteShort(t *text, short stretch) {
	full, ok := t.fullFor(short, it.titles())
	if !ok || short.len() >= full.len() {
		return
	}
	for i := range it.documents {
		if it.documents[i].at == full && it.documents[i].short == "" {
			it.documents[i].short = t.value(short)
		}
	}
}

var roleOfKind = map[string]string{"DELIBERATE": "UNDER_REVIEW", "HEAR_REPORT": "REPORT", "STUDY": "STUDIED", "CONVEY": "STUDIED", "DISCUSS": "UNDER_REVIEW", "OTHER": "UNDER_REVIEW"}

// readItem reads everything under one item and adds it to the record.
func (r *reader) readItem(it *item, position int) {
	t := r.t
	f := &itemFacts{position: position, kind: it.kind}
	r.addDocuments(f, it.title, roleOfKind[it.kind])
	r.addPresenters(f, it.title)
	r.addTeller(f, it)
	units := t.units(it.body)
	if points := t.points(it.body, units); len(points) > 0 {
		r.readPoints(f, units, points)
	} else {
		r.readUnits(f, units)
	}
	if n := len(f.decisions); it.heading && n > 1 && f.decisions[0].text.a >= it.title.a && f.decisions[0].text.b <= it.title.b && f.decisions[1].outcome == f.decisions[0].outcome {
		f.decisions = f.decisions[1:] // the sentence below says in full what the heading did
	}
	r.shortTitles(f, it.body)
	r.emit(f, it)
}

// addTeller adds who brought the matter before the meeting where its paragraph begins with that: 金国杰副校长汇报了…….
func (r *reader) addTeller(f *itemFacts, it *item) {
	if it.number.empty() || it.heading || len(it.body) == 0 || it.body[0].a > it.title.a || it.body[0].b < it.title.b {
		return
	}
	if _, _, who, ok := r.t.toldMatter(it.body[0]); ok && !who.empty() {
		for _, p := range r.t.presentersIn(who) {
			f.addPresenter(r.t, p)
		}
	}
}

// readUnits reads units in order. A demand or observation takes the units behind it that begin nothing new.
func (r *reader) readUnits(f *itemFacts, units []unit) {
	for i := 0; i < len(units); i++ {
		u := units[i]
		switch u.kind {
		case demands, observes:
			f.open = nil
			j := i + 1
			for j < len(units) && units[j].kind == says && units[j].all.a == u.all.b {
				r.warnSwallowed(units[j].all)
				u.all.b = units[j].all.b
				j++
			}
			i = j - 1
			r.addDirectives(f, u)
		case takesUp:
			f.open = nil
			r.readTakingUp(f, u)
		case presents:
			for _, s := range r.t.presentersApart(u.all) {
				for _, p := range r.t.presentersIn(s) {
					f.addPresenter(r.t, p)
				}
			}
		case concludes:
			r.addConclusion(f, u.all)
		case conditions:
			f.directives = append(f.directives, directive{label: stretch{u.all.a, u.text}, text: stretch{u.text, u.all.b}})
		case settles:
			r.readSettling(f, u, units, &i)
		default:
			r.readPlain(f, u)
		}
	}
}

// warnSwallowed warns of a sentence that goes with what the meeting demanded and seems to bring up or settle something.
func (r *reader) warnSwallowed(s stretch) {
	t := r.t
	first := stretch{s.a, min(firstClause(t, s), s.a+longestHeading)}
	settled := t.has(s.a, s.b, "会议") && approvals.in(t.ch, first.a, first.b)
	brought := len(t.titles(stretch{s.a, min(s.b, s.a+2*longestHeading)})) > 0 && told.in(t.ch, s.a, min(s.b, s.a+2*longestHeading))
	if settled || brought {
		r.warn("SENTENCE_UNREAD", "This sentence may bring up or settle something and was read as part of a demand: "+r.excerpt(s), s)
	}
}

// told are verbs by which somebody brings a paper before the meeting.
var told = newWords("汇报了 介绍了 说明了 通报了 解读了 提交了")

// readTakingUp reads 会议听取了……的汇报: who reports, on which documents, and a verdict in the same sentence.
func (r *reader) readTakingUp(f *itemFacts, u unit) {
	t := r.t
	cs := t.clauses(u.all)
	for _, c := range cs {
		if v := t.outcomeAt(c); v.word.len() > 0 {
			break
		}
		r.addDocuments(f, c, roleOfKind[f.kind])
	}
	if m, ok := t.matterAt(u.all, true); ok {
		r.addPresenters(f, stretch{m.verb.a, firstClause(t, stretch{m.object, u.all.b})})
	}
	r.addDecisions(f, u.all)
}

// readSettling reads a sentence with a verdict or with 会议决定. Where it only settles duties and follows a verdict it
// belongs to that; where points follow they are read one by one.
func (r *reader) readSettling(f *itemFacts, u unit, units []unit, i *int) {
	t := r.t
	if own := (stretch{u.text, u.all.b}); u.text > u.all.a {
		if ls := t.labelsIn(own); len(ls) > 1 && ls[0].a == own.a { // 会议明确：1.……，原则同意……；2.……
			f.open = nil
			r.readPointList(f, own, ls)
			return
		}
	}
	if t.hasVerdict(u.all) {
		if c := firstVerdictClause(t, u.all); !c.empty() {
			r.addDocuments(f, c, roleOfKind[f.kind])
			r.addPresenters(f, c)
		}
		r.addDecisions(f, u.all)
		return
	}
	end := *i
	block := u
	for end+1 < len(units) && units[end+1].kind == says && units[end+1].all.a == block.all.b {
		end++
		block.all.b = units[end].all.b
	}
	ls := t.labelsIn(stretch{u.text, block.all.b})
	if len(ls) > 1 && ls[0].a >= u.all.b && u.all.b-u.text > 20 && t.ch[u.all.b-1] == '。' && !t.atSentence(ls[0].a, stretch{u.all.b, block.all.b}) {
		ls = nil // 会议明确，……。望江区政府要做好工作，一要……
	}
	if len(ls) > 1 {
		*i = end
		f.open = nil
		r.readPointList(f, stretch{u.text, block.all.b}, ls)
		return
	}
	if u.all.b-u.text < 6 {
		return // 会议决定： alone
	}
	if f.open != nil {
		f.open.text.b = u.all.b
		return
	}
	f.decisions = append(f.decisions, decision{outcome: t.duty(stretch{u.text, u.all.b}), text: u.all, steps: stretch{u.text, u.all.b}})
	f.open = &f.decisions[len(f.decisions)-1]
}

// atSentence reports whether a sentence of s begins at i.
func (t *text) atSentence(i int, s stretch) bool {
	for _, sentence := range t.sentences(s) {
		if sentence.a == i {
			return true
		}
	}
	return false
}

func firstVerdictClause(t *text, s stretch) stretch {
	for _, c := range t.clauses(s) {
		if t.outcomeAt(c).word.len() > 0 {
			return c
		}
	}
	return stretch{}
}

// readPlain reads a sentence that begins with nothing known: it goes on with a decision, refers the matter, or tells
// somebody to do something.
func (r *reader) readPlain(f *itemFacts, u unit) {
	t := r.t
	if f.open != nil && t.isStepSentence(u.all) {
		f.open.text.b, f.open.steps.b = u.all.b, u.all.b
		return
	}
	f.open = nil
	if t.hasVerdict(u.all) {
		r.addDecisions(f, u.all)
		return
	}
	if ls := t.labelsIn(u.all); len(ls) > 1 && ls[0].a > u.all.a && t.ch[ls[0].a-1] == '：' && t.has(u.all.a, u.all.b, "关于") { // 关于……问题：一是……
		r.readPointList(f, u.all, ls)
		return
	}
	if t.has(u.all.a, u.all.b, "与会") || t.tells(u.all) || t.has(u.all.a, u.all.b, "具体内容详见") || t.has(u.all.a, u.all.b, "详见") {
		return
	}
	if _, _, who, ok := t.toldMatter(u.all); ok && !who.empty() {
		for _, p := range t.presentersIn(who) {
			f.addPresenter(t, p)
		}
		return
	}
	if who := t.reporter(u.all); !who.empty() {
		for _, p := range t.presentersIn(who) {
			f.addPresenter(t, p)
		}
		return
	}
	if ref := t.referral(u.all); !ref.empty() {
		f.decisions = append(f.decisions, t.charge(ref))
		f.open = &f.decisions[len(f.decisions)-1]
		return
	}
	if n := len(f.directives); n > 0 && f.directives[n-1].plain && f.directives[n-1].text.b == u.all.a {
		f.directives[n-1].text.b = u.all.b
		return
	}
	if len(t.addressees(u.all)) > 0 {
		f.directives = append(f.directives, directive{text: u.all, plain: true})
		return
	}
	if _, ok := t.matterAt(u.all, true); ok || t.concerns(u.all) {
		return // another matter of the same sentence; 就《……》，会议要求
	}
	if u.all.len() > 4 && unreadWords.in(t.ch, u.all.a, u.all.b) {
		r.warn("SENTENCE_UNREAD", "This sentence may settle something and was not understood: "+r.excerpt(u.all), u.all)
	}
}

// shortTitles notes the short forms by which the body calls the documents of the item.
func (r *reader) shortTitles(f *itemFacts, body []stretch) {
	if len(f.documents) == 0 {
		return
	}
	for _, p := range body {
		for _, d := range r.t.titles(p) {
			if d.len() <= 12 {
				f.noteShort(r.t, d)
			}
		}
	}
}

// unreadWords in a sentence that yielded nothing are a reason to warn.
var unreadWords = newWords("同意 通过 批准 决定 议定 责成 印发 提交 提请 牵头 负责 不予 暂缓 退回 会议")
