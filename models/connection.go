package models

import (
	"context"
	"fmt"
	"reflect"
	"sort"
	"strings"
)

// Connection is a page of a set of records, as Relay's specification has it. TotalCount and the groups speak of
// the whole set and are there only where they were asked for.
type Connection[T any] struct {
	Edges      []*Edge[T]
	Nodes      []*T
	PageInfo   PageInfo
	TotalCount int

	groups map[string][]*Group
}

// Edge is a record in a page, with the cursor to page from. DocumentUse is set on the edges between an agenda item
// and its documents only.
type Edge[T any] struct {
	Cursor string
	Node   *T
	DocumentUse
}

// DocumentUse says what a document is to an agenda item, and the short title the item uses for it.
type DocumentUse struct {
	Role       DocumentRole
	ShortTitle *string
}

// PageInfo says where a page stands in its set.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// Dimension is something records are counted by.
type Dimension string

// GroupOrder is the order of groups.
type GroupOrder string

// Values of GroupOrder.
const (
	GroupCountDesc GroupOrder = "COUNT_DESC"
	GroupCountAsc  GroupOrder = "COUNT_ASC"
	GroupKeyAsc    GroupOrder = "KEY_ASC"
	GroupKeyDesc   GroupOrder = "KEY_DESC"
)

// Group is how many records share the keys.
type Group struct {
	Keys  []*GroupKey
	Count int
}

// GroupKey is one key of a group: the value as text (an API id where it is a record), and the record.
type GroupKey struct {
	Dimension string
	Value     *string
	Node      Node
}

// GroupsKey names one selection of groups of a connection by its arguments, so that two selections with other
// arguments stay apart.
func GroupsKey(by []Dimension, having map[string]any, orderBy *GroupOrder, first *int) string {
	var b strings.Builder
	fmt.Fprint(&b, by)
	names := make([]string, 0, len(having))
	for name := range having {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		// A value comes as it stands in the request, or through a pointer from gqlgen.
		fmt.Fprintf(&b, " %s=%v", name, reflect.Indirect(reflect.ValueOf(having[name])))
	}
	if orderBy != nil {
		fmt.Fprintf(&b, " by %s", *orderBy)
	}
	if first != nil {
		fmt.Fprintf(&b, " first %d", *first)
	}
	return b.String()
}

// SetGroups keeps the groups of one selection, named by GroupsKey.
func (c *Connection[T]) SetGroups(key string, groups []*Group) {
	if c.groups == nil {
		c.groups = make(map[string][]*Group, 1)
	}
	if groups == nil {
		groups = []*Group{}
	}
	c.groups[key] = groups
}

// Groups returns the groups that were loaded for these arguments.
func (c *Connection[T]) Groups(_ context.Context, by []Dimension, having map[string]any, orderBy *GroupOrder, first *int) ([]*Group, error) {
	groups, ok := c.groups[GroupsKey(by, having, orderBy, first)]
	if !ok {
		return nil, fmt.Errorf("groups by %v were not loaded", by)
	}
	return groups, nil
}
