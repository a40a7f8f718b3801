// Package analysis holds algorithms on graphs whose nodes are the numbers 0, 1, 2 …: shortest paths over a graph that is
// asked for piece by piece, and measures of a network that is there as a whole. All of them end within a budget, and the
// same graph always gives the same numbers.
//
// It reads no database and does not know a meeting from a person.
package analysis
