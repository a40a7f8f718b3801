package resolvers

import (
	"context"
	"errors"
	"time"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
)

// revokeToken takes back one token by its id.
func (r *Resolver) revokeToken(ctx context.Context, id string) (*models.RevokeTokenPayload, error) {
	if r.Accounts == nil {
		return nil, errNoRevoking
	}
	if auth.CheckName(id) != nil {
		problem := refused("is no id of a token: copy the claim jti without spaces around it", "id")
		return &models.RevokeTokenPayload{UserErrors: problem}, nil //nolint:nilerr // it is told to whoever sent it
	}
	switch err := r.Accounts.Revoke(ctx, id, "", time.Now().Add(auth.MaxLife+auth.MaxLeeway)); {
	case errors.Is(err, models.ErrBadInput):
		return &models.RevokeTokenPayload{UserErrors: refused(err.Error(), "id")}, nil
	case err != nil:
		return nil, err
	}
	r.Accounts.log().InfoContext(ctx, "token taken back", "token", id, "by", auth.ActorFrom(ctx).Subject, "request", exchangeFrom(ctx).id)
	return &models.RevokeTokenPayload{ID: &id, UserErrors: []*models.UserError{}}, nil
}

// issueToken makes a token for a program. The token itself is in the answer and nowhere else; its id is in the log.
func (r *Resolver) issueToken(ctx context.Context, subject string, role models.Role, hours int) (*models.IssueTokenPayload, error) {
	if r.Accounts == nil || r.Accounts.SignIn == nil {
		return nil, errNoSignIn
	}
	problems, err := r.issueProblems(ctx, subject, hours)
	if err != nil || problems != nil {
		return &models.IssueTokenPayload{UserErrors: problems}, err
	}
	// Bounded before it is multiplied; Issue cuts it to the longest life of a token.
	issued, err := r.Accounts.SignIn.Issuer.Issue(subject, role, time.Duration(min(hours, int(auth.MaxLife/time.Hour)))*time.Hour)
	if err != nil {
		return nil, err
	}
	r.Accounts.log().InfoContext(ctx, "token issued", "token", issued.ID, "subject", subject, "role", role, "expires", issued.Expires,
		"by", auth.ActorFrom(ctx).Subject, "request", exchangeFrom(ctx).id)
	return &models.IssueTokenPayload{
		Token: &issued.Token, ID: &issued.ID, ExpiresAt: &models.DateTime{Time: issued.Expires}, UserErrors: []*models.UserError{},
	}, nil
}

// issueProblems says why no token is made: a subject with an account signs in, so that nobody acts in the name of another.
func (r *Resolver) issueProblems(ctx context.Context, subject string, hours int) ([]*models.UserError, error) {
	if err := auth.CheckName(subject); err != nil {
		return refused(err.Error(), "subject"), nil
	}
	if hours < 1 {
		return refused("must be at least one", "hours"), nil
	}
	_, err := r.Store.Account(ctx, subject)
	switch {
	case err == nil:
		return refused("is the name of an account, which signs in with its password: choose another", "subject"), nil
	case errors.Is(err, models.ErrNotFound):
		return nil, nil
	}
	return nil, err
}
