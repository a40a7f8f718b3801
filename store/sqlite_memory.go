package store

import (
	"sync"

	"modernc.org/libc"
)

// holdMemory keeps a block of each size for good. The memory of SQLite comes in slabs of blocks of one size, and a slab goes
// back to the system with its last block: a page that is used for a moment, while the tree of an index is balanced, would
// otherwise be a journey to the system and back, thousands of times in an import.
var holdMemory = sync.OnceFunc(func() {
	const smallest, largest = 64, 1 << 15
	thread := libc.NewTLS()
	for size := smallest; size <= largest; size *= 2 {
		libc.Xmalloc(thread, libc.Tsize_t(size))
	}
	thread.Close()
})
