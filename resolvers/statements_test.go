package resolvers

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// statementCounter counts what is read from the database.
type statementCounter struct {
	sync.Mutex
	seen []string
}

func (c *statementCounter) observe(statement string, _ time.Duration, _ error) {
	c.Lock()
	defer c.Unlock()
	if strings.HasPrefix(statement, "SELECT") {
		c.seen = append(c.seen, statement)
	}
}

func (c *statementCounter) take() []string {
	c.Lock()
	defer c.Unlock()
	seen := c.seen
	c.seen = nil
	return seen
}

// TestOneStatementForEachEdge walks every edge of the schema from every type that has a list at the root, over many
// records at once and on both paths: the list is one statement, the edge at most one more, each edge of what it leads
// to at most one more again.
func TestOneStatementForEachEdge(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		var count statementCounter
		s := populated(t, database, 25, store.Options{Observe: count.observe})
		generic, compiled := schemas(s)
		walked := 0
		for _, list := range generic.Schema().Query.Fields {
			if list.Arguments.ForName("filter") == nil {
				continue
			}
			record := generic.Schema().Types[strings.TrimSuffix(list.Type.Name(), "Connection")]
			for _, edge := range record.Fields {
				below, statements := selection(generic.Schema(), edge, 1)
				if below == "" {
					continue
				}
				query := fmt.Sprintf("{ %s(first: 50) { nodes { %s } } }", list.Name, below)
				for path, schema := range map[string]graphql.ExecutableSchema{"generic": generic, "compiled": compiled} {
					count.take()
					answer := ask(t, schema, readers[1], query, nil)
					if len(answer.Errors) > 0 {
						t.Fatalf("%s: %v", query, answer.Errors)
					}
					if seen := count.take(); len(seen) > 1+statements {
						t.Errorf("%s: %s: %d statements, at most %d expected:\n%s", path, query, len(seen), 1+statements, strings.Join(seen, "\n"))
					}
				}
				walked++
			}
		}
		if walked < 60 {
			t.Errorf("walked %d edges: the schema has more", walked)
		}
	})
}

// selection writes a field that is an edge, with all edges behind it down to a depth, and says how many statements they
// may take. A field that is no edge gives nothing.
func selection(schema *ast.Schema, f *ast.FieldDefinition, depth int) (string, int) {
	t := schema.Types[f.Type.Name()]
	if !t.IsCompositeType() || depth < 0 {
		return "", 0
	}
	for _, argument := range f.Arguments {
		if argument.Type.NonNull {
			return "", 0
		}
	}
	if t.Kind != ast.Object {
		// A record of any type: a statement for each type there is.
		return f.Name + " { ... on Meeting { title } ... on Person { name } ... on Organization { name } }", len(schema.PossibleTypes[t.Name])
	}
	if strings.HasSuffix(t.Name, "Connection") {
		inner, statements := fields(schema, schema.Types[t.Fields.ForName("nodes").Type.Name()], depth)
		return fmt.Sprintf("%s { totalCount edges { cursor node { %s } } }", f.Name, inner), statements + 2
	}
	inner, statements := fields(schema, t, depth)
	return fmt.Sprintf("%s { %s }", f.Name, inner), statements + 1
}

func fields(schema *ast.Schema, t *ast.Definition, depth int) (string, int) {
	parts, statements := []string{"__typename"}, 0
	for _, f := range t.Fields {
		if schema.Types[f.Type.Name()].IsLeafType() {
			if len(f.Arguments) == 0 {
				parts = append(parts, f.Name)
			}
			continue
		}
		below, n := selection(schema, f, depth-1)
		if below != "" {
			parts, statements = append(parts, below), statements+n
		}
	}
	return strings.Join(parts, " "), statements
}
