//go:build !windows

package durable

import "syscall"

var noRoom = []error{syscall.ENOSPC, syscall.EDQUOT}
