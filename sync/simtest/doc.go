// Package simtest has what tests of sync are made of: a [World] with a server
// in memory, and a [Device] that is a replica in memory, quick, and obedient
// even to wrong orders. Its own tests are the simulator: devices, carriers, a
// bad network and crashes from a seed, and an oracle that judges the end.
//
// Use it in tests of sync and of what is built upon it. A test that needs a
// real replica takes package storetest; nothing here belongs into a program.
package simtest
