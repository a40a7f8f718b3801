// Package resolvers answers GraphQL requests: each resolver converts, calls and returns. The way in (transport,
// guard, gate) and the words for errors live here as well; rules and SQL do not.
package resolvers

import (
	"github.com/minutebook/minutebook/ingest"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/webhooks"
)

// Resolver is what the resolvers stand on.
type Resolver struct {
	Store    *store.Store
	Accounts *Accounts       // nil where nobody signs in and no token is taken back
	Imports  *ingest.Jobs    // nil where imports are done in their requests only
	Hooks    *webhooks.Hooks // nil where nothing is sent to webhooks
}
