// Daichoctl is the registers without a window: the same replica, the same
// rules, as text and JSON. It may run while the window has the replica open.
package main

import (
	"daicho/app/modules"
	"daicho/cmd/cli"
	"daicho/store/keys"
)

func main() {
	cli.Enter(func(args []string, console *cli.Console) int { return run(args, console, keys.UsualCost()) })
}

// run is the whole program. A try of the passphrase of a replica it makes will
// cost so much.
func run(args []string, console *cli.Console, cost keys.Cost) int {
	book := modules.Book()
	return cli.Program{
		Name:    "daichoctl",
		About:   "The registers of 台帳 Daicho without a window. Replicas are encrypted; " + keys.PassphraseFile + " names a file with the passphrase.",
		Grammar: &grammar{book: book, cost: cost},
		Options: registerVerbs(book),
	}.Main(args, console)
}
