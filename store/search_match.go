package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/search"
)

// matching is how a database is asked for the entries that have all terms.
//
// FTS5 finds phrases of tokens, which say exactly what the text says. InnoDB finds entries that have tokens, in no order, and
// takes long where there are many: then reading all entries through is faster. So MySQL is asked for tokens that few
// entries have, where there are any, and the text of the entries tells whether the terms stand in it as they were typed.
type matching struct {
	dialect Dialect
	telling []search.Token // MySQL only: tokens that few entries have
}

// from writes where the entries come from.
func (m matching) from(q search.Query) string {
	switch {
	case len(q.Terms) == 0 || m.dialect == MySQL && len(m.telling) == 0:
		return " FROM search_entries e"
	case m.dialect == SQLite:
		return " FROM search_tokens CROSS JOIN search_entries e ON e.docid = search_tokens.rowid" // in this order
	}
	return " FROM search_tokens JOIN search_entries e ON e.record_id = search_tokens.record_id"
}

// write writes the condition.
func (m matching) write(b *builder, q search.Query) {
	if len(q.Terms) == 0 {
		b.text("1=0")
		return
	}
	if m.dialect == SQLite {
		b.text("search_tokens MATCH ?").bind(phrases(q))
		return
	}
	if len(m.telling) > 0 {
		b.text("MATCH (search_tokens.tokens) AGAINST (? IN BOOLEAN MODE) AND ").bind(required(m.telling))
	}
	for i, term := range q.Terms {
		if i > 0 {
			b.text(" AND ")
		}
		b.holds(m.dialect, "e.content", term.Text)
	}
}

// holds writes the condition that a text stands in a column. MySQL compares bytes in half the time that it takes for
// characters, and in UTF-8 both say the same.
func (b *builder) holds(dialect Dialect, column, text string) *builder {
	if dialect == MySQL {
		column = "CAST(" + column + " AS BINARY)"
	}
	return b.text("INSTR(" + column + ", ?) > 0").bind(text)
}

// phrases writes a query for FTS5. Tokens are letters, digits and low lines: nothing in them has a meaning there.
func phrases(q search.Query) string {
	all := make([]string, len(q.Terms))
	for i, term := range q.Terms {
		tokens := make([]string, len(term.Tokens))
		for j, token := range term.Tokens {
			tokens[j] = token.Text
		}
		all[i] = `"` + strings.Join(tokens, " ") + `"`
		if term.Tokens[len(tokens)-1].Prefix {
			all[i] += " *"
		}
	}
	return strings.Join(all, " AND ")
}

// required writes a query in the boolean mode of MySQL.
func required(tokens []search.Token) string {
	all := make([]string, len(tokens))
	for i, token := range tokens {
		all[i] = "+" + token.Text
		if token.Prefix {
			all[i] += "*"
		}
	}
	return strings.Join(all, " ")
}

// mysqlTooManyWords is InnoDB's error when the words that begin so take more memory than it gives a search.
const mysqlTooManyWords = 188

const (
	minToken   = 3    // shortest word that InnoDB indexes
	maxTelling = 3    // more tokens make a search no faster
	fewEntries = 0.02 // share of the entries up to which the full-text index is faster
)

// telling returns the tokens that fewest entries have, if they are few. A single character would stand for the thousands of
// pairs that begin with it, for which InnoDB takes longer than for reading everything through.
func (s *sample) telling(q search.Query) []search.Token {
	type counted struct {
		search.Token
		share float64
	}
	var few []counted
	for _, term := range q.Terms {
		for _, token := range term.Tokens {
			if len(token.Text) < minToken || token.Prefix && !token.Word() || slices.ContainsFunc(few, func(c counted) bool { return c.Token == token }) {
				continue
			}
			if share := s.share(token); share <= fewEntries {
				few = append(few, counted{token, share})
			}
		}
	}
	slices.SortStableFunc(few, func(a, b counted) int {
		switch {
		case a.share < b.share:
			return -1
		case a.share > b.share:
			return 1
		}
		return len(b.Text) - len(a.Text)
	})
	tokens := make([]search.Token, min(len(few), maxTelling))
	for i := range tokens {
		tokens[i] = few[i].Token
	}
	return tokens
}

// A sample of the entries tells about how many have a token. It decides how to look, not what is found.
const (
	sampleSize  = 512
	samplePlace = 32               // entries taken at one place
	sampleBytes = 4000             // of the tokens of one entry
	sampleAge   = 10 * time.Minute // after which a new one is taken
)

// samples holds the tokens of some entries.
type samples struct {
	taking sync.Mutex
	last   atomic.Pointer[sample]
}

type sample struct {
	texts []string // with a blank before each token and after the last
	taken time.Time
}

// share returns the share of the entries that have a token. Where there are few entries it is 1: reading them is fastest.
func (s *sample) share(token search.Token) float64 {
	if len(s.texts) < sampleSize {
		return 1
	}
	sought, n := " "+token.Text, 0
	if !token.Prefix {
		sought += " "
	}
	for _, text := range s.texts {
		if strings.Contains(text, sought) {
			n++
		}
	}
	return float64(n) / float64(len(s.texts))
}

// sampled returns the last sample, after taking a new one where it is time. Only the first has to be waited for.
func (s *Store) sampled(ctx context.Context) *sample {
	last := s.samples.last.Load()
	if last != nil && (time.Since(last.taken) < sampleAge || !s.samples.taking.TryLock()) {
		return last
	}
	if last == nil {
		s.samples.taking.Lock()
	}
	defer s.samples.taking.Unlock()
	if now := s.samples.last.Load(); now != last {
		return now
	}
	taken, err := s.takeSample(ctx)
	if err != nil { // the search will meet the same trouble and say so
		return &sample{}
	}
	s.samples.last.Store(taken)
	return taken
}

// maxPlaces bounds the places that are looked at for a sample.
const maxPlaces = 400

// takeSample reads entries from all over the index. Ids grow with time, so a place in time is a place among the ids; but many
// entries are made in a short time, and then none for long. So the longest stretch of time is cut in two at a place that is
// looked at, without what is then known to be empty, and what is left narrows down to where entries are.
func (s *Store) takeSample(ctx context.Context) (*sample, error) {
	var first, last models.ID
	row := s.read.QueryRowContext(ctx, "SELECT MIN(record_id), MAX(record_id) FROM search_tokens")
	if err := row.Scan(&first, &last); err != nil {
		return nil, err
	}
	out := &sample{taken: time.Now()}
	periods := []period{{binary.BigEndian.Uint64(first[:]), binary.BigEndian.Uint64(last[:])}}
	for tries := 0; tries < maxPlaces && len(periods) > 0 && len(out.texts) < sampleSize; tries++ {
		widest := 0
		for i, p := range periods {
			if p.to-p.from > periods[widest].to-periods[widest].from {
				widest = i
			}
		}
		p := periods[widest]
		periods = slices.Delete(periods, widest, widest+1)
		at := p.from + (p.to-p.from)/2
		end, err := s.sampleAt(ctx, period{at, p.to}, out)
		if err != nil {
			return nil, err
		}
		if at > p.from {
			periods = append(periods, period{p.from, at - 1})
		}
		if end < p.to {
			periods = append(periods, period{end + 1, p.to})
		}
	}
	return out, nil
}

// period is a stretch of time in which there may be entries: of the first eight bytes of ids, both ends included.
type period struct{ from, to uint64 }

// sampleAt reads the first entries of a stretch and returns where it ended: at the end of the stretch where there are no more.
func (s *Store) sampleAt(ctx context.Context, p period, out *sample) (end uint64, err error) {
	var from, to models.ID
	binary.BigEndian.PutUint64(from[:], p.from)
	binary.BigEndian.PutUint64(to[:], p.to)
	copy(to[8:], bytes.Repeat([]byte{0xff}, 8))
	rows, err := s.read.QueryContext(ctx, "SELECT record_id, LEFT(tokens, ?) FROM search_tokens WHERE record_id BETWEEN ? AND ? ORDER BY record_id LIMIT ?",
		sampleBytes, from[:], to[:], samplePlace)
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }()
	n := 0
	for ; rows.Next(); n++ {
		var id models.ID
		var tokens string
		if err := rows.Scan(&id, &tokens); err != nil {
			return 0, err
		}
		end = binary.BigEndian.Uint64(id[:])
		out.texts = append(out.texts, " "+tokens+" ")
	}
	if n < samplePlace {
		end = p.to
	}
	return end, rows.Err()
}

// Matches holds for records whose title or name, or another name, has all words, as Search finds them. The column must be
// one that the index has as a title.
func Matches(e *Entity, column *Column, text string) (Condition, error) {
	t := indexedByType[e.Record]
	if t == nil || t.titles == 0 || e.Field(t.fields[0]) != column {
		return nil, models.BadInput("looks for words in titles and names only; search looks through texts")
	}
	q, err := search.Parse(text)
	if err != nil {
		return nil, models.BadInput("%v", err)
	}
	return matches{q}, nil
}

type matches struct{ query search.Query }

func (m matches) write(b *builder, _ *Entity, alias string) {
	if len(m.query.Terms) == 0 {
		b.text("1=0")
		return
	}
	entry := b.alias()
	b.text("EXISTS (SELECT 1 FROM search_entries " + entry + " WHERE " + entry + ".record_id = " + alias + ".id")
	for _, term := range m.query.Terms {
		b.text(" AND INSTR(" + entry + ".title, ?) > 0").bind(term.Text)
	}
	b.text(")")
}
