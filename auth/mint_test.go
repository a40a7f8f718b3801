package auth

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	testSecret   = "pX3vN8qLr5Tz1WcYb7Kd0JmHf2GsUe9A"
	testIssuer   = "https://issuer.example"
	testAudience = "minutebook"
)

var testNow = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func testClock() time.Time { return testNow }

func testConfig() Config {
	return Config{Secret: testSecret, Issuer: testIssuer, Audience: testAudience, Clock: testClock}
}

func testVerifier(t testing.TB, change func(*Config)) *Verifier {
	t.Helper()
	config := testConfig()
	if change != nil {
		change(&config)
	}
	v, err := NewVerifier(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.Close)
	return v
}

// absent in a recipe leaves a field or a claim out.
type absent struct{}

// fields are header fields or claims.
type fields map[string]any

// recipe describes a token, made by hand so that no library tidies it up. The zero recipe gives a good token of an
// ADMIN; each field spoils one thing.
type recipe struct {
	header  fields // header fields besides alg and typ, or instead of them
	claims  fields // claims instead of the usual ones; times are absolute
	front   string // text in front of the other claims, for names that stand twice
	back    string // text after the other claims
	payload string // the whole text of the claims
	head    string // the whole text of the header
	sign    string // "" our key, "text:…" another, "hs384", "hs512", "rsa", "none" an empty signature, "cut" no third part, "flip" one bit off
	padded  bool   // standard base64 with padding
}

func in(d time.Duration) int64 { return testNow.Add(d).Unix() }

func (r recipe) mint(t testing.TB) string {
	t.Helper()
	head, payload := r.texts(t)
	encode := base64.RawURLEncoding.EncodeToString
	if r.padded {
		encode = padded
	}
	signed := encode([]byte(head)) + "." + encode([]byte(payload))
	if r.sign == "cut" {
		return signed
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(r.signature(t, signed))
}

func (r recipe) texts(t testing.TB) (head, payload string) {
	t.Helper()
	head, payload = r.head, r.payload
	if head == "" {
		head = object(t, fields{"alg": "HS256", "typ": "JWT"}, r.header)
	}
	if payload == "" {
		payload = object(t, fields{"iss": testIssuer, "aud": testAudience, "sub": "attack-suite", "role": "ADMIN",
			"iat": in(0), "exp": in(5 * time.Minute), "jti": "0f8b7d1e"}, r.claims)
		payload = "{" + r.front + strings.TrimSuffix(payload[1:], "}") + r.back + "}"
	}
	return head, payload
}

// object prints the usual fields with those of a recipe over them.
func object(t testing.TB, usual, instead fields) string {
	t.Helper()
	for name, value := range instead {
		usual[name] = value
		if _, out := value.(absent); out {
			delete(usual, name)
		}
	}
	text, err := json.Marshal(usual)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func padded(text []byte) string {
	for len(text)%3 != 1 {
		text = append(text, ' ')
	}
	return base64.StdEncoding.EncodeToString(text)
}

func (r recipe) signature(t testing.TB, signed string) []byte {
	t.Helper()
	mac := func(size func() hash.Hash, key string) []byte {
		h := hmac.New(size, []byte(key))
		h.Write([]byte(signed))
		return h.Sum(nil)
	}
	switch {
	case r.sign == "none":
		return nil
	case r.sign == "hs384":
		return mac(sha512.New384, testSecret)
	case r.sign == "hs512":
		return mac(sha512.New, testSecret)
	case r.sign == "rsa":
		raw, err := jwt.SigningMethodRS256.Sign(signed, attackerRSA())
		if err != nil {
			t.Fatal(err)
		}
		return raw
	case strings.HasPrefix(r.sign, "text:"):
		return mac(sha256.New, r.sign[len("text:"):])
	}
	digest := mac(sha256.New, testSecret)
	if r.sign == "flip" {
		digest[0] ^= 1
	}
	return digest
}

// attackerRSA is a key pair that no server trusts.
var attackerRSA = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

func nested(levels int) string {
	return fmt.Sprintf(`, "deep": %s1%s`, strings.Repeat(`{"a":`, levels), strings.Repeat("}", levels))
}
