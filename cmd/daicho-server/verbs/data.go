package verbs

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"daicho/app"
	"daicho/app/modules"
	"daicho/cmd/cli"
	"daicho/store/keys"
	"daicho/store/vfs"
	"daicho/sync/server"
)

// data is the folder that a server keeps everything in.
type data struct {
	Dir      string `name:"data" required:"" env:"DAICHO_DATA" placeholder:"DIR" help:"Folder of the server's data and keys."`
	Database string `placeholder:"FILE" env:"DAICHO_DATABASE_FILE" help:"File with the connection string of a PostgreSQL database to use instead of one in the folder."`
}

// dsn is the connection string, which holds a password: it stands in a file,
// never among the arguments.
func (d data) dsn() (string, error) {
	if d.Database == "" {
		return "", nil
	}
	text, err := os.ReadFile(d.Database)
	if err != nil {
		return "", fmt.Errorf("--database: %w", app.Because(err, app.NotFound, "ファイル（"+d.Database+"）を読み取れません。接続文字列を書いたファイルを指定してください。",
			"the file ("+d.Database+") cannot be read; name a file with a connection string"))
	}
	if s := strings.TrimSpace(string(text)); s != "" {
		return s, nil
	}
	return "", cli.Misused("--database: %v", "--database: %v", app.Refuse(app.Invalid, "", "ファイル（"+d.Database+"）が空です。接続文字列を書いてください。",
		"the file ("+d.Database+") is empty; write a connection string into it"))
}

func (d data) options(console *cli.Console, pass keys.Passphrase, dsn string) server.Options {
	return server.Options{
		Dir: d.Dir, Database: dsn, Passphrase: pass, Book: modules.Book(), Clock: console.Now, Random: rand.Reader,
		Log: slog.New(slog.NewTextHandler(console.Err, nil)),
	}
}

// isNew says whether nothing was ever kept in the folder.
func (d data) isNew() (bool, error) {
	entries, err := os.ReadDir(d.Dir)
	if errors.Is(err, os.ErrNotExist) {
		return true, nil
	}
	return len(entries) == 0, err
}

// with opens the data for as long as f runs.
func (d data) with(ctx context.Context, console *cli.Console, f func(*server.Server) error) error {
	dsn, err := d.dsn()
	if err != nil {
		return err
	}
	pass, err := console.Passphrase(ctx)
	if err != nil {
		return err
	}
	s, err := server.Open(ctx, d.options(console, pass, dsn))
	return d.use(s, err, f)
}

// orMade is with, but makes the data on first use.
func (d data) orMade(ctx context.Context, console *cli.Console, cost keys.Cost, f func(*server.Server) error) error {
	fresh, err := d.isNew()
	if err != nil {
		return cannotUse(d.Dir, err)
	}
	if !fresh {
		return d.with(ctx, console, f)
	}
	dsn, err := d.dsn()
	if err != nil {
		return err
	}
	pass, err := console.NewPassphrase(ctx)
	if err != nil {
		return err
	}
	o := d.options(console, pass, dsn)
	o.Cost = cost
	s, err := server.Create(ctx, o)
	return d.use(s, err, f)
}

func (d data) use(s *server.Server, err error, f func(*server.Server) error) error {
	if err != nil {
		return cannotUse(d.Dir, err)
	}
	return errors.Join(machine(f(s)), s.Close())
}

// cannotUse says why a folder does not open, if the reason has no sentence yet.
func cannotUse(dir string, err error) error {
	var known *app.Error
	if err = machine(err); !errors.As(err, &known) {
		err = app.Because(err, app.Failed, "サーバーのフォルダーを読み書きできません。アクセス権を確認するか、別のフォルダーを指定してください。",
			"the server's folder cannot be read and written; check its permissions, or name another folder")
	}
	return fmt.Errorf("data %s: %w", dir, err)
}

// machine gives a failure of the disk its sentence, if it has none yet.
func machine(err error) error {
	var known *app.Error
	switch {
	case errors.As(err, &known):
	case server.Full(err):
		return app.Because(err, app.Failed, "サーバーのディスクに空きがありません。何も変更していません。空きを作ってから、もう一度実行してください。",
			"the server's disk is full; nothing was changed; make room and try again")
	case vfs.Failing(err):
		return app.Because(err, app.Failed, "サーバーのディスクを読み書きできません。何も変更していません。空き容量と、ディスクの故障がないかを確認してから、もう一度実行してください。",
			"the server's disk cannot be read or written; nothing was changed; see whether it has room and is sound, then try again")
	}
	return err
}

// addressFile holds where the server listened last: what enrolment codes name.
func (d data) addressFile() string { return filepath.Join(d.Dir, "address") }
