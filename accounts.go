package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/config"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/resolvers"
	"github.com/minutebook/minutebook/store"
)

// revocationsEvery is how often a server asks which tokens other servers have taken back.
const revocationsEvery = 5 * time.Second

// accountChanges is how many passwords an admin may set in a row before having to wait.
const accountChanges = 30

// keysEvery is how often a server forgets the idempotency keys that nobody may use any more.
const keysEvery = 10 * time.Minute

// forgetKeys deletes them until ctx ends. A failure is logged, and the next round tries again.
func (s *server) forgetKeys(ctx context.Context) {
	ticker := time.NewTicker(keysEvery)
	defer ticker.Stop()
	for {
		if err := s.db.ForgetKeys(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("old idempotency keys are kept", "cause", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// newRevocations returns the revoked tokens, which are read once the database is open.
func (s *server) newRevocations() *auth.Revocations {
	return auth.NewRevocations(func(ctx context.Context) ([]auth.Revocation, error) {
		rows, err := s.db.Revocations(ctx)
		if err != nil {
			return nil, err
		}
		out := make([]auth.Revocation, len(rows))
		for i, row := range rows {
			out[i] = revocation(row)
		}
		return out, nil
	}, 0, nil)
}

func revocation(row *store.Revocation) auth.Revocation {
	return auth.Revocation{TokenID: row.TokenID, Subject: row.Subject, At: row.At.Time, Expires: row.ExpiresAt.Time}
}

// newAccounts returns the way in for names and passwords, and the way out for tokens.
func (s *server) newAccounts() (*resolvers.Accounts, error) {
	accounts := &resolvers.Accounts{
		Revoke: func(ctx context.Context, tokenID, subject string, expires time.Time) error {
			row, err := s.db.Revoke(ctx, tokenID, subject, expires)
			if err == nil {
				s.revocations.Add(revocation(row))
			}
			return err
		},
		Changes: auth.NewThrottle(auth.ThrottleConfig{AccountFree: accountChanges, AddressFree: 2 * accountChanges}),
		Log:     s.log,
	}
	if s.config.JWT.Secret == "" { // tokens come from the issuer of the key set
		return accounts, nil
	}
	var err error
	accounts.SignIn, err = newSignIn(s.config, s.db, s.log)
	return accounts, err
}

func newSignIn(c config.Config, db *store.Store, log *slog.Logger) (*auth.SignIn, error) {
	issuer, err := auth.NewIssuer(authConfig(c))
	if err != nil {
		return nil, nameSettings(err)
	}
	passwords, err := auth.NewPasswords(auth.PasswordCost{}, 0, 0)
	if err != nil {
		return nil, err
	}
	return &auth.SignIn{
		Accounts: accountSource(db), Passwords: passwords, Throttle: auth.NewThrottle(auth.ThrottleConfig{}), Issuer: issuer,
		Rehash: db.SetPasswordHash, TTL: c.JWT.TokenTTL, Logger: log,
	}, nil
}

// accountSource finds open accounts. One that is not there is no error: it gets the answer of a wrong password.
func accountSource(db *store.Store) auth.AccountSource {
	return func(ctx context.Context, username string) (auth.Account, error) {
		account, err := db.OpenAccount(ctx, username)
		if errors.Is(err, models.ErrNotFound) {
			return auth.Account{}, nil
		}
		if err != nil {
			return auth.Account{}, fmt.Errorf("sign-in: %w", err)
		}
		return auth.Account{Subject: account.Name, Role: account.Role, PasswordHash: account.PasswordHash}, nil
	}
}
