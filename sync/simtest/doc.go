// Package simtest runs devices, a server and a bad network in one process, from
// a seed, and checks what must hold whatever happens.
//
// Use [Device] where a test needs a replica that is quick and does as it is
// told, even wrong things; use the simulator to look for what nobody thought
// of. Nothing here belongs into a program.
package simtest
