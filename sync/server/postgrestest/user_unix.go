//go:build unix

package postgrestest

import (
	"os"
	"os/exec"
	"syscall"
)

// nobody has no rights. PostgreSQL refuses to run as root.
const nobody = 65534

// unprivileged lets root's command run as nobody.
func unprivileged(c *exec.Cmd) *exec.Cmd {
	if os.Geteuid() == 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return c
}

// give hands files to whom the server runs as.
func give(paths ...string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	for _, p := range paths {
		if err := os.Chown(p, nobody, nobody); err != nil {
			return err
		}
	}
	return nil
}
