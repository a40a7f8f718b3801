package auth

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/golang-jwt/jwt/v5"

	"github.com/minutebook/minutebook/models"
)

const maxNameBytes = 255 // of sub, jti and kid

// asymmetric are the algorithms that a key of a key set may have.
var asymmetric = []string{
	"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
}

// Verifier checks tokens. It is safe for use by many goroutines; Verify neither blocks nor goes to the network.
type Verifier struct {
	config Config
	secret []byte
	keys   *keySet // nil without a key set
	parser *jwt.Parser
}

// NewVerifier returns a verifier of the tokens that the configuration describes, or an error that names every
// setting that is wrong. With a key set it starts a goroutine that fetches the keys until ctx ends or Close is
// called; it does not wait for the first fetch, see Ready.
func NewVerifier(ctx context.Context, config Config) (*Verifier, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	v := &Verifier{config: config, secret: []byte(config.Secret)}
	var methods []string
	if config.Secret != "" {
		methods = append(methods, "HS256")
	}
	if config.JWKSURL != "" {
		methods = append(methods, asymmetric...)
		v.keys = startKeySet(ctx, config)
	}
	v.parser = jwt.NewParser(
		jwt.WithValidMethods(methods), jwt.WithIssuer(config.Issuer), jwt.WithAudience(config.Audience),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(config.Leeway),
		jwt.WithTimeFunc(config.Clock), jwt.WithStrictDecoding(),
	)
	return v, nil
}

// Close ends the fetching of keys and waits for it. Keys that are there stay in use.
func (v *Verifier) Close() {
	if v.keys != nil {
		v.keys.close()
	}
}

// Ready returns nil when tokens can be verified: always with a secret, and else once the key set has been fetched
// and is not too old. The error is of kind ErrUnavailable.
func (v *Verifier) Ready() error {
	if v.keys == nil || len(v.secret) > 0 {
		return nil
	}
	if fault := v.keys.usable(); fault != nil {
		return fault
	}
	return nil
}

// Verify returns the actor that a token speaks for, with the role that the token gives. An error is an [*Error] of
// kind ErrUnauthenticated, or ErrUnavailable where the key set could not be fetched yet.
func (v *Verifier) Verify(token string) (models.Actor, error) {
	c, err := v.read(token)
	if err != nil {
		return models.Actor{}, err
	}
	return v.actor(c)
}

// VerifyAs is Verify with a role that the caller asks for, from [RoleHeader] or the payload of connection_init. The
// role may only lower the one that the token gives and must be among those that the claim roles lists, where there
// is such a claim; else the error is of kind ErrForbidden.
func (v *Verifier) VerifyAs(token string, wanted models.Role) (models.Actor, error) {
	c, err := v.read(token)
	if err != nil {
		return models.Actor{}, err
	}
	actor, err := v.actor(c)
	if err != nil {
		return models.Actor{}, err
	}
	if !actor.Roles.Has(wanted) {
		return models.Actor{}, forbidden("the token does not allow the role that is asked for")
	}
	actor.Role = wanted
	return actor, nil
}

// Revoked reports whether the token of an actor has been taken back since it was verified, for connections that outlast
// one request. The role asked for does not matter.
func (v *Verifier) Revoked(actor models.Actor) bool {
	return actor.Role != Guest && v.config.Revocations.Revoked(actor.TokenID, actor.Subject, actor.Issued)
}

// read checks everything about a token that does not depend on our own claims: form, header, key, signature, times,
// issuer and audience.
func (v *Verifier) read(token string) (*claims, error) {
	if len(token) > v.config.MaxTokenBytes {
		return nil, unauthenticated("the token is too long")
	}
	header, fault := readHeader(token)
	if fault != nil {
		return nil, fault
	}
	if fault := v.checkHeader(header); fault != nil {
		return nil, fault
	}
	var c claims
	if _, err := v.parser.ParseWithClaims(token, &c, v.key); err != nil {
		return nil, refusal(err, c.fault)
	}
	return &c, nil
}

// readHeader checks the form of a token and returns its header. The characters are checked one by one because Go's
// base64 reader skips line breaks, which would make two texts of one token.
func readHeader(token string) (map[string]any, *Error) {
	dots := 0
	for i := range len(token) {
		switch ch := token[i]; {
		case ch == '.':
			dots++
		case ch >= 'a' && ch <= 'z', ch >= 'A' && ch <= 'Z', ch >= '0' && ch <= '9', ch == '-', ch == '_':
		default:
			return nil, errTokenEncoding
		}
	}
	part, rest, _ := strings.Cut(token, ".")
	if dots != 2 || !strings.HasPrefix(rest, "e") { // every JSON object that begins with { begins with e in base64
		return nil, errTokenEncoding
	}
	text, err := base64.RawURLEncoding.Strict().DecodeString(part)
	if err != nil {
		return nil, errTokenEncoding
	}
	return decodeObject(text, maxHeaderDepth)
}

// forbiddenHeaders name keys of the sender's own or extensions that change what is signed.
var forbiddenHeaders = []string{"crit", "b64", "jku", "jwk", "x5u", "x5c"}

func (v *Verifier) checkHeader(header map[string]any) *Error {
	for _, name := range forbiddenHeaders {
		if _, there := header[name]; there {
			return unauthenticated("the token's header has a field that is not accepted")
		}
	}
	alg, _ := header["alg"].(string)
	typ, there := header["typ"]
	if !there && alg != "HS256" && v.keys != nil {
		return nil
	}
	switch name, _ := typ.(string); strings.TrimPrefix(strings.ToLower(name), "application/") {
	case "jwt", "at+jwt":
		return nil
	}
	return unauthenticated("the token's typ is not JWT or at+jwt")
}

// key returns the one key that may have signed the token. The algorithm decides where it comes from, so a public key
// is never an HMAC secret.
func (v *Verifier) key(token *jwt.Token) (any, error) {
	if c, ok := token.Claims.(*claims); !ok || c.fields == nil {
		return nil, errTokenJSON
	}
	named, there := token.Header["kid"]
	kid, _ := named.(string)
	alg := token.Method.Alg()
	switch {
	case alg == "HS256" && there:
		return nil, unauthenticated("the token names a key that is not known")
	case alg == "HS256":
		return v.secret, nil
	case kid == "" || len(kid) > maxNameBytes:
		return nil, unauthenticated("the token does not name its key")
	}
	return v.keys.find(kid, alg)
}

// actor reads our own claims.
func (v *Verifier) actor(c *claims) (models.Actor, error) {
	subject, err := c.text("sub")
	if err != nil || !goodName(subject) {
		return models.Actor{}, unauthenticated("the token has no subject that can be used")
	}
	id, err := c.text("jti")
	if _, there := c.fields["jti"]; err != nil || there && !goodName(id) {
		return models.Actor{}, unauthenticated("the token's jti cannot be used")
	}
	issued, expires, err := v.life(c)
	if err != nil {
		return models.Actor{}, err
	}
	role, roles, err := v.roles(c)
	if err != nil {
		return models.Actor{}, err
	}
	if v.config.Revocations.Revoked(id, subject, issued) {
		return models.Actor{}, unauthenticated("the token was revoked")
	}
	return models.Actor{Subject: subject, Role: role, Roles: roles, TokenID: id, Issued: issued, Expires: expires}, nil
}

// CheckName returns an error that says what is wrong with a name that tokens are to carry as their subject.
func CheckName(name string) error {
	if !goodName(name) {
		return fmt.Errorf("a name must be 1 to %d bytes of printable text without white space at its ends", maxNameBytes)
	}
	return nil
}

// goodName reports whether a name can stand in the log and in the history of a record: not blank, printable, short.
func goodName(name string) bool {
	unfit := func(r rune) bool { return r == unicode.ReplacementChar || !unicode.IsPrint(r) }
	return strings.TrimSpace(name) == name && name != "" && len(name) <= maxNameBytes && !strings.ContainsFunc(name, unfit)
}

// life returns when the token was issued (the zero time where it does not say) and when it ends, and refuses a token
// that lives too long, counted from now and from when it was issued.
func (v *Verifier) life(c *claims) (issued, expires time.Time, err error) {
	exp, err := c.date("exp")
	if err != nil || exp == nil {
		return issued, expires, unauthenticated("the token does not say when it ends")
	}
	from := v.config.Clock()
	if iat, err := c.date("iat"); err == nil && iat != nil {
		issued = iat.Time
		if issued.Before(from) {
			from = issued
		}
	}
	if exp.Sub(from) > v.config.MaxLife+v.config.Leeway {
		return issued, expires, unauthenticated("the token lives too long")
	}
	return issued, exp.Time, nil
}

// roles returns the role that the token gives, one of the three names, as a string, and the roles that may be asked for:
// those up to it, without those that the claim roles, where it lists any, leaves out. The token's own may not be left out.
func (v *Verifier) roles(c *claims) (models.Role, models.RoleSet, error) {
	name, _ := c.at(v.config.RoleClaim).(string)
	role := models.Role(name)
	if !role.Valid() {
		return "", 0, unauthenticated("the token gives no role of VIEWER, EDITOR and ADMIN")
	}
	listed, err := c.ownRoles()
	if err != nil {
		return "", 0, err
	}
	var may models.RoleSet
	for _, lower := range models.Roles() {
		if role.AtLeast(lower) && (len(listed) == 0 || slices.Contains(listed, lower)) {
			may = may.With(lower)
		}
	}
	if !may.Has(role) {
		return "", 0, unauthenticated("the token's role is not among its roles")
	}
	return role, may, nil
}

// ownRoles returns the roles of ours in the claim roles, which may list those of other programs too.
func (c *claims) ownRoles() ([]models.Role, error) {
	names, err := c.list("roles")
	if err != nil {
		return nil, unauthenticated("the token's roles are not a list of names")
	}
	var listed []models.Role
	for _, name := range names {
		if role := models.Role(name); role.Valid() {
			listed = append(listed, role)
		}
	}
	return listed, nil
}

// refusal turns an error of the jwt package, whose text may repeat parts of the token, into one of our sentences.
func refusal(err error, fault *Error) *Error {
	var own *Error
	switch {
	case fault != nil:
		return fault
	case errors.As(err, &own):
		return own
	case errors.Is(err, jwt.ErrTokenMalformed):
		return errTokenEncoding
	case errors.Is(err, jwt.ErrTokenSignatureInvalid):
		return unauthenticated("the token's algorithm or signature is not accepted")
	case errors.Is(err, jwt.ErrTokenUnverifiable):
		return unauthenticated("the token's algorithm is not known")
	case errors.Is(err, jwt.ErrTokenExpired):
		return unauthenticated("the token has expired")
	case errors.Is(err, jwt.ErrTokenNotValidYet), errors.Is(err, jwt.ErrTokenUsedBeforeIssued):
		return unauthenticated("the token is not valid yet")
	case errors.Is(err, jwt.ErrTokenInvalidIssuer):
		return unauthenticated("the token is of another issuer")
	case errors.Is(err, jwt.ErrTokenInvalidAudience):
		return unauthenticated("the token is for another audience")
	case errors.Is(err, jwt.ErrTokenRequiredClaimMissing):
		return unauthenticated("the token lacks exp, iss or aud")
	}
	return unauthenticated("a claim of the token has the wrong type")
}
