// Package memory keeps on the disk what scans found, so that the next one opens
// only files that changed, and one that was killed goes on where it was.
//
// Use it as [scan.Memory]. It is no register of findings: who is responsible for a
// file, and since when, is the business of the register. Like the lines themselves
// it holds paths, kinds and counts and never a value; the file is sealed under a
// key, for paths name people, too.
package memory
