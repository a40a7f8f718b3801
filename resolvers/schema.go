package resolvers

import (
	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/graph"
	"github.com/minutebook/minutebook/plan"
	"github.com/minutebook/minutebook/store"
)

// NewSchema returns what answers operations over a store: compiled where it can be, gqlgen's own execution otherwise.
func NewSchema(s *store.Store) *plan.Compiled {
	generic := graph.NewExecutableSchema(graph.Config{
		Resolvers:  &Resolver{Store: s},
		Directives: graph.DirectiveRoot{Auth: Gate},
	})
	return &plan.Compiled{ExecutableSchema: generic, Store: s, Actor: auth.ActorFrom}
}
