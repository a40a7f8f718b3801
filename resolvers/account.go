package resolvers

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
)

// Accounts is what signing in and taking tokens back stand on.
type Accounts struct {
	SignIn *auth.SignIn // nil where tokens come from another issuer only
	// Revoke takes back one token, by its id or, where that is empty, all of the subject so far, for all servers and at
	// once for this one. It is good until expires, when the last of those tokens has ended.
	Revoke func(ctx context.Context, tokenID, subject string, expires time.Time) error
	// Changes slows down those who set many passwords in a row; nil where nothing is slowed down.
	Changes *auth.Throttle
	Log     *slog.Logger // of what was done to accounts; never given a password. slog.Default()
}

var errNoSignIn = faultf(codeBadInput, "this server makes no tokens: get one from the issuer whose tokens it takes")

// signIn gives a token for a name and a password.
func (r *Resolver) signIn(ctx context.Context, username, password string) (*models.SignInPayload, error) {
	if r.Accounts == nil || r.Accounts.SignIn == nil {
		return nil, errNoSignIn
	}
	issued, actor, err := r.Accounts.SignIn.Do(ctx, username, password, exchangeFrom(ctx).client)
	if errors.Is(err, auth.ErrWrongCredentials) {
		return &models.SignInPayload{UserErrors: refused(err.Error())}, nil
	}
	if err != nil {
		return nil, err
	}
	viewer := viewer(auth.WithActor(ctx, actor))
	return &models.SignInPayload{Token: &issued.Token, ExpiresAt: &viewer.ExpiresAt, Viewer: viewer, UserErrors: []*models.UserError{}}, nil
}

// refused is one problem with a value of a request.
func refused(message string, path ...string) []*models.UserError {
	return []*models.UserError{{Code: models.CodeInvalid, Message: message, Path: append([]string{}, path...)}}
}

var errNoRevoking = faultf(codeBadInput, "this server takes no tokens back")

// signOut takes back the token that asks.
func (r *Resolver) signOut(ctx context.Context) (*models.SignOutPayload, error) {
	actor := auth.ActorFrom(ctx)
	if r.Accounts == nil {
		return nil, errNoRevoking
	}
	if actor.TokenID == "" {
		return &models.SignOutPayload{UserErrors: refused("the token has no id (jti) by which it could be taken back")}, nil
	}
	if err := r.Accounts.Revoke(ctx, actor.TokenID, "", actor.Expires.Add(auth.MaxLeeway)); err != nil {
		return nil, err
	}
	return &models.SignOutPayload{SignedOut: true, UserErrors: []*models.UserError{}}, nil
}

// revokeTokens takes back all tokens of a subject.
func (r *Resolver) revokeTokens(ctx context.Context, subject string) (*models.RevokeTokensPayload, error) {
	if r.Accounts == nil {
		return nil, errNoRevoking
	}
	if err := auth.CheckName(subject); err != nil {
		return &models.RevokeTokensPayload{UserErrors: refused(err.Error(), "subject")}, nil
	}
	err := r.Accounts.Revoke(ctx, "", subject, time.Now().Add(auth.MaxLife+auth.MaxLeeway))
	if errors.Is(err, models.ErrBadInput) {
		return &models.RevokeTokensPayload{UserErrors: refused(err.Error(), "subject")}, nil
	}
	if err != nil {
		return nil, err
	}
	return &models.RevokeTokensPayload{Subject: &subject, UserErrors: []*models.UserError{}}, nil
}
