package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/minutebook/minutebook/store/storetest"
)

// pipe runs a command with something piped in.
func pipe(t *testing.T, getenv func(string) string, in string, args ...string) (status int, out, complaint string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = run(t.Context(), args, getenv, console{strings.NewReader(in), &stdout, &stderr})
	return status, stdout.String(), stderr.String()
}

func TestUserRefuses(t *testing.T) {
	getenv := testEnvironment(t)
	const good = "correct horse battery\n"
	if status, _, complaint := pipe(t, getenv, good, "user", "add", "Li.Na", "--role", "EDITOR"); status != exitGood {
		t.Fatal(complaint)
	}
	for _, c := range []struct {
		in   string
		args []string
		want string
	}{
		{good, nil, "user add NAME"},
		{good, []string{"remove", "li.na"}, "user add NAME"},
		{good, []string{"add", "--role", "EDITOR"}, "whose account"},
		{good, []string{"add", "wang"}, "--role must be"},
		{good, []string{"add", "wang", "--role", "KING"}, "--role must be"},
		{good, []string{"add", "wang\n", "--role", "EDITOR"}, "printable"},
		{good, []string{"add", "wang", "--role", "EDITOR", "secret"}, "arguments too many"},
		{good, []string{"add", "wang", "--role", "EDITOR", "--password", "secret"}, "flag provided but not defined"},
		{"", []string{"add", "wang", "--role", "EDITOR"}, "no password"},
		{"short\n", []string{"add", "wang", "--role", "EDITOR"}, "at least 12"},
		{strings.Repeat("long enough ", 200), []string{"add", "wang", "--role", "EDITOR"}, "at most 1024"},
		{good, []string{"add", "li.na", "--role", "ADMIN"}, "already"},
		{good, []string{"disable", "nobody"}, "no open account nobody"},
		{good, []string{"password", "nobody"}, "no open account nobody"},
		{good, []string{"list", "li.na"}, "takes no name"},
	} {
		status, out, complaint := pipe(t, getenv, c.in, append([]string{"user"}, c.args...)...)
		if status != exitFailed || out != "" || !strings.Contains(complaint, c.want) || strings.Contains(complaint, "secret") {
			t.Errorf("user %q: %d %q %q, want %q", c.args, status, out, complaint, c.want)
		}
	}
	if _, out, _ := pipe(t, getenv, "", "user", "list"); strings.Count(out, "\n") != 1 || !strings.HasPrefix(out, "li.na  EDITOR") {
		t.Errorf("the list afterwards: %q", out)
	}
}

// signIn asks a server for a token, "" where it gives none.
func (s *started) signIn(password string) string {
	s.t.Helper()
	_, body := s.ask("", `mutation($p: String!) { signIn(username: "Li.Na", password: $p) { token userErrors { code } } }`, map[string]any{"p": password})
	var answer struct {
		Data struct {
			SignIn struct {
				Token string `json:"token"`
			} `json:"signIn"`
		} `json:"data"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		s.t.Fatalf("%s: %v", body, err)
	}
	return answer.Data.SignIn.Token
}

func (s *started) ask(token, query string, variables map[string]any) (int, []byte) {
	s.t.Helper()
	text, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		s.t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.base+"/graphql", bytes.NewReader(text))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 20 * time.Second}
	response, err := client.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var body bytes.Buffer
	if _, err := body.ReadFrom(response.Body); err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, body.Bytes()
}

// TestUserOfARunningServer goes through the life of an account while a server uses the same database.
func TestUserOfARunningServer(t *testing.T) {
	getenv := testEnvironment(t, "DATABASE", storetest.MySQL(t))
	s := start(t, getenv)
	const first, second = "correct horse battery", "staple to the left of it"
	do := func(in string, args ...string) {
		t.Helper()
		if status, out, complaint := pipe(t, getenv, in, append([]string{"user"}, args...)...); status != exitGood || strings.Contains(out+complaint, first) {
			t.Fatalf("user %v: %d %s %s", args, status, out, complaint)
		}
	}
	do(first+"\r\n", "add", "Li.Na", "--role", "EDITOR")
	old := s.signIn(first)
	if old == "" || s.signIn(second) != "" {
		t.Fatal("the password of the account is not the one that was piped in")
	}
	do(second, "password", "li.na")
	if s.signIn(first) != "" {
		t.Error("the old password is still good")
	}
	ended := time.Now()
	for status := 0; status != http.StatusUnauthorized; status, _ = s.ask(old, "{ viewer { subject } }", nil) {
		if time.Since(ended) > 2*revocationsEvery {
			t.Fatal("the server does not notice that the token was taken back")
		}
		time.Sleep(100 * time.Millisecond)
	}
	fresh := s.signIn(second)
	if status, body := s.ask(fresh, "{ viewer { subject role } }", nil); status != http.StatusOK || !bytes.Contains(body, []byte(`"li.na"`)) {
		t.Errorf("the new password: %d %s", status, body)
	}
	do("", "disable", "LI.NA")
	if s.signIn(second) != "" {
		t.Error("a disabled account signs in")
	}
	if status := s.end(); status != exitGood {
		t.Errorf("ended with %d: %s", status, s.log)
	}
	for _, secret := range []string{first, second, old} {
		if strings.Contains(s.log.String(), secret) {
			t.Error("the log holds a secret")
		}
	}
}
