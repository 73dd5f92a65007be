package agent

import (
	"fmt"
	"os"
	"path/filepath"

	"daicho/app"
	"daicho/app/finding"
	"daicho/app/scan/memory"
	"daicho/store"
	"daicho/store/keys"
	"daicho/store/vfs"
)

// Keys are what a site's key, or one of a device, is used for.
type Keys struct {
	Marks  finding.Key // files are known by
	Memory [32]byte    // what was found is sealed under
}

// KeysOf derives them.
func KeysOf(site keys.DataKey) (k Keys, err error) {
	marks, err := site.For("finding")
	if err != nil {
		return k, err
	}
	k.Marks = marks
	k.Memory, err = site.For("scan")
	return k, err
}

// MemoryOf is the folder that an agent remembers in unless it is told another: beside
// the replica.
func MemoryOf(r *store.Replica) string { return filepath.Clean(r.Dir()) + "-scan" }

// remember opens what runs of a job before this one found, or begins to remember it.
func (a *Agent) remember(j *finding.Job) (*memory.Memory, error) {
	if err := os.MkdirAll(a.Memory, 0o700); err != nil {
		return nil, said(err)
	}
	program, err := memory.Program()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(a.Memory, j.Ref.ID.String())
	kept, err := memory.Open(path, a.Keys.Memory, program)
	switch {
	case vfs.WrongKey(err):
		return nil, app.Because(err, app.Invalid, fmt.Sprintf("点検の記録 %s は、別の鍵で作成されています。この点検を daichoctl agent で実行している場合は、その鍵ファイルを使って続けてください。そうでない場合は、このファイルを削除してください（全てのファイルを読み直します）。", path),
			fmt.Sprintf("what was remembered in %s was sealed under another key; where daichoctl agent runs this scan, go on with its key file, else remove the file, and everything is read again", path))
	case vfs.Damaged(err):
		return nil, app.Because(err, app.Damaged, fmt.Sprintf("点検の記録 %s が壊れています。このファイルを削除してください（全てのファイルを読み直します）。", path),
			fmt.Sprintf("what was remembered in %s is damaged; remove the file, and everything is read again", path))
	}
	return kept, said(err)
}

// said is the sentence where a memory cannot be written. What was remembered until
// then stays.
func said(err error) error {
	if vfs.Full(err) || vfs.Failing(err) {
		return app.Because(err, app.Failed, "ディスクに書き込めないため、点検を続けられません。空き容量と、ディスクの故障がないかを確認してください。次の実行では、続きから再開します。",
			"the disk cannot be written, so the scan cannot go on; see whether it has room and is sound: the next run goes on from there")
	}
	return err
}
