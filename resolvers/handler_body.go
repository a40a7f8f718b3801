package resolvers

import (
	"context"
	"strconv"
	"sync"

	"github.com/99designs/gqlgen/graphql"
)

// directSchema is a schema that writes the answers of most queries by itself, without the results, contexts and goroutines
// of gqlgen's execution.
type directSchema interface {
	// Answer appends the data of a query to out. It reports false where the query has to be executed, with what may
	// have been appended of no use.
	Answer(ctx context.Context, op *graphql.OperationContext, out []byte) ([]byte, bool)
}

// body is an answer that is written as a whole. Its memory is used again.
type body struct {
	text    []byte
	version string // what its tag begins with
	known   string // the tag by which the caller has the answer already
}

var bodies = sync.Pool{New: func() any { return &body{text: make([]byte, 0, 4096)} }}

func newBody() *body { return bodies.Get().(*body) }

// maxKeptBody is the largest memory that is kept for the next answer.
const maxKeptBody = 512 << 10

// free gives the memory back. Nobody may hold the text any more.
func (b *body) free() {
	if cap(b.text) <= maxKeptBody {
		*b = body{text: b.text[:0]}
		bodies.Put(b)
	}
}

// written writes the answer of a query where the schema can write it by itself. Whatever goes wrong is left to the
// execution, which says it in its place.
func (h *Handler) written(ctx context.Context, op *operation, b *body) (done bool) {
	schema, ok := h.options.Schema.(directSchema)
	if !ok {
		return false
	}
	defer func() {
		if cause := recover(); cause != nil {
			_ = h.present.recovered(ctx, cause) // it is in the log
			b.text, done = b.text[:0], false
		}
	}()
	const head = `{"data":`
	text, ok := schema.Answer(ctx, op.context, append(b.text[:0], head...))
	if !ok || len(text)-len(head) > h.guard.limits.Reply {
		b.text = b.text[:0]
		return false
	}
	text = append(text, `,"extensions":{"cost":{"limit":`...)
	text = strconv.AppendInt(text, int64(op.limit), 10)
	text = append(text, `,"requested":`...)
	text = strconv.AppendInt(text, int64(op.cost), 10)
	text = append(text, "}}}"...)
	b.text = text
	return true
}
