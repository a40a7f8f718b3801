package faults

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"syscall"
	"time"
)

// client sends documents to a server, as somebody or as a guest.
type client struct {
	base  string
	token string
	http  *http.Client
}

// patience is more than the server takes for the slowest request.
const patience = 25 * time.Second

func newClient(base, token string) *client {
	return &client{base: base, token: token, http: &http.Client{
		Timeout: patience, Transport: &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: 20 * time.Second},
	}}
}

// answer is what came back.
type answer struct {
	status int
	data   json.RawMessage
	codes  []string // of errors
	words  []string
}

// certain says whether the request ran, or surely did not.
func (a answer) certain() bool {
	for _, code := range a.codes {
		switch code {
		case "UNAVAILABLE", "TIMEOUT", "INTERNAL":
			return false
		}
	}
	return true
}

func (a answer) has(code string) bool {
	return slices.Contains(a.codes, code)
}

// errNotSent is a request that never reached a server.
var errNotSent = errors.New("nobody listens")

// do sends a document. An error is a connection that broke: what was sent may have been done, unless it is errNotSent.
func (c *client) do(ctx context.Context, document string, variables map[string]any) (answer, error) {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return answer{}, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/graphql", bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/graphql-response+json")
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	response, err := c.http.Do(request)
	if errors.Is(err, syscall.ECONNREFUSED) {
		return answer{}, errNotSent
	}
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return answer{}, err
	}
	return readAnswer(response.StatusCode, text)
}

func readAnswer(status int, text []byte) (answer, error) {
	a := answer{status: status}
	var envelope struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if err := json.Unmarshal(text, &envelope); err != nil {
		return a, fmt.Errorf("status %d, and no JSON: %.200s", status, text)
	}
	a.data = envelope.Data
	for _, e := range envelope.Errors {
		a.codes, a.words = append(a.codes, e.Extensions.Code), append(a.words, e.Message)
	}
	return a, nil
}

// must sends a document that has to be answered, into the value.
func (c *client) must(ctx context.Context, document string, variables map[string]any, into any) error {
	a, err := c.do(ctx, document, variables)
	if err != nil {
		return err
	}
	if len(a.codes) > 0 {
		return fmt.Errorf("status %d, %v %v", a.status, a.codes, a.words)
	}
	return json.Unmarshal(a.data, into)
}

// fetch gets a path as a file, line by line.
func (c *client) fetch(ctx context.Context, path string) ([][]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return nil, err
	}
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: status %d: %.200s", path, response.StatusCode, text)
	}
	return bytes.Split(bytes.TrimSpace(text), []byte("\n")), nil
}
