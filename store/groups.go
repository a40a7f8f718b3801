package store

import (
	"database/sql"

	"github.com/minutebook/minutebook/models"
)

// groups counts the sets of a level by one grouping, and loads the records its keys stand for.
func (ld *loader) groups(q *Query, g *Grouping, l level, found sets) error {
	text, args := selectGroups(q, g, l, ld.guest)
	keys := make([]sql.Null[[]byte], len(g.By))
	var wanted []wantedKey
	err := ld.each(text, args, func(rows *sql.Rows) error {
		var parent models.ID
		group := &models.Group{}
		into := make([]any, 0, len(keys)+2)
		if l.edge != nil {
			into = append(into, &parent)
		}
		for i := range keys {
			into = append(into, &keys[i])
		}
		if err := rows.Scan(append(into, &group.Count)...); err != nil {
			return err
		}
		set := found.of(parent)
		if len(set.groups[g.Key]) >= g.First {
			return nil
		}
		for i, d := range g.By {
			key := &models.GroupKey{Dimension: d.Name}
			if keys[i].Valid {
				value := string(keys[i].V)
				if d.To != nil {
					id := models.ID(keys[i].V)
					value = models.EncodeID(d.To.Record, id)
					wanted = append(wanted, wantedKey{key, i, id})
				}
				key.Value = &value
			}
			group.Keys = append(group.Keys, key)
		}
		if set.groups == nil {
			set.groups = map[string][]*models.Group{}
		}
		set.groups[g.Key] = append(set.groups[g.Key], group)
		return nil
	})
	if err != nil {
		return err
	}
	return ld.groupNodes(g, wanted)
}

// wantedKey is a key that stands for a record.
type wantedKey struct {
	key   *models.GroupKey
	place int
	id    models.ID
}

// groupNodes loads the records behind keys, a statement for each dimension.
func (ld *loader) groupNodes(g *Grouping, wanted []wantedKey) error {
	for place, q := range g.Nodes {
		if q == nil {
			continue
		}
		var ids []models.ID
		for _, w := range wanted {
			if w.place == place {
				ids = append(ids, w.id)
			}
		}
		if len(ids) == 0 {
			continue
		}
		found, err := ld.records(q, ids)
		if err != nil {
			return err
		}
		for _, w := range wanted {
			if node, ok := found[w.id].(models.Node); ok && w.place == place {
				w.key.Node = node
			}
		}
	}
	return nil
}
