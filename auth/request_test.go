package auth

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/models"
)

func request(headers ...string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/graphql", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

func TestFromRequest(t *testing.T) {
	good := map[string]string{
		"Bearer a.b.c": "a.b.c", "bearer a.b.c": "a.b.c", "BEARER a.b.c": "a.b.c", "Bearer   a.b.c": "a.b.c",
		"Bearer null": "null", "Bearer ..": "..",
	}
	for value, want := range good {
		token, present, err := FromRequest(request("Authorization", value))
		if token != want || !present || err != nil {
			t.Errorf("%q: %q, %t, %v; want the token %q", value, token, present, err, want)
		}
	}
	for _, value := range []string{"", " ", "Bearer", "Bearer ", "Basic YTpi", "a.b.c", "Bearera.b.c", "Token a.b.c", "Bearer\ta.b.c", ", Bearer a.b.c"} {
		token, present, err := FromRequest(request("Authorization", value))
		if token != "" || !present || !errors.Is(err, ErrUnauthenticated) {
			t.Errorf("%q: %q, %t, %v; want an error of kind ErrUnauthenticated", value, token, present, err)
		}
	}
	twice := request("Authorization", "Bearer a.b.c", "authorization", "Bearer a.b.c")
	if token, present, err := FromRequest(twice); token != "" || !present || !errors.Is(err, ErrUnauthenticated) {
		t.Errorf("two headers: %q, %t, %v; want an error of kind ErrUnauthenticated", token, present, err)
	}
}

func TestTokenElsewhereIsNotRead(t *testing.T) {
	token := recipe{}.mint(t)
	r := httptest.NewRequest(http.MethodPost, "/graphql?access_token="+token+"&token="+token, strings.NewReader("access_token="+token))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Cookie", "token="+token)
	r.Header.Set("Proxy-Authorization", "Bearer "+token)
	actor, err := testVerifier(t, nil).Authenticate(r)
	if err != nil || actor != (models.Actor{}) {
		t.Errorf("got %+v and error %v, want a guest", actor, err)
	}
}

func TestAuthenticate(t *testing.T) {
	v := testVerifier(t, nil)
	bearer := "Bearer " + recipe{claims: fields{"role": "EDITOR"}}.mint(t)
	tests := map[string]struct {
		request *http.Request
		role    models.Role
		err     error
	}{
		"a guest":                    {request(), "", nil},
		"a token":                    {request("Authorization", bearer), "EDITOR", nil},
		"a lower role":               {request("Authorization", bearer, RoleHeader, "VIEWER"), "VIEWER", nil},
		"the same role":              {request("Authorization", bearer, RoleHeader, "EDITOR"), "EDITOR", nil},
		"a higher role":              {request("Authorization", bearer, RoleHeader, "ADMIN"), "", ErrForbidden},
		"an empty role":              {request("Authorization", bearer, RoleHeader, ""), "", ErrForbidden},
		"two roles":                  {request("Authorization", bearer, RoleHeader, "VIEWER", RoleHeader, "EDITOR"), "", ErrForbidden},
		"a role without a token":     {request(RoleHeader, "VIEWER"), "", ErrUnauthenticated},
		"J58 a token that is null":   {request("Authorization", "Bearer null"), "", ErrUnauthenticated},
		"J46 two headers, one good":  {request("Authorization", "Bearer a.b.c", "Authorization", bearer), "", ErrUnauthenticated},
		"two tokens in one header":   {request("Authorization", bearer+", "+bearer), "", ErrUnauthenticated},
		"a bad token, a role wanted": {request("Authorization", "Bearer a.b.c", RoleHeader, "ADMIN"), "", ErrUnauthenticated},
	}
	for name, test := range tests {
		actor, err := v.Authenticate(test.request)
		if actor.Role != test.role || !errors.Is(err, test.err) {
			t.Errorf("%s: role %q and error %v, want %q and %v", name, actor.Role, err, test.role, test.err)
		}
	}
}

func TestChallenge(t *testing.T) {
	if got := Challenge(nil); got != `Bearer realm="minutebook"` {
		t.Errorf("without an error: %s", got)
	}
	_, err := testVerifier(t, nil).Verify(recipe{sign: "flip"}.mint(t))
	want := `Bearer realm="minutebook", error="invalid_token", error_description="the token's algorithm or signature is not accepted"`
	if got := Challenge(err); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestActorFrom(t *testing.T) {
	ctx := t.Context()
	if got := ActorFrom(ctx); got != (models.Actor{}) {
		t.Errorf("without an actor: %+v, want a guest", got)
	}
	want := models.Actor{Subject: "x", Role: models.RoleEditor}
	if got := ActorFrom(WithActor(ctx, want)); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
