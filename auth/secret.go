package auth

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode"
)

const (
	minSecretBytes    = 32 // RFC 7518, section 3.2: a key of the size of the hash output
	minDistinctBytes  = 8  // 32 random hexadecimal digits have fewer once in a million times
	minPeriod         = 16
	maxSequentialPart = 2 // at most one half of the steps from byte to byte may be the same
)

// tellTales are words that stand in the secrets of tutorials and never in random ones: seven letters turn up in 48
// random base64 characters about once in 10^9 times.
var tellTales = []string{
	"changeme", "changethis", "replaceme", "yoursecret", "your256bit", "secretkey", "mysecret", "supersecret", "topsecret",
	"secretsecret", "jwtsecret", "password", "passw0rd", "example", "default", "minutebook", "development", "letmein",
	"qwertyuiop", "deadbeef",
}

// GenerateSecret returns a fresh secret of 384 random bits in base64url, for the first start and for examples.
func GenerateSecret() string {
	raw := make([]byte, 48)
	if _, err := rand.Read(raw); err != nil {
		panic(err) // crypto/rand never fails on the systems Go supports
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// CheckSecret returns an error that says what is wrong with a secret for HS256, without repeating it: too short,
// repeating, in sequence, made of known words, or no secret at all such as a public key.
func CheckSecret(secret string) error {
	const advice = "make one with: openssl rand -base64 48"
	switch {
	case len(secret) < minSecretBytes:
		return fmt.Errorf("the JWT secret has %d bytes and needs at least %d: %s", len(secret), minSecretBytes, advice)
	case strings.TrimSpace(secret) != secret:
		return errors.New("the JWT secret begins or ends with white space: take it away")
	case strings.Contains(secret, "-----BEGIN"):
		return errors.New("the JWT secret is a PEM block: a key pair belongs into a key set; " + advice)
	case distinctBytes(secret) < minDistinctBytes:
		return fmt.Errorf("the JWT secret has fewer than %d different characters: %s", minDistinctBytes, advice)
	case period(secret) < minPeriod:
		return errors.New("the JWT secret repeats itself: " + advice)
	case mostlySequential(secret):
		return errors.New("the JWT secret is a sequence such as abcdef: " + advice)
	case hasTellTale(secret):
		return errors.New("the JWT secret is made of words that everybody tries: " + advice)
	}
	return nil
}

func distinctBytes(s string) int {
	seen := map[byte]bool{}
	for i := range len(s) {
		seen[s[i]] = true
	}
	return len(seen)
}

// period returns the smallest p > 0 such that every byte equals the one p places before it: 8 for changemechangeme,
// the whole length for a text that never repeats.
func period(s string) int {
	border := make([]int, len(s)) // the failure function of Knuth, Morris and Pratt
	for i := 1; i < len(s); i++ {
		k := border[i-1]
		for k > 0 && s[i] != s[k] {
			k = border[k-1]
		}
		if s[i] == s[k] {
			k++
		}
		border[i] = k
	}
	return len(s) - border[len(s)-1]
}

// mostlySequential reports whether one step from byte to byte, as the +1 of abcdef, makes up half of the text.
func mostlySequential(s string) bool {
	steps := map[int]int{}
	for i := 1; i < len(s); i++ {
		steps[int(s[i])-int(s[i-1])]++
	}
	for _, times := range steps {
		if times*maxSequentialPart > len(s) {
			return true
		}
	}
	return false
}

func hasTellTale(s string) bool {
	plain := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
	for _, word := range tellTales {
		if strings.Contains(plain, word) {
			return true
		}
	}
	return false
}
