package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/minutebook/minutebook/models"
)

// maxWebhooks is how many webhooks there may be.
const maxWebhooks = 100

// AddWebhook adds a webhook that is told what comes after a position of the log, or what is new where that is nil. Errors:
// models.ErrBadInput, models.ErrTooMany.
func (s *Store) AddWebhook(ctx context.Context, actor models.Actor, hook *models.Webhook, after *Cursor) error {
	position, err := s.position(ctx, after)
	if err != nil {
		return models.At("after", err)
	}
	hook.ID, hook.Position, hook.CreatedBy = models.NewID(), position, actorName(actor)
	hook.CreatedAt = models.Now()
	hook.NextAt = hook.CreatedAt
	var count int64
	orm := s.orm.WithContext(ctx)
	if err := orm.Model(hook).Count(&count).Error; err != nil {
		return fmt.Errorf("webhooks: %w", unavailable(err))
	}
	if count >= maxWebhooks {
		return fmt.Errorf("%w: there are %d webhooks: remove one", models.ErrTooMany, count)
	}
	if err := orm.Create(hook).Error; err != nil {
		return fmt.Errorf("add a webhook: %w", unavailable(err))
	}
	return s.completeHooks(ctx, hook)
}

// UpdateWebhook changes columns of a webhook and returns it as it is now. One that is enabled need not wait to be tried again.
func (s *Store) UpdateWebhook(ctx context.Context, id models.ID, columns map[string]any) (*models.Webhook, error) {
	if len(columns) > 0 {
		err := s.Write(ctx, models.Actor{}, func(tx *Tx) error {
			if err := tx.orm.Table("webhooks").Where("id = ?", id).Updates(columns).Error; err != nil || columns["enabled"] != true {
				return err
			}
			return tx.exec("UPDATE webhook_deliveries SET next_at = ? WHERE webhook_id = ? AND state = 'PENDING'", tx.now, id)
		})
		if err != nil {
			return nil, fmt.Errorf("webhook %s: %w", id, err)
		}
	}
	return s.Webhook(ctx, id)
}

// DeleteWebhook removes a webhook and its deliveries.
func (s *Store) DeleteWebhook(ctx context.Context, id models.ID) error {
	result := s.orm.WithContext(ctx).Where("id = ?", id).Delete(&models.Webhook{})
	if result.Error == nil && result.RowsAffected == 0 {
		return fmt.Errorf("webhook %s: %w", id, models.ErrNotFound)
	}
	return unavailable(result.Error)
}

// Webhook returns a webhook.
func (s *Store) Webhook(ctx context.Context, id models.ID) (*models.Webhook, error) {
	hook := &models.Webhook{}
	if err := s.take(s.orm.WithContext(ctx).Where("id = ?", id), hook); err != nil {
		return nil, fmt.Errorf("webhook %s: %w", id, err)
	}
	return hook, s.completeHooks(ctx, hook)
}

// take reads one row; models.ErrNotFound.
func (s *Store) take(query *gorm.DB, into any) error {
	err := query.Take(into).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.ErrNotFound
	}
	return unavailable(err)
}

// Webhooks returns all webhooks, the oldest first.
func (s *Store) Webhooks(ctx context.Context) ([]*models.Webhook, error) {
	hooks := []*models.Webhook{}
	if err := s.orm.WithContext(ctx).Order("id").Find(&hooks).Error; err != nil {
		return nil, fmt.Errorf("webhooks: %w", unavailable(err))
	}
	return hooks, s.completeHooks(ctx, hooks...)
}

// completeHooks says how far behind webhooks are.
func (s *Store) completeHooks(ctx context.Context, hooks ...*models.Webhook) error {
	head, err := s.logHead(ctx)
	for _, hook := range hooks {
		hook.Behind = int(max(0, head-hook.Position))
	}
	return err
}

// DueWebhooks returns the ids of webhooks to which something is to be sent now, and which no server is at.
func (s *Store) DueWebhooks(ctx context.Context) ([]models.ID, error) {
	now := models.Now()
	var due []models.ID
	err := s.orm.WithContext(ctx).Table("webhooks w").Where("w.enabled = ? AND (w.lease_until IS NULL OR w.lease_until < ?)", true, now).
		Where("(w.next_at <= ? AND w.position < (SELECT sequence FROM change_head WHERE one = 1)) OR EXISTS (SELECT 1 FROM webhook_deliveries d"+
			" WHERE d.webhook_id = w.id AND d.state = 'PENDING' AND d.kind = 'REDELIVERY' AND d.next_at <= ?)", now, now).
		Order("w.next_at").Limit(maxWebhooks).Pluck("w.id", &due).Error
	if err != nil {
		return nil, fmt.Errorf("webhooks: %w", unavailable(err))
	}
	return due, nil
}

// LeaseWebhook makes a server the only one that sends to a webhook, for a while, or for longer where it is already. It
// returns nil where another one is, or where the webhook is disabled or gone.
func (s *Store) LeaseWebhook(ctx context.Context, id models.ID, server string, length time.Duration) (*models.Webhook, error) {
	now := models.Now()
	result := s.orm.WithContext(ctx).Table("webhooks").
		Where("id = ? AND enabled = ? AND (lease_until IS NULL OR lease_until < ? OR lease_server = ?)", id, true, now, server).
		Updates(map[string]any{"lease_server": server, "lease_until": models.DateTime{Time: now.Add(length)}})
	if result.Error != nil {
		return nil, fmt.Errorf("webhook %s: %w", id, unavailable(result.Error))
	}
	if result.RowsAffected == 0 {
		return nil, nil
	}
	hook, err := s.Webhook(ctx, id)
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil
	}
	return hook, err
}

// ReleaseWebhook gives a lease back.
func (s *Store) ReleaseWebhook(ctx context.Context, id models.ID, server string) error {
	return unavailable(s.orm.WithContext(ctx).Table("webhooks").Where("id = ? AND lease_server = ?", id, server).
		Update("lease_until", nil).Error)
}

// holdWebhook locks a webhook that the server has the lease of; errLeaseLost where it has not.
func (tx *Tx) holdWebhook(id models.ID, server string) error {
	held := false
	err := tx.each("SELECT 1 FROM webhooks WHERE id = ? AND lease_server = ? AND lease_until IS NOT NULL"+tx.s.dialect.exclusive(), []any{id, server},
		func(scan func(...any) error) error {
			held = true
			return scan(new(int))
		})
	if err == nil && !held {
		err = ErrLeaseLost
	}
	return err
}

// ErrLeaseLost is why nothing is written for a webhook: another server sends to it, or it is gone.
var ErrLeaseLost = errors.New("the lease of the webhook was lost")
