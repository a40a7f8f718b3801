package config

import (
	"bytes"
	"errors"
	"flag"
	"regexp"
	"strings"
	"testing"
	"time"
)

// environment returns a getenv of pairs of names, without the prefix, and values.
func environment(pairs ...string) func(string) string {
	values := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values["MINUTEBOOK_"+pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return values[name] }
}

func production(pairs ...string) func(string) string {
	return environment(append([]string{"JWT_SECRET", "not checked here", "JWT_ISSUER", "i", "JWT_AUDIENCE", "a"}, pairs...)...)
}

func TestDefaults(t *testing.T) {
	c, rest, err := Load("serve", nil, production(), nil)
	if err != nil || len(rest) > 0 {
		t.Fatal(rest, err)
	}
	if c.Addr != "127.0.0.1:8080" || c.Mode != Production || c.Database != "sqlite:minutebook.db" || c.JWT.RoleClaim != "role" ||
		c.Limits.Body != 256<<10 || c.Limits.Tokens != 2000 || c.Limits.QueryTime != 10*time.Second || c.Rate.Requests != 300 ||
		c.Socket.PerIP != 10 || c.Server.Drain != 20*time.Second || c.Server.Concurrent < 4 || c.AdminAddr != "" || c.DraftStatus {
		t.Errorf("the defaults are %+v", c)
	}
}

func TestFlagsWin(t *testing.T) {
	c, rest, err := Load("serve", []string{"--addr", "0.0.0.0:1", "--limit-body=1MiB", "--draft-status", "file"},
		production("ADDR", "127.0.0.1:2", "LIMIT_BODY", "2MiB", "LIMIT_PAGE", "50"), nil)
	if err != nil || c.Addr != "0.0.0.0:1" || c.Limits.Body != 1<<20 || c.Limits.Page != 50 || !c.DraftStatus || len(rest) != 1 {
		t.Errorf("%+v, %v, %v", c, rest, err)
	}
}

func TestDevelopment(t *testing.T) {
	c, _, err := Load("serve", nil, environment("MODE", "development"), nil)
	if err != nil || c.JWT.Issuer == "" || c.JWT.Audience == "" || c.JWT.Secret != "" || c.Rate.Requests != 3000 {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestWrongValues(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"ADDR", "not an address", "host:port"},
		{"ADDR", "127.0.0.1:99999", "port"},
		{"ADMIN_ADDR", "127.0.0.1", "host:port"},
		{"MODE", "prod", "production, development"},
		{"LOG_LEVEL", "loud", "debug, info"},
		{"DATABASE", "postgres://x", "sqlite:PATH"},
		{"DATABASE", "sqlite:", "file"},
		{"DATABASE", "mysql://user:ZZPASSWORD@host", "database"},
		{"DATABASE", "mysql://user:ZZPASSWORD@%zz/x", "mysql://"},
		{"LIMIT_BODY", "large", "256KiB"},
		{"LIMIT_BODY", "-1", "size"},
		{"LIMIT_BODY", "99999999999999999999", "size"},
		{"LIMIT_BODY", "9999999GiB", "size"},
		{"LIMIT_TOKENS", "0", "10 to 20000"},
		{"LIMIT_TOKENS", "2e3", "whole number"},
		{"LIMIT_QUERY_TIME", "10", "duration"},
		{"DRAFT_STATUS", "maybe", "true"},
		{"ORIGINS", "https://a.example, *", "origin"},
		{"ORIGINS", "https://a.example/path", "origin"},
		{"TRUSTED_PROXIES", "10.0.0.0/8, somewhere", "network"},
		{"LIMIT_MUTATIONS", "50", "LIMIT_ROOT_FIELDS"},
		{"SOCKETS_PER_IP", "500", "SOCKETS"},
	} {
		_, _, err := Load("serve", nil, production(c.name, c.value), nil)
		if err == nil || !strings.Contains(err.Error(), "MINUTEBOOK_"+c.name) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s=%s: %v, want a sentence with %q", c.name, c.value, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "ZZPASSWORD") {
			t.Errorf("%s: the password is printed: %v", c.name, err)
		}
	}
}

func TestAllWrongValuesAreNamed(t *testing.T) {
	_, _, err := Load("serve", nil, environment("ADDR", "x", "MODE", "y", "LIMIT_PAGE", "z"), nil)
	for _, name := range []string{"ADDR", "MODE", "LIMIT_PAGE"} {
		if err == nil || !strings.Contains(err.Error(), "MINUTEBOOK_"+name) {
			t.Errorf("%s is not among the wrong ones: %v", name, err)
		}
	}
}

func TestProductionNeedsTokens(t *testing.T) {
	for _, missing := range []string{"JWT_SECRET", "JWT_ISSUER", "JWT_AUDIENCE"} {
		if _, _, err := Load("serve", nil, production(missing, ""), nil); err == nil || !strings.Contains(err.Error(), "MINUTEBOOK_"+missing) {
			t.Errorf("without %s: %v", missing, err)
		}
	}
	if _, _, err := Load("serve", nil, production("JWT_SECRET", "", "JWT_JWKS_URL", "https://issuer.example/jwks"), nil); err != nil {
		t.Errorf("with a key set for a secret: %v", err)
	}
}

func TestFlagErrors(t *testing.T) {
	if _, _, err := Load("serve", []string{"--help"}, production(), nil); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("--help: %v", err)
	}
	if _, _, err := Load("serve", []string{"--nonsense"}, production(), nil); err == nil || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("an unknown flag: %v", err)
	}
	ttl := time.Duration(0)
	more := func(flags *flag.FlagSet) { flags.DurationVar(&ttl, "ttl", 0, "") }
	_, _, err := Load("token", []string{"--ttl", "ZZSECRET"}, production(), more)
	if err == nil || strings.Contains(err.Error(), "ZZSECRET") || !strings.Contains(err.Error(), "ttl") {
		t.Errorf("a bad value of a flag: %v", err)
	}
}

func TestLists(t *testing.T) {
	c, _, err := Load("serve", nil, production("ORIGINS", "https://a.example, http://b.example:8080", "TRUSTED_PROXIES", "10.0.0.7,192.168.0.0/16"), nil)
	if err != nil || len(c.AllowedOrigins) != 2 || len(c.TrustedProxies) != 2 || c.TrustedProxies[0].String() != "10.0.0.7/32" {
		t.Errorf("%v %v %v", c.AllowedOrigins, c.TrustedProxies, err)
	}
}

// TestDescribe holds every setting to one sentence, and its default to what the setting itself takes.
func TestDescribe(t *testing.T) {
	var help bytes.Buffer
	WriteHelp(&help)
	name := regexp.MustCompile(`^MINUTEBOOK_[A-Z][A-Z_]*[A-Z]$`)
	seen := map[string]bool{}
	for _, s := range Describe() {
		if !name.MatchString(s.Name) || seen[s.Name] {
			t.Errorf("%s is no good name, or there twice", s.Name)
		}
		seen[s.Name] = true
		if s.Help == "" || !strings.HasSuffix(s.Help, ".") || strings.Contains(s.Help, ". ") {
			t.Errorf("%s: the help is not one sentence: %q", s.Name, s.Help)
		}
		if !strings.Contains(help.String(), "--"+s.Flag()+", "+s.Name) {
			t.Errorf("--help does not name %s", s.Name)
		}
	}
	if len(seen) < 50 {
		t.Errorf("only %d settings", len(seen))
	}
}
