// Package webhooks tells addresses elsewhere what is written to the change log: it signs, sends, tries again, and keeps what
// it sends within the networks that it may reach. What is to be sent, and who may know it, is decided in the store.
//
// Requests follow Standard Webhooks (https://www.standardwebhooks.com): the headers webhook-id, webhook-timestamp and
// webhook-signature, which is v1 and the base64 of HMAC-SHA256 over id.timestamp.body under the secret.
package webhooks

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/minutebook/minutebook/models"
)

// maxURL is how many bytes an address may have.
const maxURL = 1000

// Networks are the networks beside the public ones that webhooks may reach, also by http.
type Networks []netip.Prefix

// special are networks within the public unicast space that lead elsewhere: into the own network by translation, to
// documentation, or nowhere.
var special = func() []netip.Prefix {
	var list []netip.Prefix
	for _, text := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "240.0.0.0/4", "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
		"2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
	} {
		list = append(list, netip.MustParsePrefix(text))
	}
	return list
}()

// public reports whether an address is one of the internet at large.
func public(addr netip.Addr) bool {
	addr = addr.Unmap()
	if !addr.IsGlobalUnicast() || addr.IsPrivate() || addr.Zone() != "" {
		return false
	}
	for _, prefix := range special {
		if prefix.Contains(addr) {
			return false
		}
	}
	return true
}

func (n Networks) contain(addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	for _, prefix := range n {
		if prefix.Contains(addr) {
			return true
		}
	}
	return false
}

// allow says whether a connection to an address may be made: anywhere public by https, and to the networks.
func (n Networks) allow(addr netip.Addr, secure bool) error {
	switch {
	case n.contain(addr):
		return nil
	case !secure:
		return errors.New("http is sent to the networks of MINUTEBOOK_WEBHOOK_NETWORKS only: use https")
	case !public(addr):
		return errors.New("the address is none of the internet, nor of MINUTEBOOK_WEBHOOK_NETWORKS")
	}
	return nil
}

// CheckURL says what is wrong with the address of a webhook, as a models.UserError. Names are resolved when something is
// sent, each time anew.
func (n Networks) CheckURL(text string) error {
	bad := func(format string, args ...any) error {
		return &models.UserError{Code: models.CodeInvalid, Message: fmt.Sprintf(format, args...), Path: []string{"url"}}
	}
	u, err := url.Parse(text)
	switch {
	case len(text) > maxURL:
		return bad("an address has at most %d bytes", maxURL)
	case err != nil || u.Hostname() == "" || u.Opaque != "":
		return bad("this is no address of the form https://example.org/path")
	case u.Scheme != "https" && u.Scheme != "http":
		return bad("an address begins with https://")
	case u.User != nil:
		return bad("an address holds no name and no password: requests are signed instead")
	case u.Fragment != "":
		return bad("an address has no fragment")
	case u.Scheme == "http" && len(n) == 0:
		return bad("an address begins with https://")
	}
	if addr, err := netip.ParseAddr(u.Hostname()); err == nil {
		if err := n.allow(addr, u.Scheme == "https"); err != nil {
			return bad("%s", err.Error())
		}
	}
	return nil
}

// secureKey says in a context whether a request goes by https.
type secureKey struct{}

// dialer connects only to where it may: it looks at the address itself, after the name was resolved, so that a name
// which leads elsewhere the second time is of no use.
func (n Networks) dialer(patience time.Duration) *net.Dialer {
	return &net.Dialer{
		Timeout: patience,
		ControlContext: func(ctx context.Context, network, address string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(address)
			if err != nil || !strings.HasPrefix(network, "tcp") {
				return errors.New("this is no address of TCP")
			}
			secure, _ := ctx.Value(secureKey{}).(bool)
			return n.allow(to.Addr(), secure)
		},
	}
}
