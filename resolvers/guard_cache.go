package resolvers

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/vektah/gqlparser/v2/ast"
)

// documentWeight is how much memory a parsed document takes for each byte of its text, measured on documents of
// aliases, which are the heaviest: 11 KB of them take 338 KB.
const documentWeight = 32

// known is a document that has been found to be good, with what is known of its operations, by their places.
type known struct {
	document   *ast.QueryDocument
	operations []*traits
}

// documentCache keeps validated documents by their text, bounded by their number and by the memory they take.
type documentCache struct {
	longest int
	memory  int

	mu   sync.Mutex
	used int
	list *simplelru.LRU[string, *known] // nil where nothing is kept
}

func newDocumentCache(documents, longest, memory int) *documentCache {
	c := &documentCache{longest: longest, memory: memory}
	if documents > 0 {
		c.list, _ = simplelru.NewLRU(documents, func(text string, _ *known) { c.used -= weigh(text) }) // fails for sizes below 1 only
	}
	return c
}

func weigh(text string) int { return len(text) * documentWeight }

func (c *documentCache) get(text string) *known {
	if c.list == nil || len(text) > c.longest {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	document, _ := c.list.Get(text)
	return document
}

func (c *documentCache) add(text string, document *known) {
	if c.list == nil || len(text) > c.longest || weigh(text) > c.memory {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.list.Contains(text) {
		return
	}
	c.used += weigh(text)
	c.list.Add(text, document)
	for c.used > c.memory {
		c.list.RemoveOldest()
	}
}
