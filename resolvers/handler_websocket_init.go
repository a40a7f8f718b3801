package resolvers

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
)

// init answers connection_init. The payload may carry a token, as {"authorization": "Bearer …"}; a bad one ends the
// socket, and so does the end of a good one.
func (s *socket) init(ctx context.Context, m message, silent *time.Timer) bool {
	if s.ready {
		s.end(closeSecondInit, "Too many initialisation requests")
		return false
	}
	silent.Stop()
	payload, _ := m.Payload.(map[string]any)
	if err := s.identify(payload); err != nil {
		s.end(closeForbidden, "Forbidden")
		return false
	}
	s.ready = true
	if age, token := s.handler.sockets.lifetime(s.x); token {
		s.endAfter(age, closeForbidden, "Token expired")
	}
	if s.x.actor.Role.Valid() {
		s.work.Add(1)
		go s.watchToken(ctx, s.x.actor)
	}
	return s.send(ctx, message{Type: "connection_ack"}) == nil
}

// watchToken ends the socket soon after its token was taken back. Until then no event is said any more, see Handler.startEvents.
func (s *socket) watchToken(ctx context.Context, actor models.Actor) {
	defer s.work.Done()
	check := time.NewTicker(revocationCheck)
	defer check.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-check.C:
			if s.handler.options.Verifier.Revoked(actor) {
				s.end(closeForbidden, "Token revoked")
				return
			}
		}
	}
}

var errInitPayload = errors.New("the payload of connection_init has a token that is no text")

func (s *socket) identify(payload map[string]any) error {
	header := http.Header{}
	for key, value := range payload {
		name := strings.ToLower(key)
		if name == "token" {
			name = "authorization"
			if text, ok := value.(string); ok {
				value = "Bearer " + text
			}
		}
		if name != "authorization" && name != strings.ToLower(auth.RoleHeader) {
			continue
		}
		text, ok := value.(string)
		if !ok {
			return errInitPayload
		}
		header.Add(name, text)
	}
	if len(header) == 0 {
		return nil
	}
	actor, err := s.handler.options.Verifier.Authenticate(&http.Request{Header: header})
	if err != nil {
		s.handler.rates.request(s.x)
		return err
	}
	s.x.actor = actor
	return nil
}
