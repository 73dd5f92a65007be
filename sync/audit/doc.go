// Package audit is the tamper-evident record over a server's order: a Merkle
// tree as RFC 6962 and golang.org/x/mod/sumdb/tlog have it, with one leaf for
// each line; checkpoints that the server's identity signs as notes; proofs that
// one checkpoint continues another and that a line stands under one; and the
// files by which a third person checks all of that alone.
//
// Use it from sync/server, which grows the tree, from sync/client, which lets
// no server rewrite what it has seen, and from daichoctl. It is not for deciding
// what a line means: everything here is pure and knows lines by their hashes.
package audit
