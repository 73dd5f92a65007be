// Package bundle is the file that carries changes and answers where no network
// does: on a stick, or over a cable between two devices. It seals, signs, cuts
// into parts, and reads what comes back, as a stream and in little memory.
//
// Use it from sync/client and sync/server, which know what to put in and what to
// do with what comes out. It is not for backups: what a bundle holds is judged by
// the server like everything else.
package bundle
