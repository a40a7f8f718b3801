package store

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/minutebook/minutebook/models"
)

// keyLife is how long the key of a request is remembered.
const keyLife = 24 * time.Hour

// maxKey is how many characters a key may have.
const maxKey = 200

// Once is the key of a request that may be sent again, and what the request asks for. An empty key asks for nothing.
type Once struct {
	Key  string
	Body any // what a repeated request must ask for again: encoded as JSON
}

// WriteOnce is Write for a request with a key: the first run that is committed is remembered for 24 hours with the id
// that fn returned, and the same request sent again changes nothing and gets that id. This also settles whether a commit
// happened whose answer was lost. Another request under the same key is a UserError. Keys of different actors are different.
func (s *Store) WriteOnce(ctx context.Context, actor models.Actor, once Once, fn func(tx *Tx) (models.ID, error)) (models.ID, error) {
	outcome, err := s.writeOnce(ctx, actor, once, func(tx *Tx) (string, error) {
		id, err := fn(tx)
		return id.String(), err
	})
	if err != nil || outcome == "" {
		return models.ID{}, err
	}
	return revivedID(outcome)
}

// writeOnce is WriteOnce for what is remembered as a text.
func (s *Store) writeOnce(ctx context.Context, actor models.Actor, once Once, fn func(tx *Tx) (string, error)) (outcome string, err error) {
	if once.Key == "" {
		err := s.Write(ctx, actor, func(tx *Tx) (err error) {
			outcome, err = fn(tx)
			return err
		})
		return outcome, err
	}
	if len([]rune(once.Key)) > maxKey {
		return "", invalid(fmt.Sprintf("has more than %d characters", maxKey), "idempotencyKey")
	}
	body, err := json.Marshal(once.Body)
	if err != nil {
		return "", fmt.Errorf("the body of a request with a key: %w", err)
	}
	err = s.run(ctx, actor, func(tx *Tx) (err error) {
		known, done, err := tx.claim(once.Key, body)
		if err != nil || done {
			outcome = known
			return err
		}
		if outcome, err = fn(tx); err != nil {
			return err
		}
		return tx.settle(once.Key, outcome)
	})
	return outcome, err
}

// idempotencyKey is a row of idempotency_keys.
type idempotencyKey struct {
	KeyHash   []byte          `gorm:"column:key_hash;primaryKey"`
	BodyHash  []byte          `gorm:"column:body_hash"`
	Outcome   string          `gorm:"column:outcome"`
	ExpiresAt models.DateTime `gorm:"column:expires_at"`
}

// TableName names the table for gorm.
func (*idempotencyKey) TableName() string { return "idempotency_keys" }

var keyTyping = typed[idempotencyKey]()

func (tx *Tx) keyHash(key string) []byte { return keyOf(tx.actor.Subject, key) }

// claim takes the key for this transaction, or returns what an earlier one made under it. Whoever claims a key that
// another transaction has just claimed waits for that one to end.
func (tx *Tx) claim(key string, body []byte) (outcome string, done bool, err error) {
	hash, bodyHash := tx.keyHash(key), sha256.Sum256(body)
	if err := tx.exec("DELETE FROM idempotency_keys WHERE key_hash = ? AND expires_at < ?", hash, tx.now); err != nil {
		return "", false, err
	}
	rows, err := tx.find(&keyTyping, nil, "", "key_hash = ?", hash)
	if err != nil {
		return "", false, err
	}
	if len(rows) > 0 {
		row := rows[0].(*idempotencyKey)
		if string(row.BodyHash) != string(bodyHash[:]) {
			return "", false, invalid("was used for another request", "idempotencyKey")
		}
		return row.Outcome, true, nil
	}
	expires := models.DateTime{Time: tx.now.Add(keyLife)}
	err = tx.orm.Create(&idempotencyKey{hash, bodyHash[:], "", expires}).Error
	if duplicate(err) != "" {
		return "", false, fmt.Errorf("a key that was claimed meanwhile: %w", errAgain)
	}
	return "", false, err
}

// settle remembers what was made under the key.
func (tx *Tx) settle(key, outcome string) error {
	return tx.exec("UPDATE idempotency_keys SET outcome = ? WHERE key_hash = ?", outcome, tx.keyHash(key))
}

// ForgetKeys deletes the keys that nobody may use any more. It is called now and then.
func (s *Store) ForgetKeys(ctx context.Context) error {
	_, err := s.write.ExecContext(ctx, "DELETE FROM idempotency_keys WHERE expires_at < ?", models.Now())
	if err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("forget old keys: %w", unavailable(err))
	}
	return nil
}
