package resolvers

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
)

func TestHandlerStatus(t *testing.T) {
	b := newBench(t)
	const good = `{"query":"{ __typename }"}`
	json := []string{"Content-Type", "application/json"}
	for _, c := range []struct {
		name, method, path, body string
		headers                  []string
		status                   int
		code                     string
	}{
		{"good", "POST", "/graphql", good, json, 200, ""},
		{"put", "PUT", "/graphql", good, json, 405, codeBadInput},
		{"delete", "DELETE", "/graphql", good, json, 405, codeBadInput},
		{"no type", "POST", "/graphql", good, nil, 415, codeBadInput},
		{"text", "POST", "/graphql", good, []string{"Content-Type", "text/plain"}, 415, codeBadInput},
		{"text that claims", "POST", "/graphql", good, []string{"Content-Type", "text/plain; application/json"}, 415, codeBadInput},
		{"two types", "POST", "/graphql", good, []string{"Content-Type", "text/plain", "Content-Type", "application/json"}, 415, codeBadInput},
		{"charset", "POST", "/graphql", good, []string{"Content-Type", "application/json; charset=utf-16"}, 415, codeBadInput},
		{"charset utf-8", "POST", "/graphql", good, []string{"Content-Type", "application/json; charset=UTF-8"}, 200, ""},
		{"compressed", "POST", "/graphql", good, append(slices.Clone(json), "Content-Encoding", "gzip"), 415, codeBadInput},
		{"accept html", "POST", "/graphql", good, append(slices.Clone(json), "Accept", "text/html"), 406, codeBadInput},
		{"accept nothing", "POST", "/graphql", good, append(slices.Clone(json), "Accept", "application/json;q=0"), 406, codeBadInput},
		{"too large", "POST", "/graphql", `{"query":"` + strings.Repeat(" ", 300<<10) + `"}`, json, 413, codeBadInput},
		{"form", "POST", "/graphql", "", []string{"Content-Type", "multipart/form-data; boundary=x"}, 403, codeCSRF},
		{"bad token", "POST", "/graphql", good, append(slices.Clone(json), "Authorization", "Bearer x.y.z"), 401, codeUnauthenticated},
		{"no such scheme", "GET", "/graphql?query={__typename}", "", []string{"Authorization", "Basic eA=="}, 401, codeUnauthenticated},
		{"get", "GET", "/graphql?query={__typename}", "", nil, 200, ""},
		{"get nothing", "GET", "/graphql", "", nil, 400, codeBadInput},
		{"get twice", "GET", "/graphql?query={__typename}&query={__typename}", "", nil, 400, codeBadInput},
		{"get bad variables", "GET", "/graphql?query={__typename}&variables=[1]", "", nil, 400, codeBadInput},
		{"get mutation", "GET", "/graphql?query=mutation{open}", "", nil, 405, codeBadInput},
		{"subscription", "POST", "/graphql", `{"query":"subscription { silence }"}`, json, 400, codeBadInput},
		{"batch", "POST", "/graphql", "[" + good + "]", json, 400, codeBadInput},
		{"two values", "POST", "/graphql", good + good, json, 400, codeBadInput},
		{"two queries", "POST", "/graphql", `{"query":"{ __typename }","query":"mutation { open }"}`, json, 400, codeBadInput},
		{"capital", "POST", "/graphql", `{"Query":"{ __typename }"}`, json, 400, codeBadInput},
		{"no utf-8", "POST", "/graphql", "{\"query\":\"{ __typename } #\xff\"}", json, 400, codeBadInput},
		{"persisted", "POST", "/graphql", `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}`, json, 200, codePersisted},
	} {
		r := b.do(c.method, c.path, c.body, c.headers...)
		if r.status != c.status || r.code() != c.code {
			t.Errorf("%s: %d %s, want %d %s: %s", c.name, r.status, r.code(), c.status, c.code, r.text)
		}
		if c.code != "" && strings.Contains(r.text, `"data"`) {
			t.Errorf("%s: an answer to what did not run has data: %s", c.name, r.text)
		}
		if r.header.Get("X-Content-Type-Options") != "nosniff" || r.header.Get("Cache-Control") == "" {
			t.Errorf("%s: headers are missing: %v", c.name, r.header)
		}
		if c.status == 405 && r.header.Get("Allow") == "" || c.status == 401 && r.header.Get("WWW-Authenticate") == "" {
			t.Errorf("%s: %d without its header: %v", c.name, c.status, r.header)
		}
	}
	if slices.Contains(b.schema.executed(), "open") {
		t.Error("a mutation ran that must not")
	}
}

func TestHandlerStatusByMediaType(t *testing.T) {
	for _, c := range []struct {
		document string
		code     string
		json     int
		graphql  int
		draft    int
	}{
		{"{ __typename", codeParse, 200, 400, 400},
		{"{ nothing }", codeValidation, 200, 400, 422},
		{"{ a: __typename ...f } fragment f on Query { ...f }", codeValidation, 200, 400, 422},
		{"{ things(first: -1) { totalCount } }", codeBadInput, 200, 400, 422},
		{"mutation { open", codeParse, 200, 400, 400},
		{"mutation { change(id: 1) }", codeUnauthenticated, 401, 401, 401},
	} {
		for _, draft := range []bool{false, true} {
			b := newBench(t, func(o *Options) { o.DraftStatus = draft })
			for mediaType, want := range map[string]int{typeJSON: c.json, typeGraphQL: c.graphql} {
				if draft {
					want = c.draft
				}
				r := b.ask(c.document, "", "Accept", mediaType)
				if r.status != want || r.code() != c.code || !strings.HasPrefix(r.header.Get("Content-Type"), mediaType) {
					t.Errorf("%s as %s, draft %v: %d %s %s, want %d %s", c.document, mediaType, draft, r.status, r.code(), r.header.Get("Content-Type"), want, c.code)
				}
			}
		}
	}
}

func TestDraftPartialData(t *testing.T) {
	b := newBench(t, func(o *Options) { o.DraftStatus = true })
	if r := b.ask("{ broken __typename }", ""); r.status != 294 || r.body.Data["__typename"] != "Query" {
		t.Errorf("data with errors: %d %s, want 294", r.status, r.text)
	}
}

func TestNegotiate(t *testing.T) {
	for accept, want := range map[string]string{
		"":                                  typeJSON,
		"*/*":                               typeJSON,
		"application/*":                     typeJSON,
		"application/json":                  typeJSON,
		"application/graphql-response+json": typeGraphQL,
		"application/graphql-response+json, application/json;q=0.9": typeGraphQL,
		"application/graphql-response+json;q=0.5, application/json": typeJSON,
		"application/json, application/graphql-response+json":       typeGraphQL,
		"application/json;q=0, */*":                                 typeGraphQL,
		"text/html, */*;q=0.1":                                      typeJSON,
		"text/html":                                                 "",
		"text/event-stream":                                         typeEvents,
		"text/*":                                                    "",
		"application/json; charset=utf-16":                          "",
		"application/json; q=2":                                     "",
		"garbage":                                                   "",
		"text/event-stream, application/json;q=0.1":                 typeEvents,
	} {
		header := http.Header{}
		if accept != "" {
			header.Set("Accept", accept)
		}
		if got := negotiate(header, false); got != want {
			t.Errorf("Accept: %s gives %q, want %q", accept, got, want)
		}
	}
	if got := negotiate(http.Header{}, true); got != typeGraphQL {
		t.Errorf("without Accept the draft wants %q, got %q", typeGraphQL, got)
	}
}

func TestHandlerCache(t *testing.T) {
	b := newBench(t)
	path := "/graphql?query=" + url.QueryEscape("{ __typename }")
	first := b.do("GET", path, "")
	tag := first.header.Get("ETag")
	if first.status != 200 || tag == "" || strings.HasPrefix(tag, "W/") || first.header.Get("Cache-Control") != "public, no-cache" {
		t.Fatalf("the first answer: %d %v", first.status, first.header)
	}
	again := b.do("GET", path, "", "If-None-Match", `"other", W/`+tag)
	if again.status != 304 || again.text != "" || again.header.Get("ETag") != tag {
		t.Errorf("with the tag: %d %q", again.status, again.text)
	}
	if other := b.do("GET", path, "", "If-None-Match", tag, "Accept", typeGraphQL); other.status != 200 {
		t.Errorf("the tag of another media type is taken for the same: %d", other.status)
	}
	mine := b.do("GET", path, "", "Authorization", bearer(b.token(models.RoleViewer, time.Minute)))
	if mine.header.Get("Cache-Control") != "private, no-cache" {
		t.Errorf("an answer to a token may be kept by %s", mine.header.Get("Cache-Control"))
	}
	for _, name := range []string{"Accept", "Authorization"} {
		if !strings.Contains(first.header.Get("Vary"), name) {
			t.Errorf("Vary: %s lacks %s", first.header.Get("Vary"), name)
		}
	}
	if failed := b.do("GET", "/graphql?query={broken}", ""); failed.header.Get("ETag") != "" || failed.header.Get("Cache-Control") != "no-store" {
		t.Errorf("an answer with errors may be kept: %v", failed.header)
	}
}

func TestGate(t *testing.T) {
	b := newBench(t)
	viewer, editor := bearer(b.token(models.RoleViewer, time.Minute)), bearer(b.token(models.RoleEditor, time.Minute))
	for _, c := range []struct {
		document, token, code string
	}{
		{`mutation { change(id: "1") }`, "", codeUnauthenticated},
		{`mutation { change(id: "1") }`, viewer, codeForbidden},
		{`mutation { change(id: "1") }`, editor, ""},
		{`mutation { open destroy }`, editor, codeForbidden},
		{`mutation { ...f } fragment f on Mutation { ... { x: destroy } }`, editor, codeForbidden},
		{`mutation { destroy @skip(if: true) open }`, editor, ""},
		{`subscription { ticks(to: 1) }`, "", codeUnauthenticated},
	} {
		before := len(b.schema.executed())
		var headers []string
		if c.token != "" {
			headers = []string{"Authorization", c.token}
		}
		r := b.ask(c.document, "", headers...)
		if r.code() != c.code {
			t.Errorf("%s: %s, want %s: %s", c.document, r.code(), c.code, r.text)
		}
		if c.code != "" && len(b.schema.executed()) != before {
			t.Errorf("%s: something ran before it was refused", c.document)
		}
	}
	lowered := b.ask(`mutation { change(id: "1") }`, "", "Authorization", editor, "X-Minutebook-Role", "VIEWER")
	if lowered.status != 403 || lowered.code() != codeForbidden {
		t.Errorf("an editor who asks for VIEWER: %d %s", lowered.status, lowered.text)
	}
}

func TestPresenter(t *testing.T) {
	b := newBench(t)
	r := b.ask("{ broken __typename }", "")
	if r.code() != codeInternal || r.status != 200 || r.body.Data["__typename"] != "Query" {
		t.Errorf("a failed field: %d %s", r.status, r.text)
	}
	if strings.Contains(r.text, "dsn") {
		t.Errorf("the inside is shown: %s", r.text)
	}
	id := r.header.Get("X-Request-ID")
	if !strings.Contains(r.text, id) || !strings.Contains(b.log.String(), "dsn root:pw") || !strings.Contains(b.log.String(), id) {
		t.Errorf("request %s is not to be found in the log: %s", id, b.log)
	}
	r = b.ask("{ panics }", "")
	if r.code() != codeInternal || strings.Contains(r.text, "secret") || !strings.Contains(b.log.String(), "a secret of the inside") {
		t.Errorf("a panic: %d %s", r.status, r.text)
	}
	if r = b.ask("{ slow }", ""); r.code() != codeTimeout {
		t.Errorf("a query that takes too long: %d %s", r.status, r.text)
	}
	if r = b.post(`{"query":"{ __typename }","variables":{"password":"LOGCANARY"`); strings.Contains(r.text+b.log.String(), "LOGCANARY") {
		t.Errorf("a broken body is repeated: %s", r.text)
	}
}

func TestErrorsAreBounded(t *testing.T) {
	b := newBench(t)
	r := b.ask("{ "+strings.Repeat("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz ", 300)+"}", "")
	if len(r.body.Errors) == 0 || len(r.body.Errors) > maxErrors || len(r.text) > 4096 {
		t.Errorf("%d errors in %d bytes", len(r.body.Errors), len(r.text))
	}
	long := strings.Repeat("é", 400)
	if got := clip(long); len([]rune(got)) != maxMessage {
		t.Errorf("a message of 400 characters is cut to %d", len([]rune(got)))
	}
}

func TestNoSuggestions(t *testing.T) {
	documents := []string{
		"{ thing { totalCount } }", "{ things(firs: 1) { totalCount } }", "{ take(role: EDITR) }", `{ take(role: "EDITOR") }`,
		"{ things { ... on Thong { id } } }", "{ things(filter: {nam: {eq: \"\"}}) { totalCount } }", "{ things }",
		"query($v: StringFiltr) { things(filter: $v) { totalCount } }", "{ __typename @skp(if: true) }",
	}
	shown := 0
	for _, on := range []bool{false, true} {
		b := newBench(t, func(o *Options) { o.Suggestions = on })
		for _, document := range documents {
			r := b.ask(document, "")
			if r.code() != codeValidation {
				t.Errorf("%s: %s", document, r.text)
			}
			if strings.Contains(r.text, "Did you mean") {
				if shown++; !on {
					t.Errorf("%s gives a hint: %s", document, r.text)
				}
			}
		}
	}
	if shown == 0 {
		t.Error("no hint is given even where they are wanted: the documents prove nothing")
	}
}

func TestIntrospection(t *testing.T) {
	for _, document := range []string{
		"{ __schema { types { name } } }", `{ x: __type(name: "Thing") { name } }`,
		"{ ...f } fragment f on Query { __schema { queryType { name } } }", "{ __typename } fragment f on Query { __schema { queryType { name } } }",
	} {
		if r := newBench(t).ask(document, ""); r.code() != codeIntrospection {
			t.Errorf("%s: %s", document, r.text)
		}
	}
	on := newBench(t, func(o *Options) { o.Introspection = true })
	if r := on.ask("{ __schema { types { name fields { name type { name ofType { name ofType { name ofType { name } } } } } } } }", ""); r.code() != "" {
		t.Errorf("where it is on: %s", r.text)
	}
}

func TestCORS(t *testing.T) {
	b := newBench(t, func(o *Options) { o.Origins = []string{"https://friend.example"} })
	for origin, want := range map[string]string{"https://friend.example": "https://friend.example", "https://evil.example": "", "null": ""} {
		r := b.do("OPTIONS", "/graphql", "", "Origin", origin, "Access-Control-Request-Method", "POST")
		if r.status != 204 || r.header.Get("Access-Control-Allow-Origin") != want {
			t.Errorf("preflight of %s: %d %v", origin, r.status, r.header)
		}
		if r := b.ask("{ __typename }", "", "Origin", origin); r.header.Get("Access-Control-Allow-Origin") != want || r.header.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("request of %s: %v", origin, r.header)
		}
	}
}

func TestDryRun(t *testing.T) {
	b := newBench(t)
	r := b.post(`{"query":"{ things(first: 10) { nodes { id } } }","extensions":{"dryRun":true}}`)
	cost, _ := r.body.Extensions["cost"].(map[string]any)
	if r.status != 200 || cost["requested"] != 13.0 || cost["dryRun"] != true || len(b.schema.executed()) != 0 {
		t.Errorf("%d %s, ran %v", r.status, r.text, b.schema.executed())
	}
}

func TestLogHasNoSecrets(t *testing.T) {
	b := newBench(t)
	token := b.token(models.RoleEditor, time.Minute)
	b.ask(`mutation Name { change(id: "CANARY-literal") }`, `{"v":"CANARY-variable"}`, "Authorization", bearer(token))
	b.do("GET", "/graphql?query="+url.QueryEscape(`{ take(string: "CANARY-address") }`), "")
	b.ask("query Z { __typename }", "", "X-Forwarded-For", "CANARY-header")
	log := b.log.String()
	if strings.Contains(log, "CANARY") || strings.Contains(log, token) || strings.Contains(log, "\x1b") {
		t.Errorf("the log has what it must not: %s", log)
	}
	for _, want := range []string{`"operation":"mutation Name"`, `"subject":"somebody"`, `"role":"EDITOR"`, `"cost":`} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %s: %s", want, log)
		}
	}
}
