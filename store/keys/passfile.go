package keys

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"

	"daicho/app"
)

// PassphraseFile is the environment variable that names a file with the
// passphrase, for starts with nobody at the keyboard. The environment holds the
// name only: other programs may read it.
const PassphraseFile = "DAICHO_PASSPHRASE_FILE"

// NewPassphraseFile is the environment variable that names a file with the
// passphrase to come, where there is one already: a change of it, a backup, a
// restoration.
const NewPassphraseFile = "DAICHO_NEW_PASSPHRASE_FILE"

// maxPassphrase bounds what is read, in bytes.
const maxPassphrase = 4096

// PassphraseFromFile reads the passphrase from the file that DAICHO_PASSPHRASE_FILE
// names. found is false if the variable is not set. exposed is true if other
// accounts of this machine can read the file: the caller should warn. One newline
// at the end and a byte order mark at the start, which editors add, do not count.
func PassphraseFromFile() (pass Passphrase, found, exposed bool, err error) {
	return passphraseOf(PassphraseFile)
}

// NewPassphraseFromFile reads the passphrase to come from the file that
// DAICHO_NEW_PASSPHRASE_FILE names, as [PassphraseFromFile] does.
func NewPassphraseFromFile() (pass Passphrase, found, exposed bool, err error) {
	return passphraseOf(NewPassphraseFile)
}

func passphraseOf(variable string) (pass Passphrase, found, exposed bool, err error) {
	path := os.Getenv(variable)
	if path == "" {
		return nil, false, false, nil
	}
	pass, exposed, err = readPassphrase(path, variable)
	return pass, true, exposed, err
}

func readPassphrase(path, variable string) (Passphrase, bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, false, unreadable(path, variable, err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxPassphrase+1))
	if err != nil {
		return nil, false, unreadable(path, variable, err)
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	b = bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
	if len(b) == 0 || len(b) > maxPassphrase {
		return nil, false, unreadable(path, variable, fmt.Errorf("empty, or longer than %d bytes", maxPassphrase))
	}
	info, err := f.Stat()
	exposed := err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
	return b, exposed, nil
}

func unreadable(path, variable string, cause error) error {
	return app.Because(cause, app.Failed,
		"パスフレーズのファイルを読めません（"+path+"）。"+variable+"が指すファイルと、その中身を確かめてください。",
		"The passphrase file cannot be read ("+path+"). Check the file that "+variable+" names and what is in it")
}
