package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/minutebook/minutebook/models"
)

// DeliveryPage is how many changes one delivery tells.
const DeliveryPage = 100

// NextDelivery returns what a server that has the lease of a webhook is to send now: what was asked for again, the stretch
// of the log that is waiting, or the next one, which it makes. It returns nil where there is nothing, and passes over what
// the webhook is not to be told.
func (s *Store) NextDelivery(ctx context.Context, hook *models.Webhook, server string) (delivery *models.WebhookDelivery, err error) {
	err = s.Write(ctx, models.Actor{}, func(tx *Tx) error {
		delivery = nil
		if err := tx.holdWebhook(hook.ID, server); err != nil {
			return err
		}
		var waiting []*models.WebhookDelivery
		err := tx.orm.Where("webhook_id = ? AND state = 'PENDING' AND next_at <= ? AND kind IN ('CHANGES', 'REDELIVERY')", hook.ID, tx.now).
			Order("id").Limit(1).Find(&waiting).Error
		if err != nil || len(waiting) > 0 {
			delivery = first(waiting)
			return err
		}
		var pending int64
		err = tx.orm.Model(&models.WebhookDelivery{}).Where("webhook_id = ? AND state = 'PENDING' AND kind = 'CHANGES'", hook.ID).Count(&pending).Error
		if err != nil || pending > 0 { // the stretch before the next one has to wait for its time
			return err
		}
		delivery, err = tx.makeDelivery(hook)
		return err
	})
	return delivery, err
}

func first[T any](list []*T) *T {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// makeDelivery takes the next stretch of the log that has something for a webhook.
func (tx *Tx) makeDelivery(hook *models.Webhook) (*models.WebhookDelivery, error) {
	var head int64
	err := tx.each("SELECT sequence FROM change_head WHERE one = 1", nil, func(scan func(...any) error) error { return scan(&head) })
	if err != nil || head <= hook.Position {
		return nil, err
	}
	where, args := wantedBy(hook, hook.Position, head)
	last, count := head, 0
	err = tx.each(fmt.Sprintf("SELECT sequence FROM changes WHERE %s ORDER BY sequence LIMIT %d", where, DeliveryPage+1), args, func(scan func(...any) error) error {
		var sequence int64
		err := scan(&sequence)
		if count++; count <= DeliveryPage {
			last = sequence
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if count <= DeliveryPage {
		last = head
	}
	delivery := &models.WebhookDelivery{
		ID: models.NewID(), WebhookID: hook.ID, Kind: models.DeliveryChanges, State: models.DeliveryPending,
		After: hook.Position, Last: last, CreatedAt: tx.now, NextAttemptAt: &tx.now,
	}
	if count == 0 {
		hook.Position = last
		return nil, tx.exec("UPDATE webhooks SET position = ? WHERE id = ?", last, hook.ID)
	}
	return delivery, tx.orm.Create(delivery).Error
}

// wantedBy is what a webhook is told of a stretch of the log, as SQL.
func wantedBy(hook *models.Webhook, after, last int64) (string, []any) {
	return (&Follower{actor: hook.Reader(), wanted: Following{Types: hook.Types()}, at: after}).where(last)
}

// DeliveredChanges reads what a delivery tells, as it may be told at this moment. Where the webhook has come to be told more
// since the delivery was made, the delivery ends earlier than it would have, and the rest comes with the next one.
func (s *Store) DeliveredChanges(ctx context.Context, hook *models.Webhook, delivery *models.WebhookDelivery) ([]*models.Change, error) {
	where, args := wantedBy(hook, delivery.After, delivery.Last)
	keys, err := s.logKeys(ctx, where, args, DeliveryPage+1)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	if len(keys) > DeliveryPage {
		keys = keys[:DeliveryPage]
		delivery.Last = keys[DeliveryPage-1].sequence
	}
	ids := make([]models.ID, len(keys))
	for i, key := range keys {
		ids[i] = key.id
	}
	q := &Query{Entity: Schema.Changes, Columns: Schema.Changes.all(), Rows: true}
	found, err := s.loader(ctx, hook.Reader()).records(q, ids)
	var changes []*models.Change
	for _, id := range ids {
		if change, ok := found[id].(*models.Change); ok {
			changes = append(changes, change)
		}
	}
	return changes, unavailable(err)
}

// RecordAttempt writes down what came of an attempt, and what becomes of the webhook by it: the columns of both that are to
// change. It does nothing but return ErrLeaseLost where the server has lost the lease.
func (s *Store) RecordAttempt(ctx context.Context, server string, delivery *models.WebhookDelivery, hook map[string]any) error {
	return s.Write(ctx, models.Actor{}, func(tx *Tx) error {
		if err := tx.holdWebhook(delivery.WebhookID, server); err != nil {
			return err
		}
		if delivery.Kind == models.DeliveryAgain {
			if err := tx.continueAgain(delivery); err != nil {
				return err
			}
		}
		if err := tx.orm.Save(delivery).Error; err != nil {
			return fmt.Errorf("a delivery: %w", err)
		}
		if delivery.Kind == models.DeliveryChanges && delivery.State == models.DeliverySucceeded {
			if hook == nil {
				hook = map[string]any{}
			}
			hook["position"] = delivery.Last
		}
		if len(hook) == 0 {
			return nil
		}
		return tx.orm.Table("webhooks").Where("id = ?", delivery.WebhookID).Updates(hook).Error
	})
}

// continueAgain has what was asked for again and did not fit into one request follow in another one, once that was taken.
func (tx *Tx) continueAgain(delivery *models.WebhookDelivery) error {
	asked := delivery.Last
	err := tx.one("SELECT last_sequence FROM webhook_deliveries WHERE id = ?", delivery.ID, &asked)
	if err != nil || asked <= delivery.Last {
		return err
	}
	if delivery.State != models.DeliverySucceeded {
		delivery.Last = asked
		return nil
	}
	rest := &models.WebhookDelivery{
		ID: models.NewID(), WebhookID: delivery.WebhookID, Kind: models.DeliveryAgain, State: models.DeliveryPending,
		After: delivery.Last, Last: asked, CreatedAt: tx.now, NextAttemptAt: &tx.now,
	}
	if err := tx.orm.Create(rest).Error; err != nil {
		return fmt.Errorf("a delivery: %w", err)
	}
	return nil
}

// AddDelivery adds a delivery of a test, which has been sent, or of a stretch that is to be sent again.
func (s *Store) AddDelivery(ctx context.Context, delivery *models.WebhookDelivery) error {
	if err := s.orm.WithContext(ctx).Create(delivery).Error; err != nil {
		if foreignKey(err) {
			return fmt.Errorf("webhook %s: %w", delivery.WebhookID, models.ErrNotFound)
		}
		return fmt.Errorf("a delivery: %w", unavailable(err))
	}
	return nil
}

// Delivery returns a delivery.
func (s *Store) Delivery(ctx context.Context, id models.ID) (*models.WebhookDelivery, error) {
	delivery := &models.WebhookDelivery{}
	if err := s.take(s.orm.WithContext(ctx).Where("id = ?", id), delivery); err != nil {
		return nil, fmt.Errorf("delivery %s: %w", id, err)
	}
	return delivery, nil
}

// Deliveries returns a page of the deliveries of a webhook, the newest first, behind one of them where after is not nil.
func (s *Store) Deliveries(
	ctx context.Context, hook models.ID, state *models.WebhookDeliveryState, size int, after *models.ID, total bool,
) (*models.WebhookDeliveryConnection, error) {
	query := s.orm.WithContext(ctx).Model(&models.WebhookDelivery{}).Where("webhook_id = ?", hook)
	if state != nil {
		query = query.Where("state = ?", *state)
	}
	p := page{nodes: []any{}, cursors: []string{}}
	if total {
		var count int64
		if err := query.Count(&count).Error; err != nil {
			return nil, fmt.Errorf("deliveries: %w", unavailable(err))
		}
		p.total = int(count)
	}
	if after != nil {
		query = query.Where("id < ?", *after)
		p.info.HasPreviousPage = true
	}
	var rows []*models.WebhookDelivery
	if err := query.Order("id DESC").Limit(size + 1).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("deliveries: %w", unavailable(err))
	}
	p.info.HasNextPage = len(rows) > size
	for _, row := range rows[:min(size, len(rows))] {
		p.nodes, p.cursors = append(p.nodes, row), append(p.cursors, models.EncodeTagged(models.TagDelivery, row.ID))
	}
	if n := len(p.cursors); n > 0 {
		p.info.StartCursor, p.info.EndCursor = &p.cursors[0], &p.cursors[n-1]
	}
	return connectionOf[models.WebhookDelivery](p), nil
}

// ForgetDeliveries deletes what was sent, or given up, before a moment.
func (s *Store) ForgetDeliveries(ctx context.Context, before models.DateTime) error {
	_, err := s.write.ExecContext(ctx, "DELETE FROM webhook_deliveries WHERE state <> 'PENDING' AND created_at < ?", before)
	if err != nil {
		return fmt.Errorf("forget deliveries: %w", unavailable(err))
	}
	return nil
}

// ShownActor names who made a change, as the reader may know: a guest learns the role only.
func ShownActor(reader models.Actor, c *models.Change) string {
	if reader.SeesInternal() || c.ActorRole == "" {
		return c.ActorName
	}
	return string(c.ActorRole)
}

// ShownFields are the fields of a change that the reader may know. A guest sees the columns of a record that may be seen:
// not what a withdrawn or merged one said, and not its references and parts, which may name records that are hidden.
func ShownFields(reader models.Actor, c *models.Change, fields []*models.FieldChange) []*models.FieldChange {
	if reader.SeesInternal() {
		return fields
	}
	if c.Operation == models.OperationDelete || c.Operation == models.OperationMerge {
		return []*models.FieldChange{}
	}
	entity := Schema.Records(c.Type)
	return slices.DeleteFunc(fields, func(f *models.FieldChange) bool { return entity.Field(f.Field) == nil })
}

// WebhookLoad returns how many webhooks are enabled, how far the one is behind that is farthest, and how many deliveries
// failed at their last attempt and are to be tried again.
func (s *Store) WebhookLoad(ctx context.Context) (enabled int, behind int64, retrying int, err error) {
	hooks, err := s.Webhooks(ctx)
	if err != nil {
		return 0, 0, 0, err
	}
	for _, hook := range hooks {
		if hook.Enabled {
			enabled++
			behind = max(behind, int64(hook.Behind))
		}
	}
	var count int64
	err = s.orm.WithContext(ctx).Model(&models.WebhookDelivery{}).Where("state = 'PENDING' AND attempts > 0").Count(&count).Error
	return enabled, behind, int(count), unavailable(err)
}
