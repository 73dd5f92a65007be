// Package fault lets a test end the program, or make the disk fail, between two
// operations on files: every package below store that writes asks it first. In a
// program nobody sets anything and an operation costs one comparison more. It
// decides nothing by itself, and what only reads has no use for it.
package fault

import "sync/atomic"

// Op is what is about to be done to a file.
type Op int

// The operations.
const (
	Write    Op = iota // bytes into a file, or a new file
	Truncate           // a file's size
	Sync               // a file or a folder onto the disk
	Name               // a file gets the name under which it is found
	Delete
)

var hook atomic.Pointer[func(Op) error]

// Before is called before each operation; after an error it is not done.
func Before(op Op) error {
	if f := hook.Load(); f != nil {
		return (*f)(op)
	}
	return nil
}

// Set has f called before every operation of this process, by several
// goroutines; nil ends that. Only tests call it.
func Set(f func(Op) error) {
	if f == nil {
		hook.Store(nil)
		return
	}
	hook.Store(&f)
}
