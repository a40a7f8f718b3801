package store

import (
	"testing"

	"github.com/minutebook/minutebook/store/storetest/world"
)

// populated is how many meetings the world of these tests has.
const populated = 30

// populate writes a world row by row, beside the write side of the store, so that reading is tested on its own.
func populate(t testing.TB, s *Store) {
	t.Helper()
	tx := s.orm.Begin()
	for _, row := range world.Rows(populated) {
		if err := tx.Create(row).Error; err != nil {
			t.Fatalf("%T: %v", row, err)
		}
	}
	if err := tx.Commit().Error; err != nil {
		t.Fatal(err)
	}
}
