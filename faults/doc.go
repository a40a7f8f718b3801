// Package faults breaks what the program stands on, while clients write and read, and looks afterwards whether anything was
// lost. It runs the built program, not its packages: a server of its own, a MariaDB of its own that it may kill, and a line
// between the two that it may cut.
//
// Writers keep a ledger of what was acknowledged, forced to disk entry by entry. When the fault is over, the records, the
// export, the search and the chain of the log are compared with it. These must hold, whatever broke:
//
//	I1   what was acknowledged is there, once, field by field
//	I2   what had no certain answer is there once or not at all; the same key again gives the first answer
//	I3   nothing is there that nobody sent
//	I4   an import is there whole or not at all
//	I5   the version of a record counts its changes; no change is lost to another
//	I6   the chain of the log verifies, with an entry for each change
//	I7   a guest never sees what is not public
//	I8   each request is answered, or fails, within the times of the settings
//	I9   ten seconds after the fault all is as before, without a restart
//	I10  goroutines, connections, files and memory come back to where they were
//
// It knows nothing of the store but how to verify a database, and nothing of the API but a few documents.
package faults
