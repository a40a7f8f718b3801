package webhooks

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

const (
	poll        = time.Second // how often the log is looked at
	firstPause  = 5 * time.Second
	longestWait = time.Hour
	mostTries   = 8                  // of what is sent again because somebody asked
	atOnce      = 8                  // webhooks that one server sends to at the same time
	keep        = 7 * 24 * time.Hour // how long deliveries are remembered after their end
	forgetEvery = time.Hour
	recordTime  = 10 * time.Second // for writing down what came of a request
)

// Options are what sending is held to.
type Options struct {
	Networks Networks
	Patience time.Duration // of one request, from the connection to the end of the answer
	GiveUp   time.Duration // how long a webhook may fail before it is disabled
	Log      *slog.Logger
}

// Hooks sends what the webhooks of a database are to be told. Several servers may do so at once: each webhook is sent to by
// one of them at a time, in the order of the log. What was sent, and not written down because the server died, is sent
// again under the same id.
type Hooks struct {
	db      *store.Store
	options Options
	client  *http.Client
	server  string
	poll    time.Duration
	pause   func(tries int) time.Duration

	mu   sync.Mutex
	busy map[models.ID]bool
}

// New returns the webhooks of a database. Run sends.
func New(db *store.Store, options Options) *Hooks {
	return &Hooks{
		db: db, options: options, client: newClient(options.Networks, options.Patience), server: models.NewID().String(),
		poll: poll, pause: pauseAfter, busy: map[models.ID]bool{},
	}
}

// lease is how long a server is the only one after it has said so: longer than anything it does before it says so again,
// by more than the clocks of servers are apart.
func (h *Hooks) lease() time.Duration { return h.options.Patience + recordTime + 35*time.Second }

// CheckURL says what is wrong with an address.
func (h *Hooks) CheckURL(text string) error { return h.options.Networks.CheckURL(text) }

// pauseAfter is how long to wait after so many tries in a row: twice as long each time, up to an hour, and by chance up to
// a quarter less, so that many do not come back at once.
func pauseAfter(tries int) time.Duration {
	wait := longestWait
	if tries < 10 {
		wait = min(longestWait, firstPause<<(max(tries, 1)-1))
	}
	return wait - rand.N(wait/4) //nolint:gosec // a pause need not be a secret
}

// Run sends until ctx ends. Requests that are under way are broken off, and made again later.
func (h *Hooks) Run(ctx context.Context) {
	var sending sync.WaitGroup
	defer sending.Wait()
	defer h.client.CloseIdleConnections()
	slots := make(chan struct{}, atOnce)
	ticker := time.NewTicker(h.poll)
	defer ticker.Stop()
	forgotten := time.Time{}
	for ctx.Err() == nil {
		due, err := h.db.DueWebhooks(ctx)
		h.complain(ctx, "webhooks cannot be read", err)
		for _, id := range due {
			if !h.take(id) {
				continue
			}
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				h.leave(id)
				continue
			}
			sending.Go(func() {
				defer func() { <-slots }()
				defer h.leave(id)
				h.serve(ctx, id)
			})
		}
		if time.Since(forgotten) > forgetEvery {
			forgotten = time.Now()
			h.complain(ctx, "old deliveries are kept", h.db.ForgetDeliveries(ctx, models.DateTime{Time: time.Now().Add(-keep)}))
		}
		select {
		case <-ctx.Done():
		case <-ticker.C:
		}
	}
}

func (h *Hooks) take(id models.ID) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.busy[id] {
		return false
	}
	h.busy[id] = true
	return true
}

func (h *Hooks) leave(id models.ID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.busy, id)
}

func (h *Hooks) complain(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil && !errors.Is(err, store.ErrLeaseLost) {
		h.options.Log.WarnContext(ctx, what, "cause", err.Error())
	}
}

// serve sends to one webhook what there is to send, as long as it takes it.
func (h *Hooks) serve(ctx context.Context, id models.ID) {
	defer func() {
		if cause := recover(); cause != nil {
			h.options.Log.ErrorContext(ctx, "internal panic", "webhook", id.String(), "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
		}
	}()
	defer func() {
		after, done := context.WithTimeout(context.WithoutCancel(ctx), recordTime)
		defer done()
		h.complain(ctx, "the lease of a webhook is kept", h.db.ReleaseWebhook(after, id, h.server))
	}()
	for ctx.Err() == nil {
		hook, err := h.db.LeaseWebhook(ctx, id, h.server, h.lease())
		if hook == nil || err != nil {
			h.complain(ctx, "a webhook cannot be leased", err)
			return
		}
		position := hook.Position
		delivery, err := h.db.NextDelivery(ctx, hook, h.server)
		if err != nil {
			h.complain(ctx, "a delivery cannot be read", err)
			return
		}
		if delivery == nil {
			if hook.Position > position { // something was passed over, and there may be more behind it
				continue
			}
			return
		}
		more, err := h.deliver(ctx, hook, delivery)
		if err != nil {
			h.complain(ctx, "a delivery cannot be made", err)
			return
		}
		if !more {
			return
		}
	}
}

// deliver tries a delivery once and writes down what came of it. It reports whether to go on with the webhook.
func (h *Hooks) deliver(ctx context.Context, hook *models.Webhook, d *models.WebhookDelivery) (more bool, err error) {
	changes, err := h.db.DeliveredChanges(ctx, hook, d)
	if err != nil {
		return false, err
	}
	d.Changes = len(changes)
	failed := error(nil)
	if len(changes) > 0 {
		failed = h.attempt(ctx, hook, d, "changes", changes)
		if failed != nil && ctx.Err() != nil {
			return false, nil // it was we who broke it off
		}
	}
	columns := h.judge(ctx, hook, d, failed)
	after, done := context.WithTimeout(context.WithoutCancel(ctx), recordTime)
	defer done()
	return d.State == models.DeliverySucceeded, h.db.RecordAttempt(after, h.server, d, columns)
}

// attempt makes the request of a delivery and notes at the delivery what came of it.
func (h *Hooks) attempt(ctx context.Context, hook *models.Webhook, d *models.WebhookDelivery, kind string, changes []*models.Change) error {
	body, err := bodyOf(kind, d.CreatedAt, hook.Reader(), changes)
	if err != nil {
		return err
	}
	begun := models.Now()
	status, failed := h.send(ctx, hook, models.EncodeTagged(models.TagDelivery, d.ID), body)
	took := int(time.Since(begun.Time).Milliseconds())
	d.Attempts++
	d.AttemptedAt, d.Milliseconds, d.ResponseStatus, d.Error = &begun, &took, nil, nil
	if status > 0 {
		d.ResponseStatus = &status
	}
	if failed != nil {
		text := failed.Error()
		d.Error = &text
	}
	return failed
}

// judge decides what becomes of a delivery and of its webhook after an attempt.
func (h *Hooks) judge(ctx context.Context, hook *models.Webhook, d *models.WebhookDelivery, failed error) (columns map[string]any) {
	now := models.Now()
	if failed == nil {
		d.State, d.NextAttemptAt = models.DeliverySucceeded, nil
		if d.Kind == models.DeliveryChanges {
			columns = map[string]any{"failing_since": nil, "next_at": now}
		}
		return columns
	}
	next := models.DateTime{Time: now.Add(h.pause(d.Attempts))}
	d.NextAttemptAt = &next
	if d.Kind != models.DeliveryChanges {
		if d.Attempts >= mostTries {
			d.State, d.NextAttemptAt = models.DeliveryFailed, nil
		}
		return nil
	}
	columns = map[string]any{"next_at": next}
	since := now
	if hook.FailingSince != nil {
		since = *hook.FailingSince
	} else {
		columns["failing_since"] = now
	}
	gone := d.ResponseStatus != nil && *d.ResponseStatus == http.StatusGone
	if reason := h.despair(now, since, gone); reason != "" {
		columns["enabled"], columns["disabled_reason"] = false, reason
		h.options.Log.ErrorContext(ctx, "a webhook was disabled", "webhook", hook.ID.String(), "cause", reason)
	}
	return columns
}

// despair is why a webhook is disabled, "" where it is not yet.
func (h *Hooks) despair(now, since models.DateTime, gone bool) string {
	switch {
	case gone:
		return "the address answered 410 Gone"
	case now.Sub(since.Time) >= h.options.GiveUp:
		return "no delivery has succeeded since " + since.String()
	}
	return ""
}

// Test sends a request that tells nothing, once, and returns what came of it. Errors: models.ErrNotFound.
func (h *Hooks) Test(ctx context.Context, id models.ID) (*models.WebhookDelivery, error) {
	hook, err := h.db.Webhook(ctx, id)
	if err != nil {
		return nil, err
	}
	d := &models.WebhookDelivery{
		ID: models.NewID(), WebhookID: id, Kind: models.DeliveryTest, State: models.DeliverySucceeded, After: hook.Position, Last: hook.Position,
		CreatedAt: models.Now(),
	}
	if failed := h.attempt(ctx, hook, d, "test", nil); failed != nil {
		d.State = models.DeliveryFailed
	}
	return d, h.db.AddDelivery(ctx, d)
}

// Redeliver makes a delivery that sends again what another one sent. Errors: models.ErrNotFound.
func (h *Hooks) Redeliver(ctx context.Context, id models.ID) (*models.WebhookDelivery, error) {
	before, err := h.db.Delivery(ctx, id)
	if err != nil {
		return nil, err
	}
	now := models.Now()
	d := &models.WebhookDelivery{
		ID: models.NewID(), WebhookID: before.WebhookID, Kind: models.DeliveryAgain, State: models.DeliveryPending, After: before.After, Last: before.Last,
		CreatedAt: now, NextAttemptAt: &now,
	}
	return d, h.db.AddDelivery(ctx, d)
}
