// Package scan walks folders and tells, for every file and every file inside
// an archive, what personal data is in it and whether a password protects it.
//
// It joins package extract (files to text) and package detect (text to
// findings), and is the engine behind the scan of file servers and clients.
// It only reads: files are opened without touching their access time where
// the system allows that, links are not followed, and FIFOs, sockets and
// devices are not opened. A Line holds kinds and counts, never a value.
//
// Do not use it to search for words, nor to decide what is allowed: exceptions
// and responsibilities are matters of the register of findings.
package scan
