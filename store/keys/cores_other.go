//go:build !linux

package keys

// NoCoreDumps keeps the kernel from writing this process's memory, keys included,
// to a file when it crashes, and other processes of the same account from reading
// it. Call it first thing in main. It does nothing on systems other than Linux.
func NoCoreDumps() error { return nil }
