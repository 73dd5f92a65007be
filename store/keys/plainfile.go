package keys

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"

	"daicho/app"
	"daicho/store/durable"
)

var errPlainFile = app.Refuse(app.Damaged, "key-file", "鍵ファイルの内容が正しくありません（16 進数 64 桁の 1 行が必要です）。正しい鍵ファイルを指定するか、まだないファイル名を指定してください（新しく作成します）。",
	"the key file does not hold one line of 64 hexadecimal digits; name the right one, or a name that is not there yet, and one is made")

// FromFile reads a key that lies in a file as it is, for programs at which nobody
// sits; where there is none, one is made that only its owner can read. Whoever reads
// the file opens what is sealed under it: it belongs where the system keeps secrets.
func FromFile(path string) (key DataKey, err error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newFile(path)
	}
	if err != nil {
		return key, err
	}
	b, err := hex.DecodeString(string(bytes.TrimSpace(text)))
	if err != nil || len(b) != len(key) {
		return key, errPlainFile
	}
	return DataKey(b), nil
}

func newFile(path string) (key DataKey, err error) {
	rand.Read(key[:])
	text := hex.AppendEncode(nil, key[:])
	return key, durable.Create(path, func(draft string) error { return os.WriteFile(draft, append(text, '\n'), 0o600) })
}
