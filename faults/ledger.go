package faults

import (
	"encoding/json"
	"os"
	"sync"
	"time"
)

// outcome is what a writer knows of a record it sent.
type outcome string

const (
	acknowledged outcome = "acknowledged"
	unknown      outcome = "unknown"
	refused      outcome = "refused" // surely not done
)

// entry is a person that a writer sent, as it should be found.
type entry struct {
	Name       string  `json:"name"`
	Pinyin     string  `json:"pinyin"`
	Visibility string  `json:"visibility"`
	ID         string  `json:"id,omitempty"`
	Version    int     `json:"version,omitempty"`
	Outcome    outcome `json:"outcome"`
	// Perhaps is the reading that an update without a certain answer may have set, in the next version.
	Perhaps string `json:"perhaps,omitempty"`
}

// ledger is what all writers of a scene know. What was acknowledged is on the disk before the next request is sent.
type ledger struct {
	mu           sync.Mutex
	file         *os.File
	entries      map[string]*entry
	acknowledged int // changes
	unknown      int // changes without a certain answer
	settled      int // of these, changes whose outcome their key found out
	refused      int
	codes        map[string]int
	failed       time.Time // when a request last went wrong
}

func newLedger(path string) (*ledger, error) {
	file, err := os.Create(path)
	return &ledger{file: file, entries: map[string]*entry{}, codes: map[string]int{}}, err
}

// note writes what is known of an entry after a request.
func (l *ledger) note(e entry) error {
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries[e.Name] = &e
	if _, err := l.file.Write(append(text, '\n')); err != nil {
		return err
	}
	if e.Outcome == acknowledged {
		return l.file.Sync()
	}
	return nil
}

// count counts the outcome of one request, and the codes of its errors.
func (l *ledger) count(o outcome, codes ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch o {
	case acknowledged:
		l.acknowledged++
	case unknown:
		l.unknown++
	case refused:
		l.refused++
	}
	for _, code := range codes {
		l.codes[code]++
	}
	if o == unknown || o == refused || len(codes) > 0 {
		l.failed = time.Now()
	}
}

func (l *ledger) settle() {
	l.mu.Lock()
	l.settled++
	l.mu.Unlock()
}

// lastFailure is when a request last went wrong.
func (l *ledger) lastFailure() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.failed
}

// acks is how many changes were acknowledged so far.
func (l *ledger) acks() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.acknowledged
}

// copied returns the entries as they are now.
func (l *ledger) copied() map[string]entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := make(map[string]entry, len(l.entries))
	for name, e := range l.entries {
		out[name] = *e
	}
	return out
}
