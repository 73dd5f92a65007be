package main

import (
	"context"

	"daicho/app"
	"daicho/app/scan"
	"daicho/app/scan/memory"
	"daicho/cmd/cli"
	"daicho/store/keys"
	"daicho/store/vfs"
)

// memoryFlags name what scans before this one found.
type memoryFlags struct {
	Resume  string `and:"resume" placeholder:"FILE" help:"Remember here what was found: the next scan opens only files that changed, or that changed rules concern, and one that was ended goes on. Sealed under --key-file; made if it is not there."`
	KeyFile string `and:"resume" placeholder:"FILE" help:"The key that --resume is sealed under: one line of 64 hexadecimal digits; made if it is not there."`

	kept *memory.Memory // nil: none
}

// open opens what was found before, if that is asked for. Another program may find
// something else in the same file, so what it found is not recalled.
func (f *memoryFlags) open(o *scan.Options) error {
	if f.Resume == "" {
		return nil
	}
	key, err := keys.FromFile(f.KeyFile)
	if err != nil {
		return err
	}
	own, err := key.For("scan")
	if err != nil {
		return err
	}
	program, err := memory.Program()
	if err != nil {
		return err
	}
	f.kept, err = memory.Open(f.Resume, own, program)
	switch {
	case vfs.WrongKey(err):
		return errScanKey
	case vfs.Damaged(err):
		return errScanMemory
	case vfs.Full(err) || vfs.Failing(err):
		return f.said(err)
	case err != nil:
		return cli.Errorf("%v--resume に別のファイルを指定してください。", "%v; name another file with --resume", err)
	}
	o.Memory = f.kept
	return nil
}

// forget lets go of files that are there no more.
func (f *memoryFlags) forget(ctx context.Context) error {
	if f.kept == nil {
		return nil
	}
	return f.kept.Forget(ctx)
}

func (f *memoryFlags) flush() error {
	if f.kept == nil {
		return nil
	}
	return f.kept.Flush()
}

func (f *memoryFlags) close() error {
	if f.kept == nil {
		return nil
	}
	return f.kept.Close()
}

// said is the sentence where a memory cannot be written. What was printed until then
// is right; what was remembered until then stays.
func (f *memoryFlags) said(err error) error {
	switch {
	case vfs.Full(err):
		return app.Because(err, app.Failed, "ディスクの空きがないため、--resume のファイルに記録できません。ここまでに表示した結果は正しく、記録済みのファイルは次回読み直しません。空きを作ってから、もう一度実行してください（続きから再開します）。",
			"the disk is full, so that the file of --resume cannot be written; what was printed is right, and what was remembered stays; make room and start the scan again, and it goes on")
	case vfs.Failing(err):
		return app.Because(err, app.Failed, "ディスクに書き込めないため、--resume のファイルに記録できません。ここまでに表示した結果は正しく、記録済みのファイルは次回読み直しません。空き容量と、ディスクの故障がないかを確認してから、もう一度実行してください（続きから再開します）。",
			"the disk cannot be written, and so neither the file of --resume; what was printed is right, and what was remembered stays; see whether the disk has room and is sound, then start the scan again, and it goes on")
	}
	return err
}

var errScanKey = app.Refuse(app.Invalid, "key-file", "鍵ファイルが、--resume のファイルを作成したときのものと異なります。そのときの鍵ファイルを指定してください。ない場合は、--resume に別のファイル名を指定してください（全てのファイルを読み直します）。",
	"the key file is not the one that the file of --resume was made with; name that one, or another file with --resume, and everything is read again")

var errScanMemory = app.Refuse(app.Damaged, "resume", "--resume のファイルは、スキャンの記録ではないか、壊れています。別のファイル名を指定するか、このファイルを削除してください（全てのファイルを読み直します）。",
	"the file of --resume is no memory of a scan, or is damaged; name another file with --resume, or remove this one, and everything is read again")
