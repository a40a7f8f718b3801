package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

func TestConcurrentEditors(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		at := w.town("PUBLIC")
		var won, lost atomic.Int64
		var group sync.WaitGroup
		const editors, rounds = 8, 10
		for editor := range editors {
			group.Go(func() {
				for round := range rounds {
					for {
						current := w.row(Schema.Meetings, at.meeting.Meta().ID).(*models.Meeting)
						text := fmt.Sprintf("%s+%d.%d", text(current.Place), editor, round)
						_, err := w.tryUpdate(Schema.Meetings, current, map[string]any{"place": text[max(0, len(text)-200):]}, &current.Version)
						if err == nil {
							won.Add(1)
							break
						}
						problems := UserErrors(err)
						if len(problems) != 1 || problems[0].Code != models.CodeConflict {
							t.Error(err)
							return
						}
						lost.Add(1)
					}
				}
			})
		}
		group.Wait()
		meeting := w.row(Schema.Meetings, at.meeting.Meta().ID)
		if want := 1 + int(won.Load()); won.Load() != editors*rounds || meeting.Meta().Version != want {
			t.Errorf("%d updates were acknowledged, the version is %d", won.Load(), meeting.Meta().Version)
		}
		t.Logf("%d conflicts", lost.Load())
		w.verify()
	})
}

func TestRetry(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		a := w.create(Schema.People, map[string]any{"name": "A"})
		b := w.create(Schema.People, map[string]any{"name": "B"})
		var group sync.WaitGroup
		for i := range 6 {
			first, second := a, b
			if i%2 == 1 {
				first, second = b, a
			}
			group.Go(func() {
				err := w.s.Write(t.Context(), admin, func(tx *Tx) error {
					for _, record := range []models.Record{first, second} {
						if _, err := tx.Update(Schema.People, record.Meta().ID, map[string]any{"pinyin": fmt.Sprintf("p %d", i)}, nil); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		for _, record := range []models.Record{a, b} {
			if version := w.row(Schema.People, record.Meta().ID).Meta().Version; version != 7 {
				t.Errorf("version %d after six updates", version)
			}
		}
		w.verify()
	})
}

func TestWriteOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		values := map[string]any{"name": "甲"}
		once := Once{Key: "k1", Body: values}
		create := func(tx *Tx) (models.ID, error) {
			record, err := tx.Create(Schema.People, values)
			if err != nil {
				return models.ID{}, err
			}
			return record.Meta().ID, nil
		}
		var group sync.WaitGroup
		var ids sync.Map
		for range 50 {
			group.Go(func() {
				id, err := w.s.WriteOnce(t.Context(), admin, once, create)
				if err != nil {
					t.Error(err)
				}
				ids.Store(id, true)
			})
		}
		group.Wait()
		count := 0
		ids.Range(func(any, any) bool { count++; return true })
		if count != 1 {
			t.Errorf("50 equal requests made %d records", count)
		}
		_, err := w.s.WriteOnce(t.Context(), admin, Once{Key: "k1", Body: "another"}, create)
		if problems := UserErrors(err); len(problems) != 1 || problems[0].Path[0] != "idempotencyKey" {
			t.Errorf("another request under the key: %v", err)
		}
		failed := errors.New("failed")
		if _, err := w.s.WriteOnce(t.Context(), admin, Once{Key: "k2"}, func(*Tx) (models.ID, error) { return models.ID{}, failed }); !errors.Is(err, failed) {
			t.Errorf("a failing request: %v", err)
		}
		if id, err := w.s.WriteOnce(t.Context(), admin, Once{Key: "k2"}, create); err != nil || id.IsZero() {
			t.Errorf("after a failure the key is free: %v %v", id, err)
		}
		w.verify()
	})
}

// TestConcurrentVisibility opens and closes what guards records while others add records below it, and looks whether what
// a guest may see still follows from the guards.
func TestConcurrentVisibility(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		at := w.town("PUBLIC")
		guards := []struct {
			e      *Entity
			record models.Record
		}{{Schema.Organizations, at.council}, {Schema.Organizations, at.office}, {Schema.People, at.person}, {Schema.Meetings, at.meeting}, {Schema.AgendaItems, at.item}}
		var group sync.WaitGroup
		var refused atomic.Int64
		for worker := range 6 {
			rng := rand.New(rand.NewPCG(uint64(worker), 1))
			group.Go(func() {
				for range 12 {
					guard := guards[rng.IntN(len(guards))]
					visibility := []models.Visibility{"PUBLIC", "INTERNAL"}[rng.IntN(2)]
					kind := rng.IntN(3)
					err := w.s.Write(t.Context(), admin, func(tx *Tx) error {
						switch kind {
						case 0:
							_, err := tx.Create(Schema.Attendances, map[string]any{"meeting": at.meeting.NodeID(), "organization": at.office.NodeID(), "label": "代表",
								"capacity": "REPRESENTATIVE", "position": 9, "visibility": "PUBLIC"})
							return err
						case 1:
							_, err := tx.Create(Schema.AgendaItems, map[string]any{"meeting": at.meeting.NodeID(), "title": "T", "kind": "OTHER", "position": 9,
								"visibility": "PUBLIC", "presenters": []any{map[string]any{"person": at.person.NodeID()}}})
							return err
						}
						_, err := tx.SetVisibility(guard.e, guard.record.Meta().ID, visibility, nil)
						return err
					})
					if errors.Is(err, models.ErrUnavailable) {
						refused.Add(1) // after three tries: said, and nothing done
					} else if err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		t.Logf("%d of 72 gave up", refused.Load())
		if refused.Load() > 10 {
			t.Errorf("%d of 72 gave up", refused.Load())
		}
		w.verify()
	})
}
