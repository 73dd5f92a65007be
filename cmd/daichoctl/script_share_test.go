package main

import (
	"os"

	"github.com/rogpeppe/go-internal/testscript"

	"daicho/app/scan/share/sambatest"
)

// samba puts a folder on a real file server: samba FOLDER. The variable SAMBA says
// where it is, file samba-password holds what it asks of user scanner.
func samba(ts *testscript.TestScript, _ bool, args []string) {
	s, err := sambatest.Empty()
	ts.Check(err)
	ts.Check(os.CopyFS(s.Dir, os.DirFS(ts.MkAbs(args[0]))))
	ts.Check(os.WriteFile(ts.MkAbs("samba-password"), []byte(s.Password+"\n"), 0o600))
	ts.Setenv("SAMBA", s.Address)
}
