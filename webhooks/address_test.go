package webhooks

import (
	"context"
	"log/slog"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
)

func TestPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.216.34": true, "2606:2800:220:1:248:1893:25c8:1946": true, "100.63.255.255": true, "172.32.0.1": true,
		"127.0.0.1": false, "::1": false, "0.0.0.0": false, "::": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false,
		"169.254.169.254": false, "fe80::1": false, "fd00::1": false, "fec0::1": false, "100.64.0.1": false, "224.0.0.1": false, "ff02::1": false,
		"255.255.255.255": false, "240.0.0.1": false, "0.1.2.3": false, "192.0.0.8": false, "198.18.0.1": false, "203.0.113.9": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:93.184.216.34": true, "::127.0.0.1": false,
		"64:ff9b::7f00:1": false, "2002:7f00:1::": false, "2001:0:7f00:1::1": false, "2001:db8::1": false,
	} {
		if got := public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %t", address, got)
		}
	}
}

func TestCheckURL(t *testing.T) {
	inside := Networks{netip.MustParsePrefix("10.0.0.0/8")}
	for address, want := range map[string][2]bool{ // with no networks, with one
		"https://example.org/hook":          {true, true},
		"https://example.org:8443/hook?a=b": {true, true},
		"http://example.org/hook":           {false, true}, // it is looked at when it is resolved
		"http://10.0.0.1/":                  {false, true},
		"https://10.0.0.1/":                 {false, true},
		"http://127.0.0.1/":                 {false, false},
		"https://127.0.0.1/":                {false, false},
		"https://[::1]/":                    {false, false},
		"https://[::ffff:10.0.0.1]/":        {false, true},
		"http://93.184.216.34/":             {false, false},
		"https://user:password@example.org": {false, false},
		"https://example.org/#part":         {false, false},
		"ftp://example.org/":                {false, false},
		"file:///etc/passwd":                {false, false},
		"https://":                          {false, false},
		"https:example.org":                 {false, false},
		"example.org":                       {false, false},
		"":                                  {false, false},
		"https://example.org/" + strings.Repeat("a", maxURL): {false, false},
	} {
		for i, networks := range []Networks{nil, inside} {
			if err := networks.CheckURL(address); (err == nil) != want[i] {
				t.Errorf("%s with %d networks: %v", address, i, err)
			}
		}
	}
}

// TestDialing sends to names that lead to where nothing may be sent.
func TestDialing(t *testing.T) {
	r := newReceiver(t)
	local := "http://localhost:" + strings.TrimPrefix(r.server.URL, "http://127.0.0.1:")
	for name, c := range map[string]struct {
		networks Networks
		url      string
		sent     bool
	}{
		"a name of this machine":                 {nil, strings.Replace(local, "http", "https", 1), false},
		"a name of this machine, by http":        {Networks{netip.MustParsePrefix("10.0.0.0/8")}, local, false},
		"a name of this machine, where it may":   {append(Networks{netip.MustParsePrefix("::1/128")}, loopback...), local, true},
		"an address of this machine, by mistake": {nil, r.server.URL, false},
	} {
		h := New(nil, Options{Networks: c.networks, Patience: time.Second, GiveUp: time.Hour, Log: slog.New(slog.DiscardHandler)})
		before := r.requests()
		_, err := h.send(context.WithoutCancel(t.Context()), &models.Webhook{URL: c.url, Secret: r.secret}, "delivery_x", []byte("{}"))
		h.client.CloseIdleConnections()
		if sent := r.requests() > before; sent != c.sent || (err == nil) != c.sent {
			t.Errorf("%s: %v, sent: %t", name, err, sent)
		}
		if err != nil && strings.Contains(err.Error(), "/hook") {
			t.Errorf("%s: the address is in %v", name, err)
		}
	}
}

// TestSign holds the signature to the example of Standard Webhooks.
func TestSign(t *testing.T) {
	got, err := Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; err != nil || got != want {
		t.Errorf("%s %v, want %s", got, err, want)
	}
	for secret, good := range map[string]bool{
		NewSecret(): true, "": false, "whsec_": false, "whsec_!": false, "whsec_c2hvcnQ=": false, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw": false,
	} {
		if err := CheckSecret(secret); (err == nil) != good {
			t.Errorf("%q: %v", secret, err)
		}
	}
}

func TestPause(t *testing.T) {
	for tries, most := range map[int]time.Duration{0: firstPause, 1: firstPause, 2: 2 * firstPause, 5: 16 * firstPause, 11: time.Hour, 1000: time.Hour} {
		for range 100 {
			if got := pauseAfter(tries); got > most || got < most*3/4 {
				t.Errorf("%d tries: %s", tries, got)
			}
		}
	}
}
