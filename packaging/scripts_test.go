package packaging_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScripts runs the scripts of this folder as a person would, in a tree of
// their own, on a machine of stand-ins: every program that would change this
// machine (apt-get, sudo) or take minutes (go, Xvfb, the programs themselves)
// is one of testdata/fake, which note how they were called in calls.log.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "testdata",
		Setup: machine,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"appears": appears,
		},
	})
}

// real are the only programs of this machine that the scripts may find.
var real = []string{"base64", "bash", "cat", "chmod", "cp", "cut", "dirname", "env", "find", "grep", "head", "make",
	"mkdir", "mv", "patch", "printf", "rm", "sed", "sh", "sleep", "sort", "tail", "touch", "tr", "xargs"}

// machine lays out the tree and a PATH of real and stand-in programs.
func machine(e *testscript.Env) error {
	tools := filepath.Join(e.WorkDir, ".tools")
	if err := os.Mkdir(tools, 0o755); err != nil {
		return err
	}
	for _, name := range real {
		where, err := exec.LookPath(name)
		if err != nil {
			return err
		}
		if err := os.Symlink(where, filepath.Join(tools, name)); err != nil {
			return err
		}
	}
	if err := os.CopyFS(tools, os.DirFS("testdata/fake")); err != nil {
		return err
	}
	e.Setenv("PATH", tools)
	e.Setenv("FAKE", tools)
	e.Setenv("CALLS", filepath.Join(e.WorkDir, "calls.log"))
	return tree(e.WorkDir)
}

// tree copies what the scripts need from the real tree; the module that is mended
// and the diff for it are stand-ins.
func tree(dir string) error {
	if err := os.Mkdir(filepath.Join(dir, "packaging"), 0o755); err != nil {
		return err
	}
	for _, name := range []string{"../Makefile", "../go.mod", "../go.sum", "setup.sh", "cure", "build", "run", "pictures", "test", "check", "bench"} {
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, "packaging", name), content, 0o755); err != nil {
			return err
		}
	}
	return os.Rename(filepath.Join(dir, ".tools", "glfw.diff"), filepath.Join(dir, "packaging", "glfw.diff"))
}

// appears waits until files exist, or fails after half a minute.
func appears(ts *testscript.TestScript, not bool, names []string) {
	if not {
		ts.Fatalf("unsupported: ! appears")
	}
	limit := time.Now().Add(30 * time.Second)
	for _, name := range names {
		for {
			if _, err := os.Stat(ts.MkAbs(name)); err == nil {
				break
			}
			if time.Now().After(limit) {
				ts.Fatalf("%s did not appear", name)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
}
