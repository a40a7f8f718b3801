package resolvers

import (
	"math"

	"github.com/vektah/gqlparser/v2/ast"
)

// sizes are counted with every fragment spread expanded. They saturate: fragments that double need few bytes for more
// fields than there are numbers.
type sizes struct {
	fields, aliases, directives int
	depth                       int // of fields; the wrappers of a connection do not count
	roots                       int // fields at the top
	side                        int // fields and spreads of one selection set, those of its fragments among them
	pairs                       int // comparisons of the rule of overlapping fields, at most
	introspects                 bool
}

const saturated = math.MaxInt / 4

func plus(a, b int) int { return min(a+b, saturated) }

// within adds what stands side by side with the rest.
func (s *sizes) within(other sizes) {
	s.fields = plus(s.fields, other.fields)
	s.aliases = plus(s.aliases, other.aliases)
	s.directives = plus(s.directives, other.directives)
	s.roots = plus(s.roots, other.roots)
	s.side = plus(s.side, other.side)
	s.pairs = plus(s.pairs, other.pairs)
	s.depth = max(s.depth, other.depth)
	s.introspects = s.introspects || other.introspects
}

// compared adds what it takes to compare each field of a selection set with each other. gqlparser does so for every
// set anew, inline fragments in each other included: 460 of them make 16 million pairs, which is seconds of work.
func (s *sizes) compared() { s.pairs = plus(s.pairs, times(s.side, s.side)) }

// tape measures a document, each of its fragments once.
type tape struct {
	fragments map[string]*ast.FragmentDefinition
	done      map[string]sizes
	open      map[string]bool
	cycle     *ast.FragmentSpread // one that closes a circle, nil while there is none
	limit     Limits
}

// wrappers are the fields between a connection and its records.
var wrappers = map[string]bool{"edges": true, "nodes": true, "node": true}

// measure refuses a document that is too large once its fragments are expanded, or whose fragments go in a circle.
func (g *guard) measure(document *ast.QueryDocument) *refusal {
	t := &tape{fragments: map[string]*ast.FragmentDefinition{}, done: map[string]sizes{}, open: map[string]bool{}, limit: g.limits}
	for _, fragment := range document.Fragments {
		if t.fragments[fragment.Name] == nil { // of two of one name validation complains later
			t.fragments[fragment.Name] = fragment
		}
	}
	var whole sizes
	for _, operation := range document.Operations {
		size := t.selection(operation.SelectionSet)
		size.compared()
		size.directives = plus(size.directives, len(operation.Directives))
		if r := g.judge(operation, size); r != nil {
			return r
		}
		whole.within(size)
	}
	for _, fragment := range document.Fragments {
		whole.within(t.fragment(fragment)) // unused ones are validated too
	}
	if t.cycle != nil {
		r := refuse(codeValidation, "the fragment %q spreads itself", t.cycle.Name)
		r.errors[0] = located(r.errors[0], t.cycle.Position)
		return r
	}
	if whole.introspects && !g.introspection {
		return refuse(codeIntrospection, "introspection is off here: read /schema.graphql")
	}
	if whole.pairs > g.limits.Fields*g.limits.Fields {
		return refuse(codeCost, "the document selects too many fields side by side")
	}
	if whole.fields > 2*g.limits.Fields {
		return refuse(codeCost, "the operations of the document have more than %d fields together, fragments expanded", 2*g.limits.Fields)
	}
	return nil
}

// judge compares the sizes of one operation with the limits.
func (g *guard) judge(operation *ast.OperationDefinition, s sizes) *refusal {
	l := g.limits
	roots := l.RootFields
	if operation.Operation == ast.Mutation {
		roots = min(roots, l.Mutations)
	}
	switch {
	case s.introspects && !g.introspection:
		return refuse(codeIntrospection, "introspection is off here: read /schema.graphql")
	case s.aliases > l.Aliases:
		return refuse(codeAliases, "the operation has more than %d aliases", l.Aliases)
	case s.roots > roots:
		return refuse(codeRootFields, "the operation has more than %d root fields", roots)
	case s.depth > l.Depth && !s.introspects:
		return refuse(codeDepth, "the operation is nested more than %d fields deep", l.Depth)
	case s.directives > l.Directives:
		return refuse(codeTokens, "the operation has more than %d directives", l.Directives)
	case s.fields > l.Fields:
		return refuse(codeCost, "the operation has more than %d fields, fragments expanded", l.Fields)
	}
	return nil
}

func (t *tape) selection(set ast.SelectionSet) sizes {
	var sum sizes
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			sum.within(t.field(s))
		case *ast.InlineFragment:
			inner := t.selection(s.SelectionSet)
			inner.compared()
			inner.directives = plus(inner.directives, len(s.Directives))
			sum.within(inner)
		case *ast.FragmentSpread:
			inner := sizes{}
			if fragment := t.fragments[s.Name]; fragment != nil && !t.closes(s) {
				inner = t.fragment(fragment)
			}
			inner.side = plus(inner.side, 1)
			inner.directives = plus(inner.directives, len(s.Directives))
			sum.within(inner)
		}
	}
	return sum
}

func (t *tape) field(f *ast.Field) sizes {
	inner := t.selection(f.SelectionSet)
	inner.compared()
	inner.roots, inner.side = 1, 1
	inner.fields = plus(inner.fields, 1)
	inner.directives = plus(inner.directives, len(f.Directives))
	if f.Alias != f.Name {
		inner.aliases = plus(inner.aliases, 1)
	}
	if !wrappers[f.Name] {
		inner.depth = plus(inner.depth, 1)
	}
	if f.Name == "__schema" || f.Name == "__type" {
		inner.introspects = true
	}
	return inner
}

// closes notes a spread inside of the fragment that it spreads.
func (t *tape) closes(spread *ast.FragmentSpread) bool {
	if !t.open[spread.Name] {
		return false
	}
	if t.cycle == nil {
		t.cycle = spread
	}
	return true
}

func (t *tape) fragment(fragment *ast.FragmentDefinition) sizes {
	if size, known := t.done[fragment.Name]; known {
		return size
	}
	t.open[fragment.Name] = true
	size := t.selection(fragment.SelectionSet)
	size.compared()
	size.directives = plus(size.directives, len(fragment.Directives))
	delete(t.open, fragment.Name)
	t.done[fragment.Name] = size
	return size
}
