package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/emergency"
	"daicho/cmd/cli"
	"daicho/store"
	"daicho/store/keys"
)

// emergencyFlags open a replica whose passphrase nobody has. Each use is noted in
// the register of emergency access before anything else is done.
type emergencyFlags struct {
	Shares      []string `sep:"," placeholder:"FILE1,FILE2" help:"Open the replica with two sheets of a two-person unlock. Needs --reason."`
	RecoveryKey string   `placeholder:"FILE" help:"Open the replica with the recovery key. Needs --reason."`
	Reason      string   `placeholder:"TEXT" help:"Why the replica is opened so; it is noted."`
	Custodians  string   `placeholder:"NAMES" help:"Who brought the sheets or the key; it is noted."`
}

func (e emergencyFlags) used() bool { return len(e.Shares) > 0 || e.RecoveryKey != "" }

func (e emergencyFlags) check() error {
	switch {
	case !e.used() && e.Reason == "" && e.Custodians == "":
		return nil
	case !e.used():
		return cli.Misused("--reason と --custodians は、--shares か --recovery-key と一緒に指定してください。", "--reason and --custodians go with --shares or --recovery-key")
	case len(e.Shares) > 0 && e.RecoveryKey != "":
		return cli.Misused("--shares と --recovery-key は同時に指定できません。", "--shares and --recovery-key exclude each other")
	case len(e.Shares) > 0 && len(e.Shares) != 2:
		return cli.Misused("--shares には、キーシートのファイルを2つ指定してください。", "--shares takes two files, one for each sheet")
	case strings.TrimSpace(e.Reason) == "":
		return cli.Misused("この方法で開く理由を --reason に指定してください。理由は記録されます。", "say in --reason why the replica is opened so; it is noted")
	}
	return nil
}

// opener reads the key or the sheets from their files.
func (e emergencyFlags) opener() (keys.Opener, error) {
	if e.RecoveryKey != "" {
		return readPaper(e.RecoveryKey, keys.ParseRecoveryKey)
	}
	var pair keys.Pair
	for i, path := range e.Shares {
		share, err := readPaper(path, keys.ParseShare)
		if err != nil {
			return nil, err
		}
		pair[i] = share
	}
	return pair, nil
}

// readPaper finds the line of a key in a file: one that holds it alone, or a whole
// sheet as it was printed.
func readPaper[T any](path string, parse func(string) (T, error)) (key T, err error) {
	f, err := os.Open(path)
	if err != nil {
		return key, cli.Errorf("%vキーシートのファイルを指定してください。", "%v; name the file of the sheet", err)
	}
	defer f.Close()
	first := error(nil)
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if key, err = parse(lines.Text()); err == nil {
			return key, nil
		}
		if first == nil && strings.Count(lines.Text(), "-") > 4 { // the line that was meant
			first = err
		}
	}
	if first == nil {
		first = cli.Errorf("キーがありません。キーシートの行をそのまま写してください。", "holds no key; copy its line as it stands on the sheet")
	}
	return key, fmt.Errorf("%s: %w", path, first)
}

// note writes the use down.
func (e emergencyFlags) note(ctx context.Context, r *store.Replica, how keys.Opener, now time.Time) error {
	if !e.used() {
		return nil
	}
	a := emergency.Access{Way: emergency.RecoveryKey, At: app.StampOf(now), Reason: e.Reason, Custodians: e.Custodians}
	if pair, is := how.(keys.Pair); is {
		a.Way, a.Shares = emergency.TwoPersons, fmt.Sprintf("%s: %d, %d", pair[0].Set(), pair[0].Number(), pair[1].Number())
	}
	return emergency.Note(ctx, r, a)
}
