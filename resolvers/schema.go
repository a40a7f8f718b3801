package resolvers

import (
	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/graph"
	"github.com/minutebook/minutebook/plan"
	"github.com/minutebook/minutebook/store"
)

// NewSchema returns what answers operations over a store, where nobody signs in.
func NewSchema(s *store.Store) *plan.Compiled { return (&Resolver{Store: s}).Schema() }

// Schema returns what answers operations: compiled where it can be, gqlgen's own execution otherwise.
func (r *Resolver) Schema() *plan.Compiled {
	generic := graph.NewExecutableSchema(graph.Config{
		Resolvers:  r,
		Directives: graph.DirectiveRoot{Auth: Gate},
	})
	return &plan.Compiled{ExecutableSchema: generic, Store: r.Store, Actor: auth.ActorFrom}
}
