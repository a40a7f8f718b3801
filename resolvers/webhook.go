package resolvers

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/webhooks"
)

var errNoHooks = faultf(codeBadInput, "this server sends to no webhooks")

// createWebhook adds a webhook and shows its secret, this once.
func (r *Resolver) createWebhook(ctx context.Context, input map[string]any) (*models.CreateWebhookPayload, error) {
	if r.Hooks == nil {
		return nil, errNoHooks
	}
	input = present(input)
	hook := &models.Webhook{Enabled: true, Visibility: models.VisibilityPublic, Secret: webhooks.NewSecret()}
	after, err := r.fillWebhook(hook, input)
	if err == nil {
		err = r.Store.AddWebhook(ctx, auth.ActorFrom(ctx), hook, after)
	}
	out := &models.CreateWebhookPayload{}
	if out.UserErrors, err = failures(err, "input"); err != nil || len(out.UserErrors) > 0 {
		return out, err
	}
	out.Webhook, out.Secret = hook, &hook.Secret
	return out, nil
}

// fillWebhook reads an input into a new webhook, and the position that it begins with.
func (r *Resolver) fillWebhook(hook *models.Webhook, input map[string]any) (after *store.Cursor, err error) {
	hook.URL, _ = input["url"].(string)
	if err := r.Hooks.CheckURL(hook.URL); err != nil {
		return nil, err
	}
	if secret, ok := input["secret"].(string); ok {
		hook.Secret = secret
		if err := webhooks.CheckSecret(secret); err != nil {
			return nil, err
		}
	}
	if types, ok := input["types"].([]models.RecordType); ok {
		hook.SetTypes(types)
	}
	if visibility, ok := input["visibility"].(models.Visibility); ok {
		hook.Visibility = visibility
	}
	if cursor, ok := input["after"].(string); ok {
		after, err = store.ParseCursor(cursor, store.Schema.Changes, store.Schema.Changes.Sort)
	}
	return after, models.At("after", err)
}

// updateWebhook changes a webhook.
func (r *Resolver) updateWebhook(ctx context.Context, id string, patch map[string]any) (*models.UpdateWebhookPayload, error) {
	key, err := r.webhookKey(id)
	if err != nil {
		return nil, err
	}
	columns, err := r.webhookColumns(patch)
	out := &models.UpdateWebhookPayload{}
	if err == nil {
		out.Webhook, err = r.Store.UpdateWebhook(ctx, key, columns)
	}
	out.UserErrors, err = hookFailures(err, "patch")
	return out, err
}

// webhookColumns reads what a patch changes.
func (r *Resolver) webhookColumns(patch map[string]any) (map[string]any, error) {
	columns, given := map[string]any{}, present(patch)
	for name := range patch {
		if _, ok := given[name]; !ok && name != "types" {
			return nil, &models.UserError{Code: models.CodeInvalid, Message: "cannot be cleared", Path: []string{name}}
		}
	}
	if address, ok := given["url"].(string); ok {
		if err := r.Hooks.CheckURL(address); err != nil {
			return nil, err
		}
		columns["url"] = address
	}
	if secret, ok := given["secret"].(string); ok {
		if err := webhooks.CheckSecret(secret); err != nil {
			return nil, err
		}
		columns["secret"] = secret
	}
	if _, ok := patch["types"]; ok {
		types, _ := given["types"].([]models.RecordType)
		hook := &models.Webhook{}
		hook.SetTypes(types)
		columns["types"] = hook.TypesText
	}
	if visibility, ok := given["visibility"].(models.Visibility); ok {
		columns["visibility"] = visibility
	}
	if enabled, ok := given["enabled"].(bool); ok {
		columns["enabled"], columns["disabled_reason"] = enabled, nil
		if enabled {
			columns["failing_since"], columns["next_at"] = nil, models.Now()
		}
	}
	return columns, nil
}

// webhookKey reads the id of a webhook.
func (r *Resolver) webhookKey(id string) (models.ID, error) {
	if r.Hooks == nil {
		return models.ID{}, errNoHooks
	}
	key, err := models.DecodeTagged(models.TagWebhook, id)
	return key, models.At("id", err)
}

// hookFailures is failures for what may be gone.
func hookFailures(err error, argument string) ([]*models.UserError, error) {
	if errors.Is(err, models.ErrNotFound) {
		return []*models.UserError{{Code: models.CodeNotFound, Message: "there is no such thing", Path: []string{"id"}}}, nil
	}
	return failures(err, argument)
}

// deleteWebhook removes a webhook.
func (r *Resolver) deleteWebhook(ctx context.Context, id string) (*models.DeleteWebhookPayload, error) {
	key, err := r.webhookKey(id)
	if err != nil {
		return nil, err
	}
	out := &models.DeleteWebhookPayload{}
	if out.UserErrors, err = hookFailures(r.Store.DeleteWebhook(ctx, key), ""); err == nil && len(out.UserErrors) == 0 {
		out.ID = &id
	}
	return out, err
}

// testWebhook sends a test.
func (r *Resolver) testWebhook(ctx context.Context, id string) (*models.WebhookDeliveryPayload, error) {
	key, err := r.webhookKey(id)
	if err != nil {
		return nil, err
	}
	delivery, err := r.Hooks.Test(ctx, key)
	return deliveryPayload(delivery, err)
}

// redeliverWebhook sends something again.
func (r *Resolver) redeliverWebhook(ctx context.Context, delivery string) (*models.WebhookDeliveryPayload, error) {
	if r.Hooks == nil {
		return nil, errNoHooks
	}
	key, err := models.DecodeTagged(models.TagDelivery, delivery)
	if err != nil {
		return nil, models.At("delivery", err)
	}
	again, err := r.Hooks.Redeliver(ctx, key)
	return deliveryPayload(again, err)
}

func deliveryPayload(delivery *models.WebhookDelivery, err error) (*models.WebhookDeliveryPayload, error) {
	out := &models.WebhookDeliveryPayload{}
	if out.UserErrors, err = hookFailures(err, ""); err == nil && len(out.UserErrors) == 0 {
		out.Delivery = delivery
	}
	return out, err
}

// webhooks lists all webhooks.
func (r *Resolver) webhooks(ctx context.Context) ([]*models.Webhook, error) {
	return r.Store.Webhooks(ctx)
}

// webhook returns a webhook, nil where there is none.
func (r *Resolver) webhook(ctx context.Context, id string) (*models.Webhook, error) {
	key, err := models.DecodeTagged(models.TagWebhook, id)
	if err != nil {
		return nil, models.At("id", err)
	}
	hook, err := r.Store.Webhook(ctx, key)
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil
	}
	return hook, err
}

// deliveries returns a page of what was sent to a webhook.
func (r *Resolver) deliveries(
	ctx context.Context, hook *models.Webhook, state *models.WebhookDeliveryState, first *int, after *string,
) (*models.WebhookDeliveryConnection, error) {
	size := defaultPage
	if first != nil {
		size = *first
	}
	if size < 0 || size > mostJobs {
		return nil, models.At(firstArgument, models.BadInput("must be from 0 to %d", mostJobs))
	}
	var from *models.ID
	if after != nil {
		id, err := models.DecodeTagged(models.TagDelivery, *after)
		if err != nil {
			return nil, models.At("after", err)
		}
		from = &id
	}
	total := false
	for _, field := range graphql.CollectFieldsCtx(ctx, nil) {
		total = total || field.Name == "totalCount"
	}
	return r.Store.Deliveries(ctx, hook.ID, state, size, from, total)
}
