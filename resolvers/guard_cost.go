package resolvers

import (
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// What things cost. A client can count it by hand: a record of a page costs 1, fifty values (or records at the one end of
// an edge) of it cost 1, a page costs its size times what is selected of one record, and 1 for itself. @cost sets
// another price for a field.
const (
	recordPrice    = 50 // the unit of the arithmetic is the value
	defaultPage    = 20
	unpagedLength  = 5    // of a list without pages, as the names of an organization
	schemaPrice    = 1000 // in records: a whole introspection is work for milliseconds
	costDirective  = "cost"
	firstArgument  = "first"
	lastArgument   = "last"
	connectionName = "Connection"
)

// price is what the schema says of a field, found once.
type price struct {
	weight     int    // in values, for one value of the field; -1 where the schema sets none
	multiplier string // argument that multiplies what is selected below
	connection bool
	list       bool // a list without pages
	leaf       bool
	paged      bool // has first or last
}

// priceList keeps the price of every field of the schema.
type priceList struct {
	schema *ast.Schema
	limits Limits
	fields map[*ast.FieldDefinition]price
}

func newPriceList(schema *ast.Schema, limits Limits) *priceList {
	list := &priceList{schema: schema, limits: limits, fields: map[*ast.FieldDefinition]price{}}
	for _, definition := range schema.Types {
		for _, field := range definition.Fields {
			list.fields[field] = list.priceOf(field)
		}
	}
	return list
}

func (p *priceList) priceOf(field *ast.FieldDefinition) price {
	named := p.schema.Types[field.Type.Name()]
	found := price{weight: -1, list: field.Type.Elem != nil}
	found.leaf = named == nil || named.IsLeafType()
	found.connection = isConnection(named)
	found.paged = field.Arguments.ForName(firstArgument) != nil || field.Arguments.ForName(lastArgument) != nil
	if strings.HasPrefix(field.Name, "__") && field.Name != "__typename" {
		found.weight = schemaPrice * recordPrice
	}
	if applied := field.Directives.ForName(costDirective); applied != nil {
		if weight := applied.Arguments.ForName("weight"); weight != nil {
			if n, err := strconv.Atoi(weight.Value.Raw); err == nil && n >= 0 {
				found.weight = n * recordPrice
			}
		}
		if multiplier := applied.Arguments.ForName("multiplier"); multiplier != nil {
			found.multiplier = multiplier.Value.Raw
		}
	}
	return found
}

// isConnection reports whether a type is a page of records, as Relay has it.
func isConnection(definition *ast.Definition) bool {
	return definition != nil && strings.HasSuffix(definition.Name, connectionName) &&
		definition.Fields.ForName("pageInfo") != nil
}

// pricedField is a field of a selection with all the selections that one response key stands for.
type pricedField struct {
	field *ast.Field
	sets  []ast.SelectionSet
}

// purse walks one operation. It is exact where fields are merged, and bounded because the number of fields is.
type purse struct {
	*priceList
	vars  map[string]any
	limit int // in values; the walk ends once it is passed
	errs  gqlerror.List
}

// cost returns the price of an operation in records, at most one above the limit, and its root fields. Errors are
// sizes of pages that nobody may ask for. The root fields of a query are left out where its price is known.
func (g *guard) cost(operation *traits, vars map[string]any, limit int) (int, []pricedField, *refusal) {
	if price := int(operation.price.Load()); price > 0 && price <= limit && operation.Operation == ast.Query {
		return price, nil, nil
	}
	w := &purse{priceList: g.prices, vars: vars, limit: limit * recordPrice}
	roots := w.collect(operation.SelectionSet)
	total := recordPrice // an operation costs 1 at least
	for _, root := range roots {
		total = plus(total, w.price(root))
	}
	if len(w.errs) > 0 {
		return 0, roots, &refusal{errors: w.errs}
	}
	if total > w.limit {
		return limit + 1, roots, refuse(codeCost, "the operation costs more than %d: ask for smaller pages or fewer lists", limit)
	}
	price := (total + recordPrice - 1) / recordPrice
	if operation.fixed {
		operation.price.Store(int64(price))
	}
	return price, roots, nil
}

// price returns what one value of the parent pays for a field, in values.
func (w *purse) price(f pricedField) int {
	definition := f.field.Definition
	if definition == nil || f.field.Name == "__typename" {
		return 1
	}
	found := w.fields[definition]
	self, factor := 1, 1
	switch {
	case found.connection:
		return w.page(f, found)
	case found.list && !found.leaf:
		factor = w.length(f)
		self = factor
	}
	if found.weight >= 0 {
		self = found.weight
	}
	if found.multiplier != "" {
		factor = w.number(f.field, found.multiplier, 1)
	}
	return plus(self, times(factor, w.children(f.sets)))
}

// page returns the price of a connection: itself, its records, and what is asked of them and of the whole set.
func (w *purse) page(f pricedField, found price) int {
	self := recordPrice
	if found.weight >= 0 {
		self = found.weight
	}
	size := w.pageSize(f.field)
	records := 0
	for _, part := range w.collect(f.sets...) {
		switch part.field.Name {
		case "nodes", "edges":
			records = times(size, recordPrice)
			self = plus(self, times(size, w.children(part.sets)))
		case "totalCount":
			self = plus(self, recordPrice)
		case "pageInfo":
			self = plus(self, 1)
		default:
			self = plus(self, w.price(part))
		}
	}
	return plus(self, records)
}

func (w *purse) children(sets []ast.SelectionSet) int {
	sum := 0
	for _, child := range w.collect(sets...) {
		if sum = plus(sum, w.price(child)); sum > w.limit {
			return saturated
		}
	}
	return sum
}

func times(a, b int) int {
	if a == 0 || b == 0 {
		return 0
	}
	if a > saturated/b {
		return saturated
	}
	return a * b
}

// pageSize returns how many records a connection may hand out, and notes a size that cannot be.
func (w *purse) pageSize(field *ast.Field) int {
	first, hasFirst := w.argument(field, firstArgument)
	last, hasLast := w.argument(field, lastArgument)
	switch {
	case hasFirst && hasLast:
		w.complainf(field, "%s: first and last exclude each other", field.Name)
		return 0
	case hasFirst:
		return w.checked(field, firstArgument, first)
	case hasLast:
		return w.checked(field, lastArgument, last)
	}
	return min(defaultPage, w.limits.Page)
}

func (w *purse) checked(field *ast.Field, argument string, n int) int {
	if n < 0 || n > w.limits.Page {
		w.complainf(field, "%s: %s must be from 0 to %d", field.Name, argument, w.limits.Page)
		return 0
	}
	return n
}

func (w *purse) complainf(field *ast.Field, format string, args ...any) {
	if len(w.errs) < maxErrors {
		r := refuse(codeBadInput, format, args...)
		w.errs = append(w.errs, located(r.errors[0], field.Position))
	}
}

// length returns how long a list without pages may be: as long as its first argument says, as the longest list among
// its arguments, or a guess.
func (w *purse) length(f pricedField) int {
	if n, there := w.argument(f.field, firstArgument); there {
		return max(n, 0)
	}
	longest := -1
	for _, argument := range f.field.Arguments {
		if definition := f.field.Definition.Arguments.ForName(argument.Name); definition != nil && definition.Type.Elem != nil &&
			definition.Type.Name() == "ID" {
			if value, err := argument.Value.Value(w.vars); err == nil {
				if items, ok := value.([]any); ok {
					longest = max(longest, len(items))
				}
			}
		}
	}
	if longest >= 0 {
		return longest
	}
	if definition := f.field.Definition; definition.Arguments.ForName(firstArgument) != nil {
		return defaultPage
	}
	return unpagedLength
}

func (w *purse) number(field *ast.Field, name string, otherwise int) int {
	if items, ok := w.given(field, name).([]any); ok {
		return len(items)
	}
	if n, there := w.argument(field, name); there {
		return max(n, 0)
	}
	return otherwise
}

// argument returns the whole number an argument has, given or by default of the schema.
func (w *purse) argument(field *ast.Field, name string) (int, bool) {
	value := w.given(field, name)
	switch n := value.(type) {
	case int64:
		return int(n), true
	case int:
		return n, true
	}
	return 0, false
}

func (w *purse) given(field *ast.Field, name string) any {
	if argument := field.Arguments.ForName(name); argument != nil {
		if value, _ := argument.Value.Value(w.vars); value != nil {
			return value
		}
	}
	if declared := field.Definition.Arguments.ForName(name); declared != nil && declared.DefaultValue != nil {
		value, _ := declared.DefaultValue.Value(nil)
		return value
	}
	return nil
}

// collect merges selections by response key, as execution will. Fields of one key under different types stay apart:
// which type it is only shows later, so all are paid for.
func (w *purse) collect(sets ...ast.SelectionSet) []pricedField {
	var found []pricedField
	places := map[string]int{}
	for _, set := range sets {
		found = w.gather(set, found, places)
	}
	return found
}

func (w *purse) gather(set ast.SelectionSet, found []pricedField, places map[string]int) []pricedField {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if w.skipped(s.Directives) {
				continue
			}
			key := s.Alias
			if s.ObjectDefinition != nil {
				key += " " + s.ObjectDefinition.Name
			}
			if at, there := places[key]; there {
				found[at].sets = append(found[at].sets, s.SelectionSet)
				continue
			}
			places[key] = len(found)
			found = append(found, pricedField{field: s, sets: []ast.SelectionSet{s.SelectionSet}})
		case *ast.InlineFragment:
			if !w.skipped(s.Directives) {
				found = w.gather(s.SelectionSet, found, places)
			}
		case *ast.FragmentSpread:
			if !w.skipped(s.Directives) && s.Definition != nil {
				found = w.gather(s.Definition.SelectionSet, found, places)
			}
		}
	}
	return found
}

// skipped evaluates @skip and @include.
func (w *purse) skipped(directives ast.DirectiveList) bool {
	if len(directives) == 0 {
		return false
	}
	return w.condition(directives.ForName("skip"), false) || !w.condition(directives.ForName("include"), true)
}

func (w *purse) condition(directive *ast.Directive, otherwise bool) bool {
	if directive == nil {
		return otherwise
	}
	argument := directive.Arguments.ForName("if")
	if argument == nil {
		return otherwise
	}
	value, err := argument.Value.Value(w.vars)
	if yes, ok := value.(bool); ok && err == nil {
		return yes
	}
	return otherwise
}
