package auth

import (
	"errors"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/models"
)

// FuzzVerify gives any text as a token: no panic, and no actor, since nobody but the seeds knows the secret.
func FuzzVerify(f *testing.F) {
	good := recipe{}.mint(f)
	f.Add(good)
	for _, r := range attacks() {
		if token := r.mint(f); len(token) < 4096 {
			f.Add(token)
		}
	}
	v := testVerifier(f, nil)
	f.Fuzz(func(t *testing.T, token string) {
		actor, err := v.Verify(token)
		if token == good {
			return
		}
		var refusal *Error
		if actor != (models.Actor{}) || !errors.As(err, &refusal) {
			t.Errorf("%q gives %+v and error %v", token, actor, err)
		}
	})
}

// FuzzSignedClaims signs any claims and header with our own secret, which reaches the code behind the signature:
// no panic, an actor only with a role, a subject and an end, and reasons that never repeat the token.
func FuzzSignedClaims(f *testing.F) {
	for _, r := range attacks() {
		head, payload := r.texts(f)
		f.Add(head, payload)
	}
	f.Add(`{"alg":"HS256","typ":"JWT"}`, `null`)
	f.Add(`{"alg":"HS256","typ":"JWT"}`, `{"aud":{},"exp":"1","role":{"a":[null]}}`)
	v := testVerifier(f, nil)
	f.Fuzz(func(t *testing.T, head, payload string) {
		if head == "" || payload == "" {
			return
		}
		actor, err := v.Verify(recipe{head: head, payload: payload}.mint(t))
		if err == nil && (!actor.Role.Valid() || !goodName(actor.Subject) || !actor.Expires.After(testNow.Add(-v.config.Leeway))) {
			t.Errorf("%s %s gives %+v", head, payload, actor)
		}
		if err == nil && strings.Count(payload, `"role"`) > 1 && strings.Count(payload, `{`) == 1 {
			t.Errorf("%s is accepted with role twice", payload)
		}
		if err != nil && actor != (models.Actor{}) {
			t.Errorf("error %v and yet %+v", err, actor)
		}
	})
}

// FuzzParseHash reads any text as a stored hash: what it takes it writes the same, within the bounds of the cost.
func FuzzParseHash(f *testing.F) {
	f.Add("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g")
	f.Add("$argon2id$v=19$m=67108864,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaA")
	f.Fuzz(func(t *testing.T, text string) {
		h, err := parseHash(text)
		if err == nil && (h.String() != text || !h.cost.bounded()) {
			t.Errorf("%q is read as %q", text, h)
		}
	})
}

// FuzzReadKeySet reads any text as a key set: no panic, and no key that is not named.
func FuzzReadKeySet(f *testing.F) {
	f.Add(`{"keys":[{"kty":"RSA","kid":"a","use":"sig","alg":"RS256","e":"AQAB","n":"AQAB"}]}`)
	f.Add(`{"keys":[{"kty":"EC","crv":"P-256","kid":"a","use":"sig","x":"AQ","y":"AQ"},{"kty":"OKP","crv":"Ed25519","kid":"b","use":"sig","x":"AQ"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		keys, _, err := readKeySet([]byte(text))
		for name, key := range keys {
			if err != nil || name.kid == "" || name.alg == "" || key == nil {
				t.Errorf("key %+v %v, error %v", name, key, err)
			}
		}
	})
}
