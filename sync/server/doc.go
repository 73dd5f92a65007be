// Package server puts the changes of all devices into one order, judges them
// by the rules of the registers, and tells every device what came of it.
//
// Use [Create] and [Open] to be the server of a contract, or [NewSequencer]
// over a [Log] for the order alone. It is not for reading registers: whoever
// wants lists, search or reports on the server keeps a replica like everybody
// else. The rules themselves live in package app and in the modules.
//
// DESIGN.md one folder above states the guarantees and the order of checks.
package server
