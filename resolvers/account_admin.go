package resolvers

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// accounts lists the local accounts.
func (r *Resolver) accounts(ctx context.Context) ([]*models.Account, error) {
	all, err := r.Store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]*models.Account, len(all))
	for i, account := range all {
		out[i] = shownAccount(account)
	}
	return out, nil
}

// shownAccount is an account without what nobody may see of it.
func shownAccount(a *store.Account) *models.Account {
	return &models.Account{Name: a.Name, Role: a.Role, CreatedAt: a.CreatedAt, DisabledAt: a.ClosedAt}
}

// createAccount opens an account.
func (r *Resolver) createAccount(ctx context.Context, name string, role models.Role, password string) (*models.AccountPayload, error) {
	hash, problems, err := r.newHash(ctx, name, password)
	if err != nil || problems != nil {
		return &models.AccountPayload{UserErrors: problems}, err
	}
	return r.changeAccount(ctx, name, "created as "+string(role), false, func() error { return r.Store.AddAccount(ctx, name, role, hash) })
}

// resetPassword gives an account another password.
func (r *Resolver) resetPassword(ctx context.Context, name, password string) (*models.AccountPayload, error) {
	hash, problems, err := r.newHash(ctx, name, password)
	if err != nil || problems != nil {
		return &models.AccountPayload{UserErrors: problems}, err
	}
	return r.changeAccount(ctx, name, "given another password", true, func() error { return r.Store.SetPasswordHash(ctx, name, hash) })
}

// newHash checks a name and a new password and hashes it. The work takes a core for a while, so it is slowed down.
func (r *Resolver) newHash(ctx context.Context, name, password string) (string, []*models.UserError, error) {
	if r.Accounts == nil || r.Accounts.SignIn == nil {
		return "", nil, errNoSignIn
	}
	if err := auth.CheckName(name); err != nil {
		return "", refused(err.Error(), "name"), nil
	}
	if err := auth.CheckPassword(password); err != nil {
		return "", refused(err.Error(), "password"), nil
	}
	if r.Accounts.Changes != nil {
		if err := r.Accounts.Changes.Attempt(auth.ActorFrom(ctx).Subject, exchangeFrom(ctx).client); err != nil {
			return "", nil, err
		}
	}
	hash, err := r.Accounts.SignIn.Passwords.Hash(ctx, password)
	return hash, nil, err
}

// setAccountRole gives an account another role.
func (r *Resolver) setAccountRole(ctx context.Context, name string, role models.Role) (*models.AccountPayload, error) {
	if problems := notOneself(ctx, name); problems != nil {
		return &models.AccountPayload{UserErrors: problems}, nil
	}
	return r.changeAccount(ctx, name, "made "+string(role), true, func() error { return r.Store.SetAccountRole(ctx, name, role) })
}

// disableAccount keeps an account from signing in.
func (r *Resolver) disableAccount(ctx context.Context, name string) (*models.AccountPayload, error) {
	if problems := notOneself(ctx, name); problems != nil {
		return &models.AccountPayload{UserErrors: problems}, nil
	}
	return r.changeAccount(ctx, name, "disabled", true, func() error { return r.Store.CloseAccount(ctx, name) })
}

// notOneself keeps admins from locking themselves out, and with them, maybe, the last who could let them in again.
func notOneself(ctx context.Context, name string) []*models.UserError {
	if strings.EqualFold(auth.ActorFrom(ctx).Subject, name) {
		return refused("is your own account: another admin, or the command minutebook user, can change it", "name")
	}
	return nil
}

// changeAccount does something to an account, takes its tokens back where asked, notes it in the log of the server, and
// answers with the account as it is then.
func (r *Resolver) changeAccount(ctx context.Context, name, done string, revoke bool, change func() error) (*models.AccountPayload, error) {
	if r.Accounts == nil {
		return nil, errNoSignIn
	}
	name = strings.ToLower(name)
	err := change()
	if err == nil && revoke {
		err = r.Accounts.Revoke(ctx, "", name, time.Now().Add(auth.MaxLife+auth.MaxLeeway))
	}
	switch {
	case errors.Is(err, models.ErrNotFound):
		return refusedAccount(models.CodeNotFound, "there is no open account of that name")
	case errors.Is(err, models.ErrDuplicate):
		return refusedAccount(models.CodeDuplicate, "there is an open account of that name already")
	case errors.Is(err, models.ErrBadInput):
		return &models.AccountPayload{UserErrors: refused(strings.TrimPrefix(err.Error(), models.ErrBadInput.Error()+": "), "name")}, nil
	case err != nil:
		return nil, err
	}
	r.Accounts.log().InfoContext(ctx, "account "+done, "account", name, "by", auth.ActorFrom(ctx).Subject, "request", exchangeFrom(ctx).id)
	account, err := r.Store.Account(ctx, name)
	if err != nil {
		return nil, err
	}
	return &models.AccountPayload{Account: shownAccount(account), UserErrors: []*models.UserError{}}, nil
}

func refusedAccount(code models.UserErrorCode, message string) (*models.AccountPayload, error) {
	return &models.AccountPayload{UserErrors: []*models.UserError{{Code: code, Message: message, Path: []string{"name"}}}}, nil
}

func (a *Accounts) log() *slog.Logger {
	if a.Log == nil {
		return slog.Default()
	}
	return a.Log
}
