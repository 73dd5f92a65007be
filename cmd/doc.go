// Package cmd holds the programs, one folder each: daicho (the window),
// daicho-server and daichoctl; and cli, by which the last two read their
// arguments. It exists only so that this folder can say what
// lives here and so that arch_test.go can look over the whole tree: nothing
// imports it, and a program's own code belongs into that program's folder.
//
// A program only wires parts together. What two programs need is not put
// here but into app, store, sync or ui, where it can be tested without them.
package cmd
