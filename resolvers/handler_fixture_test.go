package resolvers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
)

// tinySDL has what the way in needs to be seen with: a list, a gated field, an upload, a OneOf, events.
const tinySDL = `
directive @auth(requires: Role! = EDITOR) on FIELD_DEFINITION
directive @cost(weight: Int!, multiplier: String) on FIELD_DEFINITION
enum Role { VIEWER EDITOR ADMIN }
scalar Date
scalar Upload
type PageInfo { hasNextPage: Boolean! }
type Thing { id: ID! name: String things(first: Int, last: Int): ThingConnection! parent: Thing names: [Name!]! }
type Name { text: String! }
type ThingConnection { nodes: [Thing!]! edges: [ThingEdge!]! pageInfo: PageInfo! totalCount: Int! }
type ThingEdge { node: Thing! cursor: String! }
input StringFilter { eq: String in: [String!] isNull: Boolean }
input ThingFilter { and: [ThingFilter!] or: [ThingFilter!] not: ThingFilter name: StringFilter }
input Which @oneOf { id: ID name: String }
type Query {
  things(filter: ThingFilter, first: Int, last: Int): ThingConnection!
  nodes(ids: [ID!]!): [Thing]!
  take(int: Int, float: Float, string: String, boolean: Boolean, id: ID, role: Role, date: Date, list: [Int!], which: Which): String
  dear: String @cost(weight: 500)
  scaled(n: Int = 3): [Name!]! @cost(weight: 2, multiplier: "n")
  slow: String
  broken: String
  panics: String
}
type Mutation {
  change(id: ID!): String @auth
  destroy: String @auth(requires: ADMIN)
  open: String
  upload(file: Upload!): String @auth
}
type Subscription { ticks(to: Int!): Int! @auth(requires: VIEWER) silence: Int! }
`

var tinySchema = gqlparser.MustLoadSchema(&ast.Source{Name: "tiny.graphqls", Input: tinySDL})

// tiny answers tinySDL in as few lines as it takes: what is executed is gqlgen's business, not the way in's.
type tiny struct {
	mu  sync.Mutex
	ran []string // root fields that were executed
}

func (t *tiny) Schema() *ast.Schema { return tinySchema }

func (t *tiny) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (t *tiny) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	if op.Operation.Operation == ast.Subscription {
		return t.events(ctx, op)
	}
	done := false
	return func(ctx context.Context) *graphql.Response {
		if done {
			return nil
		}
		done = true
		return t.once(ctx, op)
	}
}

func (t *tiny) once(ctx context.Context, op *graphql.OperationContext) *graphql.Response {
	data := map[string]any{}
	for _, field := range graphql.CollectFields(op, op.Operation.SelectionSet, nil) {
		t.mu.Lock()
		t.ran = append(t.ran, field.Name)
		t.mu.Unlock()
		data[field.Alias] = field.Name
		switch field.Name {
		case "__typename":
			data[field.Alias] = field.ObjectDefinition.Name
		case "slow":
			<-ctx.Done()
			graphql.AddError(ctx, fmt.Errorf("reading: %w", ctx.Err()))
			data[field.Alias] = nil
		case "broken":
			graphql.AddError(ctx, errors.New("dsn root:pw@tcp(10.0.0.1): no such table"))
			data[field.Alias] = nil
		case "panics":
			panic("a secret of the inside")
		case "upload":
			file := field.ArgumentMap(op.Variables)["file"].(graphql.Upload)
			var content bytes.Buffer
			_, _ = content.ReadFrom(file.File)
			data[field.Alias] = fmt.Sprintf("%s %d %s", file.Filename, file.Size, content.String())
		}
	}
	text, err := json.Marshal(data)
	if err != nil {
		panic(err)
	}
	return &graphql.Response{Data: text}
}

// events counts up to the argument, then ends; silence says nothing until it is ended.
func (t *tiny) events(ctx context.Context, op *graphql.OperationContext) graphql.ResponseHandler {
	field := graphql.CollectFields(op, op.Operation.SelectionSet, nil)[0]
	if field.Name == "silence" {
		return func(context.Context) *graphql.Response { <-ctx.Done(); return nil }
	}
	last := field.ArgumentMap(op.Variables)["to"].(int64)
	n := int64(0)
	return func(context.Context) *graphql.Response {
		if n++; n > last {
			return nil
		}
		return &graphql.Response{Data: json.RawMessage(fmt.Sprintf(`{%q:%d}`, field.Alias, n))}
	}
}

func (t *tiny) executed() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]string(nil), t.ran...)
}

const testSecret = "kT7wQz0mXn4Rb9LcVy2Gd6Hj8Ps1Fa5U-e3BoNiK_uWxM"

func testAuth() auth.Config {
	return auth.Config{Secret: testSecret, Issuer: "tests", Audience: "minutebook"}
}

func testLimits() Limits {
	return Limits{
		Document: 32 << 10, Tokens: 2000, Depth: 12, Aliases: 30, RootFields: 20, Mutations: 5, Directives: 20, Fields: 500,
		CostGuest: 10_000, CostUser: 50_000, Page: 100, List: 500, FilterDepth: 8, FilterNodes: 200,
		CachedDocuments: 512, CacheDocument: 4 << 10, CacheAll: 16 << 20,
		Body: 256 << 10, Upload: 1 << 20, Reply: 8 << 20, QueryTime: 300 * time.Millisecond, MutationTime: time.Second,
	}
}

// bench is a server of the tiny schema.
type bench struct {
	t      *testing.T
	schema *tiny
	api    *Handler
	server *httptest.Server
	log    *lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func newBench(t *testing.T, change ...func(*Options)) *bench {
	t.Helper()
	verifier, err := auth.NewVerifier(t.Context(), testAuth())
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, schema: &tiny{}, log: &lockedBuffer{}}
	options := Options{
		Schema: b.schema, Verifier: verifier, Log: slog.New(slog.NewJSONHandler(b.log, nil)), Limits: testLimits(),
		Rates:      Rates{Requests: 100_000, Cost: 10_000_000, UserRequests: 100_000, UserCost: 10_000_000},
		Sockets:    Sockets{Total: 20, PerIP: 10, Subscriptions: 3, InitTimeout: time.Second, Ping: time.Second, MaxAge: time.Minute, WriteTimeout: time.Second, MessageBytes: 8 << 10},
		Concurrent: 4, Queue: 8, QueueWait: time.Second,
	}
	for _, c := range change {
		c(&options)
	}
	b.api = NewHandler(options)
	b.server = httptest.NewServer(Around(b.api, options.Log, options.TrustedProxies, func(*http.Request, int, time.Duration) {}))
	t.Cleanup(b.server.Close)
	t.Cleanup(b.api.Close)
	return b
}

func (b *bench) token(role models.Role, ttl time.Duration) string {
	b.t.Helper()
	issuer, err := auth.NewIssuer(testAuth())
	if err != nil {
		b.t.Fatal(err)
	}
	issued, err := issuer.Issue("somebody", role, ttl)
	if err != nil {
		b.t.Fatal(err)
	}
	return issued.Token
}

// reply is an answer read whole.
type reply struct {
	status int
	header http.Header
	text   string
	body   struct {
		Data   map[string]any `json:"data"`
		Errors []struct {
			Message    string         `json:"message"`
			Extensions map[string]any `json:"extensions"`
		} `json:"errors"`
		Extensions map[string]any `json:"extensions"`
	}
}

// code returns the code of the first error, "" where there is none.
func (r reply) code() string {
	if len(r.body.Errors) == 0 {
		return ""
	}
	code, _ := r.body.Errors[0].Extensions["code"].(string)
	return code
}

func (b *bench) do(method, path, body string, headers ...string) reply {
	b.t.Helper()
	request, err := http.NewRequestWithContext(b.t.Context(), method, b.server.URL+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Add(headers[i], headers[i+1])
	}
	response, err := b.server.Client().Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var text bytes.Buffer
	if _, err := text.ReadFrom(response.Body); err != nil {
		b.t.Fatal(err)
	}
	r := reply{status: response.StatusCode, header: response.Header, text: text.String()}
	_ = json.Unmarshal(text.Bytes(), &r.body) // what is no JSON is judged by its text
	return r
}

func (b *bench) post(body string, headers ...string) reply {
	b.t.Helper()
	return b.do("POST", "/graphql", body, append([]string{"Content-Type", "application/json"}, headers...)...)
}

// ask posts a document with variables given as JSON.
func (b *bench) ask(document, variables string, headers ...string) reply {
	b.t.Helper()
	text, err := json.Marshal(document)
	if err != nil {
		b.t.Fatal(err)
	}
	if variables == "" {
		variables = "null"
	}
	return b.post(`{"query":`+string(text)+`,"variables":`+variables+`}`, headers...)
}

func bearer(token string) string { return "Bearer " + token }
