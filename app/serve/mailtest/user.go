package mailtest

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
)

// nobody runs the servers where the tests run as root, for whom no mail server works.
const nobody = "nobody"

// owner is whose the servers are.
func owner() (name, group string) {
	if os.Getuid() == 0 {
		return nobody, "nogroup"
	}
	u, err := user.Current()
	if err != nil {
		return nobody, "nogroup"
	}
	g, err := user.LookupGroupId(u.Gid)
	if err != nil {
		return u.Username, "nogroup"
	}
	return u.Username, g.Name
}

// as runs a program as the servers' user.
func as(name string, args ...string) *exec.Cmd {
	if os.Getuid() != 0 {
		return exec.Command(name, args...)
	}
	user, group := owner()
	return exec.Command("setpriv", append([]string{"--reuid", user, "--regid", group, "--clear-groups", name}, args...)...)
}

// give hands a file to the servers' user.
func give(path string) error {
	if os.Getuid() != 0 {
		return nil
	}
	u, err := user.Lookup(nobody)
	if err != nil {
		return err
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return err
	}
	return os.Chown(path, uid, gid)
}
