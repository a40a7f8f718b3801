package store

import (
	"fmt"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// selectTotals writes the statement for the sizes of the sets of a level.
func selectTotals(q *Query, l level, guest bool) (string, []any) {
	b := &builder{guest: guest}
	if q.Met != nil {
		b.metTotals(q, l)
		return b.sql.String(), b.args
	}
	b.text("SELECT ")
	if l.edge != nil {
		b.text(l.parentExpr() + ", ")
	}
	b.text("COUNT(*)")
	b.from(q, l)
	b.where(q, l, false)
	if l.edge != nil {
		b.text(" GROUP BY " + l.parentExpr())
	}
	return b.sql.String(), b.args
}

// selectGroups writes the statement for one grouping of the sets of a level.
func selectGroups(q *Query, g *Grouping, l level, guest bool) (string, []any) {
	b, joins := &builder{guest: guest}, &builder{guest: guest, aliases: 1000}
	keys, many := g.keys(b, joins)
	count := "COUNT(*)"
	if many || b.spread {
		count = "COUNT(DISTINCT t.id)"
	}
	parent := ""
	if l.edge != nil {
		parent = l.parentExpr() + ", "
	}
	all := strings.Join(keys, ", ")
	b.text("SELECT " + parent + all + ", " + count + " AS n_")
	b.from(q, l)
	b.text(joins.sql.String()).bind(joins.args...)
	b.where(q, l, false)
	b.text(" GROUP BY " + parent + all)
	for i, bound := range g.Having {
		b.text(map[bool]string{true: " HAVING ", false: " AND "}[i == 0] + count)
		b.bound(bound)
	}
	b.text(" ORDER BY ")
	switch g.Order {
	case models.GroupCountAsc:
		b.text("n_, " + all)
	case models.GroupKeyAsc:
		b.text(all)
	case models.GroupKeyDesc:
		b.text(strings.Join(keys, " DESC, ") + " DESC")
	default:
		b.text("n_ DESC, " + all)
	}
	if l.single() {
		b.text(" LIMIT ?").bind(g.First)
	}
	return b.sql.String(), b.args
}

// keys writes what rows are grouped by, the joins that lead there, and whether one of these leads to many.
func (g *Grouping) keys(b, joins *builder) (keys []string, many bool) {
	for _, d := range g.By {
		at := "t"
		b.spread = b.spread || d.spread
		for _, edge := range d.edges {
			at = joins.joinAlong(edge, at)
			many = many || edge.Local == ""
		}
		switch {
		case d.column == "":
			keys = append(keys, at+".id")
		case d.length > 0:
			keys = append(keys, fmt.Sprintf("SUBSTR(%s.%s, 1, %d)", at, d.column, d.length))
		default:
			keys = append(keys, at+"."+d.column)
		}
	}
	return keys, many
}

// joinAlong writes the joins along an edge and returns the alias of the table it leads to.
func (b *builder) joinAlong(edge *Edge, at string) string {
	to := b.alias()
	switch {
	case edge.Local != "":
		b.text(fmt.Sprintf(" LEFT JOIN %s %s ON %s.id = %s.%s", edge.To.Table, to, to, at, edge.Local))
	case edge.Foreign != "":
		b.text(fmt.Sprintf(" LEFT JOIN %s %s ON %s.%s = %s.id", edge.To.Table, to, to, edge.Foreign, at))
	default:
		// In parentheses: a link to what may not be seen is no link.
		link := b.alias()
		b.text(fmt.Sprintf(" LEFT JOIN (%s %s JOIN %s %s ON %s.id = %s.%s", edge.Link.Table, link, edge.To.Table, to, to, link, edge.Link.Child))
		b.linked(edge, link)
		b.visible(edge.To, to)
		b.text(fmt.Sprintf(") ON %s.%s = %s.id", link, edge.Link.Parent, at))
		return to
	}
	b.visible(edge.To, to)
	return to
}
