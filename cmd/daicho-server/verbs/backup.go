package verbs

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"daicho/app/modules"
	"daicho/app/voided"
	"daicho/cmd/cli"
	"daicho/store/durable"
	"daicho/store/keys"
	"daicho/sync/server"
)

type backupVerb struct {
	data
	To string `arg:"" placeholder:"FILE" help:"A new file."`
}

// Run writes a backup, also while the server serves.
func (v *backupVerb) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		b, err := s.Backup(ctx, v.To, counting(console))
		if err != nil {
			return fmt.Errorf("%s: %w", v.To, err)
		}
		_, err = fmt.Fprintf(console.Out, "%s: the order up to line %d; it was read again and is whole. The key is not in it: see backup-keys\n", v.To, b.GSN)
		return err
	})
}

// counting tells how far a long look has come, at most every second.
func counting(console *cli.Console) func(int64) {
	last := time.Now()
	return func(n int64) {
		if now := time.Now(); now.Sub(last) >= time.Second {
			last = now
			fmt.Fprintln(console.Err, n)
		}
	}
}

type backupKeysVerb struct {
	data
	To string `arg:"" placeholder:"FILE" help:"A new file; three sheets, of which any two open it, stand beside it as FILE.1 to FILE.3."`
}

// Run writes the server's key for people who open it only together.
func (v *backupKeysVerb) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		shares, err := s.BackupKeys(ctx, v.To)
		if err != nil {
			return fmt.Errorf("%s: %w", v.To, err)
		}
		for i, share := range shares {
			path := fmt.Sprintf("%s.%d", v.To, i+1)
			if err = durable.Create(path, func(draft string) error { return os.WriteFile(draft, []byte(share.Text()+"\n"), 0o600) }); err != nil {
				return cli.Errorf("%s: %v書き込めるフォルダーのファイルを指定してください。", "%s: %v; name a file in a folder that can be written", path, err)
			}
		}
		_, err = fmt.Fprintf(console.Out, "%s: any two of the sheets %s.1 to .3 open it; print each for another person and delete the sheets\n", v.To, v.To)
		return err
	})
}

// sheets are the key of a server as backup-keys wrote it.
type sheets struct {
	Keys   string   `placeholder:"FILE" help:"A file of backup-keys, where the key is not in this machine's folder of keys any more; to restore, the passphrase is then a new one."`
	Shares []string `placeholder:"FILE,FILE" help:"Two of its sheets."`
}

type restoreVerb struct {
	data
	From string `arg:"" placeholder:"FILE" help:"A backup."`
	sheets
	Copy        string `placeholder:"DIR" help:"The server's second place: brings back what was done at the server itself since the backup."`
	WithoutCopy bool   `help:"The second place is lost: do without what was done at the server since."`
	Margin      int64  `default:"1000" help:"How many numbers of each series to leave out: as many as may have been given out since the backup. Of a backup that is restored again, the first margin, too."`
	Erasures    string `placeholder:"FILE" help:"The server's list of erasures, or a copy of it: what was erased since the backup is erased again before anybody is served."`
}

// Run makes a server from a backup.
func (v *restoreVerb) Run(ctx context.Context, console *cli.Console, cost keys.Cost) error {
	if v.Margin < 0 || v.Keys != "" && len(v.Shares) != 2 {
		return cli.Misused("--margin は 0 以上にしてください。--keys には、2つのキーシートを指定した --shares が必要です。", "--margin is 0 or more, and --keys needs --shares with two sheets")
	}
	dsn, err := v.dsn()
	if err != nil {
		return err
	}
	file, err := v.keyFile()
	if err != nil {
		return err
	}
	ask := console.Passphrase
	if file != nil {
		ask = console.NewPassphrase
	}
	pass, err := ask(ctx)
	if err != nil {
		return err
	}
	o := v.options(console, pass, dsn)
	o.Cost = cost
	b, err := server.Restore(ctx, o, server.Restoring{Backup: v.From, Keys: file, Copy: v.Copy, WithoutCopy: v.WithoutCopy, Erasures: v.Erasures, Margin: v.Margin, Progress: counting(console)})
	if err != nil {
		return fmt.Errorf("%s, data %s: %w", v.From, v.Dir, err)
	}
	fmt.Fprintf(console.Out, "restored to %s, line %d. Devices bring back what they did since, at their next sync. When no device is missing any more, run 'daicho-server restored --finish --by NAME'\n", b.At.Time().Format(time.RFC3339), b.GSN)
	v.tell(console, &b)
	tellKey(console, &b.Key)
	return nil
}

// tellKey says what to do where the identity may have changed since the backup.
func tellKey(console *cli.Console, k *server.Key) {
	if !k.From.IsZero() && !time.Now().Before(k.From) {
		fmt.Fprintf(console.Out, "the successor of the key may serve since %s: if 'key switch' was run after the backup, run it again before the server serves, or devices refuse it\n", k.From.Format(time.DateOnly))
	}
}

// tell says what became of that which was done at the server itself.
func (v *restoreVerb) tell(console *cli.Console, b *server.Comeback) {
	if v.Copy == "" {
		fmt.Fprintln(console.Out, "Look through what was done at the server since: people, grants, passwords, revocations and lost reports are as they were in the backup; unused enrolment codes are void")
		return
	}
	fmt.Fprintf(console.Out, "what was done at the server is back, up to entry %d of %s, which goes on; it waits for devices with %d changes\n", b.Copied, v.Copy, b.Waiting)
	for _, bad := range b.Bad {
		fmt.Fprintf(console.Out, "does not open: %s; look through what was done at the server\n", bad)
	}
	tellUndone(console, b.Undone)
}

func tellUndone(console *cli.Console, all []server.Undone) {
	for _, u := range all {
		fmt.Fprintf(console.Out, "not brought back: %s %s %s: %s / %s\n", u.Kind, u.ID, cmp.Or(u.Command, "edit"), u.JA, u.EN)
	}
}

func (v *sheets) keyFile() (*server.KeyFile, error) {
	if v.Keys == "" {
		return nil, nil
	}
	f := &server.KeyFile{Path: v.Keys}
	for i, path := range v.Shares {
		text, err := os.ReadFile(filepath.Clean(path))
		if err == nil {
			f.Shares[i], err = keys.ParseShare(string(text))
		}
		if err != nil {
			return nil, fmt.Errorf("--shares %s: %w", path, err)
		}
	}
	return f, nil
}

type restoredVerb struct {
	data
	Finish bool   `help:"Wait for no device any more: what they have not brought is lost, and unused numbers become voided numbers."`
	By     string `placeholder:"NAME" help:"Who decided to finish: a name of the directory."`
	JSON   bool   `name:"json" help:"Print one JSON object."`
}

// unusedNumbers are numbers that nobody has brought back.
type unusedNumbers struct {
	Series string `json:"series"`
	First  int64  `json:"first"`
	Last   int64  `json:"last"`
}

// undone is a change made at the server that could not be brought back.
type undone struct {
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	Command string `json:"command"`
	Why     string `json:"why"`
}

// renumbered is a number that a change had before, and does not have any more.
type renumbered struct {
	Series string `json:"series"`
	N      int64  `json:"n"`
	Device string `json:"device"`
	Change uint64 `json:"change"`
}

// shownRestored is it as printed.
type shownRestored struct {
	Times      int             `json:"times"`
	Finished   bool            `json:"finished"`
	Unused     []unusedNumbers `json:"unused"`
	Renumbered []renumbered    `json:"renumbered"`
	Waiting    int             `json:"waiting"`
	Undone     []undone        `json:"undone"`
}

// Run shows how a restored server stands.
func (v *restoredVerb) Run(ctx context.Context, console *cli.Console) error {
	if v.Finish && v.By == "" {
		return cli.Misused("--finish には --by が必要です。欠番の台帳に、決めた人を記録します。", "--finish needs --by: the register of voided numbers names who decided it")
	}
	return v.with(ctx, console, func(s *server.Server) error {
		if v.Finish {
			if err := v.finish(ctx, s); err != nil {
				return err
			}
		}
		r, err := s.Restored(ctx)
		if err != nil {
			return err
		}
		shown := shownRestored{Times: r.Times, Finished: r.Finished, Unused: []unusedNumbers{}, Renumbered: []renumbered{}, Waiting: r.Waiting, Undone: []undone{}}
		for _, u := range r.Undone {
			shown.Undone = append(shown.Undone, undone{string(u.Kind), u.ID.String(), u.Command, u.EN})
		}
		for _, t := range r.Twice {
			shown.Renumbered = append(shown.Renumbered, renumbered{t.Series, t.N, t.Device.Short(), t.Seq})
		}
		for _, g := range r.Unused {
			shown.Unused = append(shown.Unused, unusedNumbers(g))
		}
		if v.JSON {
			return printJSON(console, shown)
		}
		fmt.Fprintf(console.Out, "restored %d times; finished: %v; changes that have another number than before: %d; changes made at the server that wait for devices: %d\n", r.Times, r.Finished, len(r.Twice), r.Waiting)
		tellUndone(console, r.Undone)
		for _, t := range shown.Renumbered {
			fmt.Fprintf(console.Out, "was %s: %d (change %d of device %s)\n", t.Series, t.N, t.Change, t.Device)
		}
		for _, g := range shown.Unused {
			fmt.Fprintf(console.Out, "欠番 %s: %d - %d\n", g.Series, g.First, g.Last)
		}
		return nil
	})
}

// finish writes numbers that nobody has brought back into the register of voided
// ones. Who decided it must be known before anything is done.
func (v *restoredVerb) finish(ctx context.Context, s *server.Server) error {
	var by string
	err := s.Act(ctx, func(a *server.Acting) error {
		who, err := a.FindPerson(v.By)
		by = who.Name
		return err
	})
	if err != nil {
		return err
	}
	return s.Finish(ctx, func(a *server.Acting, unused []server.Gap) error {
		at, epoch := a.Now()
		for _, g := range unused {
			n := voided.Number{Series: g.Series, First: g.First, Last: g.Last, Reason: voided.Restored, Epoch: epoch.String(), Decided: at, By: by}
			if err := voided.Declare(a, modules.Book().Numbers, n); err != nil {
				return err
			}
		}
		return nil
	})
}
