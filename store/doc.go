// Package store keeps the graph in a database: SQLite in one file, or MySQL and MariaDB. Every SQL statement of the
// product stands here. Start with graph.go, the declaration of entities, columns and edges that everything follows: sql.go,
// load.go and scan.go read along it, create.go, update.go and delete.go write along it, visibility.go keeps what guests may
// see, changes.go the log.
//
// It does not know GraphQL or HTTP, nor who is asking beyond a models.Actor, and it decides no rule about roles.
package store
