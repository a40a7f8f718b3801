package auth

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"time"
)

// Limits that hold whatever the configuration says.
const (
	// MaxLife is the longest life of a token, of ours and of anybody's.
	MaxLife = 24 * time.Hour
	// MaxLeeway is the most that clocks may be apart.
	MaxLeeway = time.Minute
)

// Config says which tokens are good. The zero value of every field that has a default stands for it.
type Config struct {
	Secret    string // the HS256 key, at least 32 bytes; empty where only a key set is used
	JWKSURL   string // the key set of an issuer: https, or http on the loopback
	Issuer    string // required: the claim iss
	Audience  string // required: the claim aud, or a member of it
	RoleClaim string // the claim that carries the role (role); dots lead into nested claims, as realm.role

	Leeway        time.Duration // how far clocks may be apart (30 s, at most MaxLeeway)
	MaxLife       time.Duration // how far away exp may be (24 h, at most MaxLife)
	MaxTokenBytes int           // longer tokens are refused before anything is read (4096)

	KeyRefresh    time.Duration // how often the key set is fetched (15 min)
	KeyRefreshMin time.Duration // the shortest time between two fetches (30 s)
	KeyTimeout    time.Duration // the longest a fetch may take (10 s)
	KeyMaxAge     time.Duration // keys are not used when the last good fetch is older (24 h)

	Revocations *Revocations     // which tokens were revoked; nil where none can be
	Clock       func() time.Time // time.Now
	Logger      *slog.Logger     // for the fetching of the key set; slog.Default()
}

// reservedClaims have a type or a meaning that a role cannot have.
var reservedClaims = []string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "roles"}

// withDefaults fills in what was left out and checks the rest, naming every setting that is wrong. No error repeats
// the secret.
func (c Config) withDefaults() (Config, error) {
	c.RoleClaim = orDefault(c.RoleClaim, "role")
	c.Leeway = orDefault(c.Leeway, 30*time.Second)
	c.MaxLife = orDefault(c.MaxLife, MaxLife)
	c.MaxTokenBytes = orDefault(c.MaxTokenBytes, 4096)
	c.KeyRefresh = orDefault(c.KeyRefresh, 15*time.Minute)
	c.KeyRefreshMin = orDefault(c.KeyRefreshMin, 30*time.Second)
	c.KeyTimeout = orDefault(c.KeyTimeout, 10*time.Second)
	c.KeyMaxAge = orDefault(c.KeyMaxAge, 24*time.Hour)
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	return c, c.check()
}

func orDefault[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}

func (c Config) check() error {
	var wrong []error
	say := func(bad bool, format string, args ...any) {
		if bad {
			wrong = append(wrong, fmt.Errorf(format, args...))
		}
	}
	say(c.Secret == "" && c.JWKSURL == "", "the JWT secret is missing: set a secret of at least %d bytes or the address of a key set", minSecretBytes)
	if c.Secret != "" {
		wrong = append(wrong, CheckSecret(c.Secret))
	}
	if c.JWKSURL != "" {
		wrong = append(wrong, checkKeySetURL(c.JWKSURL))
	}
	say(c.Issuer == "", "the JWT issuer is missing: set the value that the claim iss must have")
	say(c.Audience == "", "the JWT audience is missing: set the value that the claim aud must have")
	say(slices.Contains(reservedClaims, c.RoleClaim), "the claim %s has a meaning of its own and cannot carry the role: set another name", c.RoleClaim)
	say(c.Leeway < 0 || c.Leeway > MaxLeeway, "the JWT leeway is %s: set 0 s to %s", c.Leeway, MaxLeeway)
	say(c.MaxLife < 0 || c.MaxLife > MaxLife, "the longest life of a JWT is %s: set at most %s", c.MaxLife, MaxLife)
	say(c.MaxTokenBytes < 256 || c.MaxTokenBytes > 16<<10, "the longest JWT is %d bytes: set 256 to %d", c.MaxTokenBytes, 16<<10)
	say(c.KeyRefresh < 0 || c.KeyRefreshMin < 0 || c.KeyTimeout < 0 || c.KeyMaxAge < 0, "a time of the key set is negative")
	return errors.Join(wrong...)
}

// checkKeySetURL refuses an address that would bring the keys over a line anybody can write on.
func checkKeySetURL(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "":
		return errors.New("the address of the key set is not a URL: set one such as https://issuer.example/.well-known/jwks.json")
	case u.User != nil || u.Fragment != "":
		return errors.New("the address of the key set has a user or a fragment: leave them out")
	case u.Scheme == "https" || u.Scheme == "http" && onLoopback(u.Hostname()):
		return nil
	}
	return errors.New("the address of the key set is not https: plain http is for the loopback only")
}

func onLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
