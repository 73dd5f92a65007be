package verbs

import (
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"time"

	"daicho/cmd/cli"
	"daicho/store/keys"
	"daicho/sync/server"
)

// verifyVerb looks at a server, or at what would bring one back.
type verifyVerb struct {
	Path     string `arg:"" optional:"" placeholder:"PATH" help:"A backup, or the folder of a second place, to look at instead of a server's data."`
	Dir      string `name:"data" env:"DAICHO_DATA" placeholder:"DIR" help:"Folder of the server's data."`
	Database string `placeholder:"FILE" env:"DAICHO_DATABASE_FILE" help:"File with the connection string of a PostgreSQL database to use instead of one in the folder."`
	Scratch  string `placeholder:"DIR" help:"Folder with room for the database of a backup while that is looked at, sealed (default: the system's for such files)."`
	sheets
}

var (
	errWrong       = cli.Errorf("正しくないものがあります。フォルダーはそのまま残し、バックアップから復元してください。", "not everything is as it should be: leave the folder as it is, and restore a backup")
	errWrongBackup = cli.Errorf("正しくないものがあります。作成元からバックアップをもう一度写すか、別のバックアップを使ってください。", "not everything is as it should be: copy the backup again from where it was made, or take another one")
	errWrongCopy   = cli.Errorf("第二の保管先に、開けないものがあります。「daicho-server copy --anew」を実行し、バックアップを作成してください。", "not everything in the second place opens: run 'daicho-server copy --anew', and make a backup")
)

// Run reads everything.
func (v *verifyVerb) Run(ctx context.Context, console *cli.Console) error {
	if v.Path == "" && v.Dir == "" {
		return cli.Misused("サーバーは --data DIR で、バックアップか第二の保管先は PATH で指定してください。", "give --data DIR for a server, or the PATH of a backup or a second place")
	}
	if v.Keys != "" && len(v.Shares) != 2 {
		return cli.Misused("--keys には、2つのキーシートを指定した --shares が必要です。", "--keys needs --shares with two sheets")
	}
	d := data{Dir: v.Dir, Database: v.Database}
	if v.Path == "" {
		return d.with(ctx, console, func(s *server.Server) error {
			r, err := s.Verify(ctx, counting(console))
			if err != nil {
				return err
			}
			return told(console, r, errWrong)
		})
	}
	from, err := v.from(console)
	if err != nil {
		return err
	}
	var pass keys.Passphrase
	if from.Keys == nil {
		if pass, err = console.Passphrase(ctx); err != nil {
			return err
		}
	}
	if err = v.look(ctx, console, d.options(console, pass, ""), from); err != nil {
		return fmt.Errorf("%s: %w", v.Path, err)
	}
	return nil
}

func (v *verifyVerb) from(console *cli.Console) (from server.Restoring, err error) {
	from = server.Restoring{Backup: v.Path, Progress: counting(console)}
	from.Keys, err = v.keyFile()
	return from, err
}

// look looks at a backup or a second place.
func (v *verifyVerb) look(ctx context.Context, console *cli.Console, o server.Options, from server.Restoring) error {
	there, err := os.Stat(v.Path)
	if err != nil {
		return cli.Errorf("%vバックアップか、第二の保管先のフォルダーを指定してください。", "%v; name a backup or the folder of a second place", err)
	}
	if there.IsDir() {
		return v.copy(ctx, console, o, from)
	}
	b, err := server.VerifyBackup(ctx, o, from, v.Scratch)
	if err != nil {
		return err
	}
	fmt.Fprintf(console.Out, "the server %s as of %s, up to line %d; %d attachments were not at hand then\n", hex.EncodeToString(b.Pin[:]), b.At.Time().Format(time.RFC3339), b.GSN, b.Absent)
	return told(console, b.Verified, errWrongBackup)
}

// told prints what a look has found.
func told(console *cli.Console, r server.Verified, wrong error) error {
	fmt.Fprintf(console.Out, "%d lines, %d records, %d numbers, %d attachments\n", r.Lines, r.Records, r.Numbers, r.Blobs)
	for _, w := range r.Wrong {
		fmt.Fprintln(console.Out, w)
	}
	if len(r.Wrong) > 0 {
		return wrong
	}
	return nil
}

func (v *verifyVerb) copy(ctx context.Context, console *cli.Console, o server.Options, from server.Restoring) error {
	c, err := server.VerifyCopy(ctx, o, v.Path, from.Keys)
	if err != nil {
		return err
	}
	fmt.Fprintf(console.Out, "%d files with %d entries, up to entry %d as of %s; %d changes were made at the server\n", c.Files, c.Entries, c.Last, c.At.Time().Format(time.RFC3339), c.Changes)
	for _, name := range c.Open {
		fmt.Fprintf(console.Out, "%s ends in an entry that was never acknowledged\n", name)
	}
	for _, bad := range c.Bad {
		fmt.Fprintf(console.Out, "does not open: %s\n", bad)
	}
	if len(c.Bad) > 0 {
		return errWrongCopy
	}
	return nil
}
