package resolvers

import (
	"sync/atomic"

	"github.com/vektah/gqlparser/v2/ast"
)

// traits are an operation of a good document with what holds for it whatever its variables are. Most clients send the same
// few documents again and again, with variables for ids and positions only: what such an operation costs is counted once.
type traits struct {
	*ast.OperationDefinition
	fixed bool // no variable decides what it costs or how large its arguments are

	checked atomic.Bool  // arguments of a fixed one were good
	price   atomic.Int64 // of a fixed one, once it was counted; 0 before
}

// traits looks for variables that matter.
func (g *guard) traits(operation *ast.OperationDefinition) *traits {
	t := &traits{OperationDefinition: operation}
	v := &variableUse{guard: g, seen: map[string]bool{}}
	t.fixed = !v.selection(operation.SelectionSet)
	return t
}

// variableUse walks an operation, each fragment once.
type variableUse struct {
	*guard
	seen map[string]bool
}

// selection reports whether a variable matters.
func (v *variableUse) selection(set ast.SelectionSet) bool {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if v.directives(s.Directives) || v.arguments(s) || v.selection(s.SelectionSet) {
				return true
			}
		case *ast.InlineFragment:
			if v.directives(s.Directives) || v.selection(s.SelectionSet) {
				return true
			}
		case *ast.FragmentSpread:
			if v.directives(s.Directives) {
				return true
			}
			if s.Definition == nil || v.seen[s.Name] {
				continue
			}
			v.seen[s.Name] = true
			if v.selection(s.Definition.SelectionSet) {
				return true
			}
		}
	}
	return false
}

// directives reports whether a directive has a variable: it decides whether a field is there.
func (v *variableUse) directives(list ast.DirectiveList) bool {
	for _, directive := range list {
		for _, argument := range directive.Arguments {
			if hasVariable(argument.Value) {
				return true
			}
		}
	}
	return false
}

// arguments reports whether a variable is more than one plain value, or one of those that say how many are asked for.
func (v *variableUse) arguments(field *ast.Field) bool {
	for _, argument := range field.Arguments {
		if !hasVariable(argument.Value) {
			continue
		}
		if field.Definition == nil || argument.Value.Kind != ast.Variable {
			return true
		}
		declared := field.Definition.Arguments.ForName(argument.Name)
		if declared == nil || declared.Type.Elem != nil {
			return true
		}
		if definition := v.schema.Types[declared.Type.NamedType]; definition == nil || definition.Kind == ast.InputObject {
			return true
		}
		if argument.Name == firstArgument || argument.Name == lastArgument || argument.Name == v.prices.fields[field.Definition].multiplier {
			return true
		}
	}
	return false
}

func hasVariable(value *ast.Value) bool {
	if value.Kind == ast.Variable {
		return true
	}
	for _, child := range value.Children {
		if hasVariable(child.Value) {
			return true
		}
	}
	return false
}
