// Package graph is the contract of the API: one .graphqls file for each thing, and the Go that gqlgen makes of
// them. No Go is written here by hand.
package graph

//go:generate go -C .. tool gqlgen generate
