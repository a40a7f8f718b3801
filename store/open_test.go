package store

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/store/migrations"
	"github.com/minutebook/minutebook/store/storetest"
)

// opened returns a migrated store on the database, closed when the test ends.
func opened(t testing.TB, database string, options ...Options) *Store {
	t.Helper()
	o := Options{Logger: slog.New(slog.DiscardHandler)}
	if len(options) > 0 {
		o = options[0]
	}
	s, err := Open(t.Context(), database, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestOpen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s, err := Open(t.Context(), database, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		if err := s.Ready(t.Context()); err == nil || !strings.Contains(err.Error(), migrations.ErrPending.Error()) {
			t.Errorf("ready before migrating: %v", err)
		}
		if err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := s.Migrate(t.Context()); err != nil {
			t.Fatal("a second time:", err)
		}
		if err := s.Ready(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(folder+"/text", []byte(strings.Repeat("no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for database, want := range map[string]string{
		"":                                   "sqlite:PATH or mysql://",
		"postgres":                           "sqlite:PATH or mysql://",
		"sqlite:":                            "path of a file",
		"sqlite:" + folder + "/nowhere/a.db": "the folder",
		"sqlite:" + folder + "/text":         "cannot be opened",
		"mysql://user:hunter2@/name":         "mysql://user:password@host:port/name",
		"mysql://user:hunter2%zz@127.0.0.1:1/name":                   "mysql://user:password@host:port/name",
		"mysql://user:hunter2@127.0.0.1:1/":                          "mysql://user:password@host:port/name",
		"mysql://user:hunter2@127.0.0.1:1/name?multiStatements=true": "only tls",
		"mysql://user:hunter2@127.0.0.1:1/name?tls=perhaps":          "tls must be",
		"mysql://user:hunter2@127.0.0.1:1/name":                      "cannot be reached",
		"mysql://user:hunter2@host name:3306/name":                   "mysql://user:password@host:port/name",
	} {
		s, err := Open(t.Context(), database, Options{})
		if err == nil {
			_ = s.Close()
			t.Errorf("%s: opened", database)
			continue
		}
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v\nwant: %s", database, err, want)
		}
		if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: the error holds the password: %v", database, err)
		}
	}
}

func TestOpenTwice(t *testing.T) {
	database := storetest.SQLite(t)
	s := opened(t, database)
	if _, err := Open(context.Background(), database, Options{}); err == nil || !strings.Contains(err.Error(), "in use by another") {
		t.Errorf("a second time: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(context.Background(), database, Options{})
	if err != nil {
		t.Fatal("after closing:", err)
	}
	_ = again.Close()
}
