package resolvers

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/minutebook/minutebook/models"
)

// uploadScalar is the scalar whose values only a multipart request can bring.
const uploadScalar = "Upload"

// scalarForms are the scalars of our own: each returns nil for a value that has its form.
var scalarForms = map[string]func(any) error{
	"Date":     func(v any) error { return new(models.Date).UnmarshalGQL(v) },
	"DateTime": func(v any) error { return new(models.DateTime).UnmarshalGQL(v) },
}

// coercion turns the JSON of variables into values of their types, as strictly as graphql-js 16: no number for a
// string, no text for a number, no fraction for an id. No error repeats a value.
type coercion struct {
	schema *ast.Schema
	errs   gqlerror.List
	name   string // of the variable at hand
}

// variables returns the coerced variables of an operation, defaults included.
func (g *guard) variables(operation *ast.OperationDefinition, given map[string]any) (map[string]any, *refusal) {
	c := &coercion{schema: g.schema}
	coerced := make(map[string]any, len(operation.VariableDefinitions))
	for _, definition := range operation.VariableDefinitions {
		c.name = definition.Variable
		value, there := given[definition.Variable]
		switch {
		case there:
			if v, ok := c.coerce("", value, definition.Type); ok {
				coerced[definition.Variable] = v
			}
		case definition.DefaultValue != nil:
			v, err := definition.DefaultValue.Value(nil)
			if err != nil {
				c.fail("", "has a default that cannot be read")
			}
			coerced[definition.Variable] = v
		case definition.Type.NonNull:
			c.add(fmt.Sprintf("Variable \"$%s\" of required type %q was not provided.", c.name, definition.Type.String()))
		}
	}
	if len(c.errs) > 0 {
		return nil, &refusal{errors: c.errs}
	}
	return coerced, nil
}

func (c *coercion) add(message string) {
	if len(c.errs) < maxErrors {
		c.errs = append(c.errs, plainError(codeBadInput, message))
	}
}

// fail notes what is wrong with the value at a place inside of the variable.
func (c *coercion) fail(place, problem string) (any, bool) {
	at := ""
	if place != "" {
		at = fmt.Sprintf(" at \"%s%s\"", c.name, place)
	}
	c.add(fmt.Sprintf("Variable \"$%s\" got invalid value%s; %s.", c.name, at, problem))
	return nil, false
}

func (c *coercion) coerce(place string, value any, typ *ast.Type) (any, bool) {
	if value == nil {
		if typ.NonNull {
			return c.fail(place, fmt.Sprintf("Expected non-nullable type %q not to be null", typ.String()))
		}
		return nil, true
	}
	if typ.Elem != nil {
		return c.list(place, value, typ.Elem)
	}
	definition := c.schema.Types[typ.NamedType]
	if definition == nil {
		return c.fail(place, "the type is not known")
	}
	switch definition.Kind {
	case ast.Enum:
		return c.enum(place, value, definition)
	case ast.InputObject:
		return c.object(place, value, definition)
	}
	v, err := coerceScalar(definition.Name, value)
	if err != nil {
		return c.fail(place, err.Error())
	}
	return v, true
}

// list coerces each item; a single value stands for a list of one.
func (c *coercion) list(place string, value any, elem *ast.Type) (any, bool) {
	items, ok := value.([]any)
	if !ok {
		item, ok := c.coerce(place, value, elem)
		return []any{item}, ok
	}
	coerced := make([]any, len(items))
	good := true
	for i, item := range items {
		v, ok := c.coerce(place+"["+strconv.Itoa(i)+"]", item, elem)
		coerced[i], good = v, good && ok
		if len(c.errs) >= maxErrors {
			return nil, false
		}
	}
	return coerced, good
}

func (c *coercion) enum(place string, value any, definition *ast.Definition) (any, bool) {
	name, ok := value.(string)
	if !ok {
		return c.fail(place, fmt.Sprintf("Enum %q cannot represent non-string value", definition.Name))
	}
	if definition.EnumValues.ForName(name) == nil {
		return c.fail(place, fmt.Sprintf("Value does not exist in %q enum", definition.Name))
	}
	return name, true
}

func (c *coercion) object(place string, value any, definition *ast.Definition) (any, bool) {
	given, ok := value.(map[string]any)
	if !ok {
		return c.fail(place, fmt.Sprintf("Expected type %q to be an object", definition.Name))
	}
	coerced := make(map[string]any, len(given))
	good := true
	for _, field := range definition.Fields {
		item, there := given[field.Name]
		if !there {
			if field.Type.NonNull && field.DefaultValue == nil {
				_, good = c.fail(place, fmt.Sprintf("Field %q of required type %q was not provided", field.Name, field.Type.String()))
			}
			continue
		}
		v, ok := c.coerce(place+"."+field.Name, item, field.Type)
		coerced[field.Name], good = v, good && ok
	}
	for _, name := range sortedKeys(given) {
		if definition.Fields.ForName(name) == nil {
			_, good = c.fail(place, fmt.Sprintf("a field that is given is not defined by type %q", definition.Name))
			break
		}
	}
	if isOneOf(definition) && good {
		if problem := oneOfProblem(definition, coerced); problem != "" {
			return c.fail(place, problem)
		}
	}
	return coerced, good
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

func isOneOf(definition *ast.Definition) bool { return definition.Directives.ForName("oneOf") != nil }

// oneOfProblem says what is wrong with the fields of a OneOf input object, "" for nothing.
func oneOfProblem(definition *ast.Definition, given map[string]any) string {
	if len(given) != 1 {
		return fmt.Sprintf("Exactly one key must be specified for OneOf type %q", definition.Name)
	}
	for name, value := range given {
		if value == nil {
			return fmt.Sprintf("Field %q of OneOf type %q must be non-null", name, definition.Name)
		}
	}
	return ""
}

// Errors of scalars.
//
//nolint:staticcheck // the words of graphql-js, capitals and all
var (
	errNotInt     = errors.New("Int cannot represent non-integer value")
	errNotInt32   = errors.New("Int cannot represent non 32-bit signed integer value")
	errNotFloat   = errors.New("Float cannot represent non numeric value")
	errNotString  = errors.New("String cannot represent a non string value")
	errNotBoolean = errors.New("Boolean cannot represent a non boolean value")
	errNotID      = errors.New("ID cannot represent value: it must be a string or a whole number")
	errNotUpload  = errors.New("Upload stands for a file of a multipart request")
)

// coerceScalar returns a scalar as resolvers get it: int64, float64, string, bool, a file, or JSON as it came.
func coerceScalar(name string, value any) (any, error) {
	switch name {
	case "Int":
		return coerceInt(value)
	case "Float":
		number, ok := value.(json.Number)
		f, err := strconv.ParseFloat(string(number), 64)
		if !ok || err != nil || math.IsInf(f, 0) {
			return nil, errNotFloat
		}
		return f, nil
	case "String":
		if text, ok := value.(string); ok {
			return text, nil
		}
		return nil, errNotString
	case "Boolean":
		if yes, ok := value.(bool); ok {
			return yes, nil
		}
		return nil, errNotBoolean
	case "ID":
		return coerceID(value)
	case uploadScalar:
		if file, ok := value.(graphql.Upload); ok {
			return file, nil
		}
		return nil, errNotUpload
	}
	if form := scalarForms[name]; form != nil && form(value) != nil {
		return nil, fmt.Errorf("the value is no %s", name)
	}
	return value, nil
}

// coerceInt takes 1 and 1.0 and 1e2, as JavaScript does, where they are whole and fit 32 bits.
func coerceInt(value any) (any, error) {
	number, ok := value.(json.Number)
	if !ok {
		return nil, errNotInt
	}
	f, err := strconv.ParseFloat(string(number), 64)
	if err != nil || f != math.Trunc(f) {
		return nil, errNotInt
	}
	if f < math.MinInt32 || f > math.MaxInt32 {
		return nil, errNotInt32
	}
	return int64(f), nil
}

func coerceID(value any) (any, error) {
	switch v := value.(type) {
	case string: // the value as it is, for to make one of v anew takes memory
		return value, nil
	case json.Number:
		if n, err := strconv.ParseInt(string(v), 10, 64); err == nil {
			return strconv.FormatInt(n, 10), nil
		}
	}
	return nil, errNotID
}

// checkLiterals finds what validation lets pass in literals: an Int of more than 32 bits, a Date that is no day.
func (g *guard) checkLiterals(document *ast.QueryDocument) gqlerror.List {
	var errs gqlerror.List
	check := func(value *ast.Value) {
		if problem := literalProblem(value); problem != "" && len(errs) < maxErrors {
			errs = append(errs, located(plainError(codeValidation, problem), value.Position))
		}
	}
	for _, operation := range document.Operations {
		for _, variable := range operation.VariableDefinitions {
			eachValue(variable.DefaultValue, check)
		}
		eachDirectiveValue(operation.Directives, check)
		eachArgumentValue(operation.SelectionSet, check)
	}
	for _, fragment := range document.Fragments {
		eachArgumentValue(fragment.SelectionSet, check)
	}
	return errs
}

func literalProblem(value *ast.Value) string {
	if value.Definition == nil || value.Kind == ast.Variable || value.Kind == ast.NullValue ||
		value.Kind == ast.ListValue || value.Kind == ast.ObjectValue {
		return ""
	}
	switch name := value.Definition.Name; {
	case name == "Int" && value.Kind == ast.IntValue:
		if _, err := strconv.ParseInt(value.Raw, 10, 32); err != nil {
			return errNotInt32.Error() + "."
		}
	case name == uploadScalar:
		return errNotUpload.Error() + "."
	default:
		form := scalarForms[name]
		text := slices.Contains([]ast.ValueKind{ast.StringValue, ast.BlockValue}, value.Kind)
		if form != nil && (!text || form(value.Raw) != nil) {
			return fmt.Sprintf("Expected a value of type %q; this is none.", name)
		}
	}
	return ""
}

func eachArgumentValue(set ast.SelectionSet, visit func(*ast.Value)) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			for _, argument := range s.Arguments {
				eachValue(argument.Value, visit)
			}
			eachDirectiveValue(s.Directives, visit)
			eachArgumentValue(s.SelectionSet, visit)
		case *ast.InlineFragment:
			eachDirectiveValue(s.Directives, visit)
			eachArgumentValue(s.SelectionSet, visit)
		case *ast.FragmentSpread:
			eachDirectiveValue(s.Directives, visit)
		}
	}
}

func eachDirectiveValue(directives ast.DirectiveList, visit func(*ast.Value)) {
	for _, directive := range directives {
		for _, argument := range directive.Arguments {
			eachValue(argument.Value, visit)
		}
	}
}

func eachValue(value *ast.Value, visit func(*ast.Value)) {
	if value == nil {
		return
	}
	visit(value)
	for _, child := range value.Children {
		eachValue(child.Value, visit)
	}
}
