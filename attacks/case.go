package attacks

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Case is one attack: requests, each with what must come back.
type Case struct {
	ID    string
	Group string
	About string
	tries []try
	local bool // only for a server started here: it would disturb a deployment, or looks into the process
	play  func(ctx context.Context, t *Target) error
	// memory is what may be held meanwhile, in MB, where it is more than maxMemory.
	memory float64
}

// try is one request and what it wants.
type try struct {
	method  string // POST where empty
	path    string // /graphql where empty
	as      string // role whose token is sent
	headers []string
	body    []byte
	want    want
}

// want is what must come back. The zero want is an answer of any kind within ten seconds.
type want struct {
	status []int    // one of these
	codes  []string // the first error has one of these
	good   bool     // no error
	noData bool     // nothing ran
	lacks  []string
	within time.Duration
	bytes  int
}

// The codes of the API, as docs and schema give them.
var codes = []string{
	"UNAUTHENTICATED", "FORBIDDEN", "BAD_USER_INPUT", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "LIMIT_TOKENS", "LIMIT_DEPTH",
	"LIMIT_ALIASES", "LIMIT_ROOT_FIELDS", "LIMIT_COST", "INTROSPECTION_DISABLED", "PERSISTED_QUERY_NOT_FOUND", "CSRF_BLOCKED", "RATE_LIMITED",
	"TIMEOUT", "UNAVAILABLE", "UNSUPPORTED_FILE", "IMPORT_FAILED",
}

// never are texts that tell a stranger about the inside.
var never = []string{
	"goroutine ", "panic:", "runtime error", ".go:", "SELECT ", "INSERT INTO", "sqlite", "mysql", "Error 1064", "sql:", "Did you mean", "/root/", "/home/", "root:x:0",
}

// document is a request of GraphQL in JSON.
func document(text string, variables any) []byte {
	body, err := json.Marshal(map[string]any{"query": text, "variables": variables})
	if err != nil {
		panic(err) // the cases are ours
	}
	return body
}

// asks is a case of documents that all want the same.
func asks(id, group, about string, w want, documents ...string) Case {
	c := Case{ID: id, Group: group, About: about}
	for _, text := range documents {
		c.tries = append(c.tries, try{body: document(text, nil), want: w})
	}
	return c
}

// bodies is a case of raw bodies that all want the same.
func bodies(id, group, about string, w want, texts ...string) Case {
	c := Case{ID: id, Group: group, About: about}
	for _, text := range texts {
		c.tries = append(c.tries, try{body: []byte(text), want: w})
	}
	return c
}

// errSkipped is a case that needs what is not there.
var errSkipped = errors.New("not run")

// run plays a case.
func (c Case) run(ctx context.Context, t *Target) error {
	if c.local && t.pid == 0 {
		return fmt.Errorf("%w: needs a server of its own", errSkipped)
	}
	if c.play != nil {
		if err := c.play(ctx, t); err != nil {
			return err
		}
	}
	for i, attempt := range c.tries {
		if attempt.as != "" && t.Tokens[attempt.as] == "" {
			return fmt.Errorf("%w: needs a token of %s", errSkipped, attempt.as)
		}
		if err := attempt.run(ctx, t); err != nil {
			return fmt.Errorf("request %d: %w", i+1, err)
		}
	}
	return t.well(ctx)
}

func (a try) run(ctx context.Context, t *Target) error {
	method, path := a.method, a.path
	if method == "" {
		method = http.MethodPost
	}
	if path == "" {
		path = "/graphql"
	}
	request, err := http.NewRequestWithContext(ctx, method, t.URL+path, bytes.NewReader(a.body))
	if err != nil {
		return err
	}
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/json")
	}
	request.Header.Set("Accept", "application/graphql-response+json, application/json;q=0.9")
	if a.as != "" {
		request.Header.Set("Authorization", "Bearer "+t.Tokens[a.as])
	}
	for i := 0; i+1 < len(a.headers); i += 2 {
		request.Header.Set(a.headers[i], a.headers[i+1])
	}
	began := time.Now()
	response, err := t.client.Do(request)
	if err != nil {
		if len(a.body) > 1<<20 && slices.Contains(a.want.status, http.StatusRequestEntityTooLarge) {
			return nil // the line was cut while the body was sent: refused as it should be
		}
		return err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(response.Body, 64<<20))
	if err != nil {
		return err
	}
	return a.want.judge(t, response.StatusCode, text, time.Since(began))
}

// judge compares an answer with what is wanted.
func (w want) judge(t *Target, status int, text []byte, took time.Duration) error {
	short := fmt.Sprintf("%d %.300s", status, text)
	limit := w.within
	if limit == 0 {
		limit = 10 * time.Second
	}
	switch {
	case status == http.StatusInternalServerError:
		return fmt.Errorf("an error of the server: %s", short)
	case took > t.within(limit):
		return fmt.Errorf("it took %s: %s", took.Round(time.Millisecond), short)
	case len(w.status) > 0 && !slices.Contains(w.status, status):
		return fmt.Errorf("wanted status %v: %s", w.status, short)
	case w.bytes > 0 && len(text) > w.bytes:
		return fmt.Errorf("an answer of %d bytes: %s", len(text), short)
	}
	for _, forbidden := range append(slices.Clone(never), w.lacks...) {
		if bytes.Contains(text, []byte(forbidden)) {
			return fmt.Errorf("the answer says %q: %s", forbidden, short)
		}
	}
	return w.judgeGraph(text, short)
}

// judgeGraph looks at an answer as one of GraphQL, where it is one.
func (w want) judgeGraph(text []byte, short string) error {
	var answer struct {
		Data   map[string]any
		Errors []struct{ Extensions struct{ Code string } }
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		if w.good || len(w.codes) > 0 && len(w.status) == 0 {
			return fmt.Errorf("no answer of GraphQL: %s", short)
		}
		return nil
	}
	for _, e := range answer.Errors {
		if !slices.Contains(codes, e.Extensions.Code) {
			return fmt.Errorf("the code %q is none of the API: %s", e.Extensions.Code, short)
		}
	}
	if w.good && len(answer.Errors) > 0 {
		return fmt.Errorf("an error where none should be: %s", short)
	}
	if len(w.codes) > 0 && (len(answer.Errors) == 0 || !slices.Contains(w.codes, answer.Errors[0].Extensions.Code)) {
		return fmt.Errorf("wanted %s: %s", strings.Join(w.codes, " or "), short)
	}
	for name, value := range answer.Data {
		if w.noData && value != nil {
			return fmt.Errorf("%s ran: %s", name, short)
		}
	}
	return nil
}
