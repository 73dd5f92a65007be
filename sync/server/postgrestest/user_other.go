//go:build !unix

package postgrestest

import "os/exec"

func unprivileged(c *exec.Cmd) *exec.Cmd { return c }

func give(...string) error { return nil }
