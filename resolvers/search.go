package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/plan"
	"github.com/minutebook/minutebook/search"
	"github.com/minutebook/minutebook/store"
)

// search answers a search with all that is selected of what it finds: a statement for the hits, one for the records of each
// type with one for each of their edges, and one for each type to cut snippets from.
func (r *Resolver) search(ctx context.Context, text string, types []models.RecordType, body *string, from, to *models.Date) (*models.SearchConnection, error) {
	what := store.Search{Types: types}
	var err error
	if what.Query, err = search.Parse(text); err != nil {
		return nil, models.At("query", models.BadInput("%v", err))
	}
	if body != nil {
		recordType, id, err := models.DecodeID(*body)
		if err == nil && recordType != models.TypeOrganization {
			err = models.BadInput("must be the id of an Organization")
		}
		if err != nil {
			return nil, models.At("body", err)
		}
		what.Body = id
	}
	if from != nil {
		what.From = *from
	}
	if to != nil {
		what.To = *to
	}
	op, field := graphql.GetOperationContext(ctx), graphql.GetFieldContext(ctx).Field
	q, snippets, err := plan.Search(op, field, r.Store.Hits(ctx, what))
	if err != nil {
		return nil, err
	}
	page, err := r.Store.SearchPage(ctx, auth.ActorFrom(ctx), q)
	if err != nil || !snippets {
		return page, err
	}
	return page, r.Store.Snippets(ctx, auth.ActorFrom(ctx), what.Query, page.Nodes)
}
