package polite

import (
	"os"
	"strconv"

	"golang.org/x/sys/unix"

	"daicho/app"
)

// Battery gives a way to ask whether the machine runs on battery.
func Battery() (func() bool, error) {
	return func() bool { return onBattery("/sys/class/power_supply") }, nil
}

// Of linux/ioprio.h: the class that only gets what nobody else wants.
const (
	ioprioWhoProcess = 1
	ioprioClassIdle  = 3 << 13
)

// Yield gives the process the lowest priority for the processor and the disk, for
// the rest of its life. Priorities belong to threads, and new threads take over
// that of the one that made them, so all there are get it, and those that were made
// meanwhile.
func Yield() error {
	done := map[int]bool{}
	for {
		list, err := os.ReadDir("/proc/self/task")
		if err != nil {
			return errYield(err)
		}
		before := len(done)
		for _, t := range list {
			if id, err := strconv.Atoi(t.Name()); err == nil && !done[id] {
				if err := yield(id); err != nil {
					return errYield(err)
				}
				done[id] = true
			}
		}
		if len(done) == before {
			return nil
		}
	}
}

func yield(thread int) error {
	if err := unix.Setpriority(unix.PRIO_PROCESS, thread, 19); err != nil && err != unix.ESRCH {
		return err
	}
	if _, _, err := unix.Syscall(unix.SYS_IOPRIO_SET, ioprioWhoProcess, uintptr(thread), ioprioClassIdle); err != 0 && err != unix.ESRCH {
		return err
	}
	return nil
}

func errYield(err error) error {
	return app.Because(err, app.Failed, "優先度を下げられません。--idle を付けずに実行してください。", "the priority cannot be lowered; go on without --idle")
}
