package main

import "runtime/debug"

// Memory that the garbage collector trades for time. Reading makes little garbage and holds less, so a heap of several
// times what is held costs some tens of megabytes and spares a fifth of the time of wide answers (docs/performance.md).
const (
	garbagePercent = 400
	memoryLimit    = 208 << 20 // the collector works harder before the heap grows past this
)

// tuneMemory sets the collector as a server wants it, unless GOGC or GOMEMLIMIT say otherwise.
func tuneMemory(getenv func(string) string) {
	if getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
	if getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}
