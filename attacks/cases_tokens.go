package attacks

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// tokenCases bend a good token. They need no key: each must be refused for what it is.
func tokenCases() []Case {
	unsigned := func(header map[string]any) func(string) string {
		return func(token string) string { return reheaded(token, header) }
	}
	cases := []Case{
		bent("j-none", "a token without a signature", func(token string) string {
			return reheaded(token, map[string]any{"alg": "none", "typ": "JWT"})[:strings.LastIndex(reheaded(token, map[string]any{"alg": "none", "typ": "JWT"}), ".")+1]
		}),
		bent("j-None", "another way to write none", unsigned(map[string]any{"alg": "NonE", "typ": "JWT"})),
		bent("j-hs512", "an algorithm that is not the key's", unsigned(map[string]any{"alg": "HS512", "typ": "JWT"})),
		bent("j-rs256", "a key of the caller's in the header", unsigned(map[string]any{"alg": "RS256", "typ": "JWT", "jwk": map[string]any{"kty": "oct", "k": "AAAA"}})),
		bent("j-jku", "an address for keys in the header", unsigned(map[string]any{"alg": "RS256", "typ": "JWT", "jku": "http://127.0.0.1:1/keys"})),
		bent("j-crit", "an extension that nobody knows", unsigned(map[string]any{"alg": "HS256", "typ": "JWT", "crit": []string{"x"}, "x": 1})),
		bent("j-kid", "a path for the name of a key", unsigned(map[string]any{"alg": "HS256", "typ": "JWT", "kid": "../../../dev/null"})),
		bent("j-bit", "one letter of the signature changed", func(token string) string {
			at := strings.LastIndex(token, ".") + 1
			return token[:at] + flip(token[at:at+1]) + token[at+1:]
		}),
		bent("j-role", "another role under the old signature", func(token string) string {
			parts := strings.Split(token, ".")
			claims, _ := base64.RawURLEncoding.DecodeString(parts[1])
			parts[1] = base64.RawURLEncoding.EncodeToString([]byte(strings.NewReplacer("VIEWER", "ADMIN", "EDITOR", "ADMIN").Replace(string(claims))))
			return strings.Join(parts, ".")
		}),
		bent("j-cut", "a token cut off", func(token string) string { return token[:len(token)-10] }),
		bent("j-spaces", "a token with something after it", func(token string) string { return token + "." + token }),
		bent("j-padding", "the other base64", func(token string) string { return token + "==" }),
		bent("j-dots", "a thousand dots", func(string) string { return strings.Repeat(".", 1000) }),
		bent("j-long", "a token of 8 KB", func(token string) string { return token + strings.Repeat("A", 8<<10) }),
	}
	writes := want{codes: []string{"FORBIDDEN"}, noData: true}
	return append(cases,
		Case{ID: "j-viewer", Group: "tokens", About: "a VIEWER writes nothing", tries: []try{
			{as: "VIEWER", body: document(`mutation { createPerson(input: {name: "x"}) { person { id } } }`, nil), want: writes},
			{as: "VIEWER", body: document(`mutation { previewImport(input: {text: "x"}) { text } }`, nil), want: writes},
			{as: "VIEWER", body: document(`mutation { a: __typename createPerson(input: {name: "x"}) { person { id } } }`, nil), want: writes},
		}},
		Case{ID: "j-editor", Group: "tokens", About: "an EDITOR neither deletes nor merges nor undoes", tries: []try{
			{as: "EDITOR", body: document(harmful, nil), want: writes},
			{as: "EDITOR", body: document(`mutation { undo(change: "x") { kept } }`, nil), want: writes},
			{as: "EDITOR", body: document(`mutation { mergePeople(keep: "x", merge: []) { record { id } } }`, nil), want: writes},
		}},
		Case{ID: "j-guest", Group: "tokens", About: "without a token nothing is written", tries: []try{
			{body: document(harmful, nil), want: want{codes: []string{"UNAUTHENTICATED"}, noData: true}},
			{headers: []string{"Cookie", "token=x; Authorization=Bearer x"}, body: document(harmful, nil), want: want{codes: []string{"UNAUTHENTICATED"}, noData: true}},
			{headers: []string{"Authorization", "Basic YWRtaW46YWRtaW4="}, body: document(harmful, nil), want: want{codes: []string{"UNAUTHENTICATED"}, noData: true}},
		}},
	)
}

func flip(letter string) string {
	if letter == "A" {
		return "B"
	}
	return "A"
}

// reheaded gives a token another header.
func reheaded(token string, header map[string]any) string {
	text, _ := json.Marshal(header) // made of what can be written as JSON
	_, rest, _ := strings.Cut(token, ".")
	return base64.RawURLEncoding.EncodeToString(text) + "." + rest
}

// bent is a case of a good token that was changed: it is refused, also where no token would be needed.
func bent(id, about string, bend func(string) string) Case {
	return Case{ID: id, Group: "tokens", About: about, play: func(ctx context.Context, t *Target) error {
		token := t.Tokens["VIEWER"]
		if token == "" {
			return fmt.Errorf("%w: needs a token of VIEWER", errSkipped)
		}
		return try{headers: []string{"Authorization", "Bearer " + bend(token)}, body: document("{ meetings { totalCount } }", nil), want: want{
			status: []int{401, 431}, codes: []string{"UNAUTHENTICATED"}, noData: true, within: 5 * time.Second,
		}}.run(ctx, t)
	}}
}
