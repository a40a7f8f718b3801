package resolvers

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// filterSuffix ends the name of every input type that is a condition.
const filterSuffix = "Filter"

// argumentCheck looks at the arguments of an operation with its variables filled in: lists that are too long, OneOf
// objects, and filters, where a null operand is a mistake that would otherwise mean all records.
type argumentCheck struct {
	schema *ast.Schema
	limits Limits
	vars   map[string]any
	seen   map[string]bool // fragments
	nodes  int             // conditions of the filter at hand
	field  *ast.Field
	errs   gqlerror.List
}

func (g *guard) checkArguments(operation *traits, vars map[string]any) *refusal {
	if operation.checked.Load() {
		return nil
	}
	c := &argumentCheck{schema: g.schema, limits: g.limits, vars: vars}
	c.selection(operation.SelectionSet)
	if len(c.errs) > 0 {
		return &refusal{errors: c.errs}
	}
	operation.checked.Store(operation.fixed)
	return nil
}

func (c *argumentCheck) selection(set ast.SelectionSet) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			c.arguments(s)
			c.selection(s.SelectionSet)
		case *ast.InlineFragment:
			c.selection(s.SelectionSet)
		case *ast.FragmentSpread:
			if s.Definition == nil || c.seen[s.Name] {
				continue
			}
			if c.seen == nil {
				c.seen = map[string]bool{}
			}
			c.seen[s.Name] = true
			c.selection(s.Definition.SelectionSet)
		}
	}
}

func (c *argumentCheck) arguments(field *ast.Field) {
	for _, argument := range field.Arguments {
		if field.Definition == nil {
			return
		}
		declared := field.Definition.Arguments.ForName(argument.Name)
		if declared == nil || c.simple(declared.Type) {
			continue
		}
		value, err := argument.Value.Value(c.vars)
		if err != nil {
			continue // a number that does not fit was refused with the literals
		}
		c.field, c.nodes = field, 0
		c.value(argument.Name, value, declared.Type, 0)
	}
}

// simple reports whether there is nothing to look at: a scalar or an enum.
func (c *argumentCheck) simple(typ *ast.Type) bool {
	if typ.Elem != nil {
		return false
	}
	definition := c.schema.Types[typ.NamedType]
	return definition == nil || definition.Kind != ast.InputObject
}

func (c *argumentCheck) complainf(format string, args ...any) {
	if len(c.errs) < maxErrors {
		c.errs = append(c.errs, located(plainError(codeBadInput, fmt.Sprintf(format, args...)), c.field.Position))
	}
}

// value walks one value; depth counts the conditions around it. It reports whether to go on.
func (c *argumentCheck) value(place string, value any, typ *ast.Type, depth int) bool {
	switch v := value.(type) {
	case []any:
		return c.list(place, v, typ, depth)
	case map[string]any:
		for typ.Elem != nil {
			typ = typ.Elem // a single value stands for a list of one
		}
		if definition := c.schema.Types[typ.NamedType]; definition != nil && definition.Kind == ast.InputObject {
			return c.object(place, v, definition, depth)
		}
	}
	return true
}

func (c *argumentCheck) list(place string, items []any, typ *ast.Type, depth int) bool {
	if len(items) > c.limits.List {
		c.complainf("%s has %d items, more than %d", place, len(items), c.limits.List)
		return false
	}
	if typ.Elem == nil {
		return true
	}
	for _, item := range items {
		if !c.value(place, item, typ.Elem, depth) {
			return false
		}
	}
	return true
}

func (c *argumentCheck) object(place string, given map[string]any, definition *ast.Definition, depth int) bool {
	if isOneOf(definition) {
		if problem := oneOfProblem(definition, given); problem != "" {
			c.complainf("%s: %s", place, problem)
			return false
		}
	}
	filter := strings.HasSuffix(definition.Name, filterSuffix)
	if filter {
		if depth++; depth > c.limits.FilterDepth {
			c.complainf("%s: a filter may be nested %d deep", place, c.limits.FilterDepth)
			return false
		}
	}
	for _, field := range definition.Fields {
		value, there := given[field.Name]
		if !there {
			continue
		}
		inner := place + "." + field.Name
		if filter && !c.condition(inner, field.Name, value) {
			return false
		}
		if !c.value(inner, value, field.Type, depth) {
			return false
		}
	}
	return true
}

// condition checks one operand of a filter.
func (c *argumentCheck) condition(place, name string, value any) bool {
	if c.nodes++; c.nodes > c.limits.FilterNodes {
		c.complainf("a filter may have %d conditions", c.limits.FilterNodes)
		return false
	}
	if value == nil {
		c.complainf("%s is null: leave it out, or ask for records without a value with isNull", place)
		return false
	}
	if items, ok := value.([]any); ok && name == "or" && len(items) == 0 {
		c.complainf("%s is empty: at least one condition is needed", place)
		return false
	}
	return true
}
