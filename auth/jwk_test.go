package auth

import (
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
)

func TestReadKeySetSkips(t *testing.T) {
	small := must(rsa.GenerateKey(rand.Reader, 1024))
	good := issuerRSA().Public()
	tests := map[string]fields{
		"a private key":            jwk(t, issuerRSA(), true, fields{"kid": "x"}),
		"a private Ed25519 key":    jwk(t, issuerEd(), true, fields{"kid": "x"}),
		"a shared secret":          {"kty": "oct", "kid": "x", "use": "sig", "alg": "HS256", "k": "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"},
		"no kid":                   jwk(t, good, false, nil),
		"a kid that is too long":   jwk(t, good, false, fields{"kid": strings.Repeat("k", 300)}),
		"for encryption":           jwk(t, good, false, fields{"kid": "x", "use": "enc"}),
		"no use":                   jwk(t, good, false, fields{"kid": "x", "use": absent{}}),
		"an unknown use":           jwk(t, good, false, fields{"kid": "x", "use": "SIG"}),
		"RSA of 1,024 bits":        {"kty": "RSA", "kid": "x", "use": "sig", "e": "AQAB", "n": base64.RawURLEncoding.EncodeToString(small.N.Bytes())},
		"RSA with alg HS256":       jwk(t, good, false, fields{"kid": "x", "alg": "HS256"}),
		"RSA with alg none":        jwk(t, good, false, fields{"kid": "x", "alg": "none"}),
		"RSA with alg ES256":       jwk(t, good, false, fields{"kid": "x", "alg": "ES256"}),
		"P-256 with alg ES512":     jwk(t, newEC(elliptic.P256()).Public(), false, fields{"kid": "x", "alg": "ES512"}),
		"a point beside the curve": jwk(t, newEC(elliptic.P256()).Public(), false, fields{"kid": "x", "x": "AQ"}),
		"an unknown kind":          {"kty": "AKP", "kid": "x", "use": "sig", "alg": "ML-DSA-44"},
		"fields of a wrong type":   {"kty": 1},
		"the good one again":       jwk(t, attackerRSA().Public(), false, fields{"kid": "good"}),
	}
	for name, odd := range tests {
		t.Run(name, func(t *testing.T) {
			body := must(json.Marshal(fields{"keys": []fields{jwk(t, good, false, fields{"kid": "good"}), odd}}))
			keys, skipped, err := readKeySet(body)
			if err != nil || len(keys) != 1 || len(skipped) != 1 {
				t.Fatalf("%d keys, skipped %v, error %v; want the good key and one skipped", len(keys), skipped, err)
			}
			key, ok := keys[keyName{"good", "RS256"}].(*rsa.PublicKey)
			if !ok || !key.Equal(good) {
				t.Error("the good key is not the one that was published")
			}
		})
	}
}

func TestReadKeySetTakesKeyOps(t *testing.T) {
	key := jwk(t, issuerRSA().Public(), false, fields{"kid": "a", "use": absent{}, "key_ops": []string{"verify"}, "x5c": []string{"!"}, "x5u": "http://127.0.0.1:1/"})
	keys, skipped, err := readKeySet(must(json.Marshal(fields{"keys": []fields{key}})))
	if err != nil || len(keys) != 1 {
		t.Errorf("%d keys, skipped %v, error %v; want the one key", len(keys), skipped, err)
	}
}
