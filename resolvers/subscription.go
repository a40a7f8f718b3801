package resolvers

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// changed tells the changes of the log.
func (r *Resolver) changed(ctx context.Context, types []models.RecordType, ids []string, after *string) (<-chan *models.Change, error) {
	wanted, err := following(types, ids, after)
	if err != nil {
		return nil, err
	}
	follower, err := r.Store.Follow(ctx, auth.ActorFrom(ctx), wanted)
	if err != nil {
		return nil, models.At("after", err)
	}
	events := make(chan *models.Change)
	go func() {
		defer close(events)
		defer follower.Close()
		tell(ctx, follower, events)
	}()
	return events, nil
}

// tell hands out changes until the reader is gone.
func tell(ctx context.Context, follower *store.Follower, events chan<- *models.Change) {
	s := streamFrom(ctx)
	defer func() {
		if cause := recover(); cause != nil {
			s.fail(fmt.Errorf("panic: %v\n%s", cause, debug.Stack()))
		}
	}()
	for s.wait(ctx) {
		change, err := follower.Next(ctx)
		if err != nil {
			s.fail(err)
			return
		}
		select {
		case events <- change:
		case <-ctx.Done():
			return
		}
	}
}

// following reads the arguments of a subscription.
func following(types []models.RecordType, ids []string, after *string) (store.Following, error) {
	wanted := store.Following{Types: types}
	if ids != nil {
		wanted.Records = []models.ID{}
	}
	for i, text := range ids {
		_, id, err := models.DecodeID(text)
		if err != nil {
			return wanted, models.At("ids", models.At(fmt.Sprintf("[%d]", i), err))
		}
		wanted.Records = append(wanted.Records, id)
	}
	if after != nil {
		log := store.Schema.Changes
		position, err := store.ParseCursor(*after, log, log.Sort)
		if err != nil {
			return wanted, models.At("after", err)
		}
		wanted.After = position
	}
	return wanted, nil
}
