package models

import "strings"

// Webhook is an address that is told what is written to the change log. Every entry up to Position has been told or
// passed over. The server that holds the lease is the only one that sends to it.
type Webhook struct {
	ID             ID         `gorm:"column:id;primaryKey"`
	URL            string     `gorm:"column:url"`
	Secret         string     `gorm:"column:secret"` // whsec_ and base64
	TypesText      string     `gorm:"column:types"`  // comma-separated; empty for all
	Visibility     Visibility `gorm:"column:visibility"`
	Enabled        bool       `gorm:"column:enabled"`
	DisabledReason *string    `gorm:"column:disabled_reason"`
	Position       int64      `gorm:"column:position"`
	FailingSince   *DateTime  `gorm:"column:failing_since"`
	NextAt         DateTime   `gorm:"column:next_at"` // when the next stretch of the log may be sent
	LeaseServer    string     `gorm:"column:lease_server"`
	LeaseUntil     *DateTime  `gorm:"column:lease_until"`
	CreatedAt      DateTime   `gorm:"column:created_at;autoCreateTime:false"`
	CreatedBy      string     `gorm:"column:created_by"`

	Behind int `gorm:"-"` // entries of the log behind Position
}

// TableName names the table for gorm.
func (*Webhook) TableName() string { return "webhooks" }

// Types are the types of records whose changes are told, nil for all.
func (w *Webhook) Types() []RecordType {
	if w.TypesText == "" {
		return nil
	}
	var types []RecordType
	for name := range strings.SplitSeq(w.TypesText, ",") {
		types = append(types, RecordType(name))
	}
	return types
}

// SetTypes is the other way round.
func (w *Webhook) SetTypes(types []RecordType) {
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = string(t)
	}
	w.TypesText = strings.Join(names, ",")
}

// Reader is for whom the webhook is told: a guest, or somebody who reads.
func (w *Webhook) Reader() Actor {
	if w.Visibility == VisibilityInternal {
		return Actor{Subject: "webhook", Role: RoleViewer}
	}
	return Actor{}
}

// WebhookDeliveryKind is what a delivery is.
type WebhookDeliveryKind string

// Values of WebhookDeliveryKind.
const (
	DeliveryChanges WebhookDeliveryKind = "CHANGES"
	DeliveryAgain   WebhookDeliveryKind = "REDELIVERY"
	DeliveryTest    WebhookDeliveryKind = "TEST"
)

// WebhookDeliveryState is how a delivery stands.
type WebhookDeliveryState string

// Values of WebhookDeliveryState.
const (
	DeliveryPending   WebhookDeliveryState = "PENDING"
	DeliverySucceeded WebhookDeliveryState = "SUCCEEDED"
	DeliveryFailed    WebhookDeliveryState = "FAILED"
)

// WebhookDelivery is something that is sent to a webhook: the entries of the log behind After up to Last. What they say is
// read when they are sent.
type WebhookDelivery struct {
	ID             ID                   `gorm:"column:id;primaryKey"`
	WebhookID      ID                   `gorm:"column:webhook_id"`
	Kind           WebhookDeliveryKind  `gorm:"column:kind"`
	State          WebhookDeliveryState `gorm:"column:state"`
	After          int64                `gorm:"column:after_sequence"`
	Last           int64                `gorm:"column:last_sequence"`
	Changes        int                  `gorm:"column:changes"`
	Attempts       int                  `gorm:"column:attempts"`
	ResponseStatus *int                 `gorm:"column:response_status"`
	Error          *string              `gorm:"column:error"`
	Milliseconds   *int                 `gorm:"column:milliseconds"`
	CreatedAt      DateTime             `gorm:"column:created_at;autoCreateTime:false"`
	AttemptedAt    *DateTime            `gorm:"column:attempted_at"`
	NextAttemptAt  *DateTime            `gorm:"column:next_at"`
}

// TableName names the table for gorm.
func (*WebhookDelivery) TableName() string { return "webhook_deliveries" }

// CreateWebhookPayload is the answer of createWebhook.
type CreateWebhookPayload struct {
	Webhook    *Webhook
	Secret     *string
	UserErrors []*UserError
}

// UpdateWebhookPayload is the answer of updateWebhook.
type UpdateWebhookPayload struct {
	Webhook    *Webhook
	UserErrors []*UserError
}

// DeleteWebhookPayload is the answer of deleteWebhook.
type DeleteWebhookPayload struct {
	ID         *string
	UserErrors []*UserError
}

// WebhookDeliveryPayload is the answer of testWebhook and redeliverWebhook.
type WebhookDeliveryPayload struct {
	Delivery   *WebhookDelivery
	UserErrors []*UserError
}
