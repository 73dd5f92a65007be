// Daicho-server puts the changes of all devices into one order, gives out
// numbers, and keeps what every device needs to catch up. It speaks to enrolled
// devices alone.
package main

import (
	"os"

	"daicho/cmd/cli"
	"daicho/cmd/daicho-server/verbs"
	"daicho/store/keys"
)

func main() { os.Exit(verbs.Run(os.Args[1:], cli.Standard(), keys.UsualCost())) }
