package auth

import (
	"context"

	"github.com/minutebook/minutebook/models"
)

type actorKey struct{}

// WithActor returns a context that carries the actor of a request.
func WithActor(ctx context.Context, actor models.Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, actor)
}

// ActorFrom returns the actor that the context carries. Where there is none it returns a guest, the zero Actor: code
// that forgets to pass the actor on loses rights and gains none.
func ActorFrom(ctx context.Context) models.Actor {
	actor, _ := ctx.Value(actorKey{}).(models.Actor)
	return actor
}
