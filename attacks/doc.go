// Package attacks sends a server what hostile strangers and careless clients send, and says what came back that should not
// have. It runs the built program on an empty database of its own, or goes to a deployment that is named; there it writes
// nothing: what it tries to change, it is not allowed to, and files are only previewed.
//
// Besides what a case wants, these hold for every answer: no status 500, no code that the API does not have, no stack, SQL or
// name of a source file, no hint at the schema, and a server that still says that it is well.
package attacks
