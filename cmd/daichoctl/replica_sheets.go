package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"daicho/cmd/cli"
	"daicho/store"
	"daicho/store/durable"
	"daicho/store/keys"
)

type replicaRecoveryVerb struct {
	To string `placeholder:"FILE" help:"Write the sheet into a new file, to be printed and deleted, instead of the terminal."`
}

// Run makes the key and shows it once.
func (v *replicaRecoveryVerb) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error {
		if err := free(v.To); err != nil {
			return err
		}
		key, err := r.NewRecoveryKey()
		if err != nil {
			return err
		}
		text := recoverySheet(r.ID(), key)
		if v.To == "" {
			_, err = io.WriteString(s.console.Out, text)
			return err
		}
		if err := writeSheet(v.To, text); err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.console.Out, "%s: print it, put it into a safe, and delete the file; an earlier recovery key opens nothing any more\n", v.To)
		return err
	})
}

type replicaSharesVerb struct {
	To string `arg:"" placeholder:"FOLDER" help:"A folder for the three sheets, to be printed and deleted."`
}

// Run makes the sheets.
func (v *replicaSharesVerb) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error { return s.share(r, v.To) })
}

// share makes a set of sheets, one file each.
func (s *session) share(r *store.Replica, dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return cli.Errorf("%s: %v書き込めるフォルダーを指定してください。", "%s: %v; name a folder that can be written", dir, err)
	}
	var paths [3]string
	for i := range paths {
		paths[i] = filepath.Join(dir, fmt.Sprintf("share-%d.txt", i+1))
		if err := free(paths[i]); err != nil {
			return err
		}
	}
	shares, err := r.NewShares()
	for i, share := range shares {
		if err == nil {
			err = writeSheet(paths[i], shareSheet(r.ID(), share))
		}
	}
	if err == nil {
		_, err = fmt.Fprintf(s.console.Out, "%s: three sheets of set %s; print them, give each to another custodian, and delete the files; earlier sets open nothing any more\n", dir, shares[0].Set())
	}
	return err
}

// free makes sure that a sheet is written over nothing.
func free(path string) error {
	if _, err := os.Lstat(path); path != "" && err == nil {
		return cli.Errorf("%s は既にあります。別のファイル名を指定してください。", "%s is there already; name another file", path)
	}
	return nil
}

func writeSheet(path, text string) error {
	return durable.Create(path, func(draft string) error { return os.WriteFile(draft, []byte(text), 0o600) })
}

func recoverySheet(id keys.ID, key keys.RecoveryKey) string {
	return fmt.Sprintf(`台帳 Daicho  回復キー  Recovery key

台帳 / Replica   %s
作成日 / Date    %s

%s

パスフレーズを忘れたとき、またはOSのキーリングが使えないときに、この台帳を開きます。
金庫に保管してください。持ち出し端末と一緒に置かないでください。
It opens this replica when the passphrase is forgotten or the system's keyring is lost.
Keep it in a safe, never beside the device.

使い方 / Use:  daichoctl --recovery-key FILE --reason TEXT …
               キーを写したファイルを指定します / FILE holds the key as it stands here

保管者 / Custodian   ______________________________    署名 / Signature   ____________________
`, id, today(), key.Text())
}

func shareSheet(id keys.ID, share keys.Share) string {
	return fmt.Sprintf(`台帳 Daicho  分割キー（二人での解錠）  Share for two-person unlock

台帳 / Replica   %s
組 / Set         %s    番号 / Sheet   %d / 3
作成日 / Date    %s

%s

三枚のうち、どの二枚でもこの台帳を開けます。一枚だけでは何も分かりません。
保管者ごとに別の場所に保管し、持ち出し端末と一緒に置かないでください。
Any two of the three sheets open this replica; one alone tells nothing.
Keep each in another place, never beside the device.

使い方 / Use:  daichoctl --shares FILE1,FILE2 --reason TEXT …
               分割キーを写したファイルを指定します / each file holds a sheet's line as it stands here

保管者 / Custodian   ______________________________    署名 / Signature   ____________________
`, id, share.Set(), share.Number(), today(), share.Text())
}
