package resolvers

import (
	"context"
	"crypto/rand"
	"net/netip"
	"sync/atomic"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/models"
)

// exchange is what the way in knows of one HTTP request, for the log and for the limits.
type exchange struct {
	id     string
	client netip.Addr // whose rate counts; see clientAddress
	faults atomic.Int32

	// Written by the goroutine of the request, read by the log after it.
	actor     models.Actor
	kind      ast.Operation // of the operation, once the document is known to be good
	operation string        // its name
	code      string        // of the refusal or the first error
	cost      int
}

type exchangeKey struct{}

func withExchange(ctx context.Context, x *exchange) context.Context {
	return context.WithValue(ctx, exchangeKey{}, x)
}

// exchangeFrom returns the exchange of a request; outside of one, as in a test of a resolver, an empty one.
func exchangeFrom(ctx context.Context) *exchange {
	if x, ok := ctx.Value(exchangeKey{}).(*exchange); ok {
		return x
	}
	return &exchange{id: "no-request"}
}

// RequestID returns the id under which the log speaks of a request.
func RequestID(ctx context.Context) string { return exchangeFrom(ctx).id }

// newRequestID returns 16 random characters: what a caller sends is not taken, for it would stand in the log.
func newRequestID() string { return rand.Text()[:16] }
