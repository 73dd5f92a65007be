package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"daicho/store/internal/fault"
)

func TestCreate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台帳")
	put := func(text string) func(string) error {
		return func(d string) error { return os.WriteFile(d, []byte(text), 0o600) }
	}
	failed := errors.New("no")
	if err := Create(path, func(string) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("a failing writer: got %v", err)
	}
	if err := Create(path, put("a")); err != nil {
		t.Fatal(err)
	}
	if err := Create(path, put("b")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over an existing file: got %v", err)
	}
	if err := name(path, path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("name over an existing file: got %v", err)
	}
	only(t, path, "a")
}

func TestReplace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	for _, text := range []string{"a", "longer", ""} {
		if err := Replace(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		only(t, path, text)
	}
	if err := Replace(filepath.Join(path, "below a file"), nil); err == nil {
		t.Error("a folder that is a file was accepted")
	}
}

// only makes sure that path has this content, is private and stands alone.
func only(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if names, err := os.ReadDir(filepath.Dir(path)); err != nil || len(names) != 1 {
		t.Errorf("left behind: %v, %v", names, err)
	}
}

func TestFull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	fault.Set(func(fault.Op) error { return noRoom[0] })
	defer fault.Set(nil)
	if err := Replace(path, []byte("x")); !Full(err) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something is there: %v", err)
	}
	if Full(fs.ErrExist) || Full(nil) {
		t.Error("any error is one about room")
	}
}
