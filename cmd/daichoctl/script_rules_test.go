package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// signPack signs whatever is in a file, as no version of the program would:
// signpack KEY DRAFT PACK.
func signPack(ts *testscript.TestScript, _ bool, args []string) {
	key, err := signingKey(ts.MkAbs(args[0]))
	ts.Check(err)
	body := ts.ReadFile(args[1])
	line := base64.StdEncoding.EncodeToString(ed25519.Sign(key, []byte(body)))
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(line+"\n"+body), 0o600))
}
