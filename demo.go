package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/config"
	"github.com/minutebook/minutebook/models"
)

// demoSecretFile keeps the secret of `serve --demo`, so that a token outlives a restart.
const demoSecretFile = ".cache/demo.secret" //nolint:gosec // the name of a file

// wantsDemo looks for --demo before the settings are read, for it changes the default of one.
func wantsDemo(args []string) bool {
	for _, arg := range args {
		if arg == "--demo" || arg == "-demo" || arg == "--demo=true" || arg == "-demo=true" {
			return true
		}
	}
	return false
}

// demoEnvironment makes development the default mode.
func demoEnvironment(getenv func(string) string) func(string) string {
	return func(name string) string {
		if value := getenv(name); value != "" || name != "MINUTEBOOK_MODE" {
			return value
		}
		return string(config.Development)
	}
}

// fillSecret makes up a secret in development mode where none is set: for this run, or for all runs of the
// demonstration.
func fillSecret(c *config.Config, demonstrating bool, log *slog.Logger) (err error) {
	switch {
	case demonstrating && c.Mode == config.Production:
		return errors.New("--demo is for development: leave MINUTEBOOK_MODE=production away")
	case c.JWT.Secret != "" || c.JWT.JWKSURL != "":
		return nil
	case demonstrating:
		c.JWT.Secret, err = keptSecret(demoSecretFile)
		return err
	}
	c.JWT.Secret = auth.GenerateSecret()
	log.Warn("MINUTEBOOK_JWT_SECRET is not set: a secret was made up, and tokens end with this run")
	return nil
}

// keptSecret reads the secret from a file, or makes one and writes it there for the owner only.
func keptSecret(path string) (string, error) {
	text, err := os.ReadFile(path) //nolint:gosec // a path of ours
	if err == nil {
		return strings.TrimSpace(string(text)), nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("the secret of the demonstration cannot be read: %w", err)
	}
	secret := auth.GenerateSecret()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", fmt.Errorf("the secret of the demonstration cannot be kept: %w", err)
	}
	if err := os.WriteFile(path, []byte(secret+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("the secret of the demonstration cannot be kept: %w", err)
	}
	return secret, nil
}

// demo prints how to look at what is served.
func demo(s *server, out io.Writer) error {
	issuer, err := auth.NewIssuer(authConfig(s.config))
	if err != nil {
		return nameSettings(err)
	}
	issued, err := issuer.Issue("demo", models.RoleAdmin, s.config.JWT.MaxLife)
	if err != nil {
		return err
	}
	base := "http://" + s.listener.Addr().String()
	fmt.Fprintf(out, `
The explorer   %[1]s/
GraphiQL       %[1]s/graphiql
The API        %[1]s/graphql     the schema: %[1]s/schema.graphql

A token of the role ADMIN, good until %[3]s:
%[2]s

Try it:
curl %[1]s/graphql -H 'Content-Type: application/json' -H 'Authorization: Bearer %[2]s' \
  -d '{"query":"{ meetings(first: 3) { totalCount nodes { title heldOn body { name } } } }"}'

`, base, issued.Token, issued.Expires.UTC().Format("2006-01-02 15:04 UTC"))
	return nil
}
