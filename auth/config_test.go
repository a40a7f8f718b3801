package auth

import (
	"context"
	"strings"
	"testing"
	"time"
)

// TestSecretsThatStopTheStart has the settings of J49 first.
func TestSecretsThatStopTheStart(t *testing.T) {
	for name, secret := range map[string]string{
		"J49 missing":           "",
		"J49 changeme":          "changeme",
		"J49 of a tutorial":     "your-256-bit-secret",
		"J49 of 30 bytes":       "k7Jq2mXw9ZrT4vB8nLs5pYd3Hf6Gc1",
		"31 bytes":              testSecret[1:],
		"one letter":            strings.Repeat("k", 64),
		"changeme four times":   strings.Repeat("changeme", 4),
		"changeme, then random": "changeme" + testSecret,
		"Change-Me in disguise": "CHANGE-ME_" + testSecret,
		"a longer tutorial":     "your-256-bit-secret-your-256-bit-secret",
		"a word and digits":     "MySuperSecretKey2026MySuperSecretKey",
		"the program's name":    "minutebook-production-key-0123-xyz",
		"the alphabet":          "abcdefghijklmnopqrstuvwxyz012345",
		"backwards":             "9876543210zyxwvutsrqponmlkjihgfe",
		"digits over and over":  "01234567890123456789012345678901",
		"few characters":        "7a$7Qa$Q77$aQ$a7QQ$7aQa$$7Qa7a$QQa7$",
		"a period of 15":        strings.Repeat("pX3vN8qLr5Tz1Wc", 3),
		"a line feed at end":    testSecret + "\n",
		"a blank in front":      " " + testSecret,
		"a public key":          "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA7x9vC2J0\n-----END PUBLIC KEY-----",
	} {
		config := testConfig()
		config.Secret = secret
		_, err := NewVerifier(context.Background(), config)
		if err == nil {
			t.Errorf("%s: the server starts", name)
			continue
		}
		if secret != "" && strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the error repeats the secret: %v", name, err)
		}
		if !strings.Contains(err.Error(), "JWT secret") {
			t.Errorf("%s: the error does not name the setting: %v", name, err)
		}
	}
}

func TestGoodSecrets(t *testing.T) {
	good := []string{
		testSecret,
		"k7Jq2mXw9ZrT4vB8nLs5pYd3Hf6Gc1Qe",
		"9f86d081884c7d659a2feaa0c55ad015", // 16 random bytes in hexadecimal
		"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", // 32
		"correct horse battery staple, velvet 38",
	}
	for range 2000 {
		good = append(good, GenerateSecret())
	}
	for _, secret := range good {
		if err := CheckSecret(secret); err != nil {
			t.Errorf("%s: %v", secret, err)
		}
	}
}

func TestConfigErrors(t *testing.T) {
	tests := map[string]struct {
		change func(*Config)
		want   string
	}{
		"Z01 no issuer":               {func(c *Config) { c.Issuer = "" }, "JWT issuer"},
		"Z01 no audience":             {func(c *Config) { c.Audience = "" }, "JWT audience"},
		"a key set by plain http":     {func(c *Config) { c.JWKSURL = "http://issuer.example/jwks.json" }, "not https"},
		"a key set in a file":         {func(c *Config) { c.JWKSURL = "file:///etc/jwks.json" }, "key set"},
		"a key set without a scheme":  {func(c *Config) { c.JWKSURL = "issuer.example/jwks.json" }, "not a URL"},
		"a key set with a user":       {func(c *Config) { c.JWKSURL = "https://u:ZZPASSWORD@issuer.example/" }, "has a user"},
		"a key set with a bad port":   {func(c *Config) { c.JWKSURL = "https://issuer.example:x/" }, "not a URL"},
		"localhost in a longer name":  {func(c *Config) { c.JWKSURL = "http://localhost.evil.example/" }, "not https"},
		"a leeway of an hour":         {func(c *Config) { c.Leeway = time.Hour }, "leeway"},
		"a negative leeway":           {func(c *Config) { c.Leeway = -1 }, "leeway"},
		"a life of a year":            {func(c *Config) { c.MaxLife = 8760 * time.Hour }, "longest life"},
		"tokens of a megabyte":        {func(c *Config) { c.MaxTokenBytes = 1 << 20 }, "longest JWT"},
		"the role in the subject":     {func(c *Config) { c.RoleClaim = "sub" }, "cannot carry the role"},
		"a negative time of the keys": {func(c *Config) { c.KeyTimeout = -1 }, "negative"},
	}
	for name, test := range tests {
		config := testConfig()
		test.change(&config)
		_, err := NewVerifier(context.Background(), config)
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "ZZPASSWORD") {
			t.Errorf("%s: error %v, want it to say %q", name, err, test.want)
		}
	}
	if _, err := NewIssuer(Config{JWKSURL: "https://issuer.example/jwks", Issuer: "i", Audience: "a"}); err == nil {
		t.Error("an issuer without a secret")
	}
	_, err := NewVerifier(context.Background(), Config{})
	for _, part := range []string{"JWT secret", "JWT issuer", "JWT audience"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("an empty configuration: %v; want all three settings named", err)
		}
	}
}

func TestLoopbackKeySets(t *testing.T) {
	for _, address := range []string{"http://127.0.0.1:8081/jwks", "http://localhost/jwks", "http://[::1]:1/jwks", "https://issuer.example/jwks"} {
		if err := checkKeySetURL(address); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}
