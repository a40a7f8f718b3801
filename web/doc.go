// Package web serves the pages people look at: the explorer at / and GraphiQL at /graphiql.
//
// The pages are built by Vite into dist, which is embedded into the binary and is not in the repository; where it has not
// been built, a page says how to build it. The pages are clients of the public GraphQL API and of nothing else, so this
// package imports nothing of the project, reads no data and knows no user. It serves files and the headers that keep them safe.
package web
