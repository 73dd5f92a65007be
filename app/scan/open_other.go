//go:build !linux

package scan

import "os"

// openQuietly opens a file for reading. These systems have no way to keep the
// access time.
func openQuietly(path string) (*os.File, error) { return os.Open(path) }
