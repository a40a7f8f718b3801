package minutes

// hasBlank reports whether blanks or line breaks part the characters of s.
func (t *text) hasBlank(s stretch) bool {
	for i := s.a + 1; i < s.b; i++ {
		if t.gap[i] != none {
			return true
		}
	}
	return false
}

// strayBlank reports whether the blanks in an entry are within the name of its body, or inside a name of two characters.
func (t *text) strayBlank(p person) bool {
	blanks := 0
	for i := p.all.a + 1; i < p.name.a; i++ {
		if t.gap[i] != none && t.gap[i] != line {
			blanks++
		}
	}
	for i := p.name.a + 1; i < p.name.b; i++ {
		if t.gap[i] != none && p.name.len() > 2 {
			blanks++
		}
	}
	return blanks == 0 || t.bodyEnd(p.organization) && blanks == 1 && p.organization.len() <= 12 && !t.nameInside(p.organization)
}

// nameInside reports whether a token of s is itself an entry.
func (t *text) nameInside(s stretch) bool {
	for _, tok := range t.tokens(s) {
		if p, ok := t.person(tok); ok && t.nameScore(p.name) >= 3 {
			return true
		}
	}
	return false
}

// tokens cuts s at blanks. A bracket behind a name stays with it.
func (t *text) tokens(s stretch) []stretch {
	var all []stretch
	from := s.a
	for i := s.a; i < s.b; {
		next := t.past(i)
		if t.ch[i] != '（' {
			next = i + 1
		}
		if i > from && t.gap[i] != none && t.ch[i] != '（' && t.ch[i] != '·' && t.ch[i-1] != '·' {
			all = append(all, stretch{from, i})
			from = i
		}
		i = min(next, s.b)
	}
	return append(all, stretch{from, s.b})
}

// namesOfTokens rejoins tokens into names: a single character goes with the one beside it (郭 强, 何振 明). It takes the
// cheapest way to cut the row of tokens.
func (t *text) namesOfTokens(tokens []stretch) []stretch {
	n := len(tokens)
	cost := make([]int, n+1)
	step := make([]int, n+1)
	for i := n - 1; i >= 0; i-- {
		cost[i] = 1 << 30
		for k := 1; k <= 4 && i+k <= n; k++ {
			whole := stretch{tokens[i].a, tokens[i+k-1].b}
			if k > 1 && whole.len() > 14 {
				break
			}
			c := t.tokenCost(whole, tokens[i:i+k]) + cost[i+k]
			if c < cost[i] {
				cost[i], step[i] = c, k
			}
		}
	}
	var all []stretch
	for i := 0; i < n; i += step[i] {
		all = append(all, stretch{tokens[i].a, tokens[i+step[i]-1].b})
	}
	return all
}

// tokenCost says how unlikely it is that the given tokens are one entry.
func (t *text) tokenCost(whole stretch, tokens []stretch) int {
	name := whole
	if t.ch[name.b-1] == '）' && int(t.mate[name.b-1]) > name.a {
		name.b = int(t.mate[name.b-1])
	}
	joins := 0
	for i := 1; i < len(tokens); i++ {
		switch {
		case tokens[i].len() > 1 && tokens[i-1].len() > 1:
			joins += 6
		case tokens[i].len() == 1 && tokens[i-1].len() == 1:
			joins++
		default:
			joins += 3
		}
	}
	switch {
	case name.len() == 1:
		return 30 + joins
	case name.len() <= 4 && t.nameScore(name) > 0:
		c := 6 - t.nameScore(name)
		if name.len() == 4 && doubleSurnames.at(t.ch, name.a, name.b) == 0 {
			c += 8
		}
		return c + joins
	case len(tokens) == 1:
		return 4
	}
	if p, ok := t.person(name); ok && !p.organization.empty() && len(tokens) == 2 && t.bodyEnd(tokens[0]) {
		return 3 // 市发改委 万芬奇
	}
	if p, ok := t.person(name); ok && !p.title.empty() && len(tokens) == 2 && (officeEnds.before(t.ch, tokens[0].a, tokens[0].b) > 0 || officeEnds.is(t.ch, tokens[1].a, tokens[1].b)) {
		return 2 // 院长 王金平
	}
	return 20 + joins
}
