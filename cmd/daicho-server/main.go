// Daicho-server puts the changes of all devices into one order, gives out
// numbers, and keeps what every device needs to catch up. It speaks to enrolled
// devices alone.
package main

import (
	"os"

	"daicho/cmd/cli"
)

func main() { os.Exit(run(os.Args[1:], cli.Standard())) }

// run is the whole program.
func run(args []string, console *cli.Console) int {
	return cli.Program{
		Name:    "daicho-server",
		About:   "The server of 台帳 Daicho. Its data is encrypted; " + cli.PassphraseFile + " names a file with the passphrase.",
		Grammar: &grammar{},
	}.Main(args, console)
}

// grammar is what can be typed.
type grammar struct {
	Serve      serveVerb   `cmd:"" help:"Serve devices until told to stop; makes the data folder on first use."`
	User       userVerb    `cmd:"" help:"Add and list people, also while the server runs."`
	EnrollCode codeVerb    `cmd:"" name:"enroll-code" help:"Print a code that enrols one device for a person."`
	Device     deviceVerb  `cmd:"" help:"List and revoke devices, also while the server runs."`
	Version    versionVerb `cmd:"" help:"Print the version."`
}
