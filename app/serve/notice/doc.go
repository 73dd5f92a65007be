// Package notice sends what the server tells people: it takes notices out of their
// register, hands them to a mail server or a web hook, and notes each attempt before
// and after. What is told to whom is decided by who makes the notice, with the words
// that are here.
//
// It works on the server's own replica through store.Write. Do not use it where a
// person sends mail by himself: he has a program for that.
package notice
