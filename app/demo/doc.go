// Package demo makes the believable data of a fictitious city, 架空市 葉月市
// (はづきし), that a new installation shows and the tests read.
//
// Everything in it is invented: people, addresses, numbers. It is the same at
// every run, byte for byte, so that screens and tests can be compared. Do not
// use it to fill a register that real work is kept in.
package demo
