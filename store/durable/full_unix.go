//go:build !windows

package durable

import "syscall"

// A file that would be too large for its file system (FAT: 4 GiB) or for the process
// has no room either.
var noRoom = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}
