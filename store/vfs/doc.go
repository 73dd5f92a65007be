// Package vfs seals SQLite files: every page of a database, every frame of its
// write-ahead log, every block of its journals and temporary files is encrypted
// and authenticated before it reaches the disk. It is a SQLite VFS ("virtual
// file system") over the platform's own one, for the pure Go SQLite of
// modernc.org/sqlite, so several processes may share one database as usual.
//
// Use it through [Create] and [Open], which give a writer and a pool of readers
// with the settings that the guarantees need. Use [Register] alone only for what
// those two do not cover, for instance a copy under a key of its own (see
// [VFS.URI] and [Database.CopyTo]).
//
// An older version of a page, or of the log, that is put back at its place is
// noticed by a table of page tags beside the database. A database is therefore two
// files: move one with [Replace], take one away with [Remove].
//
// Do not use it to keep keys (that is package keys), for files that are not
// SQLite's, or against somebody who can put back an older version of all files
// together: that is told only by who keeps [Database.Version] elsewhere. DESIGN.md
// holds the exact format, which may never change, and says what is guaranteed and
// what is not.
package vfs
