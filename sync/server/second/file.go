package second

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"

	"daicho/app"
	"daicho/store/keys"
	"daicho/sync/wire"
)

// Suffix ends the name of each file.
const Suffix = ".daicho-copy"

const (
	magic    = "DCHC"
	version  = 1
	keyName  = "daicho-server-copy-1"
	maxFront = 4 << 10
	maxEntry = 64 << 20 // sealed
)

// front is what a file says of itself in the clear: nothing of a person, nothing
// secret.
type front struct {
	Server keys.ID   `cbor:"1,keyasint"` // by which its key is found
	Made   app.Stamp `cbor:"2,keyasint"`
	Salt   []byte    `cbor:"3,keyasint"` // of the key of this file
}

var (
	errNone  = app.Refuse(app.Damaged, "", "控えのファイルではないか、先頭が壊れています。控えのフォルダーを確かめてください。", "this is no file of a second place, or its beginning is damaged; check the folder")
	errNewer = app.Refuse(app.Invalid, "", "控えは新しい版の Daicho で作られています。プログラムを更新してください。", "the second place was written by a newer version; update this program")
	errBad   = errors.New("an entry does not open") // told by where it stands
)

// bytes is a front as it stands in a file.
func (f *front) bytes() ([]byte, error) {
	text, err := wire.Encode(f)
	if err != nil {
		return nil, err
	}
	return append(binary.BigEndian.AppendUint32(append([]byte(magic), version), uint32(len(text))), text...), nil
}

// readFront reads what a file says of itself, and those bytes. A file that ends
// in it is one whose process was killed: io.ErrUnexpectedEOF.
func readFront(r io.Reader) (f front, text []byte, err error) {
	head := make([]byte, len(magic)+5)
	if n, err := io.ReadFull(r, head); err != nil {
		return f, nil, cut(err, n, head)
	}
	n := binary.BigEndian.Uint32(head[len(magic)+1:])
	switch {
	case string(head[:len(magic)]) != magic:
		return f, nil, errNone
	case head[len(magic)] > version:
		return f, nil, errNewer
	case n > maxFront:
		return f, nil, errNone
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(r, body); err != nil {
		return f, nil, cut(err, 0, nil)
	}
	if wire.Decode(body, &f) != nil || len(f.Salt) != 32 {
		return f, nil, errNone
	}
	return f, append(head, body...), nil
}

// cut is the error of a front that ends too early, if it began as one.
func cut(err error, n int, head []byte) error {
	if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if !bytes.HasPrefix([]byte(magic), head[:min(n, len(magic))]) {
		return errNone
	}
	return io.ErrUnexpectedEOF
}

// seal is what opens and seals the entries of one file. The nonces are random:
// what was half written and what was written after it must not share one.
type seal struct {
	aead  cipher.AEAD
	front []byte
}

func (f *front) seal(key keys.DataKey, text []byte) (*seal, error) {
	k, err := hkdf.Key(sha256.New, key[:], f.Salt, keyName, 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(k)
	if err != nil {
		return nil, err
	}
	a, err := cipher.NewGCMWithRandomNonce(block)
	return &seal{a, text}, err
}

// place is what an entry is bound to: its file, and its number in that.
func (s *seal) place(index uint64) []byte {
	return binary.BigEndian.AppendUint64(bytes.Clone(s.front), index)
}

// entry is an entry as it stands in a file.
func (s *seal) entry(index uint64, e *Entry) ([]byte, error) {
	text, err := wire.Encode(e)
	if err != nil {
		return nil, err
	}
	sealed := s.aead.Seal(nil, nil, text, s.place(index))
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(sealed))), sealed...), nil
}

// next reads an entry. One that is not whole yet is io.ErrUnexpectedEOF, one that
// does not open is errBad; the end of the file io.EOF. It says how many bytes it is.
func (s *seal) next(r io.Reader, index uint64) (e *Entry, size int64, err error) {
	var head [4]byte
	if _, err = io.ReadFull(r, head[:]); err != nil {
		return nil, 0, err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > maxEntry {
		return nil, 0, errNone
	}
	var sealed bytes.Buffer // grows with what comes: a length that lies takes no memory
	if _, err = io.CopyN(&sealed, r, int64(n)); err != nil {
		return nil, 0, unexpected(err)
	}
	text, err := s.aead.Open(nil, nil, sealed.Bytes(), s.place(index))
	e = &Entry{}
	if err != nil || wire.Decode(text, e) != nil {
		return nil, int64(n) + 4, errBad
	}
	return e, int64(n) + 4, nil
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
