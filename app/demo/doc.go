// Package demo makes up 葉月市 (はづきし), a city that does not exist, so that a
// new installation has something to show: organisations, sites, inquiries and
// documents of six weeks, and a file share.
//
// Everything in it is invented: people, addresses, numbers. The share is the
// same at every run, byte for byte; the records follow from a seed and a moment.
// Do not use it to fill a register that real work is kept in.
package demo
