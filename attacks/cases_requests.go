package attacks

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

const harmful = `mutation { deleteMeeting(id: "meeting_AAAAAAAAAAAAAAAAAAAAAA", reason: ERROR) { deletedId } }`

// refused are the statuses of a request that is no request of GraphQL.
var refused = []int{400, 403, 405, 406, 413, 415, 422, 431}

func transportCases() []Case {
	nothing := want{status: refused, noData: true}
	sent := func(id, about string, w want, headers ...string) Case {
		return Case{ID: id, Group: "transport", About: about, tries: []try{{headers: headers, body: document(harmful, nil), want: w}}}
	}
	cases := []Case{
		sent("t-plain", "a mutation as text/plain, which a page of another site may send", nothing, "Content-Type", "text/plain"),
		sent("t-form", "a mutation as a form", nothing, "Content-Type", "application/x-www-form-urlencoded"),
		sent("t-json-like", "a content type that only begins like JSON", nothing, "Content-Type", "application/jsonp"),
		sent("t-encoding", "a compressed body is not unpacked", nothing, "Content-Encoding", "gzip"),
		sent("t-charset", "JSON in another character set", nothing, "Content-Type", "application/json; charset=utf-16"),
		sent("t-override", "a method in a header", want{codes: []string{"UNAUTHENTICATED"}, noData: true}, "X-HTTP-Method-Override", "GET"),
		sent("t-multipart", "a form with files and without the header that asks first", nothing, "Content-Type", "multipart/form-data; boundary=x"),
		sent("t-header", "a header of 60 KB", want{status: []int{431, 400, 401}}, "X-Long", strings.Repeat("x", 60<<10)),
		{ID: "t-get", Group: "transport", About: "a mutation by GET", tries: []try{
			{method: http.MethodGet, path: "/graphql?query=mutation%7BsignOut%7BsignedOut%7D%7D", want: nothing},
			{method: http.MethodHead, path: "/graphql?query=mutation%7BsignOut%7BsignedOut%7D%7D", want: want{status: refused}},
		}},
		{ID: "t-twice", Group: "transport", About: "two queries in one address", tries: []try{
			{method: http.MethodGet, path: "/graphql?query=%7B__typename%7D&query=mutation%7BsignOut%7BsignedOut%7D%7D", want: want{status: append([]int{200}, refused...)}},
		}},
	}
	methods := Case{ID: "t-methods", Group: "transport", About: "methods that are none of this API"}
	for _, method := range []string{"PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "BREW"} {
		methods.tries = append(methods.tries, try{method: method, body: document("{ __typename }", nil), want: want{status: []int{400, 405, 501}}})
	}
	return append(cases, methods)
}

func parsingCases() []Case {
	bad := want{status: refused, noData: true, bytes: 4000}
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	return []Case{
		bodies("p-none", "parsing", "bodies that are no request", bad, "", " ", "{", "[]", "null", "1", `"x"`, "true", `{"query"}`, `{"query":[]}`, `{"query":{}}`,
			`{"q":"{__typename}"}`, `{"query":"{__typename}"}}`, `{"query":"{__typename}"} {}`, "{'query':'{__typename}'}", "query={__typename}", "\xff\xfe{\x00"),
		bodies("p-twice", "parsing", "a key that stands there twice", bad, `{"query":"{__typename}","query":"mutation{signOut{signedOut}}"}`,
			`{"query":"{__typename}","variables":{},"variables":{"a":1}}`, `{"query":"{__typename}","variables":{"a":{"b":1,"b":2}}}`),
		bodies("p-deep", "parsing", "JSON nested 50,000 deep, wherever it stands", want{status: refused, within: 3 * time.Second},
			deep(50_000), `{"query":"{__typename}","variables":`+deep(50_000)+`}`, `{"query":"{__typename}","extensions":{"a":`+deep(50_000)+`}}`, `{"x":`+deep(50_000)+`}`),
		bodies("p-numbers", "parsing", "numbers of ten thousand digits", want{codes: []string{"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}, noData: true, within: 3 * time.Second, bytes: 4000},
			`{"query":"query($n:Int){meetings(first:$n){totalCount}}","variables":{"n":`+strings.Repeat("9", 10_000)+`}}`,
			`{"query":"query($n:Int){meetings(first:$n){totalCount}}","variables":{"n":1e999999999}}`,
			`{"query":"query($n:Int){meetings(first:$n){totalCount}}","variables":{"n":2147483648}}`,
			`{"query":"{meetings(first:`+strings.Repeat("9", 10_000)+`){totalCount}}"}`),
		bodies("p-types", "parsing", "variables of other types than declared", want{codes: []string{"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}, noData: true, bytes: 4000},
			`{"query":"query($n:Int){meetings(first:$n){totalCount}}","variables":{"n":"1"}}`, `{"query":"query($n:Int){meetings(first:$n){totalCount}}","variables":{"n":[1]}}`,
			`{"query":"query($n:Int){meetings(first:$n){totalCount}}","variables":{"n":true}}`, `{"query":"query($i:ID!){node(id:$i){id}}","variables":{"i":{"a":1}}}`,
			`{"query":"query($i:ID!){node(id:$i){id}}","variables":{}}`, `{"query":"query($i:ID!){node(id:$i){id}}","variables":{"i":null}}`),
		bodies("p-variables", "parsing", "variables that are no object", bad, `{"query":"{__typename}","variables":[]}`, `{"query":"{__typename}","variables":"{}"}`, `{"query":"{__typename}","variables":1}`),
		asks("p-nul", "parsing", "documents with characters that have no place there", want{codes: []string{"GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"}, noData: true, bytes: 4000},
			"{\x00__typename}", "{__typename\x00}", "{ \u202e__typename }", "{ｍeetings{totalCount}}", "{__typename", "}", "{}", "query", "{a(b:$)}", `{a(b:"\ud800")}`, `{a(b:"\x")}`, "{a(b:\"\"\"x)}"),
		asks("p-names", "parsing", "names that the schema does not have", want{codes: []string{"GRAPHQL_VALIDATION_FAILED"}, noData: true, bytes: 6000},
			"{ __proto__ }", "{ constructor }", "{ meetings { nodes { __proto__ } } }", "{ ...F } fragment F on Nothing { a }", "query($a: Nothing) { __typename }", "{ __typename @nothing }",
			"{ meetings(nothing: 1) { totalCount } }", "{ meetings(filter: {nothing: 1}) { totalCount } }"),
		asks("p-circles", "parsing", "fragments in circles", want{codes: []string{"GRAPHQL_VALIDATION_FAILED"}, noData: true, bytes: 6000, within: 3 * time.Second},
			"{ ...F } fragment F on Query { ...F }", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }"),
		asks("p-nulls", "parsing", "null and nothing in filters never means everything", want{codes: []string{"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}, noData: true},
			"{ meetings(filter: {id: {eq: null}}) { totalCount } }", "{ meetings(filter: {or: []}) { totalCount } }", "{ meetings(filter: {title: {contains: null}}) { totalCount } }"),
	}
}

// doubling is a document whose fragments spread each other twice: n of them are 2^n fields.
func doubling(n int) string {
	var b strings.Builder
	b.WriteString("{ ...F0 }")
	for i := range n {
		fmt.Fprintf(&b, " fragment F%d on Query { ...F%d ...F%d }", i, i+1, i+1)
	}
	fmt.Fprintf(&b, " fragment F%d on Query { __typename }", n)
	return b.String()
}

func limitCases() []Case {
	limited := want{
		codes:  []string{"LIMIT_TOKENS", "LIMIT_DEPTH", "LIMIT_ALIASES", "LIMIT_ROOT_FIELDS", "LIMIT_COST", "BAD_USER_INPUT", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"},
		noData: true, within: 3 * time.Second, bytes: 8000,
	}
	numbered := func(form string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, form, i)
		}
		return b.String()
	}
	walk := strings.Repeat("agendaItems { nodes { meeting { ", 12) + "id" + strings.Repeat(" } } }", 12)
	return []Case{
		asks("l-aliases", "limits", "one thing under many names", limited, "{ "+numbered("a%d: __typename ", 1000)+"}", "{ "+numbered("a%d: meetings { totalCount } ", 60)+"}"),
		asks("l-fragments", "limits", "fragments that double", limited, doubling(20), doubling(90)),
		asks("l-inline", "limits", "fragments within fragments", limited, "{ "+strings.Repeat("... { ", 900)+"__typename"+strings.Repeat(" }", 900)+" }"),
		asks("l-depth", "limits", "a walk there and back twelve times", limited, "{ meetings { nodes { "+walk+" } } }"),
		asks("l-pages", "limits", "pages beyond any size", limited, "{ meetings(first: 2147483647) { totalCount } }", "{ meetings(first: -1) { totalCount } }", "{ meetings(last: 100000) { totalCount } }",
			"{ meetings(first: 100) { nodes { agendaItems(first: 100) { nodes { decisions(first: 100) { nodes { id } } } } } } }"),
		asks("l-directives", "limits", "directives without end", limited, "{ __typename "+strings.Repeat("@include(if: true) ", 500)+"}", "query "+strings.Repeat("@x ", 1500)+"{ __typename }"),
		{ID: "l-transaction", Group: "limits", About: "one transaction of 50 fields, of guesses at a password, or of what the role may not", tries: []try{
			{as: "EDITOR", body: document("mutation @transaction { "+numbered(`a%d: createPerson(input: {name: "x"}) { userErrors { code } } `, 25)+numbered(`b%d: deletePerson(id: "x", reason: OTHER) { deletedId } `, 25)+"}", nil), want: want{codes: []string{"LIMIT_ROOT_FIELDS", "LIMIT_ALIASES"}, noData: true}},
			{body: document("mutation @transaction { "+numbered(`a%d: signIn(username: "admin", password: "guess") { token } `, 5)+"}", nil), want: want{codes: []string{"BAD_USER_INPUT"}, noData: true}},
			{as: "VIEWER", body: document(`mutation @transaction { createPerson(input: {name: "x"}) { userErrors { code } } }`, nil), want: want{codes: []string{"FORBIDDEN"}, noData: true}},
			{as: "EDITOR", body: document(`mutation @transaction { createPerson(input: {name: "x"}) { userErrors { code } } deletePerson(id: "x", reason: OTHER) { deletedId } }`, nil), want: want{codes: []string{"FORBIDDEN"}, noData: true}},
		}},
		asks("l-variables", "limits", "variables without end", limited, "query("+numbered("$v%d: Int ", 3000)+") { __typename }"),
		asks("l-lists", "limits", "lists without end", limited, `{ nodes(ids: [`+strings.Repeat(`"meeting_AAAAAAAAAAAAAAAAAAAAAA" `, 900)+`]) { id } }`,
			`{ meetings(filter: {ordinal: {in: [`+strings.Repeat("1 ", 1500)+`]}}) { totalCount } }`),
		asks("l-filters", "limits", "filters within filters", limited, "{ meetings(filter: "+strings.Repeat("{not: ", 300)+"{ordinal: {eq: 1}}"+strings.Repeat("}", 300)+") { totalCount } }",
			"{ meetings(filter: {or: ["+strings.Repeat("{ordinal: {eq: 1}} ", 300)+"]}) { totalCount } }"),
		asks("l-conflicts", "limits", "fields that conflict: the answer is not longer than the question", limited, "{ "+numbered("a: meetings(first: %d) { totalCount } ", 150)+"}"),
		asks("l-unknown", "limits", "many unknown fields: few errors", limited, "{ "+numbered("nothing%d ", 900)+"}"),
		asks("l-strings", "limits", "texts of 20,000 characters", limited, `{ search(query: "`+strings.Repeat("市", 10_000)+`") { totalCount } }`, `{ meetings(filter: {title: {eq: "`+strings.Repeat("x", 20_000)+`"}}) { totalCount } }`),
		asks("l-introspection", "limits", "introspection in circles", want{codes: []string{"INTROSPECTION_DISABLED", "LIMIT_DEPTH", "LIMIT_COST"}, noData: true},
			"{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"),
		{ID: "l-body", Group: "limits", About: "a body of 8 MB", tries: []try{{body: []byte(`{"query":"{__typename}","x":"` + strings.Repeat("x", 8<<20) + `"}`), want: want{status: []int{413}, within: 15 * time.Second}}}},
		bodies("l-batch", "limits", "many requests in one", want{status: refused, noData: true}, "["+strings.TrimSuffix(strings.Repeat(`{"query":"{__typename}"},`, 500), ",")+"]"),
	}
}

func injectionCases() []Case {
	texts := []string{"' OR '1'='1", `" OR ""="`, "1; DROP TABLE meetings", "%", "_", `\`, `\'`, "\x00", "a\x00b", "' UNION SELECT 1 --", "/*", "{{7*7}}", "${7*7}", "<script>", "\u202e", "😀", "e\u0301", "\ufeff",
		"+", "*", "((", "~", "@8", "+a -", "a*", `"`, `"a`, "<>", "a@b", "-", "OR", "AND", "NEAR(", "NOT", "^", "{a", "a:b", "title:x"}
	c := func(id, about, text, variable string, w want) Case {
		c := Case{ID: id, Group: "injection", About: about}
		for _, s := range texts {
			c.tries = append(c.tries, try{body: document(text, map[string]any{variable: s}), want: w})
		}
		return c
	}
	fine := want{good: true, within: 5 * time.Second}
	invalid := want{codes: []string{"BAD_USER_INPUT"}, bytes: 4000}
	cases := []Case{
		c("i-search", "operators of every search engine are words", "query($s: String!) { search(query: $s) { totalCount } }", "s", want{within: 5 * time.Second}),
		c("i-id", "ids that are none", "query($s: ID!) { node(id: $s) { id } }", "s", invalid),
		c("i-cursor", "cursors that are none", "query($s: String!) { meetings(first: 1, after: $s) { totalCount } }", "s", invalid),
		c("i-date", "dates that are none", "query($s: Date!) { meetings(filter: {heldOn: {eq: $s}}) { totalCount } }", "s", invalid),
	}
	for _, operator := range []string{"eq", "contains", "startsWith"} {
		cases = append(cases, c("i-"+operator, "SQL in the operand of "+operator, "query($s: String!) { meetings(filter: {title: {"+operator+": $s}}) { totalCount } }", "s", fine))
	}
	cases = append(cases, c("i-matches", "operators in the operand of matches", "query($s: String!) { meetings(filter: {title: {matches: $s}}) { totalCount } }", "s", want{within: 5 * time.Second}))
	dates := Case{ID: "i-days", Group: "injection", About: "days that no calendar has"}
	for _, day := range []string{"2024-02-30", "0000-00-00", "2024-13-01", "99999-01-01", "-2024-01-01", "2024-1-1", "２０２４-01-01", "2024-01-01T00:00:00Z", ""} {
		dates.tries = append(dates.tries, try{body: document("query($d: Date!) { meetings(filter: {heldOn: {eq: $d}}) { totalCount } }", map[string]any{"d": day}), want: invalid})
	}
	return append(cases, dates)
}

func leakCases() []Case {
	secret := "zzsecret%0d%0aZZ"
	paths := Case{ID: "k-paths", Group: "leak", About: "what must not be served"}
	for _, path := range []string{
		"/debug/pprof/", "/debug/vars", "/metrics", "/.git/config", "/.env", "/graphiql", "/playground", "/altair", "/server-status", "/actuator/env", "/minutebook.db",
		"/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/export/..%2f..%2fgo.mod", "/export/users.csv", "/export/accounts.jsonl", "/export/schema_migrations.csv", "//etc/passwd", "/index.html%00.txt",
	} {
		paths.tries = append(paths.tries, try{method: http.MethodGet, path: path, want: want{lacks: []string{"root:", "[core]", "go_goroutines", "password", "argon2", "module github.com"}}})
	}
	return []Case{
		paths,
		asks("k-introspection", "leak", "the schema is not shown by introspection", want{codes: []string{"INTROSPECTION_DISABLED"}, noData: true, lacks: []string{"\"fields\""}},
			"{ __schema { types { name } } }", `{ __type(name: "Meeting") { fields { name } } }`, "{ a: __schema { queryType { name } } }", "{ ...F } fragment F on Query { __schema { types { name } } }"),
		asks("k-hints", "leak", "near misses get no hint", want{codes: []string{"GRAPHQL_VALIDATION_FAILED"}, noData: true, lacks: []string{"id you mean", "meetings\" or"}},
			"{ meeting(idd: 1) { id } }", "{ meetingss { totalCount } }", "{ meetings(orderBy: [{field: HELD_OM}]) { totalCount } }", "mutation { createPerso(input: {}) { __typename } }"),
		{ID: "k-echo", Group: "leak", About: "values are not repeated in errors", tries: []try{
			{body: []byte(`{"query":"query($n: Int) { meetings(first: $n) { totalCount } }","variables":{"n":"` + secret + `"}}`), want: want{codes: []string{"BAD_USER_INPUT"}, lacks: []string{secret}}},
			{body: []byte(`{"query": "` + secret), want: want{status: refused, lacks: []string{secret}}},
			{headers: []string{"Authorization", "Bearer " + secret}, body: document("{ __typename }", nil), want: want{status: []int{401}, lacks: []string{secret}}},
		}},
	}
}
