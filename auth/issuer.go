package auth

import (
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/minutebook/minutebook/models"
)

// Issuer makes tokens that the [Verifier] of the same configuration takes.
type Issuer struct {
	config Config
}

// Issued is a fresh token with what it says.
type Issued struct {
	Token   string    // the token; whoever has it is the subject
	ID      string    // its jti, for revoking it
	At      time.Time // its iat
	Expires time.Time
}

// NewIssuer returns an issuer. It needs the secret: tokens of a key set are made by its issuer.
func NewIssuer(config Config) (*Issuer, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	if config.Secret == "" {
		return nil, errors.New("tokens cannot be issued without a JWT secret: get one from the issuer of the key set")
	}
	return &Issuer{config: config}, nil
}

// Issue returns a token for the subject with the role. A ttl above the longest life that the configuration allows,
// at most 24 hours, is cut to it: Expires says what it became. Errors: a subject that is blank, longer than 255
// bytes or not printable, a role that is none of the three, a ttl under a second.
func (i *Issuer) Issue(subject string, role models.Role, ttl time.Duration) (Issued, error) {
	switch {
	case !goodName(subject):
		return Issued{}, fmt.Errorf("the subject of a token: %w", CheckName(subject))
	case !role.Valid():
		return Issued{}, errors.New("the role of a token must be VIEWER, EDITOR or ADMIN")
	case ttl < time.Second:
		return Issued{}, errors.New("a token must live for at least a second")
	}
	now := i.config.Clock().Truncate(time.Second)
	issued := Issued{ID: rand.Text(), At: now, Expires: now.Add(min(ttl, i.config.MaxLife)).Truncate(time.Second)}
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"iss": i.config.Issuer, "aud": i.config.Audience, "sub": subject, i.config.RoleClaim: string(role),
		"iat": now.Unix(), "exp": issued.Expires.Unix(), "jti": issued.ID,
	})
	var err error
	issued.Token, err = token.SignedString([]byte(i.config.Secret))
	return issued, err
}
