//go:build unix

package store_test

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestReadOnlyFolder opens a folder that cannot be written; for root it has to
// become somebody else first, in another process.
func TestReadOnlyFolder(t *testing.T) {
	dir := closed(t)
	open := filepath.Dir(filepath.Dir(dir))
	for _, path := range []string{open, filepath.Dir(dir), dir + ".keys"} {
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	readable := filepath.WalkDir(filepath.Dir(dir), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			err = os.Chmod(path, 0o444)
		}
		return err
	})
	if err := errors.Join(readable, os.Chmod(dir, 0o555)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	before := sums(t, dir)
	said := asNobody(t, "open", dir)
	if !strings.Contains(said, "cannot write to the replica's folder") {
		t.Errorf("said %q", said)
	}
	if after := sums(t, dir); !maps.Equal(before, after) {
		t.Error("something was changed")
	}
}

// asNobody runs a role that must fail, as a user who owns nothing, and returns
// what it said. Only root can become somebody else; others are nobody enough.
func asNobody(t *testing.T, role, dir string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 {
		self = copyFor(t, self, filepath.Dir(dir))
	}
	c := exec.Command(self, dir, strconv.Itoa(0))
	c.Env = append(os.Environ(), roleVar+"="+role, "GOCOVERDIR="+os.TempDir())
	if os.Getuid() == 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	said, err := c.CombinedOutput()
	if err == nil {
		t.Fatal("it could be opened")
	}
	return string(said)
}

// copyFor copies a program to where everybody may run it.
func copyFor(t *testing.T, from, dir string) string {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	path := filepath.Join(dir, "program")
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}
