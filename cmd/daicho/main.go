// Command daicho is the desktop: it opens a replica and shows the sections of
// the product in a window. It only wires parts together; what a screen does is
// in ui, what a record is in app, what is kept in store.
//
// For work without a window there is daichoctl, also while the window is open.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/alecthomas/kong"

	core "daicho/app"
	"daicho/store/keys"

	_ "time/tzdata" // a Windows PC has none
)

// version is that of the program; FyneApp.toml has the same.
const version = "0.1.0"

// args are the arguments of the program.
type args struct {
	Replica string `help:"Folder of the replica." default:"${replica}" type:"path"`
	Lang    string `help:"Language of the window." default:"ja" enum:"ja,en"`
	Dark    bool   `help:"Dark colours."`
	Text    int    `help:"Size of the text in per cent." default:"100" enum:"100,115,130"`
	Width   int    `hidden:"" default:"1280"`
	Height  int    `hidden:"" default:"800"`
	Tour    string `help:"Walk through the product by itself, photograph every stop into this folder, and end." type:"path" placeholder:"DIR"`

	Version kong.VersionFlag `help:"Print the version and end."`
}

func main() {
	var a args
	parser := kong.Must(&a, kong.Name("daicho"), kong.Description("The desktop of Daicho (台帳)."),
		kong.Vars{"version": "daicho " + version, "replica": defaultReplica()})
	if _, err := parser.Parse(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "daicho: %v\n", err)
		os.Exit(2)
	}
	if err := run(a); err != nil {
		report(err)
		os.Exit(1)
	}
}

// defaultReplica is where the replica of the person at this computer stands.
func defaultReplica() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "daicho-replica"
	}
	return filepath.Join(dir, "daicho", "replica")
}

func run(a args) error {
	if err := keys.NoCoreDumps(); err != nil {
		return err
	}
	pass, found, exposed, err := keys.PassphraseFromFile()
	if err != nil {
		return err
	}
	if exposed {
		fmt.Fprintf(os.Stderr, "daicho: others on this computer can read the file that %s names; take their right to read it\n", keys.PassphraseFile)
	}
	if a.Tour != "" && !found {
		return core.Refuse(core.Invalid, "", "", "a tour has nobody to type the passphrase; name a file with it in "+keys.PassphraseFile)
	}
	d, err := newDesktop(a)
	if err != nil {
		return err
	}
	return d.run(pass, a.Tour)
}

// report writes an error as one line of English.
func report(err error) {
	var e *core.Error
	if errors.As(err, &e) {
		err = e
	}
	fmt.Fprintf(os.Stderr, "daicho: %v\n", err)
}
