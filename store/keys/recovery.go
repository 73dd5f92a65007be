package keys

import (
	"fmt"
	"io"
)

// RecoveryKey opens a replica when the passphrase is forgotten and the keyring
// lost: 20 random bytes that are printed once and kept in a safe.
type RecoveryKey secret

// NewRecoveryKey makes a recovery key, in place of an earlier one, which opens
// nothing any more but copies of the envelope. Only who holds the data key can.
func (f Folder) NewRecoveryKey(id ID, key DataKey) (RecoveryKey, error) {
	s := newSecret()
	err := f.change(id, key, func(e *envelope) error {
		w, err := boxWrap(id, ByRecoveryKey, "", s, key)
		if err == nil {
			e.put(w)
		}
		return err
	})
	if err != nil {
		return RecoveryKey{}, err
	}
	return RecoveryKey(s), nil
}

// Text is the key as it is printed and typed: 11 groups of four characters. It is
// for the paper and the screen that shows it, never for a log or an error.
func (k RecoveryKey) Text() string { return recoveryPaper.spell('R', k[:]) }

// ParseRecoveryKey reads what [RecoveryKey.Text] gives, as people type it: in
// either case, with or without blanks and hyphens, full-width, O for 0, I and L
// for 1. The error is ErrMistyped; it says which group is wrong, or what is
// missing.
func ParseRecoveryKey(text string) (RecoveryKey, error) {
	_, b, err := recoveryPaper.read(text)
	if err != nil {
		return RecoveryKey{}, err
	}
	defer clear(b)
	return RecoveryKey(b), nil
}

// Format writes "(secret)".
func (RecoveryKey) Format(s fmt.State, _ rune) { io.WriteString(s, "(secret)") }

// MarshalText refuses.
func (RecoveryKey) MarshalText() ([]byte, error) { return nil, errSecret }
