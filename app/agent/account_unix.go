//go:build unix

package agent

import (
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// accounts are names of those whose files lie on this machine's own disks.
type accounts struct{ names map[uint32]string }

// of is whose file it is; empty, if it is not there any more.
func (a *accounts) of(path string) string {
	info, err := os.Lstat(path)
	if err != nil {
		return ""
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	if a.names == nil {
		a.names = map[uint32]string{}
	}
	name, known := a.names[stat.Uid]
	if !known {
		name = strconv.FormatUint(uint64(stat.Uid), 10)
		if u, err := user.LookupId(name); err == nil {
			name = u.Username
		}
		a.names[stat.Uid] = name
	}
	return name
}
