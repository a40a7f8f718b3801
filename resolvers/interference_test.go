package resolvers

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
	"github.com/minutebook/minutebook/store/storetest/world"
)

// TestHiddenRecordsDoNotInterfere asks random questions as a guest, of a database that holds hidden records and of one
// from which they were left out: data, counts, order, cursors, groups and errors are the same.
func TestHiddenRecordsDoNotInterfere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		rows := world.Rows(20)
		whole := written(t, database, rows, store.Options{})
		left := written(t, storetest.SQLite(t), withoutHidden(rows), store.Options{})
		// Both have been filled in one transaction each; only the moments of that differ.
		asker := &asker{schema: NewSchema(whole).Schema(), rng: rand.New(rand.NewPCG(5, 6)), without: []string{"createdAt", "updatedAt"}}
		answers := 0
		for i := range 300 {
			query := asker.query()
			want, got := ask(t, NewSchema(left), models.Actor{}, query, nil), ask(t, NewSchema(whole), models.Actor{}, query, nil)
			if string(want.Data) != string(got.Data) || fmt.Sprint(want.Errors) != fmt.Sprint(got.Errors) {
				t.Fatalf("question %d: %s\nwithout hidden records: %s %v\nwith them:              %s %v", i, query, want.Data, want.Errors, got.Data, got.Errors)
			}
			answers += len(got.Data)
		}
		if answers < 10_000 {
			t.Errorf("300 answers of %d bytes together say too little", answers)
		}
	})
}

// withoutHidden leaves out the records that a guest may not see and every part that refers to one. A record that may be
// seen, and a step of one, loses its references to those that may not.
func withoutHidden(rows []any) []any {
	hidden := map[models.ID]bool{}
	for _, row := range rows {
		if record, ok := row.(models.Record); ok && !record.Meta().Public {
			hidden[record.Meta().ID] = true
		}
	}
	var left []any
	for _, row := range rows {
		record, isRecord := row.(models.Record)
		if isRecord && hidden[record.Meta().ID] {
			continue
		}
		bare := reflect.New(reflect.TypeOf(row).Elem())
		bare.Elem().Set(reflect.ValueOf(row).Elem())
		_, isStep := row.(*models.DecisionStep)
		if refersTo(bare.Elem(), hidden, isRecord || isStep) {
			continue
		}
		left = append(left, bare.Interface())
	}
	return left
}

// refersTo reports whether a row refers to one of the ids; with bare it takes references that may be absent away first.
func refersTo(row reflect.Value, ids map[models.ID]bool, bare bool) bool {
	for i := range row.NumField() {
		switch field := row.Field(i).Interface().(type) {
		case models.ID:
			if ids[field] {
				return true
			}
		case *models.ID:
			if field != nil && ids[*field] {
				if !bare {
					return true
				}
				row.Field(i).SetZero()
			}
		}
	}
	return false
}
