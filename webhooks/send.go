package webhooks

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

const (
	secretPrefix = "whsec_"
	leastSecret  = 24 // bytes, as Standard Webhooks asks
	mostSecret   = 64
	readResponse = 64 << 10 // bytes of an answer that are read, so that the connection can be used again
	maxReason    = 300      // characters of what is kept of an error
)

// NewSecret makes a secret.
func NewSecret() string {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // it never fails
	return secretPrefix + base64.StdEncoding.EncodeToString(key)
}

// CheckSecret says what is wrong with a secret, as a models.UserError.
func CheckSecret(secret string) error {
	key, err := keyOf(secret)
	if err != nil || len(key) < leastSecret || len(key) > mostSecret {
		return &models.UserError{
			Code: models.CodeInvalid, Path: []string{"secret"},
			Message: fmt.Sprintf("a secret is %s and the base64 of %d to %d bytes", secretPrefix, leastSecret, mostSecret),
		}
	}
	return nil
}

func keyOf(secret string) ([]byte, error) {
	text, ok := strings.CutPrefix(secret, secretPrefix)
	if !ok {
		return nil, errors.New("it does not begin with " + secretPrefix)
	}
	return base64.StdEncoding.DecodeString(text)
}

// Sign returns the value of the header webhook-signature.
func Sign(secret, id string, at time.Time, body []byte) (string, error) {
	key, err := keyOf(secret)
	if err != nil {
		return "", fmt.Errorf("the secret: %w", err)
	}
	mac := hmac.New(sha256.New, key)
	_, _ = fmt.Fprintf(mac, "%s.%d.", id, at.Unix())
	_, _ = mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)), nil
}

// message is the body of a request.
type message struct {
	Type string          `json:"type"` // changes or test
	At   models.DateTime `json:"timestamp"`
	Data data            `json:"data"`
}

type data struct {
	Changes []change `json:"changes"`
}

// change is an entry of the log as it is told. Values stay out of it: whoever is told asks the API for what it may see.
type change struct {
	ID         string                 `json:"id"`
	Cursor     string                 `json:"cursor"`
	Operation  models.ChangeOperation `json:"operation"`
	Type       models.RecordType      `json:"type"`
	RecordID   string                 `json:"recordId"`
	Version    int                    `json:"version"`
	Actor      string                 `json:"actor"`
	At         models.DateTime        `json:"at"`
	Fields     []string               `json:"fields"`
	Reason     *string                `json:"reason,omitempty"`
	MergedInto *string                `json:"mergedInto,omitempty"`
}

// bodyOf writes the body of a request for who may read it.
func bodyOf(kind string, at models.DateTime, reader models.Actor, changes []*models.Change) ([]byte, error) {
	m := message{Type: kind, At: at, Data: data{Changes: make([]change, len(changes))}}
	for i, c := range changes {
		var fields []*models.FieldChange
		if err := json.Unmarshal([]byte(c.FieldsJSON), &fields); err != nil {
			return nil, fmt.Errorf("fields of change %d: %w", c.Sequence, err)
		}
		told := change{
			ID: c.ID.String(), Cursor: store.ChangeCursor(c), Operation: c.Operation, Type: c.Type, RecordID: models.EncodeID(c.Type, c.Record),
			Version: c.Version, Actor: store.ShownActor(reader, c), At: c.At, Reason: c.Reason, Fields: []string{},
		}
		for _, f := range store.ShownFields(reader, c, fields) {
			told.Fields = append(told.Fields, f.Field)
		}
		if c.MergedID != nil {
			id := models.EncodeID(c.Type, *c.MergedID)
			told.MergedInto = &id
		}
		m.Data.Changes[i] = told
	}
	return json.Marshal(m)
}

// newClient returns a client that follows no redirect, knows no proxy, and reads little.
func newClient(networks Networks, patience time.Duration) *http.Client {
	return &http.Client{
		Timeout:       patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: networks.dialer(patience).DialContext, TLSHandshakeTimeout: patience, ResponseHeaderTimeout: patience,
			MaxResponseHeaderBytes: 16 << 10, DisableCompression: true, ForceAttemptHTTP2: true,
			MaxIdleConnsPerHost: 1, MaxIdleConns: 20, IdleConnTimeout: 30 * time.Second,
		},
	}
}

// send makes one request and returns the status of the answer. An error is in words that may be shown.
func (h *Hooks) send(ctx context.Context, hook *models.Webhook, id string, body []byte) (status int, err error) {
	target, err := url.Parse(hook.URL)
	if err != nil {
		return 0, errors.New("the address cannot be read")
	}
	secure := target.Scheme == "https"
	request, err := http.NewRequestWithContext(context.WithValue(ctx, secureKey{}, secure), http.MethodPost, hook.URL, bytes.NewReader(body))
	if err != nil {
		return 0, errors.New("the address cannot be read")
	}
	now := time.Now()
	signature, err := Sign(hook.Secret, id, now, body)
	if err != nil {
		return 0, err
	}
	for name, value := range map[string]string{
		"Content-Type": "application/json", "User-Agent": "minutebook-webhooks", "webhook-id": id,
		"webhook-timestamp": strconv.FormatInt(now.Unix(), 10), "webhook-signature": signature,
	} {
		request.Header.Set(name, value)
	}
	response, err := h.client.Do(request)
	if err != nil {
		return 0, errors.New(reasonOf(err))
	}
	defer func() { _ = response.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, readResponse)) // what it says does not matter
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return response.StatusCode, fmt.Errorf("the answer was %d %s", response.StatusCode, http.StatusText(response.StatusCode))
	}
	return response.StatusCode, nil
}

// reasonOf is an error without the address, which may hold a secret of its own.
func reasonOf(err error) string {
	if outer, ok := errors.AsType[*url.Error](err); ok {
		if outer.Timeout() {
			return "there was no answer in time"
		}
		err = outer.Err
	}
	runes := []rune(err.Error())
	return string(runes[:min(len(runes), maxReason)])
}
