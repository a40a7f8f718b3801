package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/minutebook/minutebook/models"
)

// Account is somebody who may sign in with a password. The store never sees the password itself.
type Account struct {
	Name         string           `gorm:"column:name;primaryKey"` // in small letters: names differ in more than that
	Role         models.Role      `gorm:"column:role"`
	PasswordHash string           `gorm:"column:password_hash"`
	CreatedAt    models.DateTime  `gorm:"column:created_at;autoCreateTime:false"`
	ClosedAt     *models.DateTime `gorm:"column:closed_at"` // when it was closed, nil for an open account
}

// TableName names the table for gorm.
func (*Account) TableName() string { return "accounts" }

// maxAccountName is how many characters the name of an account may have, and with it whatever is revoked by name.
const maxAccountName = 200

// AddAccount adds an account. A closed one of that name is opened again with the new role and password; an open one is
// models.ErrDuplicate. Of two who add the same name at once, one gets that error.
func (s *Store) AddAccount(ctx context.Context, name string, role models.Role, passwordHash string) error {
	name = strings.ToLower(name)
	if name == "" || len([]rune(name)) > maxAccountName || !role.Valid() {
		return models.BadInput("an account needs a name of at most %d characters and a role", maxAccountName)
	}
	account := &Account{Name: name, Role: role, PasswordHash: passwordHash, CreatedAt: models.Now()}
	err := s.Write(ctx, models.Actor{}, func(tx *Tx) error { return tx.addAccount(account) })
	if err != nil {
		return fmt.Errorf("account %s: %w", name, err)
	}
	return nil
}

// addAccount writes an account, over a closed one of that name where there is one.
func (tx *Tx) addAccount(account *Account) error {
	var there []*Account
	if err := tx.orm.Clauses(exclusively).Where("name = ?", account.Name).Find(&there).Error; err != nil {
		return err
	}
	if len(there) > 0 && there[0].ClosedAt == nil {
		return models.ErrDuplicate
	}
	if len(there) > 0 {
		return tx.exec("UPDATE accounts SET role = ?, password_hash = ?, created_at = ?, closed_at = NULL WHERE name = ?",
			account.Role, account.PasswordHash, account.CreatedAt, account.Name)
	}
	err := tx.orm.Create(account).Error
	if duplicate(err) != "" {
		return fmt.Errorf("an account that was added meanwhile: %w", errAgain)
	}
	return err
}

// OpenAccount returns the open account of that name; models.ErrNotFound where there is none.
func (s *Store) OpenAccount(ctx context.Context, name string) (*Account, error) {
	account, err := s.Account(ctx, name)
	if err == nil && account.ClosedAt != nil {
		return nil, fmt.Errorf("account %s: %w", name, models.ErrNotFound)
	}
	return account, err
}

// Account returns the account of that name, also a closed one; models.ErrNotFound where there is none.
func (s *Store) Account(ctx context.Context, name string) (*Account, error) {
	account := &Account{}
	err := s.orm.WithContext(ctx).Where("name = ?", strings.ToLower(name)).Take(account).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, fmt.Errorf("account %s: %w", name, models.ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("account %s: %w", name, unavailable(err))
	}
	return account, nil
}

// Accounts lists all accounts, closed ones too, by name.
func (s *Store) Accounts(ctx context.Context) ([]*Account, error) {
	var all []*Account
	if err := s.orm.WithContext(ctx).Order("name").Find(&all).Error; err != nil {
		return nil, fmt.Errorf("accounts: %w", unavailable(err))
	}
	return all, nil
}

// SetPasswordHash stores another hash for an account.
func (s *Store) SetPasswordHash(ctx context.Context, name, hash string) error {
	return s.changeAccount(ctx, name, "password_hash", hash)
}

// SetAccountRole gives an account another role. Tokens it has keep the old one until they are revoked or expire.
func (s *Store) SetAccountRole(ctx context.Context, name string, role models.Role) error {
	if !role.Valid() {
		return models.BadInput("an account needs a role")
	}
	return s.changeAccount(ctx, name, "role", role)
}

// CloseAccount keeps an account from signing in. Tokens it has stay good until they are revoked or expire.
func (s *Store) CloseAccount(ctx context.Context, name string) error {
	return s.changeAccount(ctx, name, "closed_at", models.Now())
}

func (s *Store) changeAccount(ctx context.Context, name, column string, value any) error {
	result := s.orm.WithContext(ctx).Table("accounts").Where("name = ? AND closed_at IS NULL", strings.ToLower(name)).Update(column, value)
	if result.Error != nil {
		return fmt.Errorf("account %s: %w", name, unavailable(result.Error))
	}
	if result.RowsAffected == 0 {
		if _, err := s.OpenAccount(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// Revocation takes back one token, by its id, or every token of a subject that was issued up to a moment.
type Revocation struct {
	ID        models.ID       `gorm:"column:id;primaryKey"`
	TokenID   string          `gorm:"column:token_id"`
	Subject   string          `gorm:"column:subject"`
	At        models.DateTime `gorm:"column:at"`
	ExpiresAt models.DateTime `gorm:"column:expires_at"`
}

// TableName names the table for gorm.
func (*Revocation) TableName() string { return "revocations" }

// Revoke takes tokens back: one by its id or, where that is empty, all of the subject so far. It is kept until expires,
// when the last of the tokens is worth nothing anyway; what has expired is forgotten on the way.
func (s *Store) Revoke(ctx context.Context, tokenID, subject string, expires time.Time) (*Revocation, error) {
	switch {
	case tokenID == "" && subject == "":
		return nil, models.BadInput("name a token or a subject to revoke")
	case len([]rune(tokenID)) > maxAccountName:
		return nil, models.BadInput("the id of the token has more than %d characters: revoke all tokens of its subject", maxAccountName)
	case len([]rune(subject)) > maxAccountName:
		return nil, models.BadInput("a subject has at most %d characters", maxAccountName)
	}
	now := models.Now()
	row := &Revocation{ID: models.NewID(), TokenID: tokenID, Subject: subject, At: now, ExpiresAt: models.DateTime{Time: expires}}
	orm := s.orm.WithContext(ctx)
	if err := orm.Create(row).Error; err != nil {
		return nil, fmt.Errorf("revoke: %w", unavailable(err))
	}
	if err := orm.Where("expires_at < ?", now).Delete(&Revocation{}).Error; err != nil {
		s.log.Warn("old revocations are kept", "cause", err.Error())
	}
	return row, nil
}

// Revocations returns what has been revoked and has not expired.
func (s *Store) Revocations(ctx context.Context) ([]*Revocation, error) {
	var all []*Revocation
	if err := s.orm.WithContext(ctx).Where("expires_at >= ?", models.Now()).Order("at").Find(&all).Error; err != nil {
		return nil, fmt.Errorf("revocations: %w", unavailable(err))
	}
	return all, nil
}
