// Package verbs is what daicho-server can be told to do, one file a verb. It
// stands apart from the program so that tests of other programs can run the
// server as a process of theirs; nothing else imports it.
package verbs

import (
	"github.com/alecthomas/kong"

	"daicho/cmd/cli"
	"daicho/store/keys"
)

// Run is the whole program; it returns the exit code. A try of the passphrase
// of data that it makes will cost so much.
func Run(args []string, console *cli.Console, cost keys.Cost) int {
	return cli.Program{
		Name:    "daicho-server",
		About:   "The server of 台帳 Daicho. Its data is encrypted; " + keys.PassphraseFile + " names a file with the passphrase.",
		Grammar: &grammar{},
		Options: []kong.Option{kong.Bind(cost), cli.Config(), roleNames()},
	}.Main(args, console)
}

// grammar is what can be typed.
type grammar struct {
	Config kong.ConfigFlag `env:"DAICHO_CONFIG" placeholder:"FILE" help:"A TOML file with flags, a line each: listen = \":8443\". Flags that are typed and environment variables count before it."`

	Serve      serveVerb      `cmd:"" help:"Serve devices until told to stop; makes the data folder on first use."`
	User       userVerb       `cmd:"" help:"Add people and grant them roles, also while the server runs."`
	EnrollCode codeVerb       `cmd:"" name:"enroll-code" help:"Print a code that enrols one device for a person."`
	Bundle     bundleVerb     `cmd:"" help:"Carry changes and answers by stick, also while the server runs."`
	Device     deviceVerb     `cmd:"" help:"List and revoke devices, report lost ones, decide on what is impounded; also while the server runs."`
	Key        keyVerb        `cmd:"" help:"The key by which devices know the server, and its successor."`
	Backup     backupVerb     `cmd:"" help:"Write everything but the key into a sealed file, also while the server runs."`
	BackupKeys backupKeysVerb `cmd:"" name:"backup-keys" help:"Write the server's key into a file that two people open together."`
	Restore    restoreVerb    `cmd:"" help:"Make a server from a backup, in a new folder; devices bring back what they did since."`
	Copy       copyVerb       `cmd:"" help:"Bring the second place up to date and show it; begin it anew, or end it."`
	Restored   restoredVerb   `cmd:"" help:"Show what a restored server still waits for, or end the waiting."`
	Erasure    erasureVerb    `cmd:"" help:"Show what was erased, and which devices have not carried it out."`
	Verify     verifyVerb     `cmd:"" help:"Read everything and check that it is whole."`
	Version    versionVerb    `cmd:"" help:"Print the version."`
	Apart      apartVerb      `cmd:"" hidden:"" name:"read-apart" help:"Read attachments of mail, in a process of its own."`
}
