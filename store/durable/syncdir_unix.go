//go:build !windows

package durable

import (
	"errors"
	"os"
)

// syncDir makes a new name in dir last through a loss of power.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
