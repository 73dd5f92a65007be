// Daicho-server puts the changes of all devices into one order, gives out
// numbers, and keeps what every device needs to catch up. It speaks to enrolled
// devices alone.
package main

import (
	"daicho/cmd/cli"
	"daicho/cmd/daicho-server/verbs"
	"daicho/store/keys"
)

func main() {
	cli.Enter(func(args []string, console *cli.Console) int { return verbs.Run(args, console, keys.UsualCost()) })
}
