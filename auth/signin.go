package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"time"

	"github.com/minutebook/minutebook/models"
)

// Account is what signing in needs to know of a local account.
type Account struct {
	Subject      string
	Role         models.Role
	PasswordHash string // of [Passwords]; empty for an account that cannot sign in
}

// AccountSource finds an account by the name its owner gives. Where there is none, or it is closed, it returns the
// zero Account and no error.
type AccountSource func(ctx context.Context, username string) (Account, error)

// Rehash stores a new hash of the same password for a subject, after the cost of hashing was changed.
type Rehash func(ctx context.Context, subject, hash string) error

// SignIn turns a name and a password into a short token. A name that is not known, a closed account and a wrong
// password get the same error after the same work.
type SignIn struct {
	Accounts  AccountSource
	Passwords *Passwords
	Throttle  *Throttle
	Issuer    *Issuer
	Rehash    Rehash        // nil where hashes are not renewed
	TTL       time.Duration // the life of the tokens (1 h)
	Logger    *slog.Logger  // slog.Default(); never given a name or a password
}

// ErrWrongCredentials is the one answer to a name that is not known, a closed account and a wrong password.
var ErrWrongCredentials error = unauthenticated("the name or the password is wrong")

// busyWait is how long somebody waits whose password could not be checked for all the others.
const busyWait = 2 * time.Second

// Do signs in from an address, as the transport knows it. Errors: [ErrWrongCredentials], a [*ThrottledError], also when too
// many passwords are being checked, or what the source of the accounts says.
func (s *SignIn) Do(ctx context.Context, username, password string, address netip.Addr) (Issued, models.Actor, error) {
	if err := s.Throttle.Attempt(username, address); err != nil {
		return Issued{}, models.Actor{}, err
	}
	account, err := s.account(ctx, username)
	if err != nil {
		return Issued{}, models.Actor{}, err
	}
	match, stale, err := s.Passwords.Verify(ctx, password, account.PasswordHash)
	if errors.Is(err, errHash) {
		s.log().Error("sign-in refused", "subject", account.Subject, "error", err)
		err = ErrWrongCredentials
	}
	if errors.Is(err, ErrUnavailable) && ctx.Err() == nil { // there are more passwords to check than this server can
		err = &ThrottledError{RetryAfter: busyWait}
	}
	if err != nil {
		return Issued{}, models.Actor{}, err
	}
	if !match {
		return Issued{}, models.Actor{}, ErrWrongCredentials
	}
	s.Throttle.Succeeded(username, address)
	if stale && s.Rehash != nil {
		s.renew(ctx, account.Subject, password)
	}
	issued, err := s.Issuer.Issue(account.Subject, account.Role, orDefault(s.TTL, time.Hour))
	if err != nil {
		return Issued{}, models.Actor{}, fmt.Errorf("sign-in of %s: %w", account.Subject, err)
	}
	actor := models.Actor{
		Subject: account.Subject, Role: account.Role, Roles: rolesUpTo(account.Role), TokenID: issued.ID, Issued: issued.At, Expires: issued.Expires,
	}
	return issued, actor, nil
}

// account looks the name up, unless no account can have it.
func (s *SignIn) account(ctx context.Context, username string) (Account, error) {
	if !goodName(username) {
		return Account{}, nil
	}
	return s.Accounts(ctx, username)
}

// renew hashes the password at today's cost. Whoever signs in gets in without it, so a failure is only logged.
func (s *SignIn) renew(ctx context.Context, subject, password string) {
	hash, err := s.Passwords.Hash(ctx, password)
	if err == nil {
		err = s.Rehash(ctx, subject, hash)
	}
	if err != nil {
		s.log().Warn("the hash of a password was not renewed", "subject", subject, "error", err)
	}
}

func (s *SignIn) log() *slog.Logger { return orDefault(s.Logger, slog.Default()) }

// rolesUpTo are the roles that a token of ours, which lists none, may ask for.
func rolesUpTo(role models.Role) (set models.RoleSet) {
	for _, lower := range models.Roles() {
		if role.AtLeast(lower) {
			set = set.With(lower)
		}
	}
	return set
}
