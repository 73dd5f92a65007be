package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"daicho/app/scan"
	"daicho/app/scan/share"
	"daicho/app/scan/watch"
	"daicho/cmd/cli"
)

// watchFlags keep a scan going.
type watchFlags struct {
	Watch bool          `help:"Go on after the scan, and scan files again as they change, until SIGINT or SIGTERM. Shares are walked at every --every alone."`
	Quiet time.Duration `default:"5s" placeholder:"TIME" help:"With --watch: a changed file is scanned once it was left alone for so long."`
	Every time.Duration `default:"1h" placeholder:"TIME" help:"With --watch: everything is walked again so often."`
}

func (f *watchFlags) check() error {
	if f.Quiet < time.Millisecond || f.Every < time.Second {
		return cli.Errorf("--quiet は 1ms 以上、--every は 1s 以上にしてください。", "--quiet is 1ms or more, --every 1s or more")
	}
	return nil
}

// watch scans, and scans again what changes, until it is ended by a signal.
func (v *scanVerb) watch(ctx context.Context, console *cli.Console, o scan.Options, each func(scan.Line) error) error {
	err := watch.Run(ctx, watch.Options{
		Paths: local(v.Paths), Leaves: o.Leaves, Own: v.own, Quiet: v.Quiet, Every: v.Every, Clock: scanClock(console),
		Walk: func(ctx context.Context) error {
			if _, err := scan.Run(ctx, o, each); err != nil {
				return err
			}
			return v.forget(ctx)
		},
		Scan: func(ctx context.Context, paths []string) error {
			changed := o
			changed.Paths = paths
			_, err := scan.Run(ctx, changed, each)
			return errors.Join(err, v.flush())
		},
		Tell: func(t watch.Trouble) {
			fmt.Fprintf(console.Err, "watching: %s; everything is walked again every %v\n", t, v.Every)
		},
	})
	if err == nil {
		console.Note("監視を終えました。ここまでの結果は表示し、記録しています。", "the watch has ended; what was found until now is printed and remembered")
	}
	return err
}

// local are the paths of this machine.
func local(paths []string) (here []string) {
	for _, p := range paths {
		if !share.IsShare(p) {
			here = append(here, p)
		}
	}
	return here
}

// own says whether a file is the memory, or lies beside it by the same name: it is
// written as the scan goes on.
func (f *memoryFlags) own(path string) bool {
	if f.Resume == "" {
		return false
	}
	kept, err := filepath.Abs(f.Resume)
	changed, other := filepath.Abs(path)
	return err == nil && other == nil && strings.HasPrefix(changed, kept)
}
