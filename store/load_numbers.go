package store

import (
	"context"
	"database/sql"
)

// LogNumbers says how long the log is and how it is followed.
type LogNumbers struct {
	Entries   int64 // in the log
	Lag       int64 // that this server's followers have not been told are there
	Followers int
}

// LogNumbers reads how long the log is, and how far this server is behind.
func (s *Store) LogNumbers(ctx context.Context) (LogNumbers, error) {
	head, err := s.logHead(ctx)
	n := LogNumbers{Entries: head, Followers: s.Followers()}
	s.tails.mu.Lock()
	t := s.tails.current
	s.tails.mu.Unlock()
	if t != nil {
		t.mu.Lock()
		n.Lag = max(0, head-t.head)
		t.mu.Unlock()
	}
	return n, err
}

// Pools returns the connections to the database by what they are for.
func (s *Store) Pools() map[string]*sql.DB {
	if s.read == s.write {
		return map[string]*sql.DB{"all": s.read}
	}
	return map[string]*sql.DB{"read": s.read, "write": s.write}
}
