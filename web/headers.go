package web

import (
	"net/http"
	"strings"
)

// explorerPolicy lets the explorer run its own files and nothing else: no inline script or style, no other origin.
var explorerPolicy = policy(
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' data: blob:",
	"font-src 'self'",
	"worker-src 'self' blob:",
)

// graphiQLPolicy is wider for styles and fonts only: the Monaco editor writes style elements and carries its icons as data.
var graphiQLPolicy = policy(
	"script-src 'self'",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data:",
	"font-src 'self' data:",
	"worker-src 'self' blob:",
)

func policy(directives ...string) string {
	common := []string{
		"connect-src 'self'",
		"form-action 'self'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
		"object-src 'none'",
	}
	return strings.Join(append(append([]string{"default-src 'self'"}, directives...), common...), "; ")
}

// setHeaders writes what every answer of this package carries.
func setHeaders(h http.Header, contentPolicy string) {
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
}

// cacheFor says how long a file may be kept: for ever where its name carries a hash of its content.
func cacheFor(name string) string {
	if strings.HasPrefix(name, "assets/") {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}
