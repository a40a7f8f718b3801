package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
	"time"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/config"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// migrate brings the database to the shape this program needs, or says where it stands.
func migrate(ctx context.Context, i invocation) error {
	status := false
	c, rest, err := i.settings(func(flags *flag.FlagSet) { flags.BoolVar(&status, "status", false, "only say where it stands") })
	if err := errors.Join(err, noArguments(rest)); err != nil {
		return err
	}
	db, err := store.Open(ctx, c.Database, store.Options{Logger: newLogger(c, i.err)})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if !status {
		if err := db.Migrate(ctx); err != nil {
			return err
		}
	}
	steps, err := db.MigrationStatus(ctx)
	for _, step := range steps {
		fmt.Fprintln(i.out, step)
	}
	return err
}

// token prints a token, and nothing else, on the standard output.
func token(_ context.Context, i invocation) error {
	var role, subject string
	var ttl time.Duration
	c, rest, err := i.settings(func(flags *flag.FlagSet) {
		flags.StringVar(&role, "role", "", "VIEWER, EDITOR or ADMIN")
		flags.StringVar(&subject, "subject", "", "whom the token speaks for")
		flags.DurationVar(&ttl, "ttl", 0, "life of the token")
	})
	if err := errors.Join(err, noArguments(rest)); err != nil {
		return err
	}
	if c.JWT.Secret == "" {
		return errors.New("MINUTEBOOK_JWT_SECRET is missing: a token is good only for a server with the same secret")
	}
	if ttl == 0 {
		ttl = c.JWT.TokenTTL
	}
	issuer, err := auth.NewIssuer(authConfig(c))
	if err != nil {
		return nameSettings(err)
	}
	issued, err := issuer.Issue(subject, models.Role(role), ttl)
	if err != nil {
		return err
	}
	fmt.Fprintln(i.out, issued.Token)
	return nil
}

func noArguments(rest []string) error {
	if len(rest) > 0 {
		return fmt.Errorf("there are %d arguments too many: the first follows the last flag", len(rest))
	}
	return nil
}

// authConfig hands the settings of tokens to the room that checks them.
func authConfig(c config.Config) auth.Config {
	return auth.Config{
		Secret: c.JWT.Secret, JWKSURL: c.JWT.JWKSURL, Issuer: c.JWT.Issuer, Audience: c.JWT.Audience,
		RoleClaim: c.JWT.RoleClaim, Leeway: c.JWT.Leeway, MaxLife: c.JWT.MaxLife, MaxTokenBytes: c.JWT.MaxBytes,
	}
}

// nameSettings puts the names of the settings before sentences of package auth, which knows none.
func nameSettings(err error) error {
	var named []string
	for line := range strings.SplitSeq(err.Error(), "\n") {
		named = append(named, "MINUTEBOOK_JWT settings: "+line)
	}
	return errors.New(strings.Join(named, "\n"))
}
