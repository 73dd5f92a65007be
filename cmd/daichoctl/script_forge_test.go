package main

import (
	"context"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"

	"daicho/store/keys"
	"daicho/store/vfs"
)

// forge rewrites the history of a server that is not running, as whoever holds
// its keys can: forge SERVER line GSN alters a line of the log, tree makes the
// tree over the log anew, so that nothing at the server tells.
func forge(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	id, err := keys.FolderID(dir)
	ts.Check(err)
	key, err := keys.In(ts.Getenv("DAICHO_KEYS")).Open(context.Background(), id, keys.Passphrase("合言葉 correct horse"))
	ts.Check(err)
	db, err := vfs.Open(filepath.Join(dir, "server.db"), key)
	ts.Check(err)
	defer db.Close()
	for i := 1; i < len(args); i++ {
		switch args[i] {
		case "line":
			i++
			_, err = db.Write.Exec("UPDATE log SET received = received - 60000 WHERE gsn = $1", args[i])
		case "tree":
			_, err = db.Write.Exec("DELETE FROM audit")
		default:
			ts.Fatalf("forge: %s", args[i])
		}
		ts.Check(err)
	}
}
