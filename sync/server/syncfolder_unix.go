//go:build unix

package server

import (
	"errors"
	"os"
)

// syncFolder makes a rename in a folder survive a loss of power.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
