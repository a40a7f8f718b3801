package store

import (
	"reflect"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// typing is what the store must know of a model to fill it without knowing its type: how to make one, where its
// columns go, and how to put several into a page or a list of the right type.
type typing struct {
	fresh      func() any
	connection func(page) any
	list       func([]any) any
	paths      map[string][]int // column → index path of the field
}

// page is what goes into a models.Connection.
type page struct {
	nodes   []any
	cursors []string
	uses    []models.DocumentUse
	info    models.PageInfo
	total   int
	groups  map[string][]*models.Group
}

// typed returns the typing of a model.
func typed[T any]() typing {
	return typing{
		fresh: func() any { return new(T) },
		list: func(rows []any) any {
			out := make([]*T, len(rows))
			for i, row := range rows {
				out[i] = row.(*T)
			}
			return out
		},
		connection: func(p page) any { return connectionOf[T](p) },
		paths:      columnPaths(reflect.TypeFor[T]()),
	}
}

func connectionOf[T any](p page) *models.Connection[T] {
	c := &models.Connection[T]{
		Edges: make([]*models.Edge[T], len(p.nodes)), Nodes: make([]*T, len(p.nodes)), PageInfo: p.info, TotalCount: p.total,
	}
	edges := make([]models.Edge[T], len(p.nodes))
	for i, node := range p.nodes {
		edges[i].Node = node.(*T)
		if p.cursors != nil {
			edges[i].Cursor = p.cursors[i]
		}
		if p.uses != nil {
			edges[i].DocumentUse = p.uses[i]
		}
		c.Edges[i], c.Nodes[i] = &edges[i], edges[i].Node
	}
	for key, groups := range p.groups {
		c.SetGroups(key, groups)
	}
	return c
}

// columnPaths reads the gorm tags of a model.
func columnPaths(t reflect.Type) map[string][]int {
	paths := map[string][]int{}
	for _, field := range reflect.VisibleFields(t) {
		for part := range strings.SplitSeq(field.Tag.Get("gorm"), ";") {
			if name, ok := strings.CutPrefix(part, "column:"); ok {
				paths[name] = field.Index
			}
		}
	}
	return paths
}

// holder is a model along whose edges something can be loaded.
type holder interface{ SetLoaded(name string, value any) }
