// Package demo makes up 葉月市, a city that does not exist, so that a new
// installation has something to show: inquiries, documents, and a file share.
// The same seed and moment give the same city on every machine.
//
// Its people, sites and files are invented; no test of a rule should rest on
// them, and no replica that real work is done in should ever be filled.
package demo
