package kill

import (
	"flag"
	"fmt"
	"io"
	"os"
	"testing"

	"daicho/cmd/cli"
	"daicho/cmd/daicho-server/verbs"
	"daicho/store/keys"
)

// roleVar makes the test binary one of the programs that are killed.
const roleVar = "DAICHO_KILL_ROLE"

// roles are those programs. The server is the product's own, whole.
var roles map[string]func()

func init() { // a device runs this program again
	roles = map[string]func(){
		"server": enterServer,
		"device": enterDevice,
		"disk":   enterSmallDisk,
		"room":   enterRoom,
	}
}

// cheap is what a try of a passphrase costs here: hundreds of programs start.
var cheap = keys.Cost{Passes: 1, KiB: 8, Threads: 1}

func TestMain(m *testing.M) {
	if enter := roles[os.Getenv(roleVar)]; enter != nil {
		enter()
		return
	}
	flag.Parse()
	os.Exit(m.Run())
}

func enterServer() {
	cli.Enter(func(args []string, console *cli.Console) int { return verbs.Run(args, console, cheap) })
}

// enterDevice works until it is killed, or until the test that started it is gone.
func enterDevice() {
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	if err := runDevice(os.Args[1:]); err != nil {
		fmt.Println("failed", err)
		os.Exit(3) // not as a killed program ends, on any system
	}
}
