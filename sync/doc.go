// Package sync is the name above wire, client, server and simtest; it holds no
// code, so that nothing here shadows the standard library's sync.
//
// Use [daicho/sync/client] to bring a replica and its server together,
// [daicho/sync/server] to be that server, and [daicho/sync/wire] for what the
// two say to each other. DESIGN.md states what is guaranteed and what is not.
package sync
