package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"daicho/cmd/cli"
	"daicho/cmd/daicho-server/verbs"
	"daicho/store/keys"
)

// cheap is what a try of a passphrase costs here: the scripts make hundreds.
var cheap = keys.Cost{Passes: 1, KiB: 8, Threads: 1}

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"daichoctl": func() {
			cli.Enter(func(args []string, console *cli.Console) int { placed(console); return run(args, console, cheap) })
		},
		"daicho-server": func() {
			cli.Enter(func(args []string, console *cli.Console) int { placed(console); return verbs.Run(args, console, cheap) })
		},
		"hold": hold,
	})
}

// The scripts tell, command by command, what people and other programs do.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		Setup:               setUp,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"absent":       absent,
			"await":        await,
			"book":         editBook,
			"browse":       browse,
			"openform":     openForm,
			"sendform":     sendForm,
			"characters":   characters,
			"everyin":      everyIn,
			"citykept":     cityKept,
			"citytold":     cityTold,
			"citytree":     cityTree,
			"clock":        clock,
			"database":     database,
			"day":          day,
			"enrolled":     enrolledTo,
			"exits":        exits,
			"flip":         flip,
			"forge":        forge,
			"grepall":      grepAll,
			"hangup":       hangUp,
			"helps":        helps,
			"json":         readJSON,
			"killed":       killed,
			"lastline":     lastLine,
			"leave":        leave,
			"lists":        nameLists,
			"hookserver":   hookServer(t),
			"mails":        mails,
			"mailset":      mailSet,
			"mailservers":  mailServers(t),
			"otherversion": otherVersion,
			"picture":      picture,
			"post":         post,
			"port":         freePort,
			"proof":        proof,
			"receipts":     receipts,
			"refuses":      refuses,
			"report":       postEvent,
			"samba":        samba,
			"scanned":      scanned,
			"sealed":       sealed,
			"sheet":        editSheet,
			"signpack":     signPack,
			"spoil":        spoil,
			"squeezed":     squeezed,
			"standin":      standIn,
			"terminate":    terminate,
			"until":        until,
			"waits":        waitsFor,
		},
	})
}
