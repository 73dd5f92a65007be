// Command daicho is the desktop: it opens a replica and shows the sections of
// the product in a window. It only wires parts together; what a screen does is
// in ui, what a record is in app, what is kept in store.
//
// For work without a window there is daichoctl, also while the window is open.
package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/alecthomas/kong"

	"daicho/cmd/cli"
	"daicho/cmd/worker"
	"daicho/store/keys"

	_ "time/tzdata" // a Windows PC has none
)

// args are the arguments of the program.
type args struct {
	Replica   string         `help:"Folder of the replica (default: one of your own)." type:"path" placeholder:"DIR"`
	Lang      string         `help:"Language of the window: ja or en. This and the next three are else as set in the window." default:"" enum:",ja,en"`
	Dark      bool           `help:"Dark colours."`
	Text      int            `help:"Size of the text in per cent: 100, 115 or 130." default:"0" enum:"0,100,115,130"`
	LockAfter *time.Duration `help:"Lock the window after this time without the keyboard and the mouse: 15m, 1h; 0 never. On Linux sleep and the system's screen lock do so at once; on Windows and macOS they do not." placeholder:"TIME"`
	Tour      string         `help:"Walk through the product by itself, photograph every stop into this folder, and end." type:"path" placeholder:"DIR"`

	Version kong.VersionFlag `help:"Print the version and end."`
}

func main() { cli.Enter(run) }

func run(arguments []string, console *cli.Console) int {
	return enter(&args{}, arguments, console)
}

// enter is the window, or where the window has started it so, what reads or draws files
// whose parsers are not trusted.
func enter(grammar any, arguments []string, console *cli.Console) int {
	var work func() error
	switch {
	case slices.Equal(arguments, []string{worker.Verb}):
		work = worker.Run
	case slices.Equal(arguments, []string{worker.DrawVerb}):
		work = worker.RunDrawer
	default:
		return program(grammar).Main(arguments, console)
	}
	if err := work(); err != nil {
		fmt.Fprintf(console.Err, "daicho: %v\n", err)
		return cli.Failed
	}
	return cli.Done
}

func program(grammar any) cli.Program {
	return cli.Program{
		Name:    "daicho",
		About:   "The desktop of 台帳 Daicho. " + keys.PassphraseFile + " names a file with the passphrase, for starts with nobody at the keyboard.",
		Grammar: grammar,
		Options: []kong.Option{kong.Vars{"version": "daicho " + cli.Version}},
	}
}

// Run opens the window and returns when it is closed.
func (a *args) Run(console *cli.Console) error {
	d, pass, err := a.desktop(console)
	if err != nil {
		return err
	}
	return d.run(pass, a.Tour)
}

// desktop makes the window, and reads the passphrase if a file has it.
func (a *args) desktop(console *cli.Console) (*desktopApp, keys.Passphrase, error) {
	if a.Replica == "" {
		folder, err := cli.ReplicaFolder()
		if err != nil {
			return nil, nil, err
		}
		a.Replica = folder
	}
	if a.LockAfter != nil && *a.LockAfter < 0 {
		return nil, nil, cli.Misused("--lock-after に負の時間は指定できません。15m のような時間か、ロックしない場合は 0 を指定してください。", "--lock-after cannot be below 0; give a time such as 15m, or 0 for never")
	}
	pass, found, exposed, err := keys.PassphraseFromFile()
	if err != nil {
		return nil, nil, err
	}
	if exposed {
		fmt.Fprintf(console.Err, "daicho: others on this computer can read the file that %s names; take their right to read it\n", keys.PassphraseFile)
	}
	if a.Tour != "" && !found {
		return nil, nil, cli.Misused("巡回表示ではパスフレーズを入力できません。パスフレーズを書いたファイルを %s で指定してください。", "a tour has nobody to type the passphrase: name a file with it in %s", keys.PassphraseFile)
	}
	d, err := newDesktop(a, console.Err)
	return d, pass, err
}
