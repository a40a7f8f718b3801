package auth

import (
	"crypto/elliptic"
	"strings"
	"testing"
)

func BenchmarkVerifyHS256(b *testing.B) {
	benchmarkVerify(b, testVerifier(b, nil), recipe{}.mint(b))
}

func BenchmarkVerifyLongest(b *testing.B) {
	token := recipe{claims: fields{"pad": strings.Repeat("A", 2700)}}.mint(b)
	benchmarkVerify(b, testVerifier(b, nil), token)
}

func BenchmarkVerifyKeySet(b *testing.B) {
	ec := newEC(elliptic.P256())
	v := newIssuerServer(b, jwk(b, issuerRSA().Public(), false, fields{"kid": "r"}), jwk(b, ec.Public(), false, fields{"kid": "e"}),
		jwk(b, issuerEd().Public(), false, fields{"kid": "d"})).verifier(b, nil)
	b.Run("RS256", func(b *testing.B) {
		benchmarkVerify(b, v, signed(b, "RS256", issuerRSA(), fields{"alg": "RS256", "kid": "r"}))
	})
	b.Run("ES256", func(b *testing.B) { benchmarkVerify(b, v, signed(b, "ES256", ec, fields{"alg": "ES256", "kid": "e"})) })
	b.Run("EdDSA", func(b *testing.B) {
		benchmarkVerify(b, v, signed(b, "EdDSA", issuerEd(), fields{"alg": "EdDSA", "kid": "d"}))
	})
}

func benchmarkVerify(b *testing.B, v *Verifier, token string) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.Verify(token); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerifyForged(b *testing.B) {
	v := testVerifier(b, nil)
	token := recipe{sign: "flip"}.mint(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.Verify(token); err == nil {
			b.Fatal("a forged token was taken")
		}
	}
}

func BenchmarkPasswordVerify(b *testing.B) {
	p := testPasswords(b, PasswordCost{})
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := p.Verify(b.Context(), "wrong password 1", ""); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkThrottle(b *testing.B) {
	th := NewThrottle(ThrottleConfig{})
	b.ReportAllocs()
	for b.Loop() {
		_ = th.Attempt("admin", somewhere)
	}
}
