package store_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// diskVar names the small disk to the process that may use it.
const diskVar = "DAICHO_SMALL_DISK"

// TestFullDiskForReal works on a disk of some megabytes on which ever less is
// free. It is mounted for one process alone, which needs no root where the
// system lets anybody have a space of their own.
func TestFullDiskForReal(t *testing.T) {
	if disk := os.Getenv(diskVar); disk != "" {
		onSmallDisk(t, disk)
		return
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, "-test.run=^TestFullDiskForReal$", "-test.v")
	c.Env = append(os.Environ(), diskVar+"="+t.TempDir())
	c.SysProcAttr = ownMounts()
	out, err := c.CombinedOutput()
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EACCES) || strings.Contains(string(out), noMount) {
		t.Skipf("no small disk can be mounted here, as root or by a namespace of the user's own (%v): this was not tested\n%s", err, out)
	}
	if err != nil || !strings.Contains(string(out), "--- PASS: TestFullDiskForReal") {
		t.Errorf("%v\n%s", err, out)
	}
}

// ownMounts starts a process that sees its own mounts, and is root in there.
func ownMounts() *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		a.Cloneflags |= syscall.CLONE_NEWUSER
		a.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		a.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	return a
}

// noMount begins what the process says that could not mount the disk.
const noMount = "cannot mount"

// diskSize is room for the whole session, and some for what fills the rest.
const diskSize = 8 << 20

func onSmallDisk(t *testing.T, disk string) {
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, fmt.Sprintf("size=%d", diskSize)); err != nil {
		t.Fatalf("%s: %v", noMount, err)
	}
	refusals := 0
	for room := 288 << 10; room >= 0; room -= 24 << 10 {
		dir := filepath.Join(disk, fmt.Sprint(room))
		s := newSession(t, filepath.Join(dir, "replica"))
		s.run(func(int) { fillDisk(t, disk, int64(room)) }, func() { refusals += emptyDisk(t, disk) })
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if t.Failed() {
			t.Fatalf("%d bytes were free before each step", room)
		}
	}
	t.Logf("%d steps met a disk without a free block", refusals)
	if refusals < 20 {
		t.Error("the disk was hardly ever full")
	}
}

// fillDisk leaves so many bytes free on the disk.
func fillDisk(t *testing.T, disk string, room int64) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(disk, "filler"), make([]byte, max(0, free(t, disk)-room)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// emptyDisk takes the filler away, and gives 1 if no block was free before.
func emptyDisk(t *testing.T, disk string) int {
	t.Helper()
	left := free(t, disk)
	if err := os.Remove(filepath.Join(disk, "filler")); err != nil {
		t.Fatal(err)
	}
	if left < 4096 {
		return 1
	}
	return 0
}

// free is how many bytes are free on the disk.
func free(t *testing.T, disk string) int64 {
	t.Helper()
	var s syscall.Statfs_t
	if err := syscall.Statfs(disk, &s); err != nil {
		t.Fatal(err)
	}
	return int64(s.Bavail) * s.Bsize
}
