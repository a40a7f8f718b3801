package webhooks

import (
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// many adds people, one in four of them public, and returns their ids in the order of the log.
func (p post) many(n int) (all, public []string) {
	p.t.Helper()
	err := p.s.Write(p.t.Context(), ada, func(tx *store.Tx) error {
		all, public = nil, nil
		for i := range n {
			person := &models.Person{Name: fmt.Sprint("人", i)}
			person.Visibility = models.VisibilityInternal
			if i%4 == 0 {
				person.Visibility = models.VisibilityPublic
			}
			if err := tx.Add(person); err != nil {
				return err
			}
			id := models.EncodeID(models.TypePerson, person.ID)
			all = append(all, id)
			if i%4 == 0 {
				public = append(public, id)
			}
		}
		return nil
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return all, public
}

func (p post) widen() {
	p.t.Helper()
	if _, err := p.s.UpdateWebhook(p.t.Context(), p.hook.ID, map[string]any{"visibility": models.VisibilityInternal}); err != nil {
		p.t.Fatal(err)
	}
}

// forget makes the receiver forget what it was told.
func (r *receiver) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ids, r.bodies = nil, nil
}

// TestWidenedWhileWaiting lets a webhook see more while a delivery waits that then has more to tell than fits into one: nothing
// is skipped.
func TestWidenedWhileWaiting(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		p := newPost(t, database)
		all, _ := p.many(250)
		p.r.say(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
		stop := p.sending(p.s)
		p.until("tried", func() bool { return p.r.requests() > 0 })
		stop()
		p.widen()
		p.r.forget()
		p.r.say(nil)
		p.sending(p.s)
		p.caughtUp()
		if got := p.r.told(); !slices.Equal(got, all) {
			t.Errorf("told of %d, want %d in their order", len(got), len(all))
		}
	})
}

// TestWidenedBeforeRedelivery asks again for a stretch that has more to tell by now than fits into one request.
func TestWidenedBeforeRedelivery(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		p := newPost(t, database)
		all, public := p.many(250)
		p.sending(p.s)
		p.caughtUp()
		if got := p.r.told(); !slices.Equal(got, public) {
			t.Fatalf("told of %d, want %d", len(got), len(public))
		}
		p.widen()
		p.r.forget()
		h := New(p.s, Options{Networks: loopback, Patience: time.Second, GiveUp: time.Hour, Log: slog.New(slog.DiscardHandler)})
		if _, err := h.Redeliver(t.Context(), p.deliveries()[0].ID); err != nil {
			t.Fatal(err)
		}
		p.until("sent again", func() bool { return len(p.r.told()) >= len(all) })
		if got := p.r.told(); !slices.Equal(got, all) {
			t.Errorf("told of %d, want %d in their order", len(got), len(all))
		}
	})
}
