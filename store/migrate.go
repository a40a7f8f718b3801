package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/minutebook/minutebook/store/migrations"
)

// Migrate brings the database to the shape this program needs. Several servers may start at once: one migrates, the
// others wait for it. A database made by a newer program is refused.
func (s *Store) Migrate(ctx context.Context) error {
	db, err := s.migrate()
	if err != nil {
		return err
	}
	err = migrations.Run(ctx, db, string(s.dialect))
	if err := errors.Join(unavailable(err), db.Close()); err != nil {
		return err
	}
	return s.indexIfNeeded(ctx)
}

// MigrationStatus says how far the database has come. Its error is migrations.ErrPending, ErrNewer or ErrChanged, wrapped,
// where the database is not in the shape this program needs.
func (s *Store) MigrationStatus(ctx context.Context) ([]migrations.Step, error) {
	steps, err := migrations.Status(ctx, s.read, string(s.dialect))
	return steps, unavailable(err)
}

// Ready reports whether the database answers and has the shape this program needs; nil if so.
func (s *Store) Ready(ctx context.Context) error {
	if _, err := s.MigrationStatus(ctx); err != nil {
		return fmt.Errorf("the database is not ready: %w", err)
	}
	return nil
}
