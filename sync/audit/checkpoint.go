package audit

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"daicho/app"
	"daicho/sync/wire"
)

// Checkpoint is what a server says of its whole order at one moment.
type Checkpoint struct {
	Size  int64     // lines in the order; the tree has as many leaves
	Root  Hash      // of the tree
	At    app.Stamp // when it was signed
	Epoch app.ID    // of the order
	Ended []Ended   // earlier orders that this one goes on from, the oldest first
}

// Ended is an order that ended when its server was restored: its first lines,
// and no others, are those of the order that follows.
type Ended struct {
	Epoch app.ID
	Size  int64
}

// text is what is signed: lines, the first of which names the key.
func (c *Checkpoint) text(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%d\n%s\ntime %d\nepoch %s\n", name, c.Size, c.Root, int64(c.At), c.Epoch)
	for _, e := range c.Ended {
		fmt.Fprintf(&b, "ended %s %d\n", e.Epoch, e.Size)
	}
	return b.String()
}

// keyName is what notes call the key with a pin.
func keyName(pin wire.Pin) string { return "daicho/" + hex.EncodeToString(pin[:16]) }

// Key is a server's public key as package note writes it, for other programs
// that check notes.
func Key(identity ed25519.PublicKey) (string, error) {
	return note.NewEd25519VerifierKey(keyName(wire.PinOf(identity)), identity)
}

// ParseKey reads what [Key] wrote.
func ParseKey(text string) (ed25519.PublicKey, error) {
	text = strings.TrimSpace(text)
	b, err := base64.StdEncoding.DecodeString(text[strings.LastIndex(text, "+")+1:])
	if err != nil || len(b) != 1+ed25519.PublicKeySize {
		return nil, errKey
	}
	if again, err := Key(b[1:]); err != nil || again != text {
		return nil, errKey
	}
	return b[1:], nil
}

// signer signs notes as a server's identity.
type signer struct {
	note.Verifier
	identity ed25519.PrivateKey
}

func (s signer) Sign(text []byte) ([]byte, error) { return ed25519.Sign(s.identity, text), nil }

func verifier(identity ed25519.PublicKey) (note.Verifier, error) {
	if len(identity) != ed25519.PublicKeySize {
		return nil, errKey
	}
	key, err := Key(identity)
	if err != nil {
		return nil, err
	}
	return note.NewVerifier(key)
}

// Sign is the checkpoint as a note that a server's identity has signed.
func (c *Checkpoint) Sign(identity ed25519.PrivateKey) ([]byte, error) {
	v, err := verifier(identity.Public().(ed25519.PublicKey))
	if err != nil {
		return nil, err
	}
	return note.Sign(&note.Note{Text: c.text(v.Name())}, signer{v, identity})
}

// MaxNote is the size of the largest note, in bytes: one after a hundred restores fits.
const MaxNote = 8 << 10

var (
	errKey = app.Refuse(app.Invalid, "", "サーバーの公開鍵の形式が正しくありません。", "not a server's public key")
	// ErrNote is of a checkpoint that the server did not sign so.
	ErrNote  = app.Refuse(app.Damaged, "", "チェックポイントにサーバーの正しい署名がありません。", "the checkpoint does not carry the server's signature")
	errProof = app.Refuse(app.Damaged, "", "監査記録の証明の形式が正しくありません。", "not a proof of the audit log")
)

// Open reads a note and checks that the identity signed it, and nobody else
// beside: there is one way to write a checkpoint.
func Open(signed []byte, identity ed25519.PublicKey) (Checkpoint, error) {
	v, err := verifier(identity)
	if err != nil {
		return Checkpoint{}, err
	}
	if len(signed) > MaxNote {
		return Checkpoint{}, ErrNote
	}
	n, err := note.Open(signed, note.VerifierList(v))
	if err != nil {
		return Checkpoint{}, ErrNote
	}
	c, ok := parse(n.Text)
	if !ok || c.text(v.Name()) != n.Text || !alone(signed, n) {
		return Checkpoint{}, ErrNote
	}
	return c, nil
}

// alone says whether a note is its text and the one good signature, to the last bit.
func alone(signed []byte, n *note.Note) bool {
	b, err := base64.StdEncoding.Strict().DecodeString(n.Sigs[0].Base64)
	return err == nil && string(signed) == n.Text+"\n— "+n.Sigs[0].Name+" "+base64.StdEncoding.EncodeToString(b)+"\n"
}

// Notes takes apart a text in which notes stand one after another: each ends
// with its signatures.
func Notes(text []byte) (notes [][]byte) {
	var note []byte
	signed := false
	for line := range bytes.Lines(text) {
		is := bytes.HasPrefix(line, []byte("— "))
		if signed && !is {
			notes, note = append(notes, note), nil
		}
		note, signed = append(note, line...), is
	}
	if len(note) > 0 {
		notes = append(notes, note)
	}
	return notes
}

// maxSize is more than any order will ever hold, and little enough for package tlog.
const maxSize = 1 << 50

// parse reads the lines of a checkpoint. That they are written in the one right
// way is checked by writing them again.
func parse(text string) (c Checkpoint, ok bool) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 5 {
		return c, false
	}
	var at int64
	var errs [4]error
	c.Size, errs[0] = strconv.ParseInt(lines[1], 10, 64)
	c.Root, errs[1] = tlog.ParseHash(lines[2])
	at, errs[2] = strconv.ParseInt(strings.TrimPrefix(lines[3], "time "), 10, 64)
	c.At = app.Stamp(at)
	c.Epoch, errs[3] = app.ParseID(strings.TrimPrefix(lines[4], "epoch "))
	c.Ended, ok = parseEnded(lines[5:])
	return c, ok && c.Size >= 0 && c.Size <= maxSize && errors.Join(errs[:]...) == nil
}

func parseEnded(lines []string) (ended []Ended, ok bool) {
	for _, line := range lines {
		id, size, _ := strings.Cut(strings.TrimPrefix(line, "ended "), " ")
		epoch, wrong := app.ParseID(id)
		n, err := strconv.ParseInt(size, 10, 64)
		if wrong != nil || err != nil || n < 0 {
			return nil, false
		}
		ended = append(ended, Ended{epoch, n})
	}
	return ended, true
}

// read reads a note whose signature was checked before.
func read(signed []byte) (Checkpoint, bool) {
	text, _, there := strings.Cut(string(signed), "\n\n")
	if !there {
		return Checkpoint{}, false
	}
	return parse(text)
}
