package plan

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/vektah/gqlparser/v2/ast"
)

// Bounds of what is kept. A compiled operation keeps its document in memory, which takes some thirty times its text.
const (
	maxKept     = 256
	maxKeptText = 8 << 10
	maxKeptVars = 1 << 10
	keptMemory  = 16 << 20
	keptWeight  = 64 // memory for each byte of the text of the document
)

// kept holds compiled operations. One is good for an operation of a document and the values of its variables, but for
// those that stay open: ids of single records at the root, and cursors.
type kept struct {
	mu    sync.Mutex
	used  int
	list  *simplelru.LRU[keptKey, *keptRoots]
	names *simplelru.LRU[*ast.OperationDefinition, []string] // of the variables that do not stay open
}

type keptKey struct {
	operation *ast.OperationDefinition
	vars      string // JSON of the variables that do not stay open
}

type keptRoots struct {
	roots  []root
	weight int
}

// compiled returns the compiled form of an operation.
func (k *kept) compiled(op *graphql.OperationContext) ([]root, error) {
	if len(op.RawQuery) > maxKeptText {
		return compile(op)
	}
	vars, ok := k.varsOf(op)
	if !ok {
		return compile(op)
	}
	key := keptKey{op.Operation, vars}
	if found := k.get(key); found != nil {
		return found.roots, nil
	}
	roots, err := compile(op)
	if err != nil {
		return nil, err
	}
	k.add(key, &keptRoots{roots, (len(op.RawQuery) + len(vars)) * keptWeight})
	return roots, nil
}

func (k *kept) get(key keptKey) *keptRoots {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.open()
	found, _ := k.list.Get(key)
	return found
}

func (k *kept) add(key keptKey, roots *keptRoots) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.open()
	if k.list.Contains(key) {
		return
	}
	k.used += roots.weight
	k.list.Add(key, roots)
	for k.used > keptMemory {
		k.list.RemoveOldest()
	}
}

// open makes the lists.
func (k *kept) open() {
	if k.list == nil { // what follows fails for sizes below 1 only
		k.list, _ = simplelru.NewLRU(maxKept, func(_ keptKey, roots *keptRoots) { k.used -= roots.weight })
		k.names, _ = simplelru.NewLRU[*ast.OperationDefinition, []string](maxKept, nil)
	}
}

// namesOf returns the variables of an operation whose values a compiled form of it depends on.
func (k *kept) namesOf(operation *ast.OperationDefinition) []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.open()
	names, known := k.names.Get(operation)
	if !known {
		u := uses{seen: map[spread]bool{}}
		u.selection(operation.SelectionSet, true)
		slices.Sort(u.names)
		names = slices.Compact(u.names)
		k.names.Add(operation, names)
	}
	return names
}

// varsOf writes the values that a compiled operation depends on. It reports false where they are too long to be kept.
func (k *kept) varsOf(op *graphql.OperationContext) (string, bool) {
	if len(op.Variables) == 0 {
		return "", true
	}
	names := k.namesOf(op.Operation)
	if len(names) == 0 {
		return "", true
	}
	values := make([]any, 0, 2*len(names))
	for _, name := range names {
		if value, there := op.Variables[name]; there {
			values = append(values, name, value)
		}
	}
	text, err := json.Marshal(values)
	return string(text), err == nil && len(text) <= maxKeptVars
}

// uses collects the variables of an operation that do not stay open.
type uses struct {
	seen  map[spread]bool
	names []string
}

// spread is a fragment, at the root or below.
type spread struct {
	name string
	top  bool
}

func (u *uses) selection(set ast.SelectionSet, top bool) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			u.directives(s.Directives)
			for _, argument := range s.Arguments {
				if (!top || !openID(s)) && openCursor(s, argument.Name) == "" {
					u.value(argument.Value)
				}
			}
			u.selection(s.SelectionSet, false)
		case *ast.InlineFragment:
			u.directives(s.Directives)
			u.selection(s.SelectionSet, top)
		case *ast.FragmentSpread:
			u.directives(s.Directives)
			if at := (spread{s.Name, top}); s.Definition != nil && !u.seen[at] {
				u.seen[at] = true
				u.selection(s.Definition.SelectionSet, top)
			}
		}
	}
}

func (u *uses) directives(list ast.DirectiveList) {
	for _, directive := range list {
		for _, argument := range directive.Arguments {
			u.value(argument.Value)
		}
	}
}

func (u *uses) value(value *ast.Value) {
	if value.Kind == ast.Variable {
		u.names = append(u.names, value.Raw)
	}
	for _, child := range value.Children {
		u.value(child.Value)
	}
}

// openID reports whether a field at the root is a record by its id and nothing else.
func openID(field *ast.Field) bool {
	return field.Definition != nil && len(field.Definition.Arguments) == 1 && field.Definition.Arguments[0].Name == "id" &&
		field.Definition.Arguments[0].Type.Elem == nil
}

// openCursor returns the variable that holds a cursor of a connection, "" where none does.
func openCursor(field *ast.Field, name string) string {
	if name != "after" && name != "before" || field.Definition == nil || !strings.HasSuffix(field.Definition.Type.Name(), "Connection") {
		return ""
	}
	argument := field.Arguments.ForName(name)
	if argument == nil || argument.Value.Kind != ast.Variable {
		return ""
	}
	return argument.Value.Raw
}
