package keys

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
)

// Witness is what the system's keyring remembers of a replica, so that an older
// copy of its files, put back, can be told from them. Both numbers only grow.
type Witness struct {
	Version uint64 // of the database
	Seq     uint64 // of the last own change in the journal
}

// witnessSize is both numbers and a MAC.
const witnessSize = 8 + 8 + sha256.Size

// witnessEntry is the name of the keyring's entry.
func witnessEntry(id ID) string { return string(id) + "/witness" }

// Witness reads what the keyring remembers. found is false if that is nothing,
// which it is for a replica that the keyring does not open, after a change of data
// key, and for what another key wrote. Errors: ErrKeyringLocked, ErrNoKeyring, and
// those of the envelope.
func (f Folder) Witness(ctx context.Context, id ID, key DataKey) (w Witness, found bool, err error) {
	if in, err := f.inKeyring(id); !in {
		return Witness{}, false, err
	}
	var text string
	err = ask(ctx, func() (err error) { text, err = f.ring.get(witnessEntry(id)); return err })
	if errors.Is(err, ErrNotInKeyring) {
		return Witness{}, false, nil
	}
	if err != nil {
		return Witness{}, false, err
	}
	return readWitness(id, key, text)
}

// SetWitness has the keyring remember w, or of each number what it remembers
// already if that is higher. It does nothing for a replica that the keyring does
// not open. Errors: those of Folder.Witness. Of two processes that call it at the
// same time the lower one may win; the next call mends that.
func (f Folder) SetWitness(ctx context.Context, id ID, key DataKey, w Witness) error {
	before, found, err := f.Witness(ctx, id, key)
	if err != nil {
		return err
	}
	w = Witness{max(w.Version, before.Version), max(w.Seq, before.Seq)}
	if in, err := f.inKeyring(id); !in || found && w == before {
		return err
	}
	text, err := w.text(id, key)
	if err != nil {
		return err
	}
	return ask(ctx, func() error { return f.ring.set(witnessEntry(id), text) })
}

// ForgetWitness has the keyring remember nothing of the replica: for files that are
// an older copy on purpose. Errors: those of Folder.Witness.
func (f Folder) ForgetWitness(ctx context.Context, id ID) error {
	if in, err := f.inKeyring(id); !in {
		return err
	}
	err := ask(ctx, func() error { return f.ring.remove(witnessEntry(id)) })
	if errors.Is(err, ErrNotInKeyring) {
		return nil
	}
	return err
}

// inKeyring reports whether the keyring is one of the ways to open.
func (f Folder) inKeyring(id ID) (bool, error) {
	e, err := f.read(id)
	return err == nil && e.way(ByKeyring) != nil, err
}

func readWitness(id ID, key DataKey, text string) (w Witness, found bool, err error) {
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(b) != witnessSize {
		return Witness{}, false, nil
	}
	w = Witness{binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:])}
	want, err := w.text(id, key)
	if err != nil || !hmac.Equal([]byte(want), []byte(text)) {
		return Witness{}, false, err
	}
	return w, true, nil
}

// text is the entry: both numbers and their MAC under a key of the data key.
func (w Witness) text(id ID, key DataKey) (string, error) {
	k, err := key.For("keyring witness")
	if err != nil {
		return "", err
	}
	b := binary.BigEndian.AppendUint64(nil, w.Version)
	b = binary.BigEndian.AppendUint64(b, w.Seq)
	h := hmac.New(sha256.New, k[:])
	h.Write([]byte(id))
	h.Write(b)
	return base64.StdEncoding.EncodeToString(h.Sum(b)), nil
}
