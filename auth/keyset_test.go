package auth

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/MicahParks/jwkset"
	"github.com/golang-jwt/jwt/v5"
)

// issuerServer is an issuer's key set behind a real HTTP server.
type issuerServer struct {
	*httptest.Server
	mu      sync.Mutex
	respond http.HandlerFunc
	visits  atomic.Int64
}

func newIssuerServer(t testing.TB, keys ...fields) *issuerServer {
	t.Helper()
	s := &issuerServer{}
	s.publish(t, keys...)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.visits.Add(1)
		s.mu.Lock()
		respond := s.respond
		s.mu.Unlock()
		respond(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *issuerServer) answer(respond http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.respond = respond
}

func (s *issuerServer) publish(t testing.TB, keys ...fields) {
	t.Helper()
	if keys == nil {
		keys = []fields{}
	}
	text, err := json.Marshal(fields{"keys": keys})
	if err != nil {
		t.Fatal(err)
	}
	s.answer(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(text) })
}

// verifier returns a verifier of the server's keys, ready, with short intervals.
func (s *issuerServer) verifier(t testing.TB, change func(*Config)) *Verifier {
	t.Helper()
	v := s.unready(t, change)
	eventually(t, "the verifier is ready", func() bool { return v.Ready() == nil })
	return v
}

func (s *issuerServer) unready(t testing.TB, change func(*Config)) *Verifier {
	t.Helper()
	return testVerifier(t, func(c *Config) {
		c.Secret, c.JWKSURL = "", s.URL+"/jwks.json"
		c.KeyRefreshMin, c.KeyRefresh = 10*time.Millisecond, time.Hour
		c.Logger = slog.New(slog.DiscardHandler)
		if change != nil {
			change(c)
		}
	})
}

func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("not within 10 s: %s", what)
}

// jwk returns the JWK of a key with the fields over it.
func jwk(t testing.TB, key any, private bool, instead fields) fields {
	t.Helper()
	made, err := jwkset.NewJWKFromKey(key, jwkset.JWKOptions{Marshal: jwkset.JWKMarshalOptions{Private: private}})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(made.Marshal())
	if err != nil {
		t.Fatal(err)
	}
	m := fields{}
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	m["use"] = "sig"
	for name, value := range instead {
		m[name] = value
		if _, out := value.(absent); out {
			delete(m, name)
		}
	}
	return m
}

// signed returns a good token of an ADMIN under a key, its header spoilt by the fields.
func signed(t testing.TB, alg string, key any, header fields) string {
	t.Helper()
	head, payload := recipe{header: header}.texts(t)
	text := base64.RawURLEncoding.EncodeToString([]byte(head)) + "." + base64.RawURLEncoding.EncodeToString([]byte(payload))
	raw, err := jwt.GetSigningMethod(alg).Sign(text, key)
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(raw)
}

var (
	issuerRSA = sync.OnceValue(func() *rsa.PrivateKey { return must(rsa.GenerateKey(rand.Reader, 2048)) })
	issuerEd  = sync.OnceValue(func() ed25519.PrivateKey { _, key, _ := ed25519.GenerateKey(rand.Reader); return key })
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func newEC(curve elliptic.Curve) *ecdsa.PrivateKey {
	return must(ecdsa.GenerateKey(curve, rand.Reader))
}

func TestKeySetAlgorithms(t *testing.T) {
	p256, p384, p521 := newEC(elliptic.P256()), newEC(elliptic.P384()), newEC(elliptic.P521())
	pub := issuerRSA().Public()
	s := newIssuerServer(t,
		jwk(t, pub, false, fields{"kid": "none"}),
		jwk(t, pub, false, fields{"kid": "RS384", "alg": "RS384"}), jwk(t, pub, false, fields{"kid": "RS512", "alg": "RS512"}),
		jwk(t, pub, false, fields{"kid": "PS256", "alg": "PS256"}), jwk(t, pub, false, fields{"kid": "PS384", "alg": "PS384"}),
		jwk(t, pub, false, fields{"kid": "PS512", "alg": "PS512"}),
		jwk(t, p256.Public(), false, fields{"kid": "ES256"}), jwk(t, p384.Public(), false, fields{"kid": "ES384", "alg": "ES384"}),
		jwk(t, p521.Public(), false, fields{"kid": "ES512"}), jwk(t, issuerEd().Public(), false, fields{"kid": "EdDSA"}),
	)
	v := s.verifier(t, nil)
	for _, good := range []struct {
		alg, kid string
		key      any
	}{
		{"RS256", "none", issuerRSA()}, {"RS384", "RS384", issuerRSA()}, {"RS512", "RS512", issuerRSA()},
		{"PS256", "PS256", issuerRSA()}, {"PS384", "PS384", issuerRSA()}, {"PS512", "PS512", issuerRSA()},
		{"ES256", "ES256", p256}, {"ES384", "ES384", p384}, {"ES512", "ES512", p521}, {"EdDSA", "EdDSA", issuerEd()},
	} {
		if _, err := v.Verify(signed(t, good.alg, good.key, fields{"alg": good.alg, "kid": good.kid})); err != nil {
			t.Errorf("%s: %v", good.alg, err)
		}
	}
	for name, token := range map[string]string{
		"the same key with PSS":         signed(t, "PS256", issuerRSA(), fields{"alg": "PS256", "kid": "none"}),
		"the same key with SHA-512":     signed(t, "RS512", issuerRSA(), fields{"alg": "RS512", "kid": "none"}),
		"PKCS 1 where the key says PSS": signed(t, "RS256", issuerRSA(), fields{"alg": "RS256", "kid": "PS256"}),
		"another key of the set":        signed(t, "ES256", p256, fields{"alg": "ES256", "kid": "EdDSA"}),
		"no kid":                        signed(t, "RS256", issuerRSA(), fields{"alg": "RS256"}),
		"kid null":                      signed(t, "RS256", issuerRSA(), fields{"alg": "RS256", "kid": nil}),
		"kid empty":                     signed(t, "RS256", issuerRSA(), fields{"alg": "RS256", "kid": ""}),
		"kid a number":                  signed(t, "RS256", issuerRSA(), fields{"alg": "RS256", "kid": 1}),
		"kid of 300 letters":            signed(t, "RS256", issuerRSA(), fields{"alg": "RS256", "kid": strings.Repeat("k", 300)}),
		"a stranger's key":              signed(t, "RS256", attackerRSA(), fields{"alg": "RS256", "kid": "none"}),
		"jwk beside a good kid":         signed(t, "RS256", issuerRSA(), fields{"alg": "RS256", "kid": "none", "jwk": attackerJWK()}),
		"typ of an ID token":            signed(t, "RS256", issuerRSA(), fields{"alg": "RS256", "kid": "none", "typ": "id+jwt"}),
	} {
		t.Run(name, func(t *testing.T) { refused(t, v, token) })
	}
	if _, err := v.Verify(signed(t, "RS256", issuerRSA(), fields{"alg": "RS256", "kid": "none", "typ": absent{}})); err != nil {
		t.Errorf("a token of the key set without typ: %v", err)
	}
}

// TestAlgorithmConfusion signs with HMAC under everything an attacker knows of a public key (RFC 8725, section 2.1).
func TestAlgorithmConfusion(t *testing.T) {
	public := issuerRSA().Public()
	s := newIssuerServer(t, jwk(t, public, false, fields{"kid": "a", "alg": "RS256"}), jwk(t, issuerEd().Public(), false, fields{"kid": "e"}))
	der := must(x509.MarshalPKIXPublicKey(public))
	jwkText := must(json.Marshal(jwk(t, public, false, fields{"kid": "a"})))
	known := map[string][]byte{
		"DER": der, "PKCS 1": x509.MarshalPKCS1PublicKey(&issuerRSA().PublicKey),
		"PEM":     pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}),
		"modulus": issuerRSA().N.Bytes(), "JWK": jwkText, "Ed25519": issuerEd().Public().(ed25519.PublicKey), "empty": {},
	}
	for mode, secret := range map[string]string{"key set only": "", "key set and secret": testSecret} {
		v := s.verifier(t, func(c *Config) { c.Secret = secret })
		eventually(t, "keys", func() bool { return v.keys.usable() == nil })
		for name, key := range known {
			for _, alg := range []string{"HS256", "HS384", "HS512"} {
				for _, kid := range []any{"a", "e", absent{}} {
					t.Run(fmt.Sprintf("%s, %s, %s, kid %v", mode, name, alg, kid), func(t *testing.T) {
						refused(t, v, signed(t, alg, key, fields{"alg": alg, "kid": kid}))
					})
				}
			}
		}
		t.Run(mode+", none", func(t *testing.T) {
			refused(t, v, signed(t, "none", jwt.UnsafeAllowNoneSignatureType, fields{"alg": "none", "kid": "a"}))
		})
		t.Run(mode+", our secret", func(t *testing.T) {
			_, err := v.Verify(recipe{}.mint(t))
			if (err == nil) != (secret != "") {
				t.Errorf("a token of our secret: %v", err)
			}
		})
		t.Run(mode+", our secret without typ", func(t *testing.T) { refused(t, v, recipe{header: fields{"typ": absent{}}}.mint(t)) })
	}
}

func TestRotation(t *testing.T) {
	old, fresh := issuerRSA(), newEC(elliptic.P256())
	s := newIssuerServer(t, jwk(t, old.Public(), false, fields{"kid": "old"}))
	v := s.verifier(t, nil)
	oldToken := signed(t, "RS256", old, fields{"alg": "RS256", "kid": "old"})
	freshToken := signed(t, "ES256", fresh, fields{"alg": "ES256", "kid": "new"})
	if _, err := v.Verify(oldToken); err != nil {
		t.Fatalf("before: %v", err)
	}
	s.publish(t, jwk(t, old.Public(), false, fields{"kid": "old"}), jwk(t, fresh.Public(), false, fields{"kid": "new"}))
	refused(t, v, freshToken)
	eventually(t, "the new key is used", func() bool { _, err := v.Verify(freshToken); return err == nil })
	if _, err := v.Verify(oldToken); err != nil {
		t.Errorf("while both are published: %v", err)
	}
	s.publish(t, jwk(t, fresh.Public(), false, fields{"kid": "new"}))
	refused(t, v, signed(t, "RS256", attackerRSA(), fields{"alg": "RS256", "kid": "unknown"}))
	eventually(t, "the old key is gone", func() bool { _, err := v.Verify(oldToken); return err != nil })
}

func TestRefreshWithoutBeingAsked(t *testing.T) {
	s := newIssuerServer(t, jwk(t, issuerRSA().Public(), false, fields{"kid": "a"}))
	v := s.verifier(t, func(c *Config) { c.KeyRefresh = 20 * time.Millisecond })
	token := signed(t, "RS256", issuerRSA(), fields{"alg": "RS256", "kid": "a"})
	if _, err := v.Verify(token); err != nil {
		t.Fatal(err)
	}
	s.publish(t)
	eventually(t, "the key that is published no more is gone", func() bool { _, err := v.Verify(token); return err != nil })
}

func TestUnknownKidsDoNotHammer(t *testing.T) {
	s := newIssuerServer(t, jwk(t, issuerRSA().Public(), false, fields{"kid": "a"}))
	v := s.verifier(t, func(c *Config) { c.KeyRefreshMin = time.Hour })
	good := signed(t, "RS256", issuerRSA(), fields{"alg": "RS256", "kid": "a"})
	flood := make([]string, 50)
	for i := range flood {
		flood[i] = signed(t, "RS256", attackerRSA(), fields{"alg": "RS256", "kid": fmt.Sprint("kid ", i)})
	}
	var workers sync.WaitGroup
	var slowest atomic.Int64
	for range 4 {
		workers.Go(func() {
			for i := range 2000 {
				began := time.Now()
				_, err := v.Verify(flood[i%len(flood)])
				if took := int64(time.Since(began)); took > slowest.Load() {
					slowest.Store(took)
				}
				if !errors.Is(err, ErrUnauthenticated) {
					t.Errorf("an unknown kid: %v", err)
					return
				}
			}
		})
	}
	workers.Wait()
	if _, err := v.Verify(good); err != nil {
		t.Errorf("a good token after the flood: %v", err)
	}
	if visits := s.visits.Load(); visits != 1 {
		t.Errorf("8,000 tokens with unknown kids made %d fetches, want the first one only", visits)
	}
	t.Logf("the slowest of 8,000 took %s", time.Duration(slowest.Load()))
}

func TestUnknownKidsFetchOnceAnInterval(t *testing.T) {
	s := newIssuerServer(t, jwk(t, issuerRSA().Public(), false, fields{"kid": "a"}))
	v := s.verifier(t, func(c *Config) { c.KeyRefreshMin = 100 * time.Millisecond })
	token := signed(t, "RS256", attackerRSA(), fields{"alg": "RS256", "kid": "unknown"})
	began := time.Now()
	for time.Since(began) < 450*time.Millisecond {
		refused(t, v, token)
	}
	most := int64(time.Since(began)/(90*time.Millisecond)) + 2
	if visits := s.visits.Load(); visits < 2 || visits > most {
		t.Errorf("%d fetches in %s, want 2 to %d", visits, time.Since(began), most)
	}
}

func TestSlowIssuerHoldsNobodyUp(t *testing.T) {
	s := newIssuerServer(t)
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	s.answer(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	began := time.Now()
	v := s.unready(t, nil)
	eventually(t, "the fetch has begun", func() bool { return s.visits.Load() > 0 })
	_, err := v.Verify(signed(t, "RS256", issuerRSA(), fields{"alg": "RS256", "kid": "a"}))
	if !errors.Is(err, ErrUnavailable) || errors.Is(err, ErrUnauthenticated) {
		t.Errorf("a token before the keys are there: %v, want kind ErrUnavailable", err)
	}
	if err := v.Ready(); !errors.Is(err, ErrUnavailable) {
		t.Errorf("Ready = %v, want kind ErrUnavailable", err)
	}
	v.Close()
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("start, verify and close took %s beside an issuer that never answers", took)
	}
}

func TestSlowIssuerIsGivenUp(t *testing.T) {
	s := newIssuerServer(t)
	s.answer(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	v := s.unready(t, func(c *Config) { c.KeyTimeout = 20 * time.Millisecond })
	eventually(t, "the fetch is tried again", func() bool { return s.visits.Load() > 2 })
	s.publish(t, jwk(t, issuerRSA().Public(), false, fields{"kid": "a"}))
	eventually(t, "the verifier is ready", func() bool { return v.Ready() == nil })
}

func TestBrokenIssuerKeepsTheKeys(t *testing.T) {
	answers := map[string]http.HandlerFunc{
		"status 500":     func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		"HTML":           func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") },
		"no keys member": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"error":"x"}`) },
		"a redirect": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/elsewhere" {
				_, _ = io.WriteString(w, `{"keys":[]}`)
				return
			}
			http.Redirect(w, r, "/elsewhere", http.StatusFound)
		},
		"a huge answer": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"keys":[]}`+strings.Repeat(" ", maxKeySetBytes))
		},
		"too many keys": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"keys":[`+strings.Repeat("{},", maxKeys)+`{}]}`)
		},
		"cut off": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, `{"keys":[`)
		},
	}
	for name, answer := range answers {
		t.Run(name, func(t *testing.T) {
			var now atomic.Int64
			s := newIssuerServer(t, jwk(t, issuerRSA().Public(), false, fields{"kid": "a"}))
			v := s.verifier(t, func(c *Config) {
				c.KeyRefresh = 20 * time.Millisecond
				c.KeyMaxAge = time.Minute
				c.Clock = func() time.Time { return testNow.Add(time.Duration(now.Load())) }
			})
			s.answer(answer)
			before := s.visits.Load()
			eventually(t, "two more fetches", func() bool { return s.visits.Load() > before+2 })
			token := signed(t, "RS256", issuerRSA(), fields{"alg": "RS256", "kid": "a"})
			if _, err := v.Verify(token); err != nil {
				t.Errorf("the keys from before: %v", err)
			}
			now.Store(int64(2 * time.Minute))
			if _, err := v.Verify(token); !errors.Is(err, ErrUnavailable) {
				t.Errorf("with keys that are too old: %v, want kind ErrUnavailable", err)
			}
		})
	}
}

func TestCloseAndContextEndTheFetching(t *testing.T) {
	s := newIssuerServer(t)
	ctx, cancel := context.WithCancel(context.Background())
	config := testConfig()
	config.JWKSURL = s.URL
	v, err := NewVerifier(ctx, config)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	select {
	case <-v.keys.done:
	case <-time.After(5 * time.Second):
		t.Fatal("the goroutine goes on after its context has ended")
	}
	v.Close()
	v.Close()
}
