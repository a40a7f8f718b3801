package resolvers

import (
	"errors"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/minutebook/minutebook/models"
)

// Limits bound what one operation may ask for. See package config for the meaning and the default of each.
type Limits struct {
	Document, Tokens, Depth, Aliases         int
	RootFields, Mutations, Directives        int
	Fields                                   int
	CostGuest, CostUser                      int
	Page, List                               int
	FilterDepth, FilterNodes                 int
	CachedDocuments, CacheDocument, CacheAll int

	Body, Upload, Reply     int
	QueryTime, MutationTime time.Duration
}

// guard reads a document and refuses what would cost too much, before anything runs. Every transport goes through it.
//
// The order matters, for each step bounds the next: bytes, then tokens while parsing, then sizes with each fragment
// measured once, then validation (whose rule of overlapping fields is quadratic in the fields that share a name), then
// variables, then the cost.
type guard struct {
	schema        *ast.Schema
	limits        Limits
	rules         *rules.Rules
	introspection bool
	cache         *documentCache
	prices        *priceList
}

func newGuard(schema *ast.Schema, limits Limits, introspection, suggestions bool) *guard {
	return &guard{
		schema:        schema,
		limits:        limits,
		rules:         validationRules(suggestions),
		introspection: introspection,
		cache:         newDocumentCache(limits.CachedDocuments, limits.CacheDocument, limits.CacheAll),
		prices:        newPriceList(schema, limits),
	}
}

// validationRules are those of the specification, without hints of names where strangers must not learn them.
func validationRules(suggestions bool) *rules.Rules {
	chosen := rules.NewDefaultRules()
	if suggestions {
		return chosen
	}
	for _, silent := range []struct {
		name string
		rule validator.Rule
	}{
		{rules.FieldsOnCorrectTypeRule.Name, rules.FieldsOnCorrectTypeRuleWithoutSuggestions},
		{rules.KnownArgumentNamesRule.Name, rules.KnownArgumentNamesRuleWithoutSuggestions},
		{rules.KnownTypeNamesRule.Name, rules.KnownTypeNamesRuleWithoutSuggestions},
		{rules.ScalarLeafsRule.Name, rules.ScalarLeafsRuleWithoutSuggestions},
		{rules.ValuesOfCorrectTypeRule.Name, rules.ValuesOfCorrectTypeRuleWithoutSuggestions},
	} {
		chosen.RemoveRule(silent.name)
		chosen.AddRule(silent.rule.Name, silent.rule.RuleFunc)
	}
	return chosen
}

// read returns the parsed and validated document, from the cache where it is there.
func (g *guard) read(text string) (*known, *refusal) {
	if len(text) > g.limits.Document {
		return nil, refuse(codeTokens, "the document has %d bytes, more than %d", len(text), g.limits.Document)
	}
	if document := g.cache.get(text); document != nil {
		return document, nil
	}
	text = strings.Clone(text) // it may be a part of a far larger body, and is kept
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, g.limits.Tokens)
	if err != nil {
		return nil, g.parseRefusal(err)
	}
	if len(document.Operations)+len(document.Fragments) == 0 {
		return nil, refuse(codeParse, "the document is empty")
	}
	if len(document.Operations) == 0 {
		return nil, refuse(codeValidation, "the document has no operation")
	}
	if r := g.measure(document); r != nil {
		return nil, r
	}
	if errs := validator.ValidateWithRules(g.schema, document, g.rules); len(errs) > 0 {
		return nil, invalid(errs)
	}
	if errs := g.checkLiterals(document); len(errs) > 0 {
		return nil, invalid(errs)
	}
	good := &known{document: document, operations: make([]*traits, len(document.Operations))}
	for i, operation := range document.Operations {
		good.operations[i] = g.traits(operation)
	}
	g.cache.add(text, good)
	return good, nil
}

func (g *guard) parseRefusal(err error) *refusal {
	if strings.Contains(err.Error(), "exceeded token limit") {
		return refuse(codeTokens, "the document has more than %d tokens", g.limits.Tokens)
	}
	r := refuse(codeParse, "the document is no GraphQL")
	if placed, ok := errors.AsType[*gqlerror.Error](err); ok {
		r.errors[0].Message = clip(placed.Message)
		r.errors[0].Locations = placed.Locations
	}
	return r
}

// invalid keeps the first maxErrors errors, for a document with many would be answered with more than was sent.
func invalid(errs gqlerror.List) *refusal {
	if len(errs) > maxErrors {
		errs = errs[:maxErrors]
	}
	for _, err := range errs {
		err.Extensions = map[string]any{"code": codeValidation}
		if len(err.Locations) > 2 {
			err.Locations = err.Locations[:2]
		}
	}
	return &refusal{errors: errs}
}

// choose returns the operation that a request means.
func (k *known) choose(name string) (*traits, *refusal) {
	if name == "" && len(k.operations) == 1 {
		return k.operations[0], nil
	}
	if name == "" {
		return nil, refuse(codeBadInput, "the document has %d operations: name one in operationName", len(k.operations))
	}
	for _, operation := range k.operations {
		if operation.Name == name {
			return operation, nil
		}
	}
	return nil, refuse(codeBadInput, "the document has no operation of the name in operationName")
}

// costLimit is the highest cost an actor may ask for.
func (l Limits) costLimit(actor models.Actor) int {
	if actor.Role.Valid() {
		return l.CostUser
	}
	return l.CostGuest
}
