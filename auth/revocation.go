package auth

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Revocation takes back one token (TokenID) or every token of a subject that was issued at or before At (Subject).
type Revocation struct {
	TokenID string
	Subject string
	At      time.Time // when it was revoked
	Expires time.Time // when the last token it concerns has expired, at most [MaxLife] after At
}

// RevocationSource returns every revocation that has not expired, as the store keeps them.
type RevocationSource func(ctx context.Context) ([]Revocation, error)

// Revocations knows which tokens were revoked. It holds a copy of the source's rows in memory, so that asking costs
// no query; a revocation made by another server takes effect with the next Load. It is bounded: with more rows than
// it may hold it refuses every token issued up to the newest revocation, which asks everybody to sign in again but
// lets no revoked token pass. A nil *Revocations has revoked nothing.
type Revocations struct {
	source  RevocationSource
	max     int
	clock   func() time.Time
	mu      sync.Mutex // held while a new set is made
	current atomic.Pointer[revoked]
}

// revoked is a set of revocations that is never changed.
type revoked struct {
	tokens   map[string]Revocation
	subjects map[string]Revocation
	all      time.Time // every token issued at or before
}

// NewRevocations returns an empty set that Load fills from the source. It holds at most that many rows (100,000 for 0). A
// nil clock is time.Now.
func NewRevocations(source RevocationSource, most int, clock func() time.Time) *Revocations {
	if clock == nil {
		clock = time.Now
	}
	r := &Revocations{source: source, max: orDefault(most, 100_000), clock: clock}
	r.current.Store(&revoked{})
	return r
}

// Revoked reports whether a token with that jti, subject and time of issue was revoked. A token that does not say
// when it was issued counts as issued before any revocation.
func (r *Revocations) Revoked(tokenID, subject string, issued time.Time) bool {
	if r == nil {
		return false
	}
	set := r.current.Load()
	if _, there := set.tokens[tokenID]; there && tokenID != "" {
		return true
	}
	if row, there := set.subjects[subject]; there && !issued.After(row.At) {
		return true
	}
	return !set.all.IsZero() && !issued.After(set.all)
}

// Load replaces the set by the rows of the source. On an error the set stays as it was.
func (r *Revocations) Load(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	rows, err := r.source(ctx)
	if err != nil {
		return fmt.Errorf("the revoked tokens could not be read: %w", err)
	}
	r.current.Store(r.gather(rows))
	return nil
}

// Add revokes at once on this server, besides what the caller stores for the others.
func (r *Revocations) Add(rows ...Revocation) {
	r.mu.Lock()
	defer r.mu.Unlock()
	old := r.current.Load()
	all := slices.Concat(slices.Collect(maps.Values(old.tokens)), slices.Collect(maps.Values(old.subjects)), rows)
	set := r.gather(all)
	if set.all.Before(old.all) {
		set.all = old.all
	}
	r.current.Store(set)
}

// gather makes a set of the rows that have not expired.
func (r *Revocations) gather(rows []Revocation) *revoked {
	set := &revoked{tokens: map[string]Revocation{}, subjects: map[string]Revocation{}}
	var newest time.Time
	now := r.clock()
	for _, row := range rows {
		if !now.Before(row.Expires) {
			continue
		}
		if row.At.After(newest) {
			newest = row.At
		}
		if row.TokenID != "" {
			set.tokens[row.TokenID] = row
		}
		if known, there := set.subjects[row.Subject]; row.Subject != "" && (!there || row.At.After(known.At)) {
			set.subjects[row.Subject] = row
		}
	}
	if len(set.tokens)+len(set.subjects) > r.max {
		return &revoked{all: newest}
	}
	return set
}

// Run loads the set again and again until ctx ends. The first Load is the caller's, so that a server does not start
// to serve without it.
func (r *Revocations) Run(ctx context.Context, every time.Duration, log *slog.Logger) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := r.Load(ctx); err != nil && ctx.Err() == nil {
				log.Warn("the revoked tokens from before stay in use", "error", err)
			}
		}
	}
}
