package main

import (
	"github.com/rogpeppe/go-internal/testscript"

	"daicho/store/vfs"
)

// forge rewrites the history of a server that is not running, as whoever holds
// its keys can: forge SERVER line GSN alters a line of the log, tree makes the
// tree over the log anew, so that nothing at the server tells.
func forge(ts *testscript.TestScript, _ bool, args []string) {
	unsealed(ts, args[0], "server.db", func(db *vfs.Database) (err error) {
		for i := 1; i < len(args) && err == nil; i++ {
			switch args[i] {
			case "line":
				i++
				_, err = db.Write.Exec("UPDATE log SET received = received - 60000 WHERE gsn = $1", args[i])
			case "tree":
				_, err = db.Write.Exec("DELETE FROM audit")
			default:
				ts.Fatalf("forge: %s", args[i])
			}
		}
		return err
	})
}
