package resolvers

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// versionedSchema is a schema that knows what its answers depend on.
type versionedSchema interface {
	// Version names the state that the answer to a query is made from. It changes before an answer does, on whatever
	// server that came about. It reports false for queries whose answer depends on more.
	Version(ctx context.Context, op *graphql.OperationContext) (string, bool)
}

// versions makes the part of a tag that says from which state an answer was made, so that a caller who has the answer is
// told so without asking for it again. The key is this process's own: others do not know the part, nor does this program
// once it has been replaced, and compare the rest of the tag. Each part begins with random bytes, for else a guest would see
// it change when something changes that is hidden from guests.
type versions struct{ key [32]byte }

func newVersions() *versions {
	v := &versions{}
	_, _ = rand.Read(v.key[:]) // never fails: it ends the program instead
	return v
}

const (
	versionRandom = 6
	versionSum    = 15
	maxTags       = 16 // of an If-None-Match that are looked at
)

// version is everything that the answer to a request depends on, by a schema and on this server.
type version struct {
	of  *versions
	all []byte
}

// versionOf returns the version of the answer to a GET, nil where nobody knows it.
func (h *Handler) versionOf(ctx context.Context, r *http.Request, mediaType string, op *operation) *version {
	schema, ok := h.options.Schema.(versionedSchema)
	if !ok || r.Method == http.MethodPost || op.kind != ast.Query || op.dry {
		return nil
	}
	vars, err := json.Marshal(op.context.Variables)
	if err != nil {
		return nil
	}
	state, ok := schema.Version(ctx, op.context)
	if !ok {
		return nil
	}
	actor := exchangeFrom(ctx).actor
	v := &version{of: h.versions}
	for _, part := range []string{state, mediaType, string(actor.Role), actor.Subject, op.context.RawQuery, op.context.OperationName,
		string(vars), strconv.Itoa(op.cost), strconv.Itoa(op.limit)} {
		v.all = append(strconv.AppendInt(v.all, int64(len(part)), 10), ':')
		v.all = append(v.all, part...)
	}
	return v
}

// tag returns the part of a tag for the version, "" for none. No two are the same.
func (v *version) tag() string {
	if v == nil {
		return ""
	}
	part := make([]byte, versionRandom, versionRandom+sha256.Size)
	_, _ = rand.Read(part)
	return base64.RawURLEncoding.EncodeToString(v.sum(part)) + "."
}

// sum appends the sum over the version to the random bytes.
func (v *version) sum(random []byte) []byte {
	sum := hmac.New(sha256.New, v.of.key[:])
	_, _ = sum.Write(random[:versionRandom])
	_, _ = sum.Write(v.all)
	return sum.Sum(random[:versionRandom])[:versionRandom+versionSum]
}

// known returns the tag among those that a caller has which is of this version, "" for none.
func (v *version) known(given []string) string {
	if v == nil {
		return ""
	}
	for i, candidate := range strings.Split(strings.Join(given, ","), ",") {
		tag := strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		part, _, versioned := strings.Cut(strings.TrimPrefix(tag, `"`), ".")
		if !versioned || i >= maxTags {
			continue
		}
		raw, err := base64.RawURLEncoding.DecodeString(part)
		if err == nil && len(raw) == versionRandom+versionSum && hmac.Equal(raw, v.sum(append([]byte(nil), raw[:versionRandom]...))) {
			return tag
		}
	}
	return ""
}
