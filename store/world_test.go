package store

import (
	"testing"

	"github.com/minutebook/minutebook/store/storetest/world"
)

// populate writes a world row by row, beside the write side of the store, so that reading is tested on its own.
func populate(t testing.TB, s *Store, meetings int) {
	t.Helper()
	tx := s.orm.Begin()
	for _, row := range world.Rows(meetings) {
		if err := tx.Create(row).Error; err != nil {
			t.Fatalf("%T: %v", row, err)
		}
	}
	if err := tx.Commit().Error; err != nil {
		t.Fatal(err)
	}
}
