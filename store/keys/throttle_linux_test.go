package keys

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

// TestReadOnlyKeys: a folder of keys that this person may only read keeps nobody
// out, whatever the count in it says.
func TestReadOnlyKeys(t *testing.T) {
	for name, count := range map[string]string{"none": "", "damaged": "{", "years ahead": `{"wrong":99,"clock":9999999999999}`} {
		f, id, key := made(t)
		if count != "" {
			must(t, os.WriteFile(f.triesPath(id), []byte(count), 0o444))
		}
		must(t, errors.Join(os.Chmod(f.Path(id), 0o444), os.Chmod(f.dir, 0o555)))
		t.Run(name, func(t *testing.T) {
			asNobody(t, filepath.Dir(filepath.Dir(f.dir)))
			if err := os.WriteFile(filepath.Join(f.dir, "x"), nil, 0o600); !errors.Is(err, os.ErrPermission) {
				t.Fatalf("the folder can be written: %v", err)
			}
			nobodyWaits(t, f, id, key)
		})
		must(t, os.Chmod(f.dir, 0o700))
	}
}

// asNobody has this test's file accesses judged as those of a user who owns
// nothing, if it runs as root. open is a folder that must be open to him.
func asNobody(t *testing.T, open string) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	must(t, os.Chmod(open, 0o755))
	runtime.LockOSThread() // the identity is the thread's
	_, err := unix.SetfsuidRetUid(65534)
	must(t, err)
	t.Cleanup(func() {
		unix.SetfsuidRetUid(0)
		runtime.UnlockOSThread()
	})
}
